/// A transaction's isolation level.
public enum Isolation: String, Sendable {
  /// Each statement sees what was committed before it.
  case readCommitted = "READ COMMITTED"
  /// The transaction sees what was committed before its first statement.
  case repeatableRead = "REPEATABLE READ"
  /// As if transactions ran one after the other; may fail with ``PostgresError/isRetryable``.
  case serializable = "SERIALIZABLE"
}

/// An open transaction, for as long as its body runs; see ``Connection/transaction(isolation:_:)``.
///
/// Its calls block, on the connection's own thread.
public struct Transaction {
  let session: Session

  /// Runs a statement and gives its rows.
  /// - Throws: ``PostgresError``, `CancellationError`.
  public func query(_ statement: Statement) throws -> Rows {
    Rows(result: try session.run(statement))
  }

  /// Runs a statement and gives the number of rows it changed.
  /// - Throws: ``PostgresError``, `CancellationError`.
  @discardableResult
  public func execute(_ statement: Statement) throws -> Int {
    try session.run(statement).affectedRows
  }

  /// Runs several statements of trusted text, separated by semicolons.
  /// - Throws: ``PostgresError``, `CancellationError`.
  public func script(_ sql: String) throws {
    try session.script(sql)
  }

  /// Copies rows into the columns of a table and gives their number.
  ///
  /// The columns' types must be those of the values appended.
  /// - Throws: ``PostgresError``, `CancellationError`.
  @discardableResult
  public func copy(
    into table: Identifier, columns: [Identifier], _ rows: BinaryRows
  ) throws -> Int {
    try session.copy(into: table, columns: columns, rows)
  }

  /// Runs a part that may fail without failing the transaction: what it did is undone when it
  /// throws, and the error is the caller's to take or pass on.
  public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
    try session.savepoint(body)
  }

  /// Waits for an advisory lock that is freed when the transaction ends.
  /// - Throws: ``PostgresError``, `CancellationError`.
  public func lock(_ key: Int64) throws {
    _ = try session.run("SELECT pg_advisory_xact_lock(\(key))")
  }

  /// Takes an advisory lock that is freed when the transaction ends; false when another has it.
  /// - Throws: ``PostgresError``, `CancellationError`.
  public func tryLock(_ key: Int64) throws -> Bool {
    try session.run("SELECT pg_try_advisory_xact_lock(\(key))").text(row: 0, column: 0) == "t"
  }
}
