import Catalog
import InMemoryEnds
import Replication

/// One history by seed: an account with its moods, runs that are killed, stopped or left alone, and
/// edits between and during them; then quiet runs, after which all has to be right.
struct SeededHistory: Sendable, CustomStringConvertible {
  /// What a history came to.
  struct Outcome: Sendable {
    var violations: [String] = []
    var runs = 0
    var kills = 0
    var stops = 0
    var requests = 0
    var edits = 0
    var faults = 0
    /// Quiet runs that said that they could not prove a stream.
    var unproven = 0
  }

  static let longestRun: Duration = .seconds(86_400 * 3)

  let seed: UInt64
  let traits: Traits
  let pageSize: Int
  let mostRows: Int64
  let noisyRuns: Int64
  let workers: Int
  let killShare: Double
  /// The share of commits that the warehouse refuses while a history is not quiet.
  let refusedShare: Double
  /// Whether deletions of many rows are held back, as they are unless a user lifts the limit.
  let isGuarded: Bool

  init(seed: UInt64) {
    self.seed = seed
    var dice = Dice(seed: seed)
    traits = Traits(from: &dice)
    // A few rows stand in order by chance.
    pageSize = max(traits.ignoresOrder ? 7 : 3, Int(dice.number(3...10)))
    mostRows = dice.one(of: [0, 5, 20, 20, 60, 60, 200])
    noisyRuns = dice.number(1...4)
    workers = dice.one(of: [1, 3, 3, 8])
    killShare = dice.one(of: [0, 0.3, 0.9])
    refusedShare = dice.one(of: [0, 0, 0.05, 0.3])
    isGuarded = dice.happens(0.2)
  }

  var description: String {
    """
    SEED=\(seed): pages of \(pageSize), up to \(mostRows) rows, \(noisyRuns) runs by \(workers) \
    workers, killed \(killShare), refused \(refusedShare)\(isGuarded ? ", guarded" : ""), \(traits)
    """
  }

  /// Whether pages are long enough to overlap, also where all rows of a second overlap.
  func canStitch(_ stream: StreamDefinition) -> Bool {
    let rows = traits.rowsAtOnce(of: pageSize)
    let isCrowded = traits.editShare >= 0.5 && traits.latency < .seconds(1)
    return stream.paging == .offset(order: "cdate") ? rows > 6 && !isCrowded : rows > 1
  }

  /// Plays it to its end.
  ///
  /// - Throws: `VirtualTime.Stuck`.
  func play() throws -> Outcome {
    let time = VirtualTime()
    return try time.run { await Story(self, on: time).tell() }
  }
}

