internal import Catalog
internal import Postgres

/// The progress of one window of a backfill, as schema `acsync` holds it.
///
/// Its statements run inside the transaction that writes the rows they speak of.
struct BackfillState: Sendable {
  let key: WindowKey

  private var isMine: Statement {
    """
    backfill = \(key.backfill) AND first_day = \(key.window.first.bound)
      AND last_day = \(key.window.last.bound)
    """
  }

  /// Columns that name the window, and their values.
  private var name: Statement {
    "\(key.backfill), \(key.window.first.bound), \(key.window.last.bound)"
  }

  // MARK: Reading

  /// The walk that was cut off; nil if there is none.
  func unfinished(in transaction: Transaction) throws -> WalkProgress? {
    let rows = try transaction.query(
      """
      SELECT walk_signature, walk_started_at FROM acsync.backfill_windows WHERE \(isMine)
      """)
    guard let row = rows.first, let signature: String = try row["walk_signature"],
      let startedAt = try row.instant("walk_started_at")
    else { return nil }
    let segments = try transaction.query(
      """
      SELECT segment, NULL::bigint AS parent, position, upper, overlap, edge, end_edge, done
      FROM acsync.backfill_segments WHERE \(isMine) ORDER BY segment
      """)
    return WalkProgress(
      signature: signature, startedAt: startedAt, segments: try segments.map { try Segment($0) })
  }

  // MARK: Writing

  /// Makes way for the batch's walk: what is left of another one is forgotten.
  func begin(_ progress: WalkProgress, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO acsync.backfill_windows (backfill, first_day, last_day) VALUES (\(name))
      ON CONFLICT DO NOTHING
      """)
    let isAnother = try transaction.execute(
      """
      UPDATE acsync.backfill_windows
      SET walk_signature = \(progress.signature), walk_started_at = \(progress.startedAt.bound),
        done_at = NULL
      WHERE \(isMine) AND (walk_signature IS DISTINCT FROM \(progress.signature)
        OR walk_started_at IS DISTINCT FROM \(progress.startedAt.bound))
      """)
    if isAnother > 0 { try forget(in: transaction) }
  }

  /// Notes the keys of a batch.
  func see(_ keys: [Int64], in transaction: Transaction) throws {
    guard !keys.isEmpty else { return }
    try transaction.execute(
      """
      INSERT INTO acsync.backfill_seen (backfill, first_day, last_day, keys)
      VALUES (\(name), \(keys))
      """)
  }

  /// How many rows the walk has seen.
  func seen(in transaction: Transaction) throws -> Int64 {
    let rows = try transaction.query(
      """
      SELECT count(DISTINCT key) AS seen
      FROM acsync.backfill_seen, unnest(keys) AS key WHERE \(isMine)
      """)
    return try onlyRow(of: rows).value("seen")
  }

  /// Saves how far the window is.
  ///
  /// - Parameter isClosed: whether the walk's end stands.
  func save(
    _ segments: [Segment], _ counts: CommitCounts, rows: Int, requests: Int, isClosed: Bool,
    in transaction: Transaction
  ) throws {
    if isClosed {
      try forget(in: transaction)
    } else {
      try upsert(segments, in: transaction)
    }
    let end: Statement =
      isClosed ? ", walk_signature = NULL, walk_started_at = NULL, done_at = now()" : ""
    try transaction.execute(
      """
      UPDATE acsync.backfill_windows
      SET rows_read = rows_read + \(rows), inserted = inserted + \(counts.inserted),
        updated = updated + \(counts.updated), unchanged = unchanged + \(counts.unchanged),
        rejected = rejected + \(counts.rejected), requests = requests + \(requests)\(end)
      WHERE \(isMine)
      """)
  }

  private func upsert(_ segments: [Segment], in transaction: Transaction) throws {
    guard !segments.isEmpty else { return }
    try transaction.execute(
      """
      INSERT INTO acsync.backfill_segments (backfill, first_day, last_day,
        segment, position, upper, overlap, edge, end_edge, done)
      SELECT \(name), moved.*
      FROM unnest(
        \(segments.map(\.id)), \(segments.map(\.position)), \(segments.map(\.upper)),
        \(segments.map(\.overlap)), \(segments.map(\.edge)), \(segments.map(\.end)),
        \(segments.map(\.isDone))
      ) AS moved
      ON CONFLICT (backfill, first_day, last_day, segment) DO UPDATE
      SET position = excluded.position, upper = excluded.upper, overlap = excluded.overlap,
        edge = excluded.edge, end_edge = excluded.end_edge, done = excluded.done
      """)
  }

  private func forget(in transaction: Transaction) throws {
    try transaction.execute("DELETE FROM acsync.backfill_segments WHERE \(isMine)")
    try transaction.execute("DELETE FROM acsync.backfill_seen WHERE \(isMine)")
  }
}

extension State {
  /// Counts rows as seen by the walk that was cut off, if one was: they were there after it began, so
  /// it must not take them for gone.
  func vouch(for keys: [Int64], in transaction: Transaction) throws {
    guard !keys.isEmpty else { return }
    try transaction.execute(
      """
      INSERT INTO acsync.seen_keys (account, stream, keys)
      SELECT account, stream, \(keys) FROM acsync.stream_state
      WHERE account = \(account) AND stream = \(stream.name) AND walk_signature IS NOT NULL
      """)
  }

  /// Counts rows that were added beside the stream's own walks.
  func add(rows: Int, in transaction: Transaction) throws {
    guard rows > 0 else { return }
    try transaction.execute(
      """
      UPDATE acsync.stream_state SET live_rows = live_rows + \(rows)
      WHERE account = \(account) AND stream = \(stream.name)
      """)
  }
}

extension CalendarDay {
  /// As a statement takes it.
  var bound: Statement { "(DATE '1970-01-01' + (\(daysSinceEpoch)::bigint)::integer)" }
}
