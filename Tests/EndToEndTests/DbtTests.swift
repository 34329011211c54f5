import Catalog
import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

@Suite(
  .freshDatabase, .timeLimit(.minutes(10)),
  .enabled("dbt is not here and cannot be installed from PyPI") { try await Dbt.canBeHad() })
struct `The dbt project` {
  private static let usual = StreamDefinition.all.filter(\.isUsual).map(\.id.name)

  /// A synced account.
  private func synced(_ streams: [String]) async throws -> World {
    let world = try World(.scaled(contacts: 200))
    let run = try await world.run("--streams=" + streams.joined(separator: ","))
    #expect(run.code == 0, "\(run.aside)")
    return world
  }

  private func execute(_ statement: Statement) async throws {
    _ = try await withDatabase { try await $0.execute(statement) }
  }

  /// A login that may read what is not personal, and build into a schema of its own.
  private func analyst(of world: World) async throws -> String {
    let prefix = "d" + (try Database.current.name.dropFirst(5))
    let made = try await world.perform(["migrate", "--roles=\(prefix)"])
    #expect(made.code == 0, "\(made.aside)")
    try await execute("CREATE ROLE \(raw: prefix)_dbt LOGIN IN ROLE \(raw: prefix)_analyst")
    try await execute(
      "GRANT CREATE ON DATABASE \(raw: try Database.current.name) TO \(raw: prefix)_dbt")
    return prefix + "_dbt"
  }

  @Test func `passes all of its tests over a synced account, read by an analyst`() async throws {
    let world = try await synced(Self.usual)
    defer { world.server.stop() }
    let dbt = try DbtProject(of: Database.current.uri, as: try await analyst(of: world))
    defer { dbt.end() }
    let build = try await dbt.run("build")
    #expect(build.code == 0, "\(build.said)")
    #expect(!build.said.contains("WARNING"), "\(build.said)")
    let results = try dbt.results()
    #expect(Set(results.values) == ["pass", "success", "no-op"])
    #expect(results["model.acsync.acsync_weekly_campaigns"] == "success")
    // Two tests of each table's key, beside those of the views.
    #expect(results.count > 2 * Self.usual.count + 100)
    let rows = try await withDatabase {
      try await $0.column("SELECT count(*) FROM dbt.acsync_weekly_campaigns")
    }
    #expect(rows != ["0"])
    let fresh = try await dbt.run("source", "freshness")
    #expect(fresh.code == 0, "\(fresh.said)")
    let ages = try dbt.results(in: "sources.json")
    #expect(Set(ages.values) == ["pass"])
    #expect(ages["source.acsync.activecampaign_analytics.activecampaign__deals"] == "pass")
    for stream in Self.usual { #expect(ages["source.acsync.activecampaign.\(stream)"] == "pass") }
  }

  @Test func `is a package too, and fails where rows are wrong or the proof is old`() async throws {
    let world = try await synced(["contacts", "deals", "deal_stages", "deal_pipelines"])
    defer { world.server.stop() }
    let folder = try project()
    defer { try? FileManager.default.removeItem(at: folder) }
    let dbt = try DbtProject(in: folder, of: Database.current.uri)
    defer { dbt.end() }
    let packages = try await dbt.run("deps")
    #expect(packages.code == 0, "\(packages.said)")
    let build = try await dbt.run("build")
    #expect(build.code == 0, "\(build.said)")
    #expect(try dbt.results()["model.shop.won"] == "success")
    #expect(try dbt.results()["model.acsync.acsync_weekly_campaigns"] == nil)

    try await execute("ALTER TABLE activecampaign.deals DROP CONSTRAINT deals_pkey")
    try await execute("ALTER TABLE activecampaign.deals DISABLE TRIGGER USER")
    try await execute(
      "INSERT INTO activecampaign.deals SELECT * FROM activecampaign.deals ORDER BY id LIMIT 1")
    try await execute(
      "UPDATE activecampaign.contacts SET _deleted_at = now() WHERE id = (SELECT min(id) FROM activecampaign.contacts)"
    )
    let broken = try await dbt.run(
      "test", "--select", "source:activecampaign.deals", "source:activecampaign.contacts")
    #expect(broken.code == 1, "\(broken.said)")
    let failed = try dbt.results().filter { $0.value == "fail" }.keys
      .map { $0.split(separator: ".")[2] }
    #expect(Set(failed) == ["source_unique_activecampaign_deals_id", "row_counts_agree"])

    // Nothing changed in two years, and that is proven; of the contacts nothing was proven for three days.
    try await execute("UPDATE activecampaign.deals SET _synced_at = now() - interval '2 years'")
    try await execute(
      "UPDATE acsync.stream_state SET complete_as_of = complete_as_of - interval '3 days' WHERE stream = 'contacts'"
    )
    let stale = try await dbt.run("source", "freshness")
    #expect(stale.code == 1, "\(stale.said)")
    let ages = try dbt.results(in: "sources.json")
    #expect(ages["source.acsync.activecampaign.contacts"] == "error")
    #expect(ages["source.acsync.activecampaign.deals"] == "pass")
    #expect(ages["source.acsync.activecampaign_analytics.activecampaign__contacts"] == "error")
    #expect(ages["source.acsync.activecampaign_analytics.stg_activecampaign__deals"] == "pass")
  }

  /// Somebody's project that has the shipped one as a package.
  private func project() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "acsync-\(UUID())")
    let files = [
      "dbt_project.yml": """
      name: shop
      version: 1.0.0
      profile: acsync
      vars: {acsync: {acsync_streams: [contacts, deals, deal_stages, deal_pipelines]}}
      """,
      "packages.yml": "packages: [{local: \(DbtProject.shipped.path)}]",
      "models/won.sql": """
      select count(*) as deals
      from {{ source('activecampaign_analytics', 'activecampaign__deals') }} where is_won
      """,
    ]
    for (path, text) in files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return folder
  }
}

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `The sources of the dbt project` {
  @Test func `are the views that migrate makes, with their tests`() async throws {
    let environment = ["DATABASE_URL": try Database.current.uri]
    let made = try await acsync(["migrate"], environment: environment)
    #expect(made.code == 0, "\(made.aside)")
    let printed = try await acsync(
      ["discover", "--warehouse", "--format", "dbt"], environment: environment)
    #expect(printed.code == 0, "\(printed.aside)")
    let lines = { (path: String) in
      try String(contentsOf: DbtProject.shipped.appending(path: path), encoding: .utf8)
        .split(separator: "\n")
    }
    let tests = Set(
      try lines("view-tests.yml").filter { $0.hasPrefix("  - ") }.map { "        " + $0 })
    let shipped = try lines("models/sources/analytics.yml")
    let isFresh =
      shipped.filter { !tests.contains(String($0)) && $0 != "        data_tests:" }
      == printed.result.split(separator: "\n")
    #expect(isFresh, "integrations/dbt/models/sources/analytics.yml is stale: run make docs")
    #expect(
      Set(shipped.filter { $0.hasPrefix("          - ") }.map(String.init)).isSuperset(of: tests))
  }
}
