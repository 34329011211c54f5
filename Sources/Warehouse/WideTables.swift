internal import Catalog
internal import Postgres

/// The tables that a view with a column for each custom field is made of, as the database has them.
struct WideTables: Sendable {
  let source: WideSource
  let schema: String
  let owners: Table
  let definitions: Table
  let values: Table
  /// The columns of these tables by their titles, in their order; a table that is not there has none.
  private let columns: [String: [ExistingTableColumn]]

  /// Looks at the tables; nil where a stream of them is unknown.
  init?(
    of source: WideSource, in schema: String, _ streams: [StreamDefinition],
    _ transaction: Transaction
  ) throws {
    let tables = source.streams.compactMap { id in
      streams.first { $0.id == id }.map { Table(of: $0, in: schema) }
    }
    guard tables.count == source.streams.count else { return nil }
    self.source = source
    self.schema = schema
    (owners, definitions, values) = (tables[0], tables[1], tables[2])
    var columns: [String: [ExistingTableColumn]] = [:]
    for table in tables {
      columns[table.title] = try Self.columns(of: table.name, in: transaction)
    }
    self.columns = columns
  }

  /// The columns of a table or view, in their order; none where it is not there.
  static func columns(
    of name: Identifier, in transaction: Transaction
  ) throws -> [ExistingTableColumn] {
    let rows = try transaction.query(
      """
      SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
      WHERE attrelid = to_regclass(\(name.quoted)) AND attnum > 0 AND NOT attisdropped
      ORDER BY attnum
      """)
    return try rows.map {
      ExistingTableColumn(name: try $0.value("name"), type: try $0.value("type"))
    }
  }

  /// Whether all three have been made.
  var areThere: Bool {
    [owners, definitions, values].allSatisfy { columns[$0.title]?.isEmpty == false }
  }

  /// The columns that are needed and not there, `table.column`.
  var lacking: [String] {
    let needed = [
      (owners, []), (definitions, [source.title, source.type]),
      (values, [source.owner, source.field, source.value]),
    ]
    return needed.flatMap { table, fields in
      ([table.key.name, Table.deletedAt] + fields.map { name(of: $0, in: table) })
        .filter { type(of: $0, in: table) == nil }
        .map { "\(table.stream.id).\($0)" }
    }
  }

  private func type(of column: String, in table: Table) -> String? {
    columns[table.title]?.first { $0.name == column }?.type
  }

  /// The column that a field of the API's lies in.
  private func name(of field: String, in table: Table) -> String {
    table.stream.columns.first { $0.field == field }?.name ?? Column.snakeCased(field)
  }

  private func column(_ field: String, of table: Table, as row: String) -> Statement {
    "\(raw: row).\(Identifier(name(of: field, in: table)))"
  }

  // MARK: The row's own columns

  /// The columns of the rows themselves that the view has: a row that is gone is not in it, and what
  /// has no column of its own is not shown.
  var ownColumns: [ExistingTableColumn] {
    columns[owners.title, default: []].filter {
      ![Table.deletedAt, Table.extra].contains($0.name)
    }
  }

  /// What no custom field's column is called: the names of the rows' own, those to come included.
  var ownNames: Set<String> {
    Set(columns[owners.title, default: []].map(\.name) + owners.columns.map(\.name))
  }

  // MARK: The values, each a row `v`

  /// The value's own id.
  var valueKey: Statement { "v.\(Identifier(values.key.name))" }
  /// The id of the row that bears it.
  var valueOwner: Statement { column(source.owner, of: values, as: "v") }
  /// The id of its field.
  var valueField: Statement { column(source.field, of: values, as: "v") }
  /// It, as text.
  var valueText: Statement { text(of: name(of: source.value, in: values)) }

  /// The name of the column with the owner's id.
  var ownerColumn: String { name(of: source.owner, in: values) }

  /// Whether values tell their currency.
  var hasCurrency: Bool { currencyText != nil }

  /// A value's currency.
  var currencyText: Statement? {
    guard let field = source.currency else { return nil }
    let name = name(of: field, in: values)
    if type(of: name, in: values) != nil { return text(of: name) }
    guard type(of: Table.extra, in: values) != nil else { return nil }
    return "v.\(Identifier(Table.extra)) ->> \(literal: field)"
  }

  private func text(of column: String) -> Statement {
    let name: Statement = "v.\(Identifier(column))"
    return switch type(of: column, in: values) {
    case "text": name
    case "jsonb": "\(name) #>> '{}'"
    default: "\(name)::text"
    }
  }

  // MARK: The fields

  /// The fields of the account, those included that are gone from it.
  func fields(in transaction: Transaction) throws -> [CustomField] {
    let hasTags = type(of: name(of: source.tag, in: definitions), in: definitions) != nil
    let tag = hasTags ? column(source.tag, of: definitions, as: "d") : "NULL"
    let key: Statement = "d.\(Identifier(definitions.key.name))"
    let rows = try transaction.query(
      """
      SELECT \(key)::bigint AS id,
        coalesce(\(column(source.title, of: definitions, as: "d"))::text, '') AS title,
        lower(coalesce(\(column(source.type, of: definitions, as: "d"))::text, '')) AS type,
        coalesce(\(tag)::text, '') AS tag, d.\(Identifier(Table.deletedAt)) IS NULL AS is_live
      FROM \(definitions.name) AS d ORDER BY 1
      """)
    return try rows.map {
      CustomField(
        id: try $0.value("id"), title: try $0.value("title"), type: try $0.value("type"),
        tag: try $0.value("tag"), isLive: try $0.value("is_live"))
    }
  }
}
