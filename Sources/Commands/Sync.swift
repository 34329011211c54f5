import ActiveCampaign
import Catalog
import Configuration
import Replication
import Warehouse

/// One sync of one account: both ends opened, the engine between them, and what came of it noted.
///
/// It knows nothing of terminals and signals: whoever performs it says how the engine is run.
struct Sync: Sendable {
  let setup: Setup
  /// The session of the process's budgets; nil: this sync has one of its own.
  var budgets: RequestSession?
  /// Pages that may wait for the warehouse; nil: as many as a sync that is alone may have.
  var queuedPages: Int?
  /// How long the streams are waited for that another run holds; nil: not at all.
  let longestWait: Duration?
  /// Takes what a person may want to know meanwhile.
  let note: @Sendable (String) -> Void
  /// Takes what went wrong without being a failure of the run.
  var warn: @Sendable (String) -> Void

  /// Readies a sync; nothing is opened yet.
  init(
    _ setup: Setup, longestWait: Duration? = nil, note: @escaping @Sendable (String) -> Void,
    warn: (@Sendable (String) -> Void)? = nil
  ) {
    self.setup = setup
    self.longestWait = longestWait
    self.note = note
    self.warn = warn ?? note
  }

  /// Syncs.
  ///
  /// - Parameters:
  ///   - observer: Hears every event; called from any thread, must not wait.
  ///   - replicate: Runs what it is handed, and may stop it.
  /// - Throws: what kept it from beginning; later failures are in the report.
  func perform(
    observer: @escaping @Sendable (Event) -> Void,
    _ replicate: (Replicating) async -> RunReport
  ) async throws -> FinishedSync {
    let attendant = try Attendant(setup, warn: warn)
    do {
      return try await perform(with: attendant, observer: observer, replicate)
    } catch {
      await attendant.tell(error)
      await attendant.close()
      throw error
    }
  }

  private func perform(
    with attendant: Attendant, observer: @escaping @Sendable (Event) -> Void,
    _ replicate: (Replicating) async -> RunReport
  ) async throws -> FinishedSync {
    let begun = ResourceUse.untilNow()
    let journal = setup.settings.operating.auditRequests.value ? try setup.journal() : nil
    let audit = RequestAudit(journal)
    let link = try AccountLink(setup) { audit.note($0) }
    defer { link.close() }
    if setup.isDemo, let url = setup.settings.sourceURL {
      note("--demo: the account at \(url.value) is left alone")
    }
    let loader = try await setup.openLoader(account: link.account, note: note)
    try await attendant.attend(link.account)
    try await waitForOthers(loader)
    let budget = try await setup.sharedBudget(account: link.account, on: budgets)
    let late = LateBudget(budget)
    let client = link.client(sharing: late)
    defer { client.close() }
    let engine = Engine(
      from: client, into: AttendedLoader(loader: loader, attendant: attendant), options: options,
      observer: { observer(attendant.amended($0)) })
    let replicating = Replicating(
      engine: engine, loader: loader, setup: setup.knowing(try await loader.evolvedColumns()),
      attendant: attendant)
    let isNew = try await !loader.pendingMigrations().isEmpty
    async let _ = isNew ? replicating.readAheadAsFirstComer() : ()
    // Nothing is laid out in a new database before the key has proved good.
    if isNew { try await engine.confirmKey() }
    try await loader.begin(
      RunOpening(version: Program.version, streams: setup.selection.map(\.stream.id)))
    // A new warehouse knows from the first page on whose days count.
    await keep(engine.keyAnswer?.zone, loader)
    late.begin()
    if let run = await loader.runNumber {
      await journal?.begin(run: run, in: try setup.target.conninfo())
    }
    attendant.begin(await loader.runNumber)
    var report: RunReport
    if let unread = await attendant.start() {
      report = unread
    } else {
      report = await audit.during { await replicate(replicating) }
      let zone = await engine.keyAnswer?.zone
      await bringUpToDate(after: &report, zone: zone, replicating.setup.definitions, loader)
    }
    report = await attendant.ended(report)
    await budget.close()
    await audit.close(note: note)
    var finished = FinishedSync(
      report: report, account: link.account, warehouse: setup.target.title ?? loader.place,
      psqlLine: setup.psqlLine, checks: attendant.checks, answers: audit.answers,
      use: .since(begun))
    do {
      try await loader.end(report, summary: JSON.line(finished.document))
    } catch let error as WarehouseError {
      // What the run did is told all the same.
      finished.report.problem = report.problem ?? error.explanation
      finished.report.outcome = .failed
      finished.report.exitCode = ExitCode(finished.report).rawValue
    }
    await loader.close()
    await attendant.tell(finished.report, warehouse: finished.warehouse)
    await attendant.close()
    return finished
  }

