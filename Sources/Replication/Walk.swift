import Catalog

/// How one stream is read in this run: which requests are left, and what each answer proves.
///
/// A value without clock, socket or `await`. It hands out requests of its segments, at most one a
/// segment at a time, and learns from the answers. The first answer tells the length of the list;
/// what is left is then cut into segments, so that several workers can read one stream at once.
struct Walk: Sendable {
  let plan: StreamPlan
  var segments: [Segment]
  /// The server's time of the first answer; nil before it.
  private(set) var startedAt: Instant?
  private let restartedFrom: Instant?
  /// The list's length as last told; nil for children, whose lists are many.
  private(set) var total: Int64?
  /// The list's length when the walk ended; nil before, and where none is told.
  var closingTotal: Int64?
  var settling = Settling.open
  var settlings = 0
  /// Rows received in this run.
  private(set) var rowsReceived: Int64 = 0
  /// What the walk could not prove; it is then read to its end, and not called complete.
  private(set) var doubt: WalkError?
  var cutting: Cutting
  /// The highest id, where the walk goes by ids and has asked for it.
  private(set) var highest: Int64?
  /// Segments by the parent whose list they are.
  private var lists: [Int64: [Int]] = [:]
  /// Before this position all segments are done.
  var firstOpen = 0
  /// Rows of the parents that came up to here have their lists read.
  var parentsUpTo: Instant?
  /// What stands for parents in their lists' paths, where it is not their id.
  private var parentNames: [Int64: String] = [:]
  /// Segments whose answer is awaited.
  var busy: Set<Int> = []
  /// Lists that a killed run had begun, whose parents have not turned up in this one.
  private(set) var orphaned: Set<Int> = []
  /// Segments whose list came in no order that a position can be trusted by.
  private var unordered: [Int: UnorderedReading] = [:]
  /// Whether the whole list, rather than one of many, came in no order.
  private var isOrderLost = false
  /// How often in a row an answer for a segment was not believed.
  private var suspicions: [Int: Int] = [:]
  /// How often a segment's page was empty where rows should be, since it last brought a new row.
  private var breaks: [Int: Int] = [:]
  /// Whether totals were seen to count only what a query's bounds let through.
  private var countsSlice = false
  /// Whether no more segments can come; a child's walk is sealed when its parents have been read.
  private var isSealed: Bool

  /// How far the cutting into segments has come.
  enum Cutting { case unknown, wanted, asked, done }

  /// An answer that is shorter than its own total is asked for again this often.
  static let mostSuspicions = 2

  /// A list that comes back empty before its end this often is read as one in no order.
  static let mostBreaks = 12

  /// - Parameter restartedFrom: when the walk that this one replaces had begun.
  init(_ plan: StreamPlan, restartedFrom: Instant? = nil) {
    self.plan = plan
    self.restartedFrom = restartedFrom
    let isChild = plan.stream.listedBelow != nil
    for segment in plan.resuming?.segments ?? [] {
      if let parent = segment.parent { lists[parent, default: []].append(segment.id) }
    }
    isSealed = !isChild
    startedAt = plan.resuming?.startedAt
    segments = plan.resuming?.segments ?? (isChild ? [] : [Segment(id: 0)])
    cutting = isChild || segments.count > 1 ? .done : .unknown
    if isChild { orphaned = Set(segments.map(\.id)) }
  }

  /// Whether every segment has been read to its end.
  var isRead: Bool {
    isSealed && startedAt != nil && segments.dropFirst(firstOpen).allSatisfy(\.isDone)
  }

  /// Whether nothing is left to ask.
  var isFinished: Bool { isRead && !needsSettling }

  /// Whether it reads one list for each row of a parent.
  var isChild: Bool { plan.stream.listedBelow != nil }

  /// Whether the list's order proves that a row which was not seen is gone.
  ///
  /// Not with many lists: a row may move from one that is still to be read to one that was.
  var provesAbsence: Bool {
    plan.isWhole && !isChild && plan.stream.isOrderUnique && unordered.isEmpty && doubt == nil
  }

  /// Whether its length is still unknown, so that asking for it comes first.
  var isUnopened: Bool { isSealed && total == nil && busy.isEmpty && rowsReceived == 0 }

  /// Rows that are probably still to come.
  var remaining: Int64 { max(0, (total ?? 0) - rowsReceived) }

  /// What is asked for, and in which order: a walk that lost its order is another one.
  var signature: String { plan.signature + (isOrderLost ? ", in no order" : "") }

  // MARK: Handing out

  /// The next request, or nil while every segment is done or being read.
  mutating func next() -> Assignment? {
    switch cutting {
    case .wanted:
      cutting = .asked
      return Assignment(
        purpose: .measure,
        query: PageQuery(
          plan.stream, .newest, limit: 1, changedSince: plan.changedSince, created: plan.created))
    case .asked: return nil
    case .unknown, .done:
      while firstOpen < segments.count, segments[firstOpen].isDone { firstOpen += 1 }
      if isRead, needsSettling, let settlement = settle() { return settlement }
      guard let segment = longestFree else { return nil }
      busy.insert(segment.id)
      return Assignment(purpose: .rows(segment: segment.id), query: query(for: segment))
    }
  }

  private func query(for segment: Segment) -> PageQuery {
    let slice: PageQuery.Slice =
      isByID
      ? .ids(after: segment.position, below: segment.upper) : .offset(segment.offsetToAsk)
    return PageQuery(
      plan.stream, slice, limit: plan.pageSize, changedSince: plan.changedSince,
      created: plan.created, parent: segment.parent,
      named: segment.parent.flatMap { parentNames[$0] }, beside: plan.including)
  }

