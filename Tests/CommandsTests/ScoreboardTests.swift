import Catalog
import FoundationEssentials
import Monitoring
import Scheduling
import Testing

@testable import Commands

@Suite struct `The scoreboard` {
  private static let now = Instant(seconds: 1_800_000_000)

  /// A run in which contacts is done and deals fails.
  private static func run(exitCode: ExitCode = .partial, contacts: Outcome = .done) -> FinishedSync
  {
    var one = StreamReport(stream: "contacts", mode: .incremental)
    one.outcome = contacts
    one.counts = CommitCounts(
      inserted: 3, updated: 2, unchanged: 10, rejected: 1, deleted: 4)
    one.requests = 7
    if contacts == .done {
      one.liveRows = 300
      one.completeAsOf = now - .seconds(90)
    }
    var other = StreamReport(stream: "deals", mode: .incremental)
    other.outcome = .failed
    let report = RunReport(
      outcome: .failed, exitCode: exitCode.rawValue, streams: [one, other], requests: 9, retries: 2,
      duration: .milliseconds(1500))
    return FinishedSync(
      report: report, account: "acme \"one\"", warehouse: "w", psqlLine: "psql",
      answers: [200: 7, 429: 1, 0: 1])
  }

  private static func board() -> Scoreboard {
    var board = Scoreboard()
    board.note(.finished(run()), schedule: "every 15m", at: now)
    return board
  }

  /// Values by name and labels.
  private static func values(
    _ board: Scoreboard, at now: Instant = now, isLasting: Bool = true
  ) throws -> [String: Double] {
    try ExpositionReader(Exposition.text(board.families(at: now, isLasting: isLasting))).values
  }

  @Test func `tells of the last run, of each stream, and sums up`() throws {
    let values = try Self.values(Self.board())
    let run = #"{account="acme \"one\"",schedule="every 15m"}"#
    #expect(values["acsync_last_run_exit_code\(run)"] == 3)
    #expect(values["acsync_last_run_duration_seconds\(run)"] == 1.5)
    #expect(values["acsync_last_run_throttled\(run)"] == 1)
    #expect(values["acsync_last_run_timestamp_seconds\(run)"] == 1_800_000_000)
    #expect(values["acsync_last_run_success_timestamp_seconds\(run)"] == nil)
    let contacts = #"account="acme \"one\"",stream="contacts""#
    #expect(values["acsync_stream_lag_seconds{\(contacts)}"] == 90)
    #expect(values["acsync_stream_live_rows{\(contacts)}"] == 300)
    #expect(values["acsync_stream_last_success_timestamp_seconds{\(contacts)}"] == 1_800_000_000)
    #expect(values["acsync_stream_rows_total{\(contacts),change=\"deleted\"}"] == 4)
    let deals = #"account="acme \"one\"",stream="deals""#
    #expect(values["acsync_stream_outcome{\(deals),outcome=\"failed\"}"] == 1)
    #expect(values["acsync_stream_outcome{\(deals),outcome=\"done\"}"] == 0)
    #expect(values["acsync_stream_lag_seconds{\(deals)}"] == nil)
    #expect(values[#"acsync_answers_total{account="acme \"one\"",status="429"}"#] == 1)
    #expect(values[#"acsync_answers_total{account="acme \"one\"",status="none"}"#] == 1)
  }

  @Test func `keeps what was known of a stream when a later run does not reach it`() throws {
    var board = Self.board()
    board.note(
      .finished(Self.run(exitCode: .sourceOutOfReach, contacts: .failed)), schedule: "every 15m",
      at: Self.now + .seconds(900))
    let values = try Self.values(board, at: Self.now + .seconds(900))
    let contacts = #"account="acme \"one\"",stream="contacts""#
    #expect(values["acsync_stream_lag_seconds{\(contacts)}"] == 990)
    #expect(values["acsync_stream_live_rows{\(contacts)}"] == 300)
    #expect(values["acsync_stream_rows_total{\(contacts),change=\"inserted\"}"] == 6)
    #expect(values["acsync_stream_requests_total{\(contacts)}"] == 14)
    #expect(values[#"acsync_runs_total{account="acme \"one\"",exit_code="5"}"#] == 1)
    #expect(values[#"acsync_runs_total{account="acme \"one\"",exit_code="3"}"#] == 1)
  }

  @Test func `says when a run ended well, until the next one does`() throws {
    var board = Scoreboard()
    board.note(.finished(Self.run(exitCode: .done)), schedule: "x", at: Self.now)
    board.note(.finished(Self.run()), schedule: "x", at: Self.now + .seconds(60))
    let values = try Self.values(board)
    let run = #"{account="acme \"one\"",schedule="x"}"#
    #expect(values["acsync_last_run_success_timestamp_seconds\(run)"] == 1_800_000_000)
    #expect(values["acsync_last_run_timestamp_seconds\(run)"] == 1_800_000_060)
  }

