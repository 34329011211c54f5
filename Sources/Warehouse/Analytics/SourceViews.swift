internal import Catalog
internal import Postgres

/// Keeps the views `acsync.source_…` over the tables that there are.
///
/// A view only ever gains columns: what is built on it stays.
struct SourceViews: Sendable {
  /// Of which tables there are views: those that the files in migrations/analytics name.
  let sources: Set<String>
  /// The account, and the schema of its tables.
  let account: String
  let schema: String
  /// Streams whose tables are known to be wanted as they are told.
  let selected: Set<StreamDefinition.ID>
  /// Those whose tables are complete.
  let whole: Set<StreamDefinition.ID>

  /// Enters how an account's tables become rows, where it is not yet entered so, and makes the views
  /// that are not what they should be.
  ///
  /// - Parameter streams: every stream, as its table is wanted.
  func connect(_ streams: [StreamDefinition], _ transaction: Transaction) throws {
    var wanted: [String: [ExistingTableColumn]] = [:]
    var lines: [Line] = []
    for stream in streams {
      for view in SourceView.all(of: stream) where sources.contains(view.source) {
        wanted[view.source] = view.columns
        lines += view.stored.map { column, stored in
          Line(
            source: view.source, table: view.table, column: column, stored: stored,
            isSelected: selected.contains(stream.id), isWhole: whole.contains(stream.id))
        }
      }
    }
    try enter(lines, transaction)
    try forgetFormerSchemas(transaction)
    try Self.make(wanted, in: transaction)
  }

  /// What a column of a view is called in the account's table.
  private struct Line {
    let source: String
    let table: String
    let column: String
    let stored: String
    let isSelected: Bool
    let isWhole: Bool
  }

  /// Writes nothing where nothing differs: a role that may only write rows may run this then.
  ///
  /// What another file made of a stream stays where this one does not speak of it, and a table is shown
  /// in another's place only when it is complete.
  private func enter(_ lines: [Line], _ transaction: Transaction) throws {
    let changed: Statement = """
      WITH given AS (
        SELECT source, table_name, bool_or(is_selected) AS is_selected, bool_or(is_whole) AS is_whole,
          jsonb_object_agg(wanted, stored) AS columns
        FROM unnest(\(lines.map(\.source)), \(lines.map(\.table)), \(lines.map(\.column)),
            \(lines.map(\.stored)), \(lines.map(\.isSelected)), \(lines.map(\.isWhole)))
          AS g (source, table_name, wanted, stored, is_selected, is_whole)
        GROUP BY source, table_name
      ), changed AS (
        SELECT given.source, given.table_name, given.columns FROM given
        LEFT JOIN acsync.sources s ON s.table_schema = \(schema) AND s.source = given.source
        WHERE to_regclass(format('%I.%I', \(schema), given.table_name)) IS NOT NULL
          AND CASE WHEN s.source IS NULL THEN true
            WHEN s.table_name = given.table_name
              THEN given.is_selected AND s.columns IS DISTINCT FROM given.columns
            ELSE given.is_whole
              OR given.is_selected
                AND to_regclass(format('%I.%I', \(schema), s.table_name)) IS NULL END
      )
      """
    let count: Int64 = try onlyRow(
      of: transaction.query("\(changed) SELECT count(*) AS changed FROM changed")
    ).value("changed")
    guard count > 0 else { return }
    try transaction.execute(
      """
      \(changed)
      INSERT INTO acsync.sources (table_schema, source, table_name, columns)
      SELECT \(schema), source, table_name, columns FROM changed
      ON CONFLICT (table_schema, source) DO UPDATE
      SET table_name = excluded.table_name, columns = excluded.columns
      """)
  }

  /// Shows no rows of tables that the account's streams had in another schema before: they would count
  /// twice.
  private func forgetFormerSchemas(_ transaction: Transaction) throws {
    let former: Statement = """
      FROM acsync.sources s JOIN acsync.accounts a USING (table_schema)
      WHERE a.account = \(account) AND s.table_schema <> \(schema) AND NOT EXISTS (
        SELECT FROM acsync.stream_state t
        WHERE t.account = a.account AND t.table_schema = s.table_schema
          AND t.stream = regexp_replace(s.source, '_(history|snapshots)$', ''))
      """
    guard try !transaction.query("SELECT s.source \(former) LIMIT 1").isEmpty else { return }
    try transaction.execute(
      """
      DELETE FROM acsync.sources
      WHERE (table_schema, source) IN (SELECT s.table_schema, s.source \(former))
      """)
    try transaction.execute(
      """
      DELETE FROM acsync.accounts a
      WHERE a.account = \(account) AND a.table_schema <> \(schema)
        AND NOT EXISTS (SELECT FROM acsync.sources s WHERE s.table_schema = a.table_schema)
      """)
  }

  // MARK: The views

