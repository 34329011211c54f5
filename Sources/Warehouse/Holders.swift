public import Catalog
internal import Postgres

/// A session of the warehouse that holds a stream now.
public struct StreamHolder: Sendable, Hashable {
  /// The stream.
  public let stream: StreamDefinition.ID
  /// What the session calls itself, `acsync/0.1.0`; nil where our role may not see it.
  public let application: String?
  /// Where it comes from; nil for this machine's own socket, or where our role may not see it.
  public let address: String?
  /// When the session began, by the warehouse's clock; nil where our role may not see it.
  public let since: Instant?
}

extension Loader {
  /// Who holds streams now, by the server's own locks: what a killed run left behind is not among it.
  public func holders(of streams: [StreamDefinition]) async throws -> [StreamHolder] {
    let states = streams.map { State(of: table(of: $0), account: account) }
    let names = Dictionary(states.map { ($0.lockKey, $0.stream) }) { first, _ in first }
    return try await persistently(at: "pg_locks") {
      try await self.connection.query(
        """
        SELECT held.key, a.application_name, host(a.client_addr) AS address, a.backend_start
        FROM (
          SELECT pid, (classid::bigint << 32) | objid::bigint AS key FROM pg_locks
          WHERE locktype = 'advisory' AND granted AND objsubid = 1
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        ) AS held
        LEFT JOIN pg_stat_activity a ON a.pid = held.pid
        WHERE held.key = ANY (\(states.map(\.lockKey)))
        """
      ).compactMap { row in
        try names[row.value("key")].map { stream in
          StreamHolder(
            stream: stream, application: try row["application_name"], address: try row["address"],
            since: try row.instant("backend_start"))
        }
      }
    }
  }
}
