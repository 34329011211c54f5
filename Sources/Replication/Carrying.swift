import Catalog

/// What the pages of one stream carried of another, which has no list of its own.
struct Carried: Sendable {
  /// When the walk began whose pages they are: another walk's pages count anew.
  let start: Instant
  /// Whether a page with rows came without those of the other stream.
  var isIncomplete = false
}

extension Agenda {
  /// Notes what a page carries of a stream.
  func note(_ page: Page, carrying stream: StreamDefinition, _ walk: Walk) {
    guard let start = walk.startedAt else { return }
    var known = carried[stream.id].flatMap { $0.start == start ? $0 : nil } ?? Carried(start: start)
    if page.beside[stream.id] == nil, !page.rows.isEmpty, !known.isIncomplete {
      known.isIncomplete = true
      // No later run may take what came for all there was.
      if let plan = walks[stream.id]?.plan {
        queue.append(
          Delivery(
            stream: stream, page: nil,
            progress: WalkProgress(
              signature: plan.signature + Addendum.mark + ", in part", startedAt: start,
              segments: []), isWhole: true, closing: nil, doubt: nil))
      }
    }
    carried[stream.id] = known
  }

  /// What came of a stream, and whether the order of the carrying list proves that there is no more.
  func whatCame(
    of stream: StreamDefinition.ID, by carrier: StreamDefinition.ID
  ) -> (rows: Carried, isProof: Bool)? {
    guard let walk = walks[carrier], let start = walk.startedAt else { return nil }
    let rows = carried[stream].flatMap { $0.start == start ? $0 : nil }
    return (rows ?? Carried(start: start), walk.provesAbsence)
  }
}

extension Plan {
  /// Whether a reading that was cut off brought, with all that it read, the rows that its pages carry
  /// of other streams: it is then gone on with.
  static func isCarriedOn(
    _ carrier: StreamDefinition,
    _ ordered: [(selection: StreamSelection, neededBy: StreamDefinition.ID?)],
    _ states: [StreamDefinition.ID: StreamState], in run: StreamPlan.Circumstances
  ) -> Bool {
    guard let start = states[carrier.id]?.unfinished?.startedAt else { return false }
    return ordered.map(\.selection).filter { $0.stream.leader == carrier.id }.allSatisfy {
      guard let state = states[$0.stream.id], $0.stream.carrier == carrier.id else { return false }
      let plan = StreamPlan($0, state: state, in: run)
      return state.unfinished?.startedAt == start
        && state.unfinished?.signature == plan.signature + Addendum.mark
    }
  }
}

extension Engine {
  /// Ends a stream whose rows came on another's pages, when that one was read to its end.
  nonisolated func closeCarried(
    _ plan: StreamPlan, by carrier: StreamDefinition.ID, _ agenda: Agenda
  ) async throws -> Bool {
    guard let (came, isProof) = await agenda.whatCame(of: plan.stream.id, by: carrier) else {
      return false
    }
    guard !came.isIncomplete else { throw WalkError.notCarried(plan.stream.id, by: carrier) }
    let addendum = Addendum(
      plan: plan, start: came.start, destination: destination, tally: tally)
    let receipt = try await addendum.end(provesAbsence: isProof)
    switch receipt.verdict {
    case .short(let seen, let total):
      throw WalkError.shortOfTotal(plan.stream.id, seen: seen, total: total)
    case .refused(let missing, let live):
      throw WalkError.tooManyGone(plan, missing: missing, live: live)
    case .closed, nil: break
    }
    let deleted = try await Reconciliation(
      plan, since: came.start, reader: reader, destination: destination, tally: tally
    ).deleteConfirmed(receipt.suspects)
    try await destination.confirm(plan.stream, completeSince: came.start)
    tally.note(
      .reconciled(plan.stream.id, completeAsOf: came.start, deleted: deleted, note: nil))
    return true
  }

  /// Whether a list was refused because the parent that it is below has gone since; it then counts as
  /// read, and empty.
  ///
  /// - Throws: `CancellationError` where the parent could not be asked for any more.
  nonisolated func isOfGoneParent(
    _ assignment: Assignment, _ error: any Error, _ agenda: Agenda
  ) async throws(CancellationError) -> Bool {
    let query = assignment.query
    guard query.stream.parent?.listing == .path, let parent = query.parent,
      Explanation(of: error).lastingConsequence == .skipStream,
      let above = query.stream.parent.map(\.stream), let known = await agenda.plan(of: above),
      known.stream.lookup != .none, let time = await agenda.completeSince(query.stream.id)
    else { return false }
    do {
      guard try await !reader.exists(parent, of: known.stream) else { return false }
    } catch let error as CancellationError {
      throw error
    } catch {
      return false
    }
    let page = Page(rows: [], received: 0, total: nil, serverTime: time)
    _ = await agenda.received(page, limit: query.limit, for: assignment)
    return true
  }

  /// Ends a stream that is left alone: what an earlier run proved is young enough.
  func leave(_ plan: StreamPlan) async throws {
    let stream = plan.stream.id
    tally.note(.streamPlanned(plan))
    tally.note(.streamEstimated(stream, requests: 0))
    tally.note(
      .reconciled(stream, completeAsOf: plan.state.completeAsOf, deleted: 0, note: nil))
    await end(stream, .done, nil)
  }
}
