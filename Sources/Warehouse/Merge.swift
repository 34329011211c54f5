internal import Catalog
internal import Postgres

/// Writes staged rows into a stream's table: only those that are new or differ, and never an older
/// version over a newer one.
///
/// The rows to write are found by a join first: `ON CONFLICT … WHERE` alone would lock, and so
/// write, every row that did not change.
struct Merge: Sendable {
  let table: Table
  /// The type each column of the table has where staging has another, by name.
  private let casts: [String: SQLType]

  /// - Parameter types: the type each column of the table has, by name.
  init(table: Table, types: [String: SQLType]) {
    self.table = table
    let staged = Staging(for: table).types
    casts = types.filter { staged[$0.key] != $0.value }
  }

  /// What merging did: rows that were new, that had been deleted, and all that were written.
  struct Outcome: Sendable, Hashable {
    var inserted = 0
    var revived = 0
    var written = 0
    /// Rows that took an earlier update time than the stored one.
    var corrected = 0
  }

  /// Brings the rows of some pages into the table.
  ///
  /// - Parameter correction: set for pages of a whole walk: what lets a row take an earlier time.
  func run(
    _ encoded: StagedRows, of pages: [Page], correction: Correction? = nil,
    in transaction: Transaction
  ) throws -> Outcome {
    guard encoded.rows.count > 0 else { return Outcome() }
    if try canInsert(encoded, of: pages, in: transaction) {
      let count = try transaction.copy(
        into: table.name, columns: encoded.columns, encoded.rows)
      return Outcome(inserted: count, written: count)
    }
    var outcome = Outcome()
    try transaction.copy(
      into: Staging.name(for: table), columns: encoded.columns, encoded.rows)
    outcome.corrected = try correction?.take(in: transaction) ?? 0
    for shape in encoded.shapes {
      guard let row = try transaction.query(statement(for: shape)).first else { continue }
      outcome.inserted += try row.value("inserted")
      outcome.revived += try row.value("revived")
      outcome.written += try row.value("written")
    }
    try correction?.note(in: transaction)
    return outcome
  }

  // MARK: Rows that are all new

  /// Whether the rows can go into the table without being staged and compared: none of them is
  /// there, and it takes the values as they are.
  ///
  /// A first sync takes the server half the time so. That none is there stays true until the
  /// transaction ends: the stream is ours alone.
  private func canInsert(
    _ encoded: StagedRows, of pages: [Page], in transaction: Transaction
  ) throws -> Bool {
    guard encoded.isUniform, casts.isEmpty else { return false }
    let ranges = pages.compactMap { KeyRange(of: $0.rows) }
    return try transaction.query(isFree(ranges)).first?.value("is_free") ?? false
  }

  /// Whether the table has no row within any of the ranges; one look into its index for each.
  func isFree(_ ranges: [KeyRange]) -> Statement {
    let key = table.key.quoted
    return """
      SELECT NOT EXISTS (
        SELECT FROM unnest(\(ranges.map(\.first)), \(ranges.map(\.last))) AS page (first, last)
        CROSS JOIN LATERAL (
          SELECT t.\(key) AS key FROM \(table.name) t
          WHERE t.\(key) >= page.first ORDER BY t.\(key) LIMIT 1
        ) AS next
        WHERE next.key <= page.last
      ) AS is_free
      """
  }

  // MARK: Rows that may be there

  /// Merges the staged rows of one shape; returns one row: `inserted`, `revived`, `written`.
  func statement(for shape: Shape) -> Statement {
    let key = Identifier(table.key.name)
    let columns = columns(of: shape)
    let names = columns.map { Identifier($0) }
    let values = columns.map { staged($0) }.joined(separator: ", ")
    let assignments = columns.filter { $0 != table.key.name }
      .map { "\(Identifier($0)) = excluded.\(Identifier($0))" as Statement }
      .joined(separator: ", ")
    let staging = Staging.name(for: table)
    return """
      WITH fresh AS MATERIALIZED (
        SELECT s.\(key), t.\(key) IS NULL AS is_new, t."_deleted_at" IS NOT NULL AS is_back
        FROM \(staging) s
        LEFT JOIN \(table.name) t ON t.\(key) = s.\(key)
        WHERE s.\(Identifier(Staging.shape)) = \(raw: String(shape.number))
          AND (t.\(key) IS NULL OR \(isNotOlder(shape)) AND (\(differs(shape))))
      ), written AS (
        INSERT INTO \(table.name) (\(names))
        SELECT \(values)
        FROM fresh JOIN \(staging) s ON s.\(key) = fresh.\(key)
        ON CONFLICT (\(key)) DO UPDATE SET \(assignments), "_deleted_at" = NULL
      )
      SELECT count(*) FILTER (WHERE is_new) AS inserted,
        count(*) FILTER (WHERE is_back) AS revived, count(*) AS written
      FROM fresh
      """
  }

  /// By update time where both are known and differ, else by the time of the answer; the same rule
  /// as in `Deduplication`.
  private func isNotOlder(_ shape: Shape) -> Statement {
    let newerAnswer: Statement = "s.\"_synced_at\" >= t.\"_synced_at\""
    guard let version = table.version, shape.columns.contains(version.name) else {
      return newerAnswer
    }
    let name = Identifier(version.name)
    return """
      CASE WHEN s.\(name) <> t.\(name) THEN s.\(name) > t.\(name) ELSE \(newerAnswer) END
      """
  }

  private func differs(_ shape: Shape) -> Statement {
    let compared = columns(of: shape).filter { $0 != table.key.name && $0 != Table.syncedAt }
    guard !compared.isEmpty else { return "t.\"_deleted_at\" IS NOT NULL" }
    let stored = compared.map { "t.\(Identifier($0))" as Statement }.joined(separator: ", ")
    let staged = compared.map { self.staged($0) }.joined(separator: ", ")
    return """
      t."_deleted_at" IS NOT NULL OR (\(stored)) IS DISTINCT FROM (\(staged))
      """
  }

  /// The columns that rows of the shape write, in the table's order.
  private func columns(of shape: Shape) -> [String] {
    shape.columns + [Table.syncedAt] + (shape.hasExtra ? [Table.extra] : [])
  }

  /// A staged value, cast where the table's column is of another type than staging's.
  private func staged(_ column: String) -> Statement {
    let value: Statement = "s.\(Identifier(column))"
    return casts[column].map { "\(value)::\(raw: $0.name)" } ?? value
  }
}

/// The least and the greatest key of a page.
struct KeyRange: Sendable, Hashable {
  let first: Int64
  let last: Int64

  /// Nil for no rows.
  init?(of rows: [Catalog.Row]) {
    let keys = rows.lazy.map(\.key)
    guard let first = keys.min(), let last = keys.max() else { return nil }
    (self.first, self.last) = (first, last)
  }
}
