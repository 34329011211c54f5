import Catalog
import Configuration
import Replication
import Synchronization
import Warehouse

/// Several accounts of one file, synced in one process: each at its own pace, and none with the
/// trouble of another.
///
/// Processes with the same file share the accounts through the warehouse: who finds one taken turns to
/// the next, and ends when each account was read since, by whomsoever.
struct Accounts: Sendable {
  /// Pages that may wait for the warehouse, of all accounts together: what they take of memory does
  /// not grow with the accounts.
  private static let queuedPages = 100
  /// Between two attempts at accounts that other processes have.
  private static let patience = Duration.milliseconds(500)

  let setups: [Setup]
  /// How long the streams are waited for that another run holds; nil: not at all.
  let longestWait: Duration?
  /// Takes what a person may want to know meanwhile.
  let note: @Sendable (String) -> Void
  /// Takes what went wrong without being a failure of a run.
  let warn: @Sendable (String) -> Void

  /// Syncs all of them; never throws for one of them: what went wrong with it is in its result.
  ///
  /// - Throws: what kept all of them from beginning.
  func perform(
    stopping: Stopping, observer: @escaping @Sendable (AccountEvent) -> Void
  ) async throws -> [AccountResult] {
    do {
      return try await performAll(stopping: stopping, observer: observer)
    } catch {
      // What keeps all of them from beginning is told once.
      if let first = setups.first { await tell(error, of: first) }
      throw error
    }
  }

  private func performAll(
    stopping: Stopping, observer: @escaping @Sendable (AccountEvent) -> Void
  ) async throws -> [AccountResult] {
    guard let first = setups.first else { return [] }
    let turns = AccountTurns(
      uri: try await first.target.conninfo(note: note), applicationName: Program.applicationName)
    let budgets = try await first.requestSession()
    let atOnce = min(first.settings.parallelAccounts.value ?? setups.count, setups.count)
    let job = Job(
      turns: turns, budgets: budgets, since: try await turns.now(), atOnce: atOnce,
      stopping: stopping, queue: AccountQueue(setups), observer: observer)
    var results = await withTaskGroup(of: [AccountResult].self) { group in
      for _ in 0..<atOnce { group.addTask { await self.work(job) } }
      return await group.reduce(into: []) { $0 += $1 }
    }
    await makeViews(turns)
    await turns.close()
    await budgets.end()
    let begun = Set(results.map(\.name))
    results += setups.compactMap(\.accountName).filter { !begun.contains($0) }
      .map { AccountResult(name: $0, outcome: .interrupted) }
    return setups.compactMap { setup in results.first { $0.name == setup.accountName } }
  }

  /// What the workers of one call share.
  private struct Job: Sendable {
    let turns: AccountTurns
    let budgets: RequestSession
    let since: Instant
    /// How many accounts are under way at most.
    let atOnce: Int
    let stopping: Stopping
    let queue: AccountQueue
    let observer: @Sendable (AccountEvent) -> Void
  }

  /// Takes one account after the other until none is left.
  private func work(_ job: Job) async -> [AccountResult] {
    var results: [AccountResult] = []
    while await !job.stopping.isStopped, let setup = await job.queue.next() {
      let name = setup.accountName ?? ""
      do {
        guard let outcome = try await outcome(of: setup, name, job) else {
          // Others first, and this one when its runner has ended, or is gone.
          await job.queue.putBack(setup)
          try await Task.sleep(for: Self.patience * Double.random(in: 0.5..<1.5))
          continue
        }
        results.append(AccountResult(name: name, outcome: outcome))
      } catch {
        results.append(AccountResult(name: name, outcome: .failed(Finding.all(of: error))))
      }
      if let result = results.last { job.observer(AccountEvent(name, .ended(result.word))) }
    }
    return results
  }

  /// Syncs one account; nil where another process has it.
  private func outcome(
    of setup: Setup, _ name: String, _ job: Job
  ) async throws -> AccountResult.Outcome? {
    let account = try setup.account()
    let streams = setup.selection.map(\.stream.id)
    switch try await turn(of: setup, account, streams, job) {
    case .held: return nil
    case .done(let run): return .elsewhere(run)
    case .taken: break
    }
    job.observer(AccountEvent(name, .begun))
    var sync = Sync(setup, longestWait: longestWait) { note("\(name): \($0)") }
    sync.budgets = job.budgets
    sync.queuedPages = min(32, max(1, Self.queuedPages / job.atOnce))
    sync.warn = { warn("\(name): \($0)") }
    do {
      let finished = try await sync.perform(
        observer: { job.observer(AccountEvent(name, .happened($0))) }
      ) { await job.stopping.run($0) }
      await job.turns.pass(account)
      return .finished(finished)
    } catch {
      await job.turns.pass(account)
      throw error
    }
  }

