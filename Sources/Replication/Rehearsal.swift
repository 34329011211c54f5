import Catalog

/// Plays a walk against an imagined list that nobody edits, to count its requests before one is sent.
///
/// The walk itself is asked, so that no second account of its rules can go stale. What is imagined
/// are the ids: spread evenly up to the highest.
public struct Rehearsal: Sendable {
  /// What an account tells of a list in one answer.
  public struct List: Sendable, Hashable {
    /// Rows that the plan's filter leaves.
    public let total: Int64
    /// The highest id among them; nil where it is not known.
    public let highest: Int64?
    /// How many parents a child's list is parted among; nil for a stream of its own.
    public let parents: Int64?

    /// Describes a list.
    public init(total: Int64, highest: Int64? = nil, parents: Int64? = nil) {
      self.total = total
      self.highest = highest
      self.parents = parents
    }
  }

  /// A walk that has not ended after so many answers more than it has pages is given up.
  private static let patience = 1_000

  private let plan: StreamPlan
  private let list: List
  private let workers: Int

  /// Readies a rehearsal of one stream's walk.
  ///
  /// - Parameter workers: requests in flight at once: what is cut depends on who is where.
  public init(of plan: StreamPlan, on list: List, workers: Int) {
    self.plan = plan
    self.list = list
    self.workers = max(1, workers)
  }

  /// Requests from the first page to the proof of the end; nil where the walk does not end.
  public func requests() -> Int? {
    if plan.reading == .tail { return requestsFromEnd }
    if case .beside = plan.reading { return requestsBeside }
    if plan.isFree { return 0 }
    var walk = Walk(plan.rehearsed)
    if let parents = list.parents {
      let added = walk.add(parents: parents > 0 ? Array(1...parents) : [])
      guard added.count <= parents else { return nil }
      _ = walk.seal(at: Self.time)
    }
    let most = Int(list.total) * 4 / plan.pageSize + Int(list.parents ?? 0) * 2 + Self.patience
    var open: [Assignment] = []
    var answered = 0
    while !walk.isFinished {
      while open.count < workers, let assignment = walk.next() { open.append(assignment) }
      guard !open.isEmpty, answered < most else { return nil }
      let assignment = open.removeFirst()
      _ = walk.received(answer(to: assignment.query), for: assignment.purpose)
      answered += 1
    }
    // A walk that read a part is held against the account's total.
    return answered + (plan.isCounted || plan.stream.isSelective ? 0 : 1)
  }

  /// One request where nothing was added or removed; new rows take a page each.
  private var requestsFromEnd: Int {
    let new = max(0, list.total - plan.state.liveRows)
    return 1 + Int(new) / plan.pageSize
  }

  /// Two to learn how far the list goes, one to see that it still does, one at its end and some all
  /// over it: see `ListEnd` and `Alignment`.
  private var requestsBeside: Int {
    guard list.total > 0 else { return 2 }
    let known = max(0, list.total - Alignment.overlap)
    return 4 + Alignment.samples(before: known, pageSize: Int64(plan.pageSize)).count
  }

  // MARK: The imagined account

  private static let time = Instant(seconds: 0)

  private func answer(to query: PageQuery) -> Outline {
    let rows = length(for: query)
    var part: Range<Int64>
    var total = rows
    switch query.slice {
    case .ids(let after, let below):
      let start = firstIndex(above: after)
      part = start..<max(start, below.map { firstIndex(above: $0 - 1) } ?? rows)
      total = Int64(part.count)
    case .offset(let offset): part = min(offset, rows)..<rows
    case .newest: part = max(0, rows - 1)..<rows
    }
    part = part.lowerBound..<min(part.upperBound, part.lowerBound + Int64(query.limit))
    let isTold = plan.stream.parent?.listing != .path
    return Outline(
      keys: part.map(key), limit: query.limit, total: isTold ? total : nil, serverTime: Self.time)
  }

  /// Rows of one parent's list, or of the whole: the first parents have one more.
  private func length(for query: PageQuery) -> Int64 {
    guard let parent = query.parent, let parents = list.parents, parents > 0 else {
      return list.total
    }
    return list.total / parents + (parent <= list.total % parents ? 1 : 0)
  }

  private func key(at index: Int64) -> Int64 {
    let highest = max(list.highest ?? list.total, list.total)
    guard plan.stream.paging == .ids, list.total > 1 else { return index + 1 }
    let (high, low) = index.multipliedFullWidth(by: highest - 1)
    return 1 + (list.total - 1).dividingFullWidth((high, low)).quotient
  }

  private func firstIndex(above bound: Int64) -> Int64 {
    var (low, high) = (Int64(0), list.total)
    while low < high {
      let middle = (low + high) / 2
      if key(at: middle) > bound { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension StreamPlan {
  /// The same plan for an imagined list by position, whose rows stand in the places 1, 2, ….
  fileprivate var rehearsed: StreamPlan {
    guard let walk = resuming, stream.paging != .ids, stream.listedBelow == nil else {
      return stream.listedBelow == nil ? self : startingAnew
    }
    var imagined = walk
    for index in imagined.segments.indices {
      let segment = imagined.segments[index]
      imagined.segments[index].edge = segment.edge == nil ? nil : segment.position
      imagined.segments[index].end = segment.end == nil ? nil : segment.upper.map { $0 + 1 }
    }
    return resuming(imagined)
  }
}
