import Catalog
import TestSupport
import Testing

@testable import Outbound

@Suite struct `Sending to a URL` {
  private static let account = WebAddress("https://acme.api-us1.com")

  @Test func `brings the body, and tells the status`() async throws {
    let receiver = try Receiver()
    defer { receiver.stop() }
    let status = try await sender().send(
      WebRequest(.post, try address(receiver), headers: ["X-Token: t"], body: "{\"a\":1}"),
      at: "here")
    #expect(status == 200)
    let request = try #require(receiver.requests.first)
    #expect(request.line == "POST /hook?x=1")
    #expect(request.body == "{\"a\":1}")
    #expect(request.head.contains("X-Token: t"))
    #expect(request.head.contains("Content-Type: application/json"))
    #expect(request.head.contains("User-Agent: acsync/test"))
  }

  @Test func `asks without a body`() async throws {
    let receiver = try Receiver()
    defer { receiver.stop() }
    _ = try await sender().send(WebRequest(.get, try address(receiver)), at: "here")
    #expect(receiver.requests.map(\.line) == ["GET /hook?x=1"])
    #expect(receiver.requests.first?.body == "")
  }

  @Test func `tries again where that may help, and no oftener than it should`() async throws {
    let receiver = try Receiver { $0 < 3 ? "HTTP/1.1 503 Busy" : "HTTP/1.1 204 No Content" }
    defer { receiver.stop() }
    let status = try await sender().send(WebRequest(.post, try address(receiver)), at: "here")
    #expect(status == 204)
    #expect(receiver.requests.count == 3)
    let down = try Receiver { _ in "HTTP/1.1 500 No" }
    defer { down.stop() }
    await #expect(throws: OutboundError.refused(status: 500, place: "here")) {
      _ = try await sender().send(WebRequest(.post, try address(down)), at: "here")
    }
    #expect(down.requests.count == 3)
  }

  @Test func `takes a refusal for what it is, and follows nobody elsewhere`() async throws {
    let other = try Receiver()
    defer { other.stop() }
    let receiver = try Receiver {
      $0 == 1 ? "HTTP/1.1 404 No" : "HTTP/1.1 302 Found\r\nLocation: \(other.url)/"
    }
    defer { receiver.stop() }
    let request = WebRequest(.post, try address(receiver))
    await #expect(throws: OutboundError.refused(status: 404, place: "here")) {
      _ = try await sender().send(request, at: "here")
    }
    await #expect(throws: OutboundError.redirected(place: "here")) {
      _ = try await sender().send(request, at: "here")
    }
    #expect(other.requests.isEmpty)
  }

  @Test(arguments: [
    "https://acme.api-us1.com/hook", "https://ACME.api-us1.com./x", "http://acme.api-us1.com:8443/",
    "https://user@acme.api-us1.com/", "https://acme.activehosted.com/admin/api.php",
    "https://%61cme.api-us1.com/", "https://other.api-us1.com/",
  ])
  func `never reaches the account`(_ url: String) async throws {
    let request = WebRequest(.post, try #require(WebAddress(url)))
    await #expect(throws: OutboundError.leadsToAccount(place: "here")) {
      _ = try await sender(Self.account).send(request, at: "here")
    }
  }

  @Test func `never reaches an account on this machine, but its neighbours`() async throws {
    let (account, other) = (try Receiver(), try Receiver())
    defer {
      account.stop()
      other.stop()
    }
    let sender = sender(WebAddress(account.url))
    for host in ["127.0.0.1", "localhost", "127.1"] {
      let address = try #require(WebAddress("http://\(host):\(account.port)/api/3/contacts"))
      await #expect(throws: OutboundError.leadsToAccount(place: "here")) {
        _ = try await sender.send(WebRequest(.post, address), at: "here")
      }
    }
    #expect(try await sender.send(WebRequest(.post, try self.address(other)), at: "here") == 200)
    #expect(account.requests.isEmpty)
  }

  @Test func `never sends what is withheld`() async throws {
    let receiver = try Receiver()
    defer { receiver.stop() }
    let address = try address(receiver)
    let inURL = try #require(WebAddress(receiver.url + "/?k=canary-key"))
    for request in [
      WebRequest(.post, address, body: "x canary-key y"),
      WebRequest(.post, address, headers: ["Authorization: canary-key"]), WebRequest(.get, inURL),
    ] {
      await #expect(throws: OutboundError.holdsSecret(place: "here")) {
        _ = try await sender().send(request, at: "here")
      }
    }
    #expect(receiver.requests.isEmpty)
  }

  @Test func `sends nothing without end`() async throws {
    let receiver = try Receiver()
    defer { receiver.stop() }
    let body = String(repeating: "x", count: WebSender.mostBytes + 1)
    await #expect(throws: OutboundError.tooLong(place: "here", limit: WebSender.mostBytes)) {
      _ = try await sender().send(WebRequest(.post, try address(receiver), body: body), at: "here")
    }
  }

  @Test func `says why nobody answered without a word of the URL`() async throws {
    let gone = try Receiver()
    gone.stop()
    do {
      _ = try await sender().send(
        WebRequest(.post, try #require(WebAddress(gone.url + "/token-in-path"))), at: "here")
      Issue.record("nobody can have answered")
    } catch let error as OutboundError {
      let words = error.explanation.lines.joined()
      #expect(words.contains("nothing listens at the URL"))
      #expect(!words.contains("127.0.0.1") && !words.contains("token"))
    }
  }

  @Test func `appends to the path, before what follows it`() throws {
    let address = try #require(WebAddress("https://hc.example/uuid/?a=1"))
    #expect(address.appending("fail")?.text == "https://hc.example/uuid/fail?a=1")
    #expect(WebAddress("ftp://x.example/") == nil)
    #expect(WebAddress("https://") == nil)
  }

  private func sender(_ account: WebAddress? = nil) -> WebSender {
    var settings = WebSender.Settings(
      userAgent: "acsync/test", certificateFile: nil, withheld: Withheld(["canary-key"]),
      accounts: account.map { [$0] } ?? [])
    settings.firstDelay = .milliseconds(1)
    return WebSender(settings)
  }

  private func address(_ receiver: Receiver) throws -> WebAddress {
    try #require(WebAddress(receiver.url + "/hook?x=1"))
  }
}
