internal import Postgres
internal import SchemaMigrations

/// Lays out schema `acsync`: an append-only list of SQL files, each applied once and in order.
struct Migrations: Sendable {
  /// One SQL file.
  struct Migration: Sendable, Hashable {
    let name: String
    let sql: String

    /// Tells whether the file is still the one that was applied.
    var checksum: String { String(Fingerprint(of: sql).bits, radix: 16) }
  }

  /// Those this program ships.
  static let shipped = Migrations(
    SchemaMigrations.all.map { Migration(name: $0.name, sql: $0.sql) })

  /// Taken while migrations run, so that two programs do not run the same.
  private static let lockKey = Fingerprint(of: "acsync migrations").key

  let list: [Migration]

  init(_ list: [Migration]) { self.list = list }

  /// Applies what is missing, and returns the names of it.
  ///
  /// Writes nothing if nothing is missing.
  ///
  /// - Throws: `WarehouseError` if the database's layout is not one this program knows;
  ///   `PostgresError`.
  func apply(on connection: Connection) async throws -> [String] {
    guard try await !pending(on: connection).isEmpty else { return [] }
    try await connection.lock(Self.lockKey)
    do {
      let applied = try await applyLocked(on: connection)
      try await connection.unlock(Self.lockKey)
      return applied
    } catch {
      // Where the session went, the lock went with it.
      if await connection.isUsable { try await connection.unlock(Self.lockKey) }
      throw error
    }
  }

  /// The migrations that the database lacks, in order; writes nothing.
  func pending(on connection: Connection) async throws -> [Migration] {
    let exists = try await connection.query(
      "SELECT to_regclass('acsync.schema_migrations') IS NOT NULL AS is_there")
    guard try exists.first?.value("is_there") ?? false else { return list }
    let rows = try await connection.query(
      "SELECT name, checksum FROM acsync.schema_migrations ORDER BY name")
    var applied: [String: String] = [:]
    for row in rows { applied[try row.value("name")] = try row.value("checksum") as String }
    return try missing(from: applied)
  }

  /// The migrations that are not among those applied, given as checksums by name.
  func missing(from applied: [String: String]) throws(WarehouseError) -> [Migration] {
    let unknown = applied.keys.filter { name in !list.contains { $0.name == name } }
    guard unknown.isEmpty else { throw .databaseNewer(names: unknown.sorted()) }
    for migration in list {
      guard let checksum = applied[migration.name] else { continue }
      guard checksum == migration.checksum else { throw .migrationChanged(name: migration.name) }
    }
    return list.filter { applied[$0.name] == nil }
  }

  private func applyLocked(on connection: Connection) async throws -> [String] {
    // Read again: another program may have applied them while this one waited for the lock.
    let missing = try await pending(on: connection)
    guard !missing.isEmpty else { return [] }
    try await connection.script(Self.ledger)
    for migration in missing {
      try await connection.transaction { transaction in
        try transaction.script(migration.sql)
        try transaction.execute(
          """
          INSERT INTO acsync.schema_migrations (name, checksum)
          VALUES (\(migration.name), \(migration.checksum))
          """)
      }
    }
    return missing.map(\.name)
  }

  /// What the migrations themselves are recorded in.
  private static let ledger = """
    DO $$ BEGIN
      IF to_regnamespace('acsync') IS NULL THEN CREATE SCHEMA acsync; END IF;
    END $$;
    CREATE TABLE IF NOT EXISTS acsync.schema_migrations (
      name text PRIMARY KEY,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    );
    COMMENT ON TABLE acsync.schema_migrations IS
      'The layouts of this schema that were applied, in order.';
    COMMENT ON COLUMN acsync.schema_migrations.name IS 'The SQL file, without its ending.';
    COMMENT ON COLUMN acsync.schema_migrations.checksum IS 'Fingerprint of its text.';
    COMMENT ON COLUMN acsync.schema_migrations.applied_at IS
      'When it was applied, by the clock of this database.';
    """
}

/// A number that stands for a text, the same in every process and version (FNV-1a, 64 bits).
struct Fingerprint: Sendable, Hashable {
  let bits: UInt64

  init(of text: String) {
    bits = text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// As the key of an advisory lock.
  var key: Int64 { Int64(bitPattern: bits) }
}
