internal import CLibPQ

/// One libpq connection and its blocking calls; used by one thread at a time.
final class Session {
  let place: String
  let canceller: Canceller
  private let pointer: OpaquePointer
  private let notices: NoticeReceiver
  /// The error that put the open transaction into its failed state.
  private var transactionFailure: PostgresError?

  init(_ settings: ConnectionSettings) throws {
    let string = settings.string
    place = string.place
    guard let pointer = settings.withKeywords({ PQconnectdbParams($0, $1, 1) }) else {
      throw PostgresError(.cannotConnect, "out of memory", place: string.place)
    }
    guard PQstatus(pointer) == CONNECTION_OK else {
      let reason = string.redacted(trimmed(PQerrorMessage(pointer)))
      PQfinish(pointer)
      throw PostgresError(.cannotConnect, reason, place: string.place)
    }
    self.pointer = pointer
    canceller = Canceller(of: pointer)
    notices = NoticeReceiver(settings.onNotice)
    notices.install(on: pointer)
    // Not as start-up options: some poolers refuse those.
    try script(
      """
      SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET intervalstyle = 'postgres';
      SET standard_conforming_strings = on
      """)
  }

  deinit {
    PQfinish(pointer)
  }

  var isUsable: Bool { PQstatus(pointer) == CONNECTION_OK }
  var serverVersion: Int { Int(PQserverVersion(pointer)) }
  var processID: Int { Int(PQbackendPID(pointer)) }
  private var isInTransaction: Bool { PQtransactionStatus(pointer) != PQTRANS_IDLE }

  // MARK: Statements

  /// Runs one statement, cancellable.
  func run(_ statement: Statement) throws -> ServerResult {
    let sql = statement.sql
    let parameters = statement.parameters
    try refuseNUL(sql, parameters)
    return try canceller.during {
      try checked(send(sql, parameters), sql: sql)
    }
  }

  /// Runs several statements, separated by semicolons.
  func script(_ sql: String) throws {
    try refuseNUL(sql, [])
    _ = try canceller.during { try checked(PQexec(pointer, sql), sql: sql) }
  }

  /// Runs one statement whatever has been cancelled: what ends a transaction, or frees a lock.
  private func runShielded(_ sql: String) throws -> ServerResult {
    try checked(PQexec(pointer, sql), sql: sql)
  }

  private func send(_ sql: String, _ parameters: [Statement.Parameter]) -> OpaquePointer? {
    // All texts in one buffer, each ended by NUL, so that nothing is allocated per parameter.
    var bytes: [UInt8] = []
    let starts: [Int?] = parameters.map { parameter in
      guard let text = parameter.text else { return nil }
      defer {
        bytes.append(contentsOf: text.utf8)
        bytes.append(0)
      }
      return bytes.count
    }
    return bytes.withUnsafeBytes { buffer in
      let buffer = buffer.bindMemory(to: CChar.self)
      let values = starts.map { start in start.flatMap { buffer.baseAddress?.advanced(by: $0) } }
      return PQexecParams(
        pointer, sql, Int32(parameters.count), parameters.map(\.type), values, nil, nil, 0)
    }
  }

  private func refuseNUL(_ sql: String, _ parameters: [Statement.Parameter]) throws {
    // libpq's texts end at a NUL, so the rest would be lost in silence.
    guard !sql.holdsNUL, !parameters.contains(where: { $0.text?.holdsNUL ?? false }) else {
      throw PostgresError(
        .client, "a text holds a NUL character", place: place, statement: firstLine(of: sql))
    }
  }

  // MARK: Transactions

  /// Runs the body between BEGIN and COMMIT; whatever it throws rolls back.
  func transaction<Value>(
    _ isolation: Isolation, _ body: (Transaction) throws -> Value
  ) throws -> Value {
    guard !isInTransaction else {
      throw PostgresError(.client, "a transaction is open already", place: place)
    }
    transactionFailure = nil
    do {
      try script("BEGIN ISOLATION LEVEL \(isolation.rawValue)")
      let value = try body(Transaction(session: self))
      try commit()
      return value
    } catch {
      rollBack()
      throw error
    }
  }

  private func commit() throws {
    try Task.checkCancellation()
    // A COMMIT after a failed statement rolls back and reports success.
    if PQtransactionStatus(pointer) == PQTRANS_INERROR {
      throw transactionFailure
        ?? PostgresError(.client, "a statement of the transaction failed", place: place)
    }
    let tag = try runShielded("COMMIT").commandTag
    guard tag == "COMMIT" else {
      throw PostgresError(.client, "the transaction was not committed: \(tag)", place: place)
    }
  }

