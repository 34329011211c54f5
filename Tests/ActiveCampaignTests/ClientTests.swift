import Catalog
import Synchronization
import Testing

@testable import ActiveCampaign

private let secret = "canary-5f1d0c7be3"

/// A client of a server on loopback, fast and with short waits.
func client(
  of server: TinyServer, total: Duration = .seconds(20), maxBodyBytes: Int = 1 << 20,
  onRequest: @escaping @Sendable (RequestEvent) -> Void = { _ in }
) throws -> Client {
  Client(
    Client.Settings(
      endpoint: try Endpoint(server.url), key: try APIKey(secret), requestsPerSecond: 500,
      limits: TransportLimits(stall: .seconds(15), total: total, maxBodyBytes: maxBodyBytes),
      version: "test"),
    localTime: { Instant(seconds: 1_000_000) }, onRequest: onRequest)
}

private let query = PageQuery(sampler, .offset(0), limit: 100)

/// The error that one answer gives.
private func error(of steps: [TinyServer.Step]) async throws -> PageError? {
  let server = try TinyServer { _, _ in steps }
  defer { server.stop() }
  let client = try client(of: server)
  return await #expect(throws: PageError.self) { try await client.page(query) }
}

private func answer(
  _ status: String, _ body: String = "", headers: String = ""
) -> [TinyServer.Step] {
  [.send(TinyServer.answer(Array(body.utf8), status: status, headers: headers))]
}

@Suite struct `Asking for a page` {
  @Test func `sends the key and returns the rows with the server's time`() async throws {
    let server = try TinyServer { _, _ in
      TinyServer.page(
        #"{"samples":[{"id":"3"}],"meta":{"total":"1"}}"#,
        headers: "Date: Thu, 01 Jan 1970 00:01:40 GMT\r\n")
    }
    defer { server.stop() }
    let page = try await client(of: server).page(query)
    #expect(page.rows.map(\.key) == [3])
    #expect(page.serverTime == Instant(seconds: 100))
    let head = try #require(server.requests.first)
    #expect(head.hasPrefix("GET /api/3/samples?limit=100&offset=0 HTTP/1.1\r\n"))
    #expect(head.contains("\r\nApi-Token: \(secret)\r\n"))
    #expect(head.contains("\r\nAccept: application/json\r\n"))
  }

