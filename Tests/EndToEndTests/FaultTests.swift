import Postgres
import Simulator
import Synchronization
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `A service that fails` {
  @Test(arguments: Mishap.all.indices)
  func `once in a while costs a retry, and no row`(index: Int) async throws {
    let mishap = Mishap.all[index]
    let world = try World(.scaled(contacts: 150))
    defer { world.server.stop() }
    // One stream by id, one by offset, and one below a parent.
    for path in ["contacts", "contactTags", "dealStages"] {
      world.faults.next(mishap.fault, on: path)
    }
    let run = try await world.run()
    #expect(run.code == 0, "\(mishap.name): \(run.aside)")
    #expect(world.server.audit.faults == 3, "\(mishap.name)")
    #expect(try await Comparison(account: world.account).differences() == [], "\(mishap.name)")
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
    let mishaps = Mishap.Sequence(seed: seed, oneIn: 6)
    world.faults.decide { _ in mishaps.next() }
    _ = try await world.run()
    world.faults.decide(nil)
    let quiet = try await world.run()
    #expect(quiet.code == 0, "seed \(seed): \(quiet.aside)")
    let found = try await Comparison(account: world.account).differences()
    #expect(found == [], "seed \(seed)")
  }
}
