import Catalog
import Synchronization
import Testing

@testable import ActiveCampaign

/// A clock whose sleepers wake at once, late by a seeded bit, with the time jumped to their deadline.
final class JumpingClock: Clock {
  struct Instant: InstantProtocol {
    var time: Duration
    func advanced(by duration: Duration) -> Instant { Instant(time: time + duration) }
    func duration(to other: Instant) -> Duration { other.time - time }
    static func < (one: Instant, other: Instant) -> Bool { one.time < other.time }
  }

  private let state: Mutex<(now: Instant, random: Seeded)>

  init(seed: Int) { state = Mutex((Instant(time: .seconds(7)), Seeded(seed))) }

  var now: Instant { state.withLock(\.now) }
  var minimumResolution: Duration { .nanoseconds(1) }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try Task.checkCancellation()
    state.withLock { state in
      let late = Duration.microseconds(Int.random(in: 0...2000, using: &state.random))
      state.now = max(state.now, deadline.advanced(by: late))
    }
  }
}

/// A clock that stands still: who sleeps by it wakes only when cancelled.
struct FrozenClock: Clock {
  var now: JumpingClock.Instant { JumpingClock.Instant(time: .zero) }
  var minimumResolution: Duration { .nanoseconds(1) }

  func sleep(until deadline: JumpingClock.Instant, tolerance: Duration?) async throws {
    try await Task.sleep(for: .seconds(100_000))
  }
}

@Suite struct `The throttle` {
  @Test(arguments: 0..<20)
  func `never lets more start in a second than allowed`(_ seed: Int) async throws {
    let clock = JumpingClock(seed: seed)
    let throttle = Throttle(perSecond: 4, concurrency: 3, clock: clock)
    let starts = Recorder<Duration>()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          for _ in 0..<20 {
            try await throttle.run { starts.append(clock.now.time) }
          }
        }
      }
      try await group.waitForAll()
    }
    let times = starts.all.sorted()
    #expect(times.count == 60)
    for first in times.indices.dropLast(4) {
      // What the caller sees may be a jump of the clock later than the start itself.
      #expect(times[first + 4] - times[first] >= .milliseconds(990), "seed \(seed)")
    }
  }

  @Test func `lets nobody start while it is paused`() async throws {
    let clock = JumpingClock(seed: 1)
    let throttle = Throttle(perSecond: 100, concurrency: 3, clock: clock)
    try await throttle.run {}
    let before = clock.now.time
    await throttle.pause(for: .seconds(30))
    await throttle.pause(for: .seconds(2))
    try await throttle.run {}
    #expect(clock.now.time - before >= .seconds(30))
  }

  @Test func `serves in the order asked, one in flight at a time`() async throws {
    let throttle = Throttle(perSecond: 1000, concurrency: 1, clock: JumpingClock(seed: 2))
    let order = Recorder<Int>()
    let (gate, open) = AsyncStream<Void>.makeStream()
    let first = Task { try await throttle.run { for await _ in gate { break } } }
    await throttle.reaches { $0.requestsInFlight == 1 }
    var others: [Task<Void, any Error>] = []
    for number in 0..<5 {
      others.append(Task { try await throttle.run { order.append(number) } })
      await throttle.reaches { $0.waiting == number + 1 }
    }
    #expect(order.all.isEmpty)
    open.yield()
    try await first.value
    for task in others { try await task.value }
    #expect(order.all == [0, 1, 2, 3, 4])
  }

  @Test func `lets those behind pass when one in the line gives up`() async throws {
    let throttle = Throttle(perSecond: 1000, concurrency: 1, clock: JumpingClock(seed: 3))
    let (gate, open) = AsyncStream<Void>.makeStream()
    let first = Task { try await throttle.run { for await _ in gate { break } } }
    await throttle.reaches { $0.requestsInFlight == 1 }
    let waitsForRoom = Task { try await throttle.run {} }
    await throttle.reaches { $0.waiting == 1 }
    let waitsInLine = Task { try await throttle.run {} }
    await throttle.reaches { $0.waiting == 2 }
    let patient = Task { try await throttle.run { "served" } }
    await throttle.reaches { $0.waiting == 3 }
    for task in [waitsInLine, waitsForRoom] {
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
    open.yield()
    try await first.value
    #expect(try await patient.value == "served")
  }

  @Test func `stops waiting for the clock when cancelled`() async throws {
    let throttle = Throttle(perSecond: 1, concurrency: 3, clock: FrozenClock())
    try await throttle.run {}
    let task = Task { try await throttle.run {} }
    await throttle.reaches { $0.waiting == 1 }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(await throttle.waiting == 0)
  }

  @Test func `frees its place when a request fails`() async throws {
    struct Failure: Error {}
    let throttle = Throttle(perSecond: 1000, concurrency: 1, clock: JumpingClock(seed: 4))
    for _ in 0..<3 {
      await #expect(throws: Failure.self) { try await throttle.run { throw Failure() } }
    }
    #expect(await throttle.requestsInFlight == 0)
  }

  @Test func `slows down for others, not for itself`() async throws {
    let clock = JumpingClock(seed: 5)
    let throttle = Throttle(perSecond: 4, concurrency: 3, clock: clock)
    for _ in 0..<8 { try await throttle.run {} }
    // Four or five of the five used up are our own.
    #expect(try await seconds(for: 20, of: throttle, by: clock) < 5.2)
    let crowded = Throttle(perSecond: 2, concurrency: 3, clock: clock)
    #expect(try await seconds(for: 20, of: crowded, by: clock) > 13)
  }
}

/// How long it takes to start `count` requests whose answers all say that nothing is left.
private func seconds(
  for count: Int, of throttle: Throttle<JumpingClock>, by clock: JumpingClock
) async throws -> Double {
  let start = clock.now.time
  for _ in 0..<count {
    try await throttle.run {}
    await throttle.heard(remaining: 0, of: 5)
  }
  return (clock.now.time - start).inSeconds
}

extension Throttle {
  /// Waits, without sleeping, until `condition` holds.
  func reaches(_ condition: @Sendable (isolated Throttle) -> Bool) async {
    while !condition(self) { await Task.yield() }
  }
}
