import Testing

@testable import ActiveCampaign

/// A transport that waits less than usual, and as little as a test of a wait asks for.
func impatient(
  stall: Duration = .seconds(15), total: Duration = .seconds(20), maxBodyBytes: Int = 1 << 20
) -> Transport {
  Transport(
    Transport.Settings(
      userAgent: "acsync/test", certificateFile: nil,
      limits: TransportLimits(
        connect: .seconds(5), stall: stall, total: total, maxBodyBytes: maxBodyBytes),
      usesProxy: false))
}

@Suite struct `Getting over HTTP` {
  @Test func `returns status, headers by lower-case names, and the body`() async throws {
    let server = try TinyServer { _, _ in
      TinyServer.page("{}", headers: "X-Test: a: b \r\nDATE: today\r\n")
    }
    defer { server.stop() }
    let response = try await impatient().get(server.url + "/a?b=c", headers: ["Api-Token: k"])
    #expect(response.status == 200)
    #expect(response.headers["x-test"] == "a: b")
    #expect(response.headers["date"] == "today")
    #expect(response.body == Array("{}".utf8))
    let head = try #require(server.requests.first)
    #expect(head.hasPrefix("GET /a?b=c HTTP/1.1\r\n"))
    #expect(head.contains("\r\nApi-Token: k\r\n"))
    #expect(head.contains("\r\nUser-Agent: acsync/test\r\n"))
    #expect(head.contains("gzip"))
    #expect(!head.contains("Cookie"))
  }

  @Test func `leaves a body as it is while the next ones are read`() async throws {
    let bodies = [300, 7, 400_000, 0, 1_000].map { String(repeating: "\($0 % 10)", count: $0) }
    let server = try TinyServer { _, number in TinyServer.page(bodies[number % bodies.count]) }
    defer { server.stop() }
    let transport = impatient()
    var read: [String: [UInt8]] = [:]
    // Each twice: kept as long as the others are read, and let go before the next one is.
    for _ in 0..<bodies.count * 2 {
      let response = try await transport.get(server.url, headers: [])
      let text = String(decoding: response.body, as: UTF8.self)
      #expect(bodies.contains(text))
      read[text] = response.body
    }
    #expect(Set(read.keys) == Set(bodies))
    for (text, body) in read { #expect(body == Array(text.utf8)) }
  }

  @Test func `sends no cookie back`() async throws {
    let server = try TinyServer { _, _ in
      TinyServer.page("{}", headers: "Set-Cookie: PHPSESSID=1; path=/\r\n")
    }
    defer { server.stop() }
    let transport = impatient()
    for _ in 0..<2 { _ = try await transport.get(server.url, headers: []) }
    #expect(server.requests.count == 2)
    #expect(server.requests.allSatisfy { !$0.lowercased().contains("cookie") })
  }

  @Test func `unpacks gzip`() async throws {
    let server = try TinyServer { _, _ in
      [
        .send(
          TinyServer.answer(gzipped(Array("{\"a\":1}".utf8)), headers: "Content-Encoding: gzip\r\n")
        )
      ]
    }
    defer { server.stop() }
    let response = try await impatient().get(server.url, headers: [])
    #expect(response.body == Array("{\"a\":1}".utf8))
  }

  @Test func `keeps its connections for many requests`() async throws {
    let server = try TinyServer { _, _ in TinyServer.page("{}") }
    defer { server.stop() }
    let transport = impatient()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          for _ in 0..<40 { _ = try await transport.get(server.url, headers: []) }
        }
      }
      try await group.waitForAll()
    }
    #expect(server.requests.count == 120)
    #expect((1...3).contains(server.connections))
  }

  @Test func `asks again on a new connection where the server closed the old one`() async throws {
    let server = try TinyServer { _, _ in TinyServer.page("{}") + [.close] }
    defer { server.stop() }
    let transport = impatient()
    for _ in 0..<3 {
      #expect(try await transport.get(server.url, headers: []).status == 200)
    }
  }

  @Test func `follows no redirect`() async throws {
    let server = try TinyServer { _, _ in
      [.send(TinyServer.answer([], status: "302 Found", headers: "Location: /elsewhere\r\n"))]
    }
    defer { server.stop() }
    #expect(try await impatient().get(server.url, headers: []).status == 302)
    #expect(server.requests.count == 1)
  }

  @Test func `speaks nothing but HTTP`() async throws {
    await #expect(throws: TransportFault.self) {
      try await impatient().get("file:///etc/hostname", headers: [])
    }
  }
}

@Suite struct `Getting no whole answer` {
  static let cases: [(String, [TinyServer.Step], TransportFault)] = [
    (
      "a body shorter than announced",
      [.send(TinyServer.head("HTTP/1.1 200 OK\r\nContent-Length: 50") + [123]), .close], .cutOff
    ),
    (
      "a chunked body without its last chunk",
      [
        .send(
          TinyServer.head("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked")
            + Array("5\r\n{\"a\":\r\n".utf8)), .close,
      ], .cutOff
    ),
    ("an empty reply", [.close], .connectionLost),
    ("a reset before the answer", [.reset], .connectionLost),
    (
      "a reset amid the answer",
      [.send(TinyServer.head("HTTP/1.1 200 OK\r\nContent-Length: 50") + [123]), .reset],
      .connectionLost
    ),
    (
      "a body that is no gzip",
      [
        .send(
          TinyServer.answer(Array("no gzip".utf8), headers: "Content-Encoding: gzip\r\n"))
      ], .badEncoding
    ),
  ]