  @Test func `takes this machine's time where the answer has none`() async throws {
    let server = try TinyServer { _, _ in TinyServer.page(#"{"samples":[]}"#) }
    defer { server.stop() }
    let page = try await client(of: server).page(query)
    #expect(page.serverTime == Instant(seconds: 1_000_000))
  }

  @Test func `tells the observer of each request`() async throws {
    let events = Recorder<RequestEvent>()
    let server = try TinyServer { _, number in
      number == 1 ? TinyServer.page(#"{"samples":[]}"#) : [.close]
    }
    defer { server.stop() }
    let client = try client(of: server) { events.append($0) }
    _ = try await client.page(query)
    _ = try? await RequestAttempt.$number.withValue(4) { try await client.page(query) }
    let seen = events.all
    let place = "GET samples?limit=100&offset=0"
    try #require(seen.count == 4)
    guard case .started(let first) = seen[0], case .started(let second) = seen[2],
      case .ended(first, 200?, 14, _) = seen[1], case .ended(second, nil, 0, _) = seen[3]
    else { return #expect(Bool(false), "\(seen)") }
    #expect(first.place == place && second.place == place)
    #expect(first.number == 1 && second.number == 2)
    #expect(first.stream == "samples" && first.attempt == 1 && second.attempt == 4)
    #expect(first.at <= second.at)
  }

  @Test func `never sends the key to another host`() async throws {
    let other = try TinyServer { _, _ in TinyServer.page(#"{"samples":[]}"#) }
    defer { other.stop() }
    let server = try TinyServer { _, _ in
      answer("302 Found", headers: "Location: http://localhost:\(other.port)/api/3/samples\r\n")
    }
    defer { server.stop() }
    let client = try client(of: server)
    let error = await #expect(throws: PageError.self) { try await client.page(query) }
    #expect(
      error
        == .redirectedAway(
          at: "GET samples?limit=100&offset=0", host: "localhost:\(other.port)"))
    #expect(other.requests.isEmpty)
    #expect(server.requests.count == 1)
  }

  @Test func `says the right URL where the same host sends it elsewhere`() async throws {
    let error = try await error(
      of: answer("301 Moved Permanently", headers: "Location: https://127.0.0.1/api/3/samples\r\n"))
    let explanation = try #require(error?.explanation)
    #expect(explanation.consequence == .lasting(.stopRun))
    #expect(explanation.fault == .configuration)
    #expect(explanation.remedy.contains("https://127.0.0.1/api/3/samples"))
  }

  @Test func `refuses a gzip body that was cut off although its length is right`() async throws {
    let whole = gzipped(Array(#"{"samples":[{"id":"1"},{"id":"2"}],"meta":{"total":"2"}}"#.utf8))
    let error = try await error(
      of: [
        .send(
          TinyServer.answer(
            Array(whole.prefix(whole.count - 30)), headers: "Content-Encoding: gzip\r\n"))
      ])
    switch error {
    case .unreadable(_, .cutOff), .unreadable(_, .empty), .transport(_, .badEncoding): break
    default: #expect(Bool(false), "\(error as Any)")
    }
  }

  @Test func `asks for fewer rows by a case of its own`() async throws {
    let server = try TinyServer { _, _ in
      TinyServer.page(String(repeating: " ", count: 500))
    }
    defer { server.stop() }
    let client = try client(of: server, maxBodyBytes: 400)
    let error = await #expect(throws: PageError.self) { try await client.page(query) }
    #expect(error == .bodyTooLarge(at: "GET samples?limit=100&offset=0", limit: 400))
    #expect(error?.explanation.consequence == .retryWithFewerRows(otherwise: .failStream))
  }

  @Test func `waits for its turn after a refusal for the rate`() async throws {
    let server = try TinyServer { _, number in
      number == 1
        ? answer("429 Too Many Requests", headers: "Retry-After: 0.3\r\n")
        : TinyServer.page(#"{"samples":[]}"#)
    }
    defer { server.stop() }
    let client = try client(of: server)
    _ = try? await client.page(query)
    let clock = ContinuousClock()
    let start = clock.now
    _ = try await client.page(query)
    #expect(clock.now - start > .milliseconds(250))
  }

  @Test func `has at most three requests in flight`() async throws {
    let inFlight = Mutex((now: 0, most: 0))
    let server = try TinyServer { _, _ in
      [.wait(milliseconds: 300)] + TinyServer.page(#"{"samples":[]}"#)
    }
    defer { server.stop() }
    let client = try client(of: server) { event in
      inFlight.withLock { count in
        if case .started = event { count.now += 1 } else { count.now -= 1 }
        count.most = max(count.most, count.now)
      }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<12 { group.addTask { _ = try await client.page(query) } }
      try await group.waitForAll()
    }
    #expect(inFlight.withLock(\.most) == 3)
    #expect(server.connections == 3)
  }
}

@Suite struct `Asking for one row` {
  /// Whether it is there, by one answer; nil where that leaves it open.
  private func isThere(_ status: String, _ body: String) async throws -> Bool? {
    let server = try TinyServer { _, _ in answer(status, body) }
    defer { server.stop() }
    let there = try? await client(of: server).exists(7, of: sampler)
    #expect(server.requests.first?.hasPrefix("GET /api/3/samples/7 HTTP") == true)
    return there
  }

  @Test func `takes it for gone only where the service says so in words`() async throws {
    #expect(try await isThere("404 Not Found", #"{"message":"No Result found"}"#) == false)
    #expect(try await isThere("200 OK", #"{"sample":{"id":"7"}}"#) == true)
    // Some resources answer so for a row that is missing, and others for one that is hidden.
    #expect(try await isThere("403 Forbidden", #"{"message":"Forbidden"}"#) == true)
  }

  @Test(arguments: [
    ("404 Not Found", "<html>nginx</html>"), ("404 Not Found", ""), ("403 Forbidden", "<html>"),
    ("500 Oops", #"{"message":"oops"}"#), ("401 Unauthorized", #"{"message":"no"}"#),
    ("410 Gone", #"{"message":"gone"}"#), ("429 Slow", ""), ("302 Found", ""),
  ])
  func `says nothing of it by any other answer`(_ status: String, _ body: String) async throws {
    #expect(try await isThere(status, body) == nil)
  }
}

@Suite struct `Probing the key` {
  @Test func `tells whose it is, and the clocks' difference`() async throws {
    let server = try TinyServer { _, _ in
      TinyServer.page(
        #"{"user":{"username":"ann","email":"ann@example.com","links":{"a":"b"},"id":"12"}}"#,
        headers: "Date: Mon, 12 Jan 1970 13:46:45 GMT\r\n")
    }
    defer { server.stop() }
    let owner = try await client(of: server).probe()
    #expect(owner.id == 12)
    #expect(owner.username == "ann")
    #expect(owner.email == "ann@example.com")
    #expect(owner.serverTime == Instant(seconds: 1_000_005))
    #expect(owner.clockSkew == .seconds(5))
    #expect(server.requests.first?.hasPrefix("GET /api/3/users/me HTTP") == true)
  }

  @Test(arguments: ["401 Unauthorized", "403 Forbidden"])
  func `tells that the key is refused`(_ status: String) async throws {
    let server = try TinyServer { _, _ in answer(status, #"{"message":"no"}"#) }
    defer { server.stop() }
    let client = try client(of: server)
    let error = await #expect(throws: PageError.self) { try await client.probe() }
    let explanation = try #require(error?.explanation)
    #expect(explanation.fault == .sourceRefused)
    let isLasting = explanation.consequence == .lasting(.stopRun)
    #expect(isLasting || explanation.consequence == .retry(after: nil, otherwise: .stopRun))
    #expect(isLasting == status.hasPrefix("401"))
  }

  @Test(arguments: ["", "<html>", "{", "[]", #"{"user":{}}"#, #"{"user":{"id":"x"}}"#])
  func `takes nothing else for an owner`(_ body: String) async throws {
    let server = try TinyServer { _, _ in TinyServer.page(body) }
    defer { server.stop() }
    let client = try client(of: server)
    let error = await #expect(throws: PageError.self) { try await client.probe() }
    guard case .unreadable = error else { return #expect(Bool(false), "\(error as Any)") }
  }
}

@Suite struct `What a status means` {
  static let cases: [(String, String, Consequence, Fault)] = [
    ("401 No", "", .lasting(.stopRun), .sourceRefused),
    ("403 No", "", .retry(after: nil, otherwise: .skipStream), .partial),
    ("404 No", "", .lasting(.skipStream), .partial),
    ("400 No", "", .lasting(.failStream), .partial),
    ("422 No", "", .lasting(.failStream), .partial),
    ("409 No", "", .lasting(.failStream), .partial),
    ("408 No", "", .retry(after: nil, otherwise: .stopRun), .sourceOutOfReach),
    ("429 No", "", .retry(after: nil, otherwise: .stopRun), .sourceOutOfReach),
    (
      "429 No", "Retry-After: 7\r\n", .retry(after: .seconds(7), otherwise: .stopRun),
      .sourceOutOfReach
    ),
    (
      "503 No", "Retry-After: 100000\r\n", .retry(after: .seconds(120), otherwise: .stopRun),
      .sourceOutOfReach
    ),
    (
      "503 No", "Retry-After: soon\r\n", .retry(after: nil, otherwise: .stopRun),
      .sourceOutOfReach
    ),
    (
      "429 No",
      "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:49:47 GMT\r\n",
      .retry(after: .seconds(10), otherwise: .stopRun), .sourceOutOfReach
    ),
    (
      "429 No",
      "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 10:49:37 GMT\r\n",
      .retry(after: .seconds(120), otherwise: .stopRun), .sourceOutOfReach
    ),
    ("500 No", "", .retry(after: nil, otherwise: .failStream), .partial),
    ("502 No", "", .retry(after: nil, otherwise: .stopRun), .sourceOutOfReach),
    ("504 No", "", .retry(after: nil, otherwise: .stopRun), .sourceOutOfReach),
    ("520 No", "", .retry(after: nil, otherwise: .stopRun), .sourceOutOfReach),
  ]

  @Test(arguments: cases)
  func `follows the table`(
    _ status: String, _ headers: String, _ consequence: Consequence, _ fault: Fault
  ) async throws {
    let explanation = try #require(
      try await error(of: answer(status, "<html>gateway</html>", headers: headers))?.explanation)
    #expect(explanation.consequence == consequence)
    #expect(explanation.fault == fault)
    #expect(explanation.place == "GET samples?limit=100&offset=0")
    #expect(!explanation.lines.joined().contains("html"))
  }

  static let bodies: [(String, PageError.UnreadableBody)] = [
    ("", .empty), ("  \n", .empty), ("<!DOCTYPE html><html>", .html),
    (#"{"samples":[{"id":"1"}"#, .cutOff), (#"{"samples":[]}}"#, .notJSON(at: 14)),
    ("[]", .noRows(key: "samples")), ("{}", .noRows(key: "samples")),
    (#"{"samples":{}}"#, .noRows(key: "samples")),
    (#"{"samples":"no"}"#, .noRows(key: "samples")),
    (#"{"samples":{"a":{"id":1}}}"#, .noRows(key: "samples")),
    (#"{"samples":[],"errors":[{"title":"Broken"}]}"#, .errors("Broken")),
    (#"{"errors":[{"detail":"x"}]}"#, .errors(nil)),
    ("Upgrade your account", .notJSON(at: 0)),
  ]

  @Test(arguments: bodies)
  func `does not save a body that is no page`(
    _ body: String, _ reason: PageError.UnreadableBody
  ) async throws {
    let error = try await error(of: answer("200 OK", body))
    #expect(error == .unreadable(at: "GET samples?limit=100&offset=0", reason))
    #expect(error?.explanation.consequence == .retry(after: nil, otherwise: .failStream))
  }

  @Test func `quotes the service's message, printable, short, and without the key`() async throws {
    let long = String(repeating: "x", count: 300)
    let error = try await error(
      of: answer("404 No", #"{"message":"No\u0007 \#(secret) \#(long)"}"#))
    let words = try #require(error).description
    #expect(words.contains("No  … xxx"))
    #expect(!words.contains(secret))
    #expect(!words.contains(String(repeating: "x", count: 200)))
  }

  @Test func `quotes the title of the first error`() async throws {
    let error = try await error(
      of: answer("403 Forbidden", #"{"errors":[{"status":403,"title":"Forbidden","detail":"d"}]}"#))
    #expect(error == .forbidden(at: "GET samples?limit=100&offset=0", message: "Forbidden"))
  }

  @Test func `has words, a place and a consequence for lost connections`() async throws {
    let error = try await error(of: [.close])
    #expect(error == .transport(at: "GET samples?limit=100&offset=0", .connectionLost))
    #expect(error?.explanation.consequence == .retry(after: nil, otherwise: .stopRun))
    #expect(error?.explanation.fault == .sourceOutOfReach)
  }
}
