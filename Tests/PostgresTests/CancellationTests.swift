import Postgres
import TestSupport
import Testing

@Suite(.freshDatabase) struct `Cancelling a statement` {
  /// Waits until the connection's server process runs a statement that holds the text.
  private func waitUntilRunning(_ processID: Int, _ text: String, _ observer: Connection)
    async throws
  {
    let wanted: Statement =
      """
      SELECT 1 FROM pg_stat_activity WHERE pid = \(processID) AND state = 'active'
        AND position(\(text) IN query) > 0
      """
    while try await observer.query(wanted).isEmpty { await Task.yield() }
  }

  @Test(.timeLimit(.minutes(10)))
  func `ends the one that runs, and the connection goes on`() async throws {
    let connection = try await Database.connect()
    let observer = try await Database.connect()
    let processID = try await connection.processID
    let task = Task { try await connection.execute("SELECT pg_sleep(600)") }
    try await waitUntilRunning(processID, "pg_sleep", observer)
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(await connection.isUsable)
    #expect(try await connection.query("SELECT 1 AS one").count == 1)
  }

  @Test(.timeLimit(.minutes(10)))
  func `rolls a transaction back`() async throws {
    let connection = try await Database.connect()
    let observer = try await Database.connect()
    try await connection.script("CREATE TABLE t (id bigint)")
    let processID = try await connection.processID
    let task = Task {
      try await connection.transaction { transaction in
        try transaction.execute("INSERT INTO t VALUES (1)")
        try transaction.execute("SELECT pg_sleep(600)")
      }
    }
    try await waitUntilRunning(processID, "pg_sleep", observer)
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await connection.query("SELECT * FROM t").isEmpty)
  }

  @Test(.timeLimit(.minutes(10)))
  func `a body that catches it commits nothing all the same`() async throws {
    let connection = try await Database.connect()
    let observer = try await Database.connect()
    try await connection.script("CREATE TABLE t (id bigint)")
    let processID = try await connection.processID
    let task = Task {
      try await connection.transaction { transaction in
        try transaction.execute("INSERT INTO t VALUES (1)")
        _ = try? transaction.savepoint { try transaction.execute("SELECT pg_sleep(600)") }
      }
    }
    try await waitUntilRunning(processID, "pg_sleep", observer)
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await connection.query("SELECT * FROM t").isEmpty)
  }

  @Test(.timeLimit(.minutes(10)))
  func `a cancelled task starts nothing`() async throws {
    let connection = try await Database.connect()
    try await connection.script("CREATE TABLE t (id bigint)")
    let gate = AsyncStream.makeStream(of: Never.self)
    let task = Task {
      for await _ in gate.stream {}  // ends when the task is cancelled
      try await connection.execute("INSERT INTO t VALUES (1)")
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await connection.query("SELECT * FROM t").isEmpty)
  }

  @Test(.timeLimit(.minutes(10)))
  func `never ends the statement of another task on the same connection`() async throws {
    let connection = try await Database.connect()
    for round in 0..<60 {
      let cancelled = Task { try await connection.execute("SELECT pg_sleep(0.002)") }
      let kept = Task { try await connection.query("SELECT pg_sleep(0.004), \(round) AS round") }
      for _ in 0..<(round * 20) { await Task.yield() }
      cancelled.cancel()
      _ = await cancelled.result
      let row = try #require(try await kept.value.first)
      #expect(try row["round"] == round)
    }
  }

  @Test(.timeLimit(.minutes(10)))
  func `ends a copy that waits for a lock`() async throws {
    let connection = try await Database.connect()
    let observer = try await Database.connect()
    let holder = try await Database.connect()
    try await connection.script("CREATE TABLE t (id bigint)")
    try await holder.script("BEGIN; LOCK TABLE t")
    let processID = try await connection.processID
    var rows = BinaryRows()
    rows.beginRow(columnCount: 1)
    rows.append(bigint: 1)
    let task = Task { [rows] in try await connection.copy(into: Identifier("t"), columns: [], rows)
    }
    try await waitUntilRunning(processID, "COPY", observer)
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    try await holder.script("ROLLBACK")
    #expect(try await connection.query("SELECT * FROM t").isEmpty)
  }

  @Test func `a lock can be freed in a cancelled task`() async throws {
    let connection = try await Database.connect()
    try await connection.lock(5)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await connection.unlock(5)
    }
    #expect(try await task.value)
  }

  @Test func `a timeout of the server's is no cancellation of ours`() async throws {
    let connection = try await Database.connect()
    try await connection.script("SET statement_timeout = '20ms'")
    let error = await #expect(throws: PostgresError.self) {
      try await connection.execute("SELECT pg_sleep(600)")
    }
    #expect(error?.kind == .cancelled)
  }
}
