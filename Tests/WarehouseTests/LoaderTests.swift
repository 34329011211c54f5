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
    _ = try await loader.write(.of(.notes, [.note(1, .text("a"))], segments: segments))
    #expect(
      try await loader.states()["notes"]
        == StreamState(
          unfinished: WalkProgress(signature: "all", startedAt: .at(0), segments: segments),
          liveRows: 1))
  }

  @Test func `forgets runs after 400 days and summaries after 30, the oldest first`() async throws {
    let loader = try await Loader.holding(.notes)
    try await script(
      """
      INSERT INTO acsync.runs (account, version, streams, started_at, summary)
      SELECT account, 'old', '{}', now() - days * interval '1 day', '{}'
      FROM generate_series(1, 501) AS days, (VALUES ('acme'), ('other')) AS v (account)
      ORDER BY days DESC
      """)
    func end() async throws -> [String] {
      try await loader.end(
        RunReport(
          outcome: .done, exitCode: 0, streams: [], requests: 0, retries: 0, duration: .zero),
        summary: nil)
      return try await rows(
        "SELECT account, count(*), count(summary) FROM acsync.runs WHERE version = 'old' GROUP BY 1 ORDER BY 1"
      )
    }
    // A hundred at a time; the run that forgets them is the account's oldest by its number.
    #expect(try await end() == ["acme|402|302", "other|501|501"])
    for _ in 0..<5 { _ = try await end() }
    #expect(try await end() == ["acme|399|29", "other|501|501"])
  }

  @Test func `keeps neither when the rows are refused`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(.of(.notes, [.note(1, .text("good"))]))
    try await script("ALTER TABLE activecampaign.notes ADD CHECK (note <> 'bad')")
    let before = try await loader.states()
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.write(
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
        try await loader.write(.of(.notes, [row]))
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
    #expect(try await loader.write(batch) == CommitCounts(inserted: 2, rejected: 1))
    let before = try await (loader.states(), rows("SELECT * FROM activecampaign.notes"))
    #expect(try await loader.write(batch) == CommitCounts(unchanged: 2, rejected: 1))
    #expect(try await loader.states() == before.0)
    #expect(try await rows("SELECT * FROM activecampaign.notes") == before.1)
    #expect(try await rows("SELECT id FROM acsync.rejected_rows").count == 1)
  }

  @Test func `takes a batch without pages: progress alone`() async throws {
    let loader = try await Loader.holding(.notes)
    var batch = Batch.of(.notes, [])
    batch.pages = []
    #expect(try await loader.write(batch) == CommitCounts())
    #expect(try await loader.states()["notes"]?.unfinished == batch.progress)
  }

  @Test func `updates the segments that moved and leaves the others`() async throws {
    let loader = try await Loader.holding(.notes)
    let (first, second) = (Segment(id: 0, position: 1), Segment(id: 1, position: 5))
    _ = try await loader.write(.of(.notes, [], segments: [first, second]))
    let moved = Segment(id: 1, upper: 9, position: 7, isDone: true)
    _ = try await loader.write(.of(.notes, [], segments: [moved]))
    #expect(try await loader.states()["notes"]?.unfinished?.segments == [first, moved])
  }

  @Test func `forgets what another walk left`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(
      .of(.notes, [], segments: [Segment(id: 0, position: 1), Segment(id: 1, position: 5)]))
    _ = try await loader.write(.of(.notes, [], walk: "other", segments: [Segment(id: 0)]))
    let unfinished = try await loader.states()["notes"]?.unfinished
    #expect(
      unfinished
        == WalkProgress(signature: "other", startedAt: .at(0), segments: [Segment(id: 0)]))
  }

  @Test func `clears the walk at its end, and never moves the floor backwards`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(
      .of(.notes, [], at: 9).closing(floor: .at(100), completeSince: .at(8)))
    #expect(
      try await loader.states()["notes"] == StreamState(floor: .at(100), lastSuccess: .at(9)))
    _ = try await loader.write(
      .of(.notes, [], at: 6).closing(floor: .at(50), completeSince: .at(5)))
    #expect(
      try await loader.states()["notes"] == StreamState(floor: .at(100), lastSuccess: .at(9)))
    for time in [8, 5] { try await loader.confirm(.notes, completeSince: .at(Int64(time))) }
    #expect(try await loader.status().first?.completeAsOf == .at(8))
    #expect(try await rows("SELECT * FROM acsync.segment_state").isEmpty)
  }

  @Test func `keeps values that did not fit, each once`() async throws {
    let loader = try await Loader.holding(.notes)
    let keyless = RejectedValue(key: nil, column: "id", raw: "x\0y", reason: "no number")
    let long = RejectedValue(
      key: 1, column: "note", raw: String(repeating: #"\"{},"#, count: 5000), reason: "r")
    for _ in 0..<3 {
      _ = try await loader.write(.of(.notes, [], rejected: [.size, keyless, long, long]))
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
    _ = try await loader.write(.of(.notes, [.note(1, .null), .note(2, .null)]))
    _ = try await loader.write(.of(.notes, [.note(2, .text("b")), .note(3, .null)], at: 20))
    #expect(try await loader.finish(StreamReport(stream: "notes", mode: .fullRefresh)) == 3)
  }

  @Test func `is refused for a stream that was not claimed`() async throws {
    let loader = try await Loader.fresh()
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.write(.of(.notes, []))
    }
    #expect(error?.explanation.fault == .internalError)
  }

  @Test func `never shows a reader fewer rows than there were`() async throws {
    let loader = try await Loader.holding(.notes)
    let batch = { (text: String) in
      Batch.of(.notes, (0..<500).map { .note($0, .text(text)) }, at: 20)
    }
    _ = try await loader.write(batch("first"))
    let writer = Task {
      for number in 0..<20 {
        let counts = try await loader.write(batch("text \(number)"))
        #expect(counts.updated == 500)
      }
      try await script("CREATE TABLE public.written ()")
    }
    let reader = try await Database.connect()
    var isWritten = false
    while !isWritten {
      let counted = try await reader.query(
        """
        SELECT count(*) AS count, to_regclass('public.written') IS NOT NULL AS is_written
        FROM activecampaign.notes
        """)
      let row = try #require(counted.first)
      isWritten = try row.value("is_written")
      #expect(try row.value("count") == 500)
    }
    try await writer.value
  }

  @Test(arguments: 0..<8)
  func `ends with the newest version of each row, in whatever order they come`(
    seed: UInt64
  ) async throws {
    var random = Seeded(seed)
    let loader = try await Loader.holding(.offers)
    var answers: [(row: Catalog.Row, time: Int64)] = []
    var newest: [Int64: (changed: Int64, time: Int64)] = [:]
    for time in Int64(0)..<60 {
      let key = Int64.random(in: 0..<8, using: &random)
      let changed = Int64.random(in: 0..<5, using: &random)
      answers.append((.offer(key, .text("\(time)"), changed: .at(changed)), time))
      let held = newest[key] ?? (-1, -1)
      if held < (changed, time) { newest[key] = (changed, time) }
    }
    answers.shuffle(using: &random)
    while !answers.isEmpty {
      var batch = Batch.of(.offers, [])
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        guard let (row, time) = answers.popLast() else { break }
        batch.pages.append(Page(rows: [row], received: 1, total: nil, serverTime: .at(time)))
      }
      _ = try await loader.write(batch)
    }
    let expected = newest.sorted { $0.key < $1.key }.map { "\($0.key)|\($0.value.time)" }
    #expect(try await rows("SELECT id, title FROM activecampaign.offers ORDER BY id") == expected)
  }
}

extension RejectedValue {
  /// A size that is no `smallint`.
  static let size = RejectedValue(key: 4, column: "size", raw: "70000", reason: "too large")
}