/// A history while it is played.
private actor Story {
  let plan: SeededHistory
  let time: VirtualTime
  let account: SeededAccount
  let warehouse = MemoryWarehouse()
  var dice: Dice
  var outcome = SeededHistory.Outcome()
  var number = 0
  /// How many quiet runs on end have proved each stream.
  var proofs: [StreamDefinition.ID: Int] = [:]

  init(_ plan: SeededHistory, on time: VirtualTime) {
    self.plan = plan
    self.time = time
    dice = Dice(seed: plan.seed &+ 1_000_000_007)
    account = SeededAccount(
      plan.traits, most: plan.mostRows, on: time, seed: plan.seed &+ 2_000_000_011)
  }

  func tell() async -> SeededHistory.Outcome {
    for _ in 0..<plan.noisyRuns {
      var traits = plan.traits
      if dice.happens(0.15) { traits.refused = dice.one(of: SeededAccount.streams).id }
      await account.behave(traits)
      await run(mode: dice.happens(0.15) ? .fullRefresh : .incremental, isQuiet: false)
      try? await time.sleep(.seconds(dice.one(of: [60, 700, 3_600, 86_400, 86_400 * 9])))
      await account.edit(times: dice.number(0...(plan.traits.editShare > 0 ? 6 : 0)))
    }
    await account.behave(plan.traits.quiet)
    let quietRuns = [Mode.incremental, .incremental, .fullRefresh, .fullRefresh, .fullRefresh]
    for (index, mode) in quietRuns.enumerated() {
      let report = await run(mode: mode, isQuiet: true)
      try? await time.sleep(.seconds(dice.one(of: [60, 3_600, 86_400])))
      // The first one may still end a walk that a killed run began.
      if index > 0 { await judge(report, isLast: index == quietRuns.count - 1) }
    }
    for stream in SeededAccount.streams {
      outcome.edits += await account.history(of: stream.id).edits
    }
    outcome.faults = await account.faults
    return outcome
  }

  // MARK: One run

  @discardableResult
  private func run(mode: Mode, isQuiet: Bool) async -> RunReport {
    number += 1
    let isKilled = !isQuiet && dice.happens(plan.killShare)
    let life = Life(endingAt: isKilled ? Int(dice.number(1...dice.one(of: [10, 100]))) : nil)
    let before = await Record(of: account, warehouse)
    let chance = SharedDice(seed: plan.seed &+ UInt64(number))
    let share = isQuiet ? 0 : plan.refusedShare
    await warehouse.breakCommits { _, moment, _ in
      guard chance.chance() < share / 2 else { return }
      if moment == .after || chance.chance() < 0.5 { throw MemoryWarehouse.Rollback() }
      throw MemoryWarehouse.Refusal(.lasting(chance.chance() < 0.5 ? .failStream : .stopRun))
    }
    var options = Engine.Options()
    options.workers = plan.workers
    options.pageSize = plan.pageSize
    options.clock = time.clock { chance.chance() }
    let engine = Engine(
      from: MortalSource(account, life), into: MortalDestination(warehouse, life),
      options: options)
    let rule = DeletionRule(isLifted: !plan.isGuarded)
    let selections = SeededAccount.streams.map {
      StreamSelection($0, mode: mode, deletions: rule)
    }
    let stopper = dice.happens(isQuiet ? 0 : 0.1) ? dice.number(1...60) : nil
    let report = await withTaskGroup(of: RunReport?.self) { group in
      group.addTask {
        async let _ = engine.readAhead(
          selections, catalogue: selections, knowing: await self.warehouse.states)
        return await engine.run(selections, catalogue: SeededAccount.streams)
      }
      if let stopper {
        group.addTask {
          try? await self.time.sleep(.seconds(stopper))
          if !Task.isCancelled { await engine.stop() }
          return nil
        }
      }
      var report: RunReport?
      for await one in group {
        if let one {
          report = one
          group.cancelAll()
        }
      }
      return report
    }
    outcome.runs += 1
    outcome.kills += life.isOver ? 1 : 0
    if life.isTooLong { object("does not end") }
    outcome.stops += stopper == nil ? 0 : 1
    guard let report else {
      return RunReport(
        outcome: .failed, exitCode: 1, streams: [], requests: 0, retries: 0, duration: .zero)
    }
    await check(report, before, await Record(of: account, warehouse))
    return report
  }

  /// Notes a violation; of one kind only the first few, which tell enough.
  private func object(_ violation: String) {
    let isNoted = outcome.violations.count < 8
    if isNoted { outcome.violations.append("run \(number): \(violation)") }
  }

  // MARK: What holds after every run

  private func check(_ report: RunReport, _ before: Record, _ after: Record) async {
    for stream in SeededAccount.streams {
      checkLoss(stream, after, since: before.start(of: stream.id))
      checkRegressions(stream, before, after)
      checkFalseDeletes(stream, before, after)
    }
    let isDone = report.streams.allSatisfy { [.done, .skipped].contains($0.outcome) }
    if report.outcome == .done, !isDone { object("done although a stream is not") }
    let inFlight = await account.mostInFlight
    // A stream that is held against its list asks beside the workers, one request at a time.
    if inFlight > plan.workers + SeededAccount.streams.count { object("\(inFlight) in flight") }
    outcome.requests += after.requests - before.requests
    if report.duration > SeededHistory.longestRun { object("took \(report.duration)") }
  }

  private func checkLoss(_ stream: StreamDefinition, _ now: Record, since start: Instant) {
    guard let since = now.completeSince[stream.id], let history = now.histories[stream.id] else {
      return
    }
    for key in history.entries.keys.sorted() {
      guard
        let last = history.lastChange(of: key, silently: !stream.isIncremental), last.at < since,
        let entry = last.entry
      else { continue }
      // A child may move during a walk from a list still to be read to one that was: the next walk
      // finds it.
      if stream.parent != nil, history.hasMoved(key, since: start) { continue }
      let held = now.live(key, in: stream.id)
      if held ?? 0 < entry.version {
        object(
          "lost \(stream.id) \(key): version \(entry.version) of \(last.at), held "
            + "\(held.map(String.init) ?? "none"), complete as of \(since)")
      }
    }
  }

  private func checkRegressions(_ stream: StreamDefinition, _ before: Record, _ after: Record) {
    for (key, version) in before.versions[stream.id] ?? [:] {
      let now = after.versions[stream.id]?[key] ?? 0
      if now < version { object("\(stream.id) \(key) fell from version \(version) to \(now)") }
    }
  }

  private func checkFalseDeletes(_ stream: StreamDefinition, _ before: Record, _ after: Record) {
    // Before a walk has ended, a copy of the list that is older than the rows read is not known as
    // such.
    guard let history = after.histories[stream.id], before.hasEnded.contains(stream.id) else {
      return
    }
    let fresh = (after.deleted[stream.id] ?? []).subtracting(before.deleted[stream.id] ?? [])
    let start = before.start(of: stream.id)
    for key in fresh.sorted() where history.lived(key, since: start) {
      object("\(stream.id) \(key) lives and was marked as deleted")
    }
  }

  // MARK: What holds at the end

  /// A quiet account is copied exactly, or the run says that it could not prove it.
  private func judge(_ report: RunReport, isLast: Bool) async {
    let now = await Record(of: account, warehouse)
    for stream in SeededAccount.streams {
      guard let one = report.streams.first(where: { $0.stream == stream.id }) else { continue }
      guard one.outcome == .done else {
        outcome.unproven += 1
        if plan.isGuarded, one.problem?.fault == .guardRefused { continue }
        proofs[stream.id] = 0
        if plan.traits.isHonest, plan.canStitch(stream) {
          object("\(stream.id) \(one.outcome): \(one.problem?.what ?? "?")")
        }
        continue
      }
      proofs[stream.id, default: 0] += 1
      if !isLast, stream.isIncremental, plan.traits.editsSilently { continue }
      let listed = (now.histories[stream.id]?.entries ?? [:]).mapValues(\.version)
      let held = now.allLive(of: stream.id)
      let lost = listed.keys.filter { held[$0] == nil }.sorted()
      let ghosts = held.keys.filter { listed[$0] == nil }.sorted()
      let stale = listed.keys.filter { held[$0] != nil && held[$0] != listed[$0] }.sorted()
      // Until all of it falls due again, the end of a list shows only how many rows it has.
      if !stream.isIncremental, one.mode == .incremental {
        if lost.count != ghosts.count {
          object("\(stream.id), from its end: lost \(lost), ghosts \(ghosts)")
        }
        continue
      }
      // Where no order of ids proves a row's absence, two whole walks must have missed it.
      let isHaunted =
        proofs[stream.id, default: 0] > 2 && isLast && !ghosts.isEmpty
        && plan.canStitch(stream)
      guard !lost.isEmpty || !stale.isEmpty || isHaunted else { continue }
      object("\(stream.id) differs: lost \(lost), ghosts \(ghosts), stale \(stale)")
    }
  }
}

