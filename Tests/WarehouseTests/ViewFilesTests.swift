import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Files that make views` {
  private static func view(_ name: String, _ body: String) -> String {
    "CREATE OR REPLACE VIEW analytics.\(name) AS \(body);"
  }

  private static func files(_ texts: String...) -> ViewFiles {
    ViewFiles(texts.enumerated().map { .init(name: "file\($0)", sql: $1) })
  }

  private func made(_ files: ViewFiles) async throws -> String? {
    let loader = try await Loader.fresh()
    let note = await loader.layOut([.offers], by: files)
    await loader.close()
    return note
  }

  @Test func `are run once, and again where their text changed`() async throws {
    let first = Self.files(
      Self.view("a", "SELECT 1 AS x"), Self.view("b", "SELECT x FROM analytics.a"))
    #expect(try await made(first) == nil)
    let oids = try await rows("SELECT 'analytics.a'::regclass::oid, 'analytics.b'::regclass::oid")
    let second = Self.files(
      Self.view("a", "SELECT 2 AS x, 3 AS y"), Self.view("b", "SELECT x FROM analytics.a"))
    #expect(try await made(second) == nil)
    #expect(try await rows("SELECT x FROM analytics.b") == ["2"])
    #expect(
      try await rows("SELECT 'analytics.a'::regclass::oid, 'analytics.b'::regclass::oid") == oids)
  }

  @Test func `make all anew where a column went, and give rights again`() async throws {
    let first = Self.files(
      Self.view("a", "SELECT 1 AS x"), Self.view("b", "SELECT x FROM analytics.a"))
    #expect(try await made(first) == nil)
    try await script("GRANT SELECT ON analytics.b TO PUBLIC")
    let second = Self.files(
      Self.view("a", "SELECT 1 AS y"), Self.view("b", "SELECT y AS x FROM analytics.a"))
    #expect(try await made(second) == nil)
    #expect(try await rows("SELECT * FROM analytics.b") == ["1"])
    #expect(
      try await rows("SELECT relacl::text LIKE '%,=r/%' FROM pg_class WHERE relname = 'b'") == ["t"]
    )
  }

  @Test func `leave all as it was where somebody built on what must go, and say what`()
    async throws
  {
    #expect(try await made(Self.files(Self.view("a", "SELECT 1 AS x"))) == nil)
    try await script("CREATE VIEW mine AS SELECT x FROM analytics.a")
    let note = try await made(Self.files(Self.view("a", "SELECT 1 AS y")))
    #expect(note?.contains("mine depends on view analytics.a") == true, "\(note ?? "")")
    #expect(try await rows("SELECT * FROM mine") == ["1"])
  }

  @Test func `wait for nobody who reads for long, and say so`() async throws {
    let first = Self.files(Self.view("a", "SELECT 1 AS x"))
    #expect(try await made(first) == nil)
    let reader = try await Database.connect()
    try await reader.script("BEGIN; SELECT * FROM analytics.a")
    let second = Self.files(Self.view("a", "SELECT 2 AS x"))
    let note = try await made(second)
    #expect(note?.contains("lock timeout") == true, "\(note ?? "")")
    try await reader.script("COMMIT")
    await reader.close()
    #expect(try await made(second) == nil)
    #expect(try await rows("SELECT x FROM analytics.a") == ["2"])
  }

  @Test func `make again what was dropped, and drop what no file makes any more`() async throws {
    let files = Self.files(
      Self.view("a", "SELECT 1 AS x"), Self.view("b", "SELECT x FROM analytics.a"))
    #expect(try await made(files) == nil)
    try await script("DROP VIEW analytics.a CASCADE")
    #expect(try await made(files) == nil)
    #expect(try await rows("SELECT * FROM analytics.b") == ["1"])
    #expect(try await made(Self.files(Self.view("a", "SELECT 1 AS x"))) == nil)
    #expect(try await rows("SELECT to_regclass('analytics.b') IS NULL") == ["t"])
  }

  @Test func `refuse a view of which a column is not explained`() async throws {
    let files = Self.files(
      Self.view("a", "SELECT 1 AS x, 2 AS y")
        + "SELECT acsync.describe('analytics.a', E'A view.\\n\\nx: A column\\n  of one');")
    #expect(try await made(files)?.contains("nothing is said of y") == true)
    let good = Self.files(
      Self.view("a", "SELECT 1 AS x")
        + "SELECT acsync.describe('analytics.a', E'A view.\\n\\nx: A column\\n  of one');")
    #expect(try await made(good) == nil)
    #expect(
      try await rows(
        """
        SELECT obj_description('analytics.a'::regclass), col_description('analytics.a'::regclass, 1)
        """) == ["A view.|A column of one"])
  }

  @Test func `bring kept views up to date when what they are made of has changed`() async throws {
    let files = Self.files(
      """
      CREATE MATERIALIZED VIEW analytics.counts AS
      SELECT source_relation, count(*) AS n FROM acsync.source_offers GROUP BY 1;
      CREATE UNIQUE INDEX ON analytics.counts (source_relation);
      SELECT acsync.keep_refreshed('analytics.counts', ARRAY['offers']);
      """)
    let loader = try await Loader.holding(.offers)
    _ = try await loader.write(.of(.offers, [.offer(1, .text("a"), changed: .null)]))
    #expect(await loader.layOut([.offers], by: files) == nil)
    #expect(try await rows("SELECT n FROM analytics.counts") == ["1"])
    _ = try await loader.write(.of(.offers, [.offer(2, .text("b"), changed: .null)]))
    // The server counts a session's rows when the session pauses, at the latest when it ends.
    await loader.close()
    let next = try await Loader.fresh(begun: false)
    let due: Statement = "SELECT acsync.refresh_due()"
    while try await rows(due) != ["analytics.counts"] { await Task.yield() }
    #expect(await next.refreshViews(after: []) == [])
    #expect(try await rows("SELECT n FROM analytics.counts") == ["2"])
    #expect(try await rows(due) == [])
    // One that took long waits.
    try await script(
      """
      UPDATE acsync.materialized_views SET took = '1 hour';
      INSERT INTO activecampaign.offers (id, _synced_at) VALUES (3, now());
      """)
    #expect(try await rows(due) == [])
    try await script("UPDATE acsync.materialized_views SET refreshed_at = now() - interval '10 h'")
    while try await rows(due) != ["analytics.counts"] { await Task.yield() }
    await next.close()
  }

  @Test func `bring a view up to date after the one that it stands on, and at once`() async throws {
    let files = Self.files(
      """
      CREATE MATERIALIZED VIEW analytics.zz_counts AS
      SELECT source_relation, count(*) AS n FROM acsync.source_offers GROUP BY 1;
      CREATE UNIQUE INDEX ON analytics.zz_counts (source_relation);
      SELECT acsync.keep_refreshed('analytics.zz_counts', ARRAY['offers']);
      """,
      """
      CREATE MATERIALIZED VIEW analytics.aa_sums AS
      SELECT source_relation, sum(n) AS n FROM analytics.zz_counts GROUP BY 1;
      CREATE UNIQUE INDEX ON analytics.aa_sums (source_relation);
      SELECT acsync.keep_refreshed('analytics.aa_sums', ARRAY[]::text[]);
      """)
    let loader = try await Loader.holding(.offers)
    _ = try await loader.write(.of(.offers, [.offer(1, .text("a"), changed: .null)]))
    #expect(await loader.layOut([.offers], by: files) == nil)
    _ = try await loader.write(.of(.offers, [.offer(2, .text("b"), changed: .null)]))
    // The server need not have counted the row yet.
    #expect(await loader.refreshViews(after: ["offers"]) == [])
    #expect(
      try await rows("SELECT n FROM analytics.zz_counts UNION ALL SELECT n FROM analytics.aa_sums")
        == ["2", "2"])
    await loader.close()
  }

  @Test func `know the account's zone, and say where the server does not`() async throws {
    let loader = try await Loader.fresh()
    let zone: Statement = "SELECT time_zone, time_zone_origin FROM acsync.accounts"
    #expect(try await loader.keep(AccountZone(setting: nil, user: "Europe/Berlin")) == nil)
    #expect(try await rows(zone) == ["Europe/Berlin|user"])
    #expect(try await loader.keep(AccountZone(setting: "Asia/Tokyo", user: "Europe/Berlin")) == nil)
    #expect(try await rows(zone) == ["Asia/Tokyo|setting"])
    let note = try await loader.keep(AccountZone(setting: nil, user: "Nowhere/Land"))
    #expect(note?.contains("Nowhere/Land") == true)
    #expect(try await rows(zone) == ["UTC|default"])
    let usual = AccountZone(setting: nil, user: nil)
    #expect(try await loader.keep(AccountZone(setting: "Asia/Tokyo", user: nil)) == nil)
    #expect(try await loader.keep(usual, onlyIfUnknown: true) == nil)
    #expect(try await rows(zone) == ["Asia/Tokyo|setting"])
    try await script("DELETE FROM acsync.accounts")
    #expect(try await loader.keep(usual, onlyIfUnknown: true) == nil)
    #expect(try await rows(zone) == ["UTC|default"])
    await loader.close()
  }
}
