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

  @Test func `are not told from others by a stub, which changes nothing and is told of`()
    async throws
  {
    var shape = StreamShape()
    shape.condition = .compared(field: "title", .equal, .text("keep"))
    let offers = StreamDefinition.offers
    let stream = StreamDefinition(
      offers.id, "Offers", path: "offers", rows: "offers", cursor: offers.cursor,
      columns: offers.columns + (1...6).map { .column("f\($0)", .bigint) }
    ).shaped(by: shape)
    func offer(_ id: Int64, _ title: Value, changed: Value) -> Catalog.Row {
      let rest = [Value](repeating: .missing, count: 6)
      return Row(key: id, values: [.integer(id), title, changed] + rest)
    }
    let loader = try await Loader.holding(stream)
    _ = try await loader.write(.of(stream, [offer(1, .text("keep"), changed: .at(1))]))
    let counts = try await loader.write(
      .of(stream, [1, 2].map { offer($0, .missing, changed: .at(5)) }, at: 20))
    #expect(counts == CommitCounts(unchanged: 2))
    #expect(try await rows(Self.all) == ["1|keep|f"])
    #expect(
      try await loader.drift(of: stream.id).notes == [
        "2 rows could not be judged by where, for want of what it asks for, and stay as they are"
      ])
    await loader.close()
  }

  @Test func `are those that lack the field, where a condition asks whether it is null`()
    async throws
  {
    var shape = StreamShape()
    shape.condition = .isNull(field: "title")
    let stream = StreamDefinition.offers.shaped(by: shape)
    let loader = try await Loader.holding(stream)
    let counts = try await loader.write(
      .of(
        stream,
        [.offer(1, .missing, changed: .at(1)), .offer(2, .text("a"), changed: .at(1))]))
    #expect(counts == CommitCounts(inserted: 1))
    #expect(try await rows(Self.all) == ["1|f"])
    await loader.close()
  }

  @Test func `are not all rows once values did not fit a column that is compared`() async throws {
    var shape = StreamShape()
    shape.condition = .compared(field: "size", .greater, .integer(5))
    shape.widensColumns = true
    let stream = StreamDefinition.notes.shaped(by: shape)
    let rejected = [RejectedValue(key: 2, column: "size", raw: "12.5", reason: "not whole")]
    var kept = stream
    for seconds in [Int64(10), 20] {
      let loader = try await Loader.fresh()
      kept = stream.evolved(by: try await loader.evolvedColumns()["notes"] ?? [])
      #expect(kept.columns == stream.columns)
      _ = try await loader.claim(kept)
      _ = try await loader.write(
        .of(
          kept,
          [.note(1, .text("n"), size: .integer(9)), .note(3, .text("n"), size: .integer(3))],
          at: seconds, rejected: rejected))
      #expect(try await loader.drift(of: "notes").widened.isEmpty)
      await loader.close()
    }
    #expect(
      try await rows("SELECT id FROM activecampaign.notes WHERE _deleted_at IS NULL") == ["1"])
  }

  @Test func `are none that hold another type than is compared`() async throws {
    let stream = Self.offers()
    let loader = try await Loader.holding(stream)
    _ = try await loader.write(.of(stream, [.offer(1, .text("keep"), changed: .at(1))]))
    _ = try await loader.write(.of(stream, [.offer(1, .integer(7), changed: .at(2))], at: 20))
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
