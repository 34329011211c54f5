import Synchronization
import Testing

@testable import ActiveCampaign

/// A shared budget that answers by a script, and keeps count.
private final class ScriptedBudget: SharedBudget {
  struct Lost: Error {}

  private let state: Mutex<(answers: [Duration?], taken: Int, ended: Int)>

  /// - Parameter answers: how long from now each start may be put off; nil for no answer.
  init(_ answers: [Duration?]) { state = Mutex((answers, 0, 0)) }

  var taken: Int { state.withLock(\.taken) }
  var ended: Int { state.withLock(\.ended) }

  func take() async throws -> ContinuousClock.Instant {
    let answer = state.withLock { state in
      state.taken += 1
      return state.answers.isEmpty ? Duration.seconds(60) : state.answers.removeFirst()
    }
    guard let answer else { throw Lost() }
    return ContinuousClock.now + answer
  }

  func ended() async { state.withLock { $0.ended += 1 } }
}

@Suite struct `A throttle that shares its budget` {
  private func throttle(_ budget: ScriptedBudget) -> Throttle<JumpingClock> {
    Throttle(perSecond: 4, concurrency: 3, clock: JumpingClock(seed: 1), shared: budget)
  }

  @Test func `asks before each request and tells of its end`() async throws {
    let budget = ScriptedBudget([])
    let throttle = throttle(budget)
    for number in 1...5 {
      try await throttle.run {
        #expect(budget.taken == number)
        #expect(budget.ended == number - 1)
      }
    }
    #expect(budget.ended == 5)
  }

  @Test func `gives back a start whose time has passed, and asks again`() async throws {
    let budget = ScriptedBudget([.seconds(-1), .zero])
    let throttle = throttle(budget)
    try await throttle.run {
      #expect(budget.taken == 3)
      #expect(budget.ended == 2)
    }
    #expect(budget.ended == 3)
  }

  @Test func `sends nothing where the others cannot be asked, and goes on later`() async throws {
    let budget = ScriptedBudget([nil])
    let throttle = throttle(budget)
    await #expect(throws: ScriptedBudget.Lost.self) {
      try await throttle.run { Issue.record("it was sent") }
    }
    #expect(budget.ended == 0)
    #expect(try await throttle.run { "sent" } == "sent")
    #expect(await throttle.requestsInFlight == 0)
  }

  @Test func `tells of the end of a request that failed`() async throws {
    struct Failure: Error {}
    let budget = ScriptedBudget([])
    let throttle = throttle(budget)
    await #expect(throws: Failure.self) { try await throttle.run { throw Failure() } }
    #expect(budget.ended == 1)
  }

  @Test func `does not slow down for those it shares with`() async throws {
    let clock = JumpingClock(seed: 5)
    let throttle = Throttle(
      perSecond: 2, concurrency: 3, clock: clock, shared: ScriptedBudget([]))
    let start = clock.now.time
    for _ in 0..<20 {
      try await throttle.run {}
      await throttle.heard(remaining: 1, of: 5)
    }
    #expect(clock.now.time - start < .seconds(10.5))
  }
}
