import Catalog

/// What one answer did for its segment.
enum Advance: Sendable, Equatable {
  /// The rows follow on what was read; the segment moved on, and may be done.
  case moved
  /// The page does not overlap what was read: rows before it were deleted, so rows may lie between.
  /// The segment has been set to ask from further back.
  case unstitched
  /// The answer is shorter than the total it tells itself: the same is to be asked again.
  case suspect
  /// The rows did not come in the order that positions are trusted by.
  case unordered
}

/// Whether a short page must be taken as it is, because asking again brought nothing else.
enum Trust: Sendable { case checked, taken }

// MARK: By id

extension Segment {
  /// Moves a segment of a list walked by id on by one answer.
  ///
  /// A short page ends the segment if the service's own total confirms it; otherwise it may lack a
  /// row, and ends the segment only if it comes again.
  /// - Parameter countsSlice: whether the total is known to count only what the query's bounds let
  ///   through.
  /// - Parameter isRepeated: whether the page has been asked for before.
  mutating func advanceByID(
    _ outline: Outline, countsSlice: Bool, isRepeated: Bool, trust: Trust
  ) -> Advance {
    if trust == .checked, countsSlice, outline.isShorterThanTold(before: 0) { return .suspect }
    let confirmed = outline.total == Int64(outline.received)
    if outline.isShort, !confirmed, !isRepeated { return .suspect }
    position = max(position, outline.keys.last ?? position)
    let bounded = upper.map { position >= $0 - 1 } ?? false
    isDone = bounded || outline.isShort
    return .moved
  }
}

// MARK: By offset, under an order that never changes

extension Segment {
  /// Moves a segment of an ordered list on by one answer, which must overlap what was read.
  ///
  /// Rows shift left when one before them is deleted, so a page that begins after the last row read
  /// may have skipped rows; one that begins with a row already read cannot have, since the order
  /// never changes. Rows that tie in the order are overlapped whole.
  mutating func advanceByOffset(_ outline: Outline, isUnique: Bool, trust: Trust) -> Advance {
    if position == 0, outline.received > outline.limit {
      // The service knows no limit here: the list came in one answer.
      takeAll(outline)
      return .moved
    }
    let isWholeList = position == 0 && outline.isShort
    guard isWholeList || outline.isAscending(isUnique: isUnique) else { return .unordered }
    let asked = offsetToAsk
    if let edge, asked > 0, !outline.overlaps(edge, isUnique: isUnique) {
      overlap = min(position, max(1, overlap) * 2)
      return .unstitched
    }
    if trust == .checked, outline.isShorterThanTold(before: asked) { return .suspect }
    let isNew = outline.places.last.map { $0 > edge ?? .min } ?? false
    let shift = edge.map { edge in overlap - Int64(outline.places.count { $0 <= edge }) } ?? 0
    if let last = outline.places.last { edge = max(edge ?? last, last) }
    position = asked + Int64(outline.received)
    overlap = isUnique ? 1 : outline.trailingTies + 1
    guard overlap < outline.limit else { return .unordered }
    // Where rows were deleted since the last page, as many may be until the next.
    overlap = min(overlap + max(0, shift), max(overlap, Int64(outline.limit / 2)))
    let told = outline.total.map { position == $0 } ?? false
    isDone = outline.received == 0 || (outline.isShort && (told || !isNew))
    // A short page that no total confirms may lack a row: looking whether it was the last one reads
    // all of it again.
    if !isDone, outline.isShort, outline.total == nil {
      overlap = max(overlap, Int64(outline.received))
    }
    closeIfMet(isUnique: isUnique)
    return .moved
  }

  /// Ends the segment with an answer that is the whole list.
  mutating func takeAll(_ outline: Outline) {
    position = Int64(outline.received)
    edge = outline.places.max()
    isDone = true
  }

  /// Where the next page begins.
  var offsetToAsk: Int64 { max(0, position - overlap) }

  /// Ends the segment if it has read into the next one.
  mutating func closeIfMet(isUnique: Bool) {
    guard let edge, let end else { return }
    if isUnique ? edge >= end : edge > end { isDone = true }
  }
}

