internal import Catalog
internal import Postgres

/// The request book of one account, as the database keeps it.
struct RequestLedger: Sendable {
  let account: String

  /// What a call came to, and when by this machine's clock the database looked at its own.
  struct Entry: Sendable {
    let grant: RequestBook.Grant
    /// The database's time of the answer.
    let time: Instant
    /// Before the database's clock was read.
    let before: ContinuousClock.Instant
    /// After the database's clock was read.
    let after: ContinuousClock.Instant
  }

  /// Answers a call, in a transaction that no other process's call can come into.
  func answer(_ call: RequestBook.Call, in transaction: Transaction) throws -> Entry {
    let old = try lockedBook(for: call, in: transaction)
    let before = ContinuousClock.now
    let rows = try transaction.query(
      """
      SELECT clock_timestamp() AS clock, holder, in_flight, is_whole, waiting_since, expires_at
      FROM (VALUES (1)) AS one
      LEFT JOIN acsync.request_leases ON account = \(account)
      """)
    let after = ContinuousClock.now
    guard let time = try rows.first?.instant("clock") else { throw Self.noBook }
    var book = old ?? RequestBook(at: time, rate: call.rate)
    book.leases = try rows.compactMap { try RequestBook.Lease($0) }
    let known = book.leases
    let grant = book.answer(call, at: time)
    if book != old { try write(book, in: transaction) }
    try write(book.leases, over: known, holder: call.holder, in: transaction)
    return Entry(grant: grant, time: time, before: before, after: after)
  }

  /// A mistake of ours: the statement gives a row whatever the tables hold.
  static let noBook = WarehouseError.notClaimed(table: "acsync.request_slots")

  /// The account's row, locked until the transaction ends; nil if it is there only now.
  private func lockedBook(
    for call: RequestBook.Call, in transaction: Transaction
  ) throws -> RequestBook? {
    let query: Statement = """
      SELECT next_slot, clear_at, tolerance_us FROM acsync.request_slots
      WHERE account = \(account)
      FOR UPDATE
      """
    if let row = try transaction.query(query).first { return try RequestBook(row) }
    // Whoever comes second waits here for the first, and then finds its row.
    let isNew = try transaction.execute(
      """
      INSERT INTO acsync.request_slots (account, next_slot, clear_at, tolerance_us)
      VALUES (\(account), now(), now(), 0)
      ON CONFLICT (account) DO NOTHING
      """)
    if isNew > 0 { return nil }
    return try transaction.query(query).first.map { try RequestBook($0) }
  }

  private func write(_ book: RequestBook, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE acsync.request_slots
      SET next_slot = \(book.nextSlot.bound), clear_at = \(book.clearAt.bound),
        tolerance_us = \(book.tolerance.microseconds)
      WHERE account = \(account)
      """)
  }

  /// Only the caller's own lease changes; those of others can but be dropped.
  private func write(
    _ leases: [RequestBook.Lease], over known: [RequestBook.Lease], holder: Int64,
    in transaction: Transaction
  ) throws {
    let gone = known.map(\.holder).filter { holder in
      !leases.contains { $0.holder == holder }
    }
    if !gone.isEmpty {
      try transaction.execute(
        """
        DELETE FROM acsync.request_leases WHERE account = \(account) AND holder = ANY(\(gone))
        """)
    }
    guard let mine = leases.first(where: { $0.holder == holder }) else { return }
    try transaction.execute(
      """
      INSERT INTO acsync.request_leases (
        account, holder, in_flight, is_whole, waiting_since, expires_at
      ) VALUES (
        \(account), \(mine.holder), \(mine.inFlight), \(mine.isWhole),
        \(orNull: mine.waitingSince?.bound), \(mine.expiresAt.bound)
      )
      ON CONFLICT (account, holder) DO UPDATE
      SET in_flight = excluded.in_flight, is_whole = excluded.is_whole,
        waiting_since = excluded.waiting_since, expires_at = excluded.expires_at
      """)
  }
}

extension RequestBook {
  /// The book without its leases.
  fileprivate init(_ row: Postgres.Row) throws {
    let (next, clear) = (
      try row.value("next_slot", as: UnixMicroseconds.self),
      try row.value("clear_at", as: UnixMicroseconds.self)
    )
    self.init(
      nextSlot: Instant(next), clearAt: Instant(clear),
      tolerance: .microseconds(try row.value("tolerance_us", as: Int64.self)))
  }
}

extension RequestBook.Lease {
  /// The lease of a row; nil where the row holds the clock alone.
  fileprivate init?(_ row: Postgres.Row) throws {
    guard let holder: Int64 = try row["holder"] else { return nil }
    self.init(
      holder: holder, inFlight: try row.value("in_flight"), isWhole: try row.value("is_whole"),
      waitingSince: try row.instant("waiting_since"),
      expiresAt: Instant(try row.value("expires_at", as: UnixMicroseconds.self)))
  }
}