  /// Asks for an account; that nobody can be asked is told as a failure of its run is.
  private func turn(
    of setup: Setup, _ account: String, _ streams: [StreamDefinition.ID], _ job: Job
  ) async throws -> AccountTurns.Turn {
    do {
      return try await job.turns.take(account, streams: streams, since: job.since)
    } catch {
      await tell(error, of: setup)
      throw error
    }
  }

  /// Tells whom the file names that a run could not even begin.
  private func tell(_ error: any Error, of setup: Setup) async {
    do {
      try await Attendant(setup, warn: warn).tell(error)
    } catch {
      // What may not be sent was refused before anything was done.
    }
  }

  /// Views over all accounts of the file, whether this call was about them or not.
  private func makeViews(_ turns: AccountTurns) async {
    let streams = setups.flatMap { $0.settings.streams.map(\.stream) }
    let wanted = StreamDefinition.all.compactMap { stream in streams.first { $0.id == stream.id } }
    let accounts = setups.first?.siblings ?? []
    do {
      for line in try await turns.makeViews(AccountViews(of: accounts, wanted)) { note(line) }
    } catch {
      let what = Finding.all(of: error).first?.explanation.what ?? ""
      note("the views over all accounts were left as they are: \(what)")
    }
  }
}

/// The accounts that nobody has begun yet.
private actor AccountQueue {
  private var waiting: [Setup]

  init(_ setups: [Setup]) { waiting = setups }

  func next() -> Setup? { waiting.isEmpty ? nil : waiting.removeFirst() }

  func putBack(_ setup: Setup) { waiting.append(setup) }
}

/// Stops all syncs of a process, those that have begun and those that have not.
actor Stopping {
  private(set) var isStopped = false
  private var signals: Signals?
  private var code: ExitCode?
  private var underWay: [Int: Replicating] = [:]
  private var count = 0

  /// Takes the signals that tell the exit code of those that are interrupted.
  func hear(_ signals: Signals) { self.signals = signals }

  /// Runs one until its end, or until all are stopped.
  func run(_ replicating: Replicating) async -> RunReport {
    count += 1
    let number = count
    underWay[number] = replicating
    if isStopped { await replicating.stop() }
    var report = await replicating.run()
    underWay[number] = nil
    let code = (code ?? signals?.exitCode).flatMap { report.outcome == .interrupted ? $0 : nil }
    report.exitCode = (code ?? ExitCode(report)).rawValue
    return report
  }

  /// Stops all, for a reason of which the exit code tells.
  func stop(with code: ExitCode) async {
    self.code = code
    await stop()
  }

  /// Stops all; what has been read is committed.
  func stop() async {
    isStopped = true
    for one in underWay.values { await one.stop() }
  }
}

/// What came of one of several accounts.
struct AccountResult: Sendable {
  enum Outcome: Sendable {
    /// Synced by this process.
    case finished(FinishedSync)
    /// Synced by another process since this one began.
    case elsewhere(RunStatus)
    /// Not begun, and why.
    case failed([Finding])
    /// Not begun, because all was stopped.
    case interrupted
  }

  /// What the file calls it.
  let name: String
  let outcome: Outcome

  /// The outcome in a word.
  var word: String {
    switch outcome {
    case .finished(let finished): finished.report.outcome.rawValue
    case .elsewhere(let run): run.outcome?.rawValue ?? "elsewhere"
    case .failed: "failed"
    case .interrupted: "interrupted"
    }
  }

  /// What the process would exit with, were it for this account alone.
  var exitCode: ExitCode {
    switch outcome {
    case .finished(let finished): ExitCode(rawValue: finished.report.exitCode) ?? .internalError
    case .elsewhere(let run): run.exitCode.flatMap { ExitCode(rawValue: Int32($0)) } ?? .partial
    case .failed(let findings): ExitCode.first(of: findings.map { ExitCode($0.explanation.fault) })
    case .interrupted: .interrupted
    }
  }

  /// What a person must know of it.
  var findings: [Finding] {
    switch outcome {
    case .finished(let finished): RunSummary(finished).findings
    case .failed(let findings): findings
    case .elsewhere, .interrupted: []
    }
  }
}
