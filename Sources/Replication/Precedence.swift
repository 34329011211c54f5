import Catalog

/// In which order streams are asked.
///
/// Streams of unknown length come first, then the one with least to read, so that small ones are
/// fresh first. Read so to the end, the last one would leave workers idle: pages of a segment come
/// one after the other, and the request that settles a walk only after all of them. So the last
/// requests of a run are sent in the order of what still has to wait for them, the most first.
extension Agenda {
  /// So many requests for rows are the last ones: as many as three workers send while the longest
  /// list that is read in one piece is read.
  static let lastRequests = 3 * 2 * Walk.fewestPages

  /// Streams in the order in which they are asked.
  func inTurn(_ streams: [StreamDefinition.ID]) -> [StreamDefinition.ID] {
    let unopened = streams.filter { walks[$0]?.isUnopened == true }
    let left = walks.values.reduce(0) { $0 + $1.requestsLeft }
    let opened = streams.compactMap { stream -> (StreamDefinition.ID, rank: Int64)? in
      guard let walk = walks[stream], !walk.isUnopened else { return nil }
      // What comes beside a stream can be held against its own list only when that one has ended.
      if !walk.plan.including.isEmpty { return (stream, .min) }
      return (stream, left > Self.lastRequests ? walk.remaining : -walk.chain)
    }
    return unopened + opened.sorted { $0.rank < $1.rank }.map(\.0)
  }
}

extension Walk {
  /// Pages that are probably still to be asked for.
  fileprivate var requestsLeft: Int64 {
    plan.isAligned || isRead ? 0 : Self.pages(of: remaining, each: plan.pageSize)
  }

  /// How many answers must come one after the other from the next request to the walk's end.
  fileprivate var chain: Int64 {
    guard let segment = longestFree else { return isRead ? 1 : 0 }
    // A list that was read in one piece is settled by its last page.
    return max(1, pages(of: segment)) + (segments.count > 1 ? 1 : 0)
  }

  private func pages(of segment: Segment) -> Int64 {
    // Pages by position overlap by a row.
    guard isByID else { return Self.pages(of: length(of: segment), each: plan.pageSize - 1) }
    let whole = segments.reduce(0) { $0 + ($1.isDone ? 0 : length(of: $1)) }
    let share = whole > 0 ? Double(length(of: segment)) / Double(whole) : 1
    return Self.pages(of: Int64(Double(remaining) * share), each: plan.pageSize)
  }

  private static func pages(of rows: Int64, each size: Int) -> Int64 {
    (rows + Int64(max(1, size)) - 1) / Int64(max(1, size))
  }
}