  @Test(arguments: cases)
  func `is told by its kind`(
    _ name: String, _ steps: [TinyServer.Step], _ expected: TransportFault
  ) async throws {
    let server = try TinyServer { _, _ in steps }
    defer { server.stop() }
    await #expect(throws: expected, "\(name)") {
      try await impatient().get(server.url, headers: [])
    }
  }

  @Test func `ends when no byte comes for the stall time`() async throws {
    let server = try TinyServer { _, _ in
      [.send(TinyServer.head("HTTP/1.1 200 OK\r\nContent-Length: 50") + [123]), .hang]
    }
    defer { server.stop() }
    let start = ContinuousClock.now
    let fault = await #expect(throws: TransportFault.self) {
      try await impatient(stall: .seconds(1), total: .seconds(1_200)).get(server.url, headers: [])
    }
    guard case .timeout = fault else { return #expect(Bool(false), "\(fault as Any)") }
    // A busy machine may take minutes for a second.
    #expect(ContinuousClock.now - start < .seconds(1_000), "long before the total time")
  }

  @Test func `ends at the total time although bytes keep coming`() async throws {
    let server = try TinyServer { _, _ in
      let drip: [TinyServer.Step] = [.send([0x20]), .wait(milliseconds: 50)]
      return [.send(TinyServer.head("HTTP/1.1 200 OK\r\nContent-Length: 50000"))]
        + Array(repeating: drip, count: 24_000).flatMap(\.self)
    }
    defer { server.stop() }
    let start = ContinuousClock.now
    let fault = await #expect(throws: TransportFault.self) {
      try await impatient(stall: .seconds(1_200), total: .milliseconds(400))
        .get(server.url, headers: [])
    }
    guard case .timeout = fault else { return #expect(Bool(false), "\(fault as Any)") }
    #expect(ContinuousClock.now - start < .seconds(1_000), "long before the bytes end")
  }

  @Test func `tells a closed port, an unknown host and a server without TLS apart`() async throws {
    let transport = impatient()
    let port = try TinyServer.closedPort()
    await #expect(throws: TransportFault.connectionRefused) {
      try await transport.get("http://127.0.0.1:\(port)/", headers: [])
    }
    await #expect(throws: TransportFault.hostUnknown) {
      try await transport.get("https://no-such-host.invalid/", headers: [])
    }
    let plain = try TinyServer { _, _ in TinyServer.page("{}") }
    defer { plain.stop() }
    // A TLS greeting has no empty line: the server waits for more, the client for an answer.
    let fault = await #expect(throws: TransportFault.self) {
      try await impatient(total: .milliseconds(500))
        .get("https://127.0.0.1:\(plain.port)/", headers: [])
    }
    #expect(fault?.what.isEmpty == false)
  }

  @Test func `says so when the file of certificates cannot be read`() async throws {
    let transport = Transport(
      Transport.Settings(
        userAgent: "t", certificateFile: "/nonexistent.pem", limits: TransportLimits(),
        usesProxy: false))
    let server = try TinyServer { _, _ in [.close] }
    defer { server.stop() }
    let fault = await #expect(throws: TransportFault.self) {
      try await transport.get("https://127.0.0.1:\(server.port)/", headers: [])
    }
    guard case .certificate = fault else { return #expect(Bool(false), "\(fault as Any)") }
  }

  @Test func `stops a body that grows beyond the limit, packed or not`() async throws {
    let body = Array(repeating: UInt8(ascii: " "), count: 60_000)
    let plain = try TinyServer { _, _ in [.send(TinyServer.answer(body))] }
    defer { plain.stop() }
    let packed = try TinyServer { _, _ in
      [.send(TinyServer.answer(gzipped(body), headers: "Content-Encoding: gzip\r\n"))]
    }
    defer { packed.stop() }
    for server in [plain, packed] {
      let error = await #expect(throws: BodyTooLarge.self) {
        try await impatient(maxBodyBytes: 59_999).get(server.url, headers: [])
      }
      #expect(error?.limit == 59_999)
      let whole = try await impatient(maxBodyBytes: 60_000).get(server.url, headers: [])
      #expect(whole.body.count == 60_000)
    }
  }

  @Test func `ends when cancelled, long before any timeout`() async throws {
    let (arrivals, arrived) = AsyncStream<Void>.makeStream()
    let server = try TinyServer { _, _ in
      arrived.yield()
      return [.hang]
    }
    defer { server.stop() }
    let transport = impatient(stall: .seconds(600), total: .seconds(600))
    let task = Task { try await transport.get(server.url, headers: []) }
    for await _ in arrivals { break }
    let clock = ContinuousClock()
    let start = clock.now
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(clock.now - start < .seconds(300))
  }

  @Test func `ends when the transport is closed, and sends nothing afterwards`() async throws {
    let (arrivals, arrived) = AsyncStream<Void>.makeStream()
    let server = try TinyServer { _, _ in
      arrived.yield()
      return [.hang]
    }
    defer { server.stop() }
    let transport = impatient(stall: .seconds(600), total: .seconds(600))
    let task = Task { try await transport.get(server.url, headers: []) }
    for await _ in arrivals { break }
    transport.close()
    await #expect(throws: TransportFault.closed) { try await task.value }
    await #expect(throws: TransportFault.closed) {
      try await transport.get(server.url, headers: [])
    }
    #expect(server.requests.count == 1)
  }
}
