import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

extension RequestBudget {
  /// A part in the budget of the test's database.
  fileprivate static func fresh(
    account: String = "a", perSecond: Double = 100, patience: Patience = Patience()
  ) throws -> RequestBudget {
    var settings = RequestBudget.Settings(
      account: account, requestsPerSecond: perSecond, concurrency: 3)
    settings.patience = patience
    return RequestBudget(
      settings,
      on: RequestSession(uri: try Database.current.uri, applicationName: "budget"))
  }
}

private func lease(_ column: String, account: String = "a") async throws -> [String] {
  try await rows(
    "SELECT \(Identifier(column))::text FROM acsync.request_leases WHERE account = \(account)")
}

@Suite(.freshDatabase) struct `A part in an account's budget` {
  init() async throws { _ = try await Loader.fresh() }

  @Test func `is the whole of it while there is nobody else`() async throws {
    let budget = try RequestBudget.fresh()
    for _ in 0..<10 {
      #expect(try await budget.take() > ContinuousClock.now)
      await budget.ended()
    }
    #expect(try await lease("is_whole") == ["true"])
    await budget.close()
    #expect(try await lease("is_whole").isEmpty)
  }

  @Test func `is kept by account`() async throws {
    let one = try RequestBudget.fresh()
    let other = try RequestBudget.fresh(account: "b")
    _ = try await one.take()
    _ = try await other.take()
    #expect(try await lease("is_whole") == ["true"])
    #expect(try await lease("is_whole", account: "b") == ["true"])
    await one.close()
    await other.close()
  }

  @Test(.timeLimit(.minutes(10))) func `becomes a slot at a time where there are two`() async throws
  {
    let one = try RequestBudget.fresh()
    let other = try RequestBudget.fresh()
    _ = try await one.take()
    // The first hands over when it renews, though it asks for nothing.
    let latest = try await other.take()
    #expect(latest > ContinuousClock.now)
    #expect(try await lease("is_whole") == ["false", "false"])
    #expect(try await lease("in_flight") == ["1", "1"])
    await one.ended()
    await other.ended()
    await one.close()
    await other.close()
    #expect(try await lease("in_flight").isEmpty)
  }

  @Test func `goes on after its session was lost`() async throws {
    let budget = try RequestBudget.fresh()
    _ = try await budget.take()
    await budget.ended()
    // Another has come, so that the next start has to be asked for.
    try await script(
      """
      UPDATE acsync.request_slots SET next_slot = now(), clear_at = now() + '1s';
      DELETE FROM acsync.request_leases;
      INSERT INTO acsync.request_leases VALUES ('a', -1, 0, false, NULL, now() + '5s');
      SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE application_name = 'budget' AND datname = current_database()
      """)
    #expect(try await budget.take() > ContinuousClock.now)
    await budget.close()
  }

  @Test func `sends nothing where the database stays away`() async throws {
    var patience = Patience()
    patience.reconnects = 2
    patience.firstDelay = .milliseconds(1)
    var settings = RequestBudget.Settings(
      account: "a", requestsPerSecond: 4, concurrency: 3)
    settings.patience = patience
    let budget = RequestBudget(
      settings,
      on: RequestSession(
        uri: "postgresql://nobody@127.0.0.1:1/none", applicationName: "budget"))
    let error = await #expect(throws: WarehouseError.self) { try await budget.take() }
    #expect(error?.explanation.fault == .targetOutOfReach)
    #expect(error?.explanation.consequence == .lasting(.stopRun))
    await budget.close()
  }
}

@Suite(.freshDatabase) struct `Waiting for streams` {
  @Test func `takes them at once where nobody holds them`() async throws {
    let loader = try await Loader.fresh()
    #expect(try await loader.wait(for: ["notes", "offers"], atMost: .zero))
    _ = try await loader.claim(.notes)
    let other = try await Loader.fresh()
    #expect(try await other.wait(for: ["notes"], atMost: .zero) == false)
    // Claimed once, let go once.
    _ = try await loader.finish(StreamReport(stream: "notes", mode: .incremental))
    #expect(try await other.wait(for: ["notes"], atMost: .zero))
    await loader.close()
    #expect(try await other.wait(for: ["offers", "notes"], atMost: .zero))
  }

  @Test func `holds none while one is missing`() async throws {
    let holder = try await Loader.holding(.offers)
    let waiting = try await Loader.fresh()
    #expect(try await waiting.wait(for: ["notes", "offers"], atMost: .zero) == false)
    let third = try await Loader.fresh()
    #expect(try await third.wait(for: ["notes"], atMost: .zero))
    await holder.close()
  }

  @Test(.timeLimit(.minutes(10))) func `ends when the other run does`() async throws {
    let holder = try await Loader.holding(.notes)
    let waiting = try await Loader.fresh()
    let (told, line) = AsyncStream.makeStream(of: StreamDefinition.ID.self)
    async let isTaken = waiting.wait(for: ["notes"], atMost: .seconds(50)) { line.yield($0) }
    for await stream in told {
      #expect(stream == "notes")
      break
    }
    _ = try await holder.finish(StreamReport(stream: "notes", mode: .incremental))
    #expect(try await isTaken)
    #expect(try await waiting.claim(.notes).lastSuccess == nil)
  }
}
