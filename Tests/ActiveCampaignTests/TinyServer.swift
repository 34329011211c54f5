import Foundation
import Glibc
import Synchronization

/// A server on loopback that answers each request by a script, byte by byte as the script says.
final class TinyServer: Sendable {
  /// One thing done on a connection.
  enum Step: Sendable {
    case send([UInt8])
    /// Lets time pass, for drips.
    case wait(milliseconds: Int32)
    /// Says nothing until the other side closes.
    case hang
    case close
    /// Closes so that the other side gets a reset.
    case reset
  }

  private struct Seen {
    var requests: [String] = []
    var connections = 0
  }

  let port: UInt16
  private let socket: Int32
  private let seen = Mutex(Seen())

  var url: String { "http://127.0.0.1:\(port)" }
  /// Heads of the requests so far, whole.
  var requests: [String] { seen.withLock { $0.requests } }
  var connections: Int { seen.withLock { $0.connections } }

  init(_ script: @escaping @Sendable (_ head: String, _ number: Int) -> [Step]) throws {
    (socket, port) = try Self.listen()
    // Threads of their own: blocked ones would starve the pool that the tests run on.
    Thread.detachNewThread { [socket, self] in
      while true {
        let connection = accept(socket, nil, nil)
        if connection < 0 { return }
        self.seen.withLock { $0.connections += 1 }
        Thread.detachNewThread { self.serve(connection, script) }
      }
    }
  }

  /// Accepts no more connections.
  func stop() {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }

  /// An answer of status 200 with this JSON.
  static func page(_ body: String, headers: String = "") -> [Step] {
    [.send(answer(Array(body.utf8), headers: headers))]
  }

  static func answer(_ body: [UInt8], status: String = "200 OK", headers: String = "") -> [UInt8] {
    Array("HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.count)\r\n\r\n".utf8) + body
  }

  static func head(_ lines: String) -> [UInt8] { Array((lines + "\r\n\r\n").utf8) }

  /// A port of loopback where nothing listens.
  static func closedPort() throws -> UInt16 {
    let (socket, port) = try listen()
    Glibc.close(socket)
    return port
  }

  struct Failure: Error {}

  private static func listen() throws -> (Int32, UInt16) {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isReady = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && Glibc.listen(socket, 64) == 0
          && getsockname(socket, $0, &length) == 0
      }
    }
    guard isReady else { throw Failure() }
    return (socket, UInt16(bigEndian: address.sin_port))
  }

  private func serve(_ connection: Int32, _ script: (String, Int) -> [Step]) {
    defer { Glibc.close(connection) }
    while let head = Self.readHead(connection) {
      let number = seen.withLock { seen in
        seen.requests.append(head)
        return seen.requests.count
      }
      for step in script(head, number) where !Self.perform(step, on: connection) { return }
    }
  }

  /// Does one step; false if the connection is at its end.
  private static func perform(_ step: Step, on connection: Int32) -> Bool {
    switch step {
    case .send(let bytes):
      var sent = 0
      while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes {
          Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count <= 0 { return false }
        sent += count
      }
      return true
    case .wait(let milliseconds):
      return poll(nil, 0, milliseconds) == 0
    case .hang:
      var byte: UInt8 = 0
      while recv(connection, &byte, 1, 0) > 0 {}
      return false
    case .close:
      return false
    case .reset:
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
      return false
    }
  }

  private static func readHead(_ connection: Int32) -> String? {
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
      guard recv(connection, &byte, 1, 0) == 1 else { return nil }
      head.append(byte)
    }
    return String(decoding: head, as: UTF8.self)
  }
}

/// `bytes` as a gzip file, stored without compression.
func gzipped(_ bytes: [UInt8]) -> [UInt8] {
  var crc: UInt32 = .max
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }
  func little(_ number: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
  let count = UInt32(bytes.count)
  return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1] + little(count, 2) + little(~count, 2) + bytes
    + little(~crc, 4) + little(count, 4)
}
