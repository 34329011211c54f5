import Postgres
import Simulator
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `The comparison itself` {
  @Test(arguments: [
    ("DELETE FROM activecampaign.tags WHERE id = 3", ["tags 3 is lost"]),
    ("UPDATE activecampaign.tags SET _deleted_at = now() WHERE id = 3", ["tags 3 is lost"]),
    ("INSERT INTO activecampaign.tags (id, _synced_at) VALUES (77, now())", ["tags 77 is a ghost"]),
    (
      "UPDATE activecampaign.users SET mfa_enabled = NOT mfa_enabled WHERE id = 2",
      ["users 2 mfa_enabled: holds f, not t"]
    ),
    (
      "UPDATE activecampaign.users SET roles = '[]' WHERE id = 1",
      ["users 1 roles: holds [], not [\"owner\",\"admin\"]"]
    ),
    (
      "ALTER TABLE activecampaign.users DROP COLUMN lang CASCADE",
      ["users has no column lang"]
    ),
    (
      "UPDATE activecampaign.users SET _extra = '{}' WHERE id = 1",
      ["users 1 has extra fields: {}"]
    ),
  ])
  func `tells what was done to the tables`(damage: String, told: [String]) async throws {
    let world = try World(.scaled(contacts: 20))
    defer { world.server.stop() }
    let run = try await world.run("--streams=tags,users")
    #expect(run.code == 0, "\(run.aside)")
    let comparison = Comparison(account: world.account)
    #expect(try await comparison.differences(in: ["tags", "users"]) == [])
    try await withDatabase { try await $0.script(damage) }
    #expect(try await comparison.differences(in: ["tags", "users"]) == told)
  }

  @Test func `tells promises that were broken, and no more than was promised`() async throws {
    let world = try World(.scaled(contacts: 40))
    defer { world.server.stop() }
    let run = try await world.run("--streams=contacts")
    #expect(run.code == 0, "\(run.aside)")
    let comparison = Comparison(account: world.account, leavingOut: Comparison.silentColumns)
    let ids = world.account.ids(of: "contacts")
    // Changed after the table was called complete: nothing was promised of it.
    world.account.update("contacts", id: ids[0], ["lastName": "Changed"])
    world.account.insert("contacts")
    #expect(try await comparison.brokenPromises(in: ["contacts"]) == [])
    try await withDatabase { database in
      try await database.execute(
        "UPDATE activecampaign.contacts SET email = 'wrong' WHERE id = \(ids[5])")
      try await database.execute(
        "UPDATE activecampaign.contacts SET _deleted_at = now() WHERE id = \(ids[7])")
    }
    let broken = try await comparison.brokenPromises(in: ["contacts"])
    #expect(broken.count == 3)
    #expect(broken.first == "contacts \(ids[7]) is not gone")
    #expect(broken.last == "contacts \(ids[7]) is lost")
    #expect(broken.contains { $0.hasPrefix("contacts \(ids[5]) email: holds wrong, not ") })
  }
}