  private func rollBack() {
    guard isUsable, isInTransaction else { return }
    do {
      _ = try runShielded("ROLLBACK")
    } catch {
      // The error that led here is the one to report; a session that cannot even roll back is
      // lost, which `isUsable` and the next call tell.
    }
  }

  /// Runs the body after a savepoint, and goes back to it when the body throws.
  func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
    try script("SAVEPOINT attempt")
    do {
      let value = try body()
      try script("RELEASE SAVEPOINT attempt")
      return value
    } catch {
      guard isUsable else { throw error }
      _ = try runShielded("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt")
      transactionFailure = nil
      throw error
    }
  }

  /// Frees a session lock, also when the task is cancelled.
  func unlock(_ key: Int64) throws -> Bool {
    try runShielded("SELECT pg_advisory_unlock(\(key))").text(row: 0, column: 0) == "t"
  }

  // MARK: Copy

  /// Copies rows in binary form into the table, and counts them.
  func copy(into table: Identifier, columns: [Identifier], _ rows: BinaryRows) throws -> Int {
    precondition(rows.isComplete, "the last row lacks a column")
    let names: Statement = columns.isEmpty ? "" : " (\(columns))"
    let sql = ("COPY \(table)\(names) FROM STDIN (FORMAT binary)" as Statement).sql
    try refuseNUL(sql, [])
    return try canceller.during {
      let answer = PQexec(pointer, sql)
      guard PQresultStatus(answer) == PGRES_COPY_IN else {
        _ = try checked(answer, sql: sql)
        throw PostgresError(.client, "the server does not copy", place: place, statement: sql)
      }
      PQclear(answer)
      let sent = send(BinaryRows.header) && rows.chunks.allSatisfy(send) && send(BinaryRows.trailer)
      return try endCopy(complete: sent, sql: sql).affectedRows
    }
  }

  private func send(_ bytes: some Collection<UInt8>) -> Bool {
    guard !Task.isCancelled else { return false }
    return bytes.withContiguousStorageIfAvailable { buffer in
      buffer.withMemoryRebound(to: CChar.self) {
        PQputCopyData(pointer, $0.baseAddress, Int32($0.count)) == 1
      }
    } ?? false
  }

  /// Ends the copy and reads its answers to the last, so that the session is free again.
  private func endCopy(complete: Bool, sql: String) throws -> ServerResult {
    PQputCopyEnd(pointer, complete ? nil : "not all rows were sent")
    var outcome: Result<ServerResult, any Error>?
    while let answer = PQgetResult(pointer) {
      let next = Result { try checked(answer, sql: sql) }
      if case .failure = outcome { continue }  // the first failure is the cause
      outcome = next
    }
    guard let outcome else { throw lost(sql) }
    // A copy cut short fails with the server's word for it; the cause is the cancellation.
    if !complete, isUsable { try Task.checkCancellation() }
    return try outcome.get()
  }

  // MARK: Answers

  /// The answer, or the error it stands for; frees it in any case.
  private func checked(_ answer: OpaquePointer?, sql: String) throws -> ServerResult {
    guard let answer else { throw lost(sql) }
    let result = ServerResult(owning: answer)
    switch result.status {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
      return result
    case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
      leaveCopy()
      throw PostgresError(
        .client, "COPY is not a statement to run: use copy", place: place,
        statement: firstLine(of: sql))
    default:
      throw failure(result, sql: sql)
    }
  }

  /// Gets out of a copy that nobody asked for.
  private func leaveCopy() {
    PQputCopyEnd(pointer, "no rows are sent")
    var buffer: UnsafeMutablePointer<CChar>?
    while PQgetCopyData(pointer, &buffer, 0) > 0 { PQfreemem(buffer) }
    while let rest = PQgetResult(pointer) { PQclear(rest) }
  }

  private func failure(_ result: ServerResult, sql: String) -> any Error {
    let error = PostgresError(result, isLost: !isUsable, place: place, sql: sql)
    if error.kind == .cancelled, Task.isCancelled { return CancellationError() }
    if isInTransaction, transactionFailure == nil { transactionFailure = error }
    return error
  }

  private func lost(_ sql: String) -> PostgresError {
    PostgresError(
      isUsable ? .client : .connectionLost, trimmed(PQerrorMessage(pointer)), place: place,
      statement: firstLine(of: sql))
  }
}

extension String {
  fileprivate var holdsNUL: Bool {
    // All bytes at once, where they lie in one piece: arrays of keys are long texts.
    utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? utf8.contains(0)
  }
}
