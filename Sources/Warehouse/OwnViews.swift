internal import Catalog
internal import Postgres

/// The views over a table that acsync has made, as they have to be made again.
///
/// PostgreSQL changes the type of no column below a view. Ours are taken away for that moment, in the
/// transaction that changes it, so that nobody sees them gone; one that others have built on stays, and
/// then so does the column.
struct OwnViews {
  /// What the comments of our views have in them, and no others'.
  static let maker = "made by acsync, mark "

  private var script: [String] = []
  /// Sources that show nothing of the table meanwhile.
  private let sources: [String]

  /// Takes them away.
  init(takingAwayFrom table: Table, in transaction: Transaction) throws {
    try self.init(takingAwayFrom: table.stream.tableName, of: table.schema, in: transaction)
  }

  /// Takes those away that are over a table beside a stream's own, or over any other.
  init(takingAwayFrom table: String, of schema: String, in transaction: Transaction) throws {
    sources = try SourceViews.takeOff(table, of: schema, in: transaction)
    for view in try Self.titles(over: Identifier(schema, table), in: transaction) {
      let lines = try Self.script(of: view, in: transaction)
      do {
        try transaction.savepoint { try transaction.script("DROP VIEW \(view)") }
        script += lines
      } catch let error as PostgresError where error.sqlstate == "2BP01" {
        continue
      }
    }
  }

  /// Makes them again.
  func restore(in transaction: Transaction) throws {
    for line in script { try transaction.script(line) }
    try SourceViews.putBack(sources, in: transaction)
  }

  private static func titles(over name: Identifier, in transaction: Transaction) throws -> [String]
  {
    let rows = try transaction.query(
      """
      SELECT DISTINCT format('%I.%I', n.nspname, v.relname) AS title
      FROM pg_depend d
      JOIN pg_rewrite r ON r.oid = d.objid
      JOIN pg_class v ON v.oid = r.ev_class AND v.relkind = 'v'
      JOIN pg_namespace n ON n.oid = v.relnamespace
      WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
        AND d.refobjid = to_regclass(\(name.quoted))
        AND strpos(obj_description(v.oid, 'pg_class'), \(maker)) > 0
      ORDER BY 1
      """)
    return try rows.map { try $0.value("title") }
  }

  /// The view itself, who may read it, and what it says of itself.
  private static func script(of view: String, in transaction: Transaction) throws -> [String] {
    let rows = try transaction.query(
      """
      SELECT 0 AS place,
        format('CREATE VIEW %s AS %s', \(view), pg_get_viewdef(\(view)::regclass)) AS line
      UNION ALL
      SELECT 1 + d.objsubid, CASE d.objsubid
        WHEN 0 THEN format('COMMENT ON VIEW %s IS %L', \(view), d.description)
        ELSE format('COMMENT ON COLUMN %s.%I IS %L', \(view), a.attname, d.description) END
      FROM pg_description d
      LEFT JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
      WHERE d.classoid = 'pg_class'::regclass AND d.objoid = \(view)::regclass
      ORDER BY place
      """)
    return try rows.map { try $0.value("line") } + transaction.grants(on: view)
  }
}