  /// Brings what analysts read up to date.
  ///
  /// Not at the end of a run that is to end at once, or that the warehouse has left: what is still to be
  /// done is remembered there.
  private func bringUpToDate(
    after report: inout RunReport, zone: String?, _ definitions: [StreamDefinition],
    _ loader: Loader
  ) async {
    let problems = [report.problem] + report.streams.map(\.problem)
    // A table that is not ours to change keeps nobody from the others.
    let isLost = problems.contains {
      $0?.fault == .targetOutOfReach && $0?.consequence != .lasting(.failStream)
    }
    guard report.outcome != .interrupted, !isLost else { return }
    await keep(zone, loader)
    await fillColumns(after: &report, loader)
    let whole = report.streams.filter { $0.outcome == .done }.map(\.stream)
    let note = await loader.layOutAnalytics(
      of: definitions, selected: Set(setup.selection.map(\.stream.id)), whole: Set(whole))
    if let note { warn(note) }
    let written = report.streams.filter {
      $0.counts.inserted + $0.counts.updated + $0.counts.deleted > 0
    }
    for note in await loader.refreshViews(after: Set(written.map(\.stream))) { warn(note) }
  }

  /// Keeps the zone whose days the views go by: what the settings say, else that of the key's user.
  private func keep(_ zone: String?, _ loader: Loader) async {
    let setting = setup.settings.operating.accountTimeZone.value
    do {
      // A run that never heard the account answer knows nothing better than what is kept.
      let heard = zone != nil || setting != nil
      let note = try await loader.keep(
        AccountZone(setting: setting, user: zone), onlyIfUnknown: !heard)
      if let note { warn(note) }
    } catch {
      warn(
        "the account's time zone is as it was: \(Finding.all(of: error).first?.explanation.what ?? "")"
      )
    }
  }

  /// Brings the views with a column for each custom field up to date.
  private func fillColumns(after report: inout RunReport, _ loader: Loader) async {
    let tookPart = report.streams.filter { ![.skipped, .held].contains($0.outcome) }
    let known = (setup.settings.streams + setup.settings.others).map(\.stream)
    let notes = await loader.makeWideViews(after: Set(tookPart.map(\.stream)), of: known)
    for (stream, note) in notes.sorted(by: { $0.key < $1.key }) {
      if let index = report.streams.firstIndex(where: { $0.stream == stream }) {
        report.streams[index].add(note: note)
      } else {
        warn(note)
      }
    }
  }

  /// Waits for the runs that hold streams of this one; those still held then are reported as such.
  private func waitForOthers(_ loader: Loader) async throws {
    guard let longestWait else { return }
    let ordered = Plan.ordered(setup.selection, catalogue: setup.catalogue)
    _ = try await loader.wait(for: ordered.map(\.selection.stream.id), atMost: longestWait) {
      note("waiting for the run that holds \($0.name)")
    }
  }

  private var options: Engine.Options {
    let settings = setup.settings
    var options = Engine.Options()
    options.workers = settings.concurrency.value
    options.pageSize = settings.pageSize.value
    if let queuedPages { options.queuedPages = queuedPages }
    options.limits = RunLimits(
      requests: settings.maxRequests.value, duration: settings.maxDuration.value)
    options.limits.pace = settings.requestsPerSecond.value
    return options
  }
}

/// The engine of a sync that has begun, readied for what was selected.
struct Replicating: Sendable {
  fileprivate let engine: Engine
  fileprivate let loader: Loader
  let setup: Setup
  fileprivate let attendant: Attendant

  /// Reads everything that is selected, to its end or until it is stopped.
  func run() async -> RunReport {
    async let _ = readAhead()
    return await engine.run(setup.selection, catalogue: setup.catalogue)
  }

  /// Asks for what is needed in any case while the key is asked for; ends with the run.
  fileprivate func readAhead() async {
    // A warehouse that an older version laid out may not tell: then nothing is asked for early.
    guard let states = try? await loader.states(as: setup.definitions) else { return }
    await engine.readAhead(setup.selection, catalogue: setup.catalogue, knowing: states)
  }

  /// The same before anything is laid out.
  ///
  /// Of several that begin at once only one may ask for more than its key: there is no book yet that
  /// they could share the account's budget by.
  fileprivate func readAheadAsFirstComer() async {
    if (try? await loader.isFirstComer()) == true { await readAhead() }
  }

  /// Stops the reading; what has been read is still committed, and `run` returns soon.
  func stop() async {
    await engine.stop()
    attendant.stop()
  }
}

/// What came of a sync.
struct FinishedSync: Sendable {
  var report: RunReport
  /// The account that was read.
  let account: String
  /// Where the rows went, without password.
  let warehouse: String
  /// The line that opens the data in psql.
  let psqlLine: String
  /// What the checks found.
  var checks: [CheckResult] = []
  /// Answers by their status; 0 stands for those that did not come, or not whole.
  var answers: [Int: Int] = [:]
  /// What the sync has cost the machine.
  var use = ResourceUse(processorTime: .zero, peakMemoryBytes: 0)

  /// Its summary for machines, wherever that is told.
  var document: RunDocument { RunDocument(RunSummary(self), use: use) }
}
