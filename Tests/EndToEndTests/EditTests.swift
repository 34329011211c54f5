import Postgres
import Simulator
import TestSupport
import Testing

extension Comparison {
  /// Two lists of ids move on a contact without its update time, when a deal or a company link
  /// comes or goes: as with the service, only a read of the whole list can show them.
  static let silentColumns: [String: Set<String>] = ["contacts": ["deals", "account_contacts"]]
}

@Suite(.freshDatabase, .timeLimit(.minutes(2))) struct `Edits between runs` {
  private static let changes: [String: Fields] = [
    "contacts": ["lastName": "Changed"], "deals": ["title": "Changed", "value": "77"],
    "tags": ["description": "Changed"], "contact_tags": ["updated_by": "1"],
    "notes": ["note": "Changed"], "tasks": ["title": "Changed"],
  ]

  /// Deletes the third row of each stream, changes the second, and adds one.
  private func edit(_ account: Account) throws -> [String: Int] {
    var gone: [String: Int] = [:]
    for (stream, fields) in Self.changes.sorted(by: { $0.key < $1.key }) {
      let path = Truth.paths[stream] ?? stream
      let ids = account.ids(of: path)
      try #require(ids.count > 3)
      account.update(path, id: ids[1], fields)
      account.delete(path, id: ids[2])
      account.insert(path)
      gone[stream] = ids[2]
    }
    return gone
  }

  @Test func `arrive: rows that are new, changed or gone, and nothing else moves`() async throws {
    let world = try World(.scaled(contacts: 450))
    defer { world.server.stop() }
    let first = try await world.run()
    #expect(first.code == 0, "\(first.aside)")
    let untouched = ["lists", "forms", "users", "campaigns", "automations", "deal_stages"]
    let before = try await fingerprints(of: untouched)
    let gone = try edit(world.account)
    let second = try await world.run()
    #expect(second.code == 0, "\(second.aside)")
    let comparison = Comparison(account: world.account, leavingOut: Comparison.silentColumns)
    #expect(try await comparison.differences() == [])
    #expect(try await fingerprints(of: untouched) == before)
    try await withDatabase { database in
      for stream in Truth.paths.keys {
        let deleted = try await database.column(
          "SELECT id FROM activecampaign.\(Identifier(stream)) WHERE _deleted_at IS NOT NULL")
        #expect(deleted == (gone[stream].map { ["\($0)"] } ?? []), "\(stream)")
      }
    }
    let whole = try await world.run("--full-refresh")
    #expect(whole.code == 0, "\(whole.aside)")
    #expect(try await Comparison(account: world.account).differences() == [])
  }
}
