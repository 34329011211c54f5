import Catalog
import Replication

/// How far a run is, added up from its events: a value that says what to show, without a clock or a
/// terminal.
struct ProgressBoard: Sendable {
  /// One stream under way.
  private struct Track {
    var rows = 0
    var remaining: Int64 = 0
    var largestPage = 0
    var requests = 0
    var begun: Duration?
    var waiting: (until: Duration, why: String)?
    var outcome: Outcome?

    /// Requests still to be sent, as far as known.
    var requestsLeft: Int64 {
      let size = Int64(max(1, largestPage))
      return (remaining + size - 1) / size
    }
  }

  private var order: [StreamDefinition.ID] = []
  private var tracks: [StreamDefinition.ID: Track] = [:]
  private var requests = 0
  private var retries = 0
  private var begun: Duration?
  /// What stands below all else; nil for nothing.
  var notice: String?

  /// Takes an event that happened at `now`.
  mutating func note(_ event: Event, at now: Duration) {
    begun = begun ?? now
    switch event {
    case .streamPlanned(let plan):
      order.append(plan.stream.id)
      tracks[plan.stream.id] = Track()
    case .requestStarted(let stream, let isRetry):
      requests += 1
      retries += isRetry ? 1 : 0
      change(stream) {
        $0.requests += 1
        $0.begun = $0.begun ?? now
        $0.waiting = nil
      }
    case .pageReceived(let stream, let rows, let remaining):
      change(stream) {
        $0.rows += rows
        $0.largestPage = max($0.largestPage, rows)
        $0.remaining = remaining
      }
    case .retryScheduled(let stream, let problem, _, let delay):
      change(stream) { $0.waiting = (now + delay, problem.what) }
    case .streamEnded(let report):
      change(report.stream) { $0.outcome = report.outcome }
    case .keyRequestStarted(let isRetry):
      requests += 1
      retries += isRetry ? 1 : 0
    case .streamEstimated, .planChanged, .pagesCommitted, .walkClosed, .reconciled,
      .keyRetryScheduled:
      break
    }
  }

  private mutating func change(_ stream: StreamDefinition.ID, _ edit: (inout Track) -> Void) {
    if tracks[stream] == nil { order.append(stream) }
    edit(&tracks[stream, default: Track()])
  }

  // MARK: Showing

  private func streams(where test: (Track) -> Bool) -> [(name: String, track: Track)] {
    order.compactMap { id in tracks[id].flatMap { test($0) ? (id.name, $0) : nil } }
  }

  private var ended: [(name: String, track: Track)] { streams { $0.outcome != nil } }
  private var active: [(name: String, track: Track)] {
    streams { $0.outcome == nil && $0.requests > 0 }
  }
  private var rows: Int { tracks.values.map(\.rows).reduce(0, +) }

  /// A line for what is done, one for each stream under way, one for the sums; none wider than
  /// `width`, and not more than `height`.
  func lines(at now: Duration, width: Int, height: Int) -> [String] {
    guard !order.isEmpty else { return [] }
    var lines: [String] = []
    if !ended.isEmpty {
      lines.append("ended: \(ended.map(\.name).joined(separator: ", "))")
    }
    lines += table(at: now, width: width).prefix(max(1, height - 4))
    return (lines + [sums(at: now)] + (notice.map { [$0] } ?? [])).map {
      TableText.cut($0, to: width)
    }
  }

  private func table(at now: Duration, width: Int) -> [String] {
    var table = TableText([
      .init("stream"), .init("rows", isNumber: true),
      .init("requests", isNumber: true, sacrifice: 1), .init("rate", isNumber: true, sacrifice: 2),
      .init("left"),
    ])
    table.hasTitles = false
    for (name, track) in active {
      let elapsed = track.begun.map { (now - $0).inSeconds } ?? 0
      let total = Int64(track.rows) + track.remaining
      table.add([
        name,
        track.remaining > 0
          ? "\(Figures.count(track.rows))/\(Figures.count(total))" : Figures.count(track.rows),
        "\(Figures.count(track.requests)) req",
        elapsed >= 1 ? "\(Figures.decimal(Double(track.requests) / elapsed))/s" : "",
        left(of: track, at: now),
      ])
    }
    return table.lines(width: width)
  }

  private func left(of track: Track, at now: Duration) -> String {
    if let waiting = track.waiting, waiting.until > now {
      return "waits \(Figures.span(waiting.until - now)): \(waiting.why)"
    }
    return timeLeft(of: track, at: now).map { "\(Figures.span($0)) left" } ?? ""
  }

  /// How long a stream's rest takes; nil where that is not known.
  ///
  /// All streams share one rate, and the engine reads those with least left first: so a stream waits
  /// for its own requests and for those of all that are shorter.
  private func timeLeft(of track: Track, at now: Duration) -> Duration? {
    guard track.remaining > 0, let begun, now - begun >= Self.settlingTime else { return nil }
    let ahead = active.map(\.track).filter { $0.remaining <= track.remaining }
    let perSecond = Double(requests) / (now - begun).inSeconds
    return .seconds(Double(ahead.map(\.requestsLeft).reduce(0, +)) / perSecond)
  }

  /// Before this the rate says nothing yet.
  private static let settlingTime = Duration.seconds(2)

  /// The whole run in one line.
  func sums(at now: Duration) -> String {
    let elapsed = begun.map { now - $0 } ?? .zero
    let rate = elapsed.inSeconds > 0 ? Double(requests) / elapsed.inSeconds : 0
    let parts = [
      "\(ended.count) of \(Figures.amount(order.count, "stream"))",
      Figures.amount(rows, "row"), Figures.amount(requests, "request"),
      retries > 0 ? "\(retries) again" : "", "\(Figures.decimal(rate))/s", Figures.span(elapsed),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The run in one line for a log, with the streams under way.
  func logLine(at now: Duration) -> String {
    let underWay = active.map { name, track in
      let left = left(of: track, at: now)
      return left.isEmpty ? name : "\(name) (\(left))"
    }
    return sums(at: now) + (underWay.isEmpty ? "" : "; now \(underWay.joined(separator: ", "))")
  }
}
