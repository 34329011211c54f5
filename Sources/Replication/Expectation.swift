import Catalog

/// What a stream's reading will probably cost, told without asking anything.
extension StreamPlan {
  /// Requests by what the warehouse knows; nil where it knows too little.
  ///
  /// Of what changed nobody knows how much it is: a page, and the question for the total.
  /// - Parameters:
  ///   - parents: rows of the stream that it is listed below.
  ///   - workers: requests in flight at once.
  func expectedRequests(parents: Int64?, workers: Int) -> Int? {
    if isFree { return 0 }
    if changedSince != nil { return requests(for: Rehearsal.List(total: 0), workers) }
    if case .ofChanged = reading { return nil }
    guard lastSuccess != nil, stream.listedBelow == nil || parents != nil else { return nil }
    let total = state.liveRows + max(0, state.knownShortage)
    return requests(
      for: Rehearsal.List(total: total, highest: highest(of: total), parents: parents), workers)
  }

  /// Whether nothing is asked for it.
  public var isFree: Bool {
    switch reading {
    case .carried, .nothing: true
    case .whole, .changes, .tail, .beside, .window, .ofChanged: false
    }
  }

  /// Whether the first answer will tell more than the warehouse knows.
  var isToldByFirstAnswer: Bool {
    guard stream.listedBelow == nil, reading != .tail, !isFree else { return false }
    if case .beside = reading { return false }
    // What is left of a list walked by id is not told by the total of one part.
    if resuming != nil, stream.paging == .ids { return false }
    // Of a list that is stored in part, the table does not tell the length.
    return changedSince != nil || lastSuccess == nil || stream.isSelective
  }

  /// Requests by the length of the list, as its first answer told it.
  func expectedRequests(toldTotal total: Int64, workers: Int) -> Int? {
    requests(for: Rehearsal.List(total: total), workers)
  }

  private func requests(for list: Rehearsal.List, _ workers: Int) -> Int? {
    Rehearsal(of: self, on: list, workers: workers).requests()
  }

  /// A walk that is gone on with has come so far at least.
  private func highest(of total: Int64) -> Int64 {
    resuming?.segments.map { max($0.position, $0.upper ?? 0) }.max() ?? total
  }
}
