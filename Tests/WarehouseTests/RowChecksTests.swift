import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Checks of rows` {
  @Test(
    arguments: [
      (StreamCheck.Rule.minRows(4), nil, true), (.minRows(5), nil, false),
      (.unique(["id"]), 0, true), (.unique(["note"]), 2, false),
      (.unique(["note", "size"]), 0, true),
      (.notNull(["note"]), 0, true), (.notNull(["size"]), 1, false),
      (.notNull(["note", "size"]), 1, false),
      (.acceptedValues(column: "size", ["1", "2", "3"]), 0, true),
      (.acceptedValues(column: "size", ["1"]), 2, false),
      (.sql("SELECT 1 WHERE false"), 0, true),
      (.sql("SELECT id FROM activecampaign.notes -- all"), 5, false),
      (.sql("WITH w AS (SELECT 1) TABLE w"), 1, false),
      (.freshness(column: nil, age: .seconds(60)), nil, false),
      (.freshness(column: "_synced_at", age: .seconds(60)), nil, false),
    ] as [(StreamCheck.Rule, Int64?, Bool)])
  func `count live rows that are wrong`(
    rule: StreamCheck.Rule, failing: Int64?, isGood: Bool
  ) async throws {
    let session = try await filled()
    let result = try #require(try await session.results(of: [check(rule)], on: .notes).first)
    #expect((result.outcome == .passed) == isGood, "\(result)")
    if failing != nil { #expect(result.failingRows == failing) }
    #expect((result.message == nil) == isGood)
    await session.close()
  }

  @Test func `take 0 and 1 for truth values, as the API writes them`() async throws {
    let flags = StreamDefinition(
      "flags", "Flags", path: "flags", rows: "flags",
      columns: [.key("id", .bigint), .column("deleted", .boolean)])
    let loader = try await Loader.holding(flags)
    await loader.close()
    try await script(
      """
      INSERT INTO activecampaign.flags (id, deleted, _synced_at)
      VALUES (1, true, now()), (2, false, now()), (3, NULL, now())
      """)
    let session = try `What has been told`.session()
    for (values, wrong) in [
      (["0", "1"], 0), (["false", "true"], 0), (["0"], 1), (["true"], 1), (["2"], 2),
    ] as [([String], Int64)] {
      let rule = StreamCheck.Rule.acceptedValues(column: "deleted", values)
      let result = try #require(try await session.results(of: [check(rule)], on: flags).first)
      #expect(result.failingRows == wrong, "\(values)")
    }
    await session.close()
  }

  @Test func `know what is fresh`() async throws {
    let session = try await filled()
    try await script(
      """
      UPDATE acsync.stream_state SET complete_as_of = now();
      UPDATE activecampaign.notes SET _synced_at = now()
      """)
    let rules: [StreamCheck.Rule] = [
      .freshness(column: nil, age: .seconds(600)),
      .freshness(column: "_synced_at", age: .seconds(600)),
    ]
    let results = try await session.results(of: rules.map(check), on: .notes)
    #expect(results.map(\.outcome) == [.passed, .passed])
    await session.close()
  }

  @Test func `that cannot be looked at have failed, and write nothing`() async throws {
    let session = try await filled()
    let rules: [StreamCheck.Rule] = [
      .sql("SELECT no_such_column FROM activecampaign.notes"),
      .sql("WITH gone AS (DELETE FROM activecampaign.notes RETURNING id) SELECT * FROM gone"),
      .minRows(1),
    ]
    let results = try await session.results(of: rules.map(check), on: .notes)
    #expect(results.map(\.outcome) == [.failed, .failed, .passed])
    #expect(results[0].message?.contains("could not be looked at") == true)
    #expect(try await rows("SELECT count(*) FROM activecampaign.notes") == ["5"])
    await session.close()
  }

  @Test func `are kept, one row each`() async throws {
    let session = try await filled()
    let results = try await session.results(
      of: [check(.minRows(1)), check(.notNull(["size"]), .warn)], on: .notes)
    try await session.keep(results, of: 1)
    try await session.keep(results, of: 1)
    #expect(
      try await rows(
        """
        SELECT run, account, stream, check_name, outcome, failing_rows, message
        FROM acsync.check_results ORDER BY check_name
        """) == [
          "1|acme|notes|minRows(1)|passed",
          "1|acme|notes|notNull([\"size\"])|warned|1|1 row is wrong",
        ])
    await session.close()
  }

  @Test func `notice the first empty table`() async throws {
    await (try await filled()).close()
    // What the run before came to: nothing known, four rows, none.
    for (before, isFirst) in [(nil, false), (4, true), (0, false)] as [(Int64?, Bool)] {
      let loader = try await Loader.open(
        uri: try Database.current.uri, account: "acme", applicationName: "test")
      try await loader.begin(RunOpening(version: "test", streams: ["notes"]))
      if let before {
        try await script(
          """
          INSERT INTO acsync.stream_runs (run, account, stream, mode, outcome, rows_read, inserted,
            updated, unchanged, rejected, requests, live_rows, duration_ms)
          SELECT max(id) - 1, 'acme', 'notes', 'incremental', 'done', 0, 0, 0, 0, 0, 0, \(before), 0
          FROM acsync.runs
          """)
      }
      #expect(try await loader.wasNeverEmpty("notes") == isFirst)
      await loader.close()
    }
  }

  @Test func `bind what a statement is told`() async throws {
    let session = try await filled()
    let evil = "'); DROP TABLE activecampaign.notes; --"
    let text = try TextTemplate(
      "INSERT INTO public.loads VALUES ({run.id}, {stream.name}, {stream.complete_as_of}, {run.problem})"
    )
    try await script(
      "CREATE TABLE public.loads (run bigint, stream text, at timestamptz, why text)")
    try await session.run(
      text, [.runID: .number(7), .streamName: .text(evil), .streamCompleteAsOf: .time(.at(0))],
      timeout: .seconds(60), at: "here")
    #expect(
      try await rows(
        "SELECT run, stream, at = to_timestamp(1700000000), why IS NULL FROM public.loads")
        == ["7|\(evil)|t|t"])
    await session.close()
  }

  @Test func `tell true from all else, and end what takes too long`() async throws {
    let session = try await filled()
    let failures: [(String, Int?)] = [
      ("SELECT true", nil), ("SELECT 1 WHERE false", nil), ("SELECT false", 1),
      ("SELECT null::bool", 1),
      ("SELECT 1", 1), ("VALUES (1), (2)", 2),
    ]
    for (sql, rows) in failures {
      let found = try await session.failure(
        of: try TextTemplate(sql), [:], timeout: .seconds(60), at: "here")
      #expect(found == rows, "\(sql)")
    }
    await #expect(throws: WarehouseError.self) {
      try await session.run(
        try TextTemplate("SELECT pg_sleep(600)"), [:], timeout: .milliseconds(50), at: "here")
    }
    await session.close()
  }

  private func check(_ rule: StreamCheck.Rule) -> StreamCheck { check(rule, .abort) }

  private func check(_ rule: StreamCheck.Rule, _ failure: StreamCheck.Failure) -> StreamCheck {
    StreamCheck("\(rule)", rule, onFailure: failure, at: "here")
  }

  /// Four live notes and one that is gone.
  private func filled() async throws -> SideSession {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(
      .of(
        .notes,
        [
          .note(1, .text("a"), size: .integer(1)), .note(2, .text("b"), size: .integer(2)),
          .note(3, .text("b"), size: .integer(3)), .note(4, .text("d")), .note(5, .null),
        ]))
    try await script("UPDATE activecampaign.notes SET _deleted_at = now() WHERE id = 5")
    await loader.close()
    return try `What has been told`.session()
  }
}
