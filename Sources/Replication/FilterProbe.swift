public import Catalog

/// Finds out whether an account's filter on changes does what a walk of changes relies on: once, and
/// again while it does not, since asking costs less than reading everything for ever.
///
/// The service ignores in silence what it does not know. A filter that lets everything through costs
/// a whole list at every run; one that lets nothing through would hide every change for ever, and no
/// total would tell. So the filter is asked about a day on which nothing can have changed yet, and
/// about one since which everything has; and in the next run, about the seconds before and after the
/// last change of a row that is known. Where it tells them apart, instants are asked for from then on:
/// what changed in three days is then not read again and again.
public struct FilterProbe: Sendable {
  /// Requests that the run spends on it that goes by this finding: two for whether the filter works,
  /// and another time two, or one where days are told at once, for whether it takes seconds.
  public static func requests(after finding: FilterFinding?) -> Int {
    switch finding {
    case nil, .useless, .narrows: 2
    case .days, .exact: 0
    }
  }

  /// Before any row of any account.
  static let past = CalendarDay(daysSinceEpoch: 365)

  /// Ten years after what was read last.
  static func future(of plan: StreamPlan) -> CalendarDay {
    let start = plan.floor.map { CalendarDay(of: $0) } ?? past
    return CalendarDay(daysSinceEpoch: start.daysSinceEpoch + 3653)
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
    guard first.changedSince != nil else { return first }
    switch state.filter {
    case nil, .useless: state.filter = try await finding(for: first)
    // Not both in one run: each shall stay short.
    case .narrows: state.filter = try await tellsSeconds(first) ? .exact : .days
    case .days, .exact: return first
    }
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

  /// Whether the filter shows a row for the second before its last change, and not for the one after.
  ///
  /// A row that changed again since, or is gone, answers no: then days do.
  private func tellsSeconds(_ plan: StreamPlan) async throws -> Bool {
    guard let floor = plan.floor,
      let row = try await destination.lastChanged(in: plan.stream, before: floor)
    else { return false }
    let change = Instant(microseconds: row.place)
    guard try await shows(row.key, of: plan, since: change + .seconds(1)) == false else {
      return false
    }
    return try await shows(row.key, of: plan, since: change - .seconds(1)) == true
  }

  /// Whether the filter shows a row; nil where the answer does not tell.
  private func shows(_ key: Int64, of plan: StreamPlan, since: Instant) async throws -> Bool? {
    let isByID = plan.stream.paging == .ids
    let query = PageQuery(
      plan.stream, isByID ? .ids(after: key - 1, below: key + 1) : .offset(0),
      limit: plan.pageSize, changedSince: .instant(since.wholeSecond))
    let answer = try await reader.page(query, since: nil)
    if answer.page.rows.contains(where: { $0.key == key }) { return true }
    return answer.page.received < answer.limit ? false : nil
  }

  private func hasRows(_ stream: StreamDefinition, since day: CalendarDay?) async throws -> Bool {
    let slice: PageQuery.Slice = stream.paging == .ids ? .newest : .offset(0)
    let query = PageQuery(stream, slice, limit: 1, changedSince: day.map { .day($0) })
    return try await reader.page(query, since: nil).page.received > 0
  }
}
