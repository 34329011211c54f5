internal import Catalog
internal import Postgres

/// Makes the tables beside a stream's own, has them follow it, and sees to it that they are kept.
///
/// Where all is as it should be, nothing is locked or written.
struct BesideUpkeep {
  let table: Table
  let state: State
  let patience: Patience

  /// Does so; to be done after the table itself fits.
  func perform(in transaction: Transaction) throws {
    let held = try heldTriggers(in: transaction)
    for beside in table.beside {
      let prefix = "acsync_\(type(of: beside).word)_"
      let own = held.filter { $0.key.hasPrefix(prefix) }
      if beside.isWanted {
        try keep(beside, own, in: transaction)
      } else if !own.isEmpty {
        try release(beside, own.keys.sorted(), in: transaction)
      }
    }
  }

  // MARK: Triggers

  /// What the triggers that we made are told, by their names; nothing where they are switched off.
  private func heldTriggers(in transaction: Transaction) throws -> [String: String] {
    let rows = try transaction.query(
      """
      SELECT tgname::text AS name, CASE WHEN tgenabled IN ('O', 'A')
        THEN tgfoid::regproc || ' ' || encode(tgargs, 'escape') ELSE '' END AS call
      FROM pg_trigger
      WHERE tgrelid = \(table.name.quoted)::regclass AND NOT tgisinternal
        AND (tgname LIKE 'acsync\\_history\\_%' OR tgname LIKE 'acsync\\_counters\\_%')
      """)
    var held: [String: String] = [:]
    for row in rows { held[try row.value("name")] = try row.value("call") }
    return held
  }

  private func keep(
    _ beside: any TableBeside, _ held: [String: String], in transaction: Transaction
  ) throws {
    try BesideLayout(beside, patience: patience, transaction).fit()
    try TableUpkeep(table: table).grant(on: beside.name, in: transaction)
    let words = ([beside.plainName] + beside.arguments).map { $0 + "\\000" }.joined()
    let call = "\(type(of: beside).function) \(words)"
    let triggers = beside.triggers
    guard triggers.contains(where: { held[$0.name] != call }) else { return }
    try waitShort(in: transaction)
    for (name, creation) in triggers {
      if held[name] != nil {
        try transaction.execute("DROP TRIGGER \(Identifier(name)) ON \(table.name)")
      }
      try transaction.execute(creation)
    }
    for statement in beside.catchingUp { _ = try transaction.query(statement) }
    guard beside is SnapshotTable else { return }
    try state.forgetDay(in: transaction)
  }

  /// The rows that are kept stay.
  private func release(
    _ beside: any TableBeside, _ triggers: [String], in transaction: Transaction
  ) throws {
    try waitShort(in: transaction)
    for name in triggers {
      try transaction.execute("DROP TRIGGER \(Identifier(name)) ON \(table.name)")
    }
    let isThere = try !WideTables.columns(of: beside.name, in: transaction).isEmpty
    guard isThere else { return }
    try transaction.execute(
      "COMMENT ON TABLE \(beside.name) IS \(literal: beside.comment + "; not kept at present")")
  }

  /// A run is not held up by those who read the table: it tries again when it is run again.
  private func waitShort(in transaction: Transaction) throws {
    try transaction.script("SET LOCAL lock_timeout = '\(patience.tableLock.milliseconds)ms'")
  }
}

/// The columns of one table beside a stream's own, as they are and as they should be.
private struct BesideLayout {
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

  init(_ beside: any TableBeside, patience: Patience, _ transaction: Transaction) throws {
    self.beside = beside
    self.patience = patience
    self.transaction = transaction
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

  /// Makes it what it should be.
  func fit() throws {
    if held.isEmpty {
      try create()
    } else {
      try check()
      try alter()
    }
    try describe()
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

  private func check() throws {
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

extension State {
  /// Has the counters of every row kept anew when the stream is next complete.
  fileprivate func forgetDay(in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE acsync.stream_state SET snapshot_day = NULL
      WHERE account = \(account) AND stream = \(stream.name)
      """)
  }

  /// Keeps the counters of every live row of a table that is complete up to a day for which they were
  /// not kept yet.
  func keepDay(of table: Table, in transaction: Transaction) throws {
    guard table.stream.keepsCounters else { return }
    let snapshots = SnapshotTable(of: table)
    _ = try transaction.query(
      """
      SELECT acsync.keep_day(\(account), \(stream.name), \(table.name.quoted)::text::regclass,
        to_regclass(\(snapshots.name.quoted)), \(table.key.name))
      """)
  }
}

extension Transaction {
  /// Lays out what is known anew: none of it becomes a version of a row.
  func quietly(_ work: () throws -> Void) throws {
    try script("SET LOCAL acsync.is_quiet = 'on'")
    try work()
    try script("SET LOCAL acsync.is_quiet = 'off'")
  }
}
