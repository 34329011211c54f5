import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Making a table fit` {
  @Test func `creates what is not there, with comments on the table and every column`() throws {
    let changes = try TableChanges(for: Table(of: .notes, in: "activecampaign"), from: nil)
    #expect(
      changes.statements.map(\.sql) == [
        """
        CREATE TABLE IF NOT EXISTS "activecampaign"."notes" (
          "id" bigint PRIMARY KEY,
          "note" text,
          "size" smallint,
          "_synced_at" timestamp with time zone NOT NULL,
          "_deleted_at" timestamp with time zone,
          "_extra" jsonb
        )
        """,
        #"COMMENT ON TABLE "activecampaign"."notes" IS 'Notes'"#,
        #"COMMENT ON COLUMN "activecampaign"."notes"."id" IS 'Id in ActiveCampaign'"#,
        #"COMMENT ON COLUMN "activecampaign"."notes"."note" IS 'What it says'"#,
        """
        COMMENT ON COLUMN "activecampaign"."notes"."_synced_at" IS \
        'When the API sent this version of the row, by the server''s clock'
        """,
        """
        COMMENT ON COLUMN "activecampaign"."notes"."_deleted_at" IS \
        'When the row was found to be gone from the account; null while it lives'
        """,
        """
        COMMENT ON COLUMN "activecampaign"."notes"."_extra" IS \
        'Fields the API sent that have no column here; null if there were none'
        """,
      ])
  }

  @Test func `changes nothing in a table that fits`() async throws {
    let first = try await Loader.holding(.notes)
    let before = try await catalogueRows()
    await first.close()
    _ = try await Loader.holding(.notes)
    #expect(try await catalogueRows() == before)
  }

  @Test func `adds a missing column, and then wants everything read again`() async throws {
    try await existing("id bigint PRIMARY KEY, note text, \(Self.system)")
    try await script("CREATE VIEW public.papers AS SELECT * FROM activecampaign.notes")
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(.of(.notes, [.note(1, .text("a"), size: .integer(3))]).closing())
    #expect(try await rows("SELECT id, note, size FROM activecampaign.notes") == ["1|a|3"])
    #expect(try await rows("SELECT id, note FROM public.papers") == ["1|a"])
    await loader.close()
    try await script("ALTER TABLE activecampaign.notes DROP COLUMN size")
    let state = try await Loader.fresh().claim(.notes)
    #expect(state == StreamState(liveRows: 1))
  }

  @Test func `leaves columns alone that are not its own`() async throws {
    try await existing(
      "id bigint PRIMARY KEY, mine text NOT NULL DEFAULT 'kept', note text, size smallint, "
        + Self.system)
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(.of(.notes, [.note(1, .text("a"))]))
    try await script("UPDATE activecampaign.notes SET mine = 'changed'")
    _ = try await loader.write(.of(.notes, [.note(1, .text("b"))], at: 20))
    #expect(try await rows("SELECT id, note, mine FROM activecampaign.notes") == ["1|b|changed"])
  }

  @Test func `widens a column whose type is too narrow`() async throws {
    try await existing("id integer PRIMARY KEY, note varchar(3), size smallint, \(Self.system)")
    try await script("INSERT INTO activecampaign.notes VALUES (1, 'abc', 1, now())")
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(.of(.notes, [.note(1 << 40, .text("longer"))]))
    #expect(
      try await rows("SELECT id, note FROM activecampaign.notes ORDER BY id") == [
        "1|abc", "\(Int64(1) << 40)|longer",
      ])
    #expect(try await loader.states()["notes"]?.liveRows == 2)
  }

  @Test func `never narrows: a wider column takes the values as they are`() async throws {
    try await existing("id bigint PRIMARY KEY, note text, size text, \(Self.system)")
    let loader = try await Loader.holding(.notes)
    let batch = Batch.of(.notes, [.note(1, .null, size: .integer(5))])
    #expect(try await loader.write(batch) == CommitCounts(inserted: 1))
    #expect(try await loader.write(batch) == CommitCounts(unchanged: 1))
    #expect(try await rows("SELECT size, pg_typeof(size) FROM activecampaign.notes") == ["5|text"])
  }

  @Test(arguments: [
    ("id bigint PRIMARY KEY, note text, size date, \(system)", "size of type date, not smallint"),
    ("id bigint, note text, size smallint, \(system)", "no primary key on id"),
    ("note text, size smallint, \(system)", "no column id"),
    ("id text PRIMARY KEY, note text, size smallint, \(system)", "id of type text, not bigint"),
    (
      "id bigint PRIMARY KEY, note text NOT NULL, size smallint, \(system)",
      "column note that takes no null"
    ),
    (
      "id bigint PRIMARY KEY, mine text NOT NULL, note text, size smallint, \(system)",
      "column mine that takes no null and has no default"
    ),
  ])
  func `refuses a table that would lose something`(columns: String, problem: String) async throws {
    try await existing(columns)
    let loader = try await Loader.fresh()
    let error = await #expect(throws: WarehouseError.self) { try await loader.claim(.notes) }
    #expect(error?.explanation.what.contains(problem) == true)
    #expect(error?.explanation.consequence == .lasting(.failStream))
    // The other streams are not its victims.
    #expect(try await loader.claim(.offers) == StreamState())
  }

  @Test func `refuses to widen a column that a view shows, and says what to do`() async throws {
    try await existing("id integer PRIMARY KEY, note text, size smallint, \(Self.system)")
    try await script("CREATE VIEW public.papers AS SELECT * FROM activecampaign.notes")
    let loader = try await Loader.fresh()
    let error = await #expect(throws: WarehouseError.self) { try await loader.claim(.notes) }
    #expect(error?.explanation.remedy.contains("view") == true)
    #expect(try await rows("SELECT count(*) FROM public.papers") == ["0"])
  }

  @Test func `does not wait for ever for those who read the table`() async throws {
    try await existing("id bigint PRIMARY KEY, note text, \(Self.system)")
    let analyst = try await Database.connect()
    try await analyst.script("BEGIN; SELECT * FROM activecampaign.notes")
    let loader = try await Loader.fresh()
    let error = await #expect(throws: WarehouseError.self) { try await loader.claim(.notes) }
    #expect(error?.explanation.what.contains("stood in the way") == true)
    try await analyst.script("COMMIT")
    #expect(try await loader.claim(.notes) == StreamState())
  }

  @Test func `keeps comments apart from SQL`() async throws {
    let hostile = StreamDefinition(
      "quotes", #"It's a \ "quote""#, path: "q", rows: "q", columns: [.key("id", .bigint, #"'\'"#)])
    _ = try await Loader.holding(hostile)
    let comments = try await rows(
      """
      SELECT obj_description('activecampaign.quotes'::regclass), \
      col_description('activecampaign.quotes'::regclass, 1)
      """)
    #expect(comments == [#"It's a \ "quote"|'\'"#])
  }

  static let system = "_synced_at timestamptz NOT NULL, _deleted_at timestamptz, _extra jsonb"

  /// A table of notes that somebody else made.
  private func existing(_ columns: String) async throws {
    try await script(
      "CREATE SCHEMA activecampaign; CREATE TABLE activecampaign.notes (\(columns))")
  }

  /// The versions of the table's rows in the system catalogue: any DDL or comment changes one.
  private func catalogueRows() async throws -> [String] {
    try await rows(
      """
      SELECT 'class', c.oid, c.xmin::text FROM pg_class c
      WHERE c.oid = 'activecampaign.notes'::regclass
      UNION ALL
      SELECT 'attribute', a.attnum, a.xmin::text FROM pg_attribute a
      WHERE a.attrelid = 'activecampaign.notes'::regclass
      UNION ALL
      SELECT 'comment', d.objsubid, d.xmin::text FROM pg_description d
      WHERE d.objoid = 'activecampaign.notes'::regclass
      ORDER BY 1, 2
      """)
  }
}

@Suite struct `Fitting a type` {
  @Test(arguments: [
    ("bigint", "bigint", SQLType.Fit.asItIs), ("bigint", "integer", .widened),
    ("bigint", "smallint", .widened), ("bigint", "numeric", .asItIs), ("bigint", "date", .never),
    ("smallint", "bigint", .asItIs), ("text", "bigint", .widened), ("text", "jsonb", .widened),
    ("text", "character varying", .asItIs), ("text", "character varying(9)", .widened),
    ("jsonb", "text", .asItIs), ("jsonb", "json", .never), ("numeric", "numeric(10,2)", .widened),
    ("timestamp with time zone", "timestamp without time zone", .never),
    ("timestamp with time zone", "timestamp(0) with time zone", .widened),
    ("timestamp with time zone", "date", .never), ("boolean", "smallint", .never),
  ])
  func `keeps every value or refuses`(wanted: String, existing: String, fit: SQLType.Fit) {
    #expect(SQLType(wanted).fit(into: SQLType(existing)) == fit)
  }
}
