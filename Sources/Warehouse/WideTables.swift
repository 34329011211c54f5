internal import Catalog
internal import Postgres

/// The tables that a view with a column for each custom field is made of, as the database has them.
struct WideTables: Sendable {
  let source: WideSource
  let schema: String
  /// The columns of the streams' tables, in their order; a stream without table has none.
  private(set) var columns: [StreamDefinition.ID: [ExistingTableColumn]] = [:]

  init(of source: WideSource, in schema: String, _ transaction: Transaction) throws {
    self.source = source
    self.schema = schema
    let rows = try transaction.query(
      """
      SELECT c.relname AS title, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE n.nspname = \(schema) AND c.relname = ANY (\(source.streams.map(\.name)))
        AND c.relkind IN ('r', 'p')
      ORDER BY a.attnum
      """)
    for row in rows {
      columns[.init(try row.value("title")), default: []].append(
        ExistingTableColumn(name: try row.value("name"), type: try row.value("type")))
    }
  }

  /// Whether all three have been made.
  var areThere: Bool { source.streams.allSatisfy { columns[$0] != nil } }

  /// The columns that are needed and not there, `stream.column`.
  var lacking: [String] {
    let needed = [
      (source.owners, ["id", Table.deletedAt]),
      (source.definitions, ["id", source.title, source.type, Table.deletedAt]),
      (source.values, ["id", source.owner, source.field, source.value, Table.deletedAt]),
    ]
    return needed.flatMap { stream, names in
      names.filter { type(of: $0, in: stream) == nil }.map { "\(stream).\($0)" }
    }
  }

  var owners: Identifier { Identifier(schema, source.owners.name) }
  var definitions: Identifier { Identifier(schema, source.definitions.name) }
  var values: Identifier { Identifier(schema, source.values.name) }

  private func type(of column: String, in stream: StreamDefinition.ID) -> String? {
    columns[stream]?.first { $0.name == column }?.type
  }

  // MARK: The row's own columns

  /// The columns of the rows themselves that the view has: a row that is gone is not in it, and what
  /// has no column of its own is not shown.
  var ownColumns: [ExistingTableColumn] {
    columns[source.owners, default: []].filter {
      ![Table.deletedAt, Table.extra].contains($0.name)
    }
  }

  /// What no custom field's column is called: the names of the rows' own, those to come included.
  var ownNames: Set<String> {
    let known = StreamDefinition.named(source.owners.name)?.columns.map(\.name) ?? []
    return Set(columns[source.owners, default: []].map(\.name) + known)
  }

  // MARK: The values

  /// Whether the values tell their currency.
  var hasCurrency: Bool { currencyText != nil }

  /// A value's currency, of the row `v`.
  var currencyText: Statement? {
    if type(of: source.currency, in: source.values) != nil {
      return text(of: source.currency)
    }
    // Only where money is: the contacts' values have none.
    guard source.owners != "contacts", type(of: Table.extra, in: source.values) != nil else {
      return nil
    }
    return "v.\(Identifier(Table.extra)) ->> 'fieldCurrency'"
  }

  /// A value as text, of the row `v`.
  var valueText: Statement { text(of: source.value) }

  private func text(of column: String) -> Statement {
    let name: Statement = "v.\(Identifier(column))"
    return switch type(of: column, in: source.values) {
    case "text": name
    case "jsonb": "\(name) #>> '{}'"
    default: "\(name)::text"
    }
  }

  // MARK: The fields

  /// The fields of the account, those included that are gone from it.
  func fields(in transaction: Transaction) throws -> [CustomField] {
    let tag: Statement =
      type(of: source.tag, in: source.definitions) == nil
      ? "''" : "d.\(Identifier(source.tag))::text"
    let rows = try transaction.query(
      """
      SELECT d.id::bigint AS id, coalesce(d.\(Identifier(source.title))::text, '') AS title,
        lower(coalesce(d.\(Identifier(source.type))::text, '')) AS type, coalesce(\(tag), '') AS tag,
        d.\(Identifier(Table.deletedAt)) IS NULL AS is_live
      FROM \(definitions) AS d WHERE d.id IS NOT NULL ORDER BY 1
      """)
    return try rows.map {
      CustomField(
        id: try $0.value("id"), title: try $0.value("title"), type: try $0.value("type"),
        tag: try $0.value("tag"), isLive: try $0.value("is_live"))
    }
  }
}
