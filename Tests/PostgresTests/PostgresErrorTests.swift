import Postgres
import TestSupport
import Testing

@Suite(.freshDatabase) struct `Telling what went wrong` {
  private func failure(_ sql: String, after script: String = "") async throws -> PostgresError {
    let connection = try await Database.connect()
    try await connection.script(script)
    return try #require(
      await #expect(throws: PostgresError.self) {
        try await connection.execute(Statement(raw: sql))
      })
  }

  @Test func `a unique key names its constraint, and shows no value`() async throws {
    let error = try await failure(
      "INSERT INTO people VALUES\n('secret@example.com')",
      after: "CREATE TABLE people (mail text CONSTRAINT one_mail UNIQUE);"
        + "INSERT INTO people VALUES ('secret@example.com')")
    #expect(error.kind == .server)
    #expect(error.isUniqueViolation && error.isDataException && !error.isRetryable)
    #expect(error.constraint == "one_mail")
    #expect(error.table == "public.people")
    #expect(error.statement == "INSERT INTO people VALUES")
    #expect(error.detail?.contains("secret") == true)
    #expect(!"\(error)".contains("secret") && !String(reflecting: error).contains("secret"))
    var dumped = ""
    dump(error, to: &dumped)
    #expect(!dumped.contains("secret"))
  }

  @Test func `a value that does not fit is masked`() async throws {
    let connection = try await Database.connect()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.execute("SELECT \("secret")::bigint")
    }
    #expect(error?.sqlstate == "22P02")
    #expect(error.map { "\($0)".contains("secret") } == false)
    #expect(error.map { "\($0)".contains("bigint") } == true)
  }

  @Test(arguments: [
    ("SELECT FROM nowhere", "42P01"), ("SELEC 1", "42601"), ("SELECT 1/0", "22012"),
  ])
  func `the SQLSTATE is told`(sql: String, sqlstate: String) async throws {
    let error = try await failure(sql)
    #expect(error.sqlstate == sqlstate)
    #expect("\(error)".contains(sqlstate))
  }

  @Test func `a missing right, a read-only transaction, a lock not had are told apart`()
    async throws
  {
    let readOnly = try await failure(
      "CREATE TABLE t (id bigint)", after: "SET default_transaction_read_only = on")
    #expect(readOnly.isReadOnly)
    let role = "reader_\(UInt32.random(in: 0...UInt32.max))"
    let denied = try await failure(
      "SELECT * FROM t",
      after: "CREATE TABLE t (id bigint); CREATE ROLE \(role); SET ROLE \(role)")
    #expect(denied.isPermission && !denied.isWrongStatement)
    let holder = try await Database.connect()
    try await holder.script("BEGIN; LOCK TABLE t")
    #expect(try await failure("LOCK TABLE t NOWAIT", after: "BEGIN").isLockNotAvailable)
    await holder.close()
    try await cleanUp(role)
  }

  private func cleanUp(_ role: String) async throws {
    try await Database.connect().script("DROP ROLE \(role)")
  }

  @Test func `a serialization failure may be tried again`() async throws {
    let one = try await Database.connect()
    let other = try await Database.connect()
    try await one.script("CREATE TABLE t (id bigint); INSERT INTO t VALUES (1)")
    try await one.script("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM t")
    try await other.script("UPDATE t SET id = 2")
    let error = await #expect(throws: PostgresError.self) {
      try await one.script("UPDATE t SET id = 3")
    }
    #expect(error?.isRetryable == true)
  }
}

@Suite struct `Keeping passwords out of errors` {
  @Test(arguments: [
    "postgresql://user:hunter2@127.0.0.1:1/db",
    "postgresql://user:hunter2@127.0.0.1:1/db?connect_timeout=2",
    "postgresql://user:hunt%zz@127.0.0.1:1/db",
    "postgresql://user:hunter2@127.0.0.1:port/db",
    "postgresql://user:hunter2/x@127.0.0.1/db",
    "postgresql://user:hunter2@x@127.0.0.1/db",
    "postgresql://user:hunter2",
    "postgresql://user@127.0.0.1:1/db?password=hunter2",
    "host=127.0.0.1 port=1 user=user password=hunter2",
    "host=127.0.0.1 port=1 password=my hunter2",
    "host=127.0.0.1 port=1 password=my hunter2=x",
    "host=127.0.0.1 port=1 password='hunter2",
    "host=127.0.0.1 port=1 user=hunter2x password=hunter2 sslpassword=hunter2",
  ])
  func `no failure to connect shows one`(conninfo: String) async throws {
    let error = await #expect(throws: PostgresError.self) {
      try await Connection.open(conninfo, applicationName: "tests", connectTimeout: .seconds(2))
    }
    #expect(error?.kind == .cannotConnect)
    let text = error.map { "\($0) \(String(reflecting: $0))" } ?? ""
    #expect(!text.contains("hunter2 ") && !text.contains("hunter2\"") && !text.contains("hunt%zz"))
    if !conninfo.contains("user=hunter2x") { #expect(!text.contains("hunt")) }
  }

  @Test func `a place names server, user and database alone`() throws {
    #expect(
      try Connection.place(of: "postgresql://me:hunter2@db.example.com:6543/warehouse")
        == "me@db.example.com:6543/warehouse")
    #expect(
      try Connection.place(of: "host=/run/x port=5432 user=me dbname=w password=hunter2")
        == "me@/run/x:5432/w")
  }

  @Test func `a server out of reach is told with its place`() async {
    let error = await #expect(throws: PostgresError.self) {
      try await Connection.open("host=127.0.0.1 port=1 user=me dbname=w", applicationName: "tests")
    }
    #expect(error?.kind == .cannotConnect)
    #expect(error?.place == "me@127.0.0.1:1/w")
    #expect(error?.message.contains("refused") == true)
  }
}
