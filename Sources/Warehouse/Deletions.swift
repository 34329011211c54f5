internal import Catalog
internal import Postgres

/// What a whole walk has seen of a stream, and what follows for the rows it has not.
///
/// Its statements run inside the transaction that writes the rows they speak of.
struct Deletions: Sendable {
  let state: State
  let table: Table

  // MARK: Seeing

  /// Notes the keys of a batch of a whole walk.
  func see(_ keys: [Int64], in transaction: Transaction) throws {
    guard !keys.isEmpty else { return }
    let rows = try transaction.query(
      """
      INSERT INTO acsync.seen_keys (account, stream, keys)
      VALUES (\(state.account), \(state.stream.name), \(keys))
      RETURNING EXISTS (
        SELECT FROM acsync.missing_rows
        WHERE missing_rows.account = seen_keys.account AND missing_rows.stream = seen_keys.stream
      ) AS has_missing
      """)
    guard try onlyRow(of: rows).value("has_missing") else { return }
    try transaction.execute(
      """
      DELETE FROM acsync.missing_rows
      WHERE account = \(state.account) AND stream = \(state.stream.name)
        AND row_key = ANY (\(keys))
      """)
  }

  /// Forgets what a walk has seen.
  func forget(in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM acsync.seen_keys
      WHERE account = \(state.account) AND stream = \(state.stream.name)
      """)
  }

  // MARK: Closing

  /// Holds the end of a whole walk against what it saw, and marks what is gone.
  ///
  /// - Returns: the verdict, how many rows were marked, and those that are only suspected.
  func close(
    _ closing: Closing, by rule: DeletionRule, at time: Instant, in transaction: Transaction
  ) throws -> Sweep {
    let counts = try onlyRow(of: transaction.query(countsQuery))
    let seen: Int64 = try counts.value("seen")
    let known: Int64 = try counts.value("known_shortage")
    let live: Int64 = try counts.value("live")
    let shortage = (closing.total ?? seen) - seen
    // Less than before is no agreement: the account moves, or rows are missed.
    guard shortage <= known || shortage == closing.acceptedShortage else {
      return Sweep(verdict: .short(seen: seen, total: closing.total ?? seen))
    }
    try keep(shortage: max(0, shortage), in: transaction)
    var sweep = Sweep(verdict: .closed(shortage: max(0, shortage)))
    // Of a list that is stored in part, more may be seen than live, and some be gone all the same.
    if live > seen || table.stream.isSelective, rule.manner != .ignore {
      try mark(&sweep, closing, rule, (live, seen), at: time, in: transaction)
    }
    try forget(in: transaction)
    return sweep
  }

  /// What came of a walk's end.
  struct Sweep: Sendable {
    var verdict: Verdict
    var deleted = 0
    var suspects: [Int64] = []
  }

  private var countsQuery: Statement {
    """
    SELECT known_shortage,
      (SELECT count(DISTINCT key) FROM acsync.seen_keys AS s, unnest(s.keys) AS key
       WHERE s.account = \(state.account) AND s.stream = \(state.stream.name)) AS seen,
      (SELECT count(*) FROM \(table.name) WHERE "_deleted_at" IS NULL) AS live
    FROM acsync.stream_state
    WHERE account = \(state.account) AND stream = \(state.stream.name)
    """
  }

  private func keep(shortage: Int64, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE acsync.stream_state SET known_shortage = \(shortage)
      WHERE account = \(state.account) AND stream = \(state.stream.name)
      """)
  }

  private func mark(
    _ sweep: inout Sweep, _ closing: Closing, _ rule: DeletionRule,
    _ counts: (live: Int64, seen: Int64), at time: Instant, in transaction: Transaction
  ) throws {
    let unseen = try transaction.query(
      """
      SELECT t.\(table.key.quoted) AS key FROM \(table.name) AS t
      WHERE t."_deleted_at" IS NULL AND NOT EXISTS (
        SELECT FROM (
          SELECT unnest(keys) AS key FROM acsync.seen_keys
          WHERE account = \(state.account) AND stream = \(state.stream.name)
        ) AS seen
        WHERE seen.key = t.\(table.key.quoted))
      """
    ).map { try $0.value("key") as Int64 }
    guard !unseen.isEmpty else { return }
    guard rule.allows(Int64(unseen.count), of: counts.live) else {
      sweep.verdict = .refused(missing: Int64(unseen.count), live: counts.live)
      return
    }
    if closing.provesAbsence {
      sweep.deleted = try delete(unseen, by: rule, at: time, in: transaction)
    } else {
      let isExact = closing.total == counts.seen
      let walks: Int64 = closing.suspectsAtOnce && isExact ? 1 : 2
      // Where no row can be asked for alone, one walk more must do.
      sweep.suspects = try suspect(
        unseen, afterWalks: table.stream.lookup == .none ? 3 : walks, at: time, in: transaction)
    }
  }

  /// Notes rows that a walk missed; returns those that so many walks in a row have missed.
  private func suspect(
    _ keys: [Int64], afterWalks walks: Int64, at time: Instant, in transaction: Transaction
  ) throws -> [Int64] {
    try transaction.execute(
      """
      INSERT INTO acsync.missing_rows AS m (account, stream, row_key, walks, first_missed)
      SELECT \(state.account), \(state.stream.name), key, 1, \(time.bound)
      FROM unnest(\(keys)) AS key
      ON CONFLICT (account, stream, row_key) DO UPDATE SET walks = m.walks + 1
      """)
    return try transaction.query(
      """
      SELECT row_key FROM acsync.missing_rows
      WHERE account = \(state.account) AND stream = \(state.stream.name) AND walks >= \(walks)
      ORDER BY row_key
      """
    ).map { try $0.value("row_key") }
  }

  // MARK: Marking

  /// Marks live rows as deleted, or removes them, and counts them off; returns how many.
  func delete(
    _ keys: [Int64], by rule: DeletionRule, at time: Instant, in transaction: Transaction
  ) throws -> Int {
    guard !keys.isEmpty, rule.manner != .ignore else { return 0 }
    let alive: Statement =
      "WHERE \(table.key.quoted) = ANY (\(keys)) AND \"_deleted_at\" IS NULL"
    if rule.manner == .hard { try table.tellHistory(goneAt: time, in: transaction) }
    let gone = try transaction.execute(
      rule.manner == .hard
        ? "DELETE FROM \(table.name) \(alive)"
        : "UPDATE \(table.name) SET \"_deleted_at\" = \(time.bound) \(alive)")
    try transaction.execute(
      """
      UPDATE acsync.stream_state SET live_rows = live_rows - \(gone)
      WHERE account = \(state.account) AND stream = \(state.stream.name)
      """)
    try transaction.execute(
      """
      DELETE FROM acsync.missing_rows
      WHERE account = \(state.account) AND stream = \(state.stream.name)
        AND row_key = ANY (\(keys))
      """)
    return gone
  }
}

extension Table {
  /// Says when rows were gone that are removed: nothing of them would tell.
  func tellHistory(goneAt time: Instant, in transaction: Transaction) throws {
    guard stream.keepsHistory else { return }
    _ = try transaction.query(
      "SELECT set_config('acsync.gone_at', (\(time.bound))::timestamptz::text, true)")
  }
}

extension Column {
  /// Its quoted name.
  var quoted: Identifier { Identifier(name) }
}
