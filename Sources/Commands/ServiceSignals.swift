import Dispatch
import Glibc
import Synchronization

/// The signals of a program that goes on for ever: SIGHUP reads its file again, SIGTERM and SIGINT end it.
final class ServiceSignals: Sendable {
  /// How long what runs may take to commit what it has read, before it is cut off.
  static let grace = Duration.seconds(7)
  /// After so long the process ends, whatever it waits for: nothing is lost but what was not committed.
  private static let longestEnd = DispatchTimeInterval.milliseconds(9500)

  private static let numbers = [SIGHUP, SIGINT, SIGTERM]

  private let taken = Mutex(StopSignals())
  private let tell: @Sendable (Scheduler.Happening) -> Void

  private init(_ tell: @escaping @Sendable (Scheduler.Happening) -> Void) { self.tell = tell }

  /// They are told for as long as `body` runs; before and behind it they do what they do to any
  /// process.
  static func during<Value: Sendable>(
    tell: @escaping @Sendable (Scheduler.Happening) -> Void, _ body: () async -> Value
  ) async -> Value {
    let signals = ServiceSignals(tell)
    var watched: [any DispatchSourceSignal] = []
    for number in numbers { watched.append(await signals.watch(number)) }
    defer {
      watched.forEach { $0.cancel() }
      for number in numbers { signal(number, SIG_DFL) }
    }
    return await body()
  }

  /// Watches for a signal, and returns when none can be missed any more.
  private func watch(_ number: Int32) async -> any DispatchSourceSignal {
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler { self.received(number) }
    await withCheckedContinuation { registered in
      source.setRegistrationHandler { registered.resume() }
      source.resume()
    }
    return source
  }

  private func received(_ number: Int32) {
    if number == SIGHUP { return tell(.reloadAsked) }
    switch taken.withLock({ $0.take(number, at: .now) }) {
    case .stop:
      DispatchQueue.global().asyncAfter(deadline: .now() + Self.longestEnd) { _exit(128 + number) }
      tell(.stopAsked(signal: number))
    case .end: _exit(128 + number)
    case .nothing: break
    }
  }
}
