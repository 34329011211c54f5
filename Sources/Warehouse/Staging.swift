internal import Catalog
internal import Postgres

/// The temporary table through which a batch's rows pass: one a stream and session, emptied by
/// every commit.
struct Staging: Sendable {
  /// The column with the number of a row's shape.
  static let shape = "_shape"

  let table: Table

  init(for table: Table) { self.table = table }

  /// Its quoted name; the schema is the session's own.
  static func name(for table: Table) -> Identifier {
    Identifier("pg_temp", "staging_\(table.stream.id.name)")
  }

  /// The types of its columns that the table has too, by name.
  ///
  /// Numbers of any length are staged as text, since their binary form is a format of its own.
  var types: [String: SQLType] {
    let pairs = table.columns.map { ($0.name, $0.type == .numeric ? SQLType.text : $0.type) }
    return Dictionary(pairs) { first, _ in first }
  }

  /// Makes it, if this session has not yet.
  var creation: Statement {
    let types = types
    let lines = copied.map { name in
      let type = types[name]?.name ?? "integer DEFAULT 0"
      return "\(Identifier(name)) \(raw: type)" as Statement
    }
    return """
      CREATE TEMPORARY TABLE IF NOT EXISTS \(Self.name(for: table)) (
        \(lines.joined(separator: ",\n  "))
      ) ON COMMIT DELETE ROWS
      """
  }

  private var copied: [String] { [Self.shape] + written }

  /// The columns that both it and the table have.
  private var written: [String] {
    table.stream.columns.map(\.name) + [Table.syncedAt, Table.extra]
  }

  /// Rows in COPY's binary format, and the shapes that occur among them.
  ///
  /// - Throws: `WarehouseError.unfitRow` where a value is not of its column's kind.
  func encode(_ rows: [StampedRow]) throws(WarehouseError) -> StagedRows {
    var finder = ShapeFinder(columns: table.stream.columns.map(\.name))
    let numbers = rows.map { finder.number(ofShapeOf: $0.row) }
    let isUniform = finder.shapes.count <= 1
    var encoder = RowEncoder(table: table)
    for (row, number) in zip(rows, numbers) {
      try encoder.append(row, shape: isUniform ? nil : number)
    }
    return StagedRows(
      rows: encoder.rows, columns: (isUniform ? written : copied).map { Identifier($0) },
      shapes: finder.shapes)
  }
}

/// What is copied into staging, and the shapes to merge it by.
struct StagedRows: Sendable {
  let rows: BinaryRows
  /// The columns that `rows` fill, in their order.
  let columns: [Identifier]
  let shapes: [Shape]

  /// Whether all rows are of one shape, and so do not say which.
  var isUniform: Bool { shapes.count <= 1 }
}

/// Turns rows into COPY's binary format.
private struct RowEncoder {
  let table: Table
  private(set) var rows = BinaryRows()
  private let kinds: [Column.Kind]

  init(table: Table) {
    self.table = table
    kinds = table.stream.columns.map(\.kind)
  }

  /// - Parameter shape: the number of the row's shape; nil where all rows have the same.
  mutating func append(_ stamped: StampedRow, shape: Int?) throws(WarehouseError) {
    let row = stamped.row
    guard row.values.count == kinds.count else {
      throw unfit("has \(row.values.count) values, not \(kinds.count)")
    }
    rows.beginRow(columnCount: kinds.count + (shape == nil ? 2 : 3))
    if let shape { rows.append(integer: Int32(clamping: shape)) }
    for index in kinds.indices {
      guard append(row.values[index], of: kinds[index]) else {
        let name = table.stream.columns[index].name
        throw unfit("has a value that is not of the kind of its column \(name)")
      }
    }
    rows.append(timestampMicroseconds: stamped.syncedAt.microseconds)
    rows.append(jsonb: row.extra)
  }

  private func unfit(_ problem: String) -> WarehouseError {
    .unfitRow(table: table.title, problem: problem)
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
