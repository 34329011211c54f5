import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

extension StreamDefinition {
  /// Notes as somebody wants them.
  fileprivate static func notes(_ change: (inout StreamShape) -> Void) -> StreamDefinition {
    var shape = StreamShape()
    change(&shape)
    return StreamDefinition.notes.shaped(by: shape)
  }
}

@Suite(.freshDatabase) struct `A change of selection` {
  private static let all: Statement = "SELECT id, note, size FROM activecampaign.notes ORDER BY id"

  /// Two notes, one of them gone, by a run that is over.
  private func filled(_ stream: StreamDefinition = .notes) async throws {
    let loader = try await Loader.holding(stream)
    _ = try await loader.write(
      .of(
        .notes, [.note(1, .text("one"), size: .integer(1)), .note(2, .text("two"))],
        rejected: [
          RejectedValue(key: 1, column: "size", raw: "big", reason: "not a number"),
          RejectedValue(key: 1, column: "note", raw: "secret", reason: "odd"),
          RejectedValue(key: nil, column: "id", raw: #"{"note":"secret"}"#, reason: "no key"),
        ]
      ).closing(floor: .at(5)))
    _ = try await loader.delete([2], of: .notes, by: DeletionRule(), at: .at(20))
    await loader.close()
  }

  @Test func `empties what is not selected any more, and says so at the column`() async throws {
    try await filled()
    let loader = try await Loader.fresh()
    let state = try await loader.claim(.notes { $0.deselected = ["note"] })
    // What is left is as complete as it was.
    #expect(state.floor == .at(5))
    #expect(try await rows(Self.all) == ["1|1", "2"])
    #expect(try await rows("SELECT column_name FROM acsync.rejected_rows") == ["size"])
    let comment: Statement = """
      SELECT col_description('activecampaign.notes'::regclass, attnum) FROM pg_attribute
      WHERE attrelid = 'activecampaign.notes'::regclass AND attname = 'note'
      """
    #expect(
      try await rows(comment) == ["Not selected in replication.yaml, and null in every row since"])
    await loader.close()
  }

  @Test func `reads everything again when a column is selected again`() async throws {
    try await filled()
    let without = try await Loader.holding(.notes { $0.deselected = ["note"] })
    await without.close()
    let loader = try await Loader.fresh()
    #expect(try await loader.claim(.notes) == StreamState(liveRows: 1))
    _ = try await loader.write(.of(.notes, [.note(1, .text("one"), size: .integer(1))]).closing())
    #expect(try await rows(Self.all) == ["1|one|1", "2"])
    let shape: Statement = "SELECT shape FROM acsync.stream_state WHERE shape IS NOT NULL"
    #expect(try await rows(shape).isEmpty)
    let meaning: Statement = """
      SELECT col_description('activecampaign.notes'::regclass, attnum) FROM pg_attribute
      WHERE attrelid = 'activecampaign.notes'::regclass AND attname = 'note'
      """
    #expect(try await rows(meaning) == ["What it says"])
    await loader.close()
  }

  @Test func `leaves no plain value when a transform is added, not even of rows that are gone`()
    async throws
  {
    try await filled()
    let loader = try await Loader.fresh()
    let hashed = StreamDefinition.notes {
      $0.transforms = ["note": [.hashSHA256(HashSalt("s"))]]
    }
    #expect(try await loader.claim(hashed) == StreamState(liveRows: 1))
    #expect(try await rows("SELECT note FROM activecampaign.notes WHERE note IS NOT NULL").isEmpty)
    #expect(try await rows("SELECT raw FROM acsync.rejected_rows") == ["big"])
    await loader.close()
    // The same again is no change.
    let again = try await Loader.holding(hashed)
    _ = try await again.write(.of(hashed, [.note(1, .text("abc"))]).closing(floor: .at(9)))
    await again.close()
    #expect(try await Loader.fresh().claim(hashed).floor == .at(9))
  }

