internal import Catalog

/// Who may send requests to an account, and when: the rule alone, without a clock or a database.
///
/// A process that is alone has the whole budget for a few seconds at a time and keeps its own pace.
/// Where there are several, each start is a slot given out here, in order; a slot has to be used
/// within the tolerance or is lost, so that a process that was paused cannot use it later.
struct RequestBook: Sendable, Equatable {
  /// How long what a process has stays its own without being renewed.
  static let lifetime = Duration.seconds(3)
  /// How long one waits that has to ask again.
  static let pollInterval = Duration.milliseconds(100)
  /// The longest tolerance: a process whose clock can be compared no better sends more slowly.
  static let maxTolerance = Duration.seconds(1)

  /// The earliest start that has not been given out.
  var nextSlot: Instant
  /// From when on no start given out so far counts against the rate any more.
  var clearAt: Instant
  /// How late after its slot a request may start.
  var tolerance: Duration
  /// What each process has.
  var leases: [Lease] = []

  /// What one process has.
  struct Lease: Sendable, Equatable {
    let holder: Int64
    var inFlight: Int
    var isWhole = false
    var waitingSince: Instant?
    var expiresAt: Instant

    fileprivate func isAlive(at now: Instant) -> Bool {
      expiresAt > now && expiresAt <= now + RequestBook.lifetime * 2
    }
  }

  /// What one process asks for, and what it tells of itself.
  struct Call: Sendable {
    let holder: Int64
    let rate: RequestRate
    let concurrency: Int
    let purpose: Purpose
    /// Requests it has in flight.
    var inFlight = 0
    /// Whether a request waits to start.
    var isWaiting = false
    /// Whether it still sends by the whole budget it was given.
    var usesWhole = false
    /// How long ago its last request started at the latest; nil if it has sent none.
    var sinceLastStart: Duration?
    /// How late after its slot it may come to start.
    var tolerance = Duration.zero
    /// How long it takes until the answer arrives.
    var lead = Duration.zero
  }

  /// What for a process asks.
  enum Purpose: Sendable {
    /// It wants to send a request.
    case start
    /// It is still there.
    case renewal
    /// It sends nothing for now.
    case leave
  }

  /// What it is told.
  enum Grant: Sendable, Equatable {
    /// The budget is all its own until then.
    case whole(until: Instant)
    /// It has to stop using the whole budget, and then to ask again: there are others.
    case handOver
    /// One request may start at this instant, or later by the tolerance.
    case slot(Instant, tolerance: Duration)
    /// Not now.
    case wait(Duration)
  }

  /// A book for an account that is met here for the first time: before it, only the question for the
  /// key was sent, and that counts as just sent.
  init(at now: Instant, rate: RequestRate) {
    let first = now + rate.spacing(tolerance: .zero)
    self.init(nextSlot: first, clearAt: first, tolerance: .zero)
  }

  init(nextSlot: Instant, clearAt: Instant, tolerance: Duration, leases: [Lease] = []) {
    self.nextSlot = nextSlot
    self.clearAt = clearAt
    self.tolerance = tolerance
    self.leases = leases
  }

  /// Answers a call at `now`.
  mutating func answer(_ call: Call, at now: Instant) -> Grant {
    forgetTheLost(at: now, call)
    var mine = takeLease(of: call.holder, at: now)
    let hadWhole = mine.isWhole
    if hadWhole, !call.usesWhole { giveBackWhole(&mine, call, at: now) }
    if case .leave = call.purpose { return .wait(.zero) }
    mine.inFlight = call.inFlight
    mine.expiresAt = now + Self.lifetime
    if !call.isWaiting { mine.waitingSince = nil }
    let grant = grant(to: &mine, call, at: now)
    leases.append(mine)
    return grant
  }

  private mutating func grant(
    to mine: inout Lease, _ call: Call, at now: Instant
  ) -> Grant {
    if leases.isEmpty { return grantWhole(to: &mine, call, at: now) }
    // The lease stays as it is, so that it ends when it was to end should nothing more be heard.
    if mine.isWhole { return handOver(&mine, call) }
    guard case .start = call.purpose else { return .wait(Self.pollInterval) }
    guard mayHaveOneMoreInFlight(mine, call), !leases.contains(where: \.isWhole) else {
      mine.waitingSince = mine.waitingSince ?? now
      return .wait(Self.pollInterval)
    }
    return grantSlot(to: &mine, call, at: now)
  }

