import ActiveCampaign
import Catalog
import Replication
import Synchronization

/// Shows a run as it goes: live lines on a terminal, elsewhere a line now and then.
final class Display: Sendable {
  /// How much is shown.
  enum Manner: Sendable, Equatable {
    /// Nothing.
    case silent
    /// Lines that are drawn again and again.
    case live
    /// A line every `Display.logInterval`.
    case occasional
    /// A line for each event.
    case everyEvent
  }

  /// Between two drawings, so that a terminal is never flooded.
  static let drawInterval: Duration = .milliseconds(100)
  /// Between two lines in a log.
  static let logInterval: Duration = .seconds(30)

  private let manner: Manner
  private let console: Console
  private let start = ContinuousClock.now
  private let board = Mutex(ProgressBoard())

  init(_ manner: Manner, on console: Console) {
    self.manner = manner
    self.console = console
  }

  /// Chooses by what the user asked for and what the terminal can do.
  static func manner(isQuiet: Bool, isVerbose: Bool, terminal: Terminal) -> Manner {
    if isQuiet { return .silent }
    if isVerbose { return .everyEvent }
    return terminal.canRedraw ? .live : .occasional
  }

  /// Takes an event, from any thread.
  func note(_ event: Event) {
    let now = ContinuousClock.now - start
    board.withLock { $0.note(event, at: now) }
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
    while (try? await Task.sleep(for: Self.logInterval)) != nil {
      console.note(board.withLock { $0.logLine(at: ContinuousClock.now - start) })
    }
  }

  private func draw() async {
    var drawn: [String] = []
    while (try? await Task.sleep(for: Self.drawInterval)) != nil {
      let terminal = console.asideTerminal
      // The last column stays free: some terminals wrap when it is filled.
      let lines = board.withLock {
        $0.lines(
          at: ContinuousClock.now - start, width: max(20, (terminal.width ?? 80) - 1),
          height: terminal.height)
      }
      guard lines != drawn else { continue }
      console.aside(Self.replacing(drawn.count, by: lines))
      drawn = lines
    }
    console.aside(Self.replacing(drawn.count, by: []))
  }

  /// What replaces the last `count` lines by others: up, and everything below is cleared.
  static func replacing(_ count: Int, by lines: [String]) -> String {
    let up = count > 0 ? "\r\u{1B}[\(count)A\u{1B}[J" : ""
    return up + lines.map { $0 + "\n" }.joined()
  }
}

extension Event {
  /// The event in a line of a log; free of row values.
  var logLine: String {
    switch self {
    case .keyRequestStarted(let isRetry): "key: \(isRetry ? "asks again" : "asks whose it is")"
    case .keyRetryScheduled(let problem, let attempt, let delay):
      "key: \(Self.retryWords(problem, attempt, delay))"
    case .streamPlanned(let plan): "\(plan.stream.id): \(plan.mode.rawValue), \(plan.reason)"
    case .streamEstimated(let stream, let requests):
      "\(stream): will probably take \(Figures.amount(requests, "request"))"
    case .planChanged(let stream, _, let reason): "\(stream): \(reason)"
    case .requestStarted(let stream, let isRetry):
      "\(stream): \(isRetry ? "asks again" : "asks for a page")"
    case .pageReceived(let stream, let rows, let remaining):
      "\(stream): \(Figures.amount(rows, "row")) received, about \(Figures.count(remaining)) to come"
    case .retryScheduled(let stream, let problem, let attempt, let delay):
      "\(stream): \(Self.retryWords(problem, attempt, delay))"
    case .pagesCommitted(let stream, let pages, let counts):
      "\(stream): \(Figures.amount(pages, "page")) committed, \(counts.inserted) inserted, "
        + "\(counts.updated) updated, \(counts.unchanged) unchanged"
    case .walkClosed(let stream, let closing):
      "\(stream): read to the end" + (closing.floor.map { ", next from \($0)" } ?? "")
    case .reconciled(let stream, _, let deleted, let note):
      "\(stream): held against the account, \(Figures.amount(deleted, "row")) gone"
        + (note.map { "; \($0)" } ?? "")
    case .streamEnded(let report):
      "\(report.stream): \(report.outcome.rawValue)"
        + (report.problem.map { ", \($0.what) at \($0.place)" } ?? "")
    }
  }

  private static func retryWords(
    _ problem: Explanation, _ attempt: Int, _ delay: Duration
  ) -> String {
    "\(problem.what) at \(problem.place); attempt \(attempt) failed, "
      + "again in \(Figures.span(delay))"
  }
}
