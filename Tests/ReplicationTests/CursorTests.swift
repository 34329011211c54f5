import Catalog
import InMemoryEnds
import Testing

@testable import Replication

@Suite struct `The floor of a walk of changes` {
  private let anchor = Instant(seconds: 1_600_000_000)

  @Test func `that an anchor sets leaves rows out, and says how many`() async throws {
    let stage = Stage()
    await stage.account.fill("people", count: 250, gap: 3)
    let old = Set((1...30 as ClosedRange<Int64>).map { $0 * 3 })
    for id in old {
      let entry = MemoryAccount.Entry("old", update: anchor - .seconds(86_400 * 3))
      await stage.account.put("people", id, entry)
    }
    var selection = StreamSelection(Stage.people)
    selection.anchor = anchor
    for _ in 0..<2 {
      let report = await stage.engine().run([selection], catalogue: Stage.all)
      #expect(report.outcome == .done)
      #expect(await stage.warehouse.live("people").isDisjoint(with: old))
      #expect(report.streams.first?.note == "the anchor date leaves out 30 rows")
    }
  }

  @Test func `is not believed where it lies in the account's future`() async throws {
    let stage = Stage()
    await stage.account.fill("people", count: 250)
    #expect(await stage.run([Stage.people]).outcome == .done)
    let floor = try #require(await stage.warehouse.states["people"]?.floor)
    await stage.warehouse.moveFloor(of: "people", to: floor + .seconds(86_400 * 365 * 900))
    await stage.account.advance(by: .seconds(86_400 * 3))
    await stage.account.put("people", 7, .init("changed", update: stage.account.now))
    let report = await stage.run([Stage.people])
    #expect(report.outcome == .done && report.streams.first?.mode == .fullRefresh)
    #expect(await stage.isCopied([Stage.people]))
  }

  @Test func `is that of the walk's first run, however often it is cut off`() async throws {
    let stage = Stage()
    await stage.account.fill("people", count: 1_500)
    let start = await stage.account.now
    await stage.account.interfere { call, _ in
      if call == 6 { throw MemoryWarehouse.Refusal(fault: .sourceOutOfReach) }
    }
    #expect(await stage.run([Stage.people]).outcome == .failed)
    #expect(await stage.warehouse.states["people"]?.unfinished?.startedAt == start)
    // What changes now lies behind the walk: only its first start shows it to the next one.
    await stage.account.advance(by: .seconds(86_400 * 5))
    await stage.account.put("people", 1, .init("changed", update: stage.account.now))
    await stage.account.advance(by: .seconds(86_400 * 5))
    await stage.account.interfere { _, _ in }
    let second = await stage.run([Stage.people])
    #expect(second.outcome == .done && second.streams[0].rowsRead < 1_400)
    #expect(await stage.warehouse.states["people"]?.floor == start - .seconds(600))
    #expect(await stage.warehouse.completeSince["people"] == start)
    #expect(await stage.run([Stage.people]).outcome == .done)
    #expect(await stage.isCopied([Stage.people]))
  }
}
