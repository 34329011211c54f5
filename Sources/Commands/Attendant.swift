import Catalog
import Configuration
import Outbound
import Replication
import Synchronization
import Warehouse

/// What goes along with a run: the user's hooks, the checks of the rows, and who is told of it.
final class Attendant: Sendable {
  private struct Known {
    var session: SideSession?
    var run: Int64?
    var account = ""
    var amendments: [StreamDefinition.ID: Amendment] = [:]
    var checks: [CheckResult] = []
    var newFields: [String] = []
    var underWay: [Int: Task<HookRunner.Ending, Never>] = [:]
    var started = 0
  }

  let setup: Setup
  let hooks: HookRunner
  let notifier: Notifier
  private let warn: @Sendable (String) -> Void
  private let known = Mutex(Known())

  /// Readies what the settings declare.
  ///
  /// - Parameter warn: Takes what went wrong without being a failure of the run.
  /// - Throws: `ConfigurationError`, `UsageError` where something of it may not be done; nothing has
  ///   been done then.
  init(_ setup: Setup, warn: @escaping @Sendable (String) -> Void) throws {
    let way = try Outlet(setup)
    self.setup = setup
    self.warn = warn
    hooks = HookRunner(way)
    notifier = Notifier(way, warn: warn)
  }

  /// Readies itself for a run of an account.
  func attend(_ account: String) async throws {
    let session = SideSession(
      uri: try await setup.target.conninfo(), account: account, schema: setup.settings.schema.value,
      applicationName: Program.applicationName)
    known.withLock {
      $0.session = session
      $0.account = account
    }
  }

  /// Takes up a run that has begun.
  func begin(_ run: Int64?) { known.withLock { $0.run = run } }

  /// Ends the hooks that are under way; those at the run's end are still done.
  func stop() { known.withLock { $0.underWay.values.forEach { $0.cancel() } } }

  /// Lets the warehouse go.
  func close() async { await session?.close() }

  private var session: SideSession? { known.withLock(\.session) }
  private var run: Int64? { known.withLock(\.run) }

  /// What the checks found so far.
  var checks: [CheckResult] { known.withLock(\.checks) }

  // MARK: The run

  /// What the hooks before the run leave of it: nil, or the report of a run that reads nothing.
  func start() async -> RunReport? {
    switch await perform(setup.settings.hooks.start, values) {
    case .done(let warnings):
      warnings.forEach(warn)
      return nil
    case .skipped, .cancelled:
      return .unread(.skipped, because: nil)
    case .aborted(let problem, let warnings):
      warnings.forEach(warn)
      return .unread(.failed, because: problem)
    }
  }

  /// The run's report after what its streams' hooks and checks found, and the hooks at its end.
  func ended(_ report: RunReport) async -> RunReport {
    var report = report
    let amendments = known.withLock(\.amendments)
    for index in report.streams.indices {
      amendments[report.streams[index].stream]?.apply(to: &report.streams[index])
    }
    if report.streams.contains(where: { $0.outcome == .failed }) { report.fail(nil) }
    let values = values.merging(HookRunner.values(of: report)) { $1 }
    switch await perform(setup.settings.hooks.end, values) {
    case .done(let warnings): warnings.forEach(warn)
    case .skipped, .cancelled: break
    case .aborted(let problem, let warnings):
      warnings.forEach(warn)
      report.fail(problem)
    }
    return report
  }

  /// Tells whom the settings name what came of the run.
  func tell(_ report: RunReport, warehouse: String) async {
    let known = known.withLock { $0 }
    await notifier.tell(
      RunFacts(
        report, account: known.account, warehouse: warehouse, run: known.run,
        newFields: known.newFields),
      session, streams: setup.selection)
  }

  /// Tells whom the settings name that the run could not be carried out.
  func tell(_ error: any Error) async {
    guard !(error is CancellationError) else { return }
    let problems = Finding.all(of: error).map(\.explanation)
    guard let first = problems.first, first.fault != .configuration else { return }
    let code = ExitCode.first(of: problems.map { ExitCode($0.fault) })
    let report = RunReport(
      outcome: .failed, exitCode: code.rawValue, streams: [], requests: 0, retries: 0,
      duration: .zero, problem: first)
    let account = known.withLock { $0.account }
    await notifier.tell(
      RunFacts(
        report, account: account.isEmpty ? (try? setup.account()) ?? "" : account, warehouse: "",
        run: run, newFields: []),
      session, streams: setup.selection)
  }

  // MARK: A stream

  /// Does what the hooks before a stream say.
  ///
  /// - Throws: `HookFailure` where one says that the stream is not to be read.
  func pre(_ stream: StreamDefinition) async throws {
    let hooks = settings(of: stream.id)?.hooks.pre ?? []
    guard !hooks.isEmpty else { return }
    let values = values.merging([.streamName: .text(stream.id.name)]) { $1 }
    switch await perform(hooks, values) {
    case .done(let warnings): note(warnings, on: stream.id)
    case .skipped(let hook, let why):
      throw HookFailure(explanation: hook.explanation(of: why, .skipStream))
    case .cancelled: throw CancellationError()
    case .aborted(let problem, _): throw HookFailure(explanation: problem)
    }
  }

