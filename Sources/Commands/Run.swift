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
    options: Option.configured + Option.telling + [.allowDeletes, .wait, .allowCommands]
  ) { invocation in
    try invocation.requireNoOperands(of: "run")
    let setups = try Setup.all(invocation)
    // What is not allowed is refused before anything happens to any account.
    for setup in setups { _ = try Outlet(setup) }
    let wait = try longestWait(invocation)
    guard let setup = setups.first else { throw UsageError.noSource }
    let operating = setup.settings.operating
    if setups.count > 1 {
      return try await AccountsRun(invocation, setups, operating, longestWait: wait).perform()
    }
    let run = Run(invocation, operating)
    return try await run.perform(
      Sync(setup, longestWait: wait, note: run.note, warn: run.warn))
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
  let log: Log
  let metrics: MetricsFile?

  init(_ invocation: Invocation, _ operating: OperatingSettings) {
    self.invocation = invocation
    log = Log(operating.logFormat.value, for: invocation)
    metrics = operating.metricsFile.value.map { MetricsFile(path: $0) }
    display = Display(
      ProgressBoard(), log.isJSON ? .silent : DisplayManner(invocation), on: invocation.console)
  }

  /// Says something beside the result.
  func note(_ line: String) { log.say(.info, "note", line) }

  /// Says what went wrong without being a failure of the run.
  func warn(_ line: String) { log.say(.error, "warning", line) }

  func perform(_ sync: Sync) async throws -> ExitCode {
    let (display, log) = (display, log)
    let finished: FinishedSync
    do {
      finished = try await sync.perform(
        observer: { log.isJSON ? log.say($0) : display.note($0) },
        { replication in await underSignals(replication) })
    } catch {
      metrics?.write(.failed(Finding.all(of: error), of: sync.setup), log)
      throw error
    }
    tell(finished)
    metrics?.write(.finished(finished), log)
    return ExitCode(rawValue: finished.report.exitCode) ?? .internalError
  }

  /// Runs the engine under the display and the signals.
  private func underSignals(_ replication: Replicating) async -> RunReport {
    let display = display
    return await Signals.during(stop: {
      let words = "stopping: what has been read is committed; a second signal ends at once"
      log.isJSON ? log.say(.info, "stopping", words) : display.say(words)
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
    if invocation.wantsJSON {
      console.result(JSON.text(finished.document))
    } else if !invocation.isQuiet {
      summary.write(to: console)
    }
    if invocation.arguments.has(.verbose), !invocation.isQuiet, !log.isJSON {
      console.note(finished.use.text)
    }
    if log.isJSON {
      summary.findings.forEach { log.say($0) }
    } else {
      Finding.write(summary.findings, to: console)
    }
    log.say(finished.document)
  }
}
