internal import Catalog
internal import Postgres

/// Fills the columns of custom fields for the rows whose values have changed, some at a time.
struct WideFilling {
  /// So many rows are filled in one transaction.
  static let most = 5000

  let tables: WideTables
  let record: WideRecord

  /// Fills the next rows; false where none were left.
  func step(in transaction: Transaction) throws -> Bool {
    let noted = try transaction.query(
      """
      SELECT max(owner) AS last FROM (
        SELECT DISTINCT owner FROM acsync.wide_changes WHERE view = \(record.id)
        ORDER BY owner LIMIT \(Self.most)) AS next
      """)
    guard let last: Int64 = try noted.first?["last"] else { return false }
    // First the notes go, then the values are read: what is noted in between stays for another time.
    let rows = try transaction.query(
      """
      WITH gone AS (
        DELETE FROM acsync.wide_changes WHERE view = \(record.id) AND owner <= \(last)
        RETURNING owner
      ) SELECT DISTINCT owner FROM gone
      """)
    let owners: [Int64] = try rows.map { try $0.value("owner") }
    for part in record.parts {
      try transaction.execute(emptying(part, of: owners))
      try transaction.execute(filling(part, of: owners))
    }
    return true
  }

  /// The fields that columns are filled for.
  private var fields: [Int64] { Set(record.columns.filter(\.isFilled).map(\.field)).sorted() }

  /// The values that count, `v`, of some of the owners.
  private func values(of owners: [Int64]) -> Statement {
    """
    \(tables.valueOwner) = ANY (\(owners)) AND \(tables.valueField) = ANY (\(fields))
    AND v.\(Identifier(Table.deletedAt)) IS NULL
    """
  }

  /// Takes away the rows of owners without values.
  private func emptying(_ part: Int, of owners: [Int64]) -> Statement {
    """
    DELETE FROM \(record.part(part)) AS w WHERE w.id = ANY (\(owners)) AND NOT EXISTS (
      SELECT FROM \(tables.values.name) AS v
      WHERE \(tables.valueOwner) = w.id AND \(values(of: owners)))
    """
  }

  /// Writes the rows of the others, all columns in one statement: the values of a row are gathered
  /// into one object, and each column takes its own out of it.
  func filling(_ part: Int, of owners: [Int64]) -> Statement {
    let columns = record.columns(of: part)
    let names = columns.map { Identifier($0.name) }
    let target = ([Identifier("id")] + names).map { Statement(raw: $0.quoted) }
    let row =
      Statement(raw: "g.owner") + columns.map { ", \(expression(for: $0))" }.joined(separator: "")
    // Of two values of one field, the later one counts.
    return """
      INSERT INTO \(record.part(part)) AS w (\(target.joined(separator: ", ")))
      SELECT \(row)
      FROM (
        SELECT \(tables.valueOwner) AS owner,
          jsonb_object_agg(\(tables.valueField), \(tables.valueText) ORDER BY \(tables.valueKey)) AS "values"\
      \(currencies(columns))
        FROM \(tables.values.name) AS v WHERE \(values(of: owners)) GROUP BY 1
      ) AS g
      ON CONFLICT (id) DO \(update(names))
      """
  }

  private func expression(for column: FieldColumn) -> Statement {
    guard column.isFilled else { return "NULL::\(raw: column.kind.type.name)" }
    let key: Statement = "\(literal: "\(column.field)")"
    return switch (column.kind.function, column.kind) {
    case (let function?, _): "\(raw: function)(g.\"values\" ->> \(key))"
    case (nil, .currency): "nullif(upper(g.currencies ->> \(key)), '')"
    case (nil, _): "nullif(g.\"values\" ->> \(key), '')"
    }
  }

  private func currencies(_ columns: [FieldColumn]) -> Statement {
    let fields = columns.filter { $0.kind == .currency && $0.isFilled }.map(\.field)
    guard columns.contains(where: { $0.kind == .currency }), let text = tables.currencyText else {
      return ""
    }
    return """
      ,
          jsonb_object_agg(\(tables.valueField), \(text) ORDER BY \(tables.valueKey))
            FILTER (WHERE \(tables.valueField) = ANY (\(fields))) AS currencies
      """
  }

  private func update(_ names: [Identifier]) -> Statement {
    guard !names.isEmpty else { return "NOTHING" }
    let sets: [Statement] = names.map { "\($0) = EXCLUDED.\($0)" }
    let held: [Statement] = names.map { "w.\($0)" }
    let new: [Statement] = names.map { "EXCLUDED.\($0)" }
    return """
      UPDATE SET \(sets.joined(separator: ", "))
      WHERE ROW(\(held.joined(separator: ", "))) IS DISTINCT FROM ROW(\(new.joined(separator: ", ")))
      """
  }
}
