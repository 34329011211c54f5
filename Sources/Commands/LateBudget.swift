import ActiveCampaign
import Synchronization

/// A shared budget that begins to count only when it is told to.
///
/// The key is asked for before anything is laid out in a new database, and so before there is a
/// book that the budget could be kept in: that question, and the few first pages that are asked for
/// beside it, go uncounted.
final class LateBudget: SharedBudget {
  private let budget: any SharedBudget
  private let state = Mutex((counts: false, uncounted: 0))

  /// Passes everything to `budget` once it `begins`.
  init(_ budget: any SharedBudget) { self.budget = budget }

  /// From now on every request that starts counts.
  func begin() { state.withLock { $0.counts = true } }

  func take() async throws -> ContinuousClock.Instant {
    let counts = state.withLock { state in
      if !state.counts { state.uncounted += 1 }
      return state.counts
    }
    guard counts else { return .now + .seconds(60) }
    return try await budget.take()
  }

  func ended() async {
    // Which of them ended is all the same to whoever counts how many are under way.
    let isCounted = state.withLock { state in
      guard state.uncounted > 0 else { return true }
      state.uncounted -= 1
      return false
    }
    guard isCounted else { return }
    await budget.ended()
  }
}
