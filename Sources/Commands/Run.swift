import ActiveCampaign
import Catalog
import Configuration
import Replication
import Synchronization
import Warehouse

extension Verb {
  static let run = Verb(
    "run", "sync: read what changed, and bring it into PostgreSQL",
    details: """
      The first SIGINT or SIGTERM stops the reading and commits what was read (exit 130 or 143); a
      second one ends at once. The next run goes on from the last committed page.
      Where --max-requests or --max-duration is reached it stops as cleanly (exit 10).
      """,
    options: Option.configured + [.allowDeletes, .wait]
  ) { invocation in
    try invocation.requireNoOperands(of: "run")
    let setup = try Setup(invocation)
    return try await Run(setup, invocation, longestWait: try longestWait(invocation)).perform()
  }

  /// How long the streams are waited for that another run holds; nil for not at all.
  private static func longestWait(_ invocation: Invocation) throws(UsageError) -> Duration? {
    guard let text = invocation.arguments.value(of: .wait) else { return nil }
    if text.isEmpty { return .seconds(600) }
    guard let duration = TimeText.duration(text) else {
      throw .badValue(text, option: Option.wait.name, expected: "a time such as 90s or 10m")
    }
    return duration
  }
}

/// One run, from its settings to its summary.
private struct Run {
  let setup: Setup
  let invocation: Invocation
  let longestWait: Duration?
  let display: Display

  init(_ setup: Setup, _ invocation: Invocation, longestWait: Duration?) {
    self.setup = setup
    self.invocation = invocation
    self.longestWait = longestWait
    let console = invocation.console
    display = Display(
      Display.manner(
        isQuiet: invocation.isQuiet, isVerbose: invocation.arguments.has(.verbose),
        terminal: console.asideTerminal),
      on: console)
  }

  func perform() async throws -> ExitCode {
    let link = try AccountLink(setup)
    defer { link.close() }
    if setup.isDemo, let url = setup.settings.sourceURL {
      invocation.note("--demo: the account at \(url.value) is left alone")
    }
    let loader = try await setup.openLoader(account: link.account, note: invocation.note)
    try await waitForOthers(loader)
    let budget = try await setup.sharedBudget(account: link.account)
    let late = LateBudget(budget)
    let client = link.client(sharing: late)
    defer { client.close() }
    let engine = engine(from: client, into: loader)
    // Nothing is laid out in a new database before the key has proved good.
    if try await !loader.pendingMigrations().isEmpty { try await engine.confirmKey() }
    try await loader.begin(
      RunOpening(version: Program.version, streams: setup.selection.map(\.stream.id)))
    late.begin()
    var report = await replicate(with: engine)
    await budget.close()
    do {
      try await loader.end(report)
    } catch let error as WarehouseError {
      // What the run did is told all the same.
      report.problem = report.problem ?? error.explanation
      report.outcome = .failed
      report.exitCode = ExitCode(report).rawValue
    }
    await loader.close()
    tell(report, account: link.account, warehouse: setup.target.title ?? loader.place)
    return ExitCode(rawValue: report.exitCode) ?? .internalError
  }

  /// Waits for the runs that hold streams of this one; those still held then are reported as such.
  private func waitForOthers(_ loader: Loader) async throws {
    guard let longestWait else { return }
    let ordered = Plan.ordered(setup.selection, catalogue: setup.catalogue)
    let invocation = invocation
    _ = try await loader.wait(for: ordered.map(\.selection.stream.id), atMost: longestWait) {
      invocation.note("waiting for the run that holds \($0.name)")
    }
  }

  private func engine(from client: Client, into loader: Loader) -> Engine {
    var options = Engine.Options()
    options.workers = setup.settings.concurrency.value
    options.pageSize = setup.settings.pageSize.value
    options.limits = RunLimits(
      requests: setup.settings.maxRequests.value, duration: setup.settings.maxDuration.value)
    options.limits.pace = setup.settings.requestsPerSecond.value
    let display = display
    return Engine(from: client, into: loader, options: options) { display.note($0) }
  }

  /// Runs the engine under the display and the signals.
  private func replicate(with engine: Engine) async -> RunReport {
    let display = display
    return await Signals.during(stop: {
      display.say("stopping: what has been read is committed; a second signal ends at once")
      await engine.stop()
    }) { signals in
      var report = await display.during {
        await engine.run(setup.selection, catalogue: setup.catalogue)
      }
      let code = signals.exitCode.flatMap { report.outcome == .interrupted ? $0 : nil }
      report.exitCode = (code ?? ExitCode(report)).rawValue
      return report
    }
  }

  private func tell(_ report: RunReport, account: String, warehouse: String) {
    let console = invocation.console
    let summary = RunSummary(
      report: report, account: account, warehouse: warehouse, psqlLine: setup.psqlLine)
    let use = ResourceUse.untilNow()
    if invocation.wantsJSON {
      console.result(JSON.text(RunDocument(summary, use: use)))
    } else if !invocation.isQuiet {
      summary.write(to: console)
    }
    if invocation.arguments.has(.verbose), !invocation.isQuiet { console.note(use.text) }
    Finding.write(summary.findings, to: console)
  }
}
