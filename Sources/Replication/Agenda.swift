import Catalog

/// What is still to be read, and what has been read and waits to be committed.
///
/// Workers take assignments and bring answers; the committer takes deliveries. Both sides meet in
/// this one actor, so that an answer moves its walk on and joins the queue in one step: deliveries
/// leave in the order in which their segments' positions moved, and a position can never be
/// committed before the rows that it stands behind.
actor Agenda {
  /// An answer on its way to the warehouse, with the progress it proves.
  struct Delivery: Sendable {
    let stream: StreamDefinition
    let page: Page?
    let progress: WalkProgress
    /// Set on a walk's last delivery, if the walk proved itself whole.
    let closing: Batch.Closing?
    /// Set on a walk's last delivery, if it did not.
    let doubt: WalkError?
  }

  /// Pages that may wait for the warehouse; a full queue holds the workers back.
  static let queueLimit = 32

  private var order: [StreamDefinition.ID] = []
  private var walks: [StreamDefinition.ID: Walk] = [:]
  private var queue: [Delivery] = []
  private var assignmentsOut = 0
  private var isStopped = false
  private var idleWorkers: [CheckedContinuation<Assignment?, Never>] = []
  private var idleCommitter: CheckedContinuation<[Delivery]?, Never>?
  private var endWatchers: [CheckedContinuation<Void, Never>] = []

  init(_ plans: [StreamPlan]) {
    for plan in plans {
      order.append(plan.stream.id)
      walks[plan.stream.id] = Walk(plan)
    }
  }

  // MARK: Workers

  /// The next request; waits while all are handed out or the queue is full; nil at the end.
  func next() async -> Assignment? {
    if let assignment = assignment() { return assignment }
    if isReadingOver { return nil }
    return await withCheckedContinuation { idleWorkers.append($0) }
  }

  /// Takes an answer: its walk moves on, and the page joins the queue; returns how many rows are
  /// probably still to come.
  func received(_ page: Page, limit: Int, for assignment: Assignment) -> Int64 {
    assignmentsOut -= 1
    defer { wake() }
    let stream = assignment.query.stream
    guard var walk = walks[stream.id] else { return 0 }
    let moved = walk.received(
      Outline(page, of: stream, limit: limit), for: assignment.purpose)
    walks[stream.id] = walk
    deliver(assignment.purpose == .measure ? nil : page, moved, of: walk)
    passOn(page, from: walk)
    return walk.remaining
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

  /// Takes streams off the agenda: nothing more of them is read, nothing queued of them is kept.
  func drop(_ streams: Set<StreamDefinition.ID>) {
    for stream in streams { walks[stream] = nil }
    queue.removeAll { streams.contains($0.stream.id) }
    wake()
  }

  /// The streams that are read below `parent`.
  func children(of parent: StreamDefinition.ID) -> Set<StreamDefinition.ID> {
    var found: Set<StreamDefinition.ID> = []
    for (id, walk) in walks where walk.plan.stream.parent?.stream == parent { found.insert(id) }
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

  /// Whether the reading was stopped before its end.
  var wasStopped: Bool { isStopped }

  private var isReadingOver: Bool { isStopped || walks.values.allSatisfy(\.isFinished) }

  // MARK: Inside

  /// Streams of unknown length come first, then the one with least to read: small ones are fresh
  /// first, and the long ones keep all workers busy to the end.
  private func assignment() -> Assignment? {
    guard !isStopped, queue.count < Self.queueLimit else { return nil }
    let unopened = order.filter { walks[$0]?.isUnopened == true }
    let opened = order.filter { walks[$0]?.isUnopened == false }
      .sorted { (walks[$0]?.remaining ?? 0) < (walks[$1]?.remaining ?? 0) }
    for stream in unopened + opened {
      if let assignment = walks[stream]?.next() {
        assignmentsOut += 1
        return assignment
      }
    }
    return nil
  }

  private func deliver(_ page: Page?, _ segments: [Segment], of walk: Walk) {
    guard let startedAt = walk.startedAt else { return }
    let isLast = walk.isFinished
    queue.append(
      Delivery(
        stream: walk.plan.stream, page: page,
        progress: WalkProgress(
          signature: walk.signature, startedAt: startedAt, segments: segments),
        closing: isLast && walk.doubt == nil ? walk.closing : nil,
        doubt: isLast ? walk.doubt : nil))
  }

  /// Gives a parent's ids to the walks of its children.
  private func passOn(_ page: Page, from parent: Walk) {
    let stream = parent.plan.stream.id
    for id in order where walks[id]?.plan.stream.parent?.stream == stream {
      guard var child = walks[id] else { continue }
      var moved = child.add(parents: page.rows.map(\.key))
      if parent.isFinished { moved += child.seal(at: page.serverTime) }
      walks[id] = child
      // New lists are written down only with the first page of one, or at the end of all.
      if child.isFinished { deliver(nil, moved, of: child) }
    }
  }

  private func takeAll() -> [Delivery] {
    defer { queue.removeAll() }
    return queue
  }

  /// Lets everyone go on who now can.
  private func wake() {
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

extension Walk {
  /// What the finished walk leaves behind: the next one begins `lookback` before this one began,
  /// never at the newest time seen, so that a row that changed behind the walk is read again.
  var closing: Batch.Closing? {
    guard let startedAt else { return nil }
    let next = startedAt - plan.lookback
    let floor = plan.stream.isIncremental ? max(next, plan.floor ?? next) : nil
    return Batch.Closing(floor: floor, completeSince: startedAt)
  }
}
