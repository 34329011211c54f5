import Postgres
import Simulator
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(5))) struct `What a run does for analysts` {
  private static let refreshed = """
    SELECT refreshed_at FROM acsync.materialized_views
    WHERE name = 'analytics.int_activecampaign__deal_milestones'
    """

  private func column(_ query: String) async throws -> [String] {
    try await withDatabase { try await $0.column(Statement(raw: query)) }
  }

  @Test func `kept views go on being brought up to date where others cannot be made anew`()
    async throws
  {
    let world = try World(.scaled(contacts: 30))
    defer { world.server.stop() }
    #expect(try await world.run("--streams=deals,deal_activities").code == 0)
    // Somebody has built on a view, and a new version changes a file with a kept one.
    try await withDatabase {
      try await $0.script(
        """
        CREATE VIEW public.theirs AS SELECT deal_id FROM analytics.activecampaign__deals;
        UPDATE acsync.view_files SET checksum = 'other' WHERE name = '20_deal_steps';
        UPDATE acsync.materialized_views SET took = '0';
        """)
    }
    let before = try await column(Self.refreshed)
    let deal = try #require(world.account.ids(of: "deals").first)
    world.account.update("deals", id: deal, ["value": "777700"])
    let run = try await world.run("--streams=deals,deal_activities")
    #expect(run.code == 0, "\(run.aside)")
    #expect(run.aside.contains("theirs depends on view analytics.activecampaign__deals"))
    #expect(try await column(Self.refreshed) != before)
    #expect(
      try await column(
        "SELECT amount FROM analytics.activecampaign__deals WHERE deal_id = \(deal)") == ["7777.00"]
    )
  }

  @Test func `a run in which nothing changed brings none up to date`() async throws {
    let world = try World(.scaled(contacts: 30))
    defer { world.server.stop() }
    #expect(try await world.run("--streams=deals,deal_activities").code == 0)
    // What the server had not counted yet when the first run ended.
    #expect(try await world.run("--streams=deals,deal_activities").code == 0)
    try await withDatabase {
      try await $0.script("UPDATE acsync.materialized_views SET took = '0'")
    }
    let all = "SELECT name || refreshed_at FROM acsync.materialized_views ORDER BY name"
    let before = try await column(all)
    #expect(before.count > 10)
    #expect(try await world.run("--streams=deals,deal_activities").code == 0)
    #expect(try await column(all) == before)
  }
}
