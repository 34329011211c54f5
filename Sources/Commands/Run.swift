import Catalog
import Configuration
import Replication

extension Verb {
  static let run = Verb(
    "run", "sync: read what changed, and bring it into PostgreSQL",
    details: """
      The first SIGINT or SIGTERM stops the reading and commits what was read (exit 130 or 143); a
      second one ends at once. The next run goes on from the last committed page.
      Where --max-requests or --max-duration is reached it stops as cleanly (exit 10).
      """,
    options: Option.configured + [.allowDeletes, .wait, .allowCommands]
  ) { invocation in
    try invocation.requireNoOperands(of: "run")
    let setups = try Setup.all(invocation)
    // What is not allowed is refused before anything happens to any account.
    for setup in setups { _ = try Outlet(setup) }
    let wait = try longestWait(invocation)
    guard let setup = setups.first, setups.count == 1 else {
      return try await AccountsRun(invocation, setups, longestWait: wait).perform()
    }
    return try await Run(invocation).perform(
      Sync(
        setup, longestWait: wait, note: invocation.note, warn: invocation.console.note))
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

/// One run on the command line: a sync under a display and the signals, and its summary.
private struct Run {
  let invocation: Invocation
  let display: Display<ProgressBoard>

  init(_ invocation: Invocation) {
    self.invocation = invocation
    display = Display(ProgressBoard(), DisplayManner(invocation), on: invocation.console)
  }

  func perform(_ sync: Sync) async throws -> ExitCode {
    let display = display
    let finished = try await sync.perform(observer: { display.note($0) }) { replication in
      await underSignals(replication)
    }
    tell(finished)
    return ExitCode(rawValue: finished.report.exitCode) ?? .internalError
  }

  /// Runs the engine under the display and the signals.
  private func underSignals(_ replication: Replicating) async -> RunReport {
    let display = display
    return await Signals.during(stop: {
      display.say("stopping: what has been read is committed; a second signal ends at once")
      await replication.stop()
    }) { signals in
      var report = await display.during { await replication.run() }
      let code = signals.exitCode.flatMap { report.outcome == .interrupted ? $0 : nil }
      report.exitCode = (code ?? ExitCode(report)).rawValue
      return report
    }
  }

  private func tell(_ finished: FinishedSync) {
    let console = invocation.console
    let summary = RunSummary(finished)
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
