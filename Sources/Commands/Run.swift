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
      """,
    options: Option.configured + [.allowDeletes]
  ) { invocation in
    try invocation.requireNoOperands(of: "run")
    let setup = try Setup(invocation)
    return try await Run(setup, invocation).perform()
  }
}

/// One run, from its settings to its summary.
private struct Run {
  let setup: Setup
  let invocation: Invocation
  let display: Display

  init(_ setup: Setup, _ invocation: Invocation) {
    self.setup = setup
    self.invocation = invocation
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
    // Nothing is laid out in a new database before the key has proved good.
    let isNew = try await !loader.pendingMigrations().isEmpty
    if isNew {
      try await engine(from: link.client, into: loader).confirmKey()
    }
    try await loader.begin(
      RunOpening(version: Program.version, streams: setup.selection.map(\.stream.id)))
    let budget = try await setup.sharedBudget(account: link.account)
    let client = link.client(sharing: budget)
    defer { client.close() }
    var report = await replicate(with: engine(from: client, into: loader, confirmsKey: !isNew))
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

  private func engine(
    from client: Client, into loader: Loader, confirmsKey: Bool = true
  ) -> Engine {
    var options = Engine.Options()
    options.workers = setup.settings.concurrency.value
    options.pageSize = setup.settings.pageSize.value
    options.confirmsKey = confirmsKey
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
