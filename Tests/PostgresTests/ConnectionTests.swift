import Postgres
import Synchronization
import TestSupport
import Testing

@Suite(.freshDatabase) struct `Keeping a connection` {
  @Test func `a session speaks UTF-8, ISO dates and UTC`() async throws {
    let connection = try await Database.connect()
    for (setting, value) in [
      ("client_encoding", "UTF8"), ("datestyle", "ISO, YMD"), ("timezone", "UTC"),
      ("application_name", "tests"),
    ] {
      let row = try #require(
        try await connection.query("SELECT current_setting(\(setting)) AS value").first)
      #expect(try row["value"] == value)
    }
    #expect(try await connection.serverVersion >= 120_000)
  }

  @Test func `notices go to the closure`() async throws {
    let notices = Notices()
    let connection = try await Connection.open(
      try Database.current.uri, applicationName: "tests", onNotice: { notices.append($0) })
    try await connection.script("DO $$ BEGIN RAISE NOTICE 'look here'; END $$")
    #expect(notices.all.count == 1)
    #expect(notices.all.first?.contains("look here") == true)
  }

  @Test func `a server that ends the session is noticed, and a new session works`() async throws {
    let connection = try await Database.connect()
    try await connection.script("CREATE TEMPORARY TABLE mine (id bigint)")
    let killer = try await Database.connect()
    try await killer.execute(
      "SELECT pg_terminate_backend(\(try await connection.processID)::int, 5000)")
    let error = await #expect(throws: PostgresError.self) {
      try await connection.query("SELECT 1")
    }
    #expect(error?.kind == .connectionLost)
    #expect(await connection.isUsable == false)
    let second = await #expect(throws: PostgresError.self) {
      try await connection.query("SELECT 1")
    }
    #expect(second?.kind == .connectionLost)
    try await connection.reconnect()
    #expect(await connection.isUsable)
    let gone = await #expect(throws: PostgresError.self) {
      try await connection.query("SELECT * FROM mine")
    }
    #expect(gone?.isUndefinedTable == true)
  }

  @Test func `a session lost within a transaction leaves nothing of it`() async throws {
    let connection = try await Database.connect()
    try await connection.script("CREATE TABLE t (id bigint)")
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        try transaction.execute("INSERT INTO t VALUES (1)")
        try transaction.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        try transaction.execute("INSERT INTO t VALUES (2)")
      }
    }
    #expect(error?.kind == .connectionLost)
    try await connection.reconnect()
    #expect(try await connection.query("SELECT * FROM t").isEmpty)
  }

  @Test func `a closed connection says so until it is opened again`() async throws {
    let connection = try await Database.connect()
    await connection.close()
    let error = await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }
    #expect(error?.kind == .connectionLost)
    try await connection.reconnect()
    #expect(try await connection.query("SELECT 1 AS one").count == 1)
  }

  @Test func `one session has an advisory lock at a time`() async throws {
    let first = try await Database.connect()
    let second = try await Database.connect()
    #expect(try await first.tryLock(42))
    #expect(try await second.tryLock(42) == false)
    #expect(try await second.unlock(42) == false)
    #expect(try await first.unlock(42))
    #expect(try await second.tryLock(42))
    try await second.reconnect()
    #expect(try await first.tryLock(42), "the lock went with its session")
  }

  @Test func `a transaction's lock ends with it`() async throws {
    let first = try await Database.connect()
    let second = try await Database.connect()
    try await first.transaction { try $0.lock(7) }
    let taken = try await second.transaction { try $0.tryLock(7) }
    #expect(taken)
  }

  @Test(.timeLimit(.minutes(10)))
  func `waiting statements hold none of Swift's threads`() async throws {
    let holder = try await Database.connect()
    #expect(try await holder.tryLock(8))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        let connection = try await Database.connect()
        group.addTask {
          try await connection.lock(8); await connection.close()
        }
      }
      // The eight wait until the lock is freed; this loop must go on meanwhile, and frees it.
      for _ in 0..<1_000 { await Task.yield() }
      try await holder.unlock(8)
      try await group.waitForAll()
    }
  }
}

/// Notices gathered from the connection's thread.
private final class Notices: Sendable {
  private let texts = Mutex<[String]>([])
  var all: [String] { texts.withLock { $0 } }
  func append(_ text: String) { texts.withLock { $0.append(text) } }
}
