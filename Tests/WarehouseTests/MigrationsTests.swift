import Catalog
import Postgres
import SchemaMigrations
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Laying out schema acsync` {
  @Test func `applies each migration once`() async throws {
    let loader = try await Loader.fresh(begun: false)
    let all = SchemaMigrations.all.map(\.name)
    #expect(try await loader.pendingMigrations() == all)
    #expect(try await loader.migrate() == all)
    #expect(try await loader.migrate() == [])
    #expect(try await loader.pendingMigrations() == [])
    #expect(try await rows("SELECT name FROM acsync.schema_migrations ORDER BY 1") == all)
  }

  @Test func `explains every table and column`() async throws {
    _ = try await Loader.fresh()
    let silent = try await rows(
      """
      SELECT c.relname, a.attname FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      WHERE c.relnamespace = 'acsync'::regnamespace AND c.relkind = 'r'
        AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)
      """)
    #expect(silent.isEmpty)
  }

  @Test func `is done once by programs that start together`() async throws {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask { try await Loader.fresh(begun: false).migrate().count }
      }
      let applied = try await group.reduce(0, +)
      #expect(applied == SchemaMigrations.all.count)
    }
  }

  @Test func `keeps none of a migration that fails, and those before it`() async throws {
    let connection = try await Database.connect()
    let good = Migrations.Migration(name: "1", sql: "CREATE TABLE acsync.one ()")
    let bad = Migrations.Migration(name: "2", sql: "CREATE TABLE acsync.two (); SELECT 1/0")
    await #expect(throws: PostgresError.self) {
      try await Migrations([good, bad]).apply(on: connection)
    }
    let tables = try await rows(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'acsync' ORDER BY 1")
    #expect(tables == ["one", "schema_migrations"])
    #expect(try await Migrations([good]).apply(on: connection) == [])
  }

  @Test func `refuses a migration that changed after it shipped`() async throws {
    let loader = try await Loader.fresh()
    try await script("UPDATE acsync.schema_migrations SET checksum = 'other'")
    let error = await #expect(throws: WarehouseError.self) { try await loader.migrate() }
    #expect(error?.explanation.what.contains("0001_state") == true)
    #expect(error?.explanation.fault == .targetOutOfReach)
  }

  @Test func `refuses a database that is newer than the program`() async throws {
    let loader = try await Loader.fresh()
    try await script("INSERT INTO acsync.schema_migrations VALUES ('9999_future', 'x')")
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.begin(RunOpening(version: "1", streams: []))
    }
    #expect(error?.explanation.what.contains("9999_future") == true)
    #expect(error?.explanation.remedy == "update acsync")
  }

  @Test func `needs no more than the right to create in the database`() async throws {
    let uri = try await guest(grants: "GRANT CREATE ON DATABASE %I TO %I")
    let loader = try await Loader.open(uri: uri, account: "acme", applicationName: "loader")
    try await loader.begin(RunOpening(version: "1", streams: ["notes"]))
    _ = try await loader.claim(.notes)
    #expect(try await loader.write(.of(.notes, [.note(1, .null)])).inserted == 1)
  }

  @Test func `says which right is missing`() async throws {
    let uri = try await guest(grants: "REVOKE CREATE ON DATABASE %I FROM %I")
    let loader = try await Loader.open(uri: uri, account: "acme", applicationName: "loader")
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.begin(RunOpening(version: "1", streams: []))
    }
    #expect(error?.explanation.remedy.contains("GRANT CREATE") == true)
    #expect(error?.explanation.consequence == .lasting(.stopRun))
  }

  @Test func `has not changed what shipped`() {
    // Databases remember these: where one differs, undo the edit and add a new file instead.
    #expect(
      Migrations.shipped.list.map(\.checksum) == [
        "5b0756dd02a3dd22",
        "f4a9893b72d27474",
        "a6315492e8b424aa",
        "956afc8a152b2166",
        "c0fc2ed046c62758",
        "b87620fc33139417",
        "400911d7e70845c8",
        "d7c5f681e95ce691",
        "d6975c6bf7289a7",
        "e1045d2d8b1e7f80",
        "94e9be38381e61b0",
        "13b8d81700bc30b1",
        "a0d5f27ef4987ede",
        "48c96173cac29dec",
        "e6cd3a423338abcf",
        "10f25ea728181d0",
      ])
  }

  /// What a role of the test's own connects with.
  private func guest(grants: String) async throws -> String {
    let name = try "guest_" + Database.current.name
    try await script(
      """
      DO $do$ BEGIN
        EXECUTE format('CREATE ROLE %I LOGIN', '\(name)');
        EXECUTE format('\(grants)', current_database(), '\(name)');
      END $do$
      """)
    return try Database.current.uri + "&user=\(name)"
  }
}
