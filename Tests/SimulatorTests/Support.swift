import Foundation
import Glibc
import Testing

@testable import Simulator

/// An answer as it came over the socket.
struct Reply {
  var status = 0
  var headers: [String: String] = [:]
  var body = Data()
  /// Whether the body came whole: as many bytes as announced, or all chunks.
  var isWhole = false

  /// The body's object; empty when it is none.
  var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
  }

  var text: String { String(decoding: body, as: UTF8.self) }

  func rows(_ key: String) -> [[String: Any]] {
    json[key] as? [[String: Any]] ?? []
  }

  func ids(_ key: String) -> [Int] {
    rows(key).compactMap { ($0["id"] as? String).flatMap { Int($0) } }
  }

  /// `meta.total` where it is a text.
  var total: Int? {
    ((json["meta"] as? [String: Any])?["total"] as? String).flatMap { Int($0) }
  }
}

/// A blocking connection to a server, kept open from one request to the next.
final class Reader {
  private let socket: Int32
  private var buffer: [UInt8] = []
  var key: String? = "simulator-key"

  init(_ baseURL: String) throws {
    let port = try #require(UInt16(baseURL.split(separator: ":").last ?? ""))
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(result == 0)
  }

  deinit { Glibc.close(socket) }

  /// Sends a request below `/api/3/` and reads its answer.
  func get(_ target: String, method: String = "GET") throws -> Reply {
    try send("\(method) /api/3/\(target)")
  }

  /// Sends any request line, with the key, and reads the answer.
  func send(_ line: String, headers: String = "", body: String = "") throws -> Reply {
    ask(line, headers: headers, body: body)
    return try #require(read(isHead: line.hasPrefix("HEAD")))
  }

  /// Sends a request without waiting for its answer.
  func ask(_ line: String, headers: String = "", body: String = "") {
    var head = "\(line) HTTP/1.1\r\nHost: localhost\r\n\(headers)"
    if let key { head += "Api-Token: \(key)\r\n" }
    if !body.isEmpty { head += "Content-Length: \(body.utf8.count)\r\n" }
    let bytes = Array("\(head)\r\n\(body)".utf8)
    _ = Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// The next answer; nil when the connection ended before its head was there.
  func read(isHead: Bool = false) -> Reply? {
    var reply = Reply()
    guard let end = fill(until: { Self.find([13, 10, 13, 10], in: $0) }) else { return nil }
    let lines = String(decoding: buffer[..<end], as: UTF8.self).components(separatedBy: "\r\n")
    buffer.removeFirst(end + 4)
    reply.status = Int(lines[0].split(separator: " ")[1]) ?? 0
    for line in lines.dropFirst() {
      let sides = line.components(separatedBy: ": ")
      reply.headers[sides[0].lowercased()] = sides.dropFirst().joined(separator: ": ")
    }
    if isHead {
      reply.isWhole = true
    } else if reply.headers["transfer-encoding"] == "chunked" {
      readChunks(&reply)
    } else {
      let length = Int(reply.headers["content-length"] ?? "") ?? 0
      reply.isWhole = fill { $0.count >= length ? length : nil } != nil
      take(length, into: &reply)
    }
    return reply
  }

  private func readChunks(_ reply: inout Reply) {
    while let end = fill(until: { Self.find([13, 10], in: $0) }) {
      let length = Int(String(decoding: buffer[..<end], as: UTF8.self), radix: 16) ?? 0
      buffer.removeFirst(end + 2)
      guard fill(until: { $0.count >= length + 2 ? length : nil }) != nil else { return }
      take(length, into: &reply)
      buffer.removeFirst(2)
      if length == 0 {
        reply.isWhole = true
        return
      }
    }
  }

  private func take(_ count: Int, into reply: inout Reply) {
    reply.body += Data(buffer.prefix(count))
    buffer.removeFirst(min(count, buffer.count))
  }

  private func fill(until found: ([UInt8]) -> Int?) -> Int? {
    while true {
      if let place = found(buffer) { return place }
      var chunk = [UInt8](repeating: 0, count: 65536)
      let count = recv(socket, &chunk, chunk.count, 0)
      guard count > 0 else { return nil }
      buffer += chunk.prefix(count)
    }
  }

  private static func find(_ ending: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= ending.count else { return nil }
    return (0...(bytes.count - ending.count)).first { index in
      bytes[index..<(index + ending.count)].elementsEqual(ending)
    }
  }
}

/// 2026-07-01 at noon in UTC, seven o'clock in the morning in Chicago.
let noon = 1_782_907_200

extension Account {
  /// An account of a few hundred contacts at a fixed time, for tests that only read.
  static let small = Account(seed: 7, size: .scaled(contacts: 300), clock: at(noon))

  /// An account with a few hundred deals, at a fixed time.
  static let medium = Account(seed: 7, size: .scaled(contacts: 1600), clock: at(noon))

  /// The account that the demonstration shows, at a fixed time.
  static let large = Account(seed: 7, size: .demo, clock: at(noon))

  /// A new account of a few dozen contacts, for tests that edit.
  static func fresh(clock: @escaping @Sendable () -> Date = at(noon)) -> Account {
    Account(seed: 3, size: .scaled(contacts: 40), clock: clock)
  }

  /// The object of a row as served.
  func object(_ path: String, _ id: Int) throws -> [String: Any] {
    let text = try #require(row(of: path, id: id))
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(object as? [String: Any])
  }

  /// All rows of a path as objects.
  func objects(_ path: String) throws -> [[String: Any]] {
    let text = "[" + rows(of: path).joined(separator: ",") + "]"
    let objects = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(objects as? [[String: Any]])
  }
}

/// A clock that stands still.
func at(_ seconds: Int) -> @Sendable () -> Date {
  { Date(timeIntervalSince1970: Double(seconds)) }
}

/// Serves an account, without a rate unless asked for, while the work is done.
func serving<Value>(
  _ account: Account = .small, _ change: (inout ServerOptions) -> Void = { _ in },
  _ work: (Server, String) throws -> Value
) throws -> Value {
  var options = ServerOptions()
  options.requestsPerSecond = nil
  change(&options)
  let server = Server(account: account, options: options)
  let baseURL = try server.start()
  defer { server.stop() }
  return try work(server, baseURL)
}

/// The answer to one request to an account.
func reply(
  to target: String, from account: Account = .small,
  _ change: (inout ServerOptions) -> Void = { _ in }
) throws -> Reply {
  try serving(account, change) { _, url in try Reader(url).get(target) }
}
