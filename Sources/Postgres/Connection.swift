/// One session with a PostgreSQL server.
///
/// An actor on a queue of its own: libpq's calls block, and never hold one of Swift's threads.
/// A cancelled task cancels the statement that runs for it, and no other; the call then throws
/// `CancellationError`, and the connection goes on. Cancelling needs a way to the server itself: a
/// pooler in between may not pass it on.
public actor Connection {
  private nonisolated let executor: QueueExecutor
  private let settings: ConnectionSettings
  private var session: Session?

  /// The server and database, without password: `user@host:5432/database`.
  public nonisolated let place: String

  /// The connection's own queue.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  private init(_ settings: ConnectionSettings) {
    self.settings = settings
    place = settings.string.place
    executor = QueueExecutor(label: "postgres.connection")
  }

  // MARK: Opening and closing

  /// Opens a session: client encoding UTF-8, ISO dates, time zone UTC.
  ///
  /// - Parameters:
  ///   - conninfo: A libpq URI or a list `key=value …`; empty for libpq's `PG*` variables alone.
  ///   - applicationName: The name in `pg_stat_activity`, unless the string sets one.
  ///   - connectTimeout: For each host, unless the string sets one; at least 2 s, libpq's least.
  ///   - onNotice: Gets the server's notices; without it they are dropped.
  /// - Throws: ``PostgresError`` of kind `cannotConnect`.
  public static func open(
    _ conninfo: String, applicationName: String, connectTimeout: Duration = .seconds(10),
    onNotice: (@Sendable (String) -> Void)? = nil
  ) async throws -> Connection {
    let settings = ConnectionSettings(
      string: try ConnectionString(conninfo), applicationName: applicationName,
      connectTimeoutSeconds: max(2, Int(connectTimeout.components.seconds)), onNotice: onNotice)
    let connection = Connection(settings)
    try await connection.reconnect()
    return connection
  }

  /// The server and database a connection string names, without password, for messages.
  /// - Throws: ``PostgresError`` of kind `cannotConnect` when the string cannot be read.
  public static func place(of conninfo: String) throws -> String {
    try ConnectionString(conninfo).place
  }

  /// Ends the session if there is one; further calls fail until ``reconnect()``.
  public func close() {
    session = nil
  }

  /// Opens a new session in place of the old one.
  ///
  /// What belonged to the old one is gone: locks, temporary tables, settings, an open transaction.
  /// - Throws: ``PostgresError`` of kind `cannotConnect`.
  public func reconnect() throws {
    session = nil
    session = try Session(settings)
  }

  /// Whether the session stood when it was last used; a server that vanished since is noticed by
  /// the next statement.
  public var isUsable: Bool { session?.isUsable ?? false }

  /// The server's version: 150004 is 15.4.
  /// - Throws: ``PostgresError`` of kind `connectionLost`.
  public var serverVersion: Int { get throws { try live().serverVersion } }

  /// The server process of this session (`pg_backend_pid()`).
  /// - Throws: ``PostgresError`` of kind `connectionLost`.
  public var processID: Int { get throws { try live().processID } }

  // MARK: Statements

  /// Runs a statement and gives its rows, all of them in memory.
  /// - Throws: ``PostgresError``, `CancellationError`.
  public func query(_ statement: Statement) async throws -> Rows {
    try await cancellable { Rows(result: try $0.run(statement)) }
  }

  /// Runs a statement and gives the number of rows it changed.
  /// - Throws: ``PostgresError``, `CancellationError`.
  @discardableResult
  public func execute(_ statement: Statement) async throws -> Int {
    try await cancellable { try $0.run(statement).affectedRows }
  }

  /// Runs several statements of trusted text, separated by semicolons, in one implicit
  /// transaction unless the text has its own.
  /// - Throws: ``PostgresError``, `CancellationError`.
  public func script(_ sql: String) async throws {
    try await cancellable { try $0.script(sql) }
  }

  /// Copies rows into the columns of a table and gives their number: all, or none on failure.
  /// - Throws: ``PostgresError``, `CancellationError`.
  @discardableResult
  public func copy(
    into table: Identifier, columns: [Identifier], _ rows: BinaryRows
  ) async throws -> Int {
    try await cancellable { try $0.copy(into: table, columns: columns, rows) }
  }

  /// Runs the body in one transaction: committed when it returns, rolled back when it throws.
  ///
  /// The body is synchronous and runs on the connection's thread, so nothing can come in between.
  /// When a statement failed and the body went on regardless, nothing is committed and that
  /// statement's error is thrown. A cancelled task rolls back, unless the COMMIT is already sent.
  /// - Throws: What the body throws, ``PostgresError``, `CancellationError`.
  public func transaction<Value: Sendable>(
    isolation: Isolation = .readCommitted,
    _ body: @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    try await cancellable { try $0.transaction(isolation, body) }
  }

  // MARK: Locks

  /// Takes a session's advisory lock; false when another session has it.
  ///
  /// Locks count: each success needs its ``unlock(_:)``, and all go with the session.
  /// - Throws: ``PostgresError``, `CancellationError`.
  public func tryLock(_ key: Int64) async throws -> Bool {
    try await query("SELECT pg_try_advisory_lock(\(key))").first?[0] ?? false
  }

  /// Waits for a session's advisory lock.
  /// - Throws: ``PostgresError``, `CancellationError`.
  public func lock(_ key: Int64) async throws {
    try await execute("SELECT pg_advisory_lock(\(key))")
  }

  /// Frees a session's advisory lock, also in a cancelled task; false when it was not held.
  /// - Throws: ``PostgresError``.
  @discardableResult
  public func unlock(_ key: Int64) throws -> Bool {
    try live().unlock(key)
  }

  // MARK: Inside

  private func live() throws -> Session {
    guard let session, session.isUsable else {
      throw PostgresError(.connectionLost, "the connection is closed", place: place)
    }
    return session
  }

  /// Runs blocking calls that a cancellation of the task ends.
  private func cancellable<Value: Sendable>(
    _ body: (Session) throws -> Value
  ) async throws -> Value {
    let session = try live()
    let canceller = session.canceller
    let operation = canceller.newOperation()
    return try await withTaskCancellationHandler {
      // Through a method of the actor: a closure that does not use `self` would leave the actor,
      // and run beside its other calls.
      try call(body, session, operation)
    } onCancel: {
      canceller.cancel(operation)
    }
  }

  private func call<Value>(
    _ body: (Session) throws -> Value, _ session: Session, _ operation: UInt64
  ) throws -> Value {
    // Another call may have come in between, and opened the connection anew.
    guard session === self.session else {
      throw PostgresError(.connectionLost, "the connection was opened anew", place: place)
    }
    session.canceller.begin(operation)
    return try body(session)
  }
}
