import Catalog
import InMemoryEnds
import Synchronization
import Testing

@testable import Replication

@Suite struct `A backfill` {
  @Test(arguments: [-12, -6, 0, 14], [true, false])
  func `brings every row of its days, whatever zone and bound the filter has`(
    zone: Int, exclusive: Bool
  ) async throws {
    for isNewestFirst in [true, false] {
      var scene = await BackfillStage.filled()
      scene.stage.options.pageSize = 10
      await scene.account.filterCreation(by: .days(zone: zone, exclusive: exclusive))
      let report = try #require(
        await scene.backfill(scene.orders(newestFirst: isNewestFirst)))
      #expect(report.run.outcome == .done && report.run.limitReached == nil)
      #expect(report.windowsDone == ["people": 7, "deals": 7])
      #expect(report.windowsLeft == ["people": 0, "deals": 0])
      #expect(await scene.missing() == [])
      // Nothing of other years, but the days around.
      let rows = await scene.truth(of: BackfillStage.people).count
      #expect(rows > 190)
      #expect(await scene.warehouse.live("people").count <= rows + 6)
    }
  }

  @Test func `reads a window again that was not over when it was read`() async throws {
    let scene = await BackfillStage.filled()
    let orders = scene.orders([BackfillStage.people], from: 0, to: 729)
    #expect(await scene.backfill(orders)?.run.outcome == .done)
    let now = await scene.account.now
    await scene.warehouse.windowsWereDone(at: now)
    await scene.account.put("people", 5_000, .init("late", update: now, created: now))
    let again = try #require(await scene.backfill(orders))
    // Not those that have not begun: there is nothing in them.
    #expect(again.windowsDone == ["people": 1] && again.windowsLeft == ["people": 0])
    #expect(await scene.warehouse.notes(of: "people")[5_000] == .text("late"))
    await scene.warehouse.windowsWereDone(at: BackfillStage.last.adding(2).start)
    #expect(await scene.backfill(orders)?.windowsDone.isEmpty == true)
  }

  @Test func `leaves what the syncs know of their progress as it is`() async throws {
    let scene = await BackfillStage.filled()
    #expect(await scene.sync().outcome == .done)
    await scene.account.put(
      "people", 5, .init("late", update: scene.account.now, created: BackfillStage.first.start))
    var before = await scene.warehouse.states
    #expect(await scene.backfill(scene.orders(from: 0))?.run.outcome == .done)
    var after = await scene.warehouse.states
    for stream in BackfillStage.both {
      #expect(after[stream.id]?.floor != nil && after[stream.id]?.completeAsOf != nil)
      before[stream.id]?.liveRows = 0
      after[stream.id]?.liveRows = 0
    }
    #expect(before == after)
    #expect(await scene.warehouse.notes(of: "people")[5] == .text("late"))
  }

  @Test func `leaves the walk alone that a sync was cut off in, and marks nothing deleted`()
    async throws
  {
    var scene = await BackfillStage.filled()
    scene.stage.options.pageSize = 10
    scene.stage.options.limits.requests = 12
    #expect(await scene.sync().outcome == .paused)
    let before = await scene.warehouse.states.compactMapValues(\.unfinished)
    #expect(!before.isEmpty)
    scene.stage.options.limits.requests = nil
    await scene.account.remove("people", 4)
    #expect(await scene.backfill(scene.orders(from: 0, to: 729))?.run.outcome == .done)
    #expect(await scene.warehouse.states.compactMapValues(\.unfinished) == before)
    #expect(await scene.warehouse.deleted.values.allSatisfy(\.isEmpty))
    #expect(await scene.missing(from: 0, to: 729) == [])
    // What was removed behind a walk is found by the run after it.
    for _ in 1...2 { #expect(await scene.sync().outcome == .done) }
    #expect(await scene.stage.isCopied(BackfillStage.both))
  }

  @Test func `lets a sync pass between two windows`() async throws {
    let scene = await BackfillStage.filled()
    let outcomes = Mutex<[Outcome]>([])
    await scene.warehouse.betweenWindows { release in
      await scene.account.put(
        "people", Int64(10_000 + release), .init("new", update: await scene.account.now))
      await scene.account.advance(by: .seconds(60))
      let outcome = await scene.sync().outcome
      outcomes.withLock { $0.append(outcome) }
    }
    #expect(await scene.backfill(scene.orders())?.run.outcome == .done)
    #expect(outcomes.withLock { $0 } == Array(repeating: .done, count: 14))
    #expect(await scene.stage.isCopied(BackfillStage.both))
  }

  @Test(arguments: 1...12)
  func `holds every row that was there all the time, while others come and go`(
    seed: UInt64
  ) async throws {
    var scene = await BackfillStage.filled()
    scene.stage.options.pageSize = 7
    let source = RestlessSource(scene.account, seed: seed)
    let report = try #require(await scene.backfill(scene.orders(), from: source))
    // An account that never stands still may keep a window from being proven.
    #expect(report.run.streams.allSatisfy { [.done, .failed].contains($0.outcome) })
    for stream in BackfillStage.both {
      guard report.run.streams.first(where: { $0.stream == stream.id })?.outcome == .done else {
        continue
      }
      let copy = await scene.warehouse.notes(of: stream.id)
      let touched = await source.touched
      for (key, note) in await scene.truth(of: stream) where !touched.contains(key) && key < 5_000 {
        #expect(copy[key] == note, "\(stream.id) \(key)")
      }
      // What was changed is there in some version; what came after its window was read may not be.
      for key in await scene.truth(of: stream).keys where key < 5_000 {
        #expect(copy[key] != nil, "\(stream.id) \(key)")
      }
    }
    #expect(await scene.warehouse.deleted.values.allSatisfy(\.isEmpty))
  }

  @Test func `reads no window again that is done, unless told to`() async throws {
    let scene = await BackfillStage.filled()
    await scene.backfill(scene.orders())
    let sent = await scene.account.queries.count
    let second = try #require(await scene.backfill(scene.orders()))
    #expect(second.run.outcome == .done)
    #expect(await scene.account.queries.count == sent)
    // A later end has the same windows and some more.
    let more = try #require(await scene.backfill(scene.orders(to: 519)))
    #expect(more.windowsDone == ["people": 1, "deals": 1])
    let again = try #require(await scene.backfill(scene.orders(again: true)))
    #expect(again.windowsDone == ["people": 7, "deals": 7])
    #expect(again.run.streams.allSatisfy { $0.counts.inserted + $0.counts.updated == 0 })
  }

  @Test func `says that another run held its stream for too long`() async throws {
    let scene = await BackfillStage.filled()
    await scene.warehouse.hold("deals")
    let report = try #require(await scene.backfill(scene.orders()))
    #expect(report.run.outcome == .failed)
    #expect(report.run.streams.map(\.outcome) == [.done, .held])
    #expect(report.run.streams.last?.problem?.fault == .streamHeld)
    #expect(await scene.warehouse.backfillOutcomes == [.done, .held])
  }

  @Test func `expects about as many requests as it takes`() async throws {
    var scene = await BackfillStage.filled(3_000)
    scene.stage.options.pageSize = 20
    for stream in BackfillStage.both {
      let backfiller = scene.backfiller()
      let outlook = try #require(try await backfiller.survey(scene.orders([stream])).first)
      let before = await scene.account.queries.count
      _ = await backfiller.run([outlook], catalogue: [])
      let taken = await scene.account.queries.count - before
      let planned = try #require(outlook.requests)
      #expect(abs(taken - planned) <= planned / 5, "\(stream.id): \(taken), planned \(planned)")
      #expect(await scene.warehouse.windowRequests >= taken)
    }
  }
}

