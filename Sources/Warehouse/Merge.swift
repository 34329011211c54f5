internal import Catalog
internal import Postgres

/// Writes staged rows into a stream's table: only those that are new or differ, and never an older
/// version over a newer one.
///
/// The rows to write are found by a join first: `ON CONFLICT … WHERE` alone would lock, and so
/// write, every row that did not change.
struct Merge: Sendable {
  let table: Table
  /// The type each column of the table has, by name.
  let types: [String: SQLType]

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
        WHERE s."_shape" = \(raw: String(shape.number))
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
    guard let type = types[column], type != Staging.type(of: column, in: table) else {
      return value
    }
    return "\(value)::\(raw: type.name)"
  }
}

/// Which fields the API sent of a row; rows of one shape are merged together, so that a field that
/// was not sent leaves the stored value as it is.
struct Shape: Sendable, Hashable {
  /// Its number within the batch.
  let number: Int
  /// Names of the columns sent, in the table's order.
  let columns: [String]
  /// Whether `_extra` is written too: not by a stub without unknown fields, which proves nothing
  /// about them.
  let hasExtra: Bool
}
