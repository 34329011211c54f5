import Dispatch
import Synchronization

/// Plays the service's REST API, version 3, over plain HTTP.
///
/// It serves as long as it is not stopped; whoever starts it stops it.
public final class Server: Sendable {
  private struct State {
    var listener: Socket?
    var connections: Set<Socket> = []
    var isStopped = false
  }

  /// The account that is served; it may be edited meanwhile.
  public let account: Account
  let options: ServerOptions
  let auditor: Auditor
  let router: Router
  private let state = Mutex(State())
  /// Left when the server stops, so that whoever waits out a delay wakes.
  private let running = DispatchGroup()
  /// Entered by the listening thread and every connection.
  private let threads = DispatchGroup()

  /// Prepares to serve an account.
  public init(account: Account, options: ServerOptions = ServerOptions()) {
    self.account = account
    self.options = options
    auditor = Auditor(requestsPerSecond: options.requestsPerSecond)
    router = Router(account: account, behaviour: options.filters)
    if options.keepsCopy { account.keepCopy() }
  }

  /// Listens and serves on threads of its own.
  ///
  /// - Returns: the base URL, `http://127.0.0.1:PORT`.
  /// - Throws: `ServerError` when the address cannot be listened on.
  @discardableResult
  public func start() throws -> String {
    let (listener, port) = try Socket.listening(on: options.host, port: options.port)
    state.withLock { $0.listener = listener }
    running.enter()
    threads.enter()
    startThread { [self] in
      while let connection = listener.accepted() { serve(connection) }
      threads.leave()
    }
    return "http://\(options.host):\(port)"
  }

  /// Ends all connections and waits until their threads are done.
  public func stop() {
    let listener = state.withLock { state -> Socket? in
      // Under the lock, so that none is closed meanwhile: its number may then be another's.
      for connection in state.connections { connection.shut() }
      state.isStopped = true
      defer { state.listener = nil }
      return state.listener
    }
    guard let listener else { return }
    listener.shut()
    running.leave()
    threads.wait()
    listener.close()
  }

  /// What the server saw so far.
  public var audit: Audit { auditor.audit }

  /// Starts the audit anew.
  public func resetAudit() {
    auditor.reset()
  }

  private func serve(_ socket: Socket) {
    let isWelcome = state.withLock { state in
      if !state.isStopped { state.connections.insert(socket) }
      return !state.isStopped
    }
    guard isWelcome else { return socket.close() }
    threads.enter()
    startThread { [self] in
      let ending = Connection(socket, of: self).serve()
      // Taken off the list before it is closed: its number may then be given to another.
      _ = state.withLock { $0.connections.remove(socket) }
      ending == .reset ? socket.closeWithReset() : socket.close()
      threads.leave()
    }
  }

  /// Whether it has been told to stop.
  var isStopped: Bool { state.withLock(\.isStopped) }

  /// Waits, but no longer than the server runs.
  func pause(for delay: Duration) {
    guard delay > .zero else { return }
    let parts = delay.components
    let nanoseconds = parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
    _ = running.wait(timeout: .now() + .nanoseconds(Int(nanoseconds)))
  }
}
