import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Rows that do not match` {
  /// Offers whose title is `keep`.
  private static func offers(_ manner: DeletionRule.Manner = .soft) -> StreamDefinition {
    var shape = StreamShape()
    shape.condition = .compared(field: "title", .equal, .text("keep"))
    shape.leaving = manner
    return StreamDefinition.offers.shaped(by: shape)
  }

  private static let all: Statement = """
    SELECT id, title, _deleted_at IS NOT NULL AS gone FROM activecampaign.offers ORDER BY id
    """
  private static let live: Statement = "SELECT live_rows FROM acsync.stream_state"

  @Test func `are seen and not stored`() async throws {
    let stream = Self.offers()
    let loader = try await Loader.holding(stream)
    let counts = try await loader.write(
      .of(
        stream,
        [
          .offer(1, .text("keep"), changed: .at(1)), .offer(2, .text("no"), changed: .at(1)),
          .offer(3, .null, changed: .at(1)),
        ]))
    #expect(counts == CommitCounts(inserted: 1))
    #expect(try await rows(Self.all) == ["1|keep|f"])
    #expect(try await loader.drift(of: stream.id).notes == ["2 rows do not match where"])
    await loader.close()
  }

  @Test(arguments: [
    (DeletionRule.Manner.soft, ["1|keep|t", "2|keep|f"], "1", 1), (.hard, ["2|keep|f"], "1", 1),
    (.ignore, ["1|keep|f", "2|keep|f"], "2", 0),
  ])
  func `leave the table as delete_missing says when they no longer do`(
    _ manner: DeletionRule.Manner, _ left: [String], _ live: String, _ deleted: Int
  ) async throws {
    let stream = Self.offers(manner)
    let loader = try await Loader.holding(stream)
    _ = try await loader.write(
      .of(stream, [1, 2].map { .offer($0, .text("keep"), changed: .at(1)) }))
    let counts = try await loader.write(
      .of(stream, [.offer(1, .text("no"), changed: .at(2))], at: 20))
    #expect(counts == CommitCounts(deleted: deleted))
    #expect(try await rows(Self.all) == left)
    #expect(try await rows(Self.live) == [live])
    // Done again, it does nothing.
    let again = try await loader.write(
      .of(stream, [.offer(1, .text("no"), changed: .at(2))], at: 21))
    #expect(again == CommitCounts())
    await loader.close()
  }

  @Test func `are not told from others by a stub, which changes nothing`() async throws {
    let stream = Self.offers()
    let loader = try await Loader.holding(stream)
    _ = try await loader.write(.of(stream, [.offer(1, .text("keep"), changed: .at(1))]))
    let counts = try await loader.write(
      .of(stream, [1, 2].map { .offer($0, .missing, changed: .at(5)) }, at: 20))
    #expect(counts == CommitCounts(unchanged: 2))
    #expect(try await rows(Self.all) == ["1|keep|f"])
    await loader.close()
  }

  @Test func `come back when they match again`() async throws {
    let stream = Self.offers()
    let loader = try await Loader.holding(stream)
    for (number, title) in ["keep", "no", "keep"].enumerated() {
      _ = try await loader.write(
        .of(
          stream, [.offer(1, .text(title), changed: .at(Int64(number)))],
          at: Int64(10 + number)))
    }
    #expect(try await rows(Self.all) == ["1|keep|f"])
    #expect(try await rows(Self.live) == ["1"])
    await loader.close()
  }

  @Test func `take no newer version away, in one batch or after it`() async throws {
    let stream = Self.offers()
    let loader = try await Loader.holding(stream)
    _ = try await loader.write(
      .of(
        stream,
        [.offer(1, .text("keep"), changed: .at(5)), .offer(1, .text("no"), changed: .at(4))]))
    #expect(try await rows(Self.all) == ["1|keep|f"])
    // A later answer with an older version, and an older answer.
    _ = try await loader.write(.of(stream, [.offer(1, .text("no"), changed: .at(4))], at: 30))
    _ = try await loader.write(.of(stream, [.offer(1, .text("no"), changed: .null)], at: 3))
    #expect(try await rows(Self.all) == ["1|keep|f"])
    await loader.close()
  }

  @Test func `count for the whole of a list, and hide none that is gone`() async throws {
    let stream = Self.offers()
    let loader = try await Loader.holding(stream)
    func whole(_ ids: [(Int64, String)], at seconds: Int64) -> Batch {
      var batch = Batch(
        stream: stream,
        pages: [
          Page(
            rows: ids.map { .offer($0, .text($1), changed: .at(1)) }, received: ids.count,
            total: nil, serverTime: .at(seconds))
        ], progress: WalkProgress(signature: "w", startedAt: .at(seconds), segments: []),
        isWhole: true)
      batch.closing = Closing(
        floor: nil, completeSince: .at(seconds), total: Int64(ids.count),
        deletions: DeletionRule(), provesAbsence: true)
      return batch
    }
    let first = try await loader.commit(
      whole([(1, "keep"), (2, "no"), (3, "keep"), (4, "no"), (5, "no")], at: 10))
    #expect(first.verdict == .closed(shortage: 0))
    // More are seen than live, and one of those that live is gone.
    let second = try await loader.commit(
      whole([(1, "keep"), (2, "no"), (4, "no"), (5, "no")], at: 20))
    #expect(second.verdict == .closed(shortage: 0))
    #expect(second.counts.deleted == 1)
    #expect(try await rows(Self.all) == ["1|keep|f", "3|keep|t"])
    await loader.close()
  }

  @Test func `of another condition are read whole`() async throws {
    let plain = try await Loader.holding(.offers)
    _ = try await plain.write(
      .of(.offers, [.offer(1, .text("no"), changed: .at(1))]).closing(floor: .at(5)))
    await plain.close()
    let loader = try await Loader.fresh()
    #expect(try await loader.claim(Self.offers()).floor == nil)
    await loader.close()
    let shape = try await rows("SELECT shape FROM acsync.stream_state")
    #expect(shape.first?.contains("where\t") == true && shape.first?.contains("keep'") == false)
  }
}
