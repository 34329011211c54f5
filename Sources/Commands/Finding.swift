import Catalog
import Configuration
import EmbeddedPostgres
import Postgres
import Simulator

/// Something a person must know of: three lines, what, where, and what to do about it.
struct Finding: Sendable, Equatable {
  let explanation: Explanation

  init(_ explanation: Explanation) { self.explanation = explanation }

  /// What an error says; one that cannot speak for itself is a mistake of ours.
  static func all(of error: any Error) -> [Finding] {
    switch error {
    case let configuration as ConfigurationError:
      configuration.mistakes.map { mistake in
        Finding(
          Explanation(
            mistake.what, at: mistake.place, remedy: mistake.remedy, .lasting(.stopRun),
            fault: .configuration))
      }
    case let cluster as ClusterError: [Finding(cluster.explanation)]
    case let postgres as PostgresError: [Finding(postgres.explanation)]
    case let server as ServerError: [Finding(server.explanation)]
    case let explained as any Explained: [Finding(explained.explanation)]
    default:
      [
        Finding(
          Explanation(
            "unexpected: \(type(of: error))", at: String(describing: error),
            remedy: "please report it", .lasting(.stopRun), fault: .internalError))
      ]
    }
  }

  /// Writes findings beside the result, long remedies folded to the terminal's width.
  static func write(_ findings: [Finding], to console: Console) {
    for finding in findings { finding.write(to: console) }
  }

  private func write(to console: Console) {
    let width = console.asideTerminal.width ?? Self.widestLine
    for (number, line) in explanation.lines.enumerated() {
      for folded in TableText.folded(line, width: width, indent: number == 0 ? 2 : 4) {
        console.note(number == 0 ? console.asideTerminal.red(folded) : folded)
      }
    }
  }

  /// Where nothing limits a line, it still must be easy to read.
  private static let widestLine = 100
}

/// The JSON document of a verb that could not do its work.
struct FailureDocument: Encodable {
  let exitCode: Int32
  let problems: [ProblemDocument]

  init(_ findings: [Finding]) {
    exitCode = ExitCode.first(of: findings.map { ExitCode($0.explanation.fault) }).rawValue
    problems = findings.map { ProblemDocument($0.explanation) }
  }
}

/// An explanation in JSON.
struct ProblemDocument: Encodable {
  let what: String
  let place: String
  let remedy: String
  let exitCode: Int32

  init(_ explanation: Explanation) {
    // PostgreSQL keeps no NUL in JSON either, and words may come from anywhere.
    what = explanation.what.replacing("\0", with: "")
    place = explanation.place.replacing("\0", with: "")
    remedy = explanation.remedy.replacing("\0", with: "")
    exitCode = ExitCode(explanation.fault).rawValue
  }
}
