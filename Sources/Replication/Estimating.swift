import Catalog

/// What a run expects its streams to cost, so that it can be held against what they did.
extension Engine {
  /// A share of the limit is left for what no plan foresees: retries, changes, deletions.
  static let surestShare = 0.75

  /// Notes what a stream will probably cost, if that is known before it is asked.
  func estimate(_ plan: StreamPlan, beside others: [StreamPlan]) {
    let id = plan.stream.id
    if plan.isToldByFirstAnswer { tally.awaitTotal(of: id) }
    let parent = others.first { $0.stream.id == plan.stream.listedBelow }
    guard
      let requests = plan.expectedRequests(
        parents: parent.map(\.state.liveRows), workers: options.workers)
    else { return }
    // What finding out about its filter took is known by now.
    let sent = tally.report(of: id)?.requests ?? 0
    tally.note(.streamEstimated(id, requests: sent + requests))
  }

  /// Notes what a stream will probably cost by what its first answer told.
  nonisolated func estimate(
    _ stream: StreamDefinition.ID, total: Int64, _ agenda: Agenda
  ) async {
    guard let plan = await agenda.plan(of: stream),
      let requests = plan.expectedRequests(toldTotal: total, workers: options.workers)
    else { return }
    let probed = tally.report(of: stream)?.requestsBeforeReading ?? 0
    tally.note(.streamEstimated(stream, requests: probed + requests))
  }

  /// Whether so many requests will probably do; no, where the cost of some stream is not known.
  func willSuffice(_ capacity: Int, for plans: [StreamPlan]) -> Bool {
    let costs = plans.map { tally.report(of: $0.stream.id)?.plannedRequests }
    let sum = costs.reduce(0) { $0 + ($1 ?? capacity) }
    return Double(sum) <= Double(capacity) * Self.surestShare
  }
}
