import Foundation
import Testing

@testable import Simulator

@Suite struct `Faults` {
  @Test func `answer a status so many times, then all is well`() throws {
    try serving { server, url in
      server.options.faults.next(
        .status(503, body: "<html>", headers: ["Content-Type": "text/html"]), times: 2)
      let reader = try Reader(url)
      let replies = try (0..<3).map { _ in try reader.get("tags?limit=1") }
      #expect(replies.map(\.status) == [503, 503, 200])
      #expect(replies[0].text == "<html>" && replies[0].headers["content-type"] == "text/html")
      #expect(server.audit.faults == 2 && server.options.faults.waiting == 0)
    }
  }

  @Test func `wait for their path`() throws {
    try serving { server, url in
      server.options.faults.next(.status(500), on: "lists")
      let reader = try Reader(url)
      #expect(try reader.get("tags").status == 200)
      #expect(try reader.get("lists").status == 500)
      #expect(try reader.get("lists").status == 200)
    }
  }

  @Test func `cut a body: short of its length, or with a length that agrees`() throws {
    try serving { server, url in
      let whole = try Reader(url).get("tags").body
      server.options.faults.next(.truncated(after: 30))
      let cut = try Reader(url).get("tags")
      #expect(!cut.isWhole && cut.body == whole.prefix(30))
      #expect(cut.headers["content-length"] == String(whole.count))
      server.options.faults.next(.shortened(to: 30))
      let short = try Reader(url).get("tags")
      #expect(short.isWhole && short.body == whole.prefix(30))
    }
  }

  @Test func `cut a chunked body before its end`() throws {
    try serving(.small, { $0.chunked = true }) { server, url in
      server.options.faults.next(.truncated(after: 1_000_000))
      let replies = try (0..<2).map { _ in try Reader(url).get("contacts?limit=100") }
      #expect(replies.map(\.isWhole) == [false, true])
    }
  }

  @Test func `put another body, none, or a redirection in place of the answer`() throws {
    try serving { server, url in
      let faults = server.options.faults
      faults.next(.body("{\"tags\": 5"))
      faults.next(.body("<html>", contentType: "text/html"))
      faults.next(.empty)
      faults.next(.redirect(to: "http://elsewhere.example/api/3/tags", status: 301))
      let reader = try Reader(url)
      let replies = try (0..<5).map { _ in try reader.get("tags?limit=1") }
      #expect(replies.map(\.status) == [200, 200, 200, 301, 200])
      #expect(replies[0].text == "{\"tags\": 5" && replies[1].text == "<html>")
      #expect(replies[2].body.isEmpty && replies[2].isWhole)
      #expect(replies[3].headers["location"] == "http://elsewhere.example/api/3/tags")
      #expect(replies[4].rows("tags").count == 1)
    }
  }

  @Test func `end the connection instead of answering`() throws {
    try serving { server, url in
      for fault in [Fault.closed, .reset] {
        server.options.faults.next(fault)
        let reader = try Reader(url)
        reader.ask("GET /api/3/tags")
        #expect(reader.read() == nil)
        #expect(try Reader(url).get("tags").status == 200)
      }
      #expect(server.audit.requests == 4 && server.audit.peakInFlight == 1)
    }
  }

  @Test func `hold an answer back, whole or in its middle`() throws {
    try serving { server, url in
      let clock = ContinuousClock()
      for fault in [
        Fault.delayed(.milliseconds(120)), .stalled(after: 10, for: .milliseconds(120)),
      ] {
        server.options.faults.next(fault)
        let begin = clock.now
        let reply = try Reader(url).get("tags")
        #expect(reply.isWhole)
        #expect(clock.now - begin >= .milliseconds(120))
      }
    }
  }

  @Test func `follow a rule where nothing is scripted`() throws {
    try serving { server, url in
      server.options.faults.decide { request in
        request.path == "tags" && request.number.isMultiple(of: 2) ? .status(502) : nil
      }
      server.options.faults.next(.status(500))
      let reader = try Reader(url)
      #expect(try (0..<4).map { _ in try reader.get("tags").status } == [500, 200, 502, 200])
      server.options.faults.decide(nil)
      #expect(try reader.get("tags").status == 200)
    }
  }

  @Test func `meet only requests that were admitted`() throws {
    try serving { server, url in
      server.options.faults.next(.status(500))
      let reader = try Reader(url)
      reader.key = "wrong"
      #expect(try reader.get("tags").status == 403)
      #expect(server.options.faults.waiting == 1)
    }
  }
}
