public import Catalog
internal import Postgres

/// What a report on a warehouse tells besides the streams; nothing of it is written down.
public struct WarehouseDiagnosis: Sendable {
  /// The server in its own words: `PostgreSQL 15.4 on x86_64 …`.
  public let version: String
  /// Its time.
  public let now: Instant
  /// Whether our role may do everything.
  public let isSuperuser: Bool
  /// Whether it only follows another server.
  public let isStandby: Bool
  /// Bytes of the whole database.
  public let databaseBytes: Int64
  /// Bytes of the account's tables with their indexes.
  public let tableBytes: [StreamDefinition.ID: Int64]
  /// Settings that matter to us, by name.
  public let settings: [(name: String, value: String)]
  /// How long single statements took, in the order they were sent.
  public let latencies: [Duration]
  /// Whether something between us and the server deals out its sessions: then locks and temporary
  /// tables are not ours alone.
  public let isPooled: Bool
  /// Migrations that were applied, and those that are still to come.
  public let migrations: (applied: Int, pending: [String])
}

extension Loader {
  private static let telling = [
    "server_encoding", "max_connections", "statement_timeout", "idle_session_timeout",
    "synchronous_commit", "default_transaction_read_only", "shared_buffers", "temp_buffers",
  ]

  /// Looks at the server and our session with it; reads only.
  public func diagnosis(of streams: [StreamDefinition]) async throws -> WarehouseDiagnosis {
    let titles = streams.map { ($0.id, self.table(of: $0).name.quoted) }
    let pending = try await pendingMigrations()
    return try await persistently(at: "the warehouse") {
      let connection = self.connection
      var latencies: [Duration] = []
      var processes: Set<Int> = [try await connection.processID]
      for _ in 0..<5 {
        let start = ContinuousClock.now
        let rows = try await connection.query("SELECT pg_backend_pid() AS process")
        latencies.append(ContinuousClock.now - start)
        processes.insert(try onlyRow(of: rows).value("process"))
      }
      let server = try onlyRow(
        of: try await connection.query(
          """
          SELECT version() AS version, clock_timestamp() AS now,
            (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS is_superuser,
            pg_is_in_recovery() AS is_standby,
            pg_database_size(current_database()) AS bytes
          """))
      var sizes: [StreamDefinition.ID: Int64] = [:]
      for (stream, title) in titles {
        sizes[stream] = try await connection.query(
          "SELECT pg_total_relation_size(to_regclass(\(title))) AS bytes"
        ).first?["bytes"]
      }
      let settings = try await connection.query(
        """
        SELECT name, setting || coalesce(' ' || unit, '') AS value FROM pg_settings
        WHERE name = ANY (\(Self.telling)) ORDER BY name
        """
      ).map {
        (name: try $0.value("name", as: String.self), value: try $0.value("value", as: String.self))
      }
      let applied = Migrations.shipped.list.count - pending.count
      return WarehouseDiagnosis(
        version: try server.value("version"), now: Instant(try server.value("now")),
        isSuperuser: try server.value("is_superuser"),
        isStandby: try server.value("is_standby"), databaseBytes: try server.value("bytes"),
        tableBytes: sizes, settings: settings, latencies: latencies,
        isPooled: processes.count > 1, migrations: (applied, pending))
    }
  }
}
