import ActiveCampaign
import Catalog
import Configuration
import Replication

/// What a program tells of itself on standard error: lines for people, or an object a line.
struct Log: Sendable {
  /// How much a line matters.
  enum Level: String, Sendable, Encodable, CaseIterable {
    case debug, info, warning, error
  }

  let format: LogFormat
  private let least: Level
  private let console: Console
  /// Whether lines for people begin with the time.
  private let isTimed: Bool

  /// - Parameter isTimed: whether lines for people begin with the time.
  init(_ format: LogFormat, for invocation: Invocation, isTimed: Bool = false) {
    self.format = format
    self.isTimed = isTimed
    console = invocation.console
    least = invocation.isQuiet ? .error : invocation.arguments.has(.verbose) ? .debug : .info
  }

  /// Whether lines are objects.
  var isJSON: Bool { format == .json }

  /// Whether everything is to be said.
  var isVerbose: Bool { least == .debug }

  /// Says something.
  ///
  /// - Parameters:
  ///   - event: what kind of thing, in snake case; lines for people leave it out.
  ///   - schedule: what ticked, if that is what it is about.
  func say(
    _ level: Level, _ event: String, _ message: String,
    stream: StreamDefinition.ID? = nil, schedule: String? = nil, account: String? = nil
  ) {
    guard level.rank >= least.rank else { return }
    var line = LogLine(level, event, message)
    line.stream = stream?.name
    line.schedule = schedule
    line.account = account
    write(line)
  }

  /// Says what happened in a run.
  func say(_ event: Event, schedule: String? = nil, account: String? = nil) {
    let (level, name, stream) = event.logEntry
    say(level, name, event.logLine, stream: stream, schedule: schedule, account: account)
  }

  /// Says what happened to one of several accounts.
  func say(_ event: AccountEvent, schedule: String? = nil) {
    let account = event.account
    switch event.kind {
    case .happened(let happening): say(happening, schedule: schedule, account: account)
    case .begun: say(.debug, "account_begun", "begun", schedule: schedule, account: account)
    case .ended(let word): say(.info, "account_ended", word, schedule: schedule, account: account)
    }
  }

  /// Says what went wrong: what, where, and what to do.
  func say(_ finding: Finding, schedule: String? = nil, account: String? = nil) {
    let explanation = finding.explanation
    guard isJSON else { return Finding.write([finding], to: console) }
    var line = LogLine(.error, "problem", explanation.what)
    line.place = explanation.place
    line.remedy = explanation.remedy
    line.exitCode = ExitCode(explanation.fault).rawValue
    line.schedule = schedule
    line.account = account
    write(line)
  }

  /// Says how a run ended; for people the summary says it.
  func say(_ summary: RunDocument, schedule: String? = nil, account: String? = nil) {
    guard isJSON else { return }
    let words = "\(summary.outcome), \(Figures.amount(summary.requests, "request"))"
    var line = LogLine(summary.exitCode == 0 ? .info : .warning, "run_summary", words)
    line.runSummary = summary
    line.schedule = schedule
    line.account = account
    write(line)
  }

  private func write(_ line: LogLine) {
    if isJSON { return console.note(JSON.line(line)) }
    let time = isTimed ? "\(Instant.ofThisMachine().wholeSecond) " : ""
    let account = line.account.map { $0 + ": " } ?? ""
    console.note(time + account + line.message)
  }
}

extension Log {
  /// The format as far as it can be known before the configuration is read.
  static func format(
    asked words: [String], environment: [String: String]
  ) -> LogFormat {
    let name = "--" + Option.logFormat.name
    let attached = words.last { $0.hasPrefix(name + "=") }.map {
      String($0.dropFirst(name.count + 1))
    }
    let following = words.lastIndex(of: name).flatMap { words.dropFirst($0 + 1).first }
    let asked = attached ?? following ?? environment["ACSYNC_LOG_FORMAT"]
    return asked.flatMap(LogFormat.init) ?? .text
  }

  /// A log for what goes wrong before the configuration is known.
  static func ofFailures(to console: Console) -> Log { Log(console: console) }

  private init(console: Console) {
    (format, least, isTimed) = (.json, .error, false)
    self.console = console
  }
}

/// One line of the log.
private struct LogLine: Encodable {
  let time: String
  let level: Log.Level
  let event: String
  let message: String
  var stream: String?
  var schedule: String?
  var account: String?
  var place: String?
  var remedy: String?
  var exitCode: Int32?
  var runSummary: RunDocument?

  init(_ level: Log.Level, _ event: String, _ message: String) {
    time = Instant.ofThisMachine().toTheMillisecond
    self.level = level
    self.event = event
    self.message = message
  }
}

extension Log.Level {
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Instant {
  /// `2026-01-31T09:05:00.123Z`: more says nothing about a log's line.
  fileprivate var toTheMillisecond: String {
    let second = wholeSecond
    let fraction = String((microseconds - second.microseconds) / 1000 + 1000).dropFirst()
    return "\(second)".dropLast() + ".\(fraction)Z"
  }
}

extension Event {
  /// How much the event matters in a log, its name there, and the stream it is about.
  fileprivate var logEntry: (Log.Level, String, StreamDefinition.ID?) {
    switch self {
    case .keyRequestStarted: (.debug, "key_request_started", nil)
    case .keyRetryScheduled: (.warning, "key_retry_scheduled", nil)
    case .streamPlanned(let plan): (.info, "stream_planned", plan.stream.id)
    case .streamEstimated(let stream, _): (.debug, "stream_estimated", stream)
    case .planChanged(let stream, _, _): (.info, "plan_changed", stream)
    case .requestStarted(let stream, _): (.debug, "request_started", stream)
    case .pageReceived(let stream, _, _): (.debug, "page_received", stream)
    case .retryScheduled(let stream, _, _, _): (.warning, "retry_scheduled", stream)
    case .pagesCommitted(let stream, _, _): (.debug, "pages_committed", stream)
    case .walkClosed(let stream, _): (.info, "walk_closed", stream)
    case .reconciled(let stream, _, _, _): (.info, "reconciled", stream)
    case .streamEnded(let report):
      (report.outcome == .failed ? .error : .info, "stream_ended", report.stream)
    }
  }
}
