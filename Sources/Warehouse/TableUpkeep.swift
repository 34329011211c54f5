internal import Catalog
internal import Postgres

/// What a table is to have besides its columns: indexes, and roles that may read it.
///
/// What the file no longer names stays: nothing that somebody may rely on is taken away.
struct TableUpkeep: Sendable {
  /// The longest name PostgreSQL keeps, in bytes.
  private static let longestName = 63

  let table: Table

  /// Makes what is missing; where nothing is, nothing is locked or written.
  func perform(in transaction: Transaction) throws {
    try makeIndexes(in: transaction)
    try grant(on: table.name, in: transaction)
  }

  // MARK: Indexes

  private func makeIndexes(in transaction: Transaction) throws {
    let indexes = table.stream.shape.indexes
    guard !indexes.isEmpty else { return }
    let present = Set(
      try transaction.query(
        """
        SELECT c.relname::text AS name FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = \(table.name.quoted)::regclass AND i.indisvalid
        """
      ).map { try $0.value("name") as String })
    for index in indexes where !present.contains(Self.name(of: index, on: table)) {
      try transaction.execute(Self.creation(of: index, on: table))
    }
  }

  /// `contacts_email_idx`; a long one ends with a number that tells it from others.
  static func name(of index: TableIndex, on table: Table) -> String {
    let ending = index.isUnique ? "key" : "idx"
    let whole = ([table.stream.tableName] + index.columns + [ending]).joined(separator: "_")
    guard whole.utf8.count > longestName else { return whole }
    let mark = String(Fingerprint(of: whole).bits, radix: 16)
    var head = whole.prefix(longestName - mark.count - ending.count - 2)
    while head.utf8.count > longestName - mark.count - ending.count - 2 { head.removeLast() }
    return "\(head)_\(mark)_\(ending)"
  }

  static func creation(of index: TableIndex, on table: Table) -> Statement {
    let columns = index.columns.map { Identifier($0) }
    // A row that is gone may have been followed by another with the same values.
    let condition: Statement = index.isUnique ? " WHERE \"_deleted_at\" IS NULL" : ""
    return """
      CREATE \(raw: index.isUnique ? "UNIQUE " : "")INDEX \
      \(Identifier(name(of: index, on: table))) ON \(table.name) (\(columns))\(condition)
      """
  }

  // MARK: Rights

  /// Lets those roles read the table, or one beside it.
  func grant(on name: Identifier, in transaction: Transaction) throws {
    let readers = table.stream.shape.readers
    guard !readers.isEmpty else { return }
    let rows = try transaction.query(
      """
      SELECT wanted.name, r.oid IS NOT NULL AS is_there,
        pg_has_role((SELECT relowner FROM pg_class WHERE oid = \(name.quoted)::regclass),
          'USAGE') AS is_ours,
        coalesce(has_schema_privilege(r.oid, \(table.schema), 'USAGE'), false) AS sees_schema,
        coalesce(has_table_privilege(r.oid, \(name.quoted), 'SELECT'), false) AS reads_table
      FROM unnest(\(readers)) AS wanted (name) LEFT JOIN pg_roles r ON r.rolname = wanted.name
      """)
    for row in rows {
      let role: String = try row.value("name")
      guard try row.value("is_there") else {
        throw WarehouseError.unfit(
          table: table.title, problem: "is to be read by \(role), and there is no such role",
          remedy: "CREATE ROLE \(Identifier(role).quoted), or remove it under grants")
      }
      let (sees, reads) = (
        try row.value("sees_schema") as Bool, try row.value("reads_table") as Bool
      )
      if sees, reads { continue }
      // Who may only read it would grant nothing, and be told so by no error.
      guard try row.value("is_ours") else {
        throw WarehouseError.ownerNeeded(
          at: table.title, need: "\(role) may not read it yet", stopsRun: false)
      }
      if !sees {
        try transaction.execute(
          "GRANT USAGE ON SCHEMA \(Identifier(table.schema)) TO \(Identifier(role))")
      }
      if !reads {
        try transaction.execute("GRANT SELECT ON \(name) TO \(Identifier(role))")
      }
    }
  }
}