/// An account that is edited at every third request, below the pages that are read too.
actor RestlessSource: Source {
  private let account: MemoryAccount
  private var dice: Dice
  private(set) var touched: Set<Int64> = []
  private var calls = 0
  private var newest: Int64 = 5_000

  init(_ account: MemoryAccount, seed: UInt64) {
    self.account = account
    dice = Dice(seed: seed)
  }

  func page(_ query: PageQuery) async throws -> Page {
    calls += 1
    if calls.isMultiple(of: 3) { await edit(query.stream.id) }
    return try await account.page(query)
  }

  private func edit(_ stream: StreamDefinition.ID) async {
    let rows = await account.lists[stream] ?? [:]
    let keys = rows.keys.sorted()
    guard !keys.isEmpty else { return }
    await account.advance(by: .seconds(1))
    let now = await account.now
    switch dice.number(0...3) {
    case 0:
      await account.remove(stream, dice.one(of: keys))
    case 1:
      let key = dice.one(of: keys)
      touched.insert(key)
      guard var entry = rows[key] else { return }
      entry.note += "'"
      entry.update = now
      await account.put(stream, key, entry)
    default:
      newest += 1
      let day = BackfillStage.first.adding(dice.number(0...729))
      await account.put(stream, newest, .init("new", update: now, created: day.start))
    }
  }

  func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool {
    try await account.exists(key, of: stream)
  }

  func confirmKey() async throws -> KeyAnswer { try await account.confirmKey() }
}