  /// The budget as a whole, once nothing that others started counts any more.
  private mutating func grantWhole(to mine: inout Lease, _ call: Call, at now: Instant) -> Grant {
    guard mine.isWhole || clearAt <= now else { return .wait(clearAt - now) }
    mine.isWhole = true
    mine.inFlight = max(call.inFlight, call.concurrency)
    mine.waitingSince = nil
    tolerance = call.tolerance
    clearAt = mine.expiresAt + call.rate.window
    nextSlot = clearAt
    return .whole(until: mine.expiresAt)
  }

  private func handOver(_ mine: inout Lease, _ call: Call) -> Grant {
    mine.inFlight = max(call.inFlight, call.concurrency)
    mine.expiresAt = clearAt - call.rate.window
    return .handOver
  }

  private mutating func giveBackWhole(_ mine: inout Lease, _ call: Call, at now: Instant) {
    mine.isWhole = false
    let sent = call.sinceLastStart.map { now - $0 + call.rate.window }
    clearAt = min(clearAt, max(now, sent ?? now))
    nextSlot = clearAt
  }

  private mutating func grantSlot(to mine: inout Lease, _ call: Call, at now: Instant) -> Grant {
    // Those given out before were spaced for their own tolerance; it is lowered only when all is
    // clear again.
    tolerance = max(tolerance, min(call.tolerance, Self.maxTolerance))
    let slot = max(nextSlot, now + call.lead)
    nextSlot = slot + call.rate.spacing(tolerance: tolerance)
    clearAt = max(clearAt, slot + tolerance + call.rate.window)
    mine.inFlight = call.inFlight + 1
    mine.waitingSince = nil
    return .slot(slot, tolerance: tolerance)
  }

  /// Whether there is room in flight, also for those that have waited longer.
  private func mayHaveOneMoreInFlight(_ mine: Lease, _ call: Call) -> Bool {
    let taken = leases.reduce(call.inFlight) { $0 + $1.inFlight }
    let ahead = leases.count { other in
      guard let since = other.waitingSince else { return false }
      return mine.waitingSince.map { since < $0 } ?? true
    }
    return call.concurrency - taken > ahead
  }

  /// Drops the leases of others that ran out, and what a database clock that was set back has left.
  private mutating func forgetTheLost(at now: Instant, _ call: Call) {
    leases.removeAll { $0.holder != call.holder && !$0.isAlive(at: now) }
    let limit = now + Self.lifetime * 2 + call.rate.window + Self.maxTolerance
    if clearAt > limit { clearAt = limit }
    if nextSlot > clearAt { nextSlot = clearAt }
  }

  private mutating func takeLease(of holder: Int64, at now: Instant) -> Lease {
    if let index = leases.firstIndex(where: { $0.holder == holder }) {
      return leases.remove(at: index)
    }
    return Lease(holder: holder, inFlight: 0, expiresAt: now)
  }
}

/// How many requests may start in which time.
struct RequestRate: Sendable, Equatable {
  /// Larger numbers are kept by a shorter window of the same rate.
  private static let maxStarts = 1000.0
  /// What may pass between a permission and the request's first byte.
  private static let margin = 0.02

  /// As many starts as a window may hold.
  let starts: Int
  /// No window of this length holds more starts.
  let window: Duration

  /// So many in a second, or a fraction.
  init(perSecond: Double) {
    let perSecond = min(max(perSecond, 1e-6), 1e6)
    let starts = min(perSecond.rounded(.up), Self.maxStarts)
    self.starts = Int(starts)
    // Whole microseconds, which is what the database keeps.
    window = .microseconds(Int64((starts / perSecond * (1 + Self.margin) * 1e6).rounded(.up)))
  }

  /// From one slot to the next, where each start may be late by the tolerance.
  func spacing(tolerance: Duration) -> Duration { (window + tolerance) / starts }
}