  @Test func `forgets streams, schedules and accounts that are followed no more`() throws {
    var board = Self.board()
    board.note(ticks: 3, skipped: 0, of: "every 15m")
    board.keep(schedules: ["x"], streams: [#"acme "one""#: ["contacts"]])
    var names = try Self.values(board).keys
    #expect(names.contains { $0.contains("contacts") } && !names.contains { $0.contains("deals") })
    #expect(!names.contains { $0.contains("every 15m") })
    board.keep(schedules: ["x"], streams: [:])
    names = try Self.values(board).keys
    #expect(!names.contains { $0.contains("acme") })
  }

  @Test func `leaves counters out for a process that ends`() throws {
    let names = try Self.values(Self.board(), isLasting: false).keys
    #expect(!names.isEmpty)
    #expect(!names.contains { $0.contains("_total") })
  }

  @Test func `names no metric twice, and none that is not explained`() throws {
    let families = Self.board().families(at: Self.now, isLasting: true)
    #expect(Set(families.map(\.name)).count == families.count)
    for family in families {
      #expect(family.help.hasSuffix(".") && family.name.hasPrefix("acsync_"), "\(family.name)")
      #expect((family.kind == .counter) == family.name.hasSuffix("_total"), "\(family.name)")
    }
  }
}

@Suite struct `Health and readiness` {
  private let entry = Timetable.Entry("x", .every((try? Interval("15m")) ?? Self.none))
  private static var none: Interval { preconditionFailure("15m is an interval") }
  private let start = Instant(seconds: 1_800_000_000)

  private func monitor() -> Monitor {
    let monitor = Monitor()
    monitor.follow([entry], at: start)
    return monitor
  }

  private func outcome(_ code: ExitCode) -> TickOutcome {
    .finished(
      FinishedSync(
        report: RunReport(
          outcome: code == .done ? .done : .failed, exitCode: code.rawValue, streams: [],
          requests: 0, retries: 0, duration: .zero,
          problem: Explanation(
            "it is so", at: "the test", remedy: "none", .lasting(.stopRun), fault: .sourceRefused)),
        account: "acme", warehouse: "", psqlLine: ""))
  }

  @Test func `is healthy while it decides`() {
    let monitor = monitor()
    monitor.beat(at: start)
    #expect(monitor.reply(to: "/healthz", at: start + .seconds(200)).status == 200)
    #expect(monitor.reply(to: "/healthz", at: start + .seconds(301)).status == 503)
  }

  @Test func `is not ready before a sync has ended`() {
    #expect(monitor().reply(to: "/readyz", at: start).status == 503)
  }

  @Test func `is ready after a sync that ended well, until none has for long`() {
    let monitor = monitor()
    monitor.note(outcome(.done), of: "x", at: start)
    #expect(monitor.reply(to: "/readyz", at: start + .seconds(2400)).status == 200)
    let late = monitor.reply(to: "/readyz", at: start + .seconds(2401))
    #expect(late.status == 503)
    #expect(late.body == "x: the last sync that ended well ended at 2027-01-15T08:00:00Z\n")
  }

  @Test func `is ready over days on which nothing is due`() throws {
    let workdays = try CronExpression("0 9 * * 1-5")
    let monitor = Monitor()
    // On a Thursday; `start` is a Friday at eight.
    monitor.follow(
      [Timetable.Entry("x", .cron(workdays, .utc))], at: start - .seconds(86_400))
    monitor.note(outcome(.done), of: "x", at: start + .seconds(3660))
    let day = Duration.seconds(86_400)
    #expect(monitor.reply(to: "/readyz", at: start + day * 2.5).status == 200)
    #expect(monitor.reply(to: "/readyz", at: start + day * 4.5).status == 503)
  }

  @Test(arguments: [ExitCode.partial, .sourceRefused, .targetOutOfReach, .guardRefused])
  func `is not ready after one that failed, until the next one ends well`(_ code: ExitCode) {
    let monitor = monitor()
    monitor.note(outcome(.done), of: "x", at: start)
    monitor.note(outcome(code), of: "x", at: start + .seconds(900))
    let reply = monitor.reply(to: "/readyz", at: start + .seconds(901))
    #expect(reply.status == 503)
    #expect(reply.body == "x: the last sync ended with \(code.rawValue)\n")
    monitor.note(outcome(.budgetReached), of: "x", at: start + .seconds(1800))
    #expect(monitor.reply(to: "/readyz", at: start + .seconds(1801)).status == 200)
  }

  @Test func `says with which of several accounts something went wrong`() {
    var outcome = outcome(.sourceRefused)
    let nameless = outcome.parts.flatMap { outcome.findings(of: $0) }
    #expect(!nameless.isEmpty && !nameless.contains { $0.explanation.place.contains("zenith") })
    outcome.names = ["acme": "zenith"]
    let named = outcome.parts.flatMap { outcome.findings(of: $0) }
    #expect(named.count == nameless.count)
    #expect(named.allSatisfy { $0.explanation.place.hasPrefix("account zenith, ") })
  }

  @Test func `is ready while another run holds the streams, though not for ever`() {
    let monitor = monitor()
    monitor.note(outcome(.done), of: "x", at: start)
    monitor.note(outcome(.held), of: "x", at: start + .seconds(900))
    #expect(monitor.reply(to: "/readyz", at: start + .seconds(1000)).status == 200)
    #expect(monitor.reply(to: "/readyz", at: start + .seconds(3000)).status == 503)
  }

  @Test func `says what else there is`() {
    let reply = monitor().reply(to: "/", at: start)
    #expect(reply.status == 404 && reply.body.contains("/metrics"))
  }
}
