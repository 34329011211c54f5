internal import Catalog
internal import Postgres

/// What is remembered of a view with a column for each custom field.
struct WideRecord: Sendable {
  let id: Int64
  let source: WideSource
  /// Its name in schema `analytics`.
  let viewName: String
  /// Roles that may read it because they may read the tables below it.
  var granted: [String]
  /// Its columns for fields, in the order of their appearance.
  var columns: [FieldColumn]

  /// The record of the view over a schema's tables; nil where there is none.
  init?(of source: WideSource, in schema: String, _ transaction: Transaction) throws {
    let found = try transaction.query(
      """
      SELECT id, view_name FROM acsync.wide_views
      WHERE table_schema = \(schema) AND stream = \(source.owners.name)
      """)
    guard let row = found.first else { return nil }
    id = try row.value("id")
    viewName = try row.value("view_name")
    self.source = source
    let roles = try transaction.query(
      "SELECT unnest(granted) AS role FROM acsync.wide_views WHERE id = \(id) ORDER BY 1")
    granted = try roles.map { try $0.value("role") }
    let rows = try transaction.query(
      """
      SELECT place, field, kind, column_name, is_filled FROM acsync.wide_columns
      WHERE view = \(id) ORDER BY place
      """)
    columns = try rows.compactMap { row in
      // A kind of a later version's is left to that.
      guard let kind = FieldKind(rawValue: try row.value("kind")) else { return nil }
      return FieldColumn(
        place: try row.value("place"), field: try row.value("field"), kind: kind,
        name: try row.value("column_name"), isFilled: try row.value("is_filled"))
    }
  }

  /// Makes the record where there is none.
  ///
  /// - Returns: nil where another schema's view has the name.
  static func made(
    of source: WideSource, in schema: String, _ transaction: Transaction
  ) throws -> WideRecord? {
    if let record = try WideRecord(of: source, in: schema, transaction) { return record }
    try transaction.execute(
      """
      INSERT INTO acsync.wide_views (table_schema, stream, view_name)
      VALUES (\(schema), \(source.owners.name), \(source.viewName(for: schema)))
      ON CONFLICT (view_name) DO NOTHING
      """)
    return try WideRecord(of: source, in: schema, transaction)
  }

  /// The view itself.
  var view: Identifier { Identifier("analytics", viewName) }

  // MARK: Its tables

  /// The numbers of the tables with the fields' columns; one is there always.
  var parts: Range<Int> { 0..<(columns.map(\.part).max() ?? 0) + 1 }

  /// The name of one of them in schema `acsync`.
  func partName(_ part: Int) -> String { "\(source.owners.name)_wide_\(id)_\(part + 1)" }

  /// The same, quoted.
  func part(_ part: Int) -> Identifier { Identifier("acsync", partName(part)) }

  func columns(of part: Int) -> [FieldColumn] { columns.filter { $0.part == part } }
}
