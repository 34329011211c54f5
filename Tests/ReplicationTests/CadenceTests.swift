import Catalog
import InMemoryEnds
import Testing

@testable import Replication

@Suite struct `A long list without a filter` {
  static let refresh: Duration = .seconds(86_400)

  /// Tags in order of id, read whole an hour ago.
  private func settled(_ count: Int = 5_000) async -> Stage {
    let stage = Stage()
    await stage.account.fill("things", count: count, gap: 2)
    #expect(await run(stage).outcome == .done)
    await stage.account.advance(by: .seconds(3_600))
    return stage
  }

  private func run(_ stage: Stage, lifted: Bool = false) async -> RunReport {
    let selection = StreamSelection(
      Stage.things, refresh: Self.refresh, deletions: DeletionRule(isLifted: lifted))
    return await stage.engine().run([selection], catalogue: Stage.all)
  }

  private func isCopied(_ stage: Stage) async -> Bool { await stage.isCopied([Stage.things]) }

  @Test func `takes one request when nothing was added or removed`() async throws {
    let stage = await settled()
    let proven = await stage.warehouse.completeSince["things"]
    for _ in 0..<3 {
      let report = try #require(await run(stage).streams.first)
      #expect(report.outcome == .done && report.requests == 1 && report.mode == .incremental)
      #expect(report.counts.updated == 0 && report.counts.inserted == 0)
    }
    // Positions say nothing of what changed in place.
    #expect(await stage.warehouse.completeSince["things"] == proven)
    #expect(await stage.warehouse.states["things"]?.unfinished == nil)
  }

  @Test func `brings new rows for a request a page`() async throws {
    let stage = await settled()
    await stage.account.fill("things", count: 250, from: 20_000)
    let report = try #require(await run(stage).streams.first)
    #expect(report.counts.inserted == 250 && report.requests <= 4)
    #expect(await isCopied(stage))
  }

  @Test(arguments: 1...40)
  func `finds what was removed and what came between by halving`(seed: UInt64) async throws {
    let stage = await settled()
    var random = Numbers(seed: seed)
    let gone = Set(
      (0..<Int.random(in: 0...4, using: &random)).map { _ in
        Int64.random(in: 0..<5_000, using: &random) * 2 + 1
      })
    for key in gone { await stage.account.remove("things", key) }
    var came = Set(
      (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Int64.random(in: 1..<5_000, using: &random) * 2
      })
    // As many gone as came may cancel out between two looks, which is what the refresh is for.
    if came.count == gone.count { came.insert(2) }
    for key in came.sorted() {
      await stage.account.put("things", key, .init("came", update: stage.account.now))
    }
    let report = try #require(await run(stage).streams.first)
    #expect(report.outcome == .done)
    // Fifty pages: at most six halvings for each, one question for each that is gone, and the end.
    #expect(report.requests <= 7 * (gone.count + came.count) + 2, "\(report.requests)")
    guard came.isEmpty || gone.isEmpty else { return }
    #expect(await isCopied(stage))
    #expect(await Set(stage.account.confirmations) == gone)
  }

  @Test func `finds rows that are gone from its end`() async throws {
    let stage = await settled()
    for key in 0..<15 { await stage.account.remove("things", Int64(4_999 - key) * 2 + 1) }
    let report = try #require(await run(stage).streams.first)
    #expect(report.counts.deleted == 15)
    #expect(await isCopied(stage))
  }

  @Test func `marks nothing when too much is out of sight`() async throws {
    let stage = await settled()
    for key in 0..<400 { await stage.account.remove("things", Int64(key) * 2 + 1) }
    let report = try #require(await run(stage).streams.first)
    #expect(report.problem?.fault == .guardRefused && report.counts.deleted == 0)
    #expect(await stage.warehouse.live("things").count == 5_000)
    #expect(await run(stage, lifted: true).outcome == .done)
    #expect(await isCopied(stage))
  }

  @Test func `is read whole when that is due, also where looks at its end were deceived`()
    async throws
  {
    let stage = await settled()
    // One hidden, one revealed beside it: the end shows nothing of it, nor of a change in place.
    await stage.account.remove("things", 101)
    let now = await stage.account.now
    await stage.account.put("things", 102, .init("revealed", update: now))
    await stage.account.put("things", 1, .init("changed", update: now))
    #expect(await run(stage).streams.first?.requests == 1)
    #expect(await !isCopied(stage))
    await stage.account.advance(by: Self.refresh)
    let report = try #require(await run(stage).streams.first)
    #expect(report.mode == .fullRefresh && report.requests >= 50)
    #expect(await isCopied(stage))
  }

  @Test func `is read whole at every run while it has no more than twelve pages`() async throws {
    let stage = await settled(1_200)
    let report = try #require(await run(stage).streams.first)
    #expect(report.mode == .fullRefresh && report.requests == 13)
  }

  @Test func `goes on with a whole reading that was cut off, though its end would do`() async {
    let stage = await settled()
    await stage.account.advance(by: Self.refresh)
    await stage.account.interfere { call, _ in
      if call > 90 { throw CancellationError() }
    }
    #expect(await run(stage).outcome != .done)
    await stage.account.interfere { _, _ in }
    #expect(await stage.warehouse.states["things"]?.unfinished != nil)
    let report = await run(stage)
    #expect(report.outcome == .done && report.streams.first?.mode == .fullRefresh)
    #expect(report.requests < 60)
  }
}

