import Catalog
import Postgres
import SchemaMigrations
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `A history that was dropped` {
  @Test func `is made again with a version of each live row, though no row changes`() async throws {
    let offers = StreamDefinition.offers.keepingHistory()
    var loader = try await Loader.holding(offers)
    _ = try await loader.write(
      .of(
        offers,
        [
          .offer(1, .text("a"), changed: .at(5)), .offer(2, .text("b"), changed: .null),
          .offer(3, .text("gone"), changed: .at(5)),
        ]))
    _ = try await loader.delete([3], of: offers, by: DeletionRule(), at: .at(20))
    await loader.close()
    try await script("DROP TABLE activecampaign.offers_history CASCADE")
    loader = try await Loader.holding(offers)
    #expect(try await Versions.of() == ["1|a|5|open", "2|b|10|open"])
    #expect(try await Versions.faults() == [])
    await loader.close()
  }

  @Test func `is so with counters too, and the day is kept anew`() async throws {
    let stream = StreamDefinition.mailings
    let same = [Catalog.Row.mailing(1, "a", opens: 5), .mailing(2, "b", opens: 0)]
    var loader = try await Loader.holding(stream)
    _ = try await loader.commit(.whole(stream, same, at: 10))
    // The same day in UTC is over after 6400 seconds.
    _ = try await loader.commit(.whole(stream, same, at: 7000))
    await loader.close()
    try await script("DROP TABLE activecampaign.mailings_snapshots")
    loader = try await Loader.holding(stream)
    _ = try await loader.commit(.whole(stream, same, at: 7100))
    #expect(
      try await rows(
        """
        SELECT id, extract(epoch FROM taken_at)::bigint - 1700000000, opens
        FROM activecampaign.mailings_snapshots ORDER BY 1, 2
        """) == ["1|10|5", "1|7100|5", "2|10|0", "2|7100|0"])
    await loader.close()
  }
}

@Suite(.freshDatabase) struct `A table of another's with the name of a history` {
  /// Keeps versions by the catalogue alone.
  private static let usual = StreamDefinition(
    "notes", "Notes", path: "notes", rows: "notes", history: true,
    columns: StreamDefinition.notes.columns)

  /// What somebody made who thought of the same: with all columns that acsync's would have.
  private static let foreign = """
    CREATE SCHEMA activecampaign;
    CREATE TABLE activecampaign.notes_history (
      id bigint, valid_from timestamptz, valid_to timestamptz, note text,
      PRIMARY KEY (id, valid_from));
    INSERT INTO activecampaign.notes_history VALUES (1, '2020-01-01', NULL, 'mine');
    """

  private static let untouched: Statement = """
    SELECT (SELECT to_jsonb(h)::text FROM activecampaign.notes_history AS h),
      (SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'acsync%'),
      obj_description('activecampaign.notes_history'::regclass)
    """

  private func expectUntouched() async throws {
    #expect(
      try await rows(Self.untouched) == [
        #"{"id": 1, "note": "mine", "valid_to": null, "#
          + #""valid_from": "2020-01-01T00:00:00+00:00"}|0"#
      ])
  }

  @Test func `is left alone, and the rows come in, where nobody asked for a history`() async throws
  {
    try await script(Self.foreign)
    var loader = try await Loader.holding(Self.usual)
    #expect(try await loader.write(.of(Self.usual, [.note(1, .text("a"))])).inserted == 1)
    #expect(
      try await loader.drift(of: "notes").notes == [
        "versions of rows are not kept: activecampaign.notes_history cannot be made: the table of "
          + "that name is not one of acsync's; rename that table, and acsync makes its own, "
          + "or say history: false"
      ])
    try await expectUntouched()
    await loader.close()
    // Nor is what it holds taken for what a history must not tell any more.
    var shape = StreamShape()
    shape.deselected = ["note"]
    let fewer = Self.usual.shaped(by: shape)
    loader = try await Loader.holding(fewer)
    try await expectUntouched()
    await loader.close()
    // Out of the way, all is as anywhere.
    try await script("ALTER TABLE activecampaign.notes_history RENAME TO mine")
    loader = try await Loader.holding(Self.usual)
    #expect(try await loader.drift(of: "notes").notes == [])
    #expect(try await rows("SELECT id FROM activecampaign.notes_history") == ["1"])
    await loader.close()
  }

  @Test func `is refused where somebody asked for a history`() async throws {
    try await script(Self.foreign)
    let asked = StreamDefinition.notes.keepingHistory()
    let error = await #expect(throws: WarehouseError.self) { try await Loader.holding(asked) }
    #expect(error?.explanation.remedy == "rename that table, and acsync makes its own")
    #expect(error?.explanation.what.contains("the table of that name is not one of") == true)
    try await expectUntouched()
  }

  @Test func `is not written either where it took the place of ours`() async throws {
    var loader = try await Loader.holding(Self.usual)
    try await script("DROP TABLE activecampaign.notes_history")
    try await script(Self.foreign.replacing("CREATE SCHEMA activecampaign;", with: ""))
    #expect(try await loader.write(.of(Self.usual, [.note(1, .text("a"))])).inserted == 1)
    await loader.close()
    loader = try await Loader.holding(Self.usual)
    #expect(try await loader.drift(of: "notes").unkept.count == 1)
    try await expectUntouched()
    await loader.close()
  }

  @Test func `may be a view, of counters too`() async throws {
    let stream = StreamDefinition.mailings
    try await script(
      """
      CREATE SCHEMA activecampaign;
      CREATE VIEW activecampaign.mailings_snapshots AS SELECT 1 AS id, now() AS taken_at;
      """)
    let loader = try await Loader.holding(stream)
    // What is done once a day is not done to it either.
    let batch = Batch.whole(stream, [.mailing(1, "a", opens: 5)], at: 10)
    #expect(try await loader.commit(batch).counts.inserted == 1)
    #expect(
      try await loader.drift(of: "mailings").notes == [
        "counters from day to day are not kept: activecampaign.mailings_snapshots cannot be made: "
          + "the view of that name is not one of acsync's; rename that view, and acsync makes its "
          + "own, or say snapshot: none"
      ])
    await loader.close()
    var shape = StreamShape()
    shape.snapshot = .daily
    let asked = stream.shaped(by: shape)
    let error = await #expect(throws: WarehouseError.self) { try await Loader.holding(asked) }
    #expect(error?.explanation.remedy == "rename that view, and acsync makes its own")
  }

  @Test func `is told of when tables are laid out, and is in no view of the sources`() async throws
  {
    try await script(Self.foreign)
    let loader = try await Loader.fresh()
    #expect(try await loader.layOut(Self.usual).notes.count == 1)
    let files = ViewFiles([
      .init(
        name: "notes",
        sql: """
          CREATE OR REPLACE VIEW analytics.notes AS SELECT id, note FROM acsync.source_notes_history
          """)
    ])
    #expect(await loader.layOutAnalytics(of: [Self.usual], by: files) == nil)
    #expect(try await rows("SELECT * FROM analytics.notes") == [])
    await loader.close()
  }
}

