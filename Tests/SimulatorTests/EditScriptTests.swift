import Foundation
import Testing

@testable import Simulator

@Suite struct `A script of edits` {
  /// The history of an account after so many requests under a script.
  private func history(
    _ requests: Int, _ script: EditScript, of account: Account = .fresh()
  ) throws -> [HistoryEvent] {
    try serving(account, { $0.edits = script }) { _, url in
      let reader = try Reader(url)
      for _ in 0..<requests { #expect(try reader.get("tags?limit=1").status == 200) }
    }
    return account.history
  }

  @Test func `adds, changes and deletes rows at every request`() throws {
    let script = EditScript(seed: 5, perRequest: 3, paths: ["contacts", "deals", "tags"])
    let account = Account(seed: 3, size: .scaled(contacts: 200), clock: at(noon))
    let events = try history(60, script, of: account)
    #expect(script.edits == 180)
    for path in ["contacts", "deals", "tags"] {
      let kinds = Set(events.filter { $0.path == path }.map(\.kind))
      #expect(kinds.isSuperset(of: [.inserted, .updated, .deleted]), "\(path)")
    }
  }

  @Test func `is the same for the same seed, whatever is asked`() throws {
    func events(seed: UInt64, _ target: String) throws -> [HistoryEvent] {
      let account = Account.fresh()
      try serving(account, { $0.edits = EditScript(seed: seed, perRequest: 2) }) { _, url in
        let reader = try Reader(url)
        for _ in 0..<30 { _ = try reader.get(target) }
      }
      return account.history
    }
    let first = try events(seed: 1, "tags")
    #expect(try events(seed: 1, "contacts?limit=3") == first)
    #expect(try events(seed: 2, "tags") != first)
  }

  @Test func `reaches every list, and leaves no table empty nor the key without its user`() throws {
    let account = Account.fresh()
    let me = try #require(account.ids(of: "users").first)
    let events = try history(1, EditScript(seed: 9, perRequest: 3000), of: account)
    #expect(Set(events.map(\.path)).isSuperset(of: EditScript.paths))
    #expect(EditScript.paths.allSatisfy { account.count(of: $0) > 0 })
    #expect(account.ids(of: "users").first == me)
    #expect(!events.contains { $0.path == "users" && $0.kind == .deleted })
  }

  @Test func `makes parts of an edit wait, and ends after so many requests`() throws {
    let slow = EditScript(perRequest: 0.25, paths: ["tags"])
    #expect(try history(8, slow).count == 2)
    let short = EditScript(perRequest: 2, paths: ["tags"], requests: 3)
    #expect(try history(8, short).count == 6)
  }

  @Test func `edits nothing at a request that is refused`() throws {
    let script = EditScript(perRequest: 1)
    try serving(.fresh(), { $0.edits = script }) { _, url in
      let reader = try Reader(url)
      reader.key = "wrong"
      #expect(try reader.get("tags").status == 403)
      #expect(script.edits == 0)
    }
  }

  @Test func `tags contacts that are there, and none twice with one tag`() throws {
    let account = Account.fresh()
    _ = try history(1, EditScript(seed: 4, perRequest: 400, paths: ["contactTags"]), of: account)
    let pairs = try account.objects("contactTags").map { row in
      [row["contact"] as? String ?? "", row["tag"] as? String ?? ""]
    }
    #expect(Set(pairs).count == pairs.count)
    let contacts = Set(account.ids(of: "contacts").map(String.init))
    #expect(pairs.allSatisfy { contacts.contains($0[0]) })
    // What is brought beside contacts is what the list of contact tags has.
    let page = try reply(to: "contacts?limit=100&include=contactTags", from: account)
    #expect(page.ids("contactTags").sorted() == account.ids(of: "contactTags"))
  }

  @Test func `moves a child to another contact's side-load`() throws {
    let account = Account.fresh()
    let contacts = account.ids(of: "contacts")
    _ = try reply(to: "contacts?include=contactTags", from: account)
    let moved = account.ids(of: "contactTags")[0]
    account.update("contactTags", id: moved, ["contact": .count(contacts[30])])
    let page = try reply(to: "contacts?limit=100&include=contactTags", from: account)
    let owner = page.rows("contacts").filter { row in
      (row["contactTags"] as? [String])?.contains(String(moved)) == true
    }
    #expect(owner.map { $0["id"] as? String } == [String(contacts[30])])
  }
}
