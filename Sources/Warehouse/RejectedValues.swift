internal import Catalog
internal import Postgres

/// Values that did not fit their columns, which are kept beside the tables.
extension State {
  /// Values in one statement; more are written in several.
  private static let rejectedAtOnce = 1000

  /// Keeps values that did not fit; one that is kept already is not kept twice.
  func keep(_ rejected: [RejectedValue], run: Int64?, in transaction: Transaction) throws {
    for start in stride(from: 0, to: rejected.count, by: Self.rejectedAtOnce) {
      let part = rejected[start..<min(start + Self.rejectedAtOnce, rejected.count)]
      try transaction.execute(
        """
        INSERT INTO acsync.rejected_rows
          (account, stream, run, row_key, column_name, raw, reason)
        SELECT \(account), \(stream.name), \(orNull: run), value.*
        FROM unnest(
          \(part.map(\.key)), \(part.map(\.column)), \(part.map { withoutNUL($0.raw) }),
          \(part.map { withoutNUL($0.reason) })
        ) AS value
        ON CONFLICT DO NOTHING
        """)
    }
  }

  /// PostgreSQL takes no NUL character in a text.
  private func withoutNUL(_ text: String) -> String {
    text.utf8.contains(0) ? text.replacing("\0", with: "") : text
  }
}
