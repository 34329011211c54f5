internal import Catalog
internal import Postgres

/// Makes the tables beside a stream's own, has them follow it, and sees to it that they are kept.
///
/// Where all is as it should be, nothing is locked or written.
struct BesideUpkeep {
  let table: Table
  let state: State
  let patience: Patience
  /// Whether our role may change the table, and so what lies beside it.
  var isOurs = true

  /// Does so; to be done after the table itself fits.
  ///
  /// - Returns: what is not kept, and why: nothing that the user did not ask for keeps rows from coming.
  /// - Throws: `WarehouseError.unfit` where what he asked for cannot be kept.
  @discardableResult
  func perform(in transaction: Transaction) throws -> [String] {
    let held = try heldTriggers(in: transaction)
    var unkept: [String] = []
    for beside in table.beside {
      let prefix = "acsync_\(type(of: beside).word)_"
      let own = held.filter { $0.key.hasPrefix(prefix) }
      do {
        if beside.isWanted {
          try keep(beside, own, in: transaction)
        } else {
          try release(beside, own.keys.sorted(), in: transaction)
        }
      } catch WarehouseError.unfit(let place, let problem, let remedy) where !beside.isAsked {
        try release(beside, own.keys.sorted(), in: transaction)
        unkept.append(
          "\(beside.content) not kept: \(place) \(problem); \(remedy), or say \(beside.refusal)")
      }
    }
    return unkept
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
    let isNew = try BesideLayout(beside, patience: patience, transaction).fit(describing: isOurs)
    try TableUpkeep(table: table).grant(on: beside.name, in: transaction)
    let words = ([beside.plainName] + beside.arguments).map { $0 + "\\000" }.joined()
    let call = "\(type(of: beside).function) \(words)"
    let lacksTriggers = beside.triggers.contains { held[$0.name] != call }
    guard isNew || lacksTriggers else { return }
    try letWrite(beside, in: transaction)
    try waitShort(in: transaction)
    if lacksTriggers {
      try make(beside.triggers, insteadOf: held, in: transaction)
    } else {
      // Somebody dropped the table alone: what is written meanwhile must not be missed either.
      try transaction.execute("LOCK TABLE \(table.name) IN SHARE ROW EXCLUSIVE MODE")
    }
    for statement in beside.catchingUp { _ = try transaction.query(statement) }
    guard beside is SnapshotTable else { return }
    try state.forgetDay(in: transaction)
  }

  /// Triggers act as whoever writes the rows, who may have his rights from nobody of ours.
  private func letWrite(_ beside: any TableBeside, in transaction: Transaction) throws {
    _ = try transaction.query(
      """
      SELECT acsync.let_write(\(table.name.quoted)::text::regclass,
        \(beside.name.quoted)::text::regclass)
      """)
  }

  private func make(
    _ triggers: [(name: String, creation: Statement)], insteadOf held: [String: String],
    in transaction: Transaction
  ) throws {
    for (name, creation) in triggers {
      if held[name] != nil {
        try transaction.execute("DROP TRIGGER \(Identifier(name)) ON \(table.name)")
      }
      try transaction.execute(creation)
    }
  }

  /// The rows that are kept stay.
  private func release(
    _ beside: any TableBeside, _ triggers: [String], in transaction: Transaction
  ) throws {
    guard !triggers.isEmpty else { return }
    try waitShort(in: transaction)
    for name in triggers {
      try transaction.execute("DROP TRIGGER \(Identifier(name)) ON \(table.name)")
    }
    guard try transaction.isBeside(beside.name) else { return }
    try transaction.execute(
      "COMMENT ON TABLE \(beside.name) IS \(literal: beside.comment + "; not kept at present")")
  }

  /// A run is not held up by those who read the table: it tries again when it is run again.
  private func waitShort(in transaction: Transaction) throws {
    try transaction.script("SET LOCAL lock_timeout = '\(patience.tableLock.milliseconds)ms'")
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
  /// Whether a table is one that acsync made beside a stream's, and no other of that name.
  func isBeside(_ name: Identifier) throws -> Bool {
    try onlyRow(
      of: query("SELECT acsync.is_beside(to_regclass(\(name.quoted))) AS is_beside")
    ).value("is_beside")
  }

  /// Lays out what is known anew: none of it becomes a version of a row.
  func quietly(_ work: () throws -> Void) throws {
    try script("SET LOCAL acsync.is_quiet = 'on'")
    try work()
    try script("SET LOCAL acsync.is_quiet = 'off'")
  }
}