@Suite(.freshDatabase) struct `A role with rights given by hand` {
  private func role() throws -> String { "job_" + (try Database.current.name) }

  /// A role that may write the tables of these streams as they are now, and read no zone.
  private func granted(on tables: String) async throws {
    let role = try role()
    try await script(
      """
      CREATE ROLE "\(role)" LOGIN;
      GRANT USAGE ON SCHEMA activecampaign, acsync TO "\(role)";
      GRANT SELECT, INSERT, UPDATE, DELETE ON \(tables) TO "\(role)";
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA acsync TO "\(role)";
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA acsync TO "\(role)";
      REVOKE ALL ON acsync.accounts FROM "\(role)";
      GRANT TEMPORARY ON DATABASE "\(try Database.current.name)" TO "\(role)";
      """)
  }

  private func drop() async throws {
    let role = try role()
    try await script("DROP OWNED BY \"\(role)\"; DROP ROLE \"\(role)\"")
  }

  @Test func `brings rows once the owner has history and counters kept`() async throws {
    var shape = StreamShape()
    shape.snapshot = .never
    let mailings = StreamDefinition.mailings
    let owner = try await Loader.fresh()
    _ = try await owner.layOut(.notes)
    _ = try await owner.layOut(mailings.shaped(by: shape))
    try await granted(on: "activecampaign.notes, activecampaign.mailings")
    let notes = StreamDefinition.notes.keepingHistory()
    _ = try await owner.layOut(notes)
    _ = try await owner.layOut(mailings)
    await owner.close()
    let job = try await Loader.open(
      uri: try Database.current.uri + "&user=" + role(), account: "acme", applicationName: "job",
      patience: .short)
    try await job.begin(RunOpening(version: "1", streams: ["notes", "mailings"]))
    _ = try await job.claim(notes)
    _ = try await job.claim(mailings)
    _ = try await job.write(.of(notes, [.note(1, .text("a"))]))
    _ = try await job.write(.of(notes, [.note(1, .text("b"))], at: 20))
    _ = try await job.delete([1], of: notes, by: DeletionRule(.hard), at: .at(30))
    let first = Batch.whole(mailings, [.mailing(1, "a", opens: 5)], at: 10)
    #expect(try await job.commit(first).counts.inserted == 1)
    await job.close()
    #expect(try await Versions.of("notes", "note") == ["1|a|10|20", "1|b|20|30"])
    #expect(try await rows("SELECT opens FROM activecampaign.mailings_snapshots") == ["5"])
    #expect(
      try await rows("SELECT snapshot_day FROM acsync.stream_state WHERE stream = 'mailings'") == [
        "2023-11-14"
      ])
    try await drop()
  }

  @Test func `gets nothing by reading alone`() async throws {
    let owner = try await Loader.holding(.notes)
    try await granted(on: "activecampaign.notes")
    let role = try role()
    try await script(
      "REVOKE INSERT, UPDATE, DELETE ON activecampaign.notes FROM \"\(role)\"")
    _ = try await owner.layOut(StreamDefinition.offers.keepingHistory())
    await owner.close()
    let again = try await Loader.holding(StreamDefinition.notes.keepingHistory())
    await again.close()
    #expect(
      try await rows(
        """
        SELECT has_table_privilege(\(role), 'activecampaign.notes_history', 'SELECT'),
          has_table_privilege(\(role), 'activecampaign.offers_history', 'INSERT')
        """) == ["f|f"])
    try await drop()
  }

  @Test func `reads the zone after the upgrade, where it writes the state`() async throws {
    let connection = try await Database.connect()
    let all = SchemaMigrations.all.map { Migrations.Migration(name: $0.name, sql: $0.sql) }
    let before = all.filter { $0.name < "0014" }
    #expect(before.count == 13)
    _ = try await Migrations(before).apply(on: connection)
    let role = try role()
    try await connection.script(
      """
      CREATE ROLE "\(role)";
      GRANT USAGE ON SCHEMA acsync TO "\(role)";
      GRANT SELECT, INSERT, UPDATE ON acsync.stream_state TO "\(role)";
      """)
    await connection.close()
    let owner = try await Loader.fresh()
    await owner.close()
    #expect(
      try await rows(
        """
        SELECT has_table_privilege(\(role), 'acsync.accounts', 'SELECT'),
          has_table_privilege(\(role), 'acsync.accounts', 'DELETE')
        """) == ["t|f"])
    try await drop()
  }
}
