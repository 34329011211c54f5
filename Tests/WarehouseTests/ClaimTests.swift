import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Claiming a stream` {
  @Test func `says that a new stream was never read`() async throws {
    #expect(try await Loader.fresh().claim(.notes) == StreamState())
  }

  @Test func `gives the next run what the last one left`() async throws {
    let first = try await Loader.holding(.notes)
    let segments = [Segment(id: 0, parent: 3, upper: 9, position: 4)]
    _ = try await first.commit(
      .of(.notes, [.note(1, .null)]).closing(floor: .at(7), completeSince: .at(1)))
    _ = try await first.commit(.of(.notes, [], walk: "next", segments: segments))
    await first.close()
    #expect(
      try await Loader.fresh().claim(.notes)
        == StreamState(
          floor: .at(7),
          unfinished: WalkProgress(signature: "next", startedAt: .at(0), segments: segments),
          liveRows: 1, lastSuccess: .at(10)))
  }

  @Test func `holds off another run, until the stream is finished`() async throws {
    let first = try await Loader.holding(.notes)
    let second = try await Loader.fresh()
    let error = await #expect(throws: WarehouseError.self) { try await second.claim(.notes) }
    #expect(error?.explanation.fault == .streamHeld)
    #expect(try await second.claim(.offers) == StreamState())
    _ = try await first.finish(StreamReport(stream: "notes", mode: .incremental))
    #expect(try await second.claim(.notes) == StreamState())
  }

  @Test func `refuses a table that holds another account's rows`() async throws {
    let first = try await Loader.holding(.notes)
    _ = try await first.commit(.of(.notes, [.note(1, .null)]))
    let second = try await Loader.fresh(account: "other")
    let error = await #expect(throws: WarehouseError.self) { try await second.claim(.notes) }
    #expect(error?.explanation.fault == .guardRefused)
  }

  @Test(arguments: ["DROP TABLE activecampaign.notes", "TRUNCATE activecampaign.notes"])
  func `forgets the progress of a table that lost its rows`(loss: String) async throws {
    let first = try await Loader.holding(.notes)
    _ = try await first.commit(.of(.notes, [.note(1, .null)]).closing(floor: .at(7)))
    _ = try await first.commit(.of(.notes, [], walk: "next"))
    await first.close()
    try await script(loss)
    #expect(try await Loader.fresh().claim(.notes) == StreamState())
  }

  @Test func `counts the rows it finds in a table that was there before`() async throws {
    let first = try await Loader.holding(.notes)
    _ = try await first.commit(.of(.notes, [.note(1, .null), .note(2, .null)]))
    await first.close()
    try await script("DELETE FROM acsync.stream_state")
    #expect(try await Loader.fresh().claim(.notes) == StreamState(liveRows: 2))
  }
}

@Suite(.freshDatabase) struct `Losing the session` {
  @Test func `goes on with a new one, its locks and its staging`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.commit(.of(.notes, [.note(1, .text("a"))]))
    try await killLoaders()
    let counts = try await loader.commit(.of(.notes, [.note(1, .text("b"))], at: 20))
    #expect(counts == CommitCounts(updated: 1))
    let other = try await Loader.fresh()
    let error = await #expect(throws: WarehouseError.self) { try await other.claim(.notes) }
    #expect(error?.explanation.fault == .streamHeld)
  }

  @Test func `repeats a batch that was cut off in the middle`() async throws {
    let loader = try await Loader.holding(.notes)
    try await dying("AFTER INSERT ON activecampaign.notes FOR EACH STATEMENT")
    let counts = try await loader.commit(.of(.notes, [.note(1, .text("a"))]))
    #expect(counts == CommitCounts(inserted: 1))
    #expect(try await loader.states()["notes"]?.liveRows == 1)
  }

  @Test func `repeats a batch that was cut off at its commit`() async throws {
    let loader = try await Loader.holding(.notes)
    try await dying(
      "AFTER INSERT ON activecampaign.notes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
      "CONSTRAINT")
    let counts = try await loader.commit(.of(.notes, [.note(1, .text("a"))]))
    #expect(counts == CommitCounts(inserted: 1))
    #expect(try await rows("SELECT id FROM activecampaign.notes") == ["1"])
  }

  @Test func `gives up after a number of attempts`() async throws {
    let loader = try await Loader.holding(.notes)
    try await dying("AFTER INSERT ON activecampaign.notes FOR EACH STATEMENT", times: 1000)
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.commit(.of(.notes, [.note(1, .text("a"))]))
    }
    #expect(error?.explanation.fault == .targetOutOfReach)
    #expect(error?.explanation.consequence == .lasting(.stopRun))
    #expect(try await rows("SELECT id FROM activecampaign.notes").isEmpty)
  }

  @Test func `writes no more once another run holds the stream`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.claim(.offers)
    let thief = try await steal(.notes)
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.commit(.of(.notes, [.note(1, .text("late"))]))
    }
    #expect(error?.explanation.fault == .streamHeld)
    #expect(try await thief.commit(.of(.notes, [.note(1, .text("new"))])).inserted == 1)
    #expect(try await loader.commit(.of(.offers, [])) == CommitCounts())
  }

  @Test func `writes no more after another run held the stream, even if it let it go`() async throws
  {
    let loader = try await Loader.holding(.notes)
    let thief = try await steal(.notes)
    _ = try await thief.finish(StreamReport(stream: "notes", mode: .incremental))
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.commit(.of(.notes, [.note(1, .text("late"))]))
    }
    #expect(error?.explanation.fault == .streamHeld)
    #expect(try await rows("SELECT id FROM activecampaign.notes").isEmpty)
  }

  @Test func `writes no more once the stream's epoch moved on`() async throws {
    let loader = try await Loader.holding(.notes)
    try await script("UPDATE acsync.stream_state SET epoch = epoch + 1")
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.commit(.of(.notes, [.note(1, .text("late"))]))
    }
    #expect(error?.explanation.fault == .streamHeld)
    #expect(try await rows("SELECT id FROM activecampaign.notes").isEmpty)
  }

  @Test func `repeats a transaction that others stood in the way of`() async throws {
    let loader = try await Loader.holding(.notes)
    try await script(
      """
      CREATE SEQUENCE public.calls;
      CREATE FUNCTION public.collide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('public.calls') = 1 THEN RAISE SQLSTATE '40P01'; END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER collide AFTER INSERT ON activecampaign.notes
        FOR EACH STATEMENT EXECUTE FUNCTION public.collide()
      """)
    #expect(try await loader.commit(.of(.notes, [.note(1, .null)])) == CommitCounts(inserted: 1))
  }

  /// Ends every loader's session on the server.
  private func killLoaders() async throws {
    let killed = try await rows(
      """
      SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE application_name = 'loader' AND datname = current_database()
      """)
    #expect(!killed.isEmpty)
  }

  /// Ends every loader's session, and gives the stream to another before they notice.
  private func steal(_ stream: StreamDefinition) async throws -> Loader {
    try await killLoaders()
    return try await Loader.holding(stream)
  }

  /// Lets the server end the session that writes a note, a number of times.
  private func dying(_ event: String, _ kind: String = "", times: Int = 1) async throws {
    try await script(
      """
      CREATE SEQUENCE public.deaths;
      CREATE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('public.deaths') <= \(times) THEN
          PERFORM pg_terminate_backend(pg_backend_pid());
        END IF;
        RETURN NULL;
      END $$;
      CREATE \(kind) TRIGGER die \(event) EXECUTE FUNCTION public.die()
      """)
  }
}
