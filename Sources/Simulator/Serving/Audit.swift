import Synchronization

/// What a server saw, for tests of whoever reads from it.
public struct Audit: Sendable, Equatable {
  /// Requests to the API, refused ones included; `/_simulator/` does not count.
  public internal(set) var requests = 0
  /// The most requests that started within any rolling second.
  public internal(set) var peakPerSecond = 0
  /// The most requests that were under way at once.
  public internal(set) var peakInFlight = 0
  /// How many were answered 429 because of the rate.
  public internal(set) var tooManyRequests = 0
  /// How many used another method than GET.
  public internal(set) var refusedMethods = 0
  /// How many carried a wrong key or none.
  public internal(set) var refusedKeys = 0
  /// How many met a fault.
  public internal(set) var faults = 0
  /// Requests by path below `/api/3/`, the ids of single rows written as `id`.
  public internal(set) var perPath: [String: Int] = [:]

  /// The audit as `GET /_simulator/audit` answers it.
  var json: Fields {
    [
      "requests": .number(requests), "peakPerSecond": .number(peakPerSecond),
      "peakInFlight": .number(peakInFlight), "tooManyRequests": .number(tooManyRequests),
      "refusedMethods": .number(refusedMethods), "refusedKeys": .number(refusedKeys),
      "faults": .number(faults),
      "perPath": .object(
        Fields(perPath.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
    ]
  }
}

/// Keeps the audit and the account's rate, over all connections.
final class Auditor: Sendable {
  private struct State {
    var audit = Audit()
    var inFlight = 0
    /// When the requests of the last second started, oldest first.
    var starts: [Duration] = []
    var window: RateWindow?
  }

  private let state: Mutex<State>

  init(requestsPerSecond: Int?) {
    state = Mutex(State(window: requestsPerSecond.map { RateWindow(perSecond: $0) }))
  }

  var audit: Audit { state.withLock(\.audit) }

  /// How many requests are under way.
  var inFlight: Int { state.withLock(\.inFlight) }

  /// Forgets what was seen; what is under way stays so, and the rate goes on.
  func reset() {
    state.withLock { state in
      state.audit = Audit()
      state.audit.peakInFlight = state.inFlight
      state.starts = []
    }
  }

  /// A request has come in.
  ///
  /// - Returns: how many came before it.
  func started(_ path: String, at now: Duration) -> Int {
    state.withLock { state in
      state.starts.removeAll { now - $0 >= .seconds(1) }
      state.starts.append(now)
      state.inFlight += 1
      state.audit.requests += 1
      state.audit.perPath[path, default: 0] += 1
      state.audit.peakPerSecond = max(state.audit.peakPerSecond, state.starts.count)
      state.audit.peakInFlight = max(state.audit.peakInFlight, state.inFlight)
      return state.audit.requests - 1
    }
  }

  /// A request's answer is about to be complete.
  func ended() {
    state.withLock { $0.inFlight -= 1 }
  }

  func note(_ change: (inout Audit) -> Void) {
    state.withLock { change(&$0.audit) }
  }

  /// Whether a request may go on, by the account's rate; nil when there is none.
  func admit(at now: Duration) -> RateWindow.Verdict? {
    state.withLock { state in
      let verdict = state.window?.admit(at: now)
      if verdict?.isAdmitted == false { state.audit.tooManyRequests += 1 }
      return verdict
    }
  }
}

/// The rule of the rate alone, without a clock: so many starts within any rolling second.
struct RateWindow: Sendable {
  /// What the rule says of one request.
  struct Verdict: Equatable {
    let isAdmitted: Bool
    let limit: Int
    let remaining: Int
    /// How long until the next start is admitted; zero when one is.
    let wait: Duration
  }

  private let limit: Int
  private var admitted: [Duration] = []

  init(perSecond: Int) {
    limit = max(1, perSecond)
  }

  /// Decides about a request that comes now; a refused one does not count against the rate.
  mutating func admit(at now: Duration) -> Verdict {
    admitted.removeAll { now - $0 >= .seconds(1) }
    let isAdmitted = admitted.count < limit
    if isAdmitted { admitted.append(now) }
    let wait = admitted.count < limit ? .zero : (admitted.first ?? now) + .seconds(1) - now
    return Verdict(
      isAdmitted: isAdmitted, limit: limit, remaining: limit - admitted.count, wait: wait)
  }
}
