public import Catalog

/// Puts what is selected in an order in which it can be read: parents before the lists below them,
/// and with them the parents that nobody selected.
public enum Plan {
  /// The selection in reading order, each with the stream it was added for, if it was.
  ///
  /// - Parameter catalogue: where a parent that was not selected is looked up, and how it is read.
  public static func ordered(
    _ selected: [StreamSelection], catalogue: [StreamSelection]
  ) -> [(selection: StreamSelection, neededBy: StreamDefinition.ID?)] {
    var ordered: [(selection: StreamSelection, neededBy: StreamDefinition.ID?)] = []
    var seen: Set<StreamDefinition.ID> = []
    func add(_ selection: StreamSelection, neededBy: StreamDefinition.ID?) {
      guard seen.insert(selection.stream.id).inserted else { return }
      if let leader = selection.stream.leader {
        if let chosen = selected.first(where: { $0.stream.id == leader }) {
          add(chosen, neededBy: nil)
        } else if let known = catalogue.first(where: { $0.stream.id == leader }) {
          add(known, neededBy: selection.stream.id)
        }
      }
      ordered.append((selection, neededBy))
    }
    for selection in selected { add(selection, neededBy: nil) }
    return ordered
  }

  /// Lets streams that are both to be read whole share their requests, where the API sends the rows
  /// of one beside those of the other.
  public static func sharing(_ plans: [StreamPlan]) -> [StreamPlan] {
    var plans = plans
    for host in plans.indices {
      let carried = plans.filter { $0.reading == .carried(by: plans[host].stream.id) }
      plans[host].including += carried.map(\.stream)
    }
    for host in plans.indices where plans[host].changedSince != nil {
      for guest in plans.indices
      where plans[host].stream.sideLoads.contains(plans[guest].stream.id)
        && plans[guest].reading == .tail
      {
        plans[guest].freshening = StreamPlan.Freshening(host: plans[host].stream.id)
        plans[host].including.append(plans[guest].stream)
      }
    }
    // What a run before this one saw may be gone since: a walk that is gone on with brings no proof.
    for host in plans.indices where plans[host].isWhole && plans[host].resuming == nil {
      for guest in plans.indices
      where plans[host].stream.sideLoads.contains(plans[guest].stream.id)
        && plans[guest].isWhole && plans[guest].resuming == nil
        && !plans[guest].stream.isSelective
      {
        let name = plans[host].stream.id
        plans[guest].reading = .beside(name)
        plans[guest].reason = "what comes beside \(name), held against its list"
        plans[host].including.append(plans[guest].stream)
      }
    }
    return plans
  }

  /// What holds for all streams of a run, among it which of them others need the whole list of.
  ///
  /// - Parameters:
  ///   - ordered: the selection in reading order.
  ///   - states: what is known of each stream.
  ///   - run: what is known of the run itself.
  public static func circumstances(
    of ordered: [(selection: StreamSelection, neededBy: StreamDefinition.ID?)],
    knowing states: [StreamDefinition.ID: StreamState], in run: StreamPlan.Circumstances
  ) -> StreamPlan.Circumstances {
    var run = run
    run.incremental = Set(
      ordered.map(\.selection).filter { $0.stream.isIncremental && $0.mode == .incremental }
        .map(\.stream.id))
    // Children come behind their parents: whether these are read whole depends on those.
    for (selection, _) in ordered.reversed() {
      guard let leader = selection.stream.leader else { continue }
      let state = states[selection.stream.id] ?? StreamState()
      switch StreamPlan(selection, state: state, in: run).reading {
      case .nothing, .ofChanged: break
      case .whole, .changes, .tail, .beside, .carried, .window: run.parents.insert(leader)
      }
    }
    return run
  }
}
