import Catalog
import Postgres
import Replication
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase, .timeLimit(.minutes(5))) struct `A role that may only load` {
  /// A loader of that role, with a run begun.
  private func begun(_ roles: RoleFixture) async throws -> Loader {
    let loader = try await roles.loader(as: "etl", in: roles.loader)
    try await loader.begin(RunOpening(version: "1", streams: ["people"]))
    return loader
  }

  @Test func `brings rows into tables that the owner laid out`() async throws {
    let roles = try await RoleFixture.made()
    try await roles.laidOut(.people)
    let loader = try await begun(roles)
    #expect(try await loader.claim(.people) == StreamState())
    let page = Batch.of(.people, [.person(1, "a@b.c"), .person(2, "d@e.f")])
    #expect(try await loader.write(page.closing()).inserted == 2)
    _ = try await loader.delete([2], of: .people, by: DeletionRule(), at: .at(20))
    var report = StreamReport(stream: "people", mode: .fullRefresh)
    report.outcome = .done
    #expect(try await loader.finish(report) == 1)
    try await loader.end(
      RunReport(
        outcome: .done, exitCode: 0, streams: [report], requests: 1, retries: 0, duration: .zero))
    try await loader.reset([.people])
    await loader.close()
    #expect(try await rows("SELECT exit_code FROM acsync.runs") == ["0"])
  }

  @Test func `changes no table, and nothing that its owner acts upon`() async throws {
    let roles = try await RoleFixture.made()
    try await roles.laidOut(.people)
    let refused = [
      "CREATE TABLE activecampaign.mine ()", "CREATE TABLE acsync.mine ()",
      "CREATE VIEW analytics.mine AS SELECT 1", "DROP TABLE activecampaign.people",
      "ALTER TABLE activecampaign.people ADD COLUMN mine text", "TRUNCATE activecampaign.people",
      "CREATE INDEX ON activecampaign.people (city)", "CREATE SCHEMA mine",
      "COMMENT ON COLUMN activecampaign.people.email IS 'Address'",
      "CREATE FUNCTION acsync.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "INSERT INTO acsync.sources VALUES ('a', 'b', 'SELECT 1')",
      "INSERT INTO acsync.view_files VALUES ('a', 1, 'c', '{}')",
      "INSERT INTO acsync.schema_migrations VALUES ('a', 'b')",
      "UPDATE acsync.roles SET role_name = 'postgres'",
      "INSERT INTO acsync.account_schemas VALUES ('public')",
      "DELETE FROM acsync.analyst_grants",
      "INSERT INTO acsync.materialized_views (name, made_of, is_daily) VALUES ('x', '{}', true)",
      "UPDATE acsync.materialized_views SET name = 'x'",
      "UPDATE acsync.materialized_views SET took = '1s'",
    ]
    let answers = try await roles.refusals(of: roles.loader, refused)
    for (statement, answer) in zip(refused, answers) {
      #expect(answer == "may not", "\(statement)")
    }
    #expect(
      try await roles.refusals(
        of: roles.loader,
        [
          "SELECT acsync.grant_roles()", "SELECT acsync.grant_roles('public')",
          "UPDATE activecampaign.people SET city = 'x'", "CREATE TEMPORARY TABLE mine ()",
        ]) == [nil, nil, nil, nil])
  }

  @Test func `cannot have other schemas opened by what it writes of itself`() async throws {
    let roles = try await RoleFixture.made()
    try await roles.laidOut(.people)
    try await script(
      """
      GRANT CREATE ON DATABASE \(Database.current.name) TO \(roles.owner);
      SET ROLE \(roles.owner); CREATE SCHEMA payroll; CREATE TABLE payroll.wages (wage int)
      """)
    let loader = try await begun(roles)
    _ = try await loader.claim(.people)
    await loader.close()
    try await script(
      "SET ROLE \(roles.loader); UPDATE acsync.stream_state SET table_schema = 'payroll'")
    let owner = try await Loader.fresh()
    try await owner.grantRoles()
    await owner.close()
    #expect(try await roles.readable(by: roles.loader, in: "payroll.wages") == [])
    #expect(try await roles.readable(by: roles.pii, in: "payroll.wages") == [])
  }

  @Test func `says who must act where a table, a column or an index is missing`() async throws {
    let roles = try await RoleFixture.made()
    try await roles.laidOut(.people)
    let loader = try await begun(roles)
    let wider = StreamDefinition(
      "people", "People", path: "people", rows: "people",
      columns: StreamDefinition.people.columns + [.column("size", .bigint, "Size")])
    let indexed = StreamDefinition.people(personal: true) { $0.indexes = [TableIndex(["city"])] }
    let granted = StreamDefinition.people(personal: true) { $0.readers = [roles.analyst] }
    for stream in [.notes, wider, indexed, granted] {
      let error = await #expect(throws: WarehouseError.self) { try await loader.claim(stream) }
      #expect(error?.explanation.remedy.contains("acsync migrate as the owner") == true)
      #expect(error?.explanation.consequence == .lasting(.failStream))
      #expect(error?.explanation.fault == .targetOutOfReach)
    }
    // Nothing is half done, and nothing is held.
    #expect(try await rows("SELECT count(*) FROM acsync.stream_state") == ["0"])
    try await roles.laidOut(.notes, wider, indexed)
    for stream in [.notes, wider, indexed] { _ = try await loader.claim(stream) }
    await loader.close()
  }

  @Test func `does not begin in a warehouse that an older version laid out`() async throws {
    let roles = try await RoleFixture.made()
    try await script(
      "DELETE FROM acsync.schema_migrations WHERE name = (SELECT max(name) FROM acsync.schema_migrations)"
    )
    let loader = try await roles.loader(as: "etl", in: roles.loader)
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.begin(RunOpening(version: "1", streams: []))
    }
    #expect(error?.explanation.remedy.contains("acsync migrate as the owner") == true)
    #expect(error?.explanation.consequence == .lasting(.stopRun))
    await loader.close()
  }

  @Test func `does not fill a column that analysts read and that is personal now`() async throws {
    let roles = try await RoleFixture.made()
    try await roles.laidOut(.people(personal: false))
    let loader = try await begun(roles)
    await #expect(throws: WarehouseError.self) { try await loader.claim(.people) }
    // Other words alone keep nobody from loading.
    _ = try await loader.claim(.people(personal: false, city: "Town"))
    await loader.close()
    #expect(
      try await rows("SELECT col_description('activecampaign.people'::regclass, 3)") == ["City"])
  }

  @Test func `has new columns noted, and makes none`() async throws {
    let roles = try await RoleFixture.made()
    let stream = StreamDefinition.people(personal: true) {
      $0.addsColumns = true
      $0.widensColumns = true
    }
    try await roles.laidOut(stream)
    let loader = try await begun(roles)
    _ = try await loader.claim(stream)
    var page = Page(
      rows: [Row(key: 1, values: [.integer(1), .null, .null, .null], extra: #"{"new": 1}"#)],
      received: 1, total: nil, serverTime: .at(10))
    page.undeclared = ["new"]
    _ = try await loader.commit(
      Batch(
        stream: stream, pages: [page],
        progress: WalkProgress(signature: "all", startedAt: .at(0), segments: [])))
    let drift = try await loader.drift(of: "people")
    #expect(drift.added.isEmpty)
    #expect(drift.obstacle?.contains("does not own") == true)
    #expect(try await rows("SELECT _extra FROM activecampaign.people") == [#"{"new": 1}"#])
    await loader.close()
  }

  @Test func `fills the columns of custom fields, and leaves new ones to the owner`() async throws {
    let roles = try await RoleFixture.made()
    let contacts = WideFixture.contacts
    let owner = try await contacts.loader()
    try await contacts.owners(1...1)
    try await contacts.field(1, "text", tag: "A")
    #expect(await owner.widen(contacts) == nil)
    await owner.close()
    let loader = try await begun(roles)
    #expect(await loader.widen(contacts) == nil)
    try await contacts.field(2, "text", tag: "B")
    try await contacts.value(1, 1, "x")
    #expect(
      await loader.widen(contacts)?.hasSuffix("run acsync migrate as the owner") == true)
    #expect(try await rows("SELECT a FROM analytics.contacts_wide") == ["x"])
    let again = try await Loader.fresh()
    #expect(await again.widen(contacts) == nil)
    #expect(await loader.widen(contacts) == nil)
    #expect(
      try await rows("SELECT count(b) FROM analytics.contacts_wide") == ["0"])
    await again.close()
    await loader.close()
  }

  @Test func `has views refreshed that the owner keeps, and no others`() async throws {
    let roles = try await RoleFixture.made()
    try await script(
      """
      SET ROLE \(roles.owner);
      CREATE TABLE analytics.base (n int); INSERT INTO analytics.base VALUES (1);
      CREATE MATERIALIZED VIEW analytics.kept AS SELECT n FROM analytics.base;
      CREATE UNIQUE INDEX ON analytics.kept (n);
      CREATE MATERIALIZED VIEW analytics.other AS SELECT n FROM analytics.base;
      INSERT INTO analytics.base VALUES (2);
      SELECT acsync.keep_refreshed('analytics.kept', '{people}');
      """)
    let owner = try await Loader.fresh()
    await owner.close()
    #expect(
      try await roles.refusals(
        of: roles.loader,
        [
          "REFRESH MATERIALIZED VIEW analytics.kept", "SELECT acsync.refresh('analytics.kept')",
        ]) == ["may not", nil])
    let other = try await roles.refusals(
      of: roles.loader, ["SELECT acsync.refresh('analytics.other')"])
    #expect(other != [nil])
    try await script("SET ROLE \(roles.loader); SELECT acsync.refresh('analytics.kept')")
    #expect(try await rows("SELECT n FROM analytics.kept ORDER BY n") == ["1", "2"])
  }
}