  @Test func `hashes anew with another salt, and shows no salt`() async throws {
    let one = StreamDefinition.notes { $0.transforms = ["note": [.hashSHA256(HashSalt("first"))]] }
    let other = StreamDefinition.notes { $0.transforms = ["note": [.hashSHA256(HashSalt("next"))]] }
    try await filled(one)
    #expect(
      try await rows("SELECT shape FROM acsync.stream_state").first?.contains("first") == false)
    let loader = try await Loader.fresh()
    #expect(try await loader.claim(other) == StreamState(liveRows: 1))
    #expect(try await rows("SELECT note FROM activecampaign.notes WHERE note IS NOT NULL").isEmpty)
    await loader.close()
  }

  @Test func `makes a number's column hold the text that a hash is`() async throws {
    try await filled()
    let stream = StreamDefinition.notes {
      $0.transforms = ["size": [.mask]]
      $0.kinds = ["size": .text]
    }
    let loader = try await Loader.holding(stream)
    let row = Row(key: 1, values: [.integer(1), .text("one"), .text("*")])
    _ = try await loader.write(.of(stream, [row]).closing())
    #expect(try await rows(Self.all) == ["1|one|*", "2|two"])
    await loader.close()
  }

  @Test func `fills a renamed column anew, and empties the one of the old name`() async throws {
    try await filled()
    let stream = StreamDefinition.notes { $0.names = ["note": "text"] }
    let loader = try await Loader.fresh()
    #expect(try await loader.claim(stream) == StreamState(liveRows: 1))
    _ = try await loader.write(.of(stream, [.note(1, .text("one"), size: .integer(1))]).closing())
    #expect(
      try await rows("SELECT id, note IS NULL, text FROM activecampaign.notes ORDER BY id") == [
        "1|t|one", "2|t",
      ])
    await loader.close()
  }

  @Test func `lets two columns change places`() async throws {
    try await filled()
    let stream = StreamDefinition.notes {
      $0.names = ["note": "size", "size": "note"]
      $0.kinds = ["size": .text]
    }
    let loader = try await Loader.fresh()
    _ = try await loader.claim(stream)
    let row = Row(key: 1, values: [.integer(1), .text("one"), .text("1")])
    _ = try await loader.write(.of(stream, [row]).closing())
    #expect(try await rows("SELECT size, note FROM activecampaign.notes WHERE id = 1") == ["one|1"])
    await loader.close()
  }

  @Test func `takes fields that are hidden out of _extra, and all where none is selected`()
    async throws
  {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(
      .of(
        .notes,
        [
          .note(1, .text("a"), extra: #"{"size":"secret"}"#),
          .note(2, .text("b"), extra: #"{"size":"secret","new":1}"#),
        ]
      ).closing())
    await loader.close()
    let extras: Statement = "SELECT id, _extra FROM activecampaign.notes ORDER BY id"
    let without = try await Loader.holding(.notes { $0.deselected = ["size"] })
    #expect(try await rows(extras) == ["1", #"2|{"new": 1}"#])
    await without.close()
    let none = try await Loader.holding(
      .notes {
        $0.deselected = ["size"]
        $0.keepsUndeclared = false
      })
    #expect(try await rows(extras) == ["1", "2"])
    await none.close()
  }

  @Test func `of the table's name makes another table, and leaves the first`() async throws {
    try await filled()
    let stream = StreamDefinition.notes { $0.tableName = "papers" }
    let loader = try await Loader.fresh()
    // Its live rows are those of the new table.
    #expect(try await loader.claim(stream) == StreamState())
    _ = try await loader.write(.of(stream, [.note(1, .text("one"))]).closing())
    #expect(try await rows("SELECT id, note FROM activecampaign.papers") == ["1|one"])
    #expect(try await rows(Self.all) == ["1|one|1", "2|two"])
    await loader.close()
    // Back with a column hidden: what the old table has of it goes.
    let back = try await Loader.holding(.notes { $0.deselected = ["note"] })
    #expect(try await rows(Self.all) == ["1|1", "2"])
    await back.close()
  }

  @Test func `is one statement over the table`() throws {
    let table = Table(of: .notes { $0.deselected = ["note", "size"] }, in: "activecampaign")
    let change = try #require(
      ShapeChange(of: table, from: nil, present: ["id", "note", "size", "_extra"]))
    #expect(
      change.emptying?.sql == """
        UPDATE "activecampaign"."notes" SET "note" = NULL, "size" = NULL, "_extra" = nullif("_extra" - $1, '{}')
        WHERE "note" IS NOT NULL OR "size" IS NOT NULL OR "_extra" ?| $2
        """)
    #expect(!change.needsWholeRead)
  }

  @Test func `is none where nothing is said`() {
    let table = Table(of: .notes, in: "activecampaign")
    #expect(ShapeChange(of: table, from: nil, present: ["id", "note", "size"]) == nil)
    let record = ShapeRecord(of: .notes)
    #expect(ShapeRecord(record.text) == record)
  }
}

@Suite(.freshDatabase) struct `Keeping a table's indexes and readers` {
  @Test func `makes the indexes that are named, once`() async throws {
    let stream = StreamDefinition.notes {
      $0.indexes = [TableIndex(["note"]), TableIndex(["size", "id"], isUnique: true)]
    }
    for _ in 1...2 {
      let loader = try await Loader.holding(stream)
      await loader.close()
    }
    #expect(
      try await rows(
        """
        SELECT indexdef FROM pg_indexes
        WHERE tablename = 'notes' AND indexname <> 'notes_pkey' ORDER BY indexname
        """) == [
          "CREATE INDEX notes_note_idx ON activecampaign.notes USING btree (note)",
          "CREATE UNIQUE INDEX notes_size_id_key ON activecampaign.notes USING btree (size, id) WHERE (_deleted_at IS NULL)",
        ])
  }

  @Test func `gives long indexes names that PostgreSQL keeps apart`() {
    let table = Table(of: .notes, in: "activecampaign")
    let long = (1...8).map { "a_rather_long_column_\($0)" }
    let names = [long, long.reversed()].map {
      TableUpkeep.name(of: TableIndex($0), on: table)
    }
    #expect(Set(names).count == 2)
    #expect(names.allSatisfy { $0.utf8.count <= 63 })
  }

  @Test func `lets roles read, whatever they are called`() async throws {
    let role = #"Dr. "Who" \#(UInt64.random(in: 0 ... .max))"#
    let quoted = Identifier(role).quoted
    try await script("CREATE ROLE \(quoted)")
    let stream = StreamDefinition.notes { $0.readers = [role] }
    for _ in 1...2 {
      let loader = try await Loader.holding(stream)
      await loader.close()
    }
    try await script("SET ROLE \(quoted); SELECT * FROM activecampaign.notes; RESET ROLE")
    try await script("DROP OWNED BY \(quoted); DROP ROLE \(quoted)")
  }

  @Test func `fails the stream over a role that is not there, and says what to do`() async throws {
    let loader = try await Loader.fresh()
    let stream = StreamDefinition.notes { $0.readers = ["nobody_of_that_name"] }
    let error = await #expect(throws: WarehouseError.self) { try await loader.claim(stream) }
    #expect(
      error?.explanation.remedy
        == #"CREATE ROLE "nobody_of_that_name", or remove it under grants"#)
    await loader.close()
  }
}
