import FoundationEssentials
import Postgres
import Simulator
import TestSupport
import Testing

@testable import Commands

/// One text from the test's database.
private func text(_ statement: Statement) async throws -> String? {
  let connection = try await Database.connect()
  let value: String? = try await connection.query(statement).first?["text"]
  await connection.close()
  return value
}

@Suite(.freshDatabase) struct `The account's filter on changes` {
  private static let behaviours: [FilterBehaviour.DateFilter] = [
    .init(precision: .day, zone: .central, bound: .inclusive),
    .init(precision: .day, zone: .central, bound: .exclusive),
    .init(precision: .day, zone: .utc, bound: .exclusive),
    .init(precision: .second, zone: .utc, bound: .inclusive),
    .init(precision: .second, zone: .central, bound: .exclusive),
  ]

  @Test(arguments: 0..<behaviours.count)
  func `brings every change, however it counts`(number: Int) async throws {
    let served = try Served { options in
      options.filters.contacts = Self.behaviours[number]
      options.filters.deals = Self.behaviours[number]
    }
    defer { served.server.stop() }
    for round in 0..<3 {
      let id = try #require(served.server.account.ids(of: "contacts").dropFirst(round).first)
      served.server.account.update("contacts", id: id, ["phone": .text("+49 \(round)")])
      let run = await acsync("run", "--streams=contacts,deals", environment: served.environment)
      #expect(run.code == .done, "\(run.aside)")
      let phone = try await text(
        "SELECT phone AS text FROM activecampaign.contacts WHERE id = \(id)")
      #expect(phone == "+49 \(round)")
    }
    #expect(
      try await text(
        "SELECT string_agg(filter_finding, ' ') AS text FROM acsync.stream_state")
        == (Self.behaviours[number].precision == .second ? "exact exact" : "days days"))
  }

  @Test func `is not used where it is ignored, and the summary says so`() async throws {
    let served = try Served { $0.filters.contacts.isHonoured = false }
    defer { served.server.stop() }
    _ = await acsync("run", "--streams=contacts", environment: served.environment)
    let id = try #require(served.server.account.ids(of: "contacts").first)
    served.server.account.delete("contacts", id: id)
    let run = await acsync("run", "--streams=contacts", environment: served.environment)
    #expect(run.code == .done, "\(run.aside)")
    #expect(run.result.contains("contacts: everything: the account's filter on changes"))
    #expect(
      try await text("SELECT filter_finding AS text FROM acsync.stream_state") == "useless")
    let plan = await acsync("plan", "--streams=contacts", environment: served.environment)
    #expect(plan.result.contains("full-refresh"))
    let status = await acsync("status", "--streams=contacts", environment: served.environment)
    #expect(status.result.contains("contacts: everything: the account's filter on changes"))
  }
}
