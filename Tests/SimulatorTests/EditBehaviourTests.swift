import Foundation
import Testing

@testable import Simulator

@Suite struct `What follows an edit of a contact's children` {
  /// A child's path, its edit that may move the contact, and the option that says so.
  struct Case: Sendable, CustomTestStringConvertible {
    let path: String
    let turnOff: @Sendable (inout EditBehaviour) -> Void
    var testDescription: String { path }
  }

  static let cases = [
    Case(path: "contactTags") { $0.tagAddsMoveContacts = false },
    Case(path: "fieldValues") { $0.fieldValuesMoveContacts = false },
    Case(path: "contactLists") { $0.membershipsMoveContacts = false },
  ]

  private let clock = HandClock()

  private func account(_ change: (inout EditBehaviour) -> Void = { _ in }) -> Account {
    var behaviour = EditBehaviour()
    change(&behaviour)
    let account = Account(
      seed: 3, size: .scaled(contacts: 40), behaviour: behaviour, clock: clock.reading)
    clock.advance(10 * 86400)
    return account
  }

  /// The contacts that a request for what changed today brings, and what comes beside them.
  private func changed(_ account: Account, _ path: String) throws -> (
    contacts: [Int], beside: [Int]
  ) {
    let yesterday = CentralTime.day(clock.now - 86400)
    let page = try reply(
      to: "contacts?limit=100&filters[updated_after]=\(yesterday)&include=\(path)", from: account)
    return (page.ids("contacts"), page.ids(path))
  }

  @Test(arguments: cases) func `an added one moves the contact, and comes beside it`(
    given: Case
  ) throws {
    let account = account()
    let contact = account.ids(of: "contacts")[5]
    #expect(try changed(account, given.path).contacts.isEmpty)
    let id = account.insert(given.path, ["contact": .count(contact)])
    let found = try changed(account, given.path)
    #expect(found.contacts == [contact])
    #expect(found.beside.last == id)
  }

  @Test(arguments: cases) func `an added one moves nothing where the account behaves so`(
    given: Case
  ) throws {
    let account = account(given.turnOff)
    let contact = account.ids(of: "contacts")[5]
    let id = account.insert(given.path, ["contact": .count(contact)])
    #expect(try changed(account, given.path).contacts.isEmpty)
    // It is there all the same: in its own list, and beside the contact when that is asked for.
    #expect(try reply(to: "\(given.path)/\(id)", from: account).status == 200)
    let single = try reply(to: "contacts?ids[]=\(contact)&include=\(given.path)", from: account)
    #expect(single.ids(given.path).last == id)
  }

  @Test(arguments: cases) func `a removed one moves nothing, and is gone from beside the contact`(
    given: Case
  ) throws {
    let account = account()
    let id = account.ids(of: given.path)[3]
    let contact = try #require(
      (try account.object(given.path, id)["contact"] as? String).flatMap { Int($0) })
    account.delete(given.path, id: id)
    #expect(try changed(account, given.path).contacts.isEmpty)
    let single = try reply(to: "contacts?ids[]=\(contact)&include=\(given.path)", from: account)
    #expect(!single.ids(given.path).contains(id))
    let named = try #require(single.rows("contacts").first?[given.path] as? [String])
    #expect(!named.contains(String(id)))
  }

  @Test(arguments: ["fieldValues", "contactLists"]) func `a changed one moves the contact`(
    path: String
  ) throws {
    let account = account()
    let id = account.ids(of: path)[2]
    let contact = try account.object(path, id)["contact"] as? String
    account.update(path, id: id, path == "fieldValues" ? ["value": "new"] : ["status": "2"])
    #expect(try changed(account, path).contacts.map(String.init) == [contact])
  }

  @Test func `a deleted contact leaves its children, which no side-load brings`() throws {
    let account = account()
    let tag = account.ids(of: "contactTags")[0]
    let contact = try #require(
      (try account.object("contactTags", tag)["contact"] as? String).flatMap { Int($0) })
    let before = account.count(of: "contactTags")
    account.delete("contacts", id: contact)
    #expect(account.count(of: "contactTags") == before)
    #expect(try reply(to: "contactTags/\(tag)", from: account).status == 200)
    let page = try reply(to: "contacts?limit=100&include=contactTags", from: account)
    #expect(!page.ids("contactTags").contains(tag))
  }
}
