import Catalog
import Synchronization

/// Rows that are found beside a walk, or without one, on their way to the warehouse.
final class Addendum: Sendable {
  /// What its batches carry behind the plan's own signature: no walk goes on with them.
  static let mark = ", beside the walk"

  private let plan: StreamPlan
  /// When the reading began that they complete.
  private let start: Instant
  private let destination: any Destination
  private let tally: Tally
  /// Whether what is written counts as seen by a reading of the whole list.
  private let isWhole: Bool
  /// Whether something was written whose end is still to be noted.
  private let isOpen = Mutex(false)

  init(plan: StreamPlan, start: Instant, destination: any Destination, tally: Tally) {
    self.plan = plan
    isWhole = plan.mode == .fullRefresh
    self.start = start
    self.destination = destination
    self.tally = tally
  }

  /// Writes an answer's rows; proves nothing by itself.
  func write(_ page: Page) async throws {
    isOpen.withLock { $0 = true }
    try await commit([page], closing: nil)
  }

  /// Notes that the reading came to its end.
  ///
  /// - Parameter length: the list's, where the reading is to be held against it; nil otherwise.
  /// - Returns: whether as many rows were seen as the list has.
  @discardableResult
  func close(evenIfEmpty: Bool, length: Int64? = nil) async throws -> Bool {
    guard isOpen.withLock({ $0 }) || evenIfEmpty else { return true }
    let receipt = try await commit(
      [],
      closing: Closing(
        floor: nil, completeSince: start, total: length,
        deletions: length == nil ? nil : plan.deletions, provesAbsence: length != nil))
    if case .closed = receipt.verdict { return true }
    return false
  }

  /// Ends the reading of rows that came on the pages of another list, which was read whole.
  func end(provesAbsence: Bool) async throws -> Receipt {
    try await commit(
      [],
      closing: Closing(
        floor: nil, completeSince: start, deletions: plan.deletions,
        provesAbsence: provesAbsence))
  }

  @discardableResult
  private func commit(_ pages: [Page], closing: Closing?) async throws -> Receipt {
    let receipt = try await destination.commit(
      Batch(
        stream: plan.stream, pages: pages,
        progress: WalkProgress(
          signature: plan.signature + Self.mark, startedAt: start, segments: []),
        isWhole: isWhole && (closing == nil || closing?.deletions != nil), closing: closing))
    for page in pages {
      tally.note(.pageReceived(plan.stream.id, rows: page.received, remaining: 0))
    }
    tally.note(.pagesCommitted(plan.stream.id, pages: pages.count, receipt.counts))
    return receipt
  }
}
