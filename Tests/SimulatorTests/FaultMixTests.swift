import Foundation
import Testing

@testable import Simulator

@Suite struct `A mix of faults` {
  /// The statuses of so many requests; 0 where no answer came.
  private func statuses(
    _ count: Int, of target: String = "tags?limit=1", _ choices: [FaultMix.Choice],
    seed: UInt64 = 1
  ) throws -> [Int] {
    try serving { server, url in
      server.options.faults.decide(FaultMix(seed: seed, choices).fault)
      return try (0..<count).map { _ in
        let reader = try Reader(url)
        reader.ask("GET /api/3/\(target)")
        return reader.read()?.status ?? 0
      }
    }
  }

  private func kind(_ name: String) throws -> Fault {
    try #require(FaultKind.named(name)).fault
  }

  @Test func `comes at its share of the answers, and by its seed`() throws {
    let choice = FaultMix.Choice(try kind("500"), .portion(0.2))
    let first = try statuses(200, [choice])
    #expect((20...60).contains(first.count { $0 == 500 }))
    #expect(Set(first) == [200, 500])
    #expect(try statuses(200, [choice]) == first)
    #expect(try statuses(200, [choice], seed: 2) != first)
  }

  @Test func `comes so many times, always or never, and the first of several wins`() throws {
    let choices = [
      FaultMix.Choice(try kind("503"), .first(2)), .init(try kind("500"), .portion(0)),
      .init(try kind("reset"), .always),
    ]
    #expect(try statuses(4, choices) == [503, 503, 0, 0])
  }

  @Test func `meets a path with its single rows, and no other path`() throws {
    let choices = [FaultMix.Choice(try kind("403"), .always, on: "tags")]
    let tag = try #require(Account.small.ids(of: "tags").first)
    #expect(try statuses(1, choices) == [403])
    #expect(try statuses(1, of: "tags/\(tag)", choices) == [403])
    #expect(try statuses(1, of: "lists", choices) == [200])
  }

  @Test func `leaves single rows alone where only a list can be wrong`() throws {
    try serving { server, url in
      server.options.faults.decide(
        FaultMix(seed: 1, [.init(.page(.empty), .always)]).fault)
      let reader = try Reader(url)
      #expect(try reader.get("users/me").json["user"] != nil)
      #expect(server.audit.faults == 0)
      #expect(try reader.get("users").rows("users").isEmpty)
      #expect(server.audit.faults == 1)
    }
  }

  @Test func `names every fault once`() {
    let names = FaultKind.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.contains("429-retry-after") && names.contains("short-page"))
    #expect(FaultKind.named("nothing") == nil)
  }

  /// What a fault's name promises of an answer.
  struct Promise: Sendable {
    let name: String
    let holds: @Sendable (Reply?) -> Bool

    init(_ name: String, _ holds: @escaping @Sendable (Reply?) -> Bool) {
      (self.name, self.holds) = (name, holds)
    }
  }

  static let promises = [
    Promise("429") { $0?.status == 429 && $0?.headers["retry-after"] == nil },
    Promise("429-retry-after") { $0?.status == 429 && $0?.headers["retry-after"] == "1" },
    Promise("500") { $0?.status == 500 && $0?.json["message"] != nil },
    Promise("502") { $0?.status == 502 && $0?.headers["content-type"] == "text/html" },
    Promise("503") { $0?.status == 503 },
    Promise("403") { $0?.status == 403 },
    Promise("bad-json") { $0?.status == 200 && $0?.isWhole == true && $0?.json.isEmpty == true },
    Promise("wrong-shape") { $0?.json["contacts"] is [String: Any] },
    Promise("empty") { $0?.status == 200 && $0?.body.isEmpty == true },
    Promise("html") { $0?.status == 200 && $0?.text.hasPrefix("<html>") == true },
    Promise("truncate") { $0?.status == 200 && $0?.isWhole == false && $0?.body.count == 900 },
    Promise("shorten") { $0?.isWhole == true && $0?.body.count == 900 },
    Promise("redirect") { $0?.status == 302 && $0?.headers["location"] != nil },
    Promise("reset") { $0 == nil },
    Promise("close") { $0 == nil },
  ]

  @Test(arguments: promises) func `does what a fault's name says`(promise: Promise) throws {
    try serving { server, url in
      server.options.faults.next(try kind(promise.name))
      let reader = try Reader(url)
      reader.ask("GET /api/3/contacts")
      #expect(promise.holds(reader.read()), "\(promise.name)")
      #expect(try Reader(url).get("contacts").rows("contacts").count == 20)
    }
  }

  @Test(arguments: ["drip", "late"]) func `brings slow answers whole`(name: String) throws {
    try serving { server, url in
      let whole = try Reader(url).get("tags?limit=1").body
      let fault = try kind(name)
      server.options.faults.next(fault)
      let begin = ContinuousClock.now
      #expect(try Reader(url).get("tags?limit=1").body == whole)
      #expect(ContinuousClock.now - begin >= .milliseconds(1500))
    }
  }

  @Test func `hangs until the reader gives up, and is not under way after that`() throws {
    try serving { server, url in
      server.options.faults.next(try kind("hang"))
      do {
        let reader = try Reader(url)
        reader.ask("GET /api/3/tags")
        // The request has been taken, and no answer comes while others are served.
        while server.audit.faults == 0 { sched_yield() }
        #expect(try Reader(url).get("tags").status == 200)
      }
      while server.auditor.inFlight > 0 { sched_yield() }
      #expect(server.audit.peakInFlight == 2)
    }
  }

  @Test func `does not hold up a server that stops while an answer hangs`() throws {
    var kept: Reader?
    try serving { server, url in
      server.options.faults.next(.hung)
      let reader = try Reader(url)
      reader.ask("GET /api/3/tags")
      while server.audit.faults == 0 { sched_yield() }
      kept = reader
    }
    #expect(kept?.read() == nil)
  }
}
