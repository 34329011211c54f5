import Catalog
import InMemoryEnds
import Testing

@testable import Replication

@Suite struct `The filter on changes` {
  /// A stage whose first run is a month old.
  private func settled() async -> Stage {
    let stage = Stage()
    await stage.account.fill("people", count: 250, gap: 3)
    #expect(await stage.run([Stage.people]).outcome == .done)
    await stage.account.advance(by: .seconds(30 * 86_400))
    return stage
  }

  @Test func `is probed once, before it is first relied upon`() async throws {
    let stage = await settled()
    #expect(await stage.account.queries.allSatisfy { $0.changedSince == nil })
    #expect(await stage.warehouse.states["people"]?.filter == nil)
    let rounds: [(least: Int, limits: [Int], finding: FilterFinding)] = [
      (4, [1, 1], .narrows), (3, [100, 100], .days), (2, [100, 1], .days),
    ]
    for round in rounds {
      await stage.account.advance(by: .seconds(30 * 86_400))
      let before = await stage.account.queries.count
      let report = try #require(await stage.run([Stage.people]).streams.first)
      #expect(report.requests >= round.least && report.mode == .incremental)
      let asked = await stage.account.queries.dropFirst(before).prefix(2).map(\.limit)
      #expect(asked == round.limits)
      #expect(report.note == nil)
      #expect(await stage.warehouse.states["people"]?.filter == round.finding)
    }
  }

  @Test(arguments: [MemoryAccount.Filter.everything, .nothing])
  func `is left alone where it does not work, and the stream is read whole`(
    filter: MemoryAccount.Filter
  ) async throws {
    let stage = await settled()
    await stage.account.filter(by: filter)
    for round in 1...2 {
      // A change that a filter which lets nothing through would hide for ever.
      let now = await stage.account.now
      await stage.account.put("people", 4, .init("changed \(round)", update: now))
      await stage.account.advance(by: .seconds(86_400))
      let report = try #require(await stage.run([Stage.people]).streams.first)
      #expect(report.outcome == .done && report.mode == .fullRefresh)
      #expect(report.note == StreamPlan.uselessFilter)
      #expect(await stage.isCopied([Stage.people]))
    }
    #expect(await stage.warehouse.states["people"]?.filter == .useless)
    let probes = await stage.account.queries.count {
      ($0.changedSince ?? .day(FilterProbe.past)) != .day(FilterProbe.past)
    }
    #expect(probes == 2, "each run asks again, for one request")
    await stage.account.filter(by: .changes)
    let report = try #require(await stage.run([Stage.people]).streams.first)
    #expect(report.outcome == .done && report.mode == .incremental && report.note == nil)
    #expect(await stage.warehouse.states["people"]?.filter == .narrows)
  }

  @Test func `is asked for instants once it is seen to take them to the second`() async throws {
    let stage = await settled()
    await stage.account.filter(by: .seconds)
    for round in 1...3 {
      let now = await stage.account.now
      // Another row each time: one that changed again tells nothing of seconds.
      await stage.account.put(
        "people", Int64(1 + 3 * round), .init("changed \(round)", update: now))
      await stage.account.advance(by: .seconds(3_600))
      let report = try #require(await stage.run([Stage.people]).streams.first)
      #expect(report.outcome == .done && report.counts.updated == 1)
      #expect(await stage.isCopied([Stage.people]))
    }
    #expect(await stage.warehouse.states["people"]?.filter == .exact)
    let last = await stage.account.queries.last { $0.changedSince != nil }
    let floor = try #require(await stage.warehouse.states["people"]?.floor)
    // The last walk began an hour and more before the next one will.
    #expect(last?.changedSince == .instant(floor - .seconds(3_600)))
  }

  @Test(arguments: [MemoryAccount.Filter.changes, .seconds])
  func `never hides a change, in whatever second of the day it falls`(
    filter: MemoryAccount.Filter
  ) async throws {
    let stage = await settled()
    await stage.account.filter(by: filter)
    for second in stride(from: 0, to: 86_400, by: 7_919) {
      await stage.account.advance(by: .seconds(Int64(second)))
      let now = await stage.account.now
      // Up to the lookback before the walk, a change may show up late.
      await stage.account.put("people", 4, .init("at \(second)", update: now - .seconds(599)))
      #expect(await stage.run([Stage.people]).outcome == .done)
      #expect(await stage.isCopied([Stage.people]), "\(filter), second \(second)")
    }
  }

  @Test func `is no matter of an account without rows`() async throws {
    let stage = Stage()
    var selection = StreamSelection(Stage.people)
    selection.anchor = Instant(seconds: 1_600_000_000)
    let report = await stage.engine().run([selection], catalogue: Stage.all)
    #expect(report.outcome == .done)
    #expect(await stage.warehouse.states["people"]?.filter == nil)
  }

  @Test func `that hides all is found out where an anchor narrows the first run`() async {
    let stage = Stage()
    await stage.account.fill("people", count: 250)
    await stage.account.filter(by: .nothing)
    var selection = StreamSelection(Stage.people)
    selection.anchor = Instant(seconds: 1_600_000_000)
    #expect(await stage.engine().run([selection], catalogue: Stage.all).outcome == .done)
    #expect(await stage.isCopied([Stage.people]))
  }

  @Test func `fails its stream alone where it cannot be probed`() async {
    let stage = await settled()
    await stage.account.fill("boxes", count: 3)
    await stage.account.interfere { _, query in
      if query.changedSince != nil {
        throw MemoryWarehouse.Refusal(.lasting(.failStream), fault: .partial)
      }
    }
    let report = await stage.run([Stage.people, Stage.boxes])
    #expect(report.streams.map(\.outcome) == [.failed, .done])
  }
}
