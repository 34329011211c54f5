internal import Foundation
internal import Glibc
internal import Synchronization

/// An HTTP server on loopback that keeps what it is sent and answers as it is told.
public final class Receiver: Sendable {
  /// One request as it came.
  public struct Request: Sendable, Equatable {
    /// `POST /hook HTTP/1.1` and the headers.
    public let head: String
    /// What was brought.
    public let body: String

    /// The method and path.
    public var line: String { String(head.prefix { $0 != "\r\n" }.dropLast(9)) }
  }

  /// Why it cannot listen.
  public struct Failure: Error {}

  private let socket: Int32
  private let kept = Mutex<[Request]>([])
  private let answers: @Sendable (Int) -> String

  /// Its port.
  public let port: UInt16
  /// Its address without a path.
  public var url: String { "http://127.0.0.1:\(port)" }
  /// What came so far.
  public var requests: [Request] { kept.withLock { $0 } }

  /// Listens on any free port.
  ///
  /// - Parameter answers: the head of the answer to each request, by its number from 1.
  public init(_ answers: @escaping @Sendable (Int) -> String = { _ in "HTTP/1.1 200 OK" }) throws {
    self.answers = answers
    let socket = Glibc.socket(
      AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isReady = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && listen(socket, 64) == 0
          && getsockname(socket, $0, &length) == 0
      }
    }
    guard isReady else { throw Failure() }
    self.socket = socket
    port = UInt16(bigEndian: address.sin_port)
    // Threads of their own: blocked ones would starve the pool that the tests run on.
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(socket, nil, nil)
        if connection < 0 {
          // Closed by this thread alone: the number may be another socket's at once.
          close(socket)
          return
        }
        Thread.detachNewThread { self.serve(connection) }
      }
    }
  }

  /// Accepts no more connections.
  public func stop() {
    shutdown(socket, Int32(SHUT_RDWR))
  }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    guard let request = Self.read(connection) else { return }
    let number = kept.withLock {
      $0.append(request)
      return $0.count
    }
    let answer = answers(number) + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    let bytes = Array(answer.utf8)
    _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  private static func read(_ connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    var end: Int?
    var length = 0
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      bytes += buffer.prefix(count)
      if end == nil, let range = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
        end = range.upperBound
        let head = String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
        let field = head.split(separator: "\r\n")
          .first { $0.lowercased().hasPrefix("content-length:") }
        length = field.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
      }
      if let end, bytes.count >= end + length {
        return Request(
          head: String(decoding: bytes[..<(end - 4)], as: UTF8.self),
          body: String(decoding: bytes[end...], as: UTF8.self))
      }
    }
  }
}
