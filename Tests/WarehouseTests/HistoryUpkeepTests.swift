import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `A history and its table` {
  private static let offers = StreamDefinition.offers.keepingHistory()
  private static let notes = StreamDefinition.notes.keepingHistory()

  private static let columns: Statement = """
    SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = 'activecampaign.notes_history'::regclass AND attnum > 0 AND NOT attisdropped
    ORDER BY attnum
    """

  private func filled(_ stream: StreamDefinition = Self.notes) async throws {
    let loader = try await Loader.holding(stream)
    _ = try await loader.write(
      .of(
        stream,
        [
          .note(1, .text("a"), size: .integer(1), extra: #"{"x":1,"y":"s"}"#), .note(2, .text("b")),
        ]))
    _ = try await loader.write(
      .of(stream, [.note(1, .text("c"), size: .integer(2), extra: #"{"x":2}"#)], at: 20))
    await loader.close()
  }

  /// Everything that says how the two are laid out.
  private func layout() async throws -> [String] {
    try await rows(
      """
      SELECT c.relname, c.xmin, a.attname, a.xmin, d.xmin FROM pg_class c
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid
      LEFT JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = a.attnum
      WHERE c.relnamespace = 'activecampaign'::regnamespace
      UNION ALL SELECT tgname, xmin, NULL, NULL, NULL FROM pg_trigger ORDER BY 1, 3
      """)
  }

  @Test func `are left alone where they fit`() async throws {
    try await filled()
    let before = try await layout()
    let loader = try await Loader.holding(Self.notes)
    #expect(try await layout() == before)
    await loader.close()
  }

  @Test func `say the same of their columns`() async throws {
    try await filled()
    let found = try await rows(
      """
      SELECT attname, col_description(attrelid, attnum) FROM pg_attribute
      WHERE attrelid = 'activecampaign.notes_history'::regclass AND attnum > 0 ORDER BY attnum
      """)
    #expect(found.prefix(3) == ["id|Id in ActiveCampaign", "note|What it says", "size"])
    #expect(found.allSatisfy { $0.contains("|") || $0 == "size" })
    // What is said of the table's column is said of the history's.
    try await script("COMMENT ON COLUMN activecampaign.notes.size IS 'Weight [pii]'")
    _ = try await Loader.holding(Self.notes)
    let after = try await rows(
      """
      SELECT col_description('activecampaign.notes_history'::regclass, 3),
        obj_description('activecampaign.notes_history'::regclass)
      """)
    #expect(after == ["Weight [pii]|Notes: every version since it is kept, one row each"])
  }

  @Test func `grow together: columns that are new, and types that are wider`() async throws {
    try await filled()
    try await script(
      """
      CREATE VIEW public.ours AS SELECT id, size FROM activecampaign.notes_history;
      COMMENT ON VIEW public.ours IS 'made by acsync, mark 1';
      """)
    let wider = StreamDefinition(
      "notes", "Notes", path: "notes", rows: "notes", history: true,
      columns: [
        .key("id", .bigint), .column("note", .text), .column("size", .bigint),
        .column("colour", .text),
      ])
    let loader = try await Loader.holding(wider)
    #expect(
      try await rows(Self.columns) == [
        "id|bigint", "note|text", "size|bigint", "_synced_at|timestamp with time zone",
        "_extra|jsonb", "valid_from|timestamp with time zone",
        "valid_to|timestamp with time zone", "colour|text",
      ])
    _ = try await loader.write(
      .of(
        wider, [Row(key: 2, values: [.integer(2), .text("b"), .integer(1 << 40), .text("red")])],
        at: 30))
    #expect(try await Versions.faults(of: "notes") == [])
    #expect(
      try await rows("SELECT id, size FROM public.ours WHERE size > 2") == ["2|1099511627776"])
  }

  @Test func `take in what happened while it was not kept`() async throws {
    try await filled(.notes)
    // Turned on over a table that is there: a version for each row that lives.
    var loader = try await Loader.holding(Self.notes)
    #expect(try await Versions.of("notes", "note") == ["1|c|20|open", "2|b|10|open"])
    await loader.close()
    loader = try await Loader.holding(.notes)
    #expect(try await rows("SELECT 1 FROM pg_trigger WHERE tgname LIKE 'acsync%'") == [])
    #expect(
      try await rows("SELECT obj_description('activecampaign.notes_history'::regclass)") == [
        "Notes: every version since it is kept, one row each; not kept at present"
      ])
    _ = try await loader.write(
      .of(.notes, [.note(1, .text("d")), .note(3, .text("new"))], at: 30))
    _ = try await loader.delete([2], of: .notes, by: DeletionRule(), at: .at(40))
    #expect(try await Versions.of("notes", "note") == ["1|c|20|open", "2|b|10|open"])
    await loader.close()
    loader = try await Loader.holding(Self.notes)
    #expect(
      try await Versions.of("notes", "note") == [
        "1|c|20|30", "1|d|30|open", "2|b|10|40", "3|new|30|open",
      ])
    #expect(try await Versions.faults(of: "notes") == [])
    await loader.close()
  }

  @Test func `go on when somebody dropped it, or switched off what keeps it`() async throws {
    try await filled()
    var loader = try await Loader.holding(Self.notes)
    try await script("DROP TABLE activecampaign.notes_history")
    // The rows come in all the same.
    #expect(try await loader.write(.of(Self.notes, [.note(3, .text("n"))], at: 30)).inserted == 1)
    await loader.close()
    try await script("ALTER TABLE activecampaign.notes DISABLE TRIGGER acsync_history_update")
    loader = try await Loader.holding(Self.notes)
    #expect(try await Versions.faults(of: "notes") == [])
    _ = try await loader.write(.of(Self.notes, [.note(3, .text("m"))], at: 40))
    #expect(
      try await Versions.of("notes", "note") == [
        "1|c|20|open", "2|b|10|open", "3|n|30|40", "3|m|40|open",
      ])
    await loader.close()
  }

  @Test func `refuse a table of that name that is another's`() async throws {
    try await script(
      "CREATE SCHEMA activecampaign; CREATE TABLE activecampaign.notes_history (what text)")
    let error = await #expect(throws: WarehouseError.self) { try await Loader.holding(Self.notes) }
    #expect(error?.explanation.remedy == "rename that table, and acsync makes its own")
  }

  @Test func `are kept by a role that may change rows, and nothing else`() async throws {
    try await filled()
    try await script(
      """
      DO $do$ BEGIN
        EXECUTE format('CREATE ROLE %I LOGIN', 'loader_' || current_database());
        EXECUTE format('GRANT USAGE ON SCHEMA activecampaign, acsync TO %I',
          'loader_' || current_database());
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA activecampaign, '
          || 'acsync TO %I', 'loader_' || current_database());
        EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA acsync TO %I',
          'loader_' || current_database());
        EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO %I', current_database(),
          'loader_' || current_database());
      END $do$
      """)
    let name = try Database.current.name
    let loader = try await Loader.open(
      uri: try Database.current.uri + "&user=loader_\(name)", account: "acme",
      applicationName: "loader", patience: .short)
    try await loader.begin(RunOpening(version: "1", streams: ["notes"]))
    _ = try await loader.claim(Self.notes)
    _ = try await loader.write(.of(Self.notes, [.note(1, .text("d"))], at: 30))
    _ = try await loader.delete([2], of: Self.notes, by: DeletionRule(.hard), at: .at(40))
    #expect(
      try await Versions.of("notes", "note") == [
        "1|a|10|20", "1|c|20|30", "1|d|30|open", "2|b|10|40",
      ])
    await loader.close()
  }

  @Test func `let the same roles read`() async throws {
    try await script(
      """
      DO $do$ BEGIN EXECUTE format('CREATE ROLE %I', 'reader_' || current_database()); END $do$
      """)
    let role = "reader_" + (try Database.current.name)
    let loader = try await Loader.holding(
      StreamDefinition.notes.keepingHistory { $0.readers = [role] })
    #expect(
      try await rows(
        "SELECT has_table_privilege(\(role), 'activecampaign.notes_history', 'SELECT')") == ["t"])
    await loader.close()
    try await script("DROP OWNED BY \"\(role)\"; DROP ROLE \"\(role)\"")
  }
}

