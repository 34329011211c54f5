import Catalog
import Synchronization

/// Time as the engine needs it: handed in, so that tests need not wait.
public struct EngineClock: Sendable {
  /// The time since some fixed point.
  public var now: @Sendable () -> Duration
  /// Waits; throws `CancellationError` if the task is cancelled.
  public var sleep: @Sendable (Duration) async throws -> Void
  /// A number from 0 up to 1, for jitter.
  public var chance: @Sendable () -> Double

  /// Makes a clock from its parts.
  public init(
    now: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void,
    chance: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.chance = chance
  }

  /// The machine's own monotonic clock.
  public static var system: EngineClock {
    let start = ContinuousClock.now
    return EngineClock(
      now: { ContinuousClock.now - start },
      sleep: { try await Task.sleep(for: $0, clock: .continuous) },
      chance: { Double.random(in: 0..<1) })
  }
}

/// How often and after how long a failed request is sent again.
public struct RetryRule: Sendable {
  /// Attempts in all, the first among them.
  public var attempts = 5
  /// The longest first wait; each later one may be twice as long.
  public var base: Duration = .seconds(1)
  /// No wait is longer, unless the service itself asks for it.
  public var longest: Duration = .seconds(60)

  /// The rule of design.md: five attempts, exponential backoff with full jitter.
  public init() {}

  /// How long to wait after failed attempt number `attempt` (from 1).
  ///
  /// - Parameter named: the wait that the service asked for; never undercut.
  /// - Parameter chance: from 0 up to 1: full jitter keeps clients from returning all at once.
  func delay(after attempt: Int, named: Duration?, chance: Double) -> Duration {
    let doubled = base * Double(1 << min(attempt - 1, 16))
    return max(named ?? .zero, min(longest, doubled) * chance)
  }
}

/// Asks a source for a page as often as its errors allow.
struct Reader: Sendable {
  let source: any Source
  let rule: RetryRule
  let clock: EngineClock
  let tally: Tally
  let allowance: Allowance
  /// What was asked for before the run had a plan.
  let early = EarlyAnswers()
  /// The latest time of any answer.
  private let latest = LatestAnswer()

  init(
    source: any Source, rule: RetryRule, clock: EngineClock, tally: Tally, allowance: Allowance
  ) {
    self.source = source
    self.rule = rule
    self.clock = clock
    self.tally = tally
    self.allowance = allowance
  }

  /// The page, and how many rows were asked for in the end.
  ///
  /// An answer that is dated before another that was there when it was asked for is an old copy: it
  /// would bring back what has been seen to change. The service dates its answers to the second.
  /// - Parameter since: when the walk began, or the one before it ended: nothing older is taken.
  ///   A walk that replaces another of the same second counts as begun a little later.
  /// - Throws: the last attempt's error; `CancellationError`.
  func page(_ query: PageQuery, since: Instant?) async throws -> (page: Page, limit: Int) {
    var query = query
    for attempt in 1...rule.attempts {
      let asked = query
      do {
        let early = early.take(asked)
        // Nothing had been answered yet when an early question was asked.
        let oldest = [since, early == nil ? latest.time : nil].compactMap(\.self).max()
        let page = try await send(.requestStarted(query.stream.id, isRetry: attempt > 1)) {
          if let early { return try await early.answer }
          return try await RequestAttempt.$number.withValue(attempt) {
            try await source.page(asked)
          }
        }
        if let oldest, page.serverTime < oldest.wholeSecond {
          throw WalkError.oldCopy(query.stream.id)
        }
        latest.note(page.serverTime)
        return (page, query.limit)
      } catch let error as any Explained {
        let problem = error.explanation
        guard attempt < rule.attempts, let wait = wait(for: problem, &query, attempt) else {
          throw error
        }
        tally.note(.retryScheduled(query.stream.id, problem, attempt: attempt, delay: wait))
        try await sleep(wait)
      }
    }
    throw CancellationError()
  }

