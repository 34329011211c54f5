internal import Glibc

/// An address to listen on: `127.0.0.1:9465`, `[::1]:9465`; port 0 means any that is free.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
  /// The IP address without brackets.
  public let host: String
  /// The port.
  public let port: UInt16

  /// Where nothing is said: loopback only.
  public static let usual = ListenAddress(host: "127.0.0.1", port: 9465)

  init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Reads an address; nil if the text is none.
  ///
  /// Names are none: they could mean several.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    var host = String(text[..<colon])
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    if isBracketed { host = String(host.dropFirst().dropLast()) }
    self.init(host: host, port: port)
    var four = in_addr()
    var six = in6_addr()
    let isKnown =
      isBracketed
      ? inet_pton(AF_INET6, host, &six) == 1 : inet_pton(AF_INET, host, &four) == 1
    guard isKnown else { return nil }
  }

  var isSix: Bool { host.contains(":") }

  /// As it stands in a URL: `127.0.0.1:9465`.
  public var description: String { isSix ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// A socket that listens here, and the address with the port that the system gave.
  func listeningSocket() throws(MonitoringError) -> (descriptor: Int32, address: ListenAddress) {
    let descriptor = socket(
      isSix ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw error }
    do throws(MonitoringError) {
      var one: Int32 = 1
      setsockopt(
        descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
      guard bind(descriptor) == 0, listen(descriptor, 16) == 0 else { throw error }
      return (descriptor, ListenAddress(host: host, port: portGiven(to: descriptor)))
    } catch {
      close(descriptor)
      throw error
    }
  }

  private var error: MonitoringError {
    MonitoringError(
      what: "cannot be listened on", place: description, reason: String(cString: strerror(errno)))
  }

  private func bind(_ descriptor: Int32) -> Int32 {
    if isSix {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      inet_pton(AF_INET6, host, &address.sin6_addr)
      return withUnsafePointer(to: &address) { Self.bind(descriptor, $0) }
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, host, &address.sin_addr)
    return withUnsafePointer(to: &address) { Self.bind(descriptor, $0) }
  }

  private static func bind<Address>(
    _ descriptor: Int32, _ address: UnsafePointer<Address>
  ) -> Int32 {
    address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
    }
  }

  private func portGiven(to descriptor: Int32) -> UInt16 {
    // Both kinds keep their port at the same place.
    var address = sockaddr_in6()
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length)
      }
    }
    return UInt16(bigEndian: address.sin6_port)
  }
}
