internal import Catalog
internal import Postgres

/// The progress of one stream of one account, as schema `acsync` holds it.
///
/// Its statements run inside the transaction that writes the rows they speak of.
struct State: Sendable {
  let account: String
  /// The schema that its table lies in.
  let schema: String
  let stream: StreamDefinition.ID

  init(of stream: StreamDefinition.ID, in schema: String, account: String) {
    self.account = account
    self.schema = schema
    self.stream = stream
  }

  init(of table: Table, account: String) {
    self.init(of: table.stream.id, in: table.schema, account: account)
  }

  /// The advisory lock that keeps other runs off the stream.
  var lockKey: Int64 { Fingerprint(of: "acsync stream \(stream.name) of \(account)").key }

  /// The table as a person writes it.
  var title: String { schema + "." + stream.name }

  // MARK: Taking

  /// Takes the stream for a run: a new epoch, by which writers before it are known.
  func take(run: Int64?, in transaction: Transaction) throws -> Int64 {
    let rows = try transaction.query(
      """
      INSERT INTO acsync.stream_state AS s (account, stream, table_schema, epoch, last_run)
      VALUES (\(account), \(stream.name), \(schema), 1, \(orNull: run))
      ON CONFLICT (account, stream)
        DO UPDATE SET epoch = s.epoch + 1, last_run = excluded.last_run, last_batch = 0,
          table_schema = excluded.table_schema
      RETURNING epoch
      """)
    return try onlyRow(of: rows).value("epoch")
  }

  /// Forgets all progress, so that the next walk reads everything; counts the rows there are.
  func forget(in transaction: Transaction, table: Table) throws {
    try deleteSegments(in: transaction)
    try deleteSeen(in: transaction)
    try transaction.execute(
      """
      UPDATE acsync.stream_state
      SET floor = NULL, walk_signature = NULL, walk_started_at = NULL, last_success = NULL,
        complete_as_of = NULL, whole_as_of = NULL, is_ordered = false,
        live_rows = (SELECT count(*) FROM \(table.name) WHERE "_deleted_at" IS NULL)
      WHERE account = \(account) AND stream = \(stream.name)
      """)
  }

  /// Another account whose rows the table holds; nil if there is none.
  func otherAccount(in transaction: Transaction) throws -> String? {
    try transaction.query(
      """
      SELECT account FROM acsync.stream_state
      WHERE stream = \(stream.name) AND account <> \(account) AND table_schema = \(schema)
        AND live_rows > 0
      LIMIT 1
      """
    ).first?["account"]
  }

  /// Whether what is known speaks of a table in another schema, which this one is not.
  func hasMoved(in transaction: Transaction) throws -> Bool {
    try !transaction.query(
      """
      SELECT FROM acsync.stream_state
      WHERE account = \(account) AND stream = \(stream.name) AND table_schema <> \(schema)
      """
    ).isEmpty
  }

  // MARK: Reading

  /// All that is known of the account's streams, or of one; one row a stream.
  static func query(account: String, stream: StreamDefinition.ID? = nil) -> Statement {
    """
    SELECT stream, epoch, floor, walk_signature, walk_started_at, live_rows, last_success,
      complete_as_of, known_shortage, filter_finding, whole_as_of, is_ordered, key_user
    FROM acsync.stream_state
    WHERE account = \(account) AND (\(orNull: stream?.name) IS NULL OR stream = \(orNull: stream?.name))
    ORDER BY stream
    """
  }

  /// The segments of unfinished walks; one row a segment.
  static func segmentsQuery(account: String, stream: StreamDefinition.ID? = nil) -> Statement {
    """
    SELECT stream, segment, parent, position, upper, overlap, edge, end_edge, done
    FROM acsync.segment_state
    WHERE account = \(account) AND (\(orNull: stream?.name) IS NULL OR stream = \(orNull: stream?.name))
    ORDER BY stream, segment
    """
  }

  /// What is known of the stream; that of a stream never read if there is nothing.
  func read(in transaction: Transaction) throws -> StreamState {
    let rows = try transaction.query(Self.query(account: account, stream: stream))
    guard let row = rows.first else { return StreamState() }
    let segments = try transaction.query(Self.segmentsQuery(account: account, stream: stream))
    return try StreamState(row, segments: segments.map { try Segment($0) })
  }

  // MARK: Writing

  /// Locks the stream's row until the transaction ends, and makes way for the batch's walk: what
  /// is left of another one is forgotten.
  ///
  /// - Returns: false if the batch with this number is in the warehouse already: its commit was
  ///   done, and only the answer was lost.
  /// - Throws: `WarehouseError.fenced` if another run took the stream since `epoch`.
  func begin(
    _ progress: WalkProgress, batch: Int64, epoch: Int64, in transaction: Transaction
  ) throws -> Bool {
    guard let row = try lock(batch: batch, epoch: epoch, in: transaction) else { return false }
    let signature: String? = try row["walk_signature"]
    let startedAt: UnixMicroseconds? = try row["walk_started_at"]
    guard signature != progress.signature || startedAt != progress.startedAt.bound else {
      return true
    }
    try deleteSegments(in: transaction)
    try deleteSeen(in: transaction)
    return true
  }

  /// Locks the stream's row until the transaction ends, and numbers the batch; whatever walk is
  /// under way stays as it is.
  ///
  /// - Returns: false if the batch with this number is in the warehouse already.
  /// - Throws: `WarehouseError.fenced` if another run took the stream since `epoch`.
  func begin(batch: Int64, epoch: Int64, in transaction: Transaction) throws -> Bool {
    try lock(batch: batch, epoch: epoch, in: transaction) != nil
  }

