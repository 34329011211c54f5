internal import CLibPQ
internal import Dispatch
internal import Synchronization

/// Cancels the statement that is running, and never a later one.
///
/// A statement runs under the number of its operation; a cancel holds the lock while it asks the
/// server, so the statement cannot end, and no other begin, before the server has signalled.
final class Canceller: Sendable {
  /// Between two attempts: a signal that arrives before the server has read the statement is lost.
  private static let retryDelay = DispatchTimeInterval.milliseconds(100)

  private struct State {
    var lastOperation: UInt64 = 0
    var current: UInt64 = 0
    var running: UInt64?
  }

  private let handle: CancelHandle?
  private let state = Mutex(State())
  // Asking the server blocks, so it never happens on the thread that cancels the task.
  private let queue = DispatchQueue(label: "postgres.cancel")

  init(of connection: OpaquePointer) {
    handle = PQgetCancel(connection).map { CancelHandle(owning: $0) }
  }

  /// The number of a new operation, whose statements are cancelled together.
  func newOperation() -> UInt64 {
    state.withLock { state in
      state.lastOperation += 1
      return state.lastOperation
    }
  }

  /// From here on statements belong to this operation.
  func begin(_ operation: UInt64) {
    state.withLock { $0.current = operation }
  }

  /// Runs one blocking call of the operation begun last, cancellable.
  func during<Value>(_ body: () throws -> Value) throws -> Value {
    state.withLock { $0.running = $0.current }
    defer { state.withLock { $0.running = nil } }
    // After the mark: a cancel from here on finds it.
    try Task.checkCancellation()
    return try body()
  }

  /// Cancels the operation's running statement, again and again until it has ended.
  func cancel(_ operation: UInt64) {
    guard let handle else { return }
    queue.async {
      let isRunning = self.state.withLock { state in
        guard state.running == operation else { return false }
        handle.cancel()
        return true
      }
      guard isRunning else { return }
      self.queue.asyncAfter(deadline: .now() + Self.retryDelay) { self.cancel(operation) }
    }
  }
}

/// libpq's handle for cancelling.
///
/// Sendable although it holds a pointer: the handle never changes, and `PQcancel` may be called
/// from any thread.
private final class CancelHandle: @unchecked Sendable {
  private let pointer: OpaquePointer

  init(owning pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit {
    PQfreeCancel(pointer)
  }

  /// Asks the server, and waits until it has signalled the session.
  ///
  /// A failure to ask leaves the
  /// statement running: the caller asks again.
  func cancel() {
    var message = [CChar](repeating: 0, count: 256)
    _ = PQcancel(pointer, &message, Int32(message.count))
  }
}
