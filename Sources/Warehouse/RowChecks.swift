public import Catalog
internal import Postgres

/// Looking at the live rows of a stream, and keeping what was found.
extension SideSession {
  /// How long one check may take.
  private static let longest = Duration.seconds(300)

  /// Looks at a stream's live rows; one that cannot be looked at is a check that failed.
  ///
  /// - Throws: `WarehouseError` where the warehouse is out of reach.
  public func results(
    of checks: [StreamCheck], on stream: StreamDefinition
  ) async throws -> [CheckResult] {
    var results: [CheckResult] = []
    for check in checks {
      do {
        let (rows, message) = try await finding(of: check, on: stream)
        results.append(CheckResult(check, of: stream.id, failingRows: rows, message: message))
      } catch let error as WarehouseError where error.explanation.fault != .targetOutOfReach {
        let message = "it could not be looked at: \(error.explanation.what)"
        results.append(CheckResult(check, of: stream.id, failingRows: nil, message: message))
      }
    }
    return results
  }

  /// Keeps what checks found, in `acsync.check_results`.
  ///
  /// - Throws: `WarehouseError`.
  public func keep(_ results: [CheckResult], of run: Int64) async throws {
    let account = account
    try await with(at: "acsync.check_results") { connection in
      try await connection.transaction { transaction in
        for result in results {
          try transaction.execute(
            """
            INSERT INTO acsync.check_results
              (run, account, stream, check_name, outcome, failing_rows, message)
            VALUES (\(run), \(account), \(result.stream.name), \(result.check),
              \(result.outcome.rawValue), \(orNull: result.failingRows), \(orNull: result.message))
            ON CONFLICT (run, stream, check_name) DO NOTHING
            """)
        }
      }
    }
  }

  private func finding(
    of check: StreamCheck, on stream: StreamDefinition
  ) async throws -> (rows: Int64?, message: String?) {
    let question = CheckQuestion(check.rule, of: Table(of: stream, in: schema), account: account)
    return try await with(at: check.place) { connection in
      let row = try await connection.transaction { transaction in
        try transaction.script("SET TRANSACTION READ ONLY")
        try transaction.limit(to: Self.longest)
        return try onlyRow(of: transaction.query(question.statement))
      }
      return try question.finding(row)
    }
  }
}

extension Loader {
  /// Whether a stream of which no row lives always had some at the end of the runs before this one.
  ///
  /// Asked on the run's own session: nearly every account has an empty stream, and a session more
  /// for each of many accounts is more than a server may have.
  /// - Throws: `WarehouseError`.
  public func wasNeverEmpty(_ stream: StreamDefinition.ID) async throws -> Bool {
    let (account, run) = (account, run)
    return try await persistently(at: "acsync.stream_runs") {
      // The last run answers for a stream that is always empty: years of runs are not gone through.
      let rows = try await self.connection.query(
        """
        WITH last AS (
          SELECT live_rows FROM acsync.stream_runs
          WHERE account = \(account) AND stream = \(stream.name) AND outcome = 'done'
            AND run < \(orNull: run)
          ORDER BY run DESC LIMIT 1
        )
        SELECT EXISTS (SELECT FROM last WHERE live_rows > 0) AND NOT EXISTS (
          SELECT FROM acsync.stream_runs, last
          WHERE account = \(account) AND stream = \(stream.name) AND outcome = 'done'
            AND run < \(orNull: run) AND stream_runs.live_rows = 0 AND last.live_rows > 0
        ) AS was_never_empty
        """)
      return try onlyRow(of: rows).value("was_never_empty")
    }
  }
}

/// The query that a check is, and what its row means.
struct CheckQuestion {
  let rule: StreamCheck.Rule
  let table: Table
  let account: String

  init(_ rule: StreamCheck.Rule, of table: Table, account: String) {
    self.rule = rule
    self.table = table
    self.account = account
  }

  private var live: Statement {
    "\(table.name) WHERE \(Identifier(Table.deletedAt)) IS NULL"
  }

  /// One row: `rows`, and for the freshness `is_fresh`.
  var statement: Statement {
    switch rule {
    case .minRows: "SELECT count(*) AS rows FROM \(live)"
    case .freshness(let column, let age): freshness(of: column, age)
    case .unique(let columns): uniqueness(of: columns.map { Identifier($0) })
    case .notNull(let columns):
      "SELECT count(*) AS rows FROM \(live) AND ("
        + columns.map { "\(Identifier($0)) IS NULL" as Statement }.joined(separator: " OR ") + ")"
    case .acceptedValues(let column, let values):
      """
      SELECT count(*) AS rows FROM \(live)
        AND \(Identifier(column))::text <> ALL (\(asStored(values, in: column)))
      """
    // On lines of its own, since it may end with a comment.
    case .sql(let text):
      "SELECT count(*) AS rows FROM (\n" + Statement(raw: Self.withoutEnd(text)) + "\n) AS wrong"
    }
  }

  /// Truth values as PostgreSQL writes them, since the API's own, and so the file's, are 0 and 1.
  private func asStored(_ values: [String], in column: String) -> [String] {
    guard table.stream.columns.first(where: { $0.name == column })?.kind == .boolean else {
      return values
    }
    return values.map { $0 == "0" ? "false" : $0 == "1" ? "true" : $0 }
  }

  private func freshness(of column: String?, _ age: Duration) -> Statement {
    let bound: Statement = "now() - \(age.components.seconds) * interval '1 second'"
    guard let column else {
      return """
        SELECT coalesce((
          SELECT complete_as_of >= \(bound) FROM acsync.stream_state
          WHERE account = \(account) AND stream = \(table.stream.id.name)
        ), false) AS is_fresh
        """
    }
    let kind = table.stream.columns.first { $0.name == column }?.kind
    // A time without a zone is US Central in this API, a day without a time one of UTC.
    let zone: Statement =
      switch kind {
      case .timestamp: " AT TIME ZONE 'America/Chicago'"
      case .date: "::timestamp AT TIME ZONE 'UTC'"
      default: ""
      }
    return """
      SELECT coalesce(max(\(Identifier(column)))\(zone) >= \(bound), false) AS is_fresh FROM \(live)
      """
  }

  private func uniqueness(of columns: [Identifier]) -> Statement {
    let present = columns.map { "\($0) IS NOT NULL" as Statement }.joined(separator: " AND ")
    return """
      SELECT coalesce(sum(rows), 0)::bigint AS rows FROM (
        SELECT count(*) AS rows FROM \(live) AND \(present) GROUP BY \(columns) HAVING count(*) > 1
      ) AS twice
      """
  }

  private static func withoutEnd(_ text: String) -> String {
    var text = Substring(text)
    while let last = text.last, last == ";" || last.isWhitespace { text.removeLast() }
    return String(text)
  }

  /// What the row means: rows that are wrong, and words for it; nil for nothing.
  func finding(_ row: Postgres.Row) throws -> (rows: Int64?, message: String?) {
    if case .freshness(let column, let age) = rule {
      guard try !row.value("is_fresh", as: Bool.self) else { return (nil, nil) }
      let what = column.map { "the newest \($0) is" } ?? "the table was last proven complete"
      return (nil, "\(what) longer ago than \(age.components.seconds) s")
    }
    let rows: Int64 = try row.value("rows")
    if case .minRows(let least) = rule {
      return (nil, rows >= least ? nil : "\(rows) rows live, fewer than \(least)")
    }
    return (rows, rows == 0 ? nil : rows == 1 ? "1 row is wrong" : "\(rows) rows are wrong")
  }
}