  /// What is known of the walk under way; nil if the batch is in the warehouse already.
  private func lock(
    batch: Int64, epoch: Int64, in transaction: Transaction
  ) throws -> Postgres.Row? {
    let rows = try transaction.query(
      """
      SELECT epoch, last_batch, walk_signature, walk_started_at FROM acsync.stream_state
      WHERE account = \(account) AND stream = \(stream.name)
      FOR UPDATE
      """)
    guard let row = rows.first, try row.value("epoch") == epoch else {
      throw WarehouseError.fenced(table: title)
    }
    guard try row.value("last_batch") < batch else { return nil }
    try transaction.execute(
      """
      UPDATE acsync.stream_state SET last_batch = \(batch)
      WHERE account = \(account) AND stream = \(stream.name)
      """)
    return row
  }

  /// Locks the stream's row until the transaction ends.
  ///
  /// - Throws: `WarehouseError.fenced` if another run took the stream since `epoch`.
  func check(epoch: Int64, in transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      SELECT epoch FROM acsync.stream_state
      WHERE account = \(account) AND stream = \(stream.name)
      FOR UPDATE
      """)
    guard let row = rows.first, try row.value("epoch") == epoch else {
      throw WarehouseError.fenced(table: title)
    }
  }

  /// Saves how far the batch brought the stream; `closing` only where the walk's end stood.
  ///
  /// - Parameter isProof: whether the walk's end proves the table; not where its rows that are gone had
  ///   to stay.
  /// - Throws: `WarehouseError.fenced` if another run took the stream since `epoch`.
  func save(
    _ batch: Batch, closing: Closing?, isProof: Bool = true, epoch: Int64, addedRows: Int,
    in transaction: Transaction
  ) throws {
    let change: Statement
    if let closing {
      try deleteSegments(in: transaction)
      change = Self.change(
        for: closing, isProof: isProof, endedAt: batch.pages.map(\.serverTime).max())
    } else {
      try upsert(batch.progress.segments, in: transaction)
      change = """
        walk_signature = \(batch.progress.signature), \
        walk_started_at = \(batch.progress.startedAt.bound)
        """
    }
    let touched = try transaction.execute(
      """
      UPDATE acsync.stream_state SET live_rows = live_rows + \(addedRows), \(change)
      WHERE account = \(account) AND stream = \(stream.name) AND epoch = \(epoch)
      """)
    guard touched == 1 else { throw WarehouseError.fenced(table: title) }
  }

  /// Nothing moves backwards, also where an older walk ends after a newer one.
  private static func change(
    for closing: Closing, isProof: Bool, endedAt: Instant?
  ) -> Statement {
    let end = max(closing.completeSince, endedAt ?? closing.completeSince)
    // A walk that read a part is proven only when the table has been held against the account.
    let proven = closing.deletions == nil || !isProof ? nil : closing.completeSince
    let order: Statement =
      closing.deletions == nil ? "" : ", is_ordered = \(closing.provesAbsence)"
    return """
      walk_signature = NULL, walk_started_at = NULL,
      floor = greatest(floor, \(orNull: closing.floor?.bound)),
      last_success = greatest(last_success, \(end.bound)),
      complete_as_of = greatest(complete_as_of, \(orNull: proven?.bound)),
      whole_as_of = greatest(whole_as_of, \(orNull: proven?.bound))\(order)
      """
  }

  private func upsert(_ segments: [Segment], in transaction: Transaction) throws {
    guard !segments.isEmpty else { return }
    try transaction.execute(
      """
      INSERT INTO acsync.segment_state
        (account, stream, segment, parent, position, upper, overlap, edge, end_edge, done)
      SELECT \(account), \(stream.name), moved.*
      FROM unnest(
        \(segments.map(\.id)), \(segments.map(\.parent)), \(segments.map(\.position)),
        \(segments.map(\.upper)), \(segments.map(\.overlap)), \(segments.map(\.edge)),
        \(segments.map(\.end)), \(segments.map(\.isDone))
      ) AS moved
      ON CONFLICT (account, stream, segment) DO UPDATE
      SET parent = excluded.parent, position = excluded.position, upper = excluded.upper,
        overlap = excluded.overlap, edge = excluded.edge, end_edge = excluded.end_edge,
        done = excluded.done
      """)
  }

  private func deleteSeen(in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM acsync.seen_keys WHERE account = \(account) AND stream = \(stream.name)
      """)
  }

  private func deleteSegments(in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM acsync.segment_state WHERE account = \(account) AND stream = \(stream.name)
      """)
  }
}

/// The row of a statement that gives exactly one.
func onlyRow(of rows: Rows) throws -> Postgres.Row {
  guard let row = rows.first else { throw WarehouseError.notClaimed(table: "acsync.stream_state") }
  return row
}

extension Statement.Interpolation {
  /// A value or null, bound; the label keeps the compiler from taking it for a slip.
  mutating func appendInterpolation<Value: Bindable>(orNull value: Value?) {
    appendInterpolation(value)
  }
}

extension Instant {
  /// As a statement takes it.
  var bound: UnixMicroseconds { UnixMicroseconds(microseconds) }

  /// As a row gives it.
  init(_ value: UnixMicroseconds) { self.init(microseconds: value.count) }
}

extension Postgres.Row {
  /// The column's instant; nil when it is null.
  func instant(_ column: String) throws -> Instant? {
    let value: UnixMicroseconds? = try self[column]
    return value.map { Instant($0) }
  }
}
