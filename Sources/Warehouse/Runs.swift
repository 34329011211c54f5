internal import Catalog
internal import Postgres

/// The record of runs, and of what each did to its streams.
struct Runs: Sendable {
  let account: String

  init(account: String) { self.account = account }

  /// Notes that a run begins; returns its number.
  func begin(_ opening: RunOpening, on connection: Connection) async throws -> Int64 {
    let rows = try await connection.query(
      """
      INSERT INTO acsync.runs (account, version, streams)
      VALUES (\(account), \(opening.version), \(opening.streams.map(\.name)))
      RETURNING id
      """)
    return try onlyRow(of: rows).value("id")
  }

  /// Notes how a stream ended; returns how many of its rows live.
  func note(_ report: StreamReport, of run: Int64?, on connection: Connection) async throws -> Int64
  {
    try await connection.transaction { transaction in
      let rows = try transaction.query(
        """
        SELECT live_rows FROM acsync.stream_state
        WHERE account = \(account) AND stream = \(report.stream.name)
        """)
      let liveRows: Int64 = try rows.first?.value("live_rows") ?? 0
      if let run { try transaction.execute(insertion(of: report, run: run, liveRows: liveRows)) }
      return liveRows
    }
  }

  private func insertion(of report: StreamReport, run: Int64, liveRows: Int64) -> Statement {
    let counts = report.counts
    return """
      INSERT INTO acsync.stream_runs (
        run, account, stream, mode, outcome, rows_read, inserted, updated, unchanged, rejected,
        deleted, corrected, requests, live_rows, floor, duration_ms, message, note
      ) VALUES (
        \(run), \(account), \(report.stream.name), \(report.mode.rawValue),
        \(report.outcome.rawValue), \(report.rowsRead), \(counts.inserted), \(counts.updated),
        \(counts.unchanged), \(counts.rejected), \(counts.deleted), \(counts.corrected), \(report.requests),
        \(liveRows),
        \(orNull: report.floor?.bound), \(report.duration.milliseconds),
        \(orNull: report.problem?.lines.joined(separator: "\n")), \(orNull: report.note)
      )
      ON CONFLICT (run, stream) DO NOTHING
      """
  }

  /// Notes how a run ended.
  func end(
    _ run: Int64, _ report: RunReport, summary: String?, on connection: Connection
  ) async throws {
    try await connection.execute(
      """
      UPDATE acsync.runs
      SET finished_at = now(), outcome = \(report.outcome.rawValue),
        exit_code = \(report.exitCode), requests = \(report.requests),
        retries = \(report.retries), duration_ms = \(report.duration.milliseconds),
        message = \(orNull: report.problem?.lines.joined(separator: "\n")),
        summary = \(orNull: summary.map(JSONText.init))
      WHERE id = \(run)
      """)
    try await forget(on: connection)
  }

  /// Forgets runs that ended 400 days ago, with what they did to their streams, and the summaries of
  /// those that ended 30 days ago: a sync every five minutes leaves a hundred thousand a year.
  ///
  /// A few at a time, the oldest first, so that no run pays for the years before it.
  private func forget(on connection: Connection) async throws {
    try await connection.execute(
      """
      DELETE FROM acsync.runs
      WHERE started_at < now() - interval '400 days' AND id IN (
        SELECT id FROM acsync.runs WHERE account = \(account) ORDER BY id LIMIT 100)
      """)
    try await connection.execute(
      """
      UPDATE acsync.runs SET summary = NULL
      WHERE id IN (
        SELECT id FROM acsync.runs
        WHERE account = \(account) AND summary IS NOT NULL
          AND started_at < now() - interval '30 days'
        ORDER BY id LIMIT 100)
      """)
  }
}