  /// Sends one request, if the run may still send any: all requests of a run pass here.
  ///
  /// - Throws: what the request throws; `CancellationError` where the run's limit is reached.
  private func send<Answer>(
    _ event: Event, _ request: () async throws -> Answer
  ) async throws -> Answer {
    try await allowance.take()
    defer { allowance.ended() }
    tally.note(event)
    return try await request()
  }

  /// Waits, but not longer than the run may go on.
  private func sleep(_ wait: Duration) async throws {
    try await clock.sleep(min(wait, allowance.timeLeft ?? wait))
  }

  /// Whether the account has a row, asked for alone; one that cannot be was missed often enough.
  ///
  /// - Throws: the last attempt's error; `CancellationError`.
  func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool {
    if stream.lookup == .none { return false }
    return try await persistently(stream.id) { try await source.exists(key, of: stream) }
  }

  /// Those of some rows that the account has no more, each asked for alone.
  ///
  /// - Throws: the last attempt's error; `CancellationError`.
  func gone(of keys: [Int64], _ stream: StreamDefinition) async throws -> [Int64] {
    var gone: [Int64] = []
    for key in keys where try await !exists(key, of: stream) { gone.append(key) }
    return gone
  }

  /// Asks the account whether it takes the key.
  ///
  /// - Throws: the last attempt's error; `CancellationError`.
  @discardableResult
  func confirmKey() async throws -> KeyAnswer {
    let answer = try await persistently(nil) { try await source.confirmKey() }
    latest.note(answer.serverTime)
    return answer
  }

  /// A refused list may mean that the key is refused altogether: then the run ends.
  func judged(_ problem: Explanation) async -> Explanation {
    guard problem.lastingConsequence == .skipStream else { return problem }
    do {
      try await confirmKey()
      return problem
    } catch is CancellationError {
      return problem
    } catch {
      return Explanation(of: error)
    }
  }

  /// - Parameter stream: what is asked about; nil for the key.
  private func persistently<Answer>(
    _ stream: StreamDefinition.ID?, _ ask: () async throws -> Answer
  ) async throws -> Answer {
    var attempt = 1
    while true {
      let isRetry = attempt > 1
      do {
        let event: Event =
          stream.map { .requestStarted($0, isRetry: isRetry) }
          ?? .keyRequestStarted(isRetry: isRetry)
        return try await RequestAttempt.$number.withValue(attempt) { try await send(event, ask) }
      } catch let error as any Explained {
        let problem = error.explanation
        guard attempt < rule.attempts, case .retry(let after, _) = problem.consequence else {
          throw error
        }
        let wait = rule.delay(after: attempt, named: after, chance: clock.chance())
        tally.note(
          stream.map { .retryScheduled($0, problem, attempt: attempt, delay: wait) }
            ?? .keyRetryScheduled(problem, attempt: attempt, delay: wait))
        try await sleep(wait)
        attempt += 1
      }
    }
  }

  /// How long to wait before the next attempt; nil if none can help.
  private func wait(
    for problem: Explanation, _ query: inout PageQuery, _ attempt: Int
  ) -> Duration? {
    switch problem.consequence {
    case .retry(let after, _):
      return rule.delay(after: attempt, named: after, chance: clock.chance())
    case .retryWithFewerRows:
      guard query.limit > 1 else { return nil }
      query = query.asking(for: query.limit / 2)
      return .zero
    case .lasting: return nil
    }
  }
}

/// The latest of the times by which the service dates its answers.
private final class LatestAnswer: Sendable {
  private let kept = Mutex<Instant?>(nil)

  var time: Instant? { kept.withLock { $0 } }

  func note(_ time: Instant) { kept.withLock { $0 = max(time, $0 ?? time) } }
}

extension Explanation {
  /// What follows when asking again did not help.
  var lastingConsequence: LastingConsequence {
    switch consequence {
    case .retry(_, let otherwise), .retryWithFewerRows(let otherwise), .lasting(let otherwise):
      otherwise
    }
  }
}
