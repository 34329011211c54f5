import Foundation
import Postgres
import Simulator
import Synchronization
import TestSupport
import Testing

/// A clock that goes on by itself, and can be set forward.
private final class Calendar: Sendable {
  private let offset = Mutex(TimeInterval(0))
  var now: Date { Date().addingTimeInterval(offset.withLock { $0 }) }
  func pass(_ seconds: TimeInterval) { offset.withLock { $0 += seconds } }
}

@Suite(.freshDatabase, .timeLimit(.minutes(5))) struct `What was before` {
  private static let streams = "deals,campaigns,lists"

  private func world(_ calendar: Calendar) throws -> World {
    try World(
      account: Account(
        seed: 7, size: .scaled(contacts: 60), historyUntil: Date().addingTimeInterval(-3600),
        clock: { calendar.now }))
  }

  private func column(_ query: Statement) async throws -> [String] {
    try await withDatabase { try await $0.column(query) }
  }

  @Test func `is kept: both versions of a deal that was edited between two runs`() async throws {
    let calendar = Calendar()
    let world = try world(calendar)
    defer { world.server.stop() }
    #expect(try await world.run("--streams", Self.streams).code == 0)
    let versions = try await column("SELECT count(*) FROM activecampaign.deals_history")
    #expect(versions == ["\(world.account.count(of: "deals"))"])
    calendar.pass(600)
    let id = world.account.ids(of: "deals")[3]
    world.account.update("deals", id: id, ["title": "Another title"])
    let gone = world.account.ids(of: "deals")[5]
    world.account.delete("deals", id: gone)
    calendar.pass(600)
    let second = try await world.run("--streams", Self.streams, "--full-refresh")
    #expect(second.code == 0, "\(second.aside)")
    let found = try await column(
      """
      SELECT concat_ws(' ', h.title = 'Another title', h.valid_to IS NULL, h.title = d.title,
        h.valid_from = d.mdate,
        lead(h.valid_from) OVER (ORDER BY h.valid_from) = h.valid_to)
      FROM activecampaign.deals_history AS h JOIN activecampaign.deals AS d USING (id)
      WHERE h.id = \(id) ORDER BY h.valid_from
      """)
    #expect(found == ["f f f f t", "t t t t"])
    // The deal that is gone has no version that holds; all others have one, and that is the row.
    let open = try await column(
      """
      SELECT count(*) FROM activecampaign.deals AS d
      FULL JOIN activecampaign.deals_history AS h ON h.id = d.id AND h.valid_to IS NULL
      WHERE (to_jsonb(h) - '{valid_from,valid_to}'::text[]) IS DISTINCT FROM
        (CASE WHEN d._deleted_at IS NULL THEN to_jsonb(d) - '_deleted_at' END)
        AND (d.id IS NOT NULL OR h.valid_to IS NULL)
      """)
    #expect(open == ["0"])
    let last = try await column(
      """
      SELECT h.valid_to = d._deleted_at FROM activecampaign.deals_history AS h
      JOIN activecampaign.deals AS d USING (id) WHERE h.id = \(gone)
      """)
    #expect(last == ["t"])
  }

  @Test func `is kept: each campaign's counters once a day, and nothing more`() async throws {
    let calendar = Calendar()
    let world = try world(calendar)
    defer { world.server.stop() }
    let count = world.account.count(of: "campaigns")
    let kept: Statement = "SELECT count(*) FROM activecampaign.campaigns_snapshots"
    #expect(try await world.run("--streams", Self.streams).code == 0)
    #expect(try await column(kept) == ["\(count)"])
    calendar.pass(86_400)
    #expect(try await world.run("--streams", Self.streams).code == 0)
    #expect(try await column(kept) == ["\(2 * count)"])
    let days: Statement = """
      SELECT count(DISTINCT (taken_at AT TIME ZONE 'UTC')::date) FROM activecampaign.campaigns_snapshots
      GROUP BY id
      """
    #expect(Set(try await column(days)) == ["2"])
    let prints = ["campaigns", "campaigns_snapshots", "lists_snapshots", "deals", "deals_history"]
    let before = try await fingerprints(of: prints)
    let third = try await world.run("--streams", Self.streams)
    #expect(third.code == 0, "\(third.aside)")
    #expect(try await fingerprints(of: prints) == before)
    // A counter that moves is kept at once.
    let id = world.account.ids(of: "campaigns")[0]
    world.account.update("campaigns", id: id, ["opens": "4711"])
    calendar.pass(10)
    #expect(try await world.run("--streams", Self.streams).code == 0)
    #expect(try await column(kept) == ["\(2 * count + 1)"])
    let last = try await column(
      """
      SELECT opens FROM activecampaign.campaigns_snapshots WHERE id = \(id)
      ORDER BY taken_at DESC LIMIT 1
      """)
    #expect(last == ["4711"])
  }

  @Test func `is not kept where nobody wants it`() async throws {
    let trial = try Trial(
      "defaults: {history: false, snapshot: none}\nstreams:\n  deals:\n  campaigns:\n")
    defer { trial.stop() }
    #expect(try await trial.run("--streams", "deals,campaigns").code == 0)
    let tables = try await column(
      """
      SELECT relname FROM pg_class WHERE relnamespace = 'activecampaign'::regnamespace
        AND relkind = 'r' ORDER BY 1
      """)
    #expect(tables == ["campaigns", "deals"])
  }
}