extension Outline {
  /// Whether fewer rows came than were asked for.
  var isShort: Bool { received < limit }

  /// Whether fewer rows came than the total says there are from `offset` on.
  func isShorterThanTold(before offset: Int64) -> Bool {
    guard isShort, let total else { return false }
    return offset + Int64(received) < total
  }

  /// Whether the rows ascend; strictly where no two can stand in the same place.
  func isAscending(isUnique: Bool) -> Bool {
    zip(places, places.dropFirst()).allSatisfy { isUnique ? $0 < $1 : $0 <= $1 }
  }

  /// Whether the page begins with a row that has been read, or before one.
  func overlaps(_ edge: Int64, isUnique: Bool) -> Bool {
    guard let first = places.first else { return false }
    return isUnique ? first <= edge : first < edge
  }

  /// Rows at the end that share the last one's place in the order.
  var trailingTies: Int64 { Int64(places.reversed().prefix { $0 == places.last }.count) }
}

// MARK: By offset, in no known order

/// The reading of a list whose order says nothing: the slow way, page after page, and again until
/// the number of distinct rows is the total, and two readings agree where that proves too little.
struct UnorderedReading: Sendable {
  /// Whole readings after which the last one is taken, and doubted.
  static let mostReadings = 3

  private var seen: Set<Int64> = []
  private var previous: Set<Int64>?
  private var last: Int64?
  private(set) var readings = 1
  /// Whether the number of rows proves the list: not where pages cannot overlap, since a row deleted
  /// behind the reading hides one in front of it and is counted for it; nor where rows that tie may
  /// come in another order each time.
  private var isCountProof: Bool
  private let isUnique: Bool

  init(isUnique: Bool) {
    self.isUnique = isUnique
    isCountProof = isUnique
  }

  /// What is to be done after an answer.
  enum Next: Equatable { case goOn, done, doubted }

  /// Takes an answer; moves the segment on, or back to its beginning.
  mutating func take(_ outline: Outline, of segment: inout Segment) -> Next {
    // A page of one row cannot overlap another.
    let isStitched =
      segment.offsetToAsk == 0 || segment.overlap == 0 || outline.keys.first == last
    if outline.limit == 1 { isCountProof = false }
    let known = seen.count
    seen.formUnion(outline.keys)
    let isNew = seen.count > known
    last = outline.keys.last ?? last
    // Answers of no more rows than overlap lead nowhere: the service sends no longer ones.
    guard outline.isShort || Int64(outline.limit) > segment.position - segment.offsetToAsk else {
      segment.isDone = true
      return .doubted
    }
    segment.position = segment.offsetToAsk + Int64(outline.received)
    segment.overlap = outline.limit > 1 ? 1 : 0
    guard isStitched else { return again(&segment, isComplete: false) }
    guard outline.received == 0 || (outline.isShort && (outline.total != nil || !isNew)) else {
      return .goOn
    }
    let isCounted = outline.total.map { Int64(seen.count) == $0 }
    // Rows that were added since the reading before are no disagreement.
    let isAgreed = previous?.isSubset(of: seen) == true
    let isWhole = isCounted.map { $0 && (isCountProof || isAgreed) } ?? (previous == seen)
    // Single rows that tie, in another order each time: nothing proves that all were seen.
    let isProvable = isUnique || outline.limit > 1 || seen.count < 2
    guard isWhole, isProvable else { return again(&segment, isComplete: true) }
    segment.isDone = true
    return .done
  }

  /// - Parameter isComplete: whether this reading came to the end: one that broke off agrees with
  ///   everything.
  private mutating func again(_ segment: inout Segment, isComplete: Bool) -> Next {
    guard readings < Self.mostReadings else {
      segment.isDone = true
      return .doubted
    }
    readings += 1
    if isComplete { previous = seen }
    (seen, last) = ([], nil)
    (segment.position, segment.overlap) = (0, 0)
    return .goOn
  }
}
