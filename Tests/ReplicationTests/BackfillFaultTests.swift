import Catalog
import InMemoryEnds
import Synchronization
import Testing

@testable import Replication

@Suite struct `A backfill that cannot go straight on` {
  @Test(arguments: [
    MemoryAccount.CreationFilter.lowerOnly, .everything, .nothing, .updated, .leaky,
  ])
  func `reads a stream whole whose filter misbehaves, and says so`(
    filter: MemoryAccount.CreationFilter
  ) async throws {
    for (from, isNewestFirst) in [(0 as Int64, false), (100, true), (100, false)] {
      let scene = await BackfillStage.filled()
      await scene.account.filterCreation(by: filter)
      let report = try #require(
        await scene.backfill(scene.orders(from: from, newestFirst: isNewestFirst)))
      #expect(report.run.outcome == .done, "\(report.run)")
      #expect(report.run.streams.allSatisfy { $0.note?.hasPrefix("read whole: ") == true })
      #expect(report.windowsDone.isEmpty && report.windowsLeft.isEmpty)
      #expect(await scene.stage.isCopied(BackfillStage.both))
    }
  }

  @Test func `reads a stream whole of which no total is told`() async throws {
    let scene = await BackfillStage.filled()
    await scene.account.keepTotals()
    let outlooks = try await scene.backfiller().survey(scene.orders())
    for outlook in outlooks {
      guard case .whole(let reason) = outlook.reading else {
        Issue.record("\(outlook.reading)")
        continue
      }
      #expect(reason.contains("no total"))
    }
  }

  @Test func `reads a stream whole that no filter can window, and others by windows`() async throws
  {
    let scene = await BackfillStage.filled()
    await scene.account.fill("things", count: 250)
    let report = try #require(
      await scene.backfill(scene.orders([BackfillStage.things, BackfillStage.people])))
    #expect(report.run.outcome == .done)
    #expect(
      report.run.streams.first?.note == "read whole: the API has no filter on its creation")
    #expect(await scene.stage.isCopied([BackfillStage.things]))
    #expect(report.windowsDone == ["people": 7])
  }

  /// Requests and changes of the warehouse that a backfill has when nothing breaks.
  private func events() async -> Int {
    let (scene, life) = (await small(), Life(endingAt: nil))
    _ = await run(scene, life)
    #expect(await scene.missing() == [])
    return life.events
  }

  private func small() async -> BackfillStage {
    var scene = await BackfillStage.filled(60)
    scene.stage.options.pageSize = 6
    return scene
  }

  private func run(_ scene: BackfillStage, _ life: Life) async -> BackfillReport? {
    await scene.backfill(
      scene.orders(by: 150), from: MortalSource(scene.account, life),
      into: MortalDestination(scene.warehouse, life))
  }

  @Test func `goes on where it stopped when killed at any request or change`() async {
    let events = await events()
    #expect(events > 40)
    for event in 1...events {
      let scene = await small()
      #expect(await scene.sync().outcome == .done)
      let floors = await scene.warehouse.states.mapValues(\.floor)
      let life = Life(endingAt: event)
      let first = await run(scene, life)
      if life.isOver { #expect(first?.run.outcome != .done, "killed at event \(event)") }
      let rerun = await run(scene, Life(endingAt: nil))
      #expect(rerun?.run.outcome == .done, "after a kill at event \(event)")
      #expect(rerun?.windowsLeft == ["people": 0, "deals": 0], "event \(event)")
      #expect(await scene.missing() == [], "after a kill at event \(event)")
      #expect(await scene.warehouse.states.mapValues(\.floor) == floors)
      #expect(await scene.stage.isCopied(BackfillStage.both), "event \(event)")
    }
  }

  @Test(arguments: [30, 31, 37, 60])
  func `comes to its end in slices, none of which sends more than its limit`(
    most: Int
  ) async throws {
    var scene = await BackfillStage.filled(2_000)
    scene.stage.options.pageSize = 10
    scene.stage.options.limits.requests = most
    var sent = 0
    var slices = 0
    var last: Outcome?
    while last != .done, slices < 200 {
      let report = await scene.backfill(scene.orders(by: 200))
      let now = await scene.account.queries.count + scene.account.keyChecks
      #expect(now - sent <= most)
      if let report {
        #expect(report.run.problem == nil && [.done, .paused].contains(report.run.outcome))
        last = report.run.outcome
      }
      (sent, slices) = (now, slices + 1)
    }
    #expect(last == .done, "\(slices) slices")
    #expect(await scene.missing() == [])
  }

  @Test func `stops when told to, and goes on`() async throws {
    var scene = await BackfillStage.filled(1_000)
    scene.stage.options.pageSize = 10
    let line = Mutex<Backfiller?>(nil)
    let (stops, stopping) = AsyncStream.makeStream(of: Void.self)
    let seen = Mutex(0)
    let backfiller = scene.backfiller { event in
      guard case .reading(.pagesCommitted) = event else { return }
      if seen.withLock({
        $0 += 1; return $0
      }) == 5 {
        stopping.yield()
      }
    }
    line.withLock { $0 = backfiller }
    let outlooks = try await backfiller.survey(scene.orders())
    let report = await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in stops { await backfiller.stop() }
      }
      let report = await backfiller.run(outlooks, catalogue: [])
      stopping.finish()
      return report
    }
    // It may have come to its end before the stop came through.
    if report.run.outcome != .done {
      #expect(report.run.outcome == .interrupted && report.run.problem == nil)
    }
    #expect(await scene.backfill(scene.orders())?.run.outcome == .done)
    #expect(await scene.missing() == [])
  }

  @Test func `tells of a window whose rows are fewer than its total`() async throws {
    let scene = await BackfillStage.filled()
    let report = try #require(
      await scene.backfill(
        scene.orders([BackfillStage.deals]), from: HidingSource(account: scene.account)))
    #expect(report.run.outcome == .failed)
    #expect(report.run.streams.first?.problem != nil)
    #expect(report.windowsLeft["deals"] != 0)
  }
}

/// An account that lists a row less than it counts, another number of them each time.
private actor HidingSource: Source {
  let account: MemoryAccount
  private var calls = 0

  init(account: MemoryAccount) { self.account = account }

  func page(_ query: PageQuery) async throws -> Page {
    calls += 1
    var page = try await account.page(query)
    if query.limit > 1, query.created != nil { page.total = page.total.map { $0 + Int64(calls) } }
    return page
  }

  func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool {
    try await account.exists(key, of: stream)
  }

  func confirmKey() async throws -> KeyAnswer { try await account.confirmKey() }
}
