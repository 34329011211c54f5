internal import Catalog
internal import Postgres

/// Keeps the views `acsync.source_…` over the tables that there are.
///
/// A view only ever gains columns: what is built on it stays.
struct SourceViews: Sendable {
  /// Of which tables there are views: those that the files in migrations/analytics name.
  let sources: Set<String>

  /// Enters how an account's tables become rows, where it is not yet entered so, and makes the views
  /// that are not what they should be.
  ///
  /// - Parameter streams: every stream, as its table is wanted.
  func connect(_ streams: [StreamDefinition], in schema: String, _ transaction: Transaction) throws
  {
    let views = streams.flatMap { SourceView.all(of: $0) }
      .filter { sources.contains($0.source) }
    try enter(views, in: schema, transaction)
    try Self.make(
      Dictionary(views.map { ($0.source, $0.columns) }) { first, _ in first }, in: transaction)
  }

  /// Writes nothing where nothing differs: a role that may only write rows may run this then.
  private func enter(
    _ views: [SourceView], in schema: String, _ transaction: Transaction
  ) throws {
    let lines = views.flatMap { view in
      view.stored.map { (view.source, view.table, $0.key, $0.value) }
    }
    let given: Statement = """
      WITH given AS (
        SELECT source, table_name, jsonb_object_agg(wanted, stored) AS columns
        FROM unnest(\(lines.map(\.0)), \(lines.map(\.1)), \(lines.map(\.2)), \(lines.map(\.3)))
          AS g (source, table_name, wanted, stored)
        GROUP BY source, table_name
      ), changed AS (
        SELECT given.* FROM given
        LEFT JOIN acsync.sources s ON s.table_schema = \(schema) AND s.source = given.source
        WHERE s.source IS NULL
          OR (s.table_name, s.columns) IS DISTINCT FROM (given.table_name, given.columns)
      )
      """
    let changed: Int64 = try onlyRow(
      of: transaction.query("\(given) SELECT count(*) AS changed FROM changed")
    ).value("changed")
    guard changed > 0 else { return }
    try transaction.execute(
      """
      \(given)
      INSERT INTO acsync.sources (table_schema, source, table_name, columns)
      SELECT \(schema), source, table_name, columns FROM changed
      ON CONFLICT (table_schema, source) DO UPDATE
      SET table_name = excluded.table_name, columns = excluded.columns
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
