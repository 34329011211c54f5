import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Rows that are all new` {
  /// What bringing pages in did, and how many of their rows were staged for it.
  private struct Deed: Equatable, Sendable {
    var outcome: Merge.Outcome
    var staged: Int64
  }

  /// Brings pages into the table as `Loader` does.
  private func merge(_ pages: [[Catalog.Row]], into stream: StreamDefinition = .notes) async throws
    -> Deed
  {
    let table = Table(of: stream, in: "activecampaign")
    let pages = pages.map { Page(rows: $0, received: $0.count, total: nil, serverTime: .at(5)) }
    let rows = Deduplication(versionIndex: stream.versionIndex).rows(of: pages)
    let encoded = try Staging(for: table).encode(rows)
    let connection = try await Database.connect()
    try await connection.execute(Staging(for: table).creation)
    let deed = try await connection.transaction { transaction in
      let existing = try ExistingTable(transaction.query(ExistingTable.query(for: table)))
      let types = try TableChanges(for: table, from: existing).types
      let outcome = try Merge(table: table, types: types)
        .run(encoded, of: pages, in: transaction)
      let staged = try transaction.query(
        "SELECT count(*) AS n FROM \(Staging.name(for: table))")
      return Deed(outcome: outcome, staged: try staged.first?.value("n") ?? -1)
    }
    await connection.close()
    return deed
  }

  private static func inserted(_ count: Int, staged: Int64 = 0) -> Deed {
    Deed(outcome: Merge.Outcome(inserted: count, written: count), staged: staged)
  }

  private func notes() async throws -> [String] {
    try await rows("SELECT id, note, size, _extra FROM activecampaign.notes ORDER BY id")
  }

  @Test func `are found by the index alone`() {
    let ranges = [[1, 2, 9], [12]].compactMap { (keys: [Int64]) in
      KeyRange(of: keys.map { .note($0, .null) })
    }
    #expect(
      Merge(table: Table(of: .notes, in: "activecampaign"), types: [:]).isFree(ranges).sql == """
        SELECT NOT EXISTS (
          SELECT FROM unnest($1, $2) AS page (first, last)
          CROSS JOIN LATERAL (
            SELECT t."id" AS key FROM "activecampaign"."notes" t
            WHERE t."id" >= page.first ORDER BY t."id" LIMIT 1
          ) AS next
          WHERE next.key <= page.last
        ) AS is_free
        """)
  }

  @Test func `go into the table without being staged, also between others`() async throws {
    _ = try await Loader.holding(.notes)
    #expect(try await merge([[.note(10, .text("a")), .note(12, .text("b"))]]) == Self.inserted(2))
    let pages: [[Catalog.Row]] = [
      [.note(13, .text("c"), size: .integer(3), extra: #"{"a": 1}"#), .note(99, .text("d"))],
      [], [.note(9, .text("e")), .note(1, .text("f")), .note(1, .text("g"))],
    ]
    let deed = try await merge(pages)
    #expect(deed == Self.inserted(4))
    #expect(try await notes() == ["1|g", "9|e", "10|a", "12|b", #"13|c|3|{"a": 1}"#, "99|d"])
  }

  @Test(arguments: [9, 10, 11, 12] as [Int64])
  func `are not taken for new where one may be there`(_ key: Int64) async throws {
    _ = try await Loader.holding(.notes)
    _ = try await merge([[.note(key, .text("old"))]])
    let deed = try await merge([
      [.note(1, .text("a"))], [.note(9, .text("b")), .note(12, .text("c"))],
    ])
    let isKnown = key == 9 || key == 12
    #expect(deed.staged == 3)
    #expect(deed.outcome == Merge.Outcome(inserted: isKnown ? 2 : 3, written: 3))
    #expect(try await notes().count == (isKnown ? 3 : 4))
  }

  @Test func `are not taken for new where a deleted one lies between`() async throws {
    _ = try await Loader.holding(.notes)
    _ = try await merge([[.note(5, .text("gone"))]])
    try await script("UPDATE activecampaign.notes SET _deleted_at = now()")
    let deed = try await merge([[.note(4, .text("a")), .note(5, .text("gone"))]])
    #expect(deed == Deed(outcome: .init(inserted: 1, revived: 1, written: 2), staged: 2))
  }

  @Test func `are staged where rows are of several shapes`() async throws {
    _ = try await Loader.holding(.notes)
    let deed = try await merge([[.note(1, .text("a")), .note(2, .missing, size: .integer(4))]])
    #expect(deed == Self.inserted(2, staged: 2))
    #expect(try await notes() == ["1|a", "2|4"])
  }

  @Test func `of one shape that lacks a field go in with null for it`() async throws {
    _ = try await Loader.holding(.notes)
    let deed = try await merge([
      [.note(1, .missing, size: .integer(3)), .note(2, .missing, size: .null)]
    ])
    #expect(deed == Self.inserted(2))
    #expect(try await notes() == ["1|3", "2"])
  }

  @Test func `are staged where a column of the table is of another type`() async throws {
    try await script(
      """
      CREATE SCHEMA IF NOT EXISTS activecampaign;
      CREATE TABLE activecampaign.notes (id bigint PRIMARY KEY, size integer)
      """)
    _ = try await Loader.holding(.notes)
    let deed = try await merge([[.note(1, .text("a"), size: .integer(300))]])
    #expect(deed == Self.inserted(1, staged: 1))
    #expect(try await notes() == ["1|a|300"])
  }

  @Test(arguments: 0..<20)
  func `give the same table either way`(_ seed: Int) async throws {
    _ = try await Loader.holding(.offers)
    let texts: [Value] = [.null, .text(""), .text("a\tb\\\n"), .text("é🦉")]
    let times: [Value] = [.null, .at(-1), .at(7)]
    // The seed spells which value each row has.
    let offers: [Catalog.Row] = (0..<40).map { number in
      let digit = (seed + 1) * (number + 3)
      return .offer(
        Int64(number * 2), texts[digit % 4], changed: times[digit / 4 % 3], extra: "{\"n\":1}")
    }
    let query: Statement = """
      SELECT id, title, mdate, _synced_at, _extra FROM activecampaign.offers
      WHERE id % 2 = 0 ORDER BY id
      """
    #expect(try await merge([offers], into: .offers) == Self.inserted(40))
    let inserted = try await rows(query)
    try await script(
      "DELETE FROM activecampaign.offers; INSERT INTO activecampaign.offers (id, _synced_at) VALUES (1, now())"
    )
    #expect(try await merge([offers], into: .offers) == Self.inserted(40, staged: 40))
    #expect(try await rows(query) == inserted)
  }
}
