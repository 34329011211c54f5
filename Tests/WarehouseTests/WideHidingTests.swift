import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase, .timeLimit(.minutes(10)))
struct `Custom fields whose values are to be hidden` {
  private let contacts = WideFixture.contacts

  private func shaped(
    _ fixture: WideFixture, _ change: (inout StreamShape) -> Void
  ) -> WideFixture {
    var shape = StreamShape()
    change(&shape)
    return WideFixture(
      owners: fixture.owners, definitions: fixture.definitions,
      values: fixture.values.shaped(by: shape))
  }

  /// Contacts with a plain value each, also one of those that are gone.
  private func begin() async throws {
    let loader = try await contacts.loader()
    try await contacts.owners(1...3)
    try await contacts.field(1, "text", tag: "BORN")
    for owner in Int64(1)...3 { try await contacts.value(owner, 1, "secret \(owner)") }
    #expect(await loader.widen(contacts) == nil)
    #expect(try await held().count == 3)
    await loader.close()
  }

  private func held() async throws -> [String] {
    try await rows(
      "SELECT id, born FROM analytics.contacts_wide WHERE born IS NOT NULL ORDER BY id")
  }

  @Test func `are in no column from the claim on, whether the run comes to its end or not`()
    async throws
  {
    try await begin()
    let hashed = shaped(contacts) { $0.transforms = ["value": [.hashSHA256(HashSalt("s"))]] }
    let loader = try await hashed.loader(made: [hashed.values])
    #expect(try await held() == [])
    #expect(try await rows("SELECT count(*) FROM acsync.contacts_wide_1_1") == ["0"])
    #expect(
      try await rows("SELECT DISTINCT owner FROM acsync.wide_changes ORDER BY 1")
        == ["1", "2", "3"])
    let row = Catalog.Row(
      key: 2001, values: [.integer(2001), .integer(2), .integer(1), .text("hash")])
    _ = try await loader.write(.of(hashed.values, [row], at: 2_000_000_000))
    #expect(await loader.widen(hashed) == nil)
    #expect(try await held() == ["2|hash"])
    await loader.close()
    // Nothing is emptied again by a run of the same selection.
    let next = try await hashed.loader(made: [hashed.values])
    #expect(try await held() == ["2|hash"])
    await next.close()
  }

  @Test func `are in no column once they are not selected`() async throws {
    try await begin()
    let without = shaped(contacts) { $0.deselected = ["value"] }
    let loader = try await without.loader(made: [without.values])
    #expect(try await held() == [])
    #expect(await loader.widen(without) == nil)
    #expect(try await held() == [])
    await loader.close()
  }

  @Test func `stay where only something else is hidden`() async throws {
    try await begin()
    let named = shaped(contacts) { $0.keepsUndeclared = false }
    let loader = try await named.loader(made: [named.values])
    #expect(try await held().count == 3)
    await loader.close()
  }

  @Test func `lose their currencies alone where only those are hidden`() async throws {
    let deals = WideFixture.deals
    let first = try await deals.loader()
    try await deals.owners(1...2)
    try await deals.field(4, "currency", tag: "BUDGET")
    try await deals.value(1, 4, "10050", currency: "eur")
    try await deals.value(2, 4, "725", currency: "usd")
    #expect(await first.widen(deals) == nil)
    let all: Statement = "SELECT budget, budget_currency FROM analytics.deals_wide ORDER BY id"
    #expect(try await rows(all) == ["100.50|EUR", "7.25|USD"])
    await first.close()
    let named = shaped(deals) { $0.keepsUndeclared = false }
    let loader = try await named.loader(made: [named.values])
    #expect(try await rows(all) == ["100.50", "7.25"])
    #expect(await loader.widen(named) == nil)
    #expect(try await rows(all) == ["100.50", "7.25"])
    await loader.close()
  }
}
