internal import Catalog
internal import Postgres

/// The columns of one table beside a stream's own, as they are and as they should be.
struct BesideLayout {
  private struct Held {
    let type: SQLType
    let comment: String?
  }

  private let beside: any TableBeside
  private let patience: Patience
  private let transaction: Transaction
  /// The columns of the stream's table, and those of this one, by name.
  private var origin: [String: Held] = [:]
  private var held: [String: Held] = [:]
  private var comment: String?
  /// What there is of that name, in words, and whether it is ours; nil for nothing.
  private let occupant: (kind: String, isOurs: Bool)?

  init(_ beside: any TableBeside, patience: Patience, _ transaction: Transaction) throws {
    self.beside = beside
    self.patience = patience
    self.transaction = transaction
    occupant = try Self.occupant(of: beside, in: transaction)
    let rows = try transaction.query(
      """
      SELECT c.oid IS NOT DISTINCT FROM to_regclass(\(beside.name.quoted)) AS is_beside,
        obj_description(c.oid, 'pg_class') AS table_comment, a.attname::text AS name,
        format_type(a.atttypid, a.atttypmod) AS type, col_description(c.oid, a.attnum) AS comment
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.oid IN (to_regclass(\(beside.name.quoted)), to_regclass(\(beside.table.name.quoted)))
        AND a.attnum > 0 AND NOT a.attisdropped
      """)
    for row in rows {
      let column = Held(type: SQLType(try row.value("type")), comment: try row["comment"])
      if try row.value("is_beside") == true {
        held[try row.value("name")] = column
        comment = try row["table_comment"]
      } else {
        origin[try row.value("name")] = column
      }
    }
  }

  /// Whatever would keep a table of that name from being made.
  private static func occupant(
    of beside: any TableBeside, in transaction: Transaction
  ) throws -> (kind: String, isOurs: Bool)? {
    let row = try transaction.query(
      """
      SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
          WHEN 'f' THEN 'foreign table' WHEN 'S' THEN 'sequence' WHEN 'c' THEN 'type'
          WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' ELSE 'table' END AS kind,
        acsync.is_beside(oid) AS is_ours
      FROM pg_class WHERE oid = to_regclass(\(beside.name.quoted))
      UNION ALL
      SELECT 'type', false FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE n.nspname = \(beside.table.schema) AND t.typname = \(beside.plainName)
        AND t.typrelid = 0 AND t.typcategory <> 'A'
      """
    ).first
    return try row.map { (try $0.value("kind"), try $0.value("is_ours")) }
  }

  /// Makes it what it should be.
  ///
  /// - Parameter isDescribing: whether its comments are our business: another wording of them is no reason
  ///   to leave rows unwritten.
  /// - Returns: whether it had to be made, and so has no rows.
  /// - Throws: `WarehouseError.unfit`, before anything is changed, where it cannot be.
  func fit(describing isDescribing: Bool) throws -> Bool {
    if occupant == nil {
      try create()
    } else {
      try check()
      try alter()
    }
    if isDescribing { try describe() }
    return occupant == nil
  }

  /// A column's type: that of the stream's table, which may be another than the catalogue's.
  private func type(of column: TableColumn) -> SQLType { origin[column.name]?.type ?? column.type }

  private func create() throws {
    let columns = beside.columns.map { column in
      "\(column.quoted) \(raw: type(of: column).name)\(raw: column.isRequired ? " NOT NULL" : "")"
        as Statement
    }
    try transaction.execute(
      """
      CREATE TABLE \(beside.name) (
        \((columns + beside.constraints).joined(separator: ",\n  "))
      )
      """)
    for index in beside.indexes { try transaction.execute(index) }
  }

  /// Another's table is not taken over, though it had all the columns.
  private func check() throws {
    if let occupant, !occupant.isOurs {
      throw WarehouseError.unfit(
        table: beside.title,
        problem: "cannot be made: the \(occupant.kind) of that name is not one of acsync's",
        remedy: "rename that \(occupant.kind), and acsync makes its own")
    }
    let needed = beside.own.map(\.name) + [beside.table.key.name]
    guard let lacking = needed.first(where: { held[$0] == nil }) else { return }
    throw WarehouseError.unfit(
      table: beside.title, problem: "has no column \(lacking)",
      remedy: "rename that table, and acsync makes its own")
  }

  /// The one place where such a table is changed: what it lacks is added, and what has become wider in
  /// the stream's table becomes so here.
  private func alter() throws {
    let added = beside.shared.filter { held[$0.name] == nil }.map { column in
      // Versions from before count as older than anything the API sends.
      let rest = column.isRequired ? " NOT NULL DEFAULT '-infinity'" : ""
      return "ADD COLUMN \(column.quoted) \(raw: type(of: column).name)\(raw: rest)" as Statement
    }
    let widened = try held.sorted { $0.key < $1.key }.compactMap { name, column in
      try widening(of: name, column.type)
    }
    guard !added.isEmpty || !widened.isEmpty else { return }
    try transaction.script("SET LOCAL lock_timeout = '\(patience.tableLock.milliseconds)ms'")
    let views =
      widened.isEmpty
      ? nil
      : try OwnViews(
        takingAwayFrom: beside.plainName, of: beside.table.schema, in: transaction)
    let changes = (added + widened).joined(separator: ", ")
    try transaction.execute("ALTER TABLE \(beside.name) \(changes)")
    try views?.restore(in: transaction)
  }

  private func widening(of name: String, _ type: SQLType) throws -> Statement? {
    guard let wanted = origin[name]?.type, wanted != type,
      !beside.own.contains(where: { $0.name == name })
    else { return nil }
    guard case .widened = wanted.fit(into: type) else {
      throw WarehouseError.unfit(
        table: beside.title,
        problem: "has a column \(name) of type \(type.name), not \(wanted.name)",
        remedy: "rename that column, and acsync adds its own")
    }
    let column = Identifier(name)
    return "ALTER COLUMN \(column) TYPE \(raw: wanted.name) USING \(column)::\(raw: wanted.name)"
  }

  /// What is said of the columns is what is said of them in the stream's table.
  private func describe() throws {
    if comment != beside.comment {
      try transaction.execute("COMMENT ON TABLE \(beside.name) IS \(literal: beside.comment)")
    }
    let own = beside.own.map { ($0.name, $0.comment) }
    let shared = Set(beside.shared.map(\.name)).union(held.keys.filter { origin[$0] != nil })
      .subtracting(beside.own.map(\.name)).sorted().map { ($0, origin[$0]?.comment) }
    for (name, comment) in own + shared {
      guard let comment, comment != held[name]?.comment else { continue }
      try transaction.execute("COMMENT ON COLUMN \(beside.name[name]) IS \(literal: comment)")
    }
  }
}
