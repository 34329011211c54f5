internal import Catalog
internal import Postgres

/// What has to be done to the database so that a stream's table fits the catalogue: as little as
/// possible, so that a run that changes nothing takes no lock and writes no catalogue row.
struct TableChanges: Sendable {
  /// Statements in order; none if the table fits.
  private(set) var statements: [Statement] = []
  /// Whether rows already stored lack values that the API may have: the next walk must read all.
  private(set) var needsWholeRead = false
  /// Whether rows must not be written before they are done: they do more than reword comments.
  private(set) var isDue = false
  /// Whether a column gets another type.
  private(set) var widens = false
  /// The type each column has afterwards, by name.
  private(set) var types: [String: SQLType] = [:]

  private let table: Table

  /// Compares the table wanted with the one there is; `existing` is nil where there is none.
  ///
  /// - Throws: `WarehouseError.unfit` where rows could not be written without losing something.
  init(for table: Table, from existing: ExistingTable?) throws(WarehouseError) {
    self.table = table
    if let existing {
      try check(existing)
      for column in table.columns { try fit(column, into: existing) }
    } else {
      create()
    }
    comment(beside: existing)
  }

  private mutating func create() {
    needsWholeRead = true
    isDue = true
    let lines = table.columns.map { column in
      types[column.name] = column.type
      return Self.definition(of: column, isKey: column.name == table.key.name)
    }
    statements.append(
      """
      CREATE TABLE IF NOT EXISTS \(table.name) (
        \(lines.joined(separator: ",\n  "))
      )
      """)
  }

  private static func definition(of column: TableColumn, isKey: Bool) -> Statement {
    let rest = isKey ? " PRIMARY KEY" : column.isRequired ? " NOT NULL" : ""
    return "\(column.quoted) \(raw: column.type.name)\(raw: rest)"
  }

  /// What about the table itself, and its columns that are not ours, would refuse our rows.
  private func check(_ existing: ExistingTable) throws(WarehouseError) {
    guard existing.isTable else {
      throw unfit("is not a table", "rename it, and acsync makes the table")
    }
    guard existing.columns.contains(where: { $0.name == table.key.name }) else {
      throw unfit("has no column \(table.key.name)", "rename it, and acsync makes the table")
    }
    guard existing.uniqueColumns.contains(table.key.name) else {
      throw unfit(
        "has no primary key on \(table.key.name)",
        "ALTER TABLE \(table.title) ADD PRIMARY KEY (\(table.key.name))")
    }
    let ours = Set(table.columns.map(\.name))
    for column in existing.columns
    where !ours.contains(column.name) && column.isRequired && !column.hasDefault {
      throw unfit(
        "has a column \(column.name) that takes no null and has no default",
        "ALTER TABLE \(table.title) ALTER COLUMN \(column.name) DROP NOT NULL")
    }
  }

  private mutating func fit(
    _ column: TableColumn, into existing: ExistingTable
  ) throws(WarehouseError) {
    guard let held = existing.columns.first(where: { $0.name == column.name }) else {
      return add(column)
    }
    if held.isRequired && !column.isRequired {
      throw unfit(
        "has a column \(column.name) that takes no null",
        "ALTER TABLE \(table.title) ALTER COLUMN \(column.name) DROP NOT NULL")
    }
    switch column.type.fit(into: held.type) {
    case .asItIs where held.type == column.type || !isCompared(column):
      types[column.name] = held.type
    case .widened:
      widen(column)
    case .asItIs, .never:
      throw unfit(
        "has a column \(column.name) of type \(held.type.name), not \(column.type.name)",
        "rename that column, and acsync adds its own")
    }
  }

  /// Keys and times decide which version wins; only their own type compares them rightly.
  private func isCompared(_ column: TableColumn) -> Bool {
    [table.key.name, table.version?.name, Table.syncedAt, Table.deletedAt].contains(column.name)
  }

  private mutating func add(_ column: TableColumn) {
    types[column.name] = column.type
    needsWholeRead = true
    isDue = true
    // Rows from before count as older than anything the API sends.
    let rest: Statement = column.isRequired ? " NOT NULL DEFAULT '-infinity'" : ""
    statements.append(
      "ALTER TABLE \(table.name) ADD COLUMN \(column.quoted) \(raw: column.type.name)\(rest)")
  }

  private mutating func widen(_ column: TableColumn) {
    types[column.name] = column.type
    needsWholeRead = true
    isDue = true
    widens = true
    let type = column.type.name
    statements.append(
      """
      ALTER TABLE \(table.name) ALTER COLUMN \(column.quoted) \
      TYPE \(raw: type) USING \(column.quoted)::\(raw: type)
      """)
  }

  private mutating func comment(beside existing: ExistingTable?) {
    if existing?.comment != table.stream.summary {
      statements.append("COMMENT ON TABLE \(table.name) IS \(literal: table.stream.summary)")
    }
    for column in table.columns {
      let held = existing?.columns.first { $0.name == column.name }?.comment
      guard let comment = column.comment, comment != held else { continue }
      // Analysts read the column until it says so.
      if comment.hasSuffix(Column.personalMark), held?.hasSuffix(Column.personalMark) != true {
        isDue = true
      }
      statements.append(
        "COMMENT ON COLUMN \(table.name[column.name]) IS \(literal: comment)")
    }
  }

  private func unfit(_ problem: String, _ remedy: String) -> WarehouseError {
    .unfit(table: table.title, problem: problem, remedy: remedy)
  }
}

/// A stream's table as the database has it.
struct ExistingTable: Sendable, Hashable {
  /// Whether it is a plain or partitioned table, and no view.
  var isTable: Bool
  /// Whether our role may change it.
  var isOurs = true
  var comment: String?
  var columns: [ExistingColumn]
  /// Columns that are unique by themselves.
  var uniqueColumns: Set<String>
}

/// A column as the database has it.
struct ExistingColumn: Sendable, Hashable {
  let name: String
  let type: SQLType
  let isRequired: Bool
  let hasDefault: Bool
  let comment: String?
}

extension ExistingTable {
  /// Reads everything about the table in one query; it returns nothing where there is no table.
  static func query(for table: Table) -> Statement {
    """
    SELECT c.relkind IN ('r', 'p') AS is_table, pg_has_role(c.relowner, 'USAGE') AS is_ours,
      obj_description(c.oid, 'pg_class') AS table_comment,
      a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
      a.attnotnull AS is_required,
      a.atthasdef OR a.attidentity <> '' AS has_default,
      col_description(c.oid, a.attnum) AS comment,
      EXISTS (
        SELECT FROM pg_index i
        WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
          AND i.indpred IS NULL AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum
      ) AS is_unique
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE n.nspname = \(table.schema) AND c.relname = \(table.stream.tableName)
    ORDER BY a.attnum
    """
  }

  /// The table of the rows that `query(for:)` gave; nil where there is none.
  init?(_ rows: Rows) throws {
    guard let first = rows.first else { return nil }
    self.init(
      isTable: try first.value("is_table"), isOurs: try first.value("is_ours"),
      comment: try first["table_comment"], columns: [],
      uniqueColumns: [])
    for row in rows {
      let name: String = try row.value("name")
      columns.append(
        ExistingColumn(
          name: name, type: SQLType(try row.value("type")),
          isRequired: try row.value("is_required"),
          hasDefault: try row.value("has_default"), comment: try row["comment"]))
      if try row.value("is_unique") { uniqueColumns.insert(name) }
    }
  }
}
