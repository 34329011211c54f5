import Postgres
import TestSupport
import Testing

@Suite(.freshDatabase) struct `Copying rows` {
  static let columns = ["id", "small", "flag", "ratio", "name", "extra", "at", "day"]

  private func connected() async throws -> Connection {
    let connection = try await Database.connect()
    try await connection.script(
      """
      CREATE TABLE t (id bigint PRIMARY KEY, small smallint, flag boolean, ratio double precision,
        name text, extra jsonb, at timestamptz, day date)
      """)
    return connection
  }

  private var names: [Identifier] { Self.columns.map { Identifier($0) } }

  /// A text of all that text formats stumble over.
  private static func hostile(_ number: Int) -> String {
    "row \(number)\t\\N\n\\.\r\"',{}\u{1F389}\u{7F}é" + String(repeating: "x", count: number % 97)
  }

  private func rows(_ numbers: some Sequence<Int>) -> BinaryRows {
    var rows = BinaryRows()
    for number in numbers { append(number, to: &rows) }
    return rows
  }

  private func append(_ number: Int, to rows: inout BinaryRows) {
    rows.beginRow(columnCount: Self.columns.count)
    rows.append(bigint: Int64(number))
    rows.append(smallint: number.isMultiple(of: 3) ? nil : Int16(truncatingIfNeeded: number))
    rows.append(bool: number.isMultiple(of: 2))
    rows.append(double: Double(number) / 7)
    rows.append(text: Self.hostile(number))
    rows.append(jsonb: #"{"n": \#(number)}"#)
    rows.append(timestampMicroseconds: Int64(number) * 86_400_000_001)
    rows.append(dateDays: Int32(number))
  }

  private static func row(of columns: Int, _ fill: (inout BinaryRows) -> Void) -> BinaryRows {
    var rows = BinaryRows()
    rows.beginRow(columnCount: columns)
    fill(&rows)
    return rows
  }

  @Test func `ten thousand hostile rows arrive as they are`() async throws {
    let connection = try await connected()
    let rows = rows(0..<10_000)
    let names = names
    #expect(rows.count == 10_000)
    let copied = try await connection.transaction { transaction in
      try transaction.copy(into: Identifier("public", "t"), columns: names, rows)
    }
    #expect(copied == 10_000)
    let back = try await connection.query(
      """
      SELECT id, small, flag, ratio, name, (extra->>'n')::bigint AS n, at,
        day - date '1970-01-01' AS days FROM t ORDER BY id
      """)
    #expect(back.count == 10_000)
    for (number, row) in back.enumerated() {
      #expect(try row["id"] == number)
      #expect(try row["small"] == (number.isMultiple(of: 3) ? nil : number))
      #expect(try row["flag"] == number.isMultiple(of: 2))
      #expect(try row["ratio"] == Double(number) / 7)
      #expect(try row["name"] == Self.hostile(number))
      #expect(try row["n"] == number)
      #expect(try row["at"] == UnixMicroseconds(Int64(number) * 86_400_000_001))
      #expect(try row["days"] == number)
    }
  }

  @Test func `nulls arrive as nulls, and no rows as none`() async throws {
    let connection = try await connected()
    let rows = Self.row(of: 3) {
      $0.append(bigint: 1)
      $0.append(text: nil)
      $0.appendNull()
    }
    let some = ["id", "name", "at"].map { Identifier($0) }
    #expect(try await connection.copy(into: Identifier("t"), columns: some, rows) == 1)
    #expect(try await connection.copy(into: Identifier("t"), columns: some, BinaryRows()) == 0)
    let row = try #require(
      try await connection.query("SELECT name IS NULL AND at IS NULL AS both FROM t").first)
    #expect(try row["both"] == true)
  }

  @Test func `a key twice says so, and the connection goes on`() async throws {
    let connection = try await connected()
    let rows = rows([1, 2, 1])
    let names = names
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { try $0.copy(into: Identifier("t"), columns: names, rows) }
    }
    #expect(error?.sqlstate == "23505")
    #expect(error?.constraint == "t_pkey")
    #expect(error?.table == "public.t")
    let row = try #require(try await connection.query("SELECT count(*) FROM t").first)
    #expect(try row["count"] == 0)
  }

  @Test func `a failure amid many chunks says so, and the connection goes on`() async throws {
    let connection = try await connected()
    let rows = rows([1] + Array(1..<20_000))
    let names = names
    let error = await #expect(throws: PostgresError.self) {
      try await connection.copy(into: Identifier("t"), columns: names, rows)
    }
    #expect(error?.isUniqueViolation == true)
    #expect(try await connection.query("SELECT 1 AS one").count == 1)
  }

  @Test func `instants and days beyond the server's range are refused, not wrapped`() async throws {
    let connection = try await connected()
    for (at, day) in [(Int64.min, nil), (Int64.max, nil), (nil, Int32.min)] as [(Int64?, Int32?)] {
      let rows = Self.row(of: 2) {
        $0.append(timestampMicroseconds: at)
        $0.append(dateDays: day)
      }
      let error = await #expect(throws: PostgresError.self) {
        try await connection.copy(
          into: Identifier("t"), columns: [Identifier("at"), Identifier("day")], rows)
      }
      #expect(error?.isDataException == true)
    }
  }

  @Test func `a text with NUL is refused by the server`() async throws {
    let connection = try await connected()
    let rows = Self.row(of: 2) {
      $0.append(bigint: 1)
      $0.append(text: "a\u{0}b")
    }
    let error = await #expect(throws: PostgresError.self) {
      try await connection.copy(
        into: Identifier("t"), columns: [Identifier("id"), Identifier("name")], rows)
    }
    #expect(error?.isDataException == true)
  }

  @Test func `a table that is not there says so`() async throws {
    let connection = try await connected()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.copy(into: Identifier("nowhere"), columns: [], BinaryRows())
    }
    #expect(error?.isUndefinedTable == true)
  }

  @Test(arguments: ["COPY t FROM STDIN", "COPY t TO STDOUT"])
  func `a copy written as a statement is refused, and the connection goes on`(
    sql: String
  ) async throws {
    let connection = try await connected()
    try await connection.execute("INSERT INTO t (id) SELECT generate_series(1, 1000)")
    await #expect(throws: PostgresError.self) { try await connection.script(sql) }
    await #expect(throws: PostgresError.self) { try await connection.execute(Statement(raw: sql)) }
    #expect(try await connection.query("SELECT 1 AS one").count == 1)
  }
}
