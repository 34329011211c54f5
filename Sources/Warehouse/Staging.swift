internal import Catalog
internal import Postgres

/// The temporary table through which a batch's rows pass: one a stream and session, emptied by
/// every commit.
struct Staging: Sendable {
  let table: Table

  init(for table: Table) { self.table = table }

  /// Its quoted name; the schema is the session's own.
  static func name(for table: Table) -> Identifier {
    Identifier("pg_temp", "staging_\(table.stream.id.name)")
  }

  /// The type its column has; nil for one it does not have.
  ///
  /// Numbers of any length are staged as text, since their binary form is a format of its own.
  static func type(of column: String, in table: Table) -> SQLType? {
    let type = table.columns.first { $0.name == column }?.type
    return type == .numeric ? .text : type
  }

  /// Makes it, if this session has not yet.
  var creation: Statement {
    let lines = copied.map { name in
      let type = Self.type(of: name, in: table)?.name ?? "integer"
      return "\(Identifier(name)) \(raw: type)" as Statement
    }
    return """
      CREATE TEMPORARY TABLE IF NOT EXISTS \(Self.name(for: table)) (
        \(lines.joined(separator: ",\n  "))
      ) ON COMMIT DELETE ROWS
      """
  }

  /// The columns `encode` fills, in its order.
  var columns: [Identifier] { copied.map { Identifier($0) } }

  private var copied: [String] {
    ["_shape"] + table.stream.columns.map(\.name) + [Table.syncedAt, Table.extra]
  }

  /// Rows in COPY's binary format, and the shapes that occur among them.
  ///
  /// - Throws: `WarehouseError.unfitRow` where a value is not of its column's kind.
  func encode(_ rows: [StampedRow]) throws(WarehouseError) -> StagedRows {
    var encoder = RowEncoder(table: table, rowCount: rows.count)
    for row in rows { try encoder.append(row) }
    return StagedRows(rows: encoder.rows, shapes: encoder.shapes)
  }
}

/// What is copied into staging, and the shapes to merge it by.
struct StagedRows: Sendable {
  let rows: BinaryRows
  let shapes: [Shape]
}

/// Turns rows into COPY's binary format, and finds their shapes.
private struct RowEncoder {
  let table: Table
  private(set) var rows: BinaryRows
  private(set) var shapes: [Shape] = []

  /// A guess that saves most of the growing.
  private static let bytesPerValue = 16
  private var numbers: [ShapeKey: Int] = [:]
  private let columns: [Column]

  /// What shapes are told apart by; the list of columns is made once a shape.
  private struct ShapeKey: Hashable {
    let missing: [Int]
    let hasExtra: Bool
  }

  init(table: Table, rowCount: Int) {
    self.table = table
    columns = table.stream.columns
    rows = BinaryRows(reservingBytes: rowCount * columns.count * Self.bytesPerValue)
  }

  mutating func append(_ stamped: StampedRow) throws(WarehouseError) {
    let row = stamped.row
    guard row.values.count == columns.count else {
      throw unfit("has \(row.values.count) values, not \(columns.count)")
    }
    rows.beginRow(columnCount: columns.count + 3)
    rows.append(integer: Int32(clamping: number(ofShapeOf: row)))
    for index in columns.indices {
      guard append(row.values[index], of: columns[index].kind) else {
        throw unfit("has a value that is not of the kind of its column \(columns[index].name)")
      }
    }
    rows.append(timestampMicroseconds: stamped.syncedAt.microseconds)
    rows.append(jsonb: row.extra)
  }

  private func unfit(_ problem: String) -> WarehouseError {
    .unfitRow(table: table.title, problem: problem)
  }

  private mutating func number(ofShapeOf row: Catalog.Row) -> Int {
    var missing: [Int] = []
    for index in row.values.indices {
      if case .missing = row.values[index] { missing.append(index) }
    }
    let key = ShapeKey(missing: missing, hasExtra: missing.isEmpty || row.extra != nil)
    if let number = numbers[key] { return number }
    let number = shapes.count
    numbers[key] = number
    let present = columns.indices.filter { !missing.contains($0) }
    shapes.append(
      Shape(number: number, columns: present.map { columns[$0].name }, hasExtra: key.hasExtra))
    return number
  }

  /// Appends a value; false if it is none of the kind.
  private mutating func append(_ value: Value, of kind: Column.Kind) -> Bool {
    switch (value, kind) {
    case (.missing, _), (.null, _):
      rows.appendNull()
    case (.integer(let number), .bigint):
      rows.append(bigint: number)
    case (.integer(let number), .smallint):
      guard let small = Int16(exactly: number) else { return false }
      rows.append(smallint: small)
    case (.boolean(let flag), .boolean):
      rows.append(bool: flag)
    case (.text(let text), .text), (.text(let text), .numeric):
      rows.append(text: text)
    case (.instant(let instant), .timestamptz):
      rows.append(timestampMicroseconds: instant.microseconds)
    case (.wallClock(let microseconds), .timestamp):
      rows.append(timestampMicroseconds: microseconds)
    case (.day(let day), .date):
      guard let days = Int32(exactly: day.daysSinceEpoch) else { return false }
      rows.append(dateDays: days)
    case (.json(let json), .jsonb), (.json(let json), .embeddedJSON):
      rows.append(jsonb: json)
    default:
      return false
    }
    return true
  }
}
