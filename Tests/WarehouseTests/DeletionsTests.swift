import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Rows that a whole walk did not see` {
  /// A loader whose table holds notes 1 to `count`.
  private func holding(_ count: Int64) async throws -> Loader {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.commit(.whole(Array(1...count)).ending(total: count))
    return loader
  }

  private func live() async throws -> [String] {
    try await rows(
      "SELECT id::text FROM activecampaign.notes WHERE _deleted_at IS NULL ORDER BY id")
  }

  @Test func `are marked with the walk's end, in one transaction`() async throws {
    let loader = try await holding(5)
    let receipt = try await loader.commit(.whole([1, 2, 4], walk: "b", at: 77).ending(total: 3))
    #expect(receipt.verdict == .closed(shortage: 0) && receipt.counts.deleted == 2)
    #expect(try await live() == ["1", "2", "4"])
    #expect(try await loader.states()["notes"]?.liveRows == 3)
    #expect(try await rows("SELECT * FROM acsync.seen_keys").isEmpty)
    let marked = try await rows(
      "SELECT extract(epoch FROM _deleted_at)::bigint::text FROM activecampaign.notes WHERE id = 3")
    #expect(marked == [String(Instant.at(77).microseconds / 1_000_000)])
  }

  @Test func `are those of all its batches, also of an earlier run's`() async throws {
    let loader = try await holding(5)
    _ = try await loader.commit(.whole([1, 2], walk: "b"))
    await loader.close()
    let next = try await Loader.holding(.notes)
    let receipt = try await next.commit(.whole([3, 4], walk: "b").ending(total: 4))
    #expect(receipt.counts.deleted == 1)
    #expect(try await live() == ["1", "2", "3", "4"])
  }

  @Test func `are not marked when the walk fell short of the total`() async throws {
    let loader = try await holding(5)
    let receipt = try await loader.commit(.whole([1, 2, 4], walk: "b").ending(total: 4))
    #expect(receipt.verdict == .short(seen: 3, total: 4))
    #expect(try await live().count == 5)
    #expect(try await loader.states()["notes"]?.unfinished != nil)
  }

  @Test func `are not hidden by what a walk before it saw`() async throws {
    let loader = try await holding(5)
    _ = try await loader.commit(.whole([1, 2, 3, 4, 5], walk: "b"))
    let receipt = try await loader.commit(.whole([1, 2, 4], walk: "c").ending(total: 4))
    #expect(receipt.verdict == .short(seen: 3, total: 4))
  }

  @Test func `are no more if its end is committed twice, since the first answer was lost`()
    async throws
  {
    let loader = try await holding(5)
    _ = try await loader.commit(.whole([1, 2], walk: "b"))
    let end = Batch.whole([3, 4, 5], walk: "b").ending(total: 5)
    #expect(try await loader.commit(end).verdict == .closed(shortage: 0))
    await loader.loseLastAnswer()
    #expect(try await loader.commit(end) == Receipt(CommitCounts()), "it was done already")
    #expect(try await live().count == 5)
    #expect(try await loader.states()["notes"]?.unfinished == nil)
  }

  @Test func `may be fewer than the total once two walks agree, and stay so`() async throws {
    let loader = try await holding(5)
    let keys: [Int64] = [1, 2, 4, 5]
    let second = try await loader.commit(.whole(keys, walk: "c").ending(total: 6, accepting: 2))
    #expect(second.verdict == .closed(shortage: 2))
    let third = try await loader.commit(.whole(keys, walk: "d").ending(total: 6))
    #expect(third.verdict == .closed(shortage: 2))
  }

  @Test func `are missed, as far as is known, where two walks fall short by unlike numbers`()
    async throws
  {
    let loader = try await holding(5)
    let keys: [Int64] = [1, 2, 4, 5]
    let receipt = try await loader.commit(.whole(keys, walk: "c").ending(total: 6, accepting: 3))
    #expect(receipt.verdict == .short(seen: 4, total: 6))
  }

  @Test func `are suspected at once where the total shows that they are gone`() async throws {
    let loader = try await holding(5)
    let moving = try await loader.commit(
      .whole([1, 2, 3, 4], walk: "b").unproven(total: 3, atOnce: true))
    #expect(moving.suspects.isEmpty, "the walk did not see what the total tells")
    _ = try await loader.commit(.whole([1, 2, 3, 4, 5], walk: "c").unproven(total: 5))
    let exact = try await loader.commit(
      .whole([1, 2, 3, 4], walk: "d").unproven(total: 4, atOnce: true))
    #expect(exact.suspects == [5] && exact.counts.deleted == 0)
  }

  @Test func `are not marked when they are too many`() async throws {
    let loader = try await holding(100)
    let receipt = try await loader.commit(.whole([1, 2], walk: "b").ending(total: 2))
    #expect(receipt.verdict == .refused(missing: 98, live: 100))
    #expect(try await live().count == 100)
    #expect(try await loader.states()["notes"]?.unfinished == nil)
  }

  @Test func `are only suspected where the order proves nothing`() async throws {
    let loader = try await holding(5)
    let first = try await loader.commit(.whole([1, 2, 3, 4], walk: "b").unproven(total: 4))
    #expect(first.suspects.isEmpty && first.counts.deleted == 0)
    let second = try await loader.commit(.whole([1, 2, 3, 4], walk: "c").unproven(total: 4))
    #expect(second.suspects == [5])
    #expect(try await live().count == 5)
    _ = try await loader.commit(.whole([1, 2, 3, 4, 5], walk: "d").unproven(total: 5))
    let fourth = try await loader.commit(.whole([1, 2, 3, 4], walk: "e").unproven(total: 4))
    #expect(fourth.suspects.isEmpty, "seen again, it is no longer suspected")
  }

  @Test func `are removed or left where the rule says so`() async throws {
    let loader = try await holding(5)
    var ignoring = DeletionRule()
    ignoring.manner = .ignore
    _ = try await loader.commit(.whole([1, 2], walk: "b").ending(total: 2, by: ignoring))
    #expect(try await live().count == 5)
    var removing = DeletionRule()
    removing.manner = .hard
    _ = try await loader.commit(.whole([1, 2, 3, 4], walk: "c").ending(total: 4, by: removing))
    #expect(try await rows("SELECT id::text FROM activecampaign.notes").count == 4)
  }

  @Test func `come back to life when a page brings them again`() async throws {
    let loader = try await holding(5)
    _ = try await loader.commit(.whole([1, 2, 4, 5], walk: "b").ending(total: 4))
    let receipt = try await loader.commit(.whole([1, 2, 3, 4, 5], walk: "c").ending(total: 5))
    #expect(receipt.counts.updated == 1)
    #expect(try await live().count == 5)
    #expect(try await loader.states()["notes"]?.liveRows == 5)
  }

  @Test func `are marked one by one only by the run that holds the stream`() async throws {
    let loader = try await holding(5)
    #expect(try await loader.delete([2, 3, 99], of: .notes, by: DeletionRule(), at: .at(9)) == 2)
    #expect(try await live() == ["1", "4", "5"])
    try await execute("UPDATE acsync.stream_state SET epoch = epoch + 1")
    await #expect(throws: WarehouseError.self) {
      try await loader.delete([4], of: .notes, by: DeletionRule(), at: .at(9))
    }
    #expect(try await live() == ["1", "4", "5"])
  }

  @Test func `are counted and listed by key`() async throws {
    let loader = try await holding(5)
    _ = try await loader.delete([3], of: .notes, by: DeletionRule(), at: .at(9))
    #expect(
      try await loader.liveKeys(of: .notes, after: 1, below: 5, skipping: 0, limit: 9) == [2, 4])
    #expect(
      try await loader.liveKeys(of: .notes, after: 0, below: nil, skipping: 1, limit: 2) == [2, 4])
    #expect(try await loader.highestLiveKey(of: .notes) == 5)
    func row(_ key: Int64) -> PlacedRow { PlacedRow(key: key, place: key) }
    #expect(try await loader.rank(of: row(4), in: .notes) == 2)
    #expect(try await loader.rank(of: .last, in: .notes) == 4)
    let placed = try await loader.liveRows(of: .notes, from: row(2), upTo: row(5))
    #expect(placed == [row(2), row(4)])
  }

  @Test func `are placed by the time that their list is ordered by`() async throws {
    let stream = StreamDefinition(
      "offers", "Offers in order of a time", path: "offers", rows: "offers",
      cursor: StreamDefinition.offers.cursor, paging: .offset(order: "mdate"),
      columns: StreamDefinition.offers.columns)
    let loader = try await Loader.fresh()
    #expect(try await loader.claim(stream) == StreamState())
    let times: [(Int64, Value)] = [
      (1, .instant(.at(10))), (2, .null), (3, .instant(.at(30))), (4, .null),
    ]
    _ = try await loader.commit(
      .of(stream, times.map { Row(key: $0.0, values: [.integer($0.0), .text("o"), $0.1]) }))
    let early = PlacedRow(key: 1, place: Instant.at(10).microseconds)
    let late = PlacedRow(key: 3, place: Instant.at(30).microseconds)
    #expect(try await loader.rank(of: .first, in: stream) == 0)
    #expect(try await loader.rank(of: early, in: stream) == 0)
    // The second row has no time; by its key, it stands before the third.
    #expect(try await loader.rank(of: late, in: stream) == 2)
    #expect(try await loader.rank(of: .last, in: stream) == 4)
    let between = try await loader.liveRows(of: stream, from: early, upTo: late)
    #expect(Set(between) == [early, PlacedRow(key: 2, place: .min)])
    #expect(try await loader.liveRows(of: stream, from: late, upTo: .last).count == 2)
    #expect(try await loader.liveRows(of: stream, from: .first, upTo: .last).count == 4)
  }

  private func execute(_ sql: String) async throws {
    try await Database.connect().script(sql)
  }
}

extension Loader {
  /// Lets the next batch have the last one's number, as when its commit was done and not answered.
  fileprivate func loseLastAnswer() { claims["notes"]?.batches -= 1 }
}

extension Batch {
  /// A page of a whole walk over notes.
  static func whole(
    _ keys: [Int64], walk: String = "a", at seconds: Int64 = 10
  ) -> Batch {
    let plain = Batch.of(.notes, keys.map { .note($0, .text("n")) }, at: seconds, walk: walk)
    return Batch(
      stream: plain.stream, pages: plain.pages, progress: plain.progress, isWhole: true)
  }

  func ending(
    total: Int64, by rule: DeletionRule = DeletionRule(), accepting shortage: Int64 = 0,
    provesAbsence: Bool = true, atOnce: Bool = false
  ) -> Batch {
    var batch = self
    batch.closing = Closing(
      floor: nil, completeSince: .at(0), total: total, deletions: rule,
      provesAbsence: provesAbsence, suspectsAtOnce: atOnce, acceptedShortage: shortage)
    return batch
  }

  fileprivate func unproven(total: Int64, atOnce: Bool = false) -> Batch {
    ending(total: total, provesAbsence: false, atOnce: atOnce)
  }
}
