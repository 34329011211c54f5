public import Catalog
internal import Postgres

/// Backfills: rows beside a stream's syncs, whose progress is left as it is.
extension Loader {
  // MARK: The record

  /// How far a backfill of a stream is; nil if it never began.
  ///
  /// Works before the first migration.
  public func backfill(
    of stream: StreamDefinition.ID, in range: BackfillRange
  ) async throws -> BackfillRecord? {
    guard
      let known = try await backfills().first(where: {
        $0.stream == stream && $0.range.first == range.first && $0.range.days == range.days
      })
    else { return nil }
    return BackfillRecord(
      id: known.id, stream: stream, range: range, createdAt: known.createdAt,
      lastRunAt: known.lastRunAt, outcome: known.outcome, message: known.message,
      windows: known.windows)
  }

  /// All backfills of the account, by stream and day.
  ///
  /// Works before the first migration.
  public func backfills() async throws -> [BackfillRecord] {
    let account = account
    return try await persistently(at: "acsync.backfills") {
      let isThere: Bool? = try await self.connection.query(
        "SELECT to_regclass('acsync.backfill_windows') IS NOT NULL AS is_there"
      ).first?.value("is_there")
      guard isThere == true else { return [] }
      return try await self.connection.transaction(isolation: .repeatableRead) { transaction in
        var windows: [Int64: [BackfillRecord.Window]] = [:]
        for row in try transaction.query(Self.windowsQuery(account)) {
          windows[try row.value("backfill"), default: []].append(try BackfillRecord.Window(row))
        }
        return try transaction.query(Self.backfillsQuery(account)).compactMap {
          try BackfillRecord($0, windows: windows)
        }
      }
    }
  }

  /// Begins a backfill, or goes on with it; lays out schema `acsync` first if it is not yet.
  ///
  /// - Parameter isAgain: whether the windows that were read to their end are to be read again.
  public func open(
    _ range: BackfillRange, of stream: StreamDefinition.ID, isAgain: Bool
  ) async throws -> BackfillRecord {
    try await persistently(at: "acsync.backfills") {
      _ = try await Migrations.shipped.apply(on: self.connection)
      _ = try await self.connection.execute(
        """
        WITH opened AS (
          INSERT INTO acsync.backfills (account, stream, first_day, last_day, days, last_run_at)
          VALUES (\(self.account), \(stream.name), \(range.first.bound), \(range.last.bound),
            \(range.days)::integer, now())
          ON CONFLICT (account, stream, first_day, days) DO UPDATE
          SET last_day = excluded.last_day, last_run_at = excluded.last_run_at, outcome = NULL,
            message = NULL
          RETURNING id
        )
        UPDATE acsync.backfill_windows SET done_at = NULL
        WHERE \(isAgain) AND backfill = (SELECT id FROM opened)
          AND last_day <= \(range.last.bound)
        """)
    }
    guard let record = try await backfill(of: stream, in: range) else {
      throw WarehouseError.notClaimed(table: "acsync.backfills")
    }
    return record
  }

  /// Notes how a backfill ended for now.
  ///
  /// Not cut short by a cancelled task: what was done is to be known.
  public func end(_ backfill: Int64, _ outcome: Outcome, message: String?) async throws {
    try await Task {
      try await persistently(at: "acsync.backfills") {
        _ = try await self.connection.execute(
          """
          UPDATE acsync.backfills
          SET outcome = \(outcome.rawValue), message = \(orNull: message), last_run_at = now()
          WHERE id = \(backfill)
          """)
      }
    }.value
  }

  /// The walk of a window that was cut off; nil if there is none to go on with.
  public func unfinished(_ window: WindowKey) async throws -> WalkProgress? {
    try await persistently(at: "acsync.backfill_windows") {
      try await self.connection.transaction(isolation: .repeatableRead) {
        try BackfillState(key: window).unfinished(in: $0)
      }
    }
  }

  // MARK: Rows

  /// Writes a batch of a window's rows and the window's progress in one transaction; done again with
  /// the same batch it changes nothing more.
  ///
  /// - Throws: `WarehouseError`; nothing of the batch is kept then.
  public func commit(
    _ batch: Batch, to window: WindowKey, requests: Int
  ) async throws -> Receipt {
    let table = table(of: batch.stream)
    let rows = SelectedRows(
      Deduplication(versionIndex: batch.stream.versionIndex).rows(of: batch.pages),
      of: batch.stream)
    try claims[batch.stream.id]?.sightings.see(batch, into: table)
    let encoded = try Staging(for: table).encode(rows.stored)
    claims[batch.stream.id]?.batches += 1
    let kept = KeptReceipt()
    return try await persistently(at: table.title) {
      try await self.write(
        batch, to: BackfillState(key: window), encoded, rows.left, into: table, requests,
        keeping: kept)
    }
  }

