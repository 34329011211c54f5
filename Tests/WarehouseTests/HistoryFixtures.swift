import Catalog
import Postgres
import TestSupport

@testable import Warehouse

extension StreamDefinition {
  /// The stream with its versions kept.
  func keepingHistory(_ change: (inout StreamShape) -> Void = { _ in }) -> StreamDefinition {
    var shape = shape
    shape.history = true
    change(&shape)
    return shaped(by: shape)
  }

  /// Mails with two counters.
  static let mailings = StreamDefinition(
    "mailings", "Mailings", path: "mailings", rows: "mailings", snapshot: .daily,
    columns: [
      .key("id", .bigint), .column("name", .text, "Name"), .counter("opens", .bigint, "Opens"),
      .counter("clicks", .bigint),
    ])
}

extension Catalog.Row {
  /// A mailing.
  static func mailing(_ id: Int64, _ name: String, opens: Int64, clicks: Int64 = 0) -> Catalog.Row {
    Row(key: id, values: [.integer(id), .text(name), .integer(opens), .integer(clicks)])
  }
}

extension Batch {
  /// A page of a whole walk that began at an instant and ends with the batch.
  static func whole(
    _ stream: StreamDefinition, _ rows: [Catalog.Row], at seconds: Int64, startedAt: Int64? = nil
  ) -> Batch {
    let start = Instant.at(startedAt ?? seconds)
    return Batch(
      stream: stream,
      pages: [Page(rows: rows, received: rows.count, total: nil, serverTime: .at(seconds))],
      progress: WalkProgress(signature: "whole \(seconds)", startedAt: start, segments: []),
      isWhole: true,
      closing: Closing(floor: nil, completeSince: start, deletions: DeletionRule()))
  }
}

/// What does not hold in a history of a table; none of it may be there.
///
/// Times are told in seconds after the beginning of `Instant.at`.
enum Versions {
  /// The versions in order, `id title from to`.
  static func of(_ table: String = "offers", _ columns: String = "title") async throws -> [String] {
    try await rows(
      """
      SELECT id, \(raw: columns), extract(epoch FROM valid_from)::bigint - 1700000000,
        coalesce((extract(epoch FROM valid_to)::bigint - 1700000000)::text, 'open')
      FROM activecampaign.\(raw: table)_history ORDER BY id, valid_from
      """)
  }

  /// Everything that is wrong with it.
  static func faults(of table: String = "offers") async throws -> [String] {
    try await rows(
      """
      WITH versions AS (
        SELECT h.id, valid_from, valid_to,
          lead(valid_from) OVER (PARTITION BY h.id ORDER BY valid_from) AS next
        FROM activecampaign.\(raw: table)_history AS h
      )
      SELECT 'overlap', id, valid_from FROM versions
      WHERE next IS NOT NULL AND (valid_to IS NULL OR valid_to > next)
      UNION ALL
      SELECT 'empty', id, valid_from FROM versions WHERE valid_to <= valid_from
      UNION ALL
      SELECT 'live, and no open version like it', t.id, t._synced_at
      FROM activecampaign.\(raw: table) AS t
      LEFT JOIN activecampaign.\(raw: table)_history AS h ON h.id = t.id AND h.valid_to IS NULL
      WHERE t._deleted_at IS NULL
        AND (to_jsonb(h) - '{valid_from,valid_to}'::text[])
          IS DISTINCT FROM (to_jsonb(t) - '_deleted_at')
      UNION ALL
      SELECT 'gone, and a version is open', h.id, h.valid_from
      FROM activecampaign.\(raw: table)_history AS h
      WHERE h.valid_to IS NULL AND NOT EXISTS (
        SELECT FROM activecampaign.\(raw: table) AS t WHERE t.id = h.id AND t._deleted_at IS NULL)
      """)
  }

  /// How many instants a row was without a version between two of its versions, by row.
  static func gaps(of table: String = "offers") async throws -> [String] {
    try await rows(
      """
      SELECT id, count(*) FROM (
        SELECT id, valid_to, lead(valid_from) OVER (PARTITION BY id ORDER BY valid_from) AS next
        FROM activecampaign.\(raw: table)_history) AS v
      WHERE next > valid_to GROUP BY id ORDER BY id
      """)
  }

  /// Versions that are over, with all they hold.
  static func closed(of table: String = "offers") async throws -> Set<String> {
    Set(
      try await rows(
        """
        SELECT to_jsonb(h)::text FROM activecampaign.\(raw: table)_history AS h
        WHERE valid_to IS NOT NULL
        """))
  }
}
