import Catalog
import InMemoryEnds
import Testing

@testable import Replication

/// An account that, asked for its newest row, tells more rows than it lists, and more each time.
private actor BoastingAccount: Source {
  private let account: MemoryAccount
  private var told: Int64 = 0

  init(_ account: MemoryAccount) { self.account = account }

  func page(_ query: PageQuery) async throws -> Page {
    var page = try await account.page(query)
    guard query.slice == .newest else { return page }
    told += 1
    page.total = page.total.map { $0 + told }
    return page
  }

  func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool {
    try await account.exists(key, of: stream)
  }

  func confirmKey() async throws -> KeyAnswer { try await account.confirmKey() }
}

@Suite struct `What a run calls done` {
  @Test func `is no list that falls short of its total by another number each time`() async throws {
    let stage = await Stage.filled()
    #expect(await stage.run([Stage.people]).outcome == .done)
    let proven = await stage.warehouse.completeSince["people"]
    await stage.account.advance(by: .seconds(60))
    let source = BoastingAccount(stage.account)
    let report = await Engine(from: source, into: stage.warehouse, options: stage.options)
      .run([StreamSelection(Stage.people, mode: .fullRefresh)], catalogue: Stage.all)
    let people = try #require(report.streams.first)
    #expect(people.outcome == .failed && people.problem?.fault == .partial)
    #expect(people.problem?.what.contains("2050 rows were read where") == true)
    #expect(await stage.warehouse.completeSince["people"] == proven)
  }

  @Test func `is no table that was proven complete longer ago than its refresh`() async throws {
    let stage = Stage()
    await stage.account.fill("things", count: 5_000)
    #expect(await stage.run([Stage.things]).outcome == .done)
    let long: Duration = .seconds(86_400 * 365 * 11)
    await stage.warehouse.rewrite("things") { $0.completeAsOf = $0.completeAsOf.map { $0 - long } }
    let things = try #require(await stage.run([Stage.things]).streams.first)
    #expect(things.mode == .incremental && things.outcome == .failed)
    #expect(things.problem?.fault == .partial)
  }
}
