public import Catalog
internal import Postgres
internal import Synchronization

/// One request as `acsync.requests` keeps it.
public struct RequestEntry: Sendable, Hashable {
  /// Its place among the requests of its run.
  public var number: Int64
  /// When it was sent.
  public var startedAt: Instant
  /// The stream it was sent for; nil for the question whose key it is.
  public var stream: StreamDefinition.ID?
  /// `GET`.
  public var method: String
  /// Path and query, without host and key.
  public var path: String
  /// 1 for the first time it was asked.
  public var attempt: Int
  /// The answer's status; nil where no whole one came.
  public var status: Int?
  /// Time from sending it to its answer's last byte.
  public var duration: Duration
  /// Bytes of the answer's body.
  public var bytes: Int

  /// Makes an entry.
  public init(
    number: Int64, startedAt: Instant, stream: StreamDefinition.ID?, method: String, path: String,
    attempt: Int, status: Int?, duration: Duration, bytes: Int
  ) {
    self.number = number
    self.startedAt = startedAt
    self.stream = stream
    self.method = method
    self.path = path
    self.attempt = attempt
    self.status = status
    self.duration = duration
    self.bytes = bytes
  }
}

/// Keeps what was asked of the account in `acsync.requests`, many requests a transaction.
///
/// Beside the run's own session, so that it never holds up a page; what it cannot write waits, and
/// is never a reason for a run to fail.
public actor RequestJournal {
  /// Requests that wait to be written; beyond it the oldest are lost, and counted.
  static let mostWaiting = 50_000
  /// Requests in one statement.
  static let mostAtOnce = 5000
  /// How long a request is kept.
  public static let mostDays = 30
  /// How many requests of an account are kept.
  public static let mostRows = 1_000_000

  private struct Waiting {
    var entries: [RequestEntry] = []
    var lost = 0
  }

  private let account: String
  private let applicationName: String
  private nonisolated let waiting = Mutex(Waiting())
  private var place: (run: Int64, uri: String)?
  private var connection: Connection?

  /// Readies a journal; it connects when there is something to write.
  public init(account: String, applicationName: String) {
    self.account = account
    self.applicationName = applicationName
  }

  /// Takes a request that has ended, from any thread.
  public nonisolated func note(_ entry: RequestEntry) {
    waiting.withLock { waiting in
      waiting.entries.append(entry)
      guard waiting.entries.count > Self.mostWaiting else { return }
      waiting.entries.removeFirst()
      waiting.lost += 1
    }
  }

  /// From now on entries can be written: they belong to this run, in the database of this libpq URI.
  public func begin(run: Int64, in uri: String) { place = (run, uri) }

  /// Writes what waits; what cannot be written goes on waiting.
  ///
  /// - Throws: `WarehouseError`, `CancellationError`.
  public func write() async throws {
    guard let (run, uri) = place else { return }
    while true {
      // In the order in which they were sent, as far as they have ended.
      let batch = waiting.withLock { waiting in
        waiting.entries.sort { $0.number < $1.number }
        return Array(waiting.entries.prefix(Self.mostAtOnce))
      }
      if batch.isEmpty { return }
      try await persistently(in: uri) {
        try await $0.execute(Self.insertion(of: batch, run, self.account))
      }
      let written = Set(batch.map(\.number))
      waiting.withLock { $0.entries.removeAll { written.contains($0.number) } }
    }
  }

  /// Writes what waits, drops what is too old or too much, and ends the session; returns how many
  /// requests could not be kept.
  public func close() async -> Int {
    // Not cut short by a cancelled task: what was asked is to be known.
    await Task { await self.settle() }.value
    await connection?.close()
    connection = nil
    return waiting.withLock { $0.lost + $0.entries.count }
  }

  private func settle() async {
    guard (try? await write()) != nil, let uri = place?.uri else { return }
    // What is left too long today is dropped by the next run.
    try? await persistently(in: uri) { connection in
      for statement in Self.pruning(account: self.account, most: Self.mostRows) {
        try await connection.execute(statement)
      }
    }
  }

  private func persistently(
    in uri: String, _ body: (Connection) async throws -> Void
  ) async throws {
    do {
      if let connection, await !connection.isUsable { self.connection = nil }
      let open: Connection
      if let connection {
        open = connection
      } else {
        open = try await Connection.open(uri, applicationName: applicationName)
        try await open.script("SET statement_timeout = '60s'; SET lock_timeout = '10s'")
      }
      connection = open
      try await body(open)
    } catch let error as PostgresError {
      throw WarehouseError.refused(error, at: "acsync.requests")
    }
  }

  private static func insertion(
    of batch: [RequestEntry], _ run: Int64, _ account: String
  ) -> Statement {
    """
    INSERT INTO acsync.requests (
      run, account, number, started_at, stream, method, path, attempt, status, duration_ms, bytes)
    SELECT \(run), \(account), number, started_at, nullif(stream, ''), method, path, attempt,
      nullif(status, 0), duration_ms, bytes
    FROM unnest(
      \(batch.map(\.number)), \(batch.map { UnixMicroseconds($0.startedAt.microseconds) }),
      \(batch.map { $0.stream?.name ?? "" }), \(batch.map(\.method)), \(batch.map(\.path)),
      \(batch.map { Int32($0.attempt) }), \(batch.map { Int32($0.status ?? 0) }),
      \(batch.map { $0.duration.inSeconds * 1000 }), \(batch.map { Int64($0.bytes) })
    ) AS entry (number, started_at, stream, method, path, attempt, status, duration_ms, bytes)
    ORDER BY number
    ON CONFLICT (run, number) DO NOTHING
    """
  }

  static func pruning(account: String, most: Int) -> [Statement] {
    [
      """
      DELETE FROM acsync.requests
      WHERE started_at < now() - make_interval(days => \(Int32(mostDays)))
      """,
      """
      DELETE FROM acsync.requests WHERE account = \(account) AND id <= (
        SELECT id FROM acsync.requests WHERE account = \(account)
        ORDER BY id DESC OFFSET \(most) LIMIT 1)
      """,
    ]
  }
}