@Suite(.freshDatabase) struct `What a history must not tell` {
  private func filled() async throws {
    let stream = StreamDefinition.notes.keepingHistory()
    let loader = try await Loader.holding(stream)
    _ = try await loader.write(
      .of(stream, [.note(1, .text("first"), size: .integer(1), extra: #"{"note":"n","x":1}"#)]))
    _ = try await loader.write(
      .of(stream, [.note(1, .text("second"), size: .integer(2))], at: 20))
    await loader.close()
  }

  private static let all: Statement = """
    SELECT id, coalesce(note, '-'), size, coalesce(_extra::text, '-')
    FROM activecampaign.notes_history ORDER BY valid_from
    """

  @Test func `goes with a column that is not selected any more, and makes no version`()
    async throws
  {
    try await filled()
    let stream = StreamDefinition.notes.keepingHistory { $0.deselected = ["note"] }
    let loader = try await Loader.holding(stream)
    #expect(try await rows(Self.all) == ["1|-|1|{\"x\": 1}", "1|-|2|-"])
    #expect(try await Versions.faults(of: "notes") == [])
    #expect(
      try await rows(
        "SELECT col_description('activecampaign.notes_history'::regclass, 2)"
      ) == ["Not selected in replication.yaml, and null in every row since"])
    await loader.close()
  }

  @Test func `goes also where the history is not kept any more`() async throws {
    try await filled()
    var shape = StreamShape()
    shape.transforms = ["note": [.mask]]
    let loader = try await Loader.holding(StreamDefinition.notes.shaped(by: shape))
    #expect(try await rows(Self.all) == ["1|-|1|{\"x\": 1}", "1|-|2|-"])
    await loader.close()
  }

  @Test func `goes under its old name, and everything undeclared where nothing of it is kept`()
    async throws
  {
    try await filled()
    let stream = StreamDefinition.notes.keepingHistory {
      $0.names = ["note": "body"]
      $0.keepsUndeclared = false
    }
    let loader = try await Loader.holding(stream)
    #expect(try await rows(Self.all) == ["1|-|1|-", "1|-|2|-"])
    _ = try await loader.write(
      .of(stream, [.note(1, .text("second"), size: .integer(2))], at: 30))
    #expect(
      try await rows("SELECT body FROM activecampaign.notes_history WHERE body IS NOT NULL") == [
        "second"
      ])
    #expect(try await Versions.faults(of: "notes") == [])
    await loader.close()
  }

  @Test func `is not doubled by a field that becomes a column`() async throws {
    try await filled()
    let stream = StreamDefinition.notes.keepingHistory { $0.addsColumns = true }
    let loader = try await Loader.holding(stream)
    var page = Page(
      rows: [.note(1, .text("third"), size: .integer(2), extra: #"{"x":7}"#)], received: 1,
      total: nil, serverTime: .at(30))
    page.undeclared = ["x"]
    _ = try await loader.commit(
      Batch(
        stream: stream, pages: [page],
        progress: WalkProgress(signature: "all", startedAt: .at(0), segments: []), isWhole: true,
        closing: Closing(floor: nil, completeSince: .at(0), deletions: DeletionRule())))
    let before = try await Versions.of("notes", "note")
    #expect(try await loader.drift(of: "notes").added.map(\.name) == ["x"])
    #expect(try await Versions.of("notes", "note") == before)
    #expect(
      try await rows(
        """
        SELECT coalesce(x::text, '-'), coalesce(_extra::text, '-')
        FROM activecampaign.notes_history ORDER BY valid_from
        """) == [#"-|{"x": 1, "note": "n"}"#, "-|-", "7|-"])
    #expect(try await Versions.faults(of: "notes") == [])
    await loader.close()
  }
}
