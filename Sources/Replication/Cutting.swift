import Catalog

/// How the rest of a list, once its length is known, is cut into segments.
extension Walk {
  /// More segments than this bring nothing: a few workers share them.
  static let mostSegments: Int64 = 12

  /// Fewer pages than this a segment cost more in broken pages than they save.
  static let fewestPages: Int64 = 8

  /// How many segments a list with this many pages left is worth.
  static func segmentCount(forPages pages: Int64) -> Int {
    Int(max(1, min(mostSegments, pages / fewestPages)))
  }

  /// Inner bounds that cut `from..<to` into `parts` of about the same length, each a whole number of
  /// steps.
  static func bounds(from: Int64, to: Int64, parts: Int, step: Int64) -> [Int64] {
    guard parts > 1, to > from else { return [] }
    let steps = (to - from + step - 1) / step
    let each = max(1, (steps + Int64(parts) - 1) / Int64(parts))
    return (1..<Int64(parts)).map { from + $0 * each * step }.filter { $0 < to }
  }

  /// The free segment with most to read, so that all end at about the same time.
  var longestFree: Segment? {
    let free = segments.dropFirst(firstOpen).lazy.filter { [busy, orphaned] in
      !$0.isDone && !busy.contains($0.id) && !orphaned.contains($0.id)
    }
    // Nobody knows how long each of many lists is.
    if isChild { return free.first }
    return free.max { length(of: $0) < length(of: $1) }
  }

  func length(of segment: Segment) -> Int64 {
    guard segment.parent == nil else { return 0 }
    let end = isByID ? highest : total
    return (segment.upper ?? max(end ?? 0, segment.position)) - segment.position
  }

  /// Decides, after the first page, whether and how the rest is read by several workers.
  mutating func cutRest() -> [Segment] {
    cutting = .done
    guard let last = segments.last, !last.isDone, let total else { return [] }
    let parts = Self.segmentCount(forPages: (total - rowsReceived) / Int64(plan.pageSize))
    guard parts > 1 else { return [] }
    switch plan.stream.paging {
    case .ids:
      cutting = .wanted
      return []
    case .atOnce: return []
    case .offset:
      // Each page overlaps the one before by a row, so it brings one less than was asked for.
      let bounds = Self.bounds(
        from: last.position, to: total, parts: parts, step: Int64(max(1, plan.pageSize - 1)))
      return cut(at: bounds) { $0 }
    }
  }

  /// Cuts what is left below the highest id.
  mutating func cutIDs(upTo highest: Int64) -> [Segment] {
    guard let last = segments.last, let total, highest > last.position else { return [] }
    let parts = Self.segmentCount(forPages: (total - rowsReceived) / Int64(plan.pageSize))
    let bounds = Self.bounds(from: last.position, to: highest, parts: parts, step: 1)
    // A segment asks for ids above its position: the bound itself belongs to the upper part.
    return cut(at: bounds) { $0 - 1 }
  }

  /// Cuts the last segment at `bounds`; the last part stays open to the end of the list.
  private mutating func cut(at bounds: [Int64], start: (Int64) -> Int64) -> [Segment] {
    guard let first = bounds.first, let index = segments.indices.last else { return [] }
    segments[index].upper = first
    let next = segments[index].id + 1
    let uppers = bounds.dropFirst().map(Optional.some) + [nil]
    let added = zip(bounds, uppers).enumerated().map { number, bound in
      Segment(id: next + number, upper: bound.1, position: start(bound.0))
    }
    segments += added
    return [segments[index]] + added
  }
}

/// How neighbours in an ordered list meet: a segment ends where the next one began, and that place
/// is known by the row that stands there, not by its position, which deletions move.
extension Walk {
  /// After an answer by offset: tells the segment before where this one began, and takes over a
  /// segment that nobody has begun.
  ///
  /// - Returns: the segments that changed.
  mutating func meet(_ index: Int, _ outline: Outline, isFirst: Bool) -> [Segment] {
    var changed: [Int] = [index]
    if isFirst, let place = outline.places.first, let before = neighbour(of: index, step: -1) {
      segments[before].end = place
      segments[before].closeIfMet(isUnique: plan.stream.isOrderUnique)
      changed.append(before)
    }
    if let upper = segments[index].upper, segments[index].position >= upper,
      let after = neighbour(of: index, step: 1), isUntouched(segments[after])
    {
      segments[index].upper = segments[after].upper
      segments[after].isDone = true
      changed.append(after)
    }
    return changed.map { segments[$0] }
  }

  /// The nearest segment of the same list on one side that has rows of its own.
  private func neighbour(of index: Int, step: Int) -> Int? {
    guard segments[index].parent == nil else { return nil }
    var other = index + step
    while segments.indices.contains(other) {
      if !(segments[other].isDone && segments[other].edge == nil) { return other }
      other += step
    }
    return nil
  }

  private func isUntouched(_ segment: Segment) -> Bool {
    segment.edge == nil && !segment.isDone && !busy.contains(segment.id)
  }
}
