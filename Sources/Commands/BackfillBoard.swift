import Catalog
import Replication

/// How far a backfill is, added up from its events: a value that says what to show.
struct BackfillBoard: Board {
  private var windows = 0
  private var done = 0
  private var rows = 0
  private var requests = 0
  private var planned = 0
  private var now: String?
  private var begun: Duration?
  /// What stands below all else; nil for nothing.
  var notice: String?

  /// Takes an event that happened at `time`; what was asked before the reading does not count.
  mutating func note(_ event: BackfillEvent, at time: Duration) {
    switch event {
    case .begun(let windows, let planned):
      (self.windows, self.planned, requests, begun) = (windows, planned, 0, time)
    case .waiting(let stream): now = "waits for the run that holds \(stream)"
    case .windowStarted(let stream, let window): now = "\(stream) \(window)"
    case .windowDone: done += 1
    case .readWhole(let stream, let reason):
      now = "\(stream), whole"
      notice = "\(stream) is read whole: \(reason)"
    case .reading(.requestStarted), .reading(.keyRequestStarted): requests += 1
    case .reading(.pageReceived(_, let rows, _)): self.rows += rows
    case .reading(.streamEnded(let report)): if report.outcome == .done { done += 1 }
    case .reading: break
    }
  }

  /// The backfill in one line.
  func sums(at time: Duration) -> String {
    let elapsed = begun.map { time - $0 } ?? .zero
    let rate = elapsed > .zero ? Double(requests) / elapsed.inSeconds : 0
    var parts = [
      "\(Figures.count(done)) of \(Figures.amount(windows, "window"))",
      Figures.amount(rows, "row"), Figures.amount(requests, "request"),
      "\(Figures.decimal(rate))/s", Figures.span(elapsed),
    ]
    if rate > 0, elapsed >= Self.settlingTime, planned > requests {
      let left = Duration.seconds(Double(planned - requests) / rate)
      parts.append("about \(Figures.span(left)) left")
    }
    return parts.joined(separator: ", ")
  }

  /// Before this the rate says nothing yet.
  private static let settlingTime = Duration.seconds(2)

  /// The same with what is being read, for a log.
  func logLine(at time: Duration) -> String {
    sums(at: time) + (now.map { "; now \($0)" } ?? "")
  }

  static func logLine(of event: BackfillEvent) -> String { event.logLine }

  /// The same in lines that are drawn again and again.
  func lines(at time: Duration, width: Int, height: Int) -> [String] {
    guard begun != nil else { return [] }
    return [now, sums(at: time), notice].compactMap(\.self).map { TableText.cut($0, to: width) }
  }
}

extension BackfillEvent {
  /// The event in a line of a log; free of row values.
  var logLine: String {
    switch self {
    case .begun(let windows, let requests):
      "begins: \(Figures.amount(windows, "window")), about \(Figures.amount(requests, "request"))"
    case .waiting(let stream): "\(stream): waits for the run that holds it"
    case .windowStarted(let stream, let window): "\(stream): reads \(window)"
    case .windowDone(let stream, let window): "\(stream): \(window) is done"
    case .readWhole(let stream, let reason): "\(stream): read whole: \(reason)"
    case .reading(let event): event.logLine
    }
  }
}
