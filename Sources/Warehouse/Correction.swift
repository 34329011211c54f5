internal import Catalog
internal import Postgres

/// Lets a row take an earlier update time than the stored one, once two whole walks have found it.
///
/// The merge never lets an older version replace a newer one. A stored time that is wrong, and later
/// than all the account will tell for years, would keep its row as it is for ever.
struct Correction: Sendable {
  let state: State
  let table: Table
  /// When the walk began that found the rows; another walk has another time.
  let walk: Instant
  private let version: Identifier
  private var key: Identifier { table.key.quoted }

  /// Nil for a table whose rows have no update time.
  init?(state: State, table: Table, walk: Instant) {
    guard let version = table.version else { return nil }
    self.state = state
    self.table = table
    self.walk = walk
    self.version = version.quoted
  }

  /// Before the merge of what is staged: takes the times that an earlier walk found, too.
  ///
  /// - Returns: how many rows took one; all else of them is for the merge to write.
  func take(in transaction: Transaction) throws -> Int {
    try transaction.execute(
      """
      UPDATE \(table.name) AS t
      SET \(version) = s.\(version), "_synced_at" = s."_synced_at"
      FROM \(Staging.name(for: table)) AS s, acsync.older_rows AS o
      WHERE t.\(key) = s.\(key) AND s.\(version) < t.\(version)
        AND o.account = \(state.account) AND o.stream = \(state.stream.name)
        AND o.row_key = s.\(key) AND o.version = s.\(version)
        AND o.walk_started_at < \(walk.bound)
      """)
  }

  /// After it: notes the rows whose times are before the stored ones, and forgets those that are not.
  func note(in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM acsync.older_rows AS o USING \(Staging.name(for: table)) AS s, \(table.name) AS t
      WHERE o.account = \(state.account) AND o.stream = \(state.stream.name)
        AND o.row_key = s.\(key) AND t.\(key) = s.\(key) AND s.\(version) >= t.\(version)
      """)
    try transaction.execute(
      """
      INSERT INTO acsync.older_rows AS o (account, stream, row_key, version, walk_started_at)
      SELECT \(state.account), \(state.stream.name), s.\(key), s.\(version), \(walk.bound)
      FROM \(Staging.name(for: table)) AS s JOIN \(table.name) AS t ON t.\(key) = s.\(key)
      WHERE s.\(version) < t.\(version)
      ON CONFLICT (account, stream, row_key) DO UPDATE
      SET version = excluded.version, walk_started_at = excluded.walk_started_at
      WHERE o.version <> excluded.version
      """)
  }
}
