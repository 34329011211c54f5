public import Catalog
internal import Postgres

/// Holding what the account sends against what SELECT returns.
///
/// None of it passes through staging, merging or our own counters: it would not find the mistakes
/// that it shares with them.
extension Loader {
  /// How many rows of the stream's table live, counted; nil where there is no table.
  public func countLiveRows(of stream: StreamDefinition) async throws -> Int64? {
    let table = table(of: stream)
    return try await persistently(at: table.title) {
      guard try await !self.columns(of: table).isEmpty else { return nil }
      let rows = try await self.connection.query(
        "SELECT count(*) AS live FROM \(table.name) WHERE \"_deleted_at\" IS NULL")
      return try onlyRow(of: rows).value("live")
    }
  }

  /// In what the rows of a page differ from those of the table; reads only.
  ///
  /// A field that the API did not send is not compared, nor a column that the table does not have
  /// yet: the next run adds it and reads all.
  public func differences(
    from page: Page, in stream: StreamDefinition
  ) async throws -> [Difference] {
    let table = table(of: stream)
    return try await persistently(at: table.title) {
      let columns = try await self.columns(of: table)
      var reading = PageReading(page, of: table, present: columns)
      // In the server's own spelling, so that 1.50 and 1.5, or two orders of keys, are told apart
      // only where it does.
      reading.take(json: try await self.spelled(reading.json, as: .jsonb))
      reading.take(numbers: try await self.spelled(reading.numbers, as: .numeric))
      let keys = page.rows.map(\.key)
      let held = try await self.connection.query(reading.selection(of: keys))
      let kept = try await self.connection.query(
        """
        SELECT row_key, column_name, raw FROM acsync.rejected_rows
        WHERE account = \(self.account) AND stream = \(stream.id.name)
          AND (row_key = ANY (\(keys)) OR row_key IS NULL)
        """)
      return try reading.differences(from: held) + reading.unkept(among: kept)
    }
  }

  /// Names of the columns that the table has; none where there is no table.
  private func columns(of table: Table) async throws -> Set<String> {
    let rows = try await connection.query(
      """
      SELECT attname::text AS name FROM pg_attribute
      WHERE attrelid = to_regclass(\(table.name.quoted)) AND attnum > 0 AND NOT attisdropped
      """)
    return Set(try rows.map { try $0.value("name") })
  }

  /// Texts as the server spells the values of a type that they stand for.
  private func spelled(_ texts: [String], as type: SQLType) async throws -> [String] {
    if texts.isEmpty { return [] }
    return try await connection.query(
      """
      SELECT text::\(raw: type.name)::text AS spelled
      FROM unnest(\(texts)) WITH ORDINALITY AS given (text, number) ORDER BY number
      """
    ).map { try $0.value("spelled") }
  }
}

/// One page, readied to be held against the table.
private struct PageReading {
  /// What a column should hold.
  private enum Expected {
    case absent
    case text(String)
    case instant(Int64)
    /// JSON, and numbers, by their places among those that the server spells.
    case json(Int)
    case number(Int)
  }

  private let page: Page
  private let table: Table
  private let compared: [Int]
  private var rows: [Int64: [Int: Expected]] = [:]
  private(set) var json: [String] = []
  private(set) var numbers: [String] = []

  init(_ page: Page, of table: Table, present: Set<String>) {
    self.page = page
    self.table = table
    compared = table.stream.columns.indices.filter {
      present.contains(table.stream.columns[$0].name)
    }
    for row in page.rows { rows[row.key] = expectations(of: row) }
  }

  /// Where `_extra` stands among a row's values: behind all columns.
  private var extraIndex: Int { table.stream.columns.count }

  private mutating func expectations(of row: Catalog.Row) -> [Int: Expected] {
    var expected: [Int: Expected] = [:]
    for index in compared { expected[index] = expectation(of: row.values[index], at: index) }
    let isWhole = !row.values.contains(.missing)
    if let extra = row.extra {
      expected[extraIndex] = place(of: extra)
    } else if isWhole {
      expected[extraIndex] = .absent
    }
    return expected
  }

