public import Catalog
internal import Postgres

/// Says which process may read which account now, so that several processes with one list of accounts
/// share the work: one account, one runner at a time.
///
/// It only divides the work; that rows are written by one run at a time is the streams' own locks'.
public actor AccountTurns {
  /// What came of asking for an account.
  public enum Turn: Sendable {
    /// It is this process's until it is passed on.
    case taken
    /// Another process has it now.
    case held
    /// Another process has read it since this one began.
    case done(RunStatus)
  }

  private let uri: String
  private let applicationName: String
  private var connection: Connection?
  private var held: Set<String> = []
  private let turns = Turns()

  /// Readies the turns of a process; it connects when the first is asked for.
  ///
  /// - Parameter uri: A libpq URI; empty for libpq's `PG*` variables.
  public init(uri: String, applicationName: String) {
    self.uri = uri
    self.applicationName = applicationName
  }

  /// The time by the warehouse's clock.
  public func now() async throws -> Instant {
    try await on { connection in
      let rows = try await connection.query("SELECT clock_timestamp() AS now")
      return Instant(try onlyRow(of: rows).value("now"))
    }
  }

  /// Takes an account, unless another process has it, or has read it.
  ///
  /// - Parameters:
  ///   - account: What its progress is kept under.
  ///   - streams: What is to be read of it: a run that read less does not count.
  ///   - since: A run that ended before that does not count either.
  public func take(
    _ account: String, streams: [StreamDefinition.ID], since: Instant
  ) async throws -> Turn {
    try await on { connection in
      let key = Self.key(of: account)
      guard try await connection.tryLock(key) else { return .held }
      do {
        guard let run = try await Self.run(of: account, streams, since, on: connection) else {
          self.held.insert(account)
          return .taken
        }
        try await connection.unlock(key)
        return .done(run)
      } catch {
        if await connection.isUsable { try await connection.unlock(key) }
        throw error
      }
    }
  }

  /// Passes an account on.
  public func pass(_ account: String) async {
    guard held.remove(account) != nil else { return }
    do {
      try await connection?.unlock(Self.key(of: account))
    } catch {
      // It could only fail with the session, and then the lock is gone as well.
    }
  }

  /// Makes the views over the tables of all accounts; see `AccountViews`.
  ///
  /// - Returns: what is worth knowing: views that could not be made anew, and why.
  public func makeViews(_ views: AccountViews) async throws -> [String] {
    try await on { try await views.make(on: $0) }
  }

  /// Passes all on, and ends the session.
  public func close() async {
    held = []
    await connection?.close()
    connection = nil
  }

  // MARK: Inside

  private static func key(of account: String) -> Int64 {
    Fingerprint(of: "acsync account \(account)").key
  }

  /// Works on the session in turn, and once more where it was lost.
  private func on<Value: Sendable>(
    _ work: (Connection) async throws -> Value
  ) async throws -> Value {
    await turns.take()
    do {
      let value: Value
      do {
        value = try await work(try await session())
      } catch let error as PostgresError where error.kind == .connectionLost {
        value = try await work(try await session())
      }
      await turns.pass()
      return value
    } catch {
      await turns.pass()
      guard let error = error as? PostgresError else { throw error }
      throw WarehouseError.refused(error, at: "the accounts' turns")
    }
  }

  /// The session, opened anew where it was lost, with the turns that are still free.
  private func session() async throws -> Connection {
    if let connection, await connection.isUsable { return connection }
    let opened = try await Connection.open(uri, applicationName: applicationName)
    try await opened.script(
      """
      SET search_path = pg_catalog; SET client_min_messages = warning;
      SET lock_timeout = '10s'; SET statement_timeout = '10min'
      """)
    // One that another process took meanwhile is read by both, a stream by one at a time.
    for account in held {
      let isTaken = try await opened.tryLock(Self.key(of: account))
      // Passed on meanwhile, on the session that is gone.
      if isTaken, !held.contains(account) { try await opened.unlock(Self.key(of: account)) }
    }
    // The views it makes are to belong to whom the tables do.
    try await opened.becomeOwner()
    connection = opened
    return opened
  }

  /// The last run that read at least these streams of the account and ended since, other than by an
  /// interruption.
  private static func run(
    of account: String, _ streams: [StreamDefinition.ID], _ since: Instant,
    on connection: Connection
  ) async throws -> RunStatus? {
    let exists = try await connection.query(
      "SELECT to_regclass('acsync.runs') IS NOT NULL AS is_there")
    guard try exists.first?.value("is_there") ?? false else { return nil }
    let rows = try await connection.query(
      """
      SELECT id, version, array_to_string(streams, ' ') AS streams, started_at, finished_at,
        outcome, exit_code, requests, message
      FROM acsync.runs
      WHERE account = \(account) AND finished_at >= \(since.bound) AND outcome <> 'interrupted'
        AND streams @> \(streams.map(\.name))
      ORDER BY id DESC LIMIT 1
      """)
    return try rows.first.map { try RunStatus($0) }
  }
}