  /// Lets a stream go, so that others can take it.
  ///
  /// Not cut short by a cancelled task: others may wait for it.
  public func release(_ stream: StreamDefinition.ID) async throws {
    try await Task {
      let state = State(of: stream, in: schema, account: account)
      try await persistently(at: state.title) {
        if self.claims.removeValue(forKey: stream) != nil { await self.unlock(state) }
      }
    }.value
  }

  private func write(
    _ batch: Batch, to window: BackfillState, _ encoded: StagedRows, _ left: [StampedRow],
    into table: Table, _ requests: Int, keeping kept: KeptReceipt
  ) async throws -> Receipt {
    let claim = try await readied(batch, encoded, into: table)
    return try await connection.transaction { transaction in
      guard try claim.state.begin(batch: claim.batches, epoch: claim.epoch, in: transaction) else {
        return kept.receipt
      }
      try window.begin(batch.progress, in: transaction)
      let merged = try Merge(table: table, types: claim.types)
        .run(encoded, of: batch.pages, in: transaction)
      let rejected = batch.pages.flatMap(\.rejected)
      try claim.state.keep(rejected, run: nil, in: transaction)
      let leaving = try Deletions(state: claim.state, table: table)
        .leave(left, in: transaction)
      try claim.state.add(rows: merged.inserted + merged.revived, in: transaction)
      let keys = batch.pages.flatMap { $0.rows.map(\.key) }
      try window.see(keys, in: transaction)
      try claim.state.vouch(for: keys, in: transaction)
      let verdict = try batch.closing.map { try Self.verdict($0, window, in: transaction) }
      let received = batch.pages.reduce(0) { $0 + $1.rows.count }
      let counts = CommitCounts(
        inserted: merged.inserted, updated: merged.written - merged.inserted,
        unchanged: received - left.count - merged.written, rejected: rejected.count,
        deleted: leaving)
      var isClosed = false
      if case .closed = verdict { isClosed = true }
      try window.save(
        batch.progress.segments, counts, rows: received, requests: requests, isClosed: isClosed,
        in: transaction)
      let receipt = Receipt(counts, verdict: verdict)
      kept.keep(receipt)
      return receipt
    }
  }

  /// Holds the end of a window's walk against what it saw.
  private static func verdict(
    _ closing: Closing, _ window: BackfillState, in transaction: Transaction
  ) throws -> Verdict {
    let seen = try window.seen(in: transaction)
    let shortage = (closing.total ?? seen) - seen
    // A shortage on which two readings agree is the service's own.
    guard shortage <= 0 || shortage == closing.acceptedShortage else {
      return .short(seen: seen, total: closing.total ?? seen)
    }
    return .closed(shortage: max(0, shortage))
  }

  // MARK: Inside

  private static func backfillsQuery(_ account: String) -> Statement {
    """
    SELECT id, stream, first_day - DATE '1970-01-01' AS first_day,
      last_day - DATE '1970-01-01' AS last_day, days, created_at, last_run_at, outcome, message
    FROM acsync.backfills WHERE account = \(account) ORDER BY stream, backfills.first_day, days
    """
  }

  private static func windowsQuery(_ account: String) -> Statement {
    """
    SELECT w.backfill, w.first_day - DATE '1970-01-01' AS first_day,
      w.last_day - DATE '1970-01-01' AS last_day, w.done_at, w.rows_read, w.inserted, w.updated,
      w.unchanged, w.rejected, w.requests
    FROM acsync.backfill_windows AS w JOIN acsync.backfills AS b ON b.id = w.backfill
    WHERE b.account = \(account) ORDER BY w.backfill, w.first_day, w.last_day
    """
  }
}

extension BackfillRecord {
  fileprivate init?(_ row: Postgres.Row, windows: [Int64: [Window]]) throws {
    let id: Int64 = try row.value("id")
    let outcome: String? = try row["outcome"]
    guard
      let range = BackfillRange(
        first: CalendarDay(daysSinceEpoch: try row.value("first_day")),
        last: CalendarDay(daysSinceEpoch: try row.value("last_day")),
        days: try row.value("days"))
    else { return nil }
    self.init(
      id: id, stream: StreamDefinition.ID(try row.value("stream")), range: range,
      createdAt: Instant(try row.value("created_at")), lastRunAt: try row.instant("last_run_at"),
      outcome: outcome.flatMap(Outcome.init(rawValue:)), message: try row["message"],
      windows: windows[id, default: []])
  }
}

extension BackfillRecord.Window {
  fileprivate init(_ row: Postgres.Row) throws {
    self.init(
      window: CreationWindow(
        first: CalendarDay(daysSinceEpoch: try row.value("first_day")),
        last: CalendarDay(daysSinceEpoch: try row.value("last_day"))),
      doneAt: try row.instant("done_at"),
      counts: CommitCounts(
        inserted: try row.value("inserted"), updated: try row.value("updated"),
        unchanged: try row.value("unchanged"), rejected: try row.value("rejected")),
      rows: try row.value("rows_read"), requests: try row.value("requests"))
  }
}
