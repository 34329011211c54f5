import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Simulator

@Suite struct `A server` {
  @Test func `answers 403 with a message to a wrong key and to none`() throws {
    try serving { server, url in
      let reader = try Reader(url)
      for key in ["wrong", "", nil] {
        reader.key = key
        let reply = try reader.get("users/me")
        #expect(reply.status == 403 && reply.json["message"] is String)
      }
      reader.key = "simulator-key"
      #expect(try reader.get("users/me").status == 200)
      #expect(server.audit.refusedKeys == 3)
    }
  }

  @Test(arguments: ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
  func `refuses every method but GET, changes nothing and counts it`(method: String) throws {
    try serving { server, url in
      let reader = try Reader(url)
      let rows = server.account.rows(of: "tags")
      let id = server.account.ids(of: "tags")[0]
      let reply = try reader.send("\(method) /api/3/tags/\(id)", body: #"{"tag":{"tag":"x"}}"#)
      #expect(reply.status == 405 && reply.headers["allow"] == "GET")
      #expect(server.audit.refusedMethods == 1)
      #expect(server.account.rows(of: "tags") == rows)
      // The body was read past: the connection is still of use.
      #expect(try reader.get("tags?limit=1").rows("tags").count == 1)
    }
  }

  @Test func `sends the account's time and the headers of the service`() throws {
    let reply = try reply(to: "tags")
    #expect(reply.headers["date"] == "Wed, 01 Jul 2026 12:00:00 GMT")
    #expect(reply.headers["content-type"] == "application/json")
    #expect(reply.headers["cache-control"] == "no-store, no-cache, must-revalidate")
    #expect(reply.headers["content-length"] == String(reply.body.count))
  }

  @Test func `sends the same body in chunks when told to`() throws {
    let whole = try reply(to: "contacts?limit=100")
    let chunked = try reply(to: "contacts?limit=100") { $0.chunked = true }
    #expect(chunked.isWhole && chunked.headers["content-length"] == nil)
    #expect(chunked.body == whole.body && whole.body.count > 100_000)
  }

  @Test func `wraps the body as gzip only for those who accept it`() throws {
    try serving(.small, { $0.gzip = true }) { _, url in
      let reader = try Reader(url)
      let plain = try reader.get("contacts?limit=100")
      #expect(plain.headers["content-encoding"] == nil)
      let wrapped = try reader.send(
        "GET /api/3/contacts?limit=100", headers: "Accept-Encoding: deflate, gzip\r\n")
      #expect(wrapped.headers["content-encoding"] == "gzip" && wrapped.isWhole)
      #expect(try gunzip(wrapped.body) == plain.body)
    }
  }

  /// Unwraps with the system's own program.
  private func gunzip(_ data: Data) throws -> Data {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).gz")
    defer { try? FileManager.default.removeItem(at: file) }
    try data.write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/gzip")
    process.arguments = ["-dc", file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let unwrapped = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return unwrapped
  }

  @Test func `keeps a connection, and closes it when asked`() throws {
    try serving { _, url in
      let reader = try Reader(url)
      for _ in 0..<3 { #expect(try reader.get("users/me").headers["connection"] == "keep-alive") }
      let last = try reader.send("GET /api/3/users/me", headers: "Connection: close\r\n")
      #expect(last.status == 200 && last.headers["connection"] == "close")
      reader.ask("GET /api/3/users/me")
      #expect(reader.read() == nil)
    }
  }

  @Test func `answers requests that came in one piece, in their order`() throws {
    try serving { _, url in
      let reader = try Reader(url)
      reader.ask("GET /api/3/tags?limit=1")
      reader.ask("GET /api/3/lists?limit=1")
      #expect(try #require(reader.read()).rows("tags").count == 1)
      #expect(try #require(reader.read()).rows("lists").count == 1)
    }
  }

  @Test func `drops a connection that speaks something else, and goes on`() throws {
    try serving { _, url in
      let odd = try Reader(url)
      odd.ask("NONSENSE")
      #expect(odd.read() == nil)
      #expect(try Reader(url).get("users/me").status == 200)
    }
  }

  @Test func `refuses features that the plan lacks, and only those`() throws {
    try serving(.small, { $0.missingFeatures = ["deals"] }) { _, url in
      let reader = try Reader(url)
      #expect(try reader.get("deals").status == 403)
      #expect(try reader.get("deals/1").status == 403)
      #expect(try reader.get("dealStages").status == 200)
    }
  }

  @Test func `stops at once, also while an answer waits out its latency`() throws {
    let begin = ContinuousClock().now
    try serving(.small, { $0.latency = .seconds(600) }) { server, url in
      let reader = try Reader(url)
      reader.ask("GET /api/3/users/me")
      while server.audit.requests == 0 { sched_yield() }
    }
    #expect(ContinuousClock().now - begin < .seconds(300))
  }

  @Test func `says why it cannot listen`() throws {
    try serving { _, url in
      var options = ServerOptions()
      options.port = try #require(UInt16(url.split(separator: ":").last ?? ""))
      #expect(throws: ServerError.self) { try Server(account: .small, options: options).start() }
      options.host = "not an address"
      #expect(throws: ServerError.self) { try Server(account: .small, options: options).start() }
    }
  }
}

@Suite struct `The rate` {
  @Test func `admits so many in any rolling second, and says how long to wait`() {
    var window = RateWindow(perSecond: 2)
    #expect(window.admit(at: .zero).remaining == 1)
    #expect(window.admit(at: .milliseconds(400)).isAdmitted)
    let refused = window.admit(at: .milliseconds(900))
    #expect(!refused.isAdmitted && refused.remaining == 0 && refused.wait == .milliseconds(100))
    #expect(!window.admit(at: .milliseconds(999)).isAdmitted)
    #expect(window.admit(at: .milliseconds(1000)).isAdmitted, "the first start is a second ago")
    #expect(!window.admit(at: .milliseconds(1300)).isAdmitted, "refused ones did not count")
    #expect(window.admit(at: .milliseconds(1400)).isAdmitted)
  }

  @Test func `answers 429 beyond it, and tells the rate with every answer`() throws {
    try serving(.small, { $0.requestsPerSecond = 5 }) { server, url in
      let reader = try Reader(url)
      let replies = try (0..<40).map { _ in try reader.get("users/me") }
      #expect(replies[0].headers["ratelimit-limit"] == "5")
      #expect(replies[0].headers["ratelimit-remaining"] == "4")
      let refused = replies.filter { $0.status == 429 }
      #expect(!refused.isEmpty && refused.count == server.audit.tooManyRequests)
      #expect(
        refused.allSatisfy { $0.headers["retry-after"] == "1" && $0.json["message"] is String })
      #expect(refused.allSatisfy { $0.headers["ratelimit-remaining"] == "0" })
      #expect(replies.count { $0.status == 200 } >= 5)
    }
  }

  @Test func `keeps silent about it, or says another time to wait, when told to`() throws {
    try serving(
      .small,
      {
        $0.requestsPerSecond = 1
        $0.sendsRateHeaders = false
        $0.retryAfter = 30
      }
    ) { _, url in
      let reader = try Reader(url)
      let replies = try (0..<20).map { _ in try reader.get("users/me") }
      #expect(replies.allSatisfy { $0.headers["ratelimit-limit"] == nil })
      #expect(replies.contains { $0.status == 429 && $0.headers["retry-after"] == "30" })
    }
  }
}

@Suite struct `The audit` {
  @Test func `counts requests, paths and the peaks, and leaves itself out`() throws {
    try serving { server, url in
      let reader = try Reader(url)
      _ = try reader.get("contacts?limit=1")
      _ = try reader.get("contacts?limit=2")
      _ = try reader.get("contacts/1")
      reader.key = nil
      let json = try reader.send("GET /_simulator/audit").json
      #expect(json["requests"] as? Int == 3 && json["peakInFlight"] as? Int == 1)
      #expect(json["perPath"] as? [String: Int] == ["contacts": 2, "contacts/id": 1])
      #expect((1...3).contains(json["peakPerSecond"] as? Int ?? 0))
      #expect(try reader.send("POST /_simulator/audit/reset").status == 200)
      #expect(try reader.send("GET /_simulator/audit").json["requests"] as? Int == 0)
      #expect(server.audit == Audit())
      #expect(try reader.send("GET /_simulator/nothing").status == 404)
    }
  }

  @Test func `sees how many requests are under way at once, never more than were sent`() throws {
    try serving(.small, { $0.latency = .milliseconds(20) }) { server, url in
      let failures = Mutex(0)
      DispatchQueue.concurrentPerform(iterations: 3) { _ in
        do {
          let reader = try Reader(url)
          for _ in 0..<10 where try reader.get("tags?limit=100").status != 200 {
            failures.withLock { $0 += 1 }
          }
        } catch { failures.withLock { $0 += 1 } }
      }
      #expect(failures.withLock { $0 } == 0)
      #expect(server.audit.requests == 30)
      // The machine may run fewer at once, but a request that is over is never counted with the next.
      #expect((1...3).contains(server.audit.peakInFlight))
    }
  }

  @Test func `knows the most starts within any second`() {
    let auditor = Auditor(requestsPerSecond: nil)
    for time in [0, 300, 600, 900, 1000, 1250, 2600] {
      _ = auditor.started("tags", at: .milliseconds(time))
      auditor.ended()
    }
    #expect(auditor.audit.peakPerSecond == 5)
    #expect(auditor.audit.peakInFlight == 1)
  }
}
