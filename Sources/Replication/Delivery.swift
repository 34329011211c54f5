import Catalog

extension Agenda {
  /// An answer on its way to the warehouse, with the progress it proves.
  struct Delivery: Sendable {
    let stream: StreamDefinition
    let page: Page?
    let progress: WalkProgress
    /// Whether the walk reads the whole list.
    let isWhole: Bool
    /// Set on a walk's last delivery, if the walk proved itself whole.
    let closing: Closing?
    /// Set on a walk's last delivery, if it did not.
    let doubt: WalkError?
  }
}

extension Agenda {
  /// Queues the rows of another stream that came beside a page, while no walk of its own reads them:
  /// they are counted as seen, and held against its list in the end.
  func deliverBeside(_ page: Page?, of stream: StreamDefinition, _ walk: Walk) {
    guard let startedAt = walk.startedAt, aligning.contains(stream.id),
      let plan = walks[stream.id]?.plan
    else { return }
    if let freshening = plan.freshening {
      return freshen(plan, with: page, upTo: freshening.highest, at: startedAt)
    }
    if stream.carrier != nil, carried[stream.id]?.isIncomplete == true { return }
    guard let page else {
      if stream.carrier != nil { return }
      // The question is ignored: nothing of it will ever come.
      let host = walk.plan.stream.id
      _ = readWhole(stream.id, because: "the account does not send it beside \(host)")
      return
    }
    guard !page.rows.isEmpty else { return }
    queue.append(
      Delivery(
        stream: stream, page: page,
        progress: WalkProgress(
          signature: plan.signature + Addendum.mark, startedAt: startedAt, segments: []),
        isWhole: true, closing: nil, doubt: nil))
  }

  /// Queues rows of a list that is read from its end, of those that the table has.
  ///
  /// They may have changed in place, which that reading does not show; it proves nothing.
  private func freshen(_ plan: StreamPlan, with page: Page?, upTo highest: Int64, at start: Instant)
  {
    guard var page else { return }
    page.rows.removeAll { $0.key > highest }
    guard !page.rows.isEmpty else { return }
    queue.append(
      Delivery(
        stream: plan.stream, page: page,
        progress: WalkProgress(
          signature: plan.signature + Addendum.mark, startedAt: start, segments: []),
        isWhole: false, closing: nil, doubt: nil))
  }

  /// The streams that are read from their end when another one has ended.
  func freshened(by host: StreamDefinition.ID) -> [StreamPlan] {
    order.compactMap { walks[$0]?.plan }.filter { $0.freshening?.host == host }
  }

  /// Gives a parent's ids to the walks of its children.
  func passOn(_ page: Page, from parent: Walk) {
    let stream = parent.plan.stream.id
    for id in order where walks[id]?.plan.stream.listedBelow == stream {
      guard var child = walks[id], child.plan.isWhole else { continue }
      child.parentsUpTo = max(page.serverTime, child.parentsUpTo ?? page.serverTime)
      // New lists are written down only with the first page of one, or at the end of all.
      _ = child.add(
        parents: page.rows.map(\.key), named: Self.names(in: page, of: parent, for: child),
        readSince: parent.startedAt)
      walks[id] = child
    }
  }

  /// What stands for the parents of a page in the paths of their children's lists.
  private static func names(in page: Page, of parent: Walk, for child: Walk) -> [Int64: String] {
    let columns = parent.plan.stream.columns
    guard let field = child.plan.stream.parent?.field,
      let index = columns.firstIndex(where: { $0.field == field && !$0.isKey })
    else { return [:] }
    return page.rows.reduce(into: [:]) { names, row in
      if case .text(let name) = row.values[index] { names[row.key] = name }
    }
  }

  /// Says of a stream that has ended that all parents of the lists below it are known: before that it
  /// may still be read again.
  func sealChildren(of parent: StreamDefinition.ID) {
    guard let time = completeSince(parent) else { return }
    defer { wake() }
    for id in order where walks[id]?.plan.stream.listedBelow == parent {
      guard var child = walks[id], child.plan.isWhole else { continue }
      let moved = child.seal(at: time)
      walks[id] = child
      if child.isFinished { deliver(nil, moved, of: child) }
    }
  }
}

extension Agenda {
  /// Opens the lists of those parents that changed, when these have been read.
  ///
  /// - Parameter start: when the reading of the parents began.
  func open(_ stream: StreamDefinition.ID, parents: [PlacedRow], readSince start: Instant) {
    guard var child = walks[stream] else { return }
    child.parentsUpTo = parents.last.map { Instant(microseconds: $0.place) }
    _ = child.add(parents: parents.map(\.key).sorted(), readSince: start)
    let moved = child.seal(at: start)
    walks[stream] = child
    if child.isFinished { deliver(nil, moved, of: child) }
    wake()
  }
}

extension Walk {
  /// Where the next reading of changed parents begins; nil for a stream without parents.
  private var parentsFloor: Instant? {
    guard plan.stream.parent?.listing == .path, var floor = parentsUpTo ?? plan.state.floor else {
      return nil
    }
    // Lists that a run before this one read stay read: their parents may have changed since.
    if plan.resuming != nil, let startedAt { floor = min(floor, startedAt) }
    return max(floor, plan.state.floor ?? floor)
  }

  /// What the walk's end leaves behind; nil for a walk that has not begun.
  ///
  /// - Parameter shortage: by how many rows the reading before this one fell short of the total; nil
  ///   if there was none.
  func closing(short shortage: Int64?) -> Closing? {
    guard let startedAt else { return nil }
    let next = startedAt - plan.lookback
    return Closing(
      // The next walk begins `lookback` before this one began, never at the newest time seen: a row
      // that changed behind the walk is then read again.
      floor: plan.stream.isIncremental && plan.created == nil
        ? max(next, plan.floor ?? next) : parentsFloor,
      completeSince: startedAt, total: closingTotal,
      deletions: plan.isWhole ? plan.deletions : nil,
      // A row that the service counts and does not list may be any.
      provesAbsence: provesAbsence && max(shortage ?? 0, plan.knownShortage) == 0,
      // Such a stream is held against its total at every run: what the total shows is not left.
      suspectsAtOnce: plan.stream.isIncremental, acceptedShortage: shortage ?? 0)
  }
}
