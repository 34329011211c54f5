import Catalog

/// How one stream is read in this run: which requests are left, and what each answer proves.
///
/// A value without clock, socket or `await`. It hands out requests of its segments, at most one a
/// segment at a time, and learns from the answers. The first answer tells the length of the list;
/// what is left is then cut into segments, so that several workers can read one stream at once.
struct Walk: Sendable {
  let plan: StreamPlan
  private(set) var segments: [Segment]
  /// The server's time of the first answer; nil before it.
  private(set) var startedAt: Instant?
  /// The list's length as last told; nil for children, whose lists are many.
  private(set) var total: Int64?
  /// Rows received in this run.
  private(set) var rowsReceived: Int64 = 0
  /// Segments whose answer is awaited.
  private var busy: Set<Int> = []
  /// Lists that a killed run had begun, whose parents have not turned up in this one.
  private var orphaned: Set<Int> = []
  /// Whether no more segments can come; a child's walk is sealed when its parents have been read.
  private var isSealed: Bool
  private var cutting: Cutting

  /// How far the cutting into segments has come.
  private enum Cutting { case unknown, wanted, asked, done }

  init(_ plan: StreamPlan) {
    self.plan = plan
    let isChild = plan.stream.parent != nil
    isSealed = !isChild
    startedAt = plan.resuming?.startedAt
    segments = plan.resuming?.segments ?? (isChild ? [] : [Segment(id: 0)])
    cutting = isChild || segments.count > 1 ? .done : .unknown
    if isChild { orphaned = Set(segments.map(\.id)) }
  }

  /// Whether every row has been received.
  var isFinished: Bool { isSealed && startedAt != nil && segments.allSatisfy(\.isDone) }

  /// Whether its length is still unknown, so that asking for it comes first.
  var isUnopened: Bool { isSealed && total == nil && busy.isEmpty && rowsReceived == 0 }

  /// Rows that are probably still to come.
  var remaining: Int64 { max(0, (total ?? 0) - rowsReceived) }

  // MARK: Handing out

  /// The next request, or nil while every segment is done or being read.
  mutating func next() -> Assignment? {
    switch cutting {
    case .wanted:
      cutting = .asked
      return Assignment(
        purpose: .measure,
        query: PageQuery(plan.stream, .newest, limit: 1, changedSince: plan.changedSince))
    case .asked: return nil
    case .unknown, .done:
      guard let segment = longestFree else { return nil }
      busy.insert(segment.id)
      return Assignment(purpose: .rows(segment: segment.id), query: query(for: segment))
    }
  }

  /// The free segment with most to read, so that all end at about the same time.
  private var longestFree: Segment? {
    let free = segments.filter {
      !$0.isDone && !busy.contains($0.id) && !orphaned.contains($0.id)
    }
    return free.max { length(of: $0) < length(of: $1) }
  }

  private func length(of segment: Segment) -> Int64 {
    guard segment.parent == nil else { return 0 }
    return (segment.upper ?? max(total ?? 0, segment.position)) - segment.position
  }

  private func query(for segment: Segment) -> PageQuery {
    switch plan.stream.paging {
    case .ids:
      return PageQuery(
        plan.stream, .ids(after: segment.position, below: segment.upper), limit: plan.pageSize,
        changedSince: plan.changedSince, parent: segment.parent)
    case .offset:
      let left = segment.upper.map { $0 - segment.position } ?? Int64(plan.pageSize)
      return PageQuery(
        plan.stream, .offset(segment.position), limit: max(1, min(plan.pageSize, Int(left))),
        changedSince: plan.changedSince, parent: segment.parent)
    }
  }

  // MARK: Learning

  /// Takes an answer; returns the segments that it changed or made.
  ///
  /// - Throws: `WalkError` if the answer is not what the walk relies on.
  mutating func received(
    _ outline: Outline, for purpose: Assignment.Purpose
  ) throws(WalkError) -> [Segment] {
    startedAt = startedAt ?? outline.serverTime
    switch purpose {
    case .measure:
      cutting = .done
      return outline.keys.first.map { cutIDs(upTo: $0) } ?? []
    case .rows(let id):
      busy.remove(id)
      rowsReceived += Int64(outline.received)
      if plan.stream.parent == nil { total = outline.total ?? total ?? outline.shortTotal }
      guard let index = segments.firstIndex(where: { $0.id == id }) else { return [] }
      if plan.stream.paging == .ids {
        try outline.checkAscending(above: segments[index].position, of: plan.stream.id)
      }
      segments[index].advance(by: outline, paging: plan.stream.paging)
      let cut = cutting == .unknown ? cutRest() : []
      return cut.isEmpty ? [segments[index]] : cut
    }
  }

  /// Adds a list for each parent; those that a killed run has read stay read.
  mutating func add(parents: [Int64]) -> [Segment] {
    var added: [Segment] = []
    let first = (segments.map(\.id).max() ?? -1) + 1
    for parent in parents {
      if let known = segments.first(where: { $0.parent == parent }) {
        orphaned.remove(known.id)
      } else {
        added.append(Segment(id: first + added.count, parent: parent))
      }
    }
    segments += added
    return added
  }

  /// Says that all parents are known; the lists of parents that are gone need no reading.
  ///
  /// - Parameter time: the server's time, for a walk that had nothing to ask.
  mutating func seal(at time: Instant) -> [Segment] {
    startedAt = startedAt ?? time
    isSealed = true
    for index in segments.indices where orphaned.contains(segments[index].id) {
      segments[index].isDone = true
    }
    return segments.filter { orphaned.contains($0.id) }
  }

  // MARK: Cutting

  /// Decides, after the first page, whether and how the rest is read by several workers.
  private mutating func cutRest() -> [Segment] {
    cutting = .done
    guard let last = segments.last, !last.isDone, let total else { return [] }
    let pages = (total - rowsReceived) / Int64(plan.pageSize)
    let parts = Segments.count(forPages: pages)
    guard parts > 1 else { return [] }
    switch plan.stream.paging {
    case .ids:
      cutting = .wanted
      return []
    case .offset:
      let bounds = Segments.bounds(
        from: last.position, to: total, parts: parts, step: Int64(plan.pageSize))
      return cut(at: bounds) { $0 }
    }
  }

  private mutating func cutIDs(upTo highest: Int64) -> [Segment] {
    guard let last = segments.last, let total, highest > last.position else { return [] }
    let pages = (total - rowsReceived) / Int64(plan.pageSize)
    let bounds = Segments.bounds(
      from: last.position, to: highest, parts: Segments.count(forPages: pages), step: 1)
    // A segment asks for ids above its position: the bound itself belongs to the upper part.
    return cut(at: bounds) { $0 - 1 }
  }

  /// Cuts the last segment at `bounds`; the last part stays open to the end of the list.
  private mutating func cut(at bounds: [Int64], start: (Int64) -> Int64) -> [Segment] {
    guard let first = bounds.first, let index = segments.indices.last else { return [] }
    segments[index].upper = first
    let uppers = bounds.dropFirst().map(Optional.some) + [nil]
    let added = zip(bounds, uppers).enumerated().map { number, bound in
      Segment(id: segments.count + number, upper: bound.1, position: start(bound.0))
    }
    segments += added
    return [segments[index]] + added
  }
}

extension Outline {
  /// The length of a list whose only page is short, where the API told none.
  fileprivate var shortTotal: Int64? { received < limit ? Int64(received) : nil }
}
