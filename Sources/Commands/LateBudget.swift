import ActiveCampaign
import Synchronization

/// A shared budget that begins to count only when it is told to.
///
/// The key is asked for before anything is laid out in a new database, and so before there is a
/// book that the budget could be kept in: that question alone goes uncounted.
final class LateBudget: SharedBudget {
  private let budget: any SharedBudget
  private let counts = Mutex(false)

  /// Passes everything to `budget` once it `begins`.
  init(_ budget: any SharedBudget) { self.budget = budget }

  /// From now on every request counts; called while none is under way.
  func begin() { counts.withLock { $0 = true } }

  func take() async throws -> ContinuousClock.Instant {
    guard counts.withLock({ $0 }) else { return .now + .seconds(60) }
    return try await budget.take()
  }

  func ended() async {
    guard counts.withLock({ $0 }) else { return }
    await budget.ended()
  }
}
