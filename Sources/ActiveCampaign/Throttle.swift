/// The account's budget: hands out starts at an even pace, and limits what is in flight.
actor Throttle<Timer: Clock> where Timer.Duration == Duration {
  /// How much of a spacing is given up when others are seen to use the account.
  private static var yieldedShare: Double { 0.5 }

  private let clock: Timer
  private let origin: Timer.Instant
  private let concurrency: Int
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
  init(perSecond: Double, concurrency: Int, clock: Timer) {
    precondition(concurrency > 0, "at least one request must be allowed")
    self.clock = clock
    self.concurrency = concurrency
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
    defer { ended() }
    return try await request()
  }

  /// Lets nobody start for `duration` from now.
  func pause(for duration: Duration) {
    pausedUntil = max(pausedUntil, now + duration)
  }

  /// Hears how much of the account's limit is left, as the service tells it after an answer.
  ///
  /// What our own starts explain is no reason to slow down: at 4 of 5 a second one is always left.
  func heard(remaining: Int, of limit: Int) {
    guard remaining <= 1, limit - remaining > pace.recentStarts(at: now) else { return }
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
    while true {
      // Asked anew after each sleep: a pause may have come meanwhile.
      let now = now
      let delay = max(pace.delay(at: now), pausedUntil - now)
      if delay <= .zero { break }
      try await clock.sleep(until: clock.now.advanced(by: delay), tolerance: .zero)
    }
    try Task.checkCancellation()
    pace.started(at: now)
    inFlight += 1
  }

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
