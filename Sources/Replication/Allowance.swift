import Catalog
import Synchronization

/// How many requests a run may send, and for how long it may ask.
public struct RunLimits: Sendable, Hashable {
  /// The most requests, all that a run sends counted; nil: as many as it takes.
  public var requests: Int?
  /// The time after which nothing more is asked; nil: as long as it takes.
  public var duration: Duration?
  /// Requests that the source answers in a second, by which a time is so many requests.
  public var pace = 4.0

  /// Sets limits; by default none.
  public init(requests: Int? = nil, duration: Duration? = nil) {
    self.requests = requests
    self.duration = duration
  }

  /// Requests that will be sent at most; nil: as many as it takes.
  var capacity: Int? {
    let inTime = duration.map { Int($0 / .seconds(1) * pace) }
    return [requests, inTime].compactMap(\.self).min()
  }
}

/// Grants a run's requests one by one, and none beyond its limits.
final class Allowance: Sendable {
  private struct State {
    var granted = 0
    var underWay = 0
    var reached: RunLimit?
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let limits: RunLimits
  private let clock: EngineClock
  private let start: Duration
  private let state = Mutex(State())

  /// The time runs from here on.
  init(_ limits: RunLimits, clock: EngineClock) {
    self.limits = limits
    self.clock = clock
    start = clock.now()
  }

  /// The limit at which a request was refused; nil while none was.
  var reached: RunLimit? { state.withLock(\.reached) }

  /// Whether some request was refused; every later one is.
  var isOver: Bool { reached != nil }

  /// Time that is left; nil where none is limited.
  var timeLeft: Duration? {
    limits.duration.map { max(.zero, $0 - (clock.now() - start)) }
  }

  /// Whether half of what a limit allows is left.
  var isHalfLeft: Bool {
    if let duration = limits.duration, clock.now() - start > duration / 2 { return false }
    return limits.requests.map { most in state.withLock { $0.granted * 2 <= most } } ?? true
  }

  /// Whether so many more are within the limits.
  func holds(_ more: Int) -> Bool {
    limits.requests.map { most in state.withLock { $0.granted + more <= most } } ?? true
  }

  /// Grants one request, whose end `ended` must tell.
  ///
  /// Where none is left it waits for those under way, so that what was asked for is still taken, and
  /// then refuses.
  /// - Throws: `CancellationError` where none is left.
  func take() async throws {
    guard grant() else {
      await drained()
      throw CancellationError()
    }
  }

  /// Notes that a granted request has its answer, or will have none.
  func ended() {
    let waiting = state.withLock { state in
      state.underWay -= 1
      guard state.underWay == 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiting = [] }
      return state.waiting
    }
    for one in waiting { one.resume() }
  }

  /// Refuses all that comes from now on, for want of time.
  func close() {
    guard let duration = limits.duration else { return }
    state.withLock { $0.reached = $0.reached ?? .duration(duration) }
  }

  /// Counts requests that were sent under a part of these limits.
  ///
  /// - Parameter limit: the limit that the part came to; nil for none.
  func spend(_ requests: Int, isOver limit: RunLimit?) {
    let whole: RunLimit? =
      switch limit {
      case .requests: limits.requests.map { .requests($0) }
      case .duration: limits.duration.map { .duration($0) }
      case nil: nil
      }
    state.withLock {
      $0.granted += requests
      $0.reached = $0.reached ?? whole
    }
  }

  private func grant() -> Bool {
    let isLate = timeLeft == .zero
    return state.withLock { state in
      if let duration = limits.duration, isLate {
        state.reached = state.reached ?? .duration(duration)
      }
      if let most = limits.requests, state.granted >= most {
        state.reached = state.reached ?? .requests(most)
      }
      guard state.reached == nil else { return false }
      state.granted += 1
      state.underWay += 1
      return true
    }
  }

  private func drained() async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isDrained = state.withLock { state in
        if state.underWay == 0 { return true }
        state.waiting.append(continuation)
        return false
      }
      if isDrained { continuation.resume() }
    }
  }
}
