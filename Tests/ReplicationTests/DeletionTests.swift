import Catalog
import InMemoryEnds
import Testing

@testable import Replication

@Suite struct `Rows that are gone` {
  static let deals = StreamDefinition(
    "deals", "rows in order of a time", path: "deals", rows: "deals",
    cursor: .changedSince(filter: "filters[updated_after]", column: "udate"),
    paging: .offset(order: "udate"),
    columns: [.key("id", .bigint), .column("note", .text), .column("udate", .timestamptz)])

  /// A stage whose first run is a month old.
  private func settled(_ streams: [StreamDefinition]) async -> Stage {
    let stage = await Stage.filled()
    await stage.account.fill("deals", count: 900, gap: 2)
    #expect(await stage.run(streams).outcome == .done)
    for _ in 0..<2 {
      await stage.account.advance(by: .seconds(30 * 86_400))
      #expect(await stage.run(streams).outcome == .done)
    }
    return stage
  }

  @Test func `are marked after a whole walk in order of id`() async throws {
    let stage = await settled([Stage.things])
    for id in [1, 500, 777, 1_000] { await stage.account.remove("things", Int64(id)) }
    let report = try #require(await stage.run([Stage.things]).streams.first)
    #expect(report.outcome == .done && report.counts.deleted == 4)
    #expect(await stage.isCopied([Stage.things]))
    #expect(await stage.account.confirmations.isEmpty)
  }

  @Test(arguments: 1...20)
  func `are found by halving where only changes are read, and confirmed`(seed: UInt64) async throws
  {
    let stage = await settled([Stage.people])
    var random = Numbers(seed: seed)
    let gone = (0..<3).map { _ in Int64.random(in: 0..<2_050, using: &random) * 3 + 1 }
    for id in gone { await stage.account.remove("people", id) }
    let before = await stage.account.queries.count
    let report = try #require(await stage.run([Stage.people]).streams.first)
    #expect(report.counts.deleted == Set(gone).count)
    #expect(await stage.isCopied([Stage.people]))
    #expect(await Set(stage.account.confirmations) == Set(gone))
    #expect(await stage.account.queries.count - before < 40)
  }

  @Test(arguments: 1...20)
  func `are found by position where no id can be named`(seed: UInt64) async throws {
    let stage = await settled([Self.deals])
    var random = Numbers(seed: seed)
    // All rows were changed in the same second: nothing but ties, so the list is read whole.
    let gone = Int64.random(in: 0..<900, using: &random) * 2 + 1
    await stage.account.remove("deals", gone)
    let report = try #require(await stage.run([Self.deals]).streams.first)
    #expect(report.outcome == .done, "\(String(describing: report.problem))")
    _ = await stage.run([Self.deals], mode: .fullRefresh)
    _ = await stage.run([Self.deals], mode: .fullRefresh)
    #expect(await stage.warehouse.live("deals").contains(gone) == false)
  }

  @Test func `come back when they are seen again`() async {
    let stage = await settled([Stage.things])
    await stage.account.remove("things", 7)
    _ = await stage.run([Stage.things])
    #expect(await !stage.warehouse.live("things").contains(7))
    await stage.account.put("things", 7, .init("again", update: stage.account.now))
    _ = await stage.run([Stage.things])
    #expect(await stage.isCopied([Stage.things]))
  }

  @Test func `are not marked when too many are missing at once`() async throws {
    let stage = await settled([Stage.things, Stage.boxes])
    for id in 1...60 { await stage.account.remove("things", Int64(id)) }
    let report = await stage.run([Stage.things, Stage.boxes])
    let things = try #require(report.streams.first { $0.stream == "things" })
    #expect(things.problem?.fault == .guardRefused && things.counts.deleted == 0)
    #expect(await stage.warehouse.live("things").count == 1_000)
    #expect(report.streams.first { $0.stream == "boxes" }?.outcome == .done)
    var selection = StreamSelection(Stage.things)
    selection.deletions.isLifted = true
    let lifted = await stage.engine().run([selection], catalogue: Stage.all)
    #expect(lifted.streams.first?.counts.deleted == 60)
  }

  @Test func `are not marked when half of the account is out of sight`() async throws {
    let stage = await settled([Stage.people])
    for id in 0..<1_000 { await stage.account.remove("people", Int64(id * 3 + 1)) }
    let report = try #require(await stage.run([Stage.people]).streams.first)
    #expect(report.problem?.fault == .guardRefused)
    #expect(await stage.warehouse.live("people").count == 2_050)
  }

  @Test func `are left alone when deletions are ignored`() async throws {
    let stage = await settled([Stage.things, Stage.people])
    await stage.account.remove("things", 7)
    await stage.account.remove("people", 7)
    for stream in [Stage.things, Stage.people] {
      var selection = StreamSelection(stream)
      selection.deletions.manner = .ignore
      let report = await stage.engine().run([selection], catalogue: Stage.all)
      #expect(report.outcome == .done)
      #expect(await stage.warehouse.live(stream.id).contains(7))
    }
  }

  @Test func `do not hide rows that are missing from the table`() async throws {
    let stage = await settled([Stage.people])
    // A row that the filter never shows: its change is older than the floor.
    await stage.account.put("people", 2, .init("late", update: Instant(seconds: 1_000_000)))
    let report = try #require(await stage.run([Stage.people]).streams.first)
    #expect(report.outcome == .done)
    #expect(await stage.isCopied([Stage.people]))
  }
}

@Suite struct `The rule on deletions` {
  @Test(arguments: [
    (20, 100, true), (21, 100, false), (50, 1_000, true), (51, 1_000, false), (3, 3, true),
    (4, 4, false), (0, 0, true),
  ])
  func `allows a share or a few rows, and never a whole table`(
    missing: Int64, live: Int64, allowed: Bool
  ) {
    #expect(DeletionRule().allows(missing, of: live) == allowed)
  }
}
