import Dispatch
import Glibc
import Synchronization

/// What a person or the system wants stopped: the first signal asks, the second one ends at once.
final class Signals: Sendable {
  /// SIGINT and SIGTERM, held for as long as `body` runs.
  ///
  /// - Parameter stop: called once, at the first signal.
  static func during<Value: Sendable>(
    stop: @escaping @Sendable () async -> Void, _ body: (Signals) async throws -> Value
  ) async rethrows -> Value {
    let signals = Signals(stop: stop)
    var watched: [(source: any DispatchSourceSignal, number: Int32)] = []
    for number in [SIGINT, SIGTERM] { watched.append((await signals.watch(number), number)) }
    defer {
      for (source, number) in watched {
        source.cancel()
        signal(number, SIG_DFL)
      }
    }
    return try await body(signals)
  }

  private let taken = Mutex(StopSignals())
  private let stop: @Sendable () async -> Void

  private init(stop: @escaping @Sendable () async -> Void) { self.stop = stop }

  /// The exit code that the first signal asks for; nil if none came.
  var exitCode: ExitCode? {
    taken.withLock { $0.first.map { $0 == SIGTERM ? .terminated : .interrupted } }
  }

  /// Watches for a signal, and returns when none can be missed any more.
  private func watch(_ number: Int32) async -> any DispatchSourceSignal {
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler { self.received(number) }
    // Until then the signal ends the process, as it does before anything has begun.
    await withCheckedContinuation { registered in
      source.setRegistrationHandler { registered.resume() }
      source.resume()
    }
    return source
  }

  /// Takes a signal.
  func received(_ number: Int32) {
    switch taken.withLock({ $0.take(number, at: .now) }) {
    case .stop: Task { await stop() }
    case .end: _exit(128 + number)
    case .nothing: break
    }
  }
}
