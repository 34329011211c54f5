import Configuration
import Monitoring
import Scheduling

extension Verb {
  static let schedule = Verb(
    "schedule", "sync again and again, until it is stopped",
    details: """
      Without --every and --cron the section schedule of replication.yaml says when
      which streams are read. An interval ticks at once, and then at its multiples
      (15m: on the quarter hours); cron expressions go by the clock of UTC, or of
      --time-zone. Ticks are late by up to 1m (--jitter), and never by more than a
      tenth of the time to the next one, each schedule always by the same. One sync
      runs at a time: a tick that comes while its own schedule's sync is under way
      is skipped, that of another schedule waits.

      SIGHUP reads the file and .env again; a mistake there is told, and the old
      ones hold. SIGINT and SIGTERM commit what was read and end the process within
      10 s (exit 130, 143); a second one ends it at once.

      /metrics, /healthz and /readyz are served on 127.0.0.1:9465, unless --listen
      says otherwise. --json prints the summary of each sync, an object a line.
      """,
    options: Option.configured + Option.telling + Option.scheduling + [.allowCommands]
  ) { invocation in
    try invocation.requireNoOperands(of: "schedule")
    let plan = try SchedulePlan(invocation)
    let scheduler = Scheduler(plan, invocation)
    let server = try plan.address.map { try Monitor.serve(on: $0, scheduler.monitor) }
    // It serves as long as it is there.
    defer { withExtendedLifetime(server) {} }
    if let server {
      scheduler.log.say(.info, "listening", "metrics: http://\(server.address)/metrics")
    }
    return await scheduler.run()
  }
}

/// What is to be done when, as file, environment and flags say; read anew at every SIGHUP.
struct SchedulePlan: Sendable {
  /// One schedule and what is synced by it: one account, or several.
  struct Line: Sendable {
    let entry: Timetable.Entry
    let setups: [Setup]
  }

  let lines: [Line]
  /// Where metrics are served; nil: nowhere.
  let address: ListenAddress?
  let operating: OperatingSettings

  /// - Throws: `ConfigurationError` with every mistake there is; `UsageError`.
  init(_ invocation: Invocation) throws {
    let setups = try Setup.all(invocation)
    guard let first = setups.first else { throw UsageError.noSource }
    operating = first.settings.operating
    address = try Self.address(operating)
    for setup in setups where !setup.isDemo { _ = try setup.credentials() }
    // What is not allowed is refused before anything happens to any account.
    for setup in setups { _ = try Outlet(setup) }
    let accounts = try setups.map { try $0.account() }.joined(separator: ",")
    lines = try Self.lines(of: setups, accounts: accounts, operating)
  }

  private static func address(_ operating: OperatingSettings) throws(UsageError) -> ListenAddress? {
    guard let text = operating.listen.value else { return .usual }
    if text == "none" { return nil }
    guard let address = ListenAddress(text) else {
      throw .badValue(
        text, option: Option.listen.name, expected: "an IP address with a port, or none")
    }
    return address
  }

  private static func lines(
    of setups: [Setup], accounts: String, _ operating: OperatingSettings
  ) throws(UsageError) -> [Line] {
    let most = operating.jitter.value ?? Jitter.usual
    let entry = { (title: String, timing: Timing) in
      Timetable.Entry(title, timing, jitter: Jitter(seed: "\(accounts)|\(title)", most: most))
    }
    if let timing = operating.timing?.value {
      return [Line(entry: entry("\(timing)", timing), setups: setups)]
    }
    guard !operating.schedule.isEmpty else { throw .noSchedule }
    var titles: Set<String> = []
    return operating.schedule.enumerated().map { number, element in
      let names = element.names.isEmpty ? "" : ": \(element.names.joined(separator: ","))"
      var title = "\(element.timing)\(names)"
      // The same may stand there twice; each is a schedule of its own all the same.
      while !titles.insert(title).inserted { title += " (again)" }
      // Every account has the same elements, each with streams of its own.
      return Line(
        entry: entry(title, element.timing),
        setups: setups.map { $0.narrowed(to: $0.settings.operating.schedule[number]) })
    }
  }
}
