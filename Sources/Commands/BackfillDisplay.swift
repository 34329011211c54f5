import ActiveCampaign
import Catalog
import Replication
import Synchronization

/// How far a backfill is, added up from its events: a value that says what to show.
struct BackfillBoard: Sendable {
  private var windows = 0
  private var done = 0
  private var rows = 0
  private var requests = 0
  private var planned = 0
  private var now: String?
  private var begun: Duration?
  /// What stands below all else; nil for nothing.
  var notice: String?

  /// Takes what is going to be read; what was asked before does not count.
  mutating func begin(_ outlooks: [BackfillOutlook], requests planned: Int, at time: Duration) {
    windows = outlooks.map(\.windowsLeft).reduce(0, +)
    self.planned = planned
    requests = 0
    begun = time
  }

  /// Takes an event.
  mutating func note(_ event: BackfillEvent) {
    switch event {
    case .waiting(let stream): now = "waits for the run that holds \(stream)"
    case .windowStarted(let stream, let window): now = "\(stream) \(window)"
    case .windowDone: done += 1
    case .readWhole(let stream, _): now = "\(stream), whole"
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

  /// The same in lines that are drawn again and again.
  func lines(at time: Duration, width: Int) -> [String] {
    [now, sums(at: time), notice].compactMap(\.self).map { TableText.cut($0, to: width) }
  }
}

/// Shows a backfill as it goes: live lines on a terminal, elsewhere a line now and then.
final class BackfillDisplay: Sendable {
  private let manner: Display.Manner
  private let console: Console
  private let start = ContinuousClock.now
  private let board = Mutex(BackfillBoard())

  init(_ manner: Display.Manner, on console: Console) {
    self.manner = manner
    self.console = console
  }

  private var elapsed: Duration { ContinuousClock.now - start }

  /// Takes what is going to be read.
  func begin(_ outlooks: [BackfillOutlook], _ forecast: BackfillForecast) {
    let now = elapsed
    board.withLock { $0.begin(outlooks, requests: forecast.requests, at: now) }
  }

  /// Takes an event, from any thread.
  func note(_ event: BackfillEvent) {
    board.withLock { $0.note(event) }
    if case .readWhole(let stream, let reason) = event {
      return say("\(stream) is read whole: \(reason)")
    }
    if manner == .everyEvent { console.note("\(Instant.ofThisMachine()) \(event.logLine)") }
  }

  /// Says something beside the progress, unless nothing is to be said.
  func say(_ line: String) {
    switch manner {
    case .silent: break
    case .live: board.withLock { $0.notice = line }
    case .occasional, .everyEvent: console.note(line)
    }
  }

  /// Shows progress until `body` ends; what was drawn is gone then.
  func during<Value: Sendable>(_ body: () async -> Value) async -> Value {
    await withTaskGroup(of: Void.self) { group in
      switch manner {
      case .live: group.addTask { await self.draw() }
      case .occasional: group.addTask { await self.log() }
      case .silent, .everyEvent: break
      }
      let value = await body()
      group.cancelAll()
      return value
    }
  }

  private func log() async {
    while (try? await Task.sleep(for: Display.logInterval)) != nil {
      let now = elapsed
      console.note(board.withLock { $0.logLine(at: now) })
    }
  }

  private func draw() async {
    var drawn: [String] = []
    while (try? await Task.sleep(for: Display.drawInterval)) != nil {
      let (now, width) = (elapsed, max(20, (console.asideTerminal.width ?? 80) - 1))
      let lines = board.withLock { $0.lines(at: now, width: width) }
      guard lines != drawn else { continue }
      console.aside(Display.replacing(drawn.count, by: lines))
      drawn = lines
    }
    console.aside(Display.replacing(drawn.count, by: []))
  }
}

extension BackfillEvent {
  /// The event in a line of a log; free of row values.
  var logLine: String {
    switch self {
    case .waiting(let stream): "\(stream): waits for the run that holds it"
    case .windowStarted(let stream, let window): "\(stream): reads \(window)"
    case .windowDone(let stream, let window): "\(stream): \(window) is done"
    case .readWhole(let stream, let reason): "\(stream): read whole: \(reason)"
    case .reading(let event): event.logLine
    }
  }
}
