import Postgres
import TestSupport
import Testing

@Suite struct `Writing a statement` {
  @Test func `values become numbered placeholders`() {
    let id: Int64 = 7
    let statement: Statement =
      "SELECT a FROM \(Identifier("s", "t")) WHERE id = \(id) OR n = \("x")"
    #expect(statement.sql == #"SELECT a FROM "s"."t" WHERE id = $1 OR n = $2"#)
  }

  @Test func `a spliced statement continues the numbering`() {
    let condition: Statement = "id > \(1) AND id < \(9)"
    let statement: Statement = "SELECT \(true) WHERE \(condition) LIMIT \(5)"
    #expect(statement.sql == "SELECT $1 WHERE id > $2 AND id < $3 LIMIT $4")
  }

  @Test func `statements are joined with their values`() {
    let parts: [Statement] = ["a = \(1)", "b = \(2)"]
    #expect(parts.joined(separator: " AND ").sql == "a = $1 AND b = $2")
  }

  @Test func `names in a list are each quoted`() {
    let statement: Statement = "SELECT \([Identifier("a"), Identifier("b\"c")]) FROM x"
    #expect(statement.sql == #"SELECT "a", "b""c" FROM x"#)
  }

  @Test(arguments: [
    ("it's", "'it''s'"), ("", "''"), (#"a\'b"#, #" E'a\\''b'"#), ("é🎉", "'é🎉'"),
  ])
  func `a literal is escaped`(text: String, literal: String) {
    let statement: Statement = "\(literal: text)"
    #expect(statement.sql == literal)
  }
}

@Suite struct `Naming an object` {
  @Test func `quotes in a name are doubled`() {
    #expect(Identifier("a\"; DROP TABLE x; --").quoted == #""a""; DROP TABLE x; --""#)
  }

  @Test func `a column of a table is a longer name`() {
    #expect(Identifier("s", "t")["c"] == Identifier("s", "t", "c"))
  }

  @Test(arguments: [[], [""], ["a", ""], ["a\u{0}b"], [String(repeating: "é", count: 32)]])
  func `a name from outside that the server would not keep is refused`(parts: [String]) {
    #expect(throws: PostgresError.self) { try Identifier(validating: parts) }
  }

  @Test func `a name of 63 bytes is taken`() throws {
    let name = String(repeating: "n", count: 63)
    #expect(try Identifier(validating: [name]) == Identifier(name))
  }
}

@Suite(.freshDatabase) struct `Binding what is hostile` {
  static let hostile = [
    "'; DROP TABLE victims; --", "$1", "\\'; --", "\"", "NULL", "{a,b}", "tab\tline\nend\\.",
    "🎉 emoji", "\u{FEFF}", "' OR '1'='1",
    // With a combining mark behind it, a quote is another character to Swift, and none to the server.
    "'\u{301}; DROP TABLE victims; --", "\"\u{301}; --", "\\\u{301}'",
  ]

  @Test(arguments: hostile)
  func `a text comes back as it went`(text: String) async throws {
    let connection = try await Database.connect()
    let row = try #require(try await connection.query("SELECT \(text) AS text").first)
    #expect(try row.value("text", as: String.self) == text)
  }

  @Test(arguments: hostile)
  func `a literal comes back as it went, whatever the server's escaping`(text: String) async throws
  {
    let connection = try await Database.connect()
    for setting in ["on", "off"] {
      try await connection.script("SET standard_conforming_strings = \(setting)")
      let row = try #require(try await connection.query("SELECT \(literal: text) AS text").first)
      #expect(try row.value("text", as: String.self) == text)
    }
  }

  @Test(arguments: hostile)
  func `a name is only a name`(name: String) async throws {
    let connection = try await Database.connect()
    let table = Identifier("public", name)
    try await connection.execute("CREATE TABLE \(table) (\(Identifier(name)) bigint)")
    try await connection.execute("INSERT INTO \(table) VALUES (\(3))")
    let row = try #require(try await connection.query("SELECT * FROM \(table)").first)
    #expect(try row[name] == Int64(3))
  }

  @Test func `a text with NUL is refused and nothing is cut off`() async throws {
    let connection = try await Database.connect()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.query("SELECT \("a\u{0}b")")
    }
    #expect(error?.kind == .client)
    await #expect(throws: PostgresError.self) { try await connection.script("SELECT 1;\u{0}") }
  }
}
