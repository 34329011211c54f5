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
      floor: plan.stream.isIncremental ? max(next, plan.floor ?? next) : nil,
      completeSince: startedAt, total: closingTotal,
      deletions: plan.isWhole ? plan.deletions : nil,
      // A row that the service counts and does not list may be any.
      provesAbsence: provesAbsence && max(shortage ?? 0, plan.knownShortage) == 0,
      // Such a stream is held against its total at every run: what the total shows is not left.
      suspectsAtOnce: plan.stream.isIncremental, acceptedShortage: shortage ?? 0)
  }
}
