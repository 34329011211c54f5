import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Merging staged rows` {
  @Test func `finds the rows to write by a join, and writes those alone`() throws {
    let table = Table(of: .notes, in: "activecampaign")
    let types = try TableChanges(for: table, from: nil).types
    let shape = Shape(number: 0, columns: ["id", "note", "size"], hasExtra: true)
    #expect(
      Merge(table: table, types: types).statement(for: shape).sql == """
        WITH fresh AS MATERIALIZED (
          SELECT s."id", t."id" IS NULL AS is_new, t."_deleted_at" IS NOT NULL AS is_back
          FROM "pg_temp"."staging_notes" s
          LEFT JOIN "activecampaign"."notes" t ON t."id" = s."id"
          WHERE s."_shape" = 0
            AND (t."id" IS NULL OR s."_synced_at" >= t."_synced_at" AND (t."_deleted_at" IS NOT NULL \
        OR (t."note", t."size", t."_extra") IS DISTINCT FROM (s."note", s."size", s."_extra")))
        ), written AS (
          INSERT INTO "activecampaign"."notes" ("id", "note", "size", "_synced_at", "_extra")
          SELECT s."id", s."note", s."size", s."_synced_at", s."_extra"
          FROM fresh JOIN "pg_temp"."staging_notes" s ON s."id" = fresh."id"
          ON CONFLICT ("id") DO UPDATE SET "note" = excluded."note", "size" = excluded."size", \
        "_synced_at" = excluded."_synced_at", "_extra" = excluded."_extra", "_deleted_at" = NULL
        )
        SELECT count(*) FILTER (WHERE is_new) AS inserted,
          count(*) FILTER (WHERE is_back) AS revived, count(*) AS written
        FROM fresh
        """)
  }

  @Test func `leaves out what a stub does not have, and compares update times first`() throws {
    let table = Table(of: .offers, in: "activecampaign")
    let merge = Merge(table: table, types: ["title": .text, "mdate": .timestamptz])
    let stub = Shape(number: 3, columns: ["id", "mdate"], hasExtra: false)
    #expect(
      merge.statement(for: stub).sql == """
        WITH fresh AS MATERIALIZED (
          SELECT s."id", t."id" IS NULL AS is_new, t."_deleted_at" IS NOT NULL AS is_back
          FROM "pg_temp"."staging_offers" s
          LEFT JOIN "activecampaign"."offers" t ON t."id" = s."id"
          WHERE s."_shape" = 3
            AND (t."id" IS NULL OR CASE WHEN s."mdate" <> t."mdate" THEN s."mdate" > t."mdate" \
        ELSE s."_synced_at" >= t."_synced_at" END AND (t."_deleted_at" IS NOT NULL \
        OR (t."mdate") IS DISTINCT FROM (s."mdate")))
        ), written AS (
          INSERT INTO "activecampaign"."offers" ("id", "mdate", "_synced_at")
          SELECT s."id", s."mdate", s."_synced_at"
          FROM fresh JOIN "pg_temp"."staging_offers" s ON s."id" = fresh."id"
          ON CONFLICT ("id") DO UPDATE SET "mdate" = excluded."mdate", \
        "_synced_at" = excluded."_synced_at", "_deleted_at" = NULL
        )
        SELECT count(*) FILTER (WHERE is_new) AS inserted,
          count(*) FILTER (WHERE is_back) AS revived, count(*) AS written
        FROM fresh
        """)
  }

  @Test func `counts rows that are new, that differ, and that do not`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(.of(.notes, [.note(1, .text("a")), .note(2, .text("b"))]))
    let counts = try await loader.write(
      .of(.notes, [.note(1, .text("a")), .note(2, .text("B")), .note(3, .text("c"))], at: 20))
    #expect(counts == CommitCounts(inserted: 1, updated: 1, unchanged: 1))
    #expect(try await notes() == ["1|a", "2|B", "3|c"])
  }

  @Test func `keeps the time of the answer that brought the version`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(.of(.notes, [.note(1, .text("a")), .note(2, .text("b"))], at: 10))
    _ = try await loader.write(.of(.notes, [.note(1, .text("a")), .note(2, .text("B"))], at: 20))
    let times = try await rows(
      "SELECT extract(epoch FROM _synced_at)::bigint - 1700000000 FROM activecampaign.notes ORDER BY id"
    )
    #expect(times == ["10", "20"])
  }

  @Test func `does not touch a row that did not change`() async throws {
    let loader = try await Loader.holding(.offers)
    let batch = Batch.of(
      .offers, (0..<200).map { .offer($0, .text("offer \($0)"), changed: .at(1), extra: "{}") })
    _ = try await loader.write(batch)
    let before = try await versions()
    var again = batch
    again.pages[0].serverTime = .at(99)
    #expect(try await loader.write(again) == CommitCounts(unchanged: 200))
    #expect(try await versions() == before)
  }

  @Test func `never lets an older update time win`() async throws {
    let loader = try await Loader.holding(.offers)
    _ = try await loader.write(.of(.offers, [.offer(1, .text("new"), changed: .at(50))], at: 60))
    let counts = try await loader.write(
      .of(.offers, [.offer(1, .text("old"), changed: .at(40))], at: 70))
    #expect(counts == CommitCounts(unchanged: 1))
    #expect(try await offers() == ["1|new"])
  }

  @Test func `never lets an older answer win where update times are equal`() async throws {
    let loader = try await Loader.holding(.offers)
    _ = try await loader.write(.of(.offers, [.offer(1, .text("new"), changed: .at(5))], at: 60))
    _ = try await loader.write(.of(.offers, [.offer(1, .text("old"), changed: .at(5))], at: 50))
    #expect(try await offers() == ["1|new"])
    _ = try await loader.write(.of(.offers, [.offer(1, .text("newer"), changed: .at(5))], at: 70))
    #expect(try await offers() == ["1|newer"])
  }

  @Test func `goes by the answers where an update time is unknown`() async throws {
    let loader = try await Loader.holding(.offers)
    _ = try await loader.write(.of(.offers, [.offer(1, .text("new"), changed: .at(5))], at: 60))
    _ = try await loader.write(.of(.offers, [.offer(1, .text("old"), changed: .null)], at: 50))
    #expect(try await offers() == ["1|new"])
    _ = try await loader.write(.of(.offers, [.offer(1, .text("newer"), changed: .null)], at: 70))
    #expect(try await offers() == ["1|newer"])
  }

  @Test func `lets a newer update time win over a later answer`() async throws {
    let loader = try await Loader.holding(.offers)
    _ = try await loader.write(.of(.offers, [.offer(1, .text("old"), changed: .at(5))], at: 60))
    _ = try await loader.write(.of(.offers, [.offer(1, .text("new"), changed: .at(6))], at: 50))
    #expect(try await offers() == ["1|new"])
  }

  @Test func `does not blank what a stub lacks`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(
      .of(.notes, [.note(1, .text("known"), size: .integer(7), extra: #"{"a": 1}"#)]))
    let counts = try await loader.write(
      .of(.notes, [.note(1, .text("renamed"), size: .missing), .note(2, .missing)], at: 20))
    #expect(counts == CommitCounts(inserted: 1, updated: 1))
    let stored = try await rows(
      "SELECT id, note, size, _extra FROM activecampaign.notes ORDER BY id")
    #expect(stored == [#"1|renamed|7|{"a": 1}"#, "2"])
  }

  @Test func `blanks what the API sends as null`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(
      .of(.notes, [.note(1, .text("known"), size: .integer(7), extra: "{}")]))
    _ = try await loader.write(.of(.notes, [.note(1, .null)], at: 20))
    #expect(try await rows("SELECT id, note, size, _extra FROM activecampaign.notes") == ["1"])
  }

  @Test func `brings a deleted row back, also when nothing else changed`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(.of(.notes, [.note(1, .text("a")), .note(2, .text("b"))]))
    try await script(
      """
      UPDATE activecampaign.notes SET _deleted_at = now() WHERE id = 1;
      UPDATE acsync.stream_state SET live_rows = 1
      """)
    let counts = try await loader.write(.of(.notes, [.note(1, .text("a"))], at: 20))
    #expect(counts == CommitCounts(updated: 1))
    #expect(
      try await rows("SELECT id FROM activecampaign.notes WHERE _deleted_at IS NULL").count == 2)
    #expect(try await loader.states()["notes"]?.liveRows == 2)
  }

  @Test func `compares JSON as JSON`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(.of(.notes, [.note(1, .null, extra: #"{"a":1,"b":[2]}"#)]))
    let counts = try await loader.write(
      .of(.notes, [.note(1, .null, extra: #"{ "b": [2], "a": 1 }"#)], at: 20))
    #expect(counts == CommitCounts(unchanged: 1))
  }

  @Test func `takes a key that comes several times, in its newest version`() async throws {
    let loader = try await Loader.holding(.notes)
    let counts = try await loader.write(
      .of(.notes, [.note(1, .text("a")), .note(1, .text("b")), .note(1, .text("c"))]))
    #expect(counts == CommitCounts(inserted: 1, unchanged: 2))
    #expect(try await notes() == ["1|c"])
  }

  @Test func `keeps any text as it is`() async throws {
    let texts = [
      "", "'); DROP TABLE activecampaign.notes; --", #"back\slash "quotes" \N \."#,
      "line\r\nbreak\t|", "🦉é\u{301}\u{202e}rtl", "\u{1}\u{7f}\u{ffff}", "NULL", "{}",
      String(repeating: "long ", count: 50_000),
    ]
    let loader = try await Loader.holding(.notes)
    let batch = Batch.of(.notes, zip(0..., texts).map { .note($0, .text($1)) })
    _ = try await loader.write(batch)
    #expect(try await rows("SELECT note FROM activecampaign.notes ORDER BY id") == texts)
    #expect(try await loader.write(batch) == CommitCounts(unchanged: texts.count))
  }

  private func notes() async throws -> [String] {
    try await rows("SELECT id, note FROM activecampaign.notes ORDER BY id")
  }

  private func offers() async throws -> [String] {
    try await rows("SELECT id, title FROM activecampaign.offers ORDER BY id")
  }

  /// Where each row lies, who wrote it and who locked it: any write would change one of them.
  private func versions() async throws -> [String] {
    try await rows("SELECT ctid, xmin, xmax FROM activecampaign.offers ORDER BY id")
  }
}
