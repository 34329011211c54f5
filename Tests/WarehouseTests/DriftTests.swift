import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Fields that nobody declared` {
  private static let all: Statement = """
    SELECT to_jsonb(n) - 'note' - 'size' - '_synced_at' - '_deleted_at' FROM activecampaign.notes n
    ORDER BY id
    """

  private static func notes(_ change: (inout StreamShape) -> Void) -> StreamDefinition {
    var shape = StreamShape()
    change(&shape)
    return StreamDefinition.notes.shaped(by: shape)
  }

  /// A batch of a whole walk whose rows have these fields.
  private func batch(
    _ stream: StreamDefinition, _ extras: [String?], fields: Set<String>, isWhole: Bool = true
  ) -> Batch {
    var page = Page(
      rows: extras.enumerated().map { .note(Int64($0 + 1), .text("n"), extra: $1) },
      received: extras.count, total: nil, serverTime: .at(10))
    page.undeclared = fields
    return Batch(
      stream: stream, pages: [page],
      progress: WalkProgress(signature: "all", startedAt: .at(0), segments: []),
      isWhole: isWhole,
      closing: Closing(floor: nil, completeSince: .at(0), deletions: isWhole ? DeletionRule() : nil)
    )
  }

  private func drift(
    of stream: StreamDefinition, _ extras: [String?], fields: Set<String>, isWhole: Bool = true
  ) async throws -> Drift {
    let loader = try await Loader.holding(stream)
    _ = try await loader.commit(batch(stream, extras, fields: fields, isWhole: isWhole))
    let drift = try await loader.drift(of: stream.id)
    await loader.close()
    return drift
  }

  @Test func `are told of once, and not the first time`() async throws {
    #expect(try await drift(of: .notes, [#"{"a":1}"#], fields: ["a"]) == Drift())
    let second = try await drift(of: .notes, [#"{"a":1,"b":2}"#], fields: ["a", "b"])
    #expect(second.fields == ["b"])
    #expect(second.notes == ["new field b, kept in _extra"])
    #expect(try await drift(of: .notes, [#"{"a":1,"b":2}"#], fields: ["a", "b"]) == Drift())
  }

  @Test func `cost nothing where there are none`() async throws {
    #expect(try await drift(of: .notes, [nil], fields: []) == Drift())
    #expect(try await rows("SELECT field FROM acsync.known_fields").isEmpty)
  }

  @Test func `become columns of the type that holds all their values`() async throws {
    let stream = Self.notes { $0.addsColumns = true }
    let found = try await drift(
      of: stream,
      [
        #"{"newText":"a","count":1,"rate":1,"flag":true,"list":[1],"mixed":1,"nothing":null}"#,
        #"{"newText":null,"count":-2,"rate":2.50,"flag":null,"list":null,"mixed":"x"}"#, nil,
        #"{"count":null,"note":"taken","_extra":1,"big":12345678901234567890}"#,
      ],
      fields: [
        "newText", "count", "rate", "flag", "list", "mixed", "nothing", "note", "_extra", "big",
      ])
    #expect(
      found.added.map { "\($0.name) \($0.kind)" } == [
        "big numeric", "count bigint", "flag boolean", "list jsonb", "mixed text", "new_text text",
        "rate numeric",
      ])
    #expect(
      try await rows(Self.all) == [
        #"{"id": 1, "big": null, "flag": true, "list": [1], "rate": 1, "count": 1, "mixed": "1", "_extra": {"nothing": null}, "new_text": "a"}"#,
        #"{"id": 2, "big": null, "flag": null, "list": null, "rate": 2.50, "count": -2, "mixed": "x", "_extra": null, "new_text": null}"#,
        #"{"id": 3, "big": null, "flag": null, "list": null, "rate": null, "count": null, "mixed": null, "_extra": null, "new_text": null}"#,
        #"{"id": 4, "big": 12345678901234567890, "flag": null, "list": null, "rate": null, "count": null, "mixed": null, "_extra": {"note": "taken", "_extra": 1}, "new_text": null}"#,
      ])
  }

  @Test func `that became columns are decoded as such from then on`() async throws {
    let stream = Self.notes { $0.addsColumns = true }
    _ = try await drift(of: stream, [#"{"newText":"a"}"#], fields: ["newText"])
    let loader = try await Loader.fresh()
    let known = try await loader.evolvedColumns()
    let evolved = stream.evolved(by: known["notes"] ?? [])
    #expect(evolved.columns.map(\.name) == ["id", "note", "size", "new_text"])
    #expect(evolved.columns.last?.field == "newText")
    // Nothing of it is another selection, and the whole list was read.
    #expect(try await loader.claim(evolved).wholeAsOf == .at(0))
    let row = Row(key: 1, values: [.integer(1), .text("n"), .null, .text("b")])
    _ = try await loader.write(.of(evolved, [row], at: 20))
    #expect(try await rows("SELECT new_text, _extra FROM activecampaign.notes") == ["b"])
    await loader.close()
  }

  @Test func `wait for those who read the table for long, and fail no run`() async throws {
    let stream = Self.notes { $0.addsColumns = true }
    let loader = try await Loader.holding(stream)
    _ = try await loader.commit(batch(stream, [#"{"newText":"a"}"#], fields: ["newText"]))
    let analyst = try await Database.connect()
    try await analyst.script("BEGIN; SELECT * FROM activecampaign.notes")
    let held = try await loader.drift(of: stream.id)
    #expect(held.added.isEmpty)
    #expect(held.notes.count == 1)
    #expect(
      held.notes.first?.hasPrefix(
        "new fields are not all in columns yet, the next run goes on: other sessions stood") == true
    )
    await analyst.close()
    #expect(try await rows("SELECT field FROM acsync.evolved_columns").isEmpty)
    #expect(
      try await loader.drift(of: stream.id).notes == [
        "new column new_text (text), made of a new field"
      ])
    #expect(try await rows("SELECT new_text, _extra FROM activecampaign.notes") == ["a"])
    await loader.close()
  }

  @Test func `whose columns could not be filled any more are filled by the next run`() async throws
  {
    let stream = Self.notes { $0.addsColumns = true }
    let loader = try await Loader.holding(stream)
    _ = try await loader.commit(batch(stream, [#"{"newText":"a"}"#], fields: ["newText"]))
    try await script(
      """
      CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'out of order'; END $$;
      CREATE TRIGGER refuse BEFORE UPDATE ON activecampaign.notes
        FOR EACH ROW EXECUTE FUNCTION public.refuse();
      """)
    let found = try await loader.drift(of: stream.id)
    #expect(found.added.map(\.name) == ["new_text"])
    #expect(found.obstacle?.contains("out of order") == true)
    await loader.close()
    try await script("DROP TRIGGER refuse ON activecampaign.notes")
    let all: Statement = "SELECT new_text, _extra FROM activecampaign.notes"
    #expect(try await rows(all) == [#"{"newText": "a"}"#])
    let next = try await Loader.fresh()
    let evolved = stream.evolved(by: try await next.evolvedColumns()["notes"] ?? [])
    #expect(try await next.claim(evolved).wholeAsOf == nil)
    let row = Row(key: 1, values: [.integer(1), .text("n"), .null, .text("a")])
    _ = try await next.write(.of(evolved, [row], at: 20))
    #expect(try await rows(all) == ["a"])
    await next.close()
  }

  @Test func `that became columns are emptied where the user names what is stored`() async throws {
    let stream = Self.notes { $0.addsColumns = true }
    _ = try await drift(of: stream, [#"{"newText":"secret","b":1}"#], fields: ["newText", "b"])
    let named = Self.notes {
      $0.addsColumns = true
      $0.keepsUndeclared = false
    }
    let loader = try await Loader.fresh()
    let known = try await loader.evolvedColumns()["notes"] ?? []
    let state = try await loader.claim(named.evolved(by: known))
    #expect(state.wholeAsOf == .at(0))
    #expect(try await rows("SELECT new_text, b FROM activecampaign.notes") == [""])
    let comment: Statement = """
      SELECT col_description('activecampaign.notes'::regclass, attnum) FROM pg_attribute
      WHERE attrelid = 'activecampaign.notes'::regclass AND attname = 'new_text'
      """
    #expect(
      try await rows(comment) == ["Not selected in replication.yaml, and null in every row since"])
    await loader.close()
    // Taken back, all is read again for them.
    let again = try await Loader.fresh()
    #expect(try await again.claim(stream.evolved(by: known)).lastSuccess == nil)
    #expect(
      try await rows(comment) == [
        "Field newText, which the API sends and the catalogue does not declare [pii]"
      ])
    await again.close()
  }

  @Test func `that became columns of a part are read whole by the next run`() async throws {
    _ = try await drift(of: .notes, [nil, nil], fields: [])
    let stream = Self.notes { $0.addsColumns = true }
    let found = try await drift(of: stream, [#"{"a":"x"}"#], fields: ["a"], isWhole: false)
    #expect(found.notes == ["new column a (text), made of a new field"])
    let loader = try await Loader.fresh()
    let state = try await loader.claim(stream)
    #expect(state.wholeAsOf == nil && state.lastSuccess != nil)
    await loader.close()
  }

  @Test func `end a frozen stream before a row of theirs is written, once it was read`()
    async throws
  {
    let stream = Self.notes { $0.contract = .freeze }
    // The first reading decides what is known.
    _ = try await drift(of: stream, [#"{"a":1}"#], fields: ["a"])
    _ = try await drift(of: stream, [#"{"a":2}"#], fields: ["a"])
    let loader = try await Loader.holding(stream)
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.commit(
        self.batch(stream, [#"{"a":3,"b":1}"#, nil], fields: ["a", "b"]))
    }
    #expect(error?.explanation.what == "the API sends fields it never sent: b")
    #expect(error?.explanation.fault == .guardRefused)
    #expect(try await rows("SELECT _extra FROM activecampaign.notes") == [#"{"a": 2}"#])
    await loader.close()
    // Taken in once, it is known.
    _ = try await drift(of: .notes, [#"{"a":3,"b":1}"#], fields: ["a", "b"])
    _ = try await drift(of: stream, [#"{"a":4,"b":1}"#], fields: ["a", "b"])
    #expect(try await rows("SELECT _extra FROM activecampaign.notes") == [#"{"a": 4, "b": 1}"#])
  }
}

@Suite(.freshDatabase) struct `Values of another type` {
  private static func notes(_ change: (inout StreamShape) -> Void) -> StreamDefinition {
    var shape = StreamShape()
    change(&shape)
    return StreamDefinition.notes.shaped(by: shape)
  }

  private func batch(_ stream: StreamDefinition, sizes: [String]) -> Batch {
    .of(
      stream, sizes.indices.map { .note(Int64($0 + 1), .text("n")) },
      rejected: sizes.enumerated().map {
        RejectedValue(key: Int64($0 + 1), column: "size", raw: $1, reason: "number out of range")
      })
  }

  @Test(arguments: [
    (["70000"], "bigint"), (["70000", "-1.50"], "numeric"), (["99999999999999999999"], "numeric"),
    (["1.5", "many"], "text"), ([""], "text"),
  ])
  func `make a number's column as wide as they need`(
    _ sizes: [String], _ type: String
  ) async throws {
    let stream = Self.notes { $0.widensColumns = true }
    let loader = try await Loader.holding(stream)
    _ = try await loader.commit(batch(stream, sizes: sizes))
    let drift = try await loader.drift(of: stream.id)
    #expect(drift.notes == ["wider column size (\(type)), from the next run on"])
    await loader.close()
    let next = try await Loader.fresh()
    let evolved = stream.evolved(by: try await next.evolvedColumns()["notes"] ?? [])
    // What was rejected comes with a reading of all.
    #expect(try await next.claim(evolved).lastSuccess == nil)
    #expect(
      try await rows(
        """
        SELECT format_type(atttypid, atttypmod) FROM pg_attribute
        WHERE attrelid = 'activecampaign.notes'::regclass AND attname = 'size'
        """) == [type])
    await next.close()
    let again = try await Loader.holding(evolved)
    #expect(try await rows("SELECT shape FROM acsync.stream_state WHERE shape IS NOT NULL").isEmpty)
    await again.close()
  }

  @Test func `are rejected where nobody wants columns to change, or no number is meant`()
    async throws
  {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.commit(batch(.notes, sizes: ["70000"]))
    #expect(try await loader.drift(of: "notes") == Drift())
    await loader.close()
    let offers = StreamDefinition.offers.shaped(
      by: {
        var shape = StreamShape()
        shape.widensColumns = true
        return shape
      }())
    let other = try await Loader.holding(offers)
    let rejected = [
      RejectedValue(key: 1, column: "mdate", raw: "soon", reason: "not a time"),
      RejectedValue(key: 1, column: "title", raw: "a", reason: "NUL removed"),
      RejectedValue(key: nil, column: "id", raw: "{}", reason: "a row without a usable key"),
    ]
    _ = try await other.commit(.of(offers, [.offer(1, .null, changed: .null)], rejected: rejected))
    #expect(try await other.drift(of: offers.id) == Drift())
    await other.close()
  }

  @Test func `end a frozen stream, but for columns that had such before`() async throws {
    let stream = Self.notes { $0.contract = .freeze }
    let first = try await Loader.holding(stream)
    _ = try await first.commit(batch(stream, sizes: ["70000"]).closing())
    _ = try await first.drift(of: stream.id)
    await first.close()
    let second = try await Loader.holding(stream)
    _ = try await second.commit(batch(stream, sizes: ["80000"]))
    let rejected = [RejectedValue(key: 1, column: "note", raw: "[]", reason: "array where text is")]
    let error = await #expect(throws: WarehouseError.self) {
      try await second.commit(.of(stream, [.note(9, .null)], rejected: rejected))
    }
    #expect(error?.explanation.what == "the API sends values of another type: note")
    #expect(try await rows("SELECT id FROM activecampaign.notes WHERE id = 9").isEmpty)
    await second.close()
  }
}