@Suite struct `New rows of a long list` {
  /// What a selection that leaves rows out, or keeps those that are gone, must not keep away.
  @Test(arguments: [true, false])
  func `come also with an anchor for other streams, and where gone rows are kept`(
    isAnchored: Bool
  ) async {
    let stage = Stage()
    await stage.account.fill("things", count: 2_000)
    var selection = StreamSelection(Stage.things, refresh: .seconds(86_400))
    if isAnchored {
      selection.anchor = Instant(seconds: 1)
    } else {
      selection.deletions.manner = .ignore
    }
    #expect(await stage.engine().run([selection], catalogue: Stage.all).outcome == .done)
    // As many rows go as come: nothing but their positions tells.
    for key in 1...5 { await stage.account.remove("things", Int64(key)) }
    await stage.account.fill("things", count: 5, from: 9_000)
    await stage.account.advance(by: .seconds(60))
    #expect(await stage.engine().run([selection], catalogue: Stage.all).outcome == .done)
    #expect(await stage.warehouse.live("things").isSuperset(of: 9_000...9_004))
    #expect(await stage.warehouse.live("things").count == (isAnchored ? 2_000 : 2_005))
  }
}

@Suite struct `The cadence` {
  private func state(_ change: (inout StreamState) -> Void) -> StreamState {
    var state = StreamState(liveRows: 5_000, lastSuccess: Instant(seconds: 1_000_000))
    state.wholeAsOf = Instant(seconds: 1_000_000)
    state.isOrdered = true
    change(&state)
    return state
  }

  private func plan(
    _ state: StreamState, after seconds: Int64 = 60, refresh: Duration? = nil,
    of stream: StreamDefinition = Stage.things
  ) -> StreamPlan {
    StreamPlan(
      StreamSelection(stream, refresh: refresh), state: state,
      in: StreamPlan.Circumstances(
        pageSize: 100, now: Instant(seconds: 1_000_000 + seconds)))
  }

  @Test func `reads from the end only what was found in order and stands complete`() {
    #expect(plan(state { _ in }).reading == .tail)
    #expect(plan(state { $0.isOrdered = false }).reading == .whole)
    #expect(plan(state { $0.knownShortage = 1 }).reading == .whole)
    #expect(plan(state { $0.lastSuccess = nil }).reading == .whole)
    #expect(plan(state { $0.liveRows = 1_200 }).reading == .whole)
    #expect(plan(state { $0.wholeAsOf = nil }).reading == .whole)
  }

  @Test func `shares requests only where nothing of either stream was seen by a run before`() {
    let (hosts, guests) = (SeededAccount.contacts, SeededAccount.tags)
    func shared(_ host: StreamState, _ guest: StreamState) -> [StreamPlan] {
      let plans = [(hosts, host), (guests, guest)].map {
        StreamPlan(StreamSelection($0.0), state: $0.1, pageSize: 100)
      }
      return Plan.sharing(plans)
    }
    func cutOff(_ stream: StreamDefinition) -> StreamState {
      let plan = StreamPlan(StreamSelection(stream), state: StreamState(), pageSize: 100)
      return StreamState(
        unfinished: WalkProgress(
          signature: plan.signature, startedAt: Instant(seconds: 1), segments: [Segment(id: 0)]))
    }
    #expect(shared(StreamState(), StreamState()).last?.reading == .beside("contacts"))
    #expect(shared(cutOff(hosts), StreamState()).last?.reading == .whole)
    #expect(shared(StreamState(), cutOff(guests)).last?.reading == .whole)
  }

  @Test func `is a day for what has no filter, and a week for what has one`() {
    #expect(plan(state { _ in }, after: 60_000).reading == .tail)
    #expect(plan(state { _ in }, after: 86_400).reading == .whole)
    let changed = state { $0.floor = Instant(seconds: 1_000_000) }
    #expect(!plan(changed, after: 86_400 * 5, of: Stage.people).isWhole)
    #expect(plan(changed, after: 86_400 * 7, of: Stage.people).isWhole)
    #expect(plan(state { _ in }, after: 3_600, refresh: .seconds(3_600)).reading == .whole)
  }

  @Test func `lets no two of many streams fall due at once`() {
    let names = ["contact_tags", "notes", "tasks", "accounts", "campaigns", "tags"]
    let spreads = names.map { Cadence.spread(of: StreamDefinition.ID($0)) }
    #expect(spreads.allSatisfy { (0..<1).contains($0) })
    let sorted = spreads.sorted()
    // Streams of one day's refresh fall due within a quarter of it: five minutes apart at least.
    #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 > 300 / 21_600 }, "\(sorted)")
  }
}

@Suite struct `A key that is another user's` {
  @Test func `marks nothing as deleted until that is allowed`() async throws {
    let stage = await Stage.filled()
    #expect(await stage.run([Stage.things, Stage.people]).outcome == .done)
    await stage.account.giveKey(to: 2)
    await stage.account.remove("things", 7)
    for _ in 0..<2 {
      let report = await stage.run([Stage.things, Stage.people])
      let things = try #require(report.streams.first { $0.stream == "things" })
      #expect(things.problem?.fault == .guardRefused && things.counts.deleted == 0)
      #expect(await stage.warehouse.live("things").contains(7))
      #expect(report.streams.first { $0.stream == "people" }?.outcome == .done)
    }
    var selection = StreamSelection(Stage.things)
    selection.deletions.isLifted = true
    #expect(await stage.engine().run([selection], catalogue: Stage.all).outcome == .done)
    #expect(await !stage.warehouse.live("things").contains(7))
    // From now on it is the known one.
    await stage.account.remove("things", 8)
    #expect(await stage.run([Stage.things]).outcome == .done)
    #expect(await !stage.warehouse.live("things").contains(8))
  }
}
