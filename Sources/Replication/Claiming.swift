import Catalog

/// The beginning of a run: each stream is taken, and it is decided what of it is read.
extension Engine {
  /// Takes each stream for this run; those that cannot be had are reported and left out.
  func claim(
    _ ordered: [(selection: StreamSelection, neededBy: StreamDefinition.ID?)],
    with key: KeyAnswer
  ) async -> [StreamPlan] {
    for (selection, _) in ordered { tally.open(selection.stream.id, mode: selection.mode) }
    var states: [StreamDefinition.ID: StreamState] = [:]
    for (selection, _) in ordered where !isHalted {
      let stream = selection.stream
      await trying(stream) {
        try self.requireLeader(of: stream, among: Set(states.keys))
        states[stream.id] = try await self.destination.claim(stream)
      }
    }
    let run = Plan.circumstances(
      of: ordered.filter { states[$0.selection.stream.id] != nil }, knowing: states,
      in: StreamPlan.Circumstances(
        pageSize: options.pageSize, now: key.serverTime, keyUser: key.user))
    var plans: [StreamPlan] = []
    var left: Set<StreamDefinition.ID> = []
    for (selection, neededBy) in ordered where !isHalted {
      let stream = selection.stream
      guard var state = states[stream.id] else { continue }
      // Children need every parent's id, also of those that a killed run had read.
      if run.parents.contains(stream.id), !Plan.isCarriedOn(stream, ordered, states, in: run) {
        state.unfinished = nil
      }
      everRead.formUnion(state.lastSuccess == nil ? [] : [stream.id])
      await trying(stream) {
        let plan = try await FilterProbe(reader: reader, destination: destination)
          .plan(selection, state, in: run, neededBy: neededBy)
        guard plan.reading != .nothing else {
          left.insert(stream.id)
          return try await self.leave(plan)
        }
        try self.requireLeader(of: stream, among: left.union(plans.map(\.stream.id)))
        plans.append(plan)
      }
    }
    return plans
  }

  /// The plans, with how far those rows may go that come beside others' changes.
  func bounded(_ plans: [StreamPlan]) async throws -> [StreamPlan] {
    var plans = plans
    for index in plans.indices where plans[index].freshening != nil {
      let highest = try await destination.highestLiveKey(of: plans[index].stream)
      plans[index].freshening?.highest = highest ?? .min
    }
    return plans
  }

  /// Does what is needed before a stream can be read; what goes wrong ends the stream.
  private func trying(
    _ stream: StreamDefinition, _ work: () async throws -> Void
  ) async {
    do {
      try await work()
    } catch is CancellationError {
      // The run is stopped: nothing more is begun.
    } catch {
      await fail(stream.id, await reader.judged(Explanation(of: error)))
    }
  }

  private func requireLeader(
    of stream: StreamDefinition, among others: Set<StreamDefinition.ID>
  ) throws(WalkError) {
    guard let leader = stream.leader, !others.contains(leader) else { return }
    throw .parentUnread(stream.id, parent: leader)
  }
}
