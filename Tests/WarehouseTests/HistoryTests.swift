import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `A history` {
  private static let offers = StreamDefinition.offers.keepingHistory()
  private static let notes = StreamDefinition.notes.keepingHistory()

  private func holding() async throws -> Loader { try await Loader.holding(Self.offers) }

  @Test func `has the columns of its table, when they held, and one open version at most`() {
    let history = HistoryTable(of: Table(of: Self.offers, in: "activecampaign"))
    #expect(
      history.columns.map(\.name) == [
        "id", "title", "mdate", "_synced_at", "_extra", "valid_from", "valid_to",
      ])
    #expect(history.name.quoted == #""activecampaign"."offers_history""#)
    #expect(history.isWanted)
    #expect(!HistoryTable(of: Table(of: .offers, in: "a")).isWanted)
    #expect(
      history.triggers.map(\.creation.sql) == [
        """
        CREATE TRIGGER "acsync_history_insert" AFTER INSERT ON "activecampaign"."offers" \
        REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION \
        acsync.keep_versions('offers_history', 'id', 'mdate')
        """,
        """
        CREATE TRIGGER "acsync_history_update" AFTER UPDATE ON "activecampaign"."offers" \
        REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION \
        acsync.keep_versions('offers_history', 'id', 'mdate')
        """,
        """
        CREATE TRIGGER "acsync_history_delete" AFTER DELETE ON "activecampaign"."offers" \
        REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION \
        acsync.keep_versions('offers_history', 'id', 'mdate')
        """,
        """
        CREATE TRIGGER "acsync_history_truncate" AFTER TRUNCATE ON "activecampaign"."offers" \
         FOR EACH STATEMENT EXECUTE FUNCTION acsync.keep_versions('offers_history', 'id', 'mdate')
        """,
      ])
  }

  @Test func `begins a version at the row's update time, or where that cannot be at the answer's`()
    async throws
  {
    let loader = try await holding()
    _ = try await loader.write(
      .of(
        Self.offers,
        [
          .offer(1, .text("told"), changed: .at(5)), .offer(2, .text("ahead"), changed: .at(99)),
          .offer(3, .text("untold"), changed: .null),
        ]))
    #expect(try await Versions.of() == ["1|told|5|open", "2|ahead|10|open", "3|untold|10|open"])
    _ = try await loader.write(
      .of(
        Self.offers,
        [
          .offer(1, .text("later"), changed: .at(15)), .offer(2, .text("next"), changed: .at(100)),
          .offer(3, .text("other"), changed: .at(4)), .offer(4, .text("new"), changed: .at(18)),
        ], at: 20))
    #expect(
      try await Versions.of() == [
        "1|told|5|15", "1|later|15|open", "2|ahead|10|20", "2|next|20|open", "3|untold|10|20",
        "3|other|20|open", "4|new|18|open",
      ])
    #expect(try await Versions.faults() == [])
  }

  @Test func `puts what comes at the same instant in the place of what was there`() async throws {
    let loader = try await holding()
    _ = try await loader.write(.of(Self.offers, [.offer(1, .text("a"), changed: .at(10))]))
    _ = try await loader.write(.of(Self.offers, [.offer(1, .text("b"), changed: .at(10))]))
    #expect(try await Versions.of() == ["1|b|10|open"])
    // The service counts in seconds: a change of the same second shows at a later answer.
    _ = try await loader.write(.of(Self.offers, [.offer(1, .text("c"), changed: .at(10))], at: 12))
    #expect(try await Versions.of() == ["1|b|10|12", "1|c|12|open"])
    #expect(try await Versions.faults() == [])
  }

  @Test func `is not written to by rows that did not change, or are older`() async throws {
    let loader = try await holding()
    _ = try await loader.write(.of(Self.offers, [.offer(1, .text("a"), changed: .at(5))]))
    let print: Statement = "SELECT xmin, ctid, h FROM activecampaign.offers_history h"
    let before = try await rows(print)
    _ = try await loader.write(.of(Self.offers, [.offer(1, .text("a"), changed: .at(5))], at: 20))
    _ = try await loader.write(.of(Self.offers, [.offer(1, .text("old"), changed: .at(4))], at: 30))
    #expect(try await rows(print) == before)
  }

  @Test func `ends with a row, and begins again when it is back`() async throws {
    let loader = try await holding()
    _ = try await loader.write(
      .of(
        Self.offers,
        [.offer(1, .text("a"), changed: .at(5)), .offer(2, .text("b"), changed: .at(5))]))
    _ = try await loader.delete([1], of: Self.offers, by: DeletionRule(), at: .at(20))
    _ = try await loader.delete([2], of: Self.offers, by: DeletionRule(.hard), at: .at(25))
    #expect(try await Versions.of() == ["1|a|5|20", "2|b|5|25"])
    _ = try await loader.write(
      .of(
        Self.offers,
        [.offer(1, .text("a"), changed: .at(5)), .offer(2, .text("b"), changed: .at(28))], at: 30))
    #expect(
      try await Versions.of() == ["1|a|5|20", "1|a|30|open", "2|b|5|25", "2|b|28|open"])
    #expect(try await Versions.faults() == [])
    #expect(try await Versions.gaps() == ["1|1", "2|1"])
  }

  @Test func `gives a row that was gone at once the shortest life`() async throws {
    let loader = try await holding()
    _ = try await loader.write(.of(Self.offers, [.offer(1, .text("a"), changed: .null)]))
    _ = try await loader.delete([1], of: Self.offers, by: DeletionRule(), at: .at(10))
    #expect(
      try await rows(
        """
        SELECT valid_to - valid_from = interval '1 microsecond' FROM activecampaign.offers_history
        """) == ["t"])
    _ = try await loader.write(.of(Self.offers, [.offer(1, .text("b"), changed: .null)]))
    #expect(try await Versions.faults() == [])
    #expect(try await Versions.gaps() == [])
  }

  @Test func `ends with rows that somebody takes away by hand`() async throws {
    let loader = try await holding()
    _ = try await loader.write(
      .of(
        Self.offers,
        [.offer(1, .text("a"), changed: .at(5)), .offer(2, .text("b"), changed: .at(5))]))
    try await script("DELETE FROM activecampaign.offers WHERE id = 1")
    #expect(try await Versions.faults() == [])
    try await script("TRUNCATE activecampaign.offers")
    #expect(try await Versions.faults() == [])
    #expect(try await Versions.closed().count == 2)
  }

  @Test func `keeps rows without update times by the times of their answers`() async throws {
    let loader = try await Loader.holding(Self.notes)
    _ = try await loader.write(.of(Self.notes, [.note(1, .text("a"))]))
    _ = try await loader.write(.of(Self.notes, [.note(1, .text("b"))], at: 30))
    #expect(try await Versions.of("notes", "note") == ["1|a|10|30", "1|b|30|open"])
    #expect(try await Versions.faults(of: "notes") == [])
  }

  @Test func `makes one version of a row whose time is put right`() async throws {
    let loader = try await holding()
    for (title, changed, seconds) in [("wrong", 900, 10), ("right", 5, 20), ("right", 5, 30)]
      as [(String, Int64, Int64)]
    {
      _ = try await loader.commit(
        .whole(
          Self.offers, [.offer(1, .text(title), changed: .at(changed))], at: seconds))
    }
    #expect(try await Versions.of() == ["1|wrong|10|30", "1|right|30|open"])
    #expect(try await Versions.faults() == [])
  }

  @Test func `is not written where the rows are not`() async throws {
    let loader = try await holding()
    try await script(
      """
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE EXCEPTION 'no'; END$$;
      CREATE TRIGGER z AFTER UPDATE ON acsync.stream_state FOR EACH ROW
        WHEN (NEW.live_rows > 0) EXECUTE FUNCTION refuse();
      """)
    await #expect(throws: WarehouseError.self) {
      try await loader.write(.of(Self.offers, [.offer(1, .text("a"), changed: .at(5))]))
    }
    #expect(try await Versions.of() == [])
  }

  @Test func `is as the table was at any time`() async throws {
    let loader = try await holding()
    _ = try await loader.write(.of(Self.offers, [.offer(1, .text("a"), changed: .at(5))]))
    _ = try await loader.write(.of(Self.offers, [.offer(1, .text("b"), changed: .at(15))], at: 20))
    for (seconds, title) in [(4, []), (5, ["a"]), (14, ["a"]), (15, ["b"]), (99, ["b"])]
      as [(Int, [String])]
    {
      let found = try await rows(
        """
        SELECT title FROM activecampaign.offers_history
        WHERE valid_from <= to_timestamp(\(raw: "\(1_700_000_000 + seconds)"))
          AND (valid_to > to_timestamp(\(raw: "\(1_700_000_000 + seconds)")) OR valid_to IS NULL)
        """)
      #expect(found == title)
    }
  }
}