/// Both ends at one time.
private struct Record: Sendable {
  let time: Instant
  let requests: Int
  let histories: [StreamDefinition.ID: History]
  var versions: [StreamDefinition.ID: [Int64: Int64]] = [:]
  let deleted: [StreamDefinition.ID: Set<Int64>]
  let completeSince: [StreamDefinition.ID: Instant]
  let hasEnded: Set<StreamDefinition.ID>
  let unfinished: [StreamDefinition.ID: Instant]

  init(of account: SeededAccount, _ warehouse: MemoryWarehouse) async {
    time = await account.now
    requests = await account.requests
    histories = await account.histories
    deleted = await warehouse.deleted
    completeSince = await warehouse.completeSince
    hasEnded = await Set(warehouse.states.filter { $0.value.lastSuccess != nil }.keys)
    unfinished = await warehouse.states.compactMapValues { $0.unfinished?.startedAt }
    for (stream, rows) in await warehouse.tables {
      versions[stream] = rows.compactMapValues { row in
        if case .text(let version) = row.values[1] { Int64(version) } else { nil }
      }
    }
  }

  /// When the walk began that a run from here on ends.
  func start(of stream: StreamDefinition.ID) -> Instant { min(unfinished[stream] ?? time, time) }

  func live(_ key: Int64, in stream: StreamDefinition.ID) -> Int64? {
    deleted[stream]?.contains(key) == true ? nil : versions[stream]?[key]
  }

  func allLive(of stream: StreamDefinition.ID) -> [Int64: Int64] {
    (versions[stream] ?? [:]).filter { deleted[stream]?.contains($0.key) != true }
  }
}
