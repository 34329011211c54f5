import Glibc

/// Why the simulator cannot listen.
public enum ServerError: Error, CustomStringConvertible {
  /// The address is not an IPv4 address in dotted form.
  case badAddress(String)
  /// The system refused a call on the socket: the call, the address, and the reason.
  case refused(String, at: String, reason: String)

  /// What was refused, where and why, in one line.
  public var description: String {
    switch self {
    case .badAddress(let host): "\(host) is no IPv4 address to listen on"
    case .refused(let call, let place, let reason): "\(call) on \(place) failed: \(reason)"
    }
  }
}

/// A TCP socket of the system, with the few calls that a server needs.
struct Socket: Sendable, Hashable {
  let descriptor: Int32

  /// Listens on an address; port 0 takes any free one.
  static func listening(on host: String, port: UInt16) throws -> (Socket, port: UInt16) {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else {
      throw ServerError.badAddress(host)
    }
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    let place = "\(host):\(port)"
    try check(descriptor, "socket", place)
    let made = Socket(descriptor: descriptor)
    do {
      made.set(SO_REUSEADDR, to: 1, level: SOL_SOCKET)
      try check(made.withAddress(of: &address) { bind(descriptor, $0, $1) }, "bind", place)
      try check(listen(descriptor, 128), "listen", place)
    } catch {
      made.close()
      throw error
    }
    return (made, made.port)
  }

  private static func check(_ result: Int32, _ call: String, _ place: String) throws {
    guard result < 0 else { return }
    throw ServerError.refused(call, at: place, reason: String(cString: strerror(errno)))
  }

  private func withAddress(
    of address: inout sockaddr_in, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, length) }
    }
  }

  /// The port that the system gave.
  private var port: UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length)
      }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  /// Waits for the next connection; nil when the socket was shut.
  func accepted() -> Socket? {
    while true {
      let connection = accept(descriptor, nil, nil)
      if connection >= 0 {
        let socket = Socket(descriptor: connection)
        // A program started meanwhile must not keep the connection open.
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        // Answers go out in two writes; without this the second would wait for an acknowledgement.
        socket.set(TCP_NODELAY, to: 1, level: Int32(IPPROTO_TCP))
        return socket
      }
      switch errno {
      case EINTR, ECONNABORTED: continue
      // Too many open files: others will be closed.
      case EMFILE, ENFILE: usleep(10_000)
      default: return nil
      }
    }
  }

  private func set(_ option: Int32, to value: Int32, level: Int32) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Bytes as they come; empty when the other end is done or gone.
  func received() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16384) { buffer, count in
      var result = -1
      repeat {
        result = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      } while result < 0
        && errno == EINTR
      count = max(0, result)
    }
  }

  /// Sends all bytes; false when the other end is gone.
  ///
  /// - Parameter more: whether more follows at once, so that the system may hold the end back.
  @discardableResult
  func send(_ bytes: some Collection<UInt8>, more: Bool = false) -> Bool {
    let flags = Int32(MSG_NOSIGNAL) | (more ? Int32(MSG_MORE) : 0)
    let sent = bytes.withContiguousStorageIfAvailable { buffer in
      var rest = UnsafeRawBufferPointer(buffer)
      while !rest.isEmpty {
        let count = Glibc.send(descriptor, rest.baseAddress, rest.count, flags)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return true
    }
    return sent ?? send(Array(bytes), more: more)
  }

  /// Waits until the other end is gone, or the wait is of no more use.
  func waitUntilLeft(or isOver: () -> Bool) {
    // POLLRDHUP, which is not among the names that Swift sees.
    let peerClosed: Int16 = 0x2000
    var state = pollfd(fd: descriptor, events: peerClosed, revents: 0)
    // Asked again now and then, in milliseconds.
    while !isOver(), poll(&state, 1, 50) == 0 || (state.revents == 0 && errno == EINTR) {}
  }

  /// Ends both directions, so that whoever waits on the socket wakes.
  func shut() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  func close() {
    Glibc.close(descriptor)
  }

  /// Closes so that the other end sees a reset instead of an orderly end.
  func closeWithReset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    close()
  }
}

/// Starts a thread of the system: connections block, and must not hold Swift's own threads.
func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let work = Unmanaged.passRetained(Work(body))
  let result = pthread_create(
    &thread, nil,
    { pointer in
      guard let pointer else { return nil }
      Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
      return nil
    }, work.toOpaque())
  guard result == 0 else {
    work.release()
    preconditionFailure("no thread for a connection: \(String(cString: strerror(result)))")
  }
  pthread_detach(thread)
}
