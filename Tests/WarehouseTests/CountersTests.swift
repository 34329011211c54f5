import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Counters from day to day` {
  private static let stream = StreamDefinition.mailings
  /// The test's beginning is 22:13:20 in UTC: so many seconds are left of its day.
  private static let rest: Int64 = 6400
  private static let day: Int64 = 86_400

  /// The counters in order, `id time opens clicks`.
  private func kept() async throws -> [String] {
    try await rows(
      """
      SELECT id, extract(epoch FROM taken_at)::bigint - 1700000000, opens, clicks
      FROM activecampaign.mailings_snapshots ORDER BY id, taken_at
      """)
  }

  private func day() async throws -> [String] {
    try await rows("SELECT snapshot_day FROM acsync.stream_state WHERE snapshot_day IS NOT NULL")
  }

  @Test func `lie in a table of their own`() async throws {
    let table = SnapshotTable(of: Table(of: Self.stream, in: "activecampaign"))
    #expect(table.columns.map(\.name) == ["id", "taken_at", "opens", "clicks"])
    #expect(table.title == "activecampaign.mailings_snapshots")
    let loader = try await Loader.holding(Self.stream)
    let columns = try await rows(
      """
      SELECT attname, col_description(attrelid, attnum) FROM pg_attribute
      WHERE attrelid = 'activecampaign.mailings_snapshots'::regclass AND attnum > 0 ORDER BY attnum
      """)
    #expect(
      columns == [
        "id|Id in ActiveCampaign", "taken_at|When the counters stood so, by the server's clock",
        "opens|Opens", "clicks",
      ])
    #expect(try await rows("SELECT to_regclass('activecampaign.mailings_history')") == [""])
    await loader.close()
  }

  @Test func `are kept with the rows, and when one of them changes`() async throws {
    let loader = try await Loader.holding(Self.stream)
    _ = try await loader.write(
      .of(Self.stream, [.mailing(1, "a", opens: 5), .mailing(2, "b", opens: 0)]))
    _ = try await loader.write(
      .of(Self.stream, [.mailing(1, "renamed", opens: 5), .mailing(2, "b", opens: 1)], at: 20))
    #expect(try await kept() == ["1|10|5|0", "2|10|0|0", "2|20|1|0"])
    // The same second: the later one counts.
    _ = try await loader.write(.of(Self.stream, [.mailing(2, "b", opens: 2)], at: 20))
    #expect(try await kept() == ["1|10|5|0", "2|10|0|0", "2|20|2|0"])
    await loader.close()
  }

  @Test func `are kept once a day where nothing changes, as of when the table was complete`()
    async throws
  {
    let loader = try await Loader.holding(Self.stream)
    let same = [Catalog.Row.mailing(1, "a", opens: 5), .mailing(2, "b", opens: 0)]
    _ = try await loader.commit(.whole(Self.stream, same, at: 10, startedAt: 8))
    #expect(try await kept() == ["1|10|5|0", "2|10|0|0"])
    #expect(try await day() == ["2023-11-14"])
    _ = try await loader.commit(.whole(Self.stream, same, at: 100))
    #expect(try await kept().count == 2)
    // Another day: one row each, but for what changed that day, which is there already.
    let next = Self.rest + 10
    let changed = [Catalog.Row.mailing(1, "renamed", opens: 5), .mailing(2, "b", opens: 7)]
    _ = try await loader.commit(.whole(Self.stream, changed, at: next + 1, startedAt: next))
    let expected = ["1|10|5|0", "1|\(next)|5|0", "2|10|0|0", "2|\(next + 1)|7|0"]
    #expect(try await kept() == expected)
    #expect(try await day() == ["2023-11-15"])
    let before = try await rows("SELECT xmin, ctid, s FROM activecampaign.mailings_snapshots s")
    _ = try await loader.commit(.whole(Self.stream, changed, at: next + 60))
    let after = try await rows("SELECT xmin, ctid, s FROM activecampaign.mailings_snapshots s")
    #expect(after == before)
    await loader.close()
  }

  @Test func `are kept by the account's days`() async throws {
    let loader = try await Loader.holding(Self.stream)
    try await script(
      """
      INSERT INTO acsync.accounts VALUES
        ('activecampaign', 'acme', 'Asia/Tokyo', 'setting')
      """)
    let same = [Catalog.Row.mailing(1, "a", opens: 5)]
    _ = try await loader.commit(.whole(Self.stream, same, at: 10))
    // It is the next day in UTC, and still the same in Tokyo.
    _ = try await loader.commit(.whole(Self.stream, same, at: Self.rest + 10))
    #expect(try await kept() == ["1|10|5|0"])
    _ = try await loader.commit(.whole(Self.stream, same, at: 15 * 3600 + Self.rest + 10))
    #expect(try await kept().count == 2)
    #expect(try await day() == ["2023-11-16"])
    // A zone that the server does not know keeps nobody from his rows.
    try await script("UPDATE acsync.accounts SET time_zone = 'Moon/Base'")
    _ = try await loader.commit(.whole(Self.stream, same, at: 3 * Self.day))
    #expect(try await kept().count == 3)
    await loader.close()
  }

  @Test func `end with their row, and are kept when it is back`() async throws {
    let loader = try await Loader.holding(Self.stream)
    let both = [Catalog.Row.mailing(1, "a", opens: 5), .mailing(2, "b", opens: 0)]
    _ = try await loader.commit(.whole(Self.stream, both, at: 10))
    _ = try await loader.delete([1], of: Self.stream, by: DeletionRule(), at: .at(20))
    _ = try await loader.commit(.whole(Self.stream, [both[1]], at: Self.day))
    #expect(try await kept() == ["1|10|5|0", "2|10|0|0", "2|\(Self.day)|0|0"])
    _ = try await loader.commit(.whole(Self.stream, both, at: 2 * Self.day))
    #expect(try await kept().suffix(1) == ["2|\(2 * Self.day)|0|0"])
    #expect(try await kept().contains("1|\(2 * Self.day)|5|0"))
    await loader.close()
  }

  @Test func `are kept for the day that a table is proven for without being read whole`()
    async throws
  {
    let loader = try await Loader.holding(Self.stream)
    _ = try await loader.write(.of(Self.stream, [.mailing(1, "a", opens: 5)]))
    try await loader.confirm(Self.stream, completeSince: .at(Self.day))
    #expect(try await kept() == ["1|10|5|0", "1|\(Self.day)|5|0"])
    await loader.close()
  }

  @Test func `are caught up with where they were not kept`() async throws {
    var shape = StreamShape()
    shape.snapshot = .never
    let without = Self.stream.shaped(by: shape)
    var loader = try await Loader.holding(without)
    _ = try await loader.commit(.whole(without, [.mailing(1, "a", opens: 5)], at: 10))
    #expect(try await rows("SELECT to_regclass('activecampaign.mailings_snapshots')") == [""])
    await loader.close()
    loader = try await Loader.holding(Self.stream)
    #expect(try await kept() == ["1|10|5|0"])
    await loader.close()
    loader = try await Loader.holding(without)
    _ = try await loader.commit(.whole(without, [.mailing(1, "a", opens: 9)], at: 50))
    #expect(try await kept() == ["1|10|5|0"])
    await loader.close()
    loader = try await Loader.holding(Self.stream)
    #expect(try await kept() == ["1|10|5|0", "1|50|9|0"])
    await loader.close()
  }

  @Test func `lose what is not selected any more`() async throws {
    var loader = try await Loader.holding(Self.stream)
    _ = try await loader.write(.of(Self.stream, [.mailing(1, "a", opens: 5, clicks: 3)]))
    await loader.close()
    var shape = StreamShape()
    shape.deselected = ["opens"]
    loader = try await Loader.holding(Self.stream.shaped(by: shape))
    #expect(try await kept() == ["1|10|3"])
    await loader.close()
  }
}