  private mutating func expectation(of value: Value, at index: Int) -> Expected? {
    switch value {
    case .missing: return nil
    case .null: return .absent
    case .integer(let number): return .text("\(number)")
    case .boolean(let flag): return .text(flag ? "true" : "false")
    case .text(let text):
      guard table.stream.columns[index].kind == .numeric else { return .text(text) }
      numbers.append(text)
      return .number(numbers.count - 1)
    case .instant(let instant): return .instant(instant.microseconds)
    case .wallClock(let microseconds): return .instant(microseconds)
    case .day(let day): return .text(day.description)
    case .json(let text): return place(of: text)
    }
  }

  private mutating func place(of text: String) -> Expected {
    json.append(text)
    return .json(json.count - 1)
  }

  mutating func take(json spelled: [String]) { json = spelled }
  mutating func take(numbers spelled: [String]) { numbers = spelled }

  /// The rows of the table with these keys, every value as text.
  func selection(of keys: [Int64]) -> Statement {
    let names = compared.map { index -> Statement in
      let name = table.stream.columns[index].quoted
      return "\(name)::text AS \(Identifier("c\(index)"))"
    }
    return """
      SELECT \(table.key.quoted) AS key, "_deleted_at" IS NOT NULL AS is_deleted,
        coalesce("_extra"::jsonb ?| \(table.stream.omitted.sorted()), false) AS has_omitted,
        "_extra"::text AS \(Identifier("c\(extraIndex)")), \(names.joined(separator: ", "))
      FROM \(table.name) WHERE \(table.key.quoted) = ANY (\(keys))
      """
  }

  func differences(from held: Rows) throws -> [Difference] {
    var stored: [Int64: Postgres.Row] = [:]
    for row in held { stored[try row.value("key")] = row }
    return try page.rows.flatMap { row -> [Difference] in
      guard let found = stored[row.key] else { return [Difference(key: row.key, kind: .missing)] }
      if try found.value("is_deleted") { return [Difference(key: row.key, kind: .deleted)] }
      var differences = try differences(of: row.key, from: found)
      if try found.value("has_omitted") {
        differences.append(
          Difference(key: row.key, column: Table.extra, kind: .omitted, verdict: .differs))
      }
      return differences
    }
  }

  private func differences(of key: Int64, from found: Postgres.Row) throws -> [Difference] {
    try rows[key, default: [:]].sorted { $0.key < $1.key }.compactMap { index, expected in
      let text: String? = try found["c\(index)"]
      if fits(text, expected) { return nil }
      let name = index == extraIndex ? Table.extra : table.stream.columns[index].name
      return Difference(key: key, column: name, kind: .value)
    }
  }

  private func fits(_ text: String?, _ expected: Expected) -> Bool {
    switch expected {
    case .absent: text == nil
    case .text(let wanted):
      text.map { $0.unicodeScalars.elementsEqual(wanted.unicodeScalars) } ?? false
    case .instant(let wanted): text.flatMap { UnixMicroseconds(serverText: $0) }?.count == wanted
    case .json(let place): text == json[place]
    case .number(let place): text == numbers[place]
    }
  }

  /// Values of the page that did not fit and are not among those kept.
  func unkept(among kept: Rows) throws -> [Difference] {
    let known = Set(
      try kept.map { row in
        RejectedValue(
          key: try row["row_key"], column: try row.value("column_name"),
          raw: try row.value("raw"), reason: "")
      })
    return page.rejected.filter { value in
      let raw = value.raw.replacing("\0", with: "")
      return !known.contains(
        RejectedValue(key: value.key, column: value.column, raw: raw, reason: ""))
    }.map { Difference(key: $0.key, column: $0.column, kind: .rejected) }
  }
}
