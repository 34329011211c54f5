import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Committing a batch` {
  @Test func `keeps rows and progress together`() async throws {
    let loader = try await Loader.holding(.notes)
    let segments = [
      Segment(id: 0, parent: 7, upper: 100, position: 50),
      Segment(id: 1, upper: nil, position: 100, isDone: true),
    ]
    _ = try await loader.commit(.of(.notes, [.note(1, .text("a"))], segments: segments))
    #expect(
      try await loader.states()["notes"]
        == StreamState(
          unfinished: WalkProgress(signature: "all", startedAt: .at(0), segments: segments),
          liveRows: 1))
  }

  @Test func `keeps neither when the rows are refused`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.commit(.of(.notes, [.note(1, .text("good"))]))
    try await script("ALTER TABLE activecampaign.notes ADD CHECK (note <> 'bad')")
    let before = try await loader.states()
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.commit(
        .of(
          .notes, [.note(1, .text("better")), .note(2, .text("bad"))],
          segments: [Segment(id: 0, position: 99)], rejected: [.size]
        ).closing(floor: .at(5)))
    }
    #expect(error?.explanation.consequence == .lasting(.failStream))
    #expect(error?.description.contains("bad") == false)
    #expect(try await loader.states() == before)
    #expect(try await rows("SELECT id, note FROM activecampaign.notes") == ["1|good"])
    #expect(try await rows("SELECT id FROM acsync.rejected_rows").isEmpty)
  }

  @Test func `refuses a row that is not made as the catalogue says`() async throws {
    let loader = try await Loader.holding(.notes)
    for row: Catalog.Row in [
      .note(1, .integer(5)), .note(1, .null, size: .integer(70_000)),
      Row(key: 1, values: [.integer(1)]),
    ] {
      let error = await #expect(throws: WarehouseError.self) {
        try await loader.commit(.of(.notes, [row]))
      }
      #expect(error?.explanation.fault == .internalError)
    }
    #expect(try await rows("SELECT id FROM activecampaign.notes").isEmpty)
  }

  @Test func `changes nothing when done again`() async throws {
    let loader = try await Loader.holding(.notes)
    let batch = Batch.of(
      .notes, [.note(1, .text("a")), .note(2, .text("b"))], rejected: [.size]
    ).closing(floor: .at(5))
    #expect(try await loader.commit(batch) == CommitCounts(inserted: 2, rejected: 1))
    let before = try await (loader.states(), rows("SELECT * FROM activecampaign.notes"))
    #expect(try await loader.commit(batch) == CommitCounts(unchanged: 2, rejected: 1))
    #expect(try await loader.states() == before.0)
    #expect(try await rows("SELECT * FROM activecampaign.notes") == before.1)
    #expect(try await rows("SELECT id FROM acsync.rejected_rows").count == 1)
  }

  @Test func `takes a batch without pages: progress alone`() async throws {
    let loader = try await Loader.holding(.notes)
    var batch = Batch.of(.notes, [])
    batch.pages = []
    #expect(try await loader.commit(batch) == CommitCounts())
    #expect(try await loader.states()["notes"]?.unfinished == batch.progress)
  }

  @Test func `updates the segments that moved and leaves the others`() async throws {
    let loader = try await Loader.holding(.notes)
    let (first, second) = (Segment(id: 0, position: 1), Segment(id: 1, position: 5))
    _ = try await loader.commit(.of(.notes, [], segments: [first, second]))
    let moved = Segment(id: 1, upper: 9, position: 7, isDone: true)
    _ = try await loader.commit(.of(.notes, [], segments: [moved]))
    #expect(try await loader.states()["notes"]?.unfinished?.segments == [first, moved])
  }

  @Test func `forgets what another walk left`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.commit(
      .of(.notes, [], segments: [Segment(id: 0, position: 1), Segment(id: 1, position: 5)]))
    _ = try await loader.commit(.of(.notes, [], walk: "other", segments: [Segment(id: 0)]))
    let unfinished = try await loader.states()["notes"]?.unfinished
    #expect(
      unfinished
        == WalkProgress(signature: "other", startedAt: .at(0), segments: [Segment(id: 0)]))
  }

  @Test func `clears the walk at its end, and never moves the floor backwards`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.commit(
      .of(.notes, [], at: 9).closing(floor: .at(100), completeSince: .at(8)))
    #expect(
      try await loader.states()["notes"] == StreamState(floor: .at(100), lastSuccess: .at(9)))
    _ = try await loader.commit(
      .of(.notes, [], at: 6).closing(floor: .at(50), completeSince: .at(5)))
    #expect(
      try await loader.states()["notes"] == StreamState(floor: .at(100), lastSuccess: .at(9)))
    #expect(try await loader.status().first?.completeAsOf == .at(8))
    #expect(try await rows("SELECT * FROM acsync.segment_state").isEmpty)
  }

  @Test func `keeps values that did not fit, each once`() async throws {
    let loader = try await Loader.holding(.notes)
    let keyless = RejectedValue(key: nil, column: "id", raw: "x\0y", reason: "no number")
    let long = RejectedValue(
      key: 1, column: "note", raw: String(repeating: #"\"{},"#, count: 5000), reason: "r")
    for _ in 0..<3 {
      _ = try await loader.commit(.of(.notes, [], rejected: [.size, keyless, long, long]))
    }
    let kept = try await rows(
      """
      SELECT account, stream, run, row_key, column_name, raw, reason
      FROM acsync.rejected_rows ORDER BY column_name
      """)
    #expect(
      kept == [
        "acme|notes|1|id|xy|no number", "acme|notes|1|1|note|\(long.raw)|r",
        "acme|notes|1|4|size|70000|too large",
      ])
  }

  @Test func `counts the rows that live`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.commit(.of(.notes, [.note(1, .null), .note(2, .null)]))
    _ = try await loader.commit(.of(.notes, [.note(2, .text("b")), .note(3, .null)], at: 20))
    #expect(try await loader.finish(StreamReport(stream: "notes", mode: .fullRefresh)) == 3)
  }

  @Test func `is refused for a stream that was not claimed`() async throws {
    let loader = try await Loader.fresh()
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.commit(.of(.notes, []))
    }
    #expect(error?.explanation.fault == .internalError)
  }

  @Test func `never shows a reader fewer rows than there were`() async throws {
    let loader = try await Loader.holding(.notes)
    let batch = { (text: String) in
      Batch.of(.notes, (0..<500).map { .note($0, .text(text)) }, at: 20)
    }
    _ = try await loader.commit(batch("first"))
    let reader = Task {
      let connection = try await Database.connect()
      var fewest = Int.max
      while !Task.isCancelled {
        let counted = try? await connection.query("SELECT count(*) FROM activecampaign.notes")
        if let count = try counted?.first?[0] as Int? { fewest = min(fewest, count) }
      }
      await connection.close()
      return fewest
    }
    for number in 0..<20 {
      #expect(try await loader.commit(batch("text \(number)")).updated == 500)
    }
    reader.cancel()
    #expect(try await reader.value == 500)
  }
}

extension RejectedValue {
  /// A size that is no `smallint`.
  static let size = RejectedValue(key: 4, column: "size", raw: "70000", reason: "too large")
}

@Suite(.freshDatabase) struct `The catalogue's streams` {
  @Test(arguments: StreamDefinition.all)
  func `take a row of nulls and a row of everything`(stream: StreamDefinition) async throws {
    let loader = try await Loader.holding(stream)
    let batch = Batch.of(stream, [row(1, of: stream) { _ in .null }, row(2, of: stream, full)])
    #expect(try await loader.commit(batch) == CommitCounts(inserted: 2))
    #expect(try await loader.commit(batch) == CommitCounts(unchanged: 2))
    let table = Table(of: stream)
    let filled = try await rows(
      """
      SELECT (
        SELECT count(*) FROM jsonb_object_keys(jsonb_strip_nulls(to_jsonb(t))) AS name
        WHERE name NOT LIKE '\\_%'
      ) FROM \(table.name) t ORDER BY 1
      """)
    #expect(filled == ["1", "\(stream.columns.count)"])
    let uncommented = try await rows(
      """
      SELECT attname FROM pg_attribute WHERE attrelid = \(table.title)::regclass AND attnum > 0
        AND col_description(attrelid, attnum) IS NULL
      """)
    let meaningless = stream.columns.filter(\.meaning.isEmpty).map(\.name)
    #expect(uncommented == meaningless)
  }

  private func row(
    _ key: Int64, of stream: StreamDefinition, _ value: (Column) -> Value
  ) -> Catalog.Row {
    Row(key: key, values: stream.columns.map { $0.isKey ? .integer(key) : value($0) })
  }

  private func full(_ column: Column) -> Value {
    switch column.kind {
    case .bigint: .integer(.max)
    case .smallint: .integer(-32_768)
    case .boolean: .boolean(true)
    case .text: .text("text")
    case .timestamptz: .instant(.at(0))
    case .timestamp: .wallClock(microseconds: -1)
    case .date: .day(CalendarDay(daysSinceEpoch: 20_000))
    case .numeric: .text("-12345678901234567890.000000001")
    case .jsonb, .embeddedJSON: .json(#"{"a": [1, null, "x"]}"#)
    }
  }
}
