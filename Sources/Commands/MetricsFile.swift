import ActiveCampaign
import Catalog
import FoundationEssentials
import Monitoring

/// The file that metrics are written to, for the text file collector of Prometheus' node exporter.
struct MetricsFile: Sendable {
  let path: String

  /// Writes what a single run did; what the file says of streams that were not read stays.
  func write(_ outcome: TickOutcome, _ log: Log) {
    var board = Scoreboard()
    board.note(outcome, schedule: Scoreboard.singleRun, at: .ofThisMachine())
    let text = Exposition.text(board.families(at: .ofThisMachine(), isLasting: false))
    write(outcome.hasBegun ? text : text + knownOfStreams, log)
  }

  /// Replaces the file; that it cannot be written is said, and fails nothing.
  func write(_ text: String, _ log: Log) {
    do {
      try TextFile.replace(path, by: text)
    } catch {
      log.say(
        .error, "metrics_file_failed",
        "the metrics file \(error.place) \(error.what): \(error.reason)")
    }
  }

  /// The lines about streams in the file as it is.
  private var knownOfStreams: String {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { line in
      let name = line.hasPrefix("# ") ? line.dropFirst(2).drop { $0 != " " }.dropFirst() : line
      // Its age is no longer what it says.
      return name.hasPrefix("acsync_stream_") && !name.hasPrefix(Scoreboard.lagName)
    }.map { $0 + "\n" }.joined()
  }
}
