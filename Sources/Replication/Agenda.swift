import Catalog

/// What is still to be read, and what has been read and waits to be committed.
///
/// Workers take assignments and bring answers; the committer takes deliveries. Both sides meet in
/// this one actor, so that an answer moves its walk on and joins the queue in one step: deliveries
/// leave in the order in which their segments' positions moved, and a position can never be
/// committed before the rows that it stands behind.
actor Agenda {
  var order: [StreamDefinition.ID] = []
  var walks: [StreamDefinition.ID: Walk] = [:]
  /// Streams whose last delivery is on its way: the warehouse may still find that rows are missing.
  private var unsettled: Set<StreamDefinition.ID> = []
  /// Streams of which no walk reads: they are held against their lists' ends instead.
  var aligning: Set<StreamDefinition.ID> = []
  /// By how many rows each whole walk of a stream fell short of the total.
  private var shortages: [StreamDefinition.ID: [Int64]] = [:]
  var queue: [Delivery] = []
  /// Streams that wait until the ends of lists are known whose rows will come beside theirs.
  private var held: Set<StreamDefinition.ID> = []
  /// How far those lists went when the reading began.
  private var marks: [StreamDefinition.ID: ListEnd] = [:]
  /// What the pages of other streams carried of those that have no list of their own.
  var carried: [StreamDefinition.ID: Carried] = [:]
  private var assignmentsOut = 0
  private var isStopped = false
  private var idleWorkers: [CheckedContinuation<Assignment?, Never>] = []
  private var idleCommitter: CheckedContinuation<[Delivery]?, Never>?
  private var endWatchers: [CheckedContinuation<Void, Never>] = []
  /// Pages that may wait for the warehouse; a full queue holds the workers back.
  private let queueLimit: Int
  private let isReadWhole: @Sendable (StreamDefinition.ID, _ reason: String) -> Void

  /// - Parameter isReadWhole: hears of each stream whose whole list is read after all, and why.
  init(
    _ plans: [StreamPlan], queueLimit: Int = Engine.Options().queuedPages,
    isReadWhole: @escaping @Sendable (StreamDefinition.ID, _ reason: String) -> Void = { _, _ in }
  ) {
    self.queueLimit = queueLimit
    self.isReadWhole = isReadWhole
    for plan in plans {
      order.append(plan.stream.id)
      walks[plan.stream.id] = Walk(plan)
      if plan.isAligned { aligning.insert(plan.stream.id) }
    }
    unsettled = aligning
    held = Set(
      plans.compactMap { plan in
        if case .beside(let host) = plan.reading { host } else { nil }
      })
  }

  // MARK: Workers

  /// The next request; waits while all are handed out or the queue is full; nil at the end.
  func next() async -> Assignment? {
    if let assignment = assignment() { return assignment }
    if isReadingOver { return nil }
    return await withCheckedContinuation { idleWorkers.append($0) }
  }

  /// Takes an answer: its walk moves on, and the page joins the queue; returns how many rows are
  /// probably still to come, and whether the list was just found to be in no order.
  func received(
    _ page: Page, limit: Int, for assignment: Assignment
  ) -> (remaining: Int64, isOrderLost: Bool) {
    assignmentsOut -= 1
    defer { wake() }
    let stream = assignment.query.stream
    guard var walk = walks[stream.id] else { return (0, false) }
    let signature = walk.signature
    let moved = walk.received(
      Outline(page, of: stream, limit: limit), for: assignment.purpose)
    walks[stream.id] = walk
    if case .rows = assignment.purpose {
      deliver(page, moved, of: walk)
      passOn(page, from: walk)
    } else {
      deliver(nil, moved, of: walk)
    }
    return (walk.remaining, walk.signature != signature)
  }

  /// Notes that an assignment will not be answered.
  func abandoned(_ assignment: Assignment) {
    assignmentsOut -= 1
    wake()
  }

  // MARK: The committer

  /// All that waits; waits itself for something; nil when nothing more can come.
  func take() async -> [Delivery]? {
    if !queue.isEmpty {
      let all = takeAll()
      wake()
      return all
    }
    if isReadingOver, assignmentsOut == 0 { return nil }
    return await withCheckedContinuation { idleCommitter = $0 }
  }

  // MARK: Ending

  /// Whether a stream is still being read or written.
  func has(_ stream: StreamDefinition.ID) -> Bool { walks[stream] != nil }

  /// When a stream's walk began, by the service's clock.
  func completeSince(_ stream: StreamDefinition.ID) -> Instant? { walks[stream]?.startedAt }

  /// An answer for a stream that is older than this is an old copy; nil takes any.
  ///
  /// The end of the last walk bounds a walk that has not begun: an older copy of the list would lack
  /// rows that the table has, and they would be taken for gone.
  func earliestAnswer(of stream: StreamDefinition.ID) -> Instant? {
    walks[stream].flatMap { [$0.startedAt, $0.plan.lastSuccess].compactMap(\.self).max() }
  }

  /// How a stream is read.
  func plan(of stream: StreamDefinition.ID) -> StreamPlan? { walks[stream]?.plan }

  /// Notes that the warehouse has a stream's last delivery.
  func settled(_ stream: StreamDefinition.ID) {
    unsettled.remove(stream)
    if aligning.remove(stream) != nil { walks[stream] = nil }
    wake()
  }

  /// Whole readings of a stream after which a shortage that keeps changing is given up.
  static let mostReadings = 3

  /// Reads a stream again that fell short of its total; a shortage on which two readings agree is
  /// taken for the service's own.
  ///
  /// - Returns: false if it has been read often enough.
  func restart(_ stream: StreamDefinition.ID, short shortage: Int64) -> Bool {
    shortages[stream, default: []].append(shortage)
    guard !isStopped, let walk = walks[stream],
      shortages[stream, default: []].count < Self.mostReadings
    else { return false }
    unsettled.remove(stream)
    walks[stream] = walk.restarted()
    wake()
    return true
  }

  /// Notes how far a list went before rows of it came beside another's, and lets that one begin.
  func note(_ end: ListEnd?, of guest: StreamDefinition.ID, besides host: StreamDefinition.ID) {
    marks[guest] = end
    held.remove(host)
    wake()
  }

  /// How far a list went before rows of it came beside another's.
  func mark(of stream: StreamDefinition.ID) -> ListEnd? { marks[stream] }

  /// Reads a stream's whole list after all.
  ///
  /// - Returns: false if nothing more is to be read.
  func readWhole(_ stream: StreamDefinition.ID, because reason: String) -> Bool {
    guard !isStopped, let walk = walks[stream] else { return false }
    unsettled.remove(stream)
    aligning.remove(stream)
    walks[stream] = Walk(
      walk.plan.readingWhole(because: "everything: \(reason)"), restartedFrom: walk.startedAt)
    isReadWhole(stream, reason)
    wake()
    return true
  }

  /// Takes streams off the agenda: nothing more of them is read, nothing queued of them is kept.
  func drop(_ streams: Set<StreamDefinition.ID>) {
    for stream in streams { walks[stream] = nil }
    unsettled.subtract(streams)
    aligning.subtract(streams)
    for (id, walk) in walks {
      // Its rows will not all come beside the others'.
      if case .beside(let host) = walk.plan.reading, streams.contains(host) {
        _ = readWhole(id, because: "\(host) was not read to its end")
      }
    }
    queue.removeAll { streams.contains($0.stream.id) }
    wake()
  }

  /// The streams that are read below `parent`.
  func children(of parent: StreamDefinition.ID) -> Set<StreamDefinition.ID> {
    var found: Set<StreamDefinition.ID> = []
    for (id, walk) in walks where walk.plan.stream.leader == parent { found.insert(id) }
    return found.reduce(into: found) { $0.formUnion(children(of: $1)) }
  }

  /// Hands out nothing more; what is queued can still be taken.
  func stop() {
    isStopped = true
    wake()
  }

  /// Returns when nothing more will be handed out.
  func readingEnded() async {
    if isReadingOver { return }
    await withCheckedContinuation { endWatchers.append($0) }
  }

  /// Whether a stream's walk came to its end, and nobody has said yet what that came to.
  func isUnsettled(_ stream: StreamDefinition.ID) -> Bool { unsettled.contains(stream) }

  private var isReadingOver: Bool {
    isStopped || (unsettled.isEmpty && walks.values.allSatisfy(\.isFinished))
  }

  // MARK: Inside

  private func assignment() -> Assignment? {
    guard !isStopped, queue.count < queueLimit else { return nil }
    let free = order.filter { !aligning.contains($0) && !held.contains($0) }
    for stream in inTurn(free) {
      if let assignment = walks[stream]?.next() {
        assignmentsOut += 1
        return assignment
      }
    }
    return nil
  }

  func deliver(_ page: Page?, _ segments: [Segment], of walk: Walk) {
    guard let startedAt = walk.startedAt else { return }
    if let page {
      for stream in walk.plan.including {
        if stream.carrier != nil { note(page, carrying: stream, walk) }
        deliverBeside(page.beside[stream.id], of: stream, walk)
      }
    }
    let isLast = walk.isFinished
    if isLast { unsettled.insert(walk.plan.stream.id) }
    queue.append(
      Delivery(
        stream: walk.plan.stream, page: page,
        progress: WalkProgress(
          signature: walk.signature, startedAt: startedAt, segments: segments),
        isWhole: walk.plan.isWhole,
        closing: isLast && walk.doubt == nil
          ? walk.closing(short: shortages[walk.plan.stream.id]?.last) : nil,
        doubt: isLast ? walk.doubt : nil))
  }

  private func takeAll() -> [Delivery] {
    defer { queue.removeAll() }
    return queue
  }

  /// Lets everyone go on who now can.
  func wake() {
    if let committer = idleCommitter, !queue.isEmpty {
      idleCommitter = nil
      committer.resume(returning: takeAll())
    }
    while !idleWorkers.isEmpty, let assignment = assignment() {
      idleWorkers.removeFirst().resume(returning: assignment)
    }
    guard isReadingOver else { return }
    for worker in idleWorkers { worker.resume(returning: nil) }
    idleWorkers.removeAll()
    for watcher in endWatchers { watcher.resume() }
    endWatchers.removeAll()
    if assignmentsOut == 0, queue.isEmpty, let committer = idleCommitter {
      idleCommitter = nil
      committer.resume(returning: nil)
    }
  }
}
