import ActiveCampaign
import Catalog
import Replication
import Synchronization

/// What is shown of something that goes on, added up from its events: a value, without clock or
/// terminal.
protocol Board: Sendable {
  /// What happens.
  associatedtype Happening

  /// What stands below all else; nil for nothing.
  var notice: String? { get set }
  /// Takes an event that happened at `now`.
  mutating func note(_ event: Happening, at now: Duration)
  /// Everything, in lines none wider than `width`, and not more than `height`.
  func lines(at now: Duration, width: Int, height: Int) -> [String]
  /// Everything in one line for a log.
  func logLine(at now: Duration) -> String
  /// An event in a line of a log; free of row values.
  static func logLine(of event: Happening) -> String
}

extension ProgressBoard: Board {
  static func logLine(of event: Event) -> String { event.logLine }
}

/// How much is shown of a run as it goes.
enum DisplayManner: Sendable, Equatable {
  /// Nothing.
  case silent
  /// Lines that are drawn again and again.
  case live
  /// A line now and then.
  case occasional
  /// A line for each event.
  case everyEvent

  /// Chooses by what the user asked for and what the terminal can do.
  static func of(isQuiet: Bool, isVerbose: Bool, terminal: Terminal) -> DisplayManner {
    if isQuiet { return .silent }
    if isVerbose { return .everyEvent }
    return terminal.canRedraw ? .live : .occasional
  }

  /// Chooses for a verb.
  init(_ invocation: Invocation) {
    self = .of(
      isQuiet: invocation.isQuiet, isVerbose: invocation.arguments.has(.verbose),
      terminal: invocation.console.asideTerminal)
  }
}

/// Shows a run as it goes: live lines on a terminal, elsewhere a line now and then.
final class Display<Shown: Board>: Sendable {
  /// Between two drawings, so that a terminal is never flooded.
  private let drawInterval = Duration.milliseconds(100)
  /// Between two lines in a log.
  private let logInterval = Duration.seconds(30)

  private let manner: DisplayManner
  private let console: Console
  private let start = ContinuousClock.now
  private let board: Mutex<Shown>

  init(_ board: Shown, _ manner: DisplayManner, on console: Console) {
    self.board = Mutex(board)
    self.manner = manner
    self.console = console
  }

  /// Takes an event, from any thread.
  func note(_ event: Shown.Happening) {
    let now = ContinuousClock.now - start
    board.withLock { $0.note(event, at: now) }
    if manner == .everyEvent {
      console.note("\(Instant.ofThisMachine()) \(Shown.logLine(of: event))")
    }
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
  func during<Value: Sendable>(_ body: () async throws -> Value) async rethrows -> Value {
    try await withThrowingTaskGroup(of: Void.self) { group in
      switch manner {
      case .live: group.addTask { await self.draw() }
      case .occasional: group.addTask { await self.log() }
      case .silent, .everyEvent: break
      }
      defer { group.cancelAll() }
      return try await body()
    }
  }

  private func log() async {
    while (try? await Task.sleep(for: logInterval)) != nil {
      console.note(board.withLock { $0.logLine(at: ContinuousClock.now - start) })
    }
  }

  private func draw() async {
    var drawn: [String] = []
    while (try? await Task.sleep(for: drawInterval)) != nil {
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
