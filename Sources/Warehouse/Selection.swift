internal import Catalog
internal import Postgres

/// The rows of a batch by whether the user wants them stored.
struct SelectedRows {
  /// Those to be stored.
  var stored: [StampedRow]
  /// Those that do not match, and leave the table if it has them.
  var left: [StampedRow] = []
  /// How many are neither.
  var unjudged = 0

  /// Parts rows, each the newest of its key.
  init(_ rows: [StampedRow], of stream: StreamDefinition) {
    guard let filter = RowFilter(of: stream) else {
      stored = rows
      return
    }
    stored = []
    for row in rows {
      switch filter.verdict(on: row.row) {
      case .stored: stored.append(row)
      case .left: left.append(row)
      case .unjudged: unjudged += 1
      }
    }
  }
}

extension Deletions {
  /// Marks rows that do not match any more, or removes them, and counts them off.
  ///
  /// They were sent, so that no limit on deletions counts for them; and a newer version that is
  /// stored stays.
  /// - Returns: how many there were.
  func leave(_ rows: [StampedRow], in transaction: Transaction) throws -> Int {
    let manner = table.stream.shape.leaving
    guard !rows.isEmpty, manner != .ignore else { return 0 }
    let given: Statement = """
      unnest(\(rows.map(\.row.key)), \(rows.map(\.syncedAt.bound)), \(rows.map(version)))
        AS given (key, synced_at, version)
      """
    var condition: Statement = """
      t.\(table.key.quoted) = given.key AND t."_deleted_at" IS NULL
        AND t."_synced_at" <= given.synced_at
      """
    if let version = table.version {
      condition =
        "\(condition) AND coalesce(t.\(version.quoted) <= given.version, true)"
    }
    if manner == .hard, let time = rows.map(\.syncedAt).max() {
      try table.tellHistory(goneAt: time, in: transaction)
    }
    let gone = try transaction.execute(
      manner == .hard
        ? "DELETE FROM \(table.name) AS t USING \(given) WHERE \(condition)"
        : """
        UPDATE \(table.name) AS t SET "_deleted_at" = given.synced_at FROM \(given)
        WHERE \(condition)
        """)
    guard gone > 0 else { return 0 }
    try transaction.execute(
      """
      UPDATE acsync.stream_state SET live_rows = live_rows - \(gone)
      WHERE account = \(state.account) AND stream = \(state.stream.name)
      """)
    return gone
  }

  private func version(of row: StampedRow) -> UnixMicroseconds? {
    guard let index = table.stream.versionIndex, case .instant(let time) = row.row.values[index]
    else { return nil }
    return time.bound
  }
}
