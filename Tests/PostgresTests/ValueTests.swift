import Postgres
import TestSupport
import Testing

@Suite(.freshDatabase) struct `Values there and back` {
  private func roundTrip<Value: Bindable & Retrievable & Equatable>(
    _ value: Value?, as type: String
  ) async throws {
    let connection = try await Database.connect()
    let rows = try await connection.query(
      "SELECT \(value) AS value, pg_typeof(\(value))::text AS type")
    let row = try #require(rows.first)
    let back: Value? = try row["value"]
    #expect(back == value)
    #expect(try row["type"] == type)
  }

  @Test(arguments: [Int64.min, -1, 0, Int64.max, nil])
  func `a bigint`(value: Int64?) async throws { try await roundTrip(value, as: "bigint") }

  @Test(arguments: [true, false, nil])
  func `a boolean`(value: Bool?) async throws { try await roundTrip(value, as: "boolean") }

  @Test(arguments: [0.1, -1e-300, 1.797e308, .infinity, -.infinity, nil])
  func `a double`(value: Double?) async throws {
    try await roundTrip(value, as: "double precision")
  }

  @Test(arguments: ["", "null", "é\t\\🎉", nil])
  func `a text`(value: String?) async throws { try await roundTrip(value, as: "text") }

  @Test(
    arguments: [0, 1, -1, 1_709_209_845_123_456, 951_782_400_000_000, -62_135_596_800_000_001, nil]
      as [Int64?])
  func `an instant, to the microsecond`(microseconds: Int64?) async throws {
    try await roundTrip(
      microseconds.map { UnixMicroseconds($0) }, as: "timestamp with time zone")
  }

  @Test func `instants agree with the server's own calendar`() async throws {
    let connection = try await Database.connect()
    let rows = try await connection.query(
      """
      SELECT t, (extract(epoch FROM t) * 1000000)::bigint AS microseconds
      FROM generate_series(timestamptz '0300-01-15 BC', '2700-01-01', '97 days 7:13:01.000001') t
      """)
    #expect(rows.count > 10_000)
    for row in rows {
      let instant: UnixMicroseconds? = try row["t"]
      #expect(instant?.count == (try row["microseconds"]))
    }
  }

  @Test func `arrays, with nulls and hostile texts`() async throws {
    let connection = try await Database.connect()
    let texts: [String?] = [
      "a", nil, "NULL", "", "{x,\"y\"}", "\\", "tab\tline\n",
      "\"\u{301},\\\u{301}",
    ]
    let numbers: [Int64?] = [1, nil, .max, 4, 5, 6, 7, 8]
    let rows = try await connection.query(
      """
      SELECT text, number FROM unnest(\(texts), \(numbers)) WITH ORDINALITY
        AS u (text, number, n) ORDER BY n
      """)
    #expect(try rows.map { try $0["text"] as String? } == texts)
    #expect(try rows.map { try $0["number"] as Int64? } == numbers)
  }

  @Test func `arrays of numbers, to the ends of their range`() async throws {
    let connection = try await Database.connect()
    let numbers: [Int64] = [0, 7, -1, 10, -1090, 1_000_000, .max, .min]
    let rows = try await connection.query(
      "SELECT number FROM unnest(\(numbers)) WITH ORDINALITY AS u (number, n) ORDER BY n")
    #expect(try rows.map { try $0.value("number") as Int64 } == numbers)
    let none: [Int64] = []
    let row = try #require(try await connection.query("SELECT cardinality(\(none)) AS n").first)
    #expect(try row["n"] == 0)
  }

  @Test func `an empty array`() async throws {
    let connection = try await Database.connect()
    let none: [String] = []
    let row = try #require(try await connection.query("SELECT cardinality(\(none)) AS n").first)
    #expect(try row["n"] == 0)
  }

  @Test func `JSON is bound as jsonb`() async throws {
    let connection = try await Database.connect()
    let json = JSONText(#"{"a": [1, "x"]}"#)
    let row = try #require(try await connection.query("SELECT \(json)->'a'->>1 AS x").first)
    #expect(try row["x"] == "x")
  }

  @Test func `a value of another type is an error, not a null`() async throws {
    let connection = try await Database.connect()
    let row = try #require(try await connection.query("SELECT 'abc' AS a, NULL AS b").first)
    #expect(throws: PostgresError.self) { try row["a"] as Int64? }
    #expect(throws: PostgresError.self) { try row["c"] as Int64? }
    #expect(throws: PostgresError.self) { try row[2] as Int64? }
    #expect(throws: PostgresError.self) { try row.value("b", as: String.self) }
    #expect(try row[1] as String? == nil)
  }

  @Test func `rows affected are counted`() async throws {
    let connection = try await Database.connect()
    #expect(try await connection.execute("CREATE TABLE t (id bigint)") == 0)
    #expect(
      try await connection.execute("INSERT INTO t SELECT generate_series(1, \(5))") == 5)
    #expect(try await connection.execute("DELETE FROM t WHERE id > \(3)") == 2)
    #expect(try await connection.query("SELECT * FROM t").columns == ["id"])
  }
}
