import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Forgetting how far a stream is` {
  @Test func `keeps its rows, and has all of it read again`() async throws {
    let loader = try await Loader.proven()
    _ = try await loader.finish(StreamReport(stream: "offers", mode: .incremental))
    try await loader.reset([.offers])
    let other = try await Loader.fresh()
    let state = try await other.claim(.offers)
    var forgotten = StreamState(liveRows: 1)
    forgotten.keyUser = 4
    #expect(state == forgotten)
    #expect(try await rows("SELECT id, title FROM activecampaign.offers") == ["1|one"])
  }

  @Test func `is refused while a run holds one of the streams, and then changes none`()
    async throws
  {
    let holder = try await Loader.proven()
    _ = try await holder.claim(.notes)
    let before = try await rows("TABLE acsync.stream_state")
    let loader = try await Loader.fresh(begun: false)
    _ = try await holder.finish(StreamReport(stream: "offers", mode: .incremental))
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.reset([.offers, .notes])
    }
    #expect(error?.explanation.fault == .streamHeld)
    #expect(try await rows("TABLE acsync.stream_state") == before)
  }

  @Test func `keeps a run that lost its session from writing on`() async throws {
    let sleeper = try await Loader.proven()
    // Its lock goes, as with a session that was cut off.
    try await sleeper.connection.unlock(
      State(of: "offers", in: "activecampaign", account: "acme").lockKey)
    try await Loader.fresh(begun: false).reset([.offers])
    let error = await #expect(throws: WarehouseError.self) {
      try await sleeper.write(.of(.offers, [.offer(2, .text("two"), changed: .at(2))]))
    }
    #expect(error?.explanation.fault == .streamHeld)
  }

  @Test func `leaves other streams and accounts alone`() async throws {
    let loader = try await Loader.proven()
    _ = try await loader.finish(StreamReport(stream: "offers", mode: .incremental))
    try await Loader.fresh(account: "other", begun: false).reset([.offers, .notes])
    #expect(try await loader.states()["offers"]?.floor == .at(8))
  }
}

@Suite(.freshDatabase) struct `Taking back how far a stream was` {
  private func restored(
    _ snapshot: StreamSnapshot, isRehearsal: Bool = false
  ) async throws -> Restoration? {
    let loader = try await Loader.fresh(begun: false)
    let done = try await loader.restore([(.offers, snapshot)], isRehearsal: isRehearsal)
    await loader.close()
    return done.first?.restoration
  }

  private func state() async throws -> StreamState? {
    try await Loader.fresh(begun: false).states()["offers"]
  }

  @Test func `is all of it where the table holds the same rows`() async throws {
    let loader = try await Loader.proven(released: true)
    let snapshot = try #require(try await loader.snapshots(of: [.notes, .offers]).first)
    #expect(snapshot.stream == "offers" && snapshot.state.floor == .at(8))
    let before = try await state()
    try await loader.reset([.offers])
    #expect(try await restored(snapshot, isRehearsal: true) == .taken)
    #expect(try await state()?.floor == nil)
    #expect(try await restored(snapshot) == .taken)
    #expect(try await state() == before)
    // A run takes it as it is.
    #expect(try await Loader.fresh().claim(.offers) == before)
  }

  @Test(arguments: [
    "DELETE FROM activecampaign.offers",
    "UPDATE activecampaign.offers SET _deleted_at = now()",
    "UPDATE activecampaign.offers SET _synced_at = _synced_at - interval '1 s'",
    "INSERT INTO activecampaign.offers (id, _synced_at) VALUES (9, now())",
    "DROP TABLE activecampaign.offers",
  ])
  func `is nothing where the table holds other rows`(edit: String) async throws {
    let loader = try await Loader.proven(released: true)
    let snapshot = try #require(try await loader.snapshots(of: [.offers]).first)
    try await loader.reset([.offers])
    try await script(edit)
    #expect(try await restored(snapshot) == .readWhole)
    let state = try #require(try await state())
    #expect(state.floor == nil && state.completeAsOf == nil && state.unfinished == nil)
  }

  @Test func `goes into an empty warehouse without moving a floor`() async throws {
    let loader = try await Loader.proven(released: true)
    let snapshot = try #require(try await loader.snapshots(of: [.offers]).first)
    try await script("DROP TABLE activecampaign.offers; DELETE FROM acsync.stream_state")
    #expect(try await restored(snapshot) == .readWhole)
    #expect(try await state()?.floor == nil)
  }

  @Test func `only moves times back where the table is further`() async throws {
    let loader = try await Loader.proven(released: true)
    let snapshot = try #require(try await loader.snapshots(of: [.offers]).first)
    let later = try await Loader.fresh()
    _ = try await later.claim(.offers)
    _ = try await later.write(
      .of(.offers, [.offer(2, .text("two"), changed: .at(12))], at: 22)
        .closing(floor: .at(20), completeSince: .at(20)))
    try await later.confirm(.offers, completeSince: .at(20))
    _ = try await later.finish(StreamReport(stream: "offers", mode: .incremental))
    await later.close()
    var newer = try #require(try await loader.snapshots(of: [.offers]).first)
    #expect(try await restored(snapshot) == .movedBack)
    var state = try #require(try await state())
    #expect(state.floor == .at(8) && state.liveRows == 2 && !state.isOrdered)
    // And never forward by a document that the table does not bear out.
    newer.rowsPrint = "2:1"
    #expect(try await restored(newer) == .readWhole)
    state = try #require(try await self.state())
    #expect(state.floor == nil)
  }

  @Test func `is refused while a run holds the stream`() async throws {
    let loader = try await Loader.proven()
    let snapshot = try #require(try await loader.snapshots(of: [.offers]).first)
    let error = await #expect(throws: WarehouseError.self) { try await restored(snapshot) }
    #expect(error?.explanation.fault == .streamHeld)
    #expect(try await state()?.floor == .at(8))
  }

  @Test func `never takes over a cut-off walk`() async throws {
    let loader = try await Loader.proven()
    _ = try await loader.write(
      .of(.offers, [.offer(3, .text("three"), changed: .at(3))], walk: "half"))
    _ = try await loader.finish(StreamReport(stream: "offers", mode: .incremental))
    await loader.close()
    let snapshot = try #require(
      try await Loader.fresh(begun: false).snapshots(of: [.offers]).first)
    #expect(snapshot.state.unfinished?.signature == "half")
    #expect(try await restored(snapshot) == .taken)
    let state = try #require(try await state())
    #expect(state.unfinished == nil && state.floor == .at(8))
    #expect(try await rows("TABLE acsync.segment_state").isEmpty)
  }
}

extension Loader {
  /// A loader whose stream of offers was read to its end, once.
  fileprivate static func proven(released: Bool = false) async throws -> Loader {
    let loader = try await Loader.holding(.offers)
    _ = try await loader.write(
      .of(.offers, [.offer(1, .text("one"), changed: .at(1))])
        .closing(floor: .at(8), completeSince: .at(8)))
    try await loader.confirm(.offers, completeSince: .at(8))
    try await loader.remember(.keyUser(4), of: .offers)
    try await loader.remember(.filter(.narrows), of: .offers)
    if released {
      _ = try await loader.finish(StreamReport(stream: "offers", mode: .incremental))
    }
    return loader
  }
}
