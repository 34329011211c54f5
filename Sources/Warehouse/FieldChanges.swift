public import Catalog
internal import Postgres

/// Noticing that a stream has fields it had not, or columns of another type.
extension SideSession {
  /// Answers carry the account's clock, runs the warehouse's: they may differ by so much.
  private static let skew = "1 hour"

  /// The names of columns and undeclared fields that are new or changed since they were last looked
  /// at; the first time they are only noted.
  ///
  /// - Parameter run: the run whose rows are looked at for undeclared fields.
  /// - Throws: `WarehouseError`.
  public func newFields(of stream: StreamDefinition, in run: Int64) async throws -> [String] {
    let (account, name) = (account, stream.id.name)
    let table = Table(of: stream, in: schema)
    return try await with(at: "acsync.known_fields") { connection in
      try await connection.transaction { transaction in
        let isFirst = try transaction.query(
          "SELECT FROM acsync.known_fields WHERE account = \(account) AND stream = \(name) LIMIT 1"
        ).isEmpty
        let rows = try transaction.query(
          """
          INSERT INTO acsync.known_fields AS k (account, stream, field, kind)
          SELECT \(account), \(name), field, min(kind) FROM (
            SELECT attname::text AS field, format_type(atttypid, atttypmod) AS kind
            FROM pg_attribute
            WHERE attrelid = \(table.name.quoted)::regclass AND attnum > 0
              AND NOT attisdropped
            UNION
            SELECT DISTINCT jsonb_object_keys("_extra"), \(Evolution.undeclared)
            FROM \(table.name)
            WHERE jsonb_typeof("_extra") = 'object' AND "_synced_at" >= (
              SELECT started_at - \(Self.skew)::interval FROM acsync.runs WHERE id = \(run))
          ) AS found GROUP BY field
          ON CONFLICT (account, stream, field) DO UPDATE SET kind = excluded.kind
            WHERE k.kind <> excluded.kind
          RETURNING field
          """)
        return isFirst ? [] : try rows.map { try $0.value("field") }.sorted()
      }
    }
  }

  /// The streams among these whose table was last proven complete too long ago.
  ///
  /// - Parameter limits: how long ago it may be.
  /// - Throws: `WarehouseError`.
  public func staleStreams(
    _ limits: [StreamDefinition.ID: Duration]
  ) async throws -> Set<StreamDefinition.ID> {
    let account = account
    return try await with(at: "acsync.stream_state") { connection in
      let rows = try await connection.query(
        """
        SELECT stream, extract(epoch FROM now() - complete_as_of)::float8 AS age
        FROM acsync.stream_state WHERE account = \(account) AND complete_as_of IS NOT NULL
        """)
      var stale: Set<StreamDefinition.ID> = []
      for row in rows {
        let stream = StreamDefinition.ID(try row.value("stream"))
        let age: Double = try row.value("age")
        if let limit = limits[stream], age > limit.inSeconds { stale.insert(stream) }
      }
      return stale
    }
  }
}

extension Loader {
  /// The number of the run that was begun; nil before.
  public var runNumber: Int64? { run }
}