  /// A stream's report after its checks and the hooks at its end.
  func ended(_ report: StreamReport) async -> StreamReport {
    var report = report
    if report.outcome == .done { await noticeFields(of: report) }
    if report.outcome == .done { await look(at: &report) }
    if report.outcome == .done { await post(&report) }
    let notes = known.withLock { $0.amendments[report.stream]?.note }
    if let notes { report.add(note: notes) }
    let amendment = Amendment(
      outcome: report.outcome, problem: report.problem, note: report.note)
    known.withLock { $0.amendments[report.stream] = amendment }
    return report
  }

  /// Takes what a stream sent that was not known before into its report, and tells those who want to
  /// hear of it.
  func take(_ drift: Drift, into report: inout StreamReport) {
    for note in drift.notes { report.add(note: note) }
    let names = drift.fields + drift.added.map(\.name)
    let new = Set(names).sorted().map { "\(report.stream).\($0)" }
    if !new.isEmpty { known.withLock { $0.newFields += new } }
  }

  /// Notes an empty table that always had rows.
  func notice(emptinessOf stream: StreamDefinition.ID, by loader: Loader) async {
    do {
      guard try await loader.wasNeverEmpty(stream) else { return }
      note(["no row lives any more, and there always were some"], on: stream)
    } catch {
      warn("\(stream): \(Self.words(of: error))")
    }
  }

  /// An event with what is known by now of the stream that it ends.
  func amended(_ event: Event) -> Event {
    guard case .streamEnded(var report) = event else { return event }
    known.withLock { $0.amendments[report.stream] }?.apply(to: &report)
    return .streamEnded(report)
  }

  /// Notes new fields for those who want to hear of them.
  private func noticeFields(of report: StreamReport) async {
    guard report.counts.inserted + report.counts.updated > 0, notifier.wants(.schemaChange),
      let session, let run, let settings = settings(of: report.stream)
    else { return }
    do {
      let fields = try await session.newFields(of: settings.stream, in: run)
      known.withLock { $0.newFields += fields.map { "\(report.stream).\($0)" } }
    } catch {
      warn("warning: \(report.stream): \(Self.words(of: error))")
    }
  }

  private func look(at report: inout StreamReport) async {
    guard let session, let run, let settings = settings(of: report.stream) else { return }
    do {
      guard !settings.checks.isEmpty else { return }
      let results = try await session.results(of: settings.checks, on: settings.stream)
      known.withLock { $0.checks += results }
      for result in results where result.outcome == .warned {
        report.add(note: "check \(result.check): \(result.message ?? "")")
      }
      if let problem = Self.problem(of: results) { report.fail(problem) }
      try await session.keep(results, of: run)
    } catch {
      // The rows are in: what could not be looked at is not known to be right.
      report.fail(
        Explanation(
          "the checks could not be carried out: \(Self.words(of: error))",
          at: place(of: report.stream), remedy: "run again when the warehouse is back",
          .lasting(.failStream), fault: .partial))
    }
  }

  private static func problem(of results: [CheckResult]) -> Explanation? {
    let failed = results.filter { $0.outcome == .failed }
    guard let first = failed.first else { return nil }
    let list = failed.map { "\($0.check): \($0.message ?? "")" }.joined(separator: "; ")
    return Explanation(
      "\(failed.count == 1 ? "a check" : "\(failed.count) checks") of \(first.stream) failed: \(list)",
      at: first.place, remedy: "the rows stay as they were brought: correct them, or the check",
      .lasting(.failStream), fault: .partial)
  }

  private func post(_ report: inout StreamReport) async {
    let hooks = settings(of: report.stream)?.hooks.post ?? []
    guard !hooks.isEmpty else { return }
    switch await perform(hooks, values.merging(HookRunner.values(of: report)) { $1 }) {
    case .done(let warnings): warnings.forEach { report.add(note: $0) }
    case .skipped: break
    case .cancelled: report.outcome = .interrupted
    case .aborted(let problem, let warnings):
      warnings.forEach { report.add(note: $0) }
      report.fail(problem)
    }
  }

  // MARK: Inside

  private var values: [HookVariable: HookValue] {
    known.withLock { [.runID: .number($0.run), .runAccount: .text($0.account)] }
  }

  private func perform(
    _ list: [Hook], _ values: [HookVariable: HookValue]
  ) async -> HookRunner.Ending {
    guard !list.isEmpty else { return .done(warnings: []) }
    let (hooks, session) = (hooks, session)
    let task = Task { await hooks.perform(list, values, session) }
    let number = known.withLock {
      $0.started += 1
      $0.underWay[$0.started] = task
      return $0.started
    }
    defer { known.withLock { $0.underWay[number] = nil } }
    return await task.value
  }

  private func settings(of stream: StreamDefinition.ID) -> StreamSettings? {
    (setup.settings.streams + setup.settings.others).first { $0.stream.id == stream }
  }

  private func note(_ notes: [String], on stream: StreamDefinition.ID) {
    guard !notes.isEmpty else { return }
    known.withLock {
      var amendment = $0.amendments[stream] ?? Amendment(outcome: .interrupted)
      let note = ([amendment.note].compactMap(\.self) + notes).joined(separator: "; ")
      amendment.note = note
      $0.amendments[stream] = amendment
    }
  }

  static func words(of error: any Error) -> String {
    Finding.all(of: error).map(\.explanation.what).joined(separator: "; ")
  }

  private func place(of stream: StreamDefinition.ID) -> String {
    "\(setup.settings.schema.value).\(stream)"
  }
}
