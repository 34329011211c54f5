import Catalog
import Postgres
public import Replication
import TestSupport
import Testing

@testable public import Warehouse

extension Loader: BackfillKeeper {}

@Suite(.freshDatabase) struct `A backfill's windows` {
  private static let first = CalendarDay(daysSinceEpoch: 18_000)

  private func range(_ days: Int64 = 90, by length: Int64 = 30) throws -> BackfillRange {
    try #require(
      BackfillRange(first: Self.first, last: Self.first.adding(days - 1), days: length))
  }

  /// A loader that holds notes, and the first window of a backfill of them.
  private func begun() async throws -> (Loader, WindowKey) {
    let loader = try await Loader.holding(.notes)
    let record = try await loader.open(range(), of: "notes", isAgain: false)
    return (
      loader, WindowKey(backfill: record.id, window: try #require(record.range.windows.first))
    )
  }

  private func batch(
    _ keys: [Int64], segments: [Segment] = [Segment(id: 0, position: 1)]
  ) -> Batch {
    .of(.notes, keys.map { .note($0, .text("\($0)")) }, walk: "window", segments: segments)
  }

  private func state() async throws -> [String] {
    try await rows(
      """
      SELECT concat_ws(' ', floor, walk_signature, walk_started_at, last_success, complete_as_of,
        whole_as_of, is_ordered, known_shortage) FROM acsync.stream_state
      """)
  }

  @Test func `are told of before anything is laid out`() async throws {
    let loader = try await Loader.open(
      uri: Database.current.uri, account: "a", applicationName: "test")
    #expect(try await loader.backfills().isEmpty)
    #expect(try await loader.backfill(of: "notes", in: range()) == nil)
  }

  @Test func `are recorded with the rows they bring, and found again`() async throws {
    let (loader, window) = try await begun()
    let segments = [Segment(id: 0, upper: 9, position: 4, overlap: 1, edge: 3), Segment(id: 1)]
    let receipt = try await loader.commit(
      batch([1, 2, 3], segments: segments), to: window, requests: 2)
    #expect(receipt == Receipt(CommitCounts(inserted: 3)))
    #expect(
      try await loader.unfinished(window)
        == WalkProgress(signature: "window", startedAt: .at(0), segments: segments))
    let more = batch([3, 4]).closing(completeSince: .at(1))
    #expect(try await loader.commit(more, to: window, requests: 1).verdict == .closed(shortage: 0))
    #expect(try await loader.unfinished(window) == nil)
    #expect(try await rows("SELECT * FROM acsync.backfill_seen").isEmpty)
    #expect(try await rows("SELECT * FROM acsync.backfill_segments").isEmpty)
    try await loader.end(window.backfill, .paused, message: "a reason")
    let record = try #require(try await loader.backfill(of: "notes", in: range()))
    #expect(record.done.map(\.window) == [window.window] && record.windows.count == 1)
    #expect(record.outcome == .paused && record.message == "a reason")
    let done = try #require(record.done.first)
    #expect(done.requests == 3 && done.rows == 5)
    #expect(done.counts == CommitCounts(inserted: 4, unchanged: 1))
    #expect(try await loader.states()["notes"]?.liveRows == 4)
    #expect(try await rows("SELECT id::text FROM activecampaign.notes").count == 4)
  }

  @Test func `leave the stream's own progress as it is`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(
      .of(.notes, [.note(1, .null)]).closing(floor: .at(7), completeSince: .at(1)))
    _ = try await loader.write(.of(.notes, [.note(2, .null)], walk: "cut off"))
    let before = try await state()
    let segments = try await rows("SELECT s::text FROM acsync.segment_state s ORDER BY 1")
    let record = try await loader.open(range(), of: "notes", isAgain: false)
    for window in record.range.windows {
      _ = try await loader.commit(
        batch([3, 4, 5]).closing(floor: .at(900), completeSince: .at(900)),
        to: WindowKey(backfill: record.id, window: window), requests: 1)
    }
    #expect(try await state() == before)
    #expect(try await rows("SELECT s::text FROM acsync.segment_state s ORDER BY 1") == segments)
  }

  @Test func `keep what they bring from being taken for gone by a walk that was cut off`()
    async throws
  {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.commit(.whole([1, 2, 3], walk: "cut off"))
    let record = try await loader.open(range(), of: "notes", isAgain: false)
    let window = WindowKey(
      backfill: record.id, window: try #require(record.range.windows.first))
    _ = try await loader.commit(batch([9]).closing(), to: window, requests: 1)
    let receipt = try await loader.commit(.whole([4], walk: "cut off").ending(total: 4))
    #expect(receipt.verdict == .closed(shortage: 0) && receipt.counts.deleted == 0)
    #expect(try await rows("SELECT id::text FROM activecampaign.notes").count == 5)
  }

  @Test func `are not closed short of their total, unless two readings agree`() async throws {
    let (loader, window) = try await begun()
    let short = try await loader.commit(batch([1, 2]).ending(total: 5), to: window, requests: 1)
    #expect(short.verdict == .short(seen: 2, total: 5))
    #expect(try await loader.backfill(of: "notes", in: range())?.done.isEmpty == true)
    var again = batch([1, 2])
    again.closing = Closing(
      floor: nil, completeSince: .at(0), total: 5, acceptedShortage: 3)
    #expect(
      try await loader.commit(again, to: window, requests: 1).verdict == .closed(shortage: 3))
  }

  @Test func `are begun anew by another walk`() async throws {
    let (loader, window) = try await begun()
    _ = try await loader.commit(batch([1, 2, 3]), to: window, requests: 1)
    let other = Batch.of(.notes, [.note(4, .null)], walk: "another").ending(total: 2)
    #expect(
      try await loader.commit(other, to: window, requests: 1).verdict == .short(seen: 1, total: 2))
  }

  @Test func `are refused once another run has taken the stream`() async throws {
    let (loader, window) = try await begun()
    _ = try await rows(
      "UPDATE acsync.stream_state SET epoch = epoch + 1 RETURNING epoch::text")
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.commit(batch([1]), to: window, requests: 1)
    }
    if case .fenced? = error {} else { Issue.record("\(String(describing: error))") }
    #expect(try await rows("SELECT id::text FROM activecampaign.notes").isEmpty)
    #expect(try await rows("SELECT * FROM acsync.backfill_windows").isEmpty)
  }

  @Test func `let the stream go, so that another can have it`() async throws {
    let (loader, _) = try await begun()
    let other = try await Loader.fresh()
    #expect(try await other.wait(for: ["notes"], atMost: .zero) == false)
    try await loader.release("notes")
    #expect(try await other.wait(for: ["notes"], atMost: .zero))
    _ = try await other.claim(.notes)
    #expect(try await loader.wait(for: ["notes"], atMost: .zero) == false)
  }

  @Test func `are read again where that is asked for, and not otherwise`() async throws {
    let (loader, window) = try await begun()
    _ = try await loader.commit(batch([1]).closing(), to: window, requests: 1)
    #expect(try await loader.open(range(), of: "notes", isAgain: false).done.count == 1)
    #expect(try await loader.open(range(120), of: "notes", isAgain: false).done.count == 1)
    #expect(try await loader.open(range(by: 45), of: "notes", isAgain: false).done.isEmpty)
    #expect(try await loader.open(range(), of: "notes", isAgain: true).done.isEmpty)
  }
}
