import Postgres
import Simulator
import Synchronization
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(3))) struct `A service that fails` {
  private static let mishaps: [(name: String, fault: Fault)] = [
    ("429 with Retry-After", .status(429, headers: ["Retry-After": "1"])),
    ("429 without", .status(429)),
    ("500", .status(500, body: #"{"message":"oops"}"#)),
    (
      "502 in HTML",
      .status(502, body: "<html>Bad gateway</html>", headers: ["Content-Type": "text/html"])
    ),
    ("403 once", .status(403, body: #"{"message":"Forbidden"}"#)),
    ("cut off", .truncated(after: 900)),
    ("shortened, and its length agrees", .shortened(to: 900)),
    ("reset", .reset),
    ("closed", .closed),
    ("200 with nothing", .empty),
    ("200 in HTML", .body("<html>We are busy</html>", contentType: "text/html")),
  ]

  @Test(arguments: mishaps.indices)
  func `once in a while costs a retry, and no row`(index: Int) async throws {
    let (name, fault) = Self.mishaps[index]
    let world = try World(.scaled(contacts: 150))
    defer { world.server.stop() }
    // One stream by id, one by offset, and one below a parent.
    for path in ["contacts", "contactTags", "dealStages"] { world.faults.next(fault, on: path) }
    let run = try await world.run()
    #expect(run.code == 0, "\(name): \(run.aside)")
    #expect(world.server.audit.faults == 3, "\(name)")
    #expect(try await Comparison(account: world.account).differences() == [], "\(name)")
  }

  @Test func `refuses one stream for good: it is skipped, told, and no failure`() async throws {
    let world = try World(.scaled(contacts: 60)) { $0.missingFeatures = ["deals"] }
    defer { world.server.stop() }
    let run = try await world.run()
    #expect(run.code == 0, "\(run.aside)")
    let skipped = try run.document.streams.filter { $0.outcome == "skipped" }.map(\.stream)
    #expect(skipped == ["deals"])
    let others = Truth.paths.keys.filter { $0 != "deals" }
    #expect(try await Comparison(account: world.account).differences(in: others) == [])
  }

  @Test func `refuses a stream that was read before: that is a failure, and deletes nothing`()
    async throws
  {
    let world = try World(.scaled(contacts: 60))
    defer { world.server.stop() }
    let first = try await world.run()
    #expect(first.code == 0, "\(first.aside)")
    let before = try await fingerprints(of: ["notes"])
    world.account.update("contacts", id: 1, ["lastName": "Changed"])
    world.account.delete("notes", id: 2)
    world.faults.decide { request in
      request.path == "notes" ? .status(403, body: #"{"message":"Forbidden"}"#) : nil
    }
    let refused = try await world.run()
    #expect(refused.code == 3, "\(refused.aside)")
    #expect(refused.aside.contains("notes"))
    #expect(try await fingerprints(of: ["notes"]) == before)
    let others = Truth.paths.keys.filter { $0 != "notes" }
    #expect(try await Comparison(account: world.account).differences(in: others) == [])
  }

  @Test func `refuses the key in the middle of a run: exit 4, and the next run converges`()
    async throws
  {
    let world = try World(.scaled(contacts: 450))
    defer { world.server.stop() }
    let refusing = Mutex(false)
    world.faults.decide { request in
      let isRefused = refusing.withLock { isRefusing in
        isRefusing = isRefusing || request.number >= 20
        return isRefusing
      }
      return isRefused ? .status(401, body: #"{"message":"Unauthorized"}"#) : nil
    }
    let refused = try await world.run()
    #expect(refused.code == 4, "\(refused.code) \(refused.aside)")
    #expect(refused.aside.contains("key"))
    world.faults.decide(nil)
    let next = try await world.run()
    #expect(next.code == 0, "\(next.aside)")
    #expect(try await Comparison(account: world.account).differences() == [])
  }

  @Test func `by the hundred, all kinds at random, still ends in the same tables`() async throws {
    let seed: UInt64 = 3
    let world = try World(.scaled(contacts: 450))
    defer { world.server.stop() }
    let random = Mutex(Seeded(seed: seed))
    world.faults.decide { request in
      // Waits that the service names would only make the test slow.
      let mishaps = Self.mishaps.dropFirst()
      return random.withLock { random in
        Int.random(in: 0..<6, using: &random) == 0
          ? mishaps.randomElement(using: &random)?.fault : nil
      }
    }
    _ = try await world.run()
    world.faults.decide(nil)
    let quiet = try await world.run()
    #expect(quiet.code == 0, "seed \(seed): \(quiet.aside)")
    let found = try await Comparison(account: world.account).differences()
    #expect(found == [], "seed \(seed)")
  }
}
