internal import Catalog
internal import Postgres

/// One of the views `acsync.source_…`: the rows of one table of every account, under the catalogue's names
/// and types, whatever the user called the table and its columns and left out of it.
///
/// Everything analysts read is made of these, so that no view of theirs falls with a renamed column or
/// lacks a table that was never read.
struct SourceView: Sendable, Hashable {
  /// What the column is called that tells accounts apart, as dbt's packages call it.
  static let relation = "source_relation"

  /// What it is of: a stream, or a table beside one, as `deals_history`.
  let source: String
  /// Its columns after the account's, in order.
  let columns: [ExistingTableColumn]
  /// The account's table, and its name for each of the columns that it has.
  let table: String
  let stored: [String: String]

  /// The views over a stream's table and those beside it.
  static func all(of stream: StreamDefinition) -> [SourceView] {
    let declared = stream.declaredColumns
    return [
      SourceView(
        stream.id.name, of: stream.tableName, declared,
        [Table.syncedAt, Table.deletedAt].map { ExistingTableColumn(timed: $0) }, stream),
      SourceView(
        stream.id.name + "_history", of: stream.historyName, declared,
        [Table.syncedAt, HistoryTable.validFrom, HistoryTable.validTo].map {
          ExistingTableColumn(timed: $0)
        }, stream),
      SourceView(
        stream.id.name + "_snapshots", of: stream.snapshotsName,
        declared.filter { $0.isKey || $0.isCounter },
        [ExistingTableColumn(timed: SnapshotTable.takenAt)], stream),
    ]
  }

  /// - Parameters:
  ///   - own: columns of acsync's own, which are called the same everywhere.
  ///   - stream: what the table's columns are called.
  private init(
    _ source: String, of table: String, _ declared: [Column], _ own: [ExistingTableColumn],
    _ stream: StreamDefinition
  ) {
    let names = Dictionary(stream.columns.map { ($0.field, $0.name) }) { first, _ in first }
    var stored = Dictionary(own.map { ($0.name, $0.name) }) { first, _ in first }
    for column in declared { stored[column.name] = names[column.field] }
    self.source = source
    columns =
      declared.map { ExistingTableColumn(name: $0.name, type: SQLType(of: $0.kind).name) } + own
    self.table = table
    self.stored = stored
  }

  /// Its name.
  static func name(of source: String) -> Identifier { Identifier("acsync", "source_\(source)") }

  /// Its rows: those of each account's table; `columns` as the view has them, or is to have them.
  static func query(_ columns: [ExistingTableColumn], of parts: [SourcePart]) -> Statement {
    guard !parts.isEmpty else {
      let nulls = columns.map { "NULL::\(raw: $0.type) AS \(Identifier($0.name))" as Statement }
      return
        "SELECT NULL::text AS \(Identifier(relation)), \(nulls.joined(separator: ", ")) WHERE false"
    }
    return parts.map { part in
      let values = columns.map { column -> Statement in
        "\(part.value(of: column)) AS \(Identifier(column.name))"
      }
      return """
        SELECT \(literal: part.schema)::text AS \(Identifier(relation)), \
        \(values.joined(separator: ", ")) FROM \(Identifier(part.schema, part.table)) AS t
        """
    }.joined(separator: "\nUNION ALL\n")
  }
}

/// One account's table below such a view.
struct SourcePart: Sendable {
  let schema: String
  let table: String
  /// The table's column for each of the view's.
  var stored: [String: ExistingTableColumn] = [:]

  /// A value of the view's column: null where the table has none, or one that the view's type may not
  /// hold; a view that fails at a row of one account would fail for all.
  func value(of column: ExistingTableColumn) -> Statement {
    let type = Statement(raw: column.type)
    guard let held = stored[column.name] else { return "NULL::\(type)" }
    let value: Statement = "t.\(Identifier(held.name))"
    if held.type == column.type { return value }
    if let range = Self.ranges[column.type], ["integer", "bigint", "numeric"].contains(held.type) {
      return "CASE WHEN \(value) BETWEEN \(raw: range) THEN \(value)::\(type) END"
    }
    let holdsAll =
      column.type == SQLType.text.name
      || SQLType(held.type).fit(into: SQLType(column.type)) == .asItIs
    return holdsAll ? "\(value)::\(type)" : "NULL::\(type)"
  }

  /// What fits whole numbers where a table was made to hold larger ones.
  private static let ranges = [
    "bigint": "-9223372036854775808 AND 9223372036854775807", "smallint": "-32768 AND 32767",
  ]
}

extension ExistingTableColumn {
  /// A column with a time.
  fileprivate init(timed name: String) {
    self.init(name: name, type: SQLType.timestamptz.name)
  }
}
