internal import Catalog

/// A row with the server's time of the answer that brought it.
struct StampedRow: Sendable, Hashable {
  var row: Row
  var syncedAt: Instant

  /// Whether the API sent every declared field; a stub of a few fields must blank nothing.
  var isWhole: Bool { !row.values.contains(.missing) }
}

/// Reduces the rows of many pages to one a key: PostgreSQL refuses a statement that would write a
/// row twice, and only the newest version counts.
struct Deduplication {
  /// Position of the update time among the columns; nil where the stream has none.
  let versionIndex: Int?

  /// One row a key, in the order in which the keys first came.
  func rows(of pages: [Page]) -> [StampedRow] {
    var rows: [StampedRow] = []
    var positions: [Int64: Int] = [:]
    let count = pages.reduce(0) { $0 + $1.rows.count }
    rows.reserveCapacity(count)
    positions.reserveCapacity(count)
    for page in pages {
      for row in page.rows {
        let next = StampedRow(row: row, syncedAt: page.serverTime)
        if let position = positions[row.key] {
          rows[position] = combined(rows[position], next)
        } else {
          positions[row.key] = rows.count
          rows.append(next)
        }
      }
    }
    return rows
  }

  /// The newer of two versions; what it lacks is taken from the older one.
  func combined(_ held: StampedRow, _ next: StampedRow) -> StampedRow {
    var (older, newer) = (held, next)
    if isOlder(next, than: held) { swap(&older, &newer) }
    guard !newer.isWhole else { return newer }
    for index in newer.row.values.indices where newer.row.values[index] == .missing {
      newer.row.values[index] = older.row.values[index]
    }
    newer.row.extra = newer.row.extra ?? older.row.extra
    return newer
  }

  /// By update time where both are known and differ, else by the time of the answer.
  ///
  /// The same rule as in `Merge`. At a tie the one that came later counts.
  func isOlder(_ one: StampedRow, than other: StampedRow) -> Bool {
    if let mine = updateTime(of: one), let its = updateTime(of: other), mine != its {
      return mine < its
    }
    return one.syncedAt < other.syncedAt
  }

  private func updateTime(of row: StampedRow) -> Int64? {
    guard let versionIndex, row.row.values.indices.contains(versionIndex) else { return nil }
    return switch row.row.values[versionIndex] {
    case .instant(let instant): instant.microseconds
    case .wallClock(let microseconds): microseconds
    case .day(let day): day.daysSinceEpoch
    case .integer(let number): number
    case .missing, .null, .boolean, .text, .json: nil
    }
  }
}
