import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `A backfill of an account` {
  /// What tests read of a backfill's JSON.
  private struct Document: Decodable {
    struct Stream: Decodable {
      let stream: String
      let outcome: String
      let reading: String
      let windowsDone: Int
      let windowsLeft: Int
      let inserted: Int
      let updated: Int
      let requests: Int
      let note: String?
    }
    let outcome: String
    let exitCode: Int
    let requests: Int
    let streams: [Stream]
  }

  /// All the years of a simulated account.
  private static let years = ["--from", "2015-01-01", "--to", "2030-12-31", "--by", "180d"]

  private func backfill(
    _ world: World, _ words: [String] = [], streams: [String] = ["contacts", "deals"],
    as victim: Victim = Victim()
  ) async throws -> Ending {
    try await world.perform(
      ["backfill"] + streams + ["--yes", "--json"] + Self.years + words, as: victim)
  }

  private func document(_ ending: Ending) throws -> Document {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Document.self, from: Data(ending.result.utf8))
  }

  private func count(_ stream: String) async throws -> [String] {
    try await withDatabase {
      try await $0.column("SELECT count(*) FROM activecampaign.\(Identifier(stream))")
    }
  }

  @Test func `brings every row, and the sync after it finds nothing wrong`() async throws {
    let world = try World(.paged)
    defer { world.server.stop() }
    let ending = try await backfill(world, ["--page-size", "20"])
    #expect(ending.code == 0, "\(ending.aside)")
    let first = try document(ending)
    #expect(first.outcome == "done" && first.exitCode == 0)
    for stream in first.streams {
      #expect(stream.reading == "windows" && stream.windowsLeft == 0 && stream.windowsDone > 30)
      let rows = world.account.count(of: stream.stream)
      #expect(stream.inserted == rows, "\(stream.stream)")
      #expect(try await count(stream.stream) == ["\(rows)"])
    }
    // Neither a cursor nor a proof is left behind.
    try await withDatabase { database in
      let progress = try await database.column(
        """
        SELECT count(*) FROM acsync.stream_state
        WHERE coalesce(floor, complete_as_of, last_success, whole_as_of) IS NOT NULL
        """)
      #expect(progress == ["0"])
    }
    let before = try await fingerprints(of: ["contacts", "deals"])
    let again = try document(try await backfill(world))
    #expect(again.outcome == "done")
    // Only the window of this very day: rows may have been created in it since.
    #expect(again.streams.allSatisfy { $0.windowsDone <= 1 && $0.windowsLeft == 0 })
    #expect(try await fingerprints(of: ["contacts", "deals"]) == before)
    let run = try await world.run()
    #expect(run.code == 0, "\(run.aside)")
    #expect(try await Comparison(account: world.account).differences() == [])
    let status = try await world.perform(["backfill", "status"])
    #expect(status.code == 0 && status.result.contains("contacts  2015-01-01  2030-12-31"))
  }

  @Test func `asks before it begins, and reads nothing where nobody can be asked`() async throws {
    let world = try World(.paged)
    defer { world.server.stop() }
    let ending = try await world.perform(["backfill", "contacts"] + Self.years)
    #expect(ending.code == 2 && ending.aside.contains("--yes"))
    #expect(ending.result.contains("33 windows of 180 d"))
    #expect(ending.result.contains("requests") && ending.result.contains("done at about"))
    let table = try await withDatabase {
      try await $0.column("SELECT to_regclass('activecampaign.contacts')")
    }
    #expect(table == ["null"])
  }

  @Test func `goes on where its limit stopped it, or a kill`() async throws {
    let world = try World(.paged)
    defer { world.server.stop() }
    // Those that die in the middle leave what they committed.
    for requests in [25, 30, 12] {
      let victim = Victim()
      let last = world.server.audit.requests + requests
      world.faults.decide { request in
        if request.number >= last { victim.kill() }
        return nil
      }
      #expect(try await backfill(world, ["--page-size", "20"], as: victim).isKilled)
    }
    world.faults.decide(nil)
    var codes: [Int32] = []
    while codes.last != 0, codes.count < 20 {
      codes.append(
        try await backfill(world, ["--max-requests", "30", "--page-size", "20"]).code)
    }
    #expect(codes.count > 1 && codes.dropLast().allSatisfy { $0 == 10 } && codes.last == 0)
    #expect(try await count("contacts") == ["\(world.account.count(of: "contacts"))"])
    #expect(try await count("deals") == ["\(world.account.count(of: "deals"))"])
  }

  @Test(arguments: [FilterBehaviour.Creation.ignored, .lowerOnly, .empty, .updated])
  func `reads streams whole whose filter on creation misbehaves`(
    creation: FilterBehaviour.Creation
  ) async throws {
    let world = try World(.paged) { options in
      options.filters.contacts.creation = creation
      options.filters.deals.creation = creation
    }
    defer { world.server.stop() }
    let ending = try await backfill(world)
    #expect(ending.code == 0, "\(ending.aside)")
    for stream in try document(ending).streams {
      #expect(stream.reading == "whole" && stream.note?.hasPrefix("read whole: ") == true)
      #expect(try await count(stream.stream) == ["\(world.account.count(of: stream.stream))"])
    }
  }

  @Test func `lets a sync that waits pass between two windows`() async throws {
    let world = try World(.paged) { $0.latency = .milliseconds(20) }
    defer { world.server.stop() }
    async let windows = backfill(world, ["--page-size", "20"], streams: ["contacts"])
    let run = try await world.run("--wait=5m", "--streams", "contacts")
    #expect(run.code == 0, "\(run.aside)")
    let ending = try await windows
    #expect(ending.code == 0, "\(ending.aside)")
    let complete = try await withDatabase {
      try await $0.column(
        "SELECT complete_as_of IS NOT NULL FROM acsync.stream_state WHERE stream = 'contacts'")
    }
    #expect(complete == ["t"])
    #expect(try await count("contacts") == ["\(world.account.count(of: "contacts"))"])
  }
}
