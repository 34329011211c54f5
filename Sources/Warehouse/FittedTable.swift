internal import Catalog
internal import Postgres

/// A stream's table that has been made to fit, with all that belongs to it, in one transaction.
struct FittedTable {
  let table: Table
  /// What had to be done.
  let changes: TableChanges
  /// Whether our role may change the table; if not, only rows are its business.
  let isOurs: Bool
  /// The table as it was; nil where there was none.
  private let existing: ExistingTable?

  /// Makes the table fit the catalogue and the file.
  ///
  /// - Throws: `WarehouseError.ownerNeeded` where it does not fit, and is not ours to change.
  init(_ table: Table, patience: Patience, in transaction: Transaction) throws {
    self.table = table
    let existing = try Self.asOwner(of: table) {
      try table.makeSchema(in: transaction)
      return try ExistingTable(transaction.query(ExistingTable.query(for: table)))
    }
    let changes = try TableChanges(for: table, from: existing)
    let isOurs = existing?.isOurs ?? true
    (self.existing, self.changes, self.isOurs) = (existing, changes, isOurs)
    guard isOurs || !changes.isDue else {
      throw WarehouseError.ownerNeeded(
        at: table.title, need: "the table lacks columns, or marks of what is personal",
        stopsRun: false)
    }
    try Self.asOwner(of: table) {
      if isOurs { try Self.make(changes, table, patience, in: transaction) }
      try TableUpkeep(table: table).perform(in: transaction)
    }
  }

  private static func make(
    _ changes: TableChanges, _ table: Table, _ patience: Patience, in transaction: Transaction
  ) throws {
    if !changes.statements.isEmpty {
      try transaction.script("SET LOCAL lock_timeout = '\(patience.tableLock.milliseconds)ms'")
    }
    let views = changes.widens ? try OwnViews(takingAwayFrom: table, in: transaction) : nil
    for statement in changes.statements { try transaction.execute(statement) }
    try views?.restore(in: transaction)
  }

  /// Makes rows that were made by another selection fit this one.
  ///
  /// - Returns: whether the stream must be read whole, and what is not kept beside the table though the
  ///   catalogue would have it kept.
  func reshape(
    _ state: State, patience: Patience, in transaction: Transaction
  ) throws -> (isDue: Bool, unkept: [String]) {
    try Self.asOwner(of: table) {
      let isReshaped = try table.reshape(existing, state, in: transaction)
      let unkept = try BesideUpkeep(
        table: table, state: state, patience: patience, isOurs: isOurs
      ).perform(in: transaction)
      // Last, when every column has said of itself what it is.
      if isOurs { try transaction.grantRoles(on: table) }
      return (isReshaped, unkept)
    }
  }

  /// Says of a refusal for want of rights who may do it.
  private static func asOwner<Value>(of table: Table, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as PostgresError where error.isPermission {
      throw WarehouseError.ownerNeeded(at: table.title, need: error.message, stopsRun: false)
    }
  }
}

extension Table {
  /// Makes the schema that the table lies in, where there is none.
  fileprivate func makeSchema(in transaction: Transaction) throws {
    // Asked first: IF NOT EXISTS wants the right to make schemas even where there is nothing to make.
    let found = try transaction.query(
      "SELECT FROM pg_namespace WHERE nspname = \(schema)")
    guard found.isEmpty else { return }
    try transaction.execute("CREATE SCHEMA IF NOT EXISTS \(Identifier(schema))")
    let comment =
      "Streams of one of several accounts, one table each, kept by acsync. Write nothing here."
    try transaction.execute("COMMENT ON SCHEMA \(Identifier(schema)) IS \(literal: comment)")
  }
}
