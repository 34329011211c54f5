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
    guard let page else {
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

  /// Gives a parent's ids to the walks of its children.
  func passOn(_ page: Page, from parent: Walk) {
    let stream = parent.plan.stream.id
    for id in order where walks[id]?.plan.stream.listedBelow == stream {
      guard var child = walks[id] else { continue }
      // New lists are written down only with the first page of one, or at the end of all.
      _ = child.add(parents: page.rows.map(\.key), readSince: parent.startedAt)
      walks[id] = child
    }
    if parent.isFinished { sealChildren(of: parent, at: page.serverTime) }
  }

  func sealChildren(of parent: Walk, at time: Instant) {
    for id in order where walks[id]?.plan.stream.listedBelow == parent.plan.stream.id {
      guard var child = walks[id] else { continue }
      let moved = child.seal(at: time)
      walks[id] = child
      if child.isFinished { deliver(nil, moved, of: child) }
    }
  }
}

extension Walk {
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
      floor: plan.stream.isIncremental && plan.created == nil ? max(next, plan.floor ?? next) : nil,
      completeSince: startedAt, total: closingTotal,
      deletions: plan.isWhole ? plan.deletions : nil,
      // A row that the service counts and does not list may be any.
      provesAbsence: provesAbsence && max(shortage ?? 0, plan.knownShortage) == 0,
      // Such a stream is held against its total at every run: what the total shows is not left.
      suspectsAtOnce: plan.stream.isIncremental, acceptedShortage: shortage ?? 0)
  }
}
