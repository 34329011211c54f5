import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Sources of the analysts' views` {
  private static let files = ViewFiles([
    .init(
      name: "offers",
      sql: """
        CREATE OR REPLACE VIEW analytics.offers AS
        SELECT source_relation, id, title, mdate FROM acsync.source_offers
        WHERE _deleted_at IS NULL;
        """)
  ])

  private static let all: Statement = "SELECT * FROM analytics.offers ORDER BY 1, 2"

  private func offers(_ shape: (inout StreamShape) -> Void) -> StreamDefinition {
    var other = StreamShape()
    shape(&other)
    return StreamDefinition.offers.shaped(by: other)
  }

  private func loader(_ account: String, schema: String) async throws -> Loader {
    let loader = try await Loader.open(
      uri: try Database.current.uri, account: account, schema: schema, applicationName: "test",
      patience: .short)
    try await loader.begin(RunOpening(version: "test", streams: ["offers"]))
    return loader
  }

  @Test func `are there without rows where a stream was never read`() async throws {
    let loader = try await Loader.fresh()
    #expect(await loader.layOut([.offers], by: Self.files) == nil)
    #expect(try await rows(Self.all) == [])
    let types = try await rows(
      """
      SELECT format_type(atttypid, atttypmod) FROM pg_attribute
      WHERE attrelid = 'acsync.source_offers'::regclass AND attnum > 0 ORDER BY attnum
      """)
    #expect(
      types == ["text", "bigint", "text"]
        + Array(repeating: "timestamp with time zone", count: 3))
    await loader.close()
  }

  @Test func `are what the file says that selects the stream, and not another's`() async throws {
    let renamed = offers { $0.tableName = "bids" }
    let loader = try await Loader.holding(renamed)
    _ = try await loader.write(.of(renamed, [.offer(1, .text("a"), changed: .null)]))
    #expect(await loader.layOut([renamed], by: Self.files) == nil)
    // Another file speaks of other streams, or lays out a table that nobody has filled.
    let files = Self.files
    #expect(
      await loader.layOutAnalytics(of: [.offers], selected: [], whole: [], by: files) == nil)
    #expect(try await rows(Self.all) == ["activecampaign|1|a"])
    _ = try await loader.layOut(.offers)
    #expect(
      await loader.layOutAnalytics(of: [.offers], selected: ["offers"], whole: [], by: files)
        == nil)
    #expect(try await rows(Self.all) == ["activecampaign|1|a"])
    // A run that has read the stream into the other table.
    try await script(
      "INSERT INTO activecampaign.offers (id, title, _synced_at) VALUES (2, 'b', now())")
    #expect(await loader.layOut([.offers], by: Self.files) == nil)
    #expect(try await rows(Self.all) == ["activecampaign|2|b"])
    await loader.close()
  }

  @Test func `count no row twice when the account's tables are to lie elsewhere`() async throws {
    for schema in ["one", "two"] {
      let loader = try await loader("a.example", schema: schema)
      _ = try await loader.claim(.offers)
      _ = try await loader.write(.of(.offers, [.offer(1, .text("x"), changed: .null)]).closing())
      #expect(try await loader.keep(AccountZone(setting: nil, user: nil)) == nil)
      #expect(await loader.layOut([.offers], by: Self.files) == nil)
      await loader.close()
    }
    #expect(try await rows(Self.all) == ["two|1|x"])
    #expect(try await rows("SELECT table_schema FROM acsync.accounts") == ["two"])
  }

  @Test func `show the catalogue's columns, whatever the table's are called`() async throws {
    let stream = offers { shape in
      shape.names = ["title": "caption"]
      shape.tableName = "bids"
    }
    let loader = try await Loader.holding(stream)
    _ = try await loader.write(.of(stream, [.offer(1, .text("a"), changed: .null)]))
    #expect(await loader.layOut([stream], by: Self.files) == nil)
    #expect(try await rows(Self.all) == ["activecampaign|1|a"])
    // The user gives the column up; what it is called stays.
    let fewer = offers { $0.deselected = ["title"] }
    #expect(await loader.layOut([fewer], by: Self.files) == nil)
    // There is no such table yet.
    #expect(try await rows(Self.all) == ["activecampaign|1|a"])
    _ = try await loader.claim(fewer)
    _ = try await loader.write(.of(fewer, [Row(key: 2, values: [.integer(2), .null])]))
    #expect(await loader.layOut([fewer], by: Self.files) == nil)
    #expect(try await rows(Self.all) == ["activecampaign|2"])
    await loader.close()
  }

  @Test func `have the rows of every account`() async throws {
    for (account, schema) in [("a.example", "a"), ("b.example", "b")] {
      let loader = try await loader(account, schema: schema)
      _ = try await loader.claim(.offers)
      _ = try await loader.write(.of(.offers, [.offer(1, .text("of \(schema)"), changed: .null)]))
      #expect(await loader.layOut([.offers], by: Self.files) == nil)
      await loader.close()
    }
    #expect(try await rows(Self.all) == ["a|1|of a", "b|1|of b"])
  }

  @Test func `write nothing where nothing has changed`() async throws {
    let loader = try await Loader.holding(.offers)
    #expect(await loader.layOut([.offers], by: Self.files) == nil)
    let marks: Statement = """
      SELECT sum(xmin::text::bigint) FROM (
        SELECT xmin FROM acsync.sources UNION ALL SELECT xmin FROM acsync.view_files
        UNION ALL SELECT xmin FROM pg_class WHERE relname LIKE '%offers'
        UNION ALL SELECT xmin FROM pg_rewrite UNION ALL SELECT xmin FROM pg_description) AS r
      """
    let before = try await rows(marks)
    #expect(await loader.layOut([.offers], by: Self.files) == nil)
    #expect(try await rows(marks) == before)
    await loader.close()
  }

  @Test func `stay while a column below them is widened, and show what fits`() async throws {
    let loader = try await Loader.holding(.offers)
    _ = try await loader.write(.of(.offers, [.offer(1, .text("a"), changed: .null)]))
    #expect(await loader.layOut([.offers], by: Self.files) == nil)
    try await script("CREATE VIEW mine AS SELECT title FROM analytics.offers")
    try await script(
      """
      CREATE TABLE activecampaign.numbers (
        id bigint PRIMARY KEY, size smallint, _synced_at timestamptz NOT NULL,
        _deleted_at timestamptz, _extra jsonb);
      """)
    func numbers(_ kind: Column.Kind) -> StreamDefinition {
      StreamDefinition(
        "numbers", "Numbers", path: "numbers", rows: "numbers",
        columns: [.key("id", .bigint), .column("size", kind, "How much")])
    }
    let files = ViewFiles(
      Self.files.files + [
        .init(
          name: "numbers",
          sql: "CREATE OR REPLACE VIEW analytics.sizes AS SELECT size FROM acsync.source_numbers;")
      ])
    #expect(await loader.layOut([numbers(.smallint)], by: files) == nil)
    let wider = numbers(.bigint)
    _ = try await loader.claim(wider)
    _ = try await loader.write(
      .of(
        wider,
        [
          Row(key: 1, values: [.integer(1), .integer(7)]),
          Row(key: 2, values: [.integer(2), .integer(70000)]),
        ]))
    #expect(try await rows("SELECT size FROM analytics.sizes ORDER BY 1") == ["7", ""])
    #expect(try await rows("SELECT * FROM mine") == ["a"])
    await loader.close()
  }
}