  /// Whether its requests name ids rather than positions.
  var isByID: Bool { plan.stream.paging == .ids && !isOrderLost }

  // MARK: Learning

  /// Takes an answer; returns the segments that it changed or made.
  mutating func received(_ outline: Outline, for purpose: Assignment.Purpose) -> [Segment] {
    startedAt = startedAt ?? start(at: outline.serverTime)
    switch purpose {
    case .measure:
      cutting = .done
      highest = outline.keys.first
      return highest.map { cutIDs(upTo: $0) } ?? []
    case .settle: return settled(by: outline)
    case .rows(let id):
      busy.remove(id)
      rowsReceived += Int64(outline.received)
      learnTotal(outline)
      guard let index = segments.firstIndex(where: { $0.id == id }) else { return [] }
      let changed = advance(index, by: outline)
      noteEnd(outline)
      let cut = cutting == .unknown ? cutRest() : []
      return cut.isEmpty ? changed : cut
    }
  }

  /// The server's time of the first answer; later than that of the walk it replaces, by which the
  /// two are told apart: the service tells time in whole seconds.
  private func start(at time: Instant) -> Instant {
    max(time, restartedFrom.map { $0 + .microseconds(1) } ?? time)
  }

  private mutating func learnTotal(_ outline: Outline) {
    guard !isChild, let told = outline.total else { return }
    guard let known = total else { return total = told }
    if plan.stream.paging == .ids {
      let clearly = max(Int64(outline.limit) / 2, known / 50)
      if told + clearly <= known { countsSlice = true }
    } else {
      total = told
    }
  }

  private mutating func advance(_ index: Int, by outline: Outline) -> [Segment] {
    let id = segments[index].id
    if plan.stream.paging == .atOnce {
      segments[index].takeAll(outline)
      return [segments[index]]
    }
    if unordered[id] != nil { return advanceUnordered(index, by: outline) }
    let isFirst = segments[index].edge == nil
    let trust: Trust = suspicions[id, default: 0] < Self.mostSuspicions ? .checked : .taken
    let edge = segments[index].edge
    let verdict =
      isByID
      ? (outline.ascends(above: segments[index].position)
        ? segments[index].advanceByID(
          outline, countsSlice: countsSlice, isRepeated: suspicions[id] != nil, trust: trust)
        : .unordered)
      : segments[index].advanceByOffset(
        outline, isUnique: plan.stream.isOrderUnique, trust: trust)
    switch verdict {
    case .moved:
      if trust == .taken { doubt = doubt ?? .totalsDisagree(plan.stream.id) }
      suspicions[id] = nil
      if segments[index].edge != edge { breaks[id] = nil }
      return isByID ? [segments[index]] : meet(index, outline, isFirst: isFirst)
    case .suspect:
      suspicions[id, default: 0] += 1
      return [segments[index]]
    case .unstitched:
      // A service that sends nothing beyond some position would break the stitch there for ever.
      if outline.received == 0 { breaks[id, default: 0] += 1 }
      return breaks[id, default: 0] > Self.mostBreaks
        ? startUnordered(instead: index) : [segments[index]]
    case .unordered: return startUnordered(instead: index)
    }
  }

  /// Starts reading a list whose order cannot be trusted from its beginning, page after page.
  private mutating func startUnordered(instead index: Int) -> [Segment] {
    cutting = .done
    let old = segments[index]
    let fresh = Segment(id: (segments.map(\.id).max() ?? 0) + 1, parent: old.parent)
    unordered[fresh.id] = UnorderedReading(isUnique: plan.stream.isOrderUnique)
    if old.parent == nil {
      // Other segments of this list were cut by positions that mean nothing.
      isOrderLost = true
      segments = [fresh]
      firstOpen = 0
      return [fresh]
    }
    segments[index].isDone = true
    segments.append(fresh)
    return [segments[index], fresh]
  }

  private mutating func advanceUnordered(_ index: Int, by outline: Outline) -> [Segment] {
    let id = segments[index].id
    if unordered[id]?.take(outline, of: &segments[index]) == .doubted {
      doubt = doubt ?? .orderUnknown(plan.stream.id)
    }
    return [segments[index]]
  }

  // MARK: Children

  /// Adds a list for each parent; those that a killed run has read stay read.
  ///
  /// - Parameter start: when the reading of the parents began. No list of a parent that came later is
  ///   sure to be read, so nothing here is complete as of a later time.
  mutating func add(
    parents: [Int64], named names: [Int64: String] = [:], readSince start: Instant? = nil
  ) -> [Segment] {
    parentNames.merge(names) { $1 }
    startedAt = startedAt ?? start.map(self.start)
    var added: [Segment] = []
    let first = (segments.map(\.id).max() ?? -1) + 1
    for parent in parents {
      if let known = lists[parent] {
        orphaned.subtract(known)
      } else {
        lists[parent] = [first + added.count]
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

  /// The same walk from its beginning, for the same parents.
  func restarted() -> Walk {
    var fresh = Walk(plan.startingAnew, restartedFrom: startedAt)
    if isChild {
      _ = fresh.add(
        parents: Set(segments.compactMap(\.parent)).sorted(), named: parentNames)
      if let startedAt { _ = fresh.seal(at: startedAt + .microseconds(1)) }
    }
    return fresh
  }
}
