import Catalog

/// Tells what changed after the table was last proven from what the table has wrong.
struct Judgement: Sendable {
  /// Fields that tell when a row came to be or last changed, in the API's spellings.
  private static let times: Set<String> = [
    "cdate", "udate", "mdate", "createdTimestamp", "updatedTimestamp", "created_timestamp",
    "updated_timestamp",
  ]

  let selection: StreamSelection
  let state: StreamState
  private let filter: RowFilter?
  private let timeIndices: [Int]

  init(_ selection: StreamSelection, _ state: StreamState) {
    self.selection = selection
    filter = RowFilter(of: selection.stream)
    self.state = state
    timeIndices = selection.stream.columns.indices.filter {
      Self.times.contains(selection.stream.columns[$0].field)
    }
  }

  /// Whether the row is one that the configuration leaves out.
  func isLeftOut(_ row: Row) -> Bool {
    if let filter, filter.verdict(on: row) != .stored { return true }
    guard let anchor = selection.anchor, let index = selection.stream.versionIndex else {
      return false
    }
    // The service's filter goes by the update time alone: what has none may be left out too.
    guard case .instant(let changed) = row.values[index] else { return true }
    return changed < anchor
  }

  /// What to think of a difference.
  ///
  /// - Parameter row: the row as the account sent it; nil where it sent none.
  func verdict(on difference: Difference, row: Row?) -> Difference.Verdict {
    if difference.kind == .omitted { return .differs }
    guard let proven = proven(difference.kind) else { return .unclear }
    guard let row, let time = latestTime(of: row) else { return .unclear }
    // The service tells times to the second.
    if time >= proven.wholeSecond { return .changed }
    // A row that came to be before that was there to be read, whatever has changed in it since.
    let wasThere = difference.kind == .missing || difference.kind == .deleted
    return hasUpdateTimes && !isList(difference.column) || wasThere ? .differs : .unclear
  }

  /// Whether a column lists other rows: that moves when they come or go, without the update time.
  private func isList(_ column: String?) -> Bool {
    selection.stream.columns.contains { $0.name == column && $0.kind == .jsonb }
  }

  /// Up to when the table is known to be right: rows that came or went show at every run, values
  /// changed in place only in a reading of the whole list, unless the account can be asked for
  /// them.
  private func proven(_ kind: Difference.Kind) -> Instant? {
    switch kind {
    case .value, .rejected: hasUpdateTimes ? state.completeAsOf : state.wholeAsOf
    case .missing, .deleted, .surplus, .omitted, .count: state.completeAsOf
    }
  }

  /// Whether the service itself goes by the row's update time.
  private var hasUpdateTimes: Bool { selection.stream.isIncremental }

  private func latestTime(of row: Row) -> Instant? {
    timeIndices.compactMap { index in
      if case .instant(let instant) = row.values[index] { instant } else { nil }
    }.max()
  }
}
