import Catalog

extension Segment {
  /// Moves on by one answer, and decides whether the segment's end has been read.
  ///
  /// The end is judged by what the API sent: an empty page ends a list, and so does a short one,
  /// unless the API's own total says that more must come.
  mutating func advance(by outline: Outline, paging: Paging) {
    switch paging {
    case .ids:
      position = max(position, outline.keys.max() ?? position)
      isDone = outline.received < outline.limit || upper.map { position >= $0 - 1 } ?? false
    case .offset:
      position += Int64(outline.received)
      let isShort = outline.received < outline.limit
      let totalReached = outline.total.map { position >= $0 } ?? false
      isDone =
        outline.received == 0 || (isShort && totalReached)
        || upper.map { position >= $0 } ?? false
    }
  }
}

/// How a list is cut into segments.
enum Segments {
  /// More segments than this bring nothing: a few workers share them.
  static let most: Int64 = 12

  /// Fewer pages than this a segment cost more in broken pages than they save.
  static let fewestPages: Int64 = 8

  /// How many segments a list with this many pages left is worth.
  static func count(forPages pages: Int64) -> Int {
    Int(max(1, min(most, pages / fewestPages)))
  }

  /// Inner bounds that cut `from..<to` into `parts` of about the same length, each a whole number of
  /// steps from `from`.
  static func bounds(from: Int64, to: Int64, parts: Int, step: Int64) -> [Int64] {
    guard parts > 1, to > from else { return [] }
    let steps = (to - from + step - 1) / step
    let each = max(1, (steps + Int64(parts) - 1) / Int64(parts))
    return (1..<Int64(parts)).map { from + $0 * each * step }.filter { $0 < to }
  }
}
