import Catalog

extension StreamPlan {
  /// The plan of reading what was created within a window.
  ///
  /// - Parameter unfinished: the window's walk that was cut off, if one was.
  init(
    _ window: CreationWindow, of stream: StreamDefinition, pageSize: Int,
    unfinished: WalkProgress? = nil
  ) {
    self.init(
      stream: stream, reading: .window(window), floor: nil, lookback: .zero,
      deletions: DeletionRule(.ignore), isAnchored: false, state: StreamState(),
      pageSize: pageSize, refresh: .zero, resuming: nil, neededBy: nil,
      reason: "what was created from \(window)")
    guard var walk = unfinished, walk.signature == signature else { return }
    if walk.segments.allSatisfy(\.isDone) {
      // All is read but the length that proves it: the end of the last part tells that.
      let last = walk.segments.lastIndex { $0.edge != nil || stream.paging == .ids }
      guard let last else { return }
      walk.segments[last].isDone = false
    }
    resuming = walk
  }
}

extension StreamDefinition {
  /// When a row was created; nil where it does not tell.
  func creation(of row: Row) -> Instant? {
    guard let index = creationIndex, case .instant(let instant) = row.values[index] else {
      return nil
    }
    return instant
  }
}
