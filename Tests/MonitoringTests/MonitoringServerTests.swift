import Glibc
import Testing

@testable import Monitoring

@Suite(.timeLimit(.minutes(10))) struct `The monitoring server` {
  private func server() throws -> MonitoringServer {
    try MonitoringServer(on: ListenAddress(host: "127.0.0.1", port: 0)) { path in
      path == "/metrics"
        ? Reply(200, "x 1\n", contentType: Exposition.contentType)
        : Reply(404, "nothing at \(path)\n")
    }
  }

  @Test func `answers by the path, without the query`() throws {
    let server = try server()
    let answer = try exchange(server.address, "GET /metrics?x=1 HTTP/1.1\r\nHost: a\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(answer.contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"))
    #expect(answer.hasSuffix("\r\n\r\nx 1\n"))
    let other = try exchange(server.address, "GET /nowhere HTTP/1.1\r\nHost: a\r\n")
    #expect(other.hasPrefix("HTTP/1.1 404 "))
    #expect(other.hasSuffix("nothing at /nowhere\n"))
  }

  @Test func `answers HEAD without a body`() throws {
    let server = try server()
    let answer = try exchange(server.address, "HEAD /metrics HTTP/1.1\r\nHost: a\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(answer.contains("Content-Length: 4\r\n"))
    #expect(answer.hasSuffix("\r\n\r\n"))
  }

  @Test(arguments: ["POST", "PUT", "DELETE"])
  func `takes nothing but GET and HEAD`(_ method: String) throws {
    let server = try server()
    let answer = try exchange(
      server.address, "\(method) /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 405 "))
  }

  @Test func `refuses a head that is too long, and goes on`() throws {
    let server = try server()
    let long = String(repeating: "a", count: 3 * MonitoringServer.headBytes)
    let answer = try exchange(server.address, "GET /\(long) HTTP/1.1\r\nHost: a\r\n")
    #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
    let next = try exchange(server.address, "GET /metrics HTTP/1.1\r\nHost: a\r\n")
    #expect(next.hasPrefix("HTTP/1.1 200 OK\r\n"))
  }

  @Test func `answers others while many connections say nothing`() throws {
    let server = try server()
    let silent = try (1..<MonitoringServer.mostConnections).map { _ in
      try connection(to: server.address)
    }
    defer { silent.forEach { close($0) } }
    let answer = try exchange(server.address, "GET /metrics HTTP/1.1\r\nHost: a\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
  }

  @Test func `says which address it cannot have, and gives it back at its end`() throws {
    var server: MonitoringServer? = try server()
    let address = try #require(server?.address)
    let error = #expect(throws: MonitoringError.self) {
      try MonitoringServer(on: address) { _ in Reply(200, "") }
    }
    #expect(error?.place == address.description)
    #expect(error?.reason == "Address already in use")
    server = nil
    _ = try MonitoringServer(on: address) { _ in Reply(200, "") }
  }

  @Test func `listens on IPv6 where that is asked for`() throws {
    let address = try #require(ListenAddress("[::1]:0"))
    guard let server = try? MonitoringServer(on: address, answer: { _ in Reply(200, "six") }) else {
      return  // This machine has no IPv6.
    }
    #expect(server.address.description.hasPrefix("[::1]:"))
    #expect(server.address.port > 0)
  }

  @Test(arguments: ["127.0.0.1:9465", "0.0.0.0:0", "[::]:80"])
  func `reads addresses`(_ text: String) {
    #expect(ListenAddress(text)?.description == text)
  }

  @Test(arguments: [
    "", "9465", ":9465", "localhost:1", "127.0.0.1", "127.0.0.1:65536", "::1:80", "[::1]",
  ])
  func `reads no others`(_ text: String) {
    #expect(ListenAddress(text) == nil)
  }
}

/// Sends a head and reads until the other end closes.
private func exchange(_ address: ListenAddress, _ head: String) throws -> String {
  let descriptor = try connection(to: address)
  defer { close(descriptor) }
  let request = Array((head + "Connection: close\r\n\r\n").utf8)
  _ = request.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  var answer: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 {
    answer += buffer[..<count]
  }
  return String(decoding: answer, as: UTF8.self)
}

private func connection(to address: ListenAddress) throws -> Int32 {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  var name = sockaddr_in()
  name.sin_family = sa_family_t(AF_INET)
  name.sin_port = address.port.bigEndian
  inet_pton(AF_INET, address.host, &name.sin_addr)
  let result = withUnsafePointer(to: &name) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  try #require(result == 0, "\(String(cString: strerror(errno)))")
  return descriptor
}
