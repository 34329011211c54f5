import Catalog
import Synchronization

/// Rows that are found beside a walk, or without one, on their way to the warehouse.
final class Addendum: Sendable {
  private let plan: StreamPlan
  /// When the reading began that they complete.
  private let start: Instant
  private let destination: any Destination
  private let tally: Tally
  /// Whether something was written whose end is still to be noted.
  private let isOpen = Mutex(false)

  init(plan: StreamPlan, start: Instant, destination: any Destination, tally: Tally) {
    self.plan = plan
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
  func close(evenIfEmpty: Bool) async throws {
    guard isOpen.withLock({ $0 }) || evenIfEmpty else { return }
    try await commit([], closing: Closing(floor: nil, completeSince: start))
  }

  private func commit(_ pages: [Page], closing: Closing?) async throws {
    let receipt = try await destination.commit(
      Batch(
        stream: plan.stream, pages: pages,
        progress: WalkProgress(
          signature: "\(plan.signature), beside the walk", startedAt: start, segments: []),
        closing: closing))
    for page in pages {
      tally.note(.pageReceived(plan.stream.id, rows: page.received, remaining: 0))
    }
    tally.note(.pagesCommitted(plan.stream.id, pages: pages.count, receipt.counts))
  }
}
