import Postgres
import TestSupport
import Testing

private struct Stop: Error {}

@Suite(.freshDatabase) struct `Running a transaction` {
  private func connected() async throws -> Connection {
    let connection = try await Database.connect()
    try await connection.script("CREATE TABLE t (id bigint PRIMARY KEY)")
    return connection
  }

  private func ids(_ connection: Connection) async throws -> [Int64] {
    try await connection.query("SELECT id FROM t ORDER BY id").map { try $0.value("id") }
  }

  @Test func `what it did is there when the body returns`() async throws {
    let connection = try await connected()
    let count = try await connection.transaction { transaction in
      try transaction.execute("INSERT INTO t VALUES (\(1)), (\(2))")
    }
    #expect(count == 2)
    let other = try await Database.connect()
    #expect(try await ids(other) == [1, 2])
  }

  @Test func `nothing is there when the body throws`() async throws {
    let connection = try await connected()
    await #expect(throws: Stop.self) {
      try await connection.transaction { transaction in
        try transaction.execute("INSERT INTO t VALUES (1)")
        throw Stop()
      }
    }
    #expect(try await ids(connection) == [])
  }

  @Test func `a failed statement that the body ignores commits nothing`() async throws {
    let connection = try await connected()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        try transaction.execute("INSERT INTO t VALUES (1)")
        _ = try? transaction.execute("INSERT INTO nowhere VALUES (1)")
      }
    }
    #expect(error?.isUndefinedTable == true)
    #expect(try await ids(connection) == [])
  }

  @Test func `a constraint checked at the commit throws`() async throws {
    let connection = try await connected()
    try await connection.script(
      "CREATE TABLE late (id bigint UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { try $0.execute("INSERT INTO late VALUES (1), (1)") }
    }
    #expect(error?.isUniqueViolation == true)
    #expect(try await connection.query("SELECT 1 AS one").count == 1)
  }

  @Test func `a savepoint undoes its part alone`() async throws {
    let connection = try await connected()
    try await connection.transaction { transaction in
      try transaction.execute("INSERT INTO t VALUES (1)")
      let outcome = Result {
        try transaction.savepoint {
          try transaction.execute("INSERT INTO t VALUES (2)")
          try transaction.execute("INSERT INTO t VALUES (1)")
        }
      }
      let error = #expect(throws: PostgresError.self) { try outcome.get() }
      #expect(error?.isUniqueViolation == true)
      try transaction.savepoint { _ = try transaction.execute("INSERT INTO t VALUES (3)") }
    }
    #expect(try await ids(connection) == [1, 3])
  }

  @Test func `transactions of one connection never mix`() async throws {
    let connection = try await connected()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask {
          try await connection.transaction { transaction in
            try transaction.execute("INSERT INTO t VALUES (\(number))")
            if number.isMultiple(of: 2) {
              try transaction.execute("DELETE FROM t WHERE id = \(number)")
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await ids(connection) == Array(stride(from: 1, to: 20, by: 2)))
  }

  @Test func `repeatable read sees one state`() async throws {
    let connection = try await connected()
    let row = try await connection.transaction(isolation: .repeatableRead) { transaction in
      try transaction.query("SHOW transaction_isolation").first.map { try $0[0] as String? }
    }
    #expect(row == "repeatable read")
  }

  @Test func `a script that leaves a transaction open is refused a second one`() async throws {
    let connection = try await connected()
    try await connection.script("BEGIN")
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { _ in }
    }
    #expect(error?.kind == .client)
  }
}
