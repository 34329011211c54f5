import ActiveCampaign
import Catalog
import Foundation
import Postgres
import Simulator
import Synchronization
import TestSupport
import Testing
import Warehouse

@testable import Commands

/// When requests started, over all parts.
private final class Starts: Sendable {
  private let times = Mutex<[ContinuousClock.Instant]>([])

  func note() { times.withLock { $0.append(ContinuousClock.now) } }

  /// The shortest time in which five started.
  var shortestOfFive: Duration {
    let times = times.withLock { $0.sorted() }
    return zip(times, times.dropFirst(4)).map { $1 - $0 }.min() ?? .seconds(3600)
  }
}

/// One process's end of an account: a client, and its part in the shared budget.
private struct Part: Sendable {
  let client: Client
  let budget: RequestBudget

  init(of url: String, into starts: Starts) throws {
    let endpoint = try Endpoint(url)
    budget = RequestBudget(
      RequestBudget.Settings(
        account: endpoint.account, requestsPerSecond: 4, concurrency: 3),
      on: RequestSession(uri: try Database.current.uri, applicationName: "part"))
    client = Client(
      Client.Settings(endpoint: endpoint, key: try APIKey(Served.key), version: "test"),
      sharing: budget,
      onRequest: { event in
        if case .started = event { starts.note() }
      })
  }

  /// Sends requests by three workers, so many each.
  func send(_ count: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask { for _ in 0..<count { _ = try await client.probe() } }
      }
      try await group.waitForAll()
    }
  }

  func close() async {
    client.close()
    await budget.close()
  }
}

@Suite(.freshDatabase, .serialized) struct `Processes on one account` {
  /// An account with the service's own limit, and a warehouse that is laid out.
  private func served(latency: Duration) async throws -> Served {
    let served = try Served {
      $0.requestsPerSecond = 5
      $0.latency = latency
    }
    let migrate = await acsync("migrate", environment: served.environment)
    #expect(migrate.code == .done, "\(migrate.aside)")
    return served
  }

  /// Where a start is seen when it is made: on its way to the server it may lose some milliseconds.
  private func expectWithinLimits(_ served: Served, _ starts: Starts) {
    let audit = served.server.audit
    #expect(audit.tooManyRequests == 0)
    #expect(starts.shortestOfFive >= .seconds(1))
    #expect(audit.peakInFlight <= 3)
  }

  @Test(.timeLimit(.minutes(10)), arguments: [20, 900])
  func `together start no more in a second than one alone`(latency: Int) async throws {
    let served = try await served(latency: .milliseconds(latency))
    defer { served.server.stop() }
    let url = try #require(served.environment["ACTIVECAMPAIGN_URL"])
    let starts = Starts()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        let part = try Part(of: url, into: starts)
        group.addTask {
          try await part.send(3)
          await part.close()
        }
      }
      try await group.waitForAll()
    }
    #expect(served.server.audit.requests == 27)
    expectWithinLimits(served, starts)
  }

  @Test(.timeLimit(.minutes(10)))
  func `get the share of one that is gone without a word`() async throws {
    let served = try await served(latency: .milliseconds(50))
    defer { served.server.stop() }
    let url = try #require(served.environment["ACTIVECAMPAIGN_URL"])
    let starts = Starts()
    do {
      // Dropped without being closed: as if killed.
      let dead = try Part(of: url, into: starts)
      try await dead.send(1)
      dead.client.close()
    }
    let part = try Part(of: url, into: starts)
    try await part.send(4)
    await part.close()
    #expect(served.server.audit.requests == 15)
    expectWithinLimits(served, starts)
  }

  @Test(.timeLimit(.minutes(10)))
  func `cost one that is alone no more than a fiftieth of its pace`() async throws {
    let served = try await served(latency: .milliseconds(50))
    defer { served.server.stop() }
    let url = try #require(served.environment["ACTIVECAMPAIGN_URL"])
    let starts = Starts()
    let part = try Part(of: url, into: starts)
    // Past the quiet window that an account begins with.
    try await part.send(1)
    let clock = ContinuousClock()
    let time = try await clock.measure { try await part.send(16) }
    await part.close()
    #expect(time < .seconds(48.0 / 4 / 0.98))
    expectWithinLimits(served, starts)
  }
}

extension Served {
  /// What a process of its own needs, at the pace that the service's limit leaves.
  fileprivate var unhurried: [String: String] {
    environment.merging(["ACSYNC_REQUESTS_PER_SECOND": "4"]) { $1 }
  }
}

/// Waits until a server has had so many requests.
private func requests(_ count: Int, of server: Server) async throws {
  while server.audit.requests < count { try await Task.sleep(for: .milliseconds(20)) }
}

@Suite(.freshDatabase, .serialized) struct `Programs on one account` {
  @Test(.timeLimit(.minutes(10)))
  func `keep its limit together, also when one is stopped and goes on`() async throws {
    let served = try Served(contacts: 600) {
      $0.requestsPerSecond = 5
      $0.latency = .milliseconds(100)
    }
    defer { served.server.stop() }
    let migrate = await acsync("migrate", environment: served.environment)
    #expect(migrate.code == .done)
    let one = try Binary(
      ["run", "--streams=contacts", "--page-size=25"], environment: served.unhurried)
    let other = try Binary(
      ["run", "--streams=tags,lists,deals,users,campaigns", "--page-size=10"],
      environment: served.unhurried)
    try await requests(8, of: served.server)
    kill(other.process.processIdentifier, SIGSTOP)
    // Longer than a lease lasts.
    try await requests(24, of: served.server)
    kill(other.process.processIdentifier, SIGCONT)
    let (first, second) = (one.ended(), other.ended())
    #expect(first.code == 0, "\(first.aside)")
    #expect(second.code == 0, "\(second.aside)")
    let audit = served.server.audit
    // Two that did not share would send eight a second, and the service takes five.
    #expect(audit.tooManyRequests == 0)
    #expect(audit.peakInFlight <= 3)
  }

  @Test(.timeLimit(.minutes(10)))
  func `do not read one stream twice at once, and wait for it if told to`() async throws {
    let served = try Served(contacts: 600) { $0.latency = .milliseconds(250) }
    defer { served.server.stop() }
    let first = try Binary(
      ["run", "--streams=contacts", "--page-size=10"], environment: served.environment)
    try await requests(4, of: served.server)
    let refused = await acsync("run", "--streams=contacts", environment: served.environment)
    #expect(refused.code == .held, "\(refused.everything)")
    let waiting = await acsync(
      "run", "--streams=contacts", "--wait=2m", environment: served.environment)
    #expect(waiting.code == .done, "\(waiting.everything)")
    #expect(waiting.aside.contains("waiting for the run that holds contacts"))
    #expect(first.ended().code == 0)
  }

  @Test func `understand how long they may wait`() async throws {
    let served = try Served()
    defer { served.server.stop() }
    let wrong = await acsync("run", "--wait=soon", environment: served.environment)
    #expect(wrong.code == .usage)
    #expect(wrong.aside.contains("a time such as"))
    let plain = await acsync("run", "--wait", "--streams=tags", environment: served.environment)
    #expect(plain.code == .done, "\(plain.aside)")
  }
}
