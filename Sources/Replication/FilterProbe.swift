import Catalog

/// Finds out whether an account's filter on changes does what a walk of changes relies on: once, and
/// again while it does not, since asking costs less than reading everything for ever.
///
/// The service ignores in silence what it does not know. A filter that lets everything through costs
/// a whole list at every run; one that lets nothing through would hide every change for ever, and no
/// total would tell. So the filter is asked about a day on which nothing can have changed yet, and
/// about one since which everything has.
public struct FilterProbe: Sendable {
  /// Requests that a probe of a filter that works takes.
  public static let requests = 2

  /// Before any row of any account.
  static let past = CalendarDay(daysSinceEpoch: 365)

  /// Ten years after what was read last.
  static func future(of plan: StreamPlan) -> CalendarDay {
    CalendarDay(daysSinceEpoch: (plan.changedSince ?? past).daysSinceEpoch + 3653)
  }

  let reader: Reader
  let destination: any Destination

  /// Plans a stream, after finding out what its filter does where that counts and is not known.
  ///
  /// - Throws: the last attempt's error; what the destination throws; `CancellationError`.
  func plan(
    _ selection: StreamSelection, _ state: StreamState, in run: StreamPlan.Circumstances,
    neededBy: StreamDefinition.ID?
  ) async throws -> StreamPlan {
    func plan(_ state: StreamState) -> StreamPlan {
      StreamPlan(selection, state: state, in: run, neededBy: neededBy)
    }
    var state = state
    let known = state.filter
    if known == .useless { state.filter = nil }
    let first = plan(state)
    guard first.changedSince != nil, state.filter == nil else { return first }
    state.filter = try await finding(for: first)
    if let finding = state.filter, finding != known {
      try await destination.remember(.filter(finding), of: selection.stream)
    }
    return plan(state)
  }

  /// What the filter does; nil where the account has no rows to tell it by.
  ///
  /// - Throws: the last attempt's error; `CancellationError`.
  func finding(for plan: StreamPlan) async throws -> FilterFinding? {
    if try await hasRows(plan.stream, since: Self.future(of: plan)) { return .useless }
    if try await hasRows(plan.stream, since: Self.past) { return .narrows }
    return try await hasRows(plan.stream, since: nil) ? .useless : nil
  }

  private func hasRows(_ stream: StreamDefinition, since day: CalendarDay?) async throws -> Bool {
    let slice: PageQuery.Slice = stream.paging == .ids ? .newest : .offset(0)
    let query = PageQuery(stream, slice, limit: 1, changedSince: day)
    return try await reader.page(query, since: nil).page.received > 0
  }
}
