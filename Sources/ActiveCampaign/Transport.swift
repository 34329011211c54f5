import Synchronization

/// GETs over libcurl: it can send no other method and no body, and never follows a redirect.
///
/// Every concurrent request has a lane, which is a handle with its own connection and its own
/// queue, so that libcurl never holds one of Swift's threads.
final class Transport: Sendable {
  /// What all requests have in common.
  struct Settings: Sendable {
    /// The header that says who asks.
    var userAgent: String
    /// A file of certificates to trust instead of the system's; nil: the system's.
    var certificateFile: String?
    var limits: TransportLimits
    /// Whether the proxies of the environment are used, by libcurl's rules; never for this machine
    /// itself, since over plain http a proxy would see the key.
    var usesProxy: Bool
  }

  private struct State {
    /// Lanes without a request, the one used last at the end: its connection is the warmest.
    var idle: [Lane] = []
    /// The requests under way.
    var running: [ObjectIdentifier: CancelFlag] = [:]
    var isClosed = false
  }

  private let settings: Settings
  private let state = Mutex(State())

  init(_ settings: Settings) {
    self.settings = settings
  }

  /// Asks for `url`, with `headers` (each `Name: value`) beside those that all requests have.
  ///
  /// - Throws: `TransportFault`, `BodyTooLarge`, `CancellationError`.
  func get(_ url: String, headers: [String]) async throws -> Response {
    let flag = CancelFlag()
    let lane = try takeLane(for: flag)
    defer { giveBack(lane, after: flag) }
    return try await withTaskCancellationHandler {
      do {
        return try await lane.get(url, headers: headers, flag: flag)
      } catch TransportFault.closed where Task.isCancelled {
        throw CancellationError()
      }
    } onCancel: {
      flag.set()
    }
  }

  /// Ends all requests under way and lets all connections go; what is asked later fails.
  func close() {
    let idle = state.withLock { state in
      state.isClosed = true
      state.running.values.forEach { $0.set() }
      defer { state.idle = [] }
      return state.idle
    }
    _ = idle  // Connections are closed outside the lock.
  }

  private func takeLane(for flag: CancelFlag) throws -> Lane {
    try Task.checkCancellation()
    let idle = try state.withLock { state in
      guard !state.isClosed else { throw TransportFault.closed }
      state.running[ObjectIdentifier(flag)] = flag
      return state.idle.popLast()
    }
    return idle ?? Lane(settings)
  }

  private func giveBack(_ lane: Lane, after flag: CancelFlag) {
    state.withLock { state in
      state.running[ObjectIdentifier(flag)] = nil
      if !state.isClosed { state.idle.append(lane) }
    }
  }
}

/// Tells a request under way, from any thread, that nobody waits for its answer any more.
final class CancelFlag: Sendable {
  private let flag = Atomic(false)

  /// Whether the request should end.
  var isSet: Bool { flag.load(ordering: .relaxed) }

  /// Ends the request.
  func set() { flag.store(true, ordering: .relaxed) }
}

/// The answer was longer than allowed.
struct BodyTooLarge: Error {
  let limit: Int
}
