/// The account's budget: hands out starts at an even pace, and limits what is in flight.
actor Throttle<Timer: Clock> where Timer.Duration == Duration {
  /// How much of a spacing is given up when others are seen to use the account.
  private static var yieldedShare: Double { 0.5 }

  private let clock: Timer
  private let origin: Timer.Instant
  private let concurrency: Int
  private let shared: (any SharedBudget)?
  private var pace: Pace
  private var inFlight = 0
  private var pausedUntil = Duration.zero
  /// Whether somebody is at the head of the line, waiting for the clock or for room in flight.
  private var isHeadTaken = false
  private var line: [Waiter] = []
  /// The head of the line, while it waits for room in flight.
  private var waitingForRoom: Waiter?
  private var lastTicket = 0

  private struct Waiter {
    let ticket: Int
    let continuation: CheckedContinuation<Void, any Error>
  }

  /// A budget of `perSecond` starts, a fraction or not, with at most `concurrency` in flight.
  ///
  /// - Parameter shared: what other processes leave of the account's budget; nil if it is all ours.
  init(
    perSecond: Double, concurrency: Int, clock: Timer, shared: (any SharedBudget)? = nil
  ) {
    precondition(concurrency > 0, "at least one request must be allowed")
    self.clock = clock
    self.concurrency = concurrency
    self.shared = shared
    origin = clock.now
    pace = Pace(perSecond: perSecond)
  }

  /// Runs `request` when its turn has come: in the order asked, and never too many at once.
  ///
  /// - Throws: what `request` throws; `CancellationError` while it waits.
  func run<Answer: Sendable>(
    _ request: @Sendable () async throws -> Answer
  ) async throws -> Answer {
    try await start()
    let outcome: Result<Answer, any Error>
    do {
      outcome = .success(try await request())
    } catch {
      outcome = .failure(error)
    }
    ended()
    await shared?.ended()
    return try outcome.get()
  }

  /// Lets nobody start for `duration` from now.
  func pause(for duration: Duration) {
    pausedUntil = max(pausedUntil, now + duration)
  }

  /// Hears how much of the account's limit is left, as the service tells it after an answer.
  ///
  /// What our own starts explain is no reason to slow down: at 4 of 5 a second one is always left.
  /// Nor are those of processes that share the budget, which leave that one too.
  func heard(remaining: Int, of limit: Int) {
    let usual = shared == nil ? 1 : 0
    guard remaining <= usual, limit - remaining > pace.recentStarts(at: now) else { return }
    pace.yield(Self.yieldedShare)
  }

  /// How many requests are under way.
  var requestsInFlight: Int { inFlight }

  /// How many wait for their turn, the head of the line among them.
  var waiting: Int { line.count + (isHeadTaken ? 1 : 0) }

  private var now: Duration { origin.duration(to: clock.now) }

  private func start() async throws {
    try await takeHead()
    defer { passHead() }
    while inFlight >= concurrency { try await room() }
    try await turn()
    pace.started(at: now)
    inFlight += 1
  }

  /// Waits for our own pace, and then for the other processes: between the last look at the clock
  /// and the caller's start nothing else can come.
  private func turn() async throws {
    while true {
      // Asked anew after each sleep: a pause may have come meanwhile.
      let delay = delay
      if delay > .zero {
        try await clock.sleep(until: clock.now.advanced(by: delay), tolerance: .zero)
        continue
      }
      try Task.checkCancellation()
      guard let shared else { return }
      let latest = try await shared.take()
      let isInTime = ContinuousClock.now < latest && self.delay <= .zero
      if isInTime, !Task.isCancelled { return }
      await shared.ended()
    }
  }

  private var delay: Duration { max(pace.delay(at: now), pausedUntil - now) }

  private func ended() {
    inFlight -= 1
    waitingForRoom?.continuation.resume()
    waitingForRoom = nil
  }

  private func takeHead() async throws {
    if !isHeadTaken {
      isHeadTaken = true
      return
    }
    try await wait { throttle, waiter in throttle.line.append(waiter) }
  }

  private func passHead() {
    if line.isEmpty {
      isHeadTaken = false
    } else {
      line.removeFirst().continuation.resume()
    }
  }

  private func room() async throws {
    try await wait { throttle, waiter in throttle.waitingForRoom = waiter }
  }

  /// Waits until another resumes what `place` has put somewhere, or until cancelled.
  private func wait(_ place: (isolated Throttle, Waiter) -> Void) async throws {
    lastTicket += 1
    let ticket = lastTicket
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation {
        (continuation: CheckedContinuation<Void, any Error>) in
        if Task.isCancelled {
          continuation.resume(throwing: CancellationError())
        } else {
          place(self, Waiter(ticket: ticket, continuation: continuation))
        }
      }
    } onCancel: {
      Task { await self.cancel(ticket) }
    }
  }

  private func cancel(_ ticket: Int) {
    if let position = line.firstIndex(where: { $0.ticket == ticket }) {
      line.remove(at: position).continuation.resume(throwing: CancellationError())
    } else if waitingForRoom?.ticket == ticket {
      waitingForRoom?.continuation.resume(throwing: CancellationError())
      waitingForRoom = nil
    }
  }
}