  /// Makes views again that are not what the tables below them ask for.
  ///
  /// - Parameter wanted: the columns that each is to have at least, by its source.
  private static func make(
    _ wanted: [String: [ExistingTableColumn]], in transaction: Transaction
  ) throws {
    let sources = wanted.keys.sorted()
    let held = try held(sources, in: transaction)
    let parts = try parts(of: sources, in: transaction)
    for source in sources {
      let columns = merged(held[source]?.columns ?? [], wanted[source, default: []])
      let query = SourceView.query(columns, of: parts[source, default: []])
      let mark = OwnViews.maker + String(Fingerprint(of: query.sql).bits, radix: 16)
      guard held[source]?.comment.hasSuffix(mark) != true else { continue }
      let name = SourceView.name(of: source)
      try transaction.execute("CREATE OR REPLACE VIEW \(name) AS\n\(query)")
      let comment = "Rows of \(source) of every account, for the views of schema analytics; \(mark)"
      try transaction.execute("COMMENT ON VIEW \(name) IS \(literal: comment)")
    }
  }

  /// Those the view has, in their order, and then the new ones.
  private static func merged(
    _ held: [ExistingTableColumn], _ wanted: [ExistingTableColumn]
  ) -> [ExistingTableColumn] {
    let kept = held.filter { $0.name != SourceView.relation }
    let names = Set(kept.map(\.name))
    return kept + wanted.filter { !names.contains($0.name) }
  }

  private struct Held {
    var columns: [ExistingTableColumn] = []
    var comment = ""
  }

  private static func held(
    _ sources: [String], in transaction: Transaction
  ) throws -> [String: Held] {
    let rows = try transaction.query(
      """
      SELECT source, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
        coalesce(obj_description(a.attrelid, 'pg_class'), '') AS comment
      FROM unnest(\(sources)) AS source
      JOIN pg_attribute a ON a.attrelid = to_regclass(format('acsync.%I', 'source_' || source))
      WHERE a.attnum > 0 ORDER BY a.attnum
      """)
    var held: [String: Held] = [:]
    for row in rows {
      let source: String = try row.value("source")
      held[source, default: Held()].columns.append(
        ExistingTableColumn(name: try row.value("name"), type: try row.value("type")))
      held[source]?.comment = try row.value("comment")
    }
    return held
  }

  /// The tables below each view that are there, with the columns of theirs that it shows.
  private static func parts(
    of sources: [String], in transaction: Transaction
  ) throws -> [String: [SourcePart]] {
    let rows = try transaction.query(
      """
      SELECT s.source, s.table_schema, s.table_name, c.key AS wanted, a.attname AS name,
        format_type(a.atttypid, a.atttypmod) AS type
      FROM acsync.sources s
      CROSS JOIN LATERAL jsonb_each_text(s.columns) AS c
      JOIN pg_attribute a
        ON a.attrelid = to_regclass(format('%I.%I', s.table_schema, s.table_name))
        AND a.attname = c.value AND a.attnum > 0 AND NOT a.attisdropped
      WHERE s.source = ANY (\(sources))
        -- Another's table of the name of a history is none.
        AND (NOT s.columns ?| ARRAY[\(HistoryTable.validTo), \(SnapshotTable.takenAt)]
          OR acsync.is_beside(a.attrelid))
      ORDER BY s.source, s.table_schema
      """)
    var parts: [String: [SourcePart]] = [:]
    for row in rows {
      let source: String = try row.value("source")
      let schema: String = try row.value("table_schema")
      var found = parts[source, default: []]
      if found.last?.schema != schema {
        found.append(SourcePart(schema: schema, table: try row.value("table_name")))
      }
      let column = ExistingTableColumn(name: try row.value("name"), type: try row.value("type"))
      found[found.count - 1].stored[try row.value("wanted")] = column
      parts[source] = found
    }
    return parts
  }

  // MARK: While a table changes

  /// Takes the views off a table's rows, so that the types of its columns may change; returns which.
  ///
  /// Nobody sees them empty: it is in the transaction that puts them back.
  static func takeOff(
    _ table: String, of schema: String, in transaction: Transaction
  ) throws -> [String] {
    let rows = try transaction.query(
      """
      SELECT s.source FROM acsync.sources s
      WHERE s.table_schema = \(schema) AND s.table_name = \(table)
        AND to_regclass(format('acsync.%I', 'source_' || s.source)) IS NOT NULL
      ORDER BY 1
      """)
    let sources: [String] = try rows.map { try $0.value("source") }
    for (source, held) in try held(sources, in: transaction) {
      let query = SourceView.query(merged(held.columns, []), of: [])
      let name = SourceView.name(of: source)
      try transaction.execute("CREATE OR REPLACE VIEW \(name) AS\n\(query)")
      try transaction.execute("COMMENT ON VIEW \(name) IS \(literal: "Rows of \(source)")")
    }
    return sources
  }

  /// Puts them back on.
  static func putBack(_ sources: [String], in transaction: Transaction) throws {
    guard !sources.isEmpty else { return }
    try make(Dictionary(uniqueKeysWithValues: sources.map { ($0, []) }), in: transaction)
  }
}
