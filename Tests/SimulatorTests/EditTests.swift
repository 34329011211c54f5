import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Simulator

/// A clock that a test moves on.
final class HandClock: Sendable {
  private let seconds = Mutex(noon)

  var now: Int { seconds.withLock { $0 } }
  func advance(_ step: Int) { seconds.withLock { $0 += step } }
  var reading: @Sendable () -> Date { { Date(timeIntervalSince1970: Double(self.now)) } }
}

@Suite struct `Editing an account` {
  @Test(arguments: Resource.all.filter { $0.form == .linked }.map(\.path))
  func `adds a row of any kind with a new id, made now`(
    path: String
  )
    throws
  {
    let clock = HandClock()
    let account = Account.fresh(clock: clock.reading)
    clock.advance(3600)
    let before = account.rows(of: path)
    let id = account.insert(path)
    #expect(id > 0 && !before.isEmpty)
    #expect(account.count(of: path) == before.count + 1)
    #expect(account.ids(of: path).last == id)
    let row = try account.object(path, id)
    let resource = try #require(Resource.byPath[path])
    if let created = row[resource.created] as? String {
      #expect(created == CentralTime.iso(clock.now), "\(path)")
    }
    #expect(try reply(to: "\(path)/\(id)", from: account).status == 200)
  }

  @Test func `gives a new row what it is told, and the rest by itself`() throws {
    let account = Account.fresh()
    let id = account.insert("contacts", ["email": "new@example.com", "firstName": "N \"q\" 🎉"])
    let row = try account.object("contacts", id)
    #expect(row["email"] as? String == "new@example.com")
    #expect(row["firstName"] as? String == "N \"q\" 🎉")
    #expect((row["hash"] as? String)?.count == 32 && row["deals"] as? [String] == [])
    #expect(try reply(to: "contacts?email=new@example.com", from: account).ids("contacts") == [id])
  }

  @Test func `changes a row and its update times, and filters see it at once`() throws {
    let clock = HandClock()
    let account = Account.fresh(clock: clock.reading)
    try serving(account) { _, url in
      let reader = try Reader(url)
      clock.advance(10 * 86400)
      let today = CentralTime.day(clock.now - 86400)
      let query = "contacts?filters[updated_after]=\(today)"
      #expect(try reader.get(query).ids("contacts").isEmpty)
      let id = account.ids(of: "contacts")[9]
      #expect(account.update("contacts", id: id, ["lastName": "Changed"]))
      let found = try reader.get(query)
      #expect(found.ids("contacts") == [id])
      let row = try #require(found.rows("contacts").first)
      #expect(row["lastName"] as? String == "Changed")
      #expect(row["udate"] as? String == CentralTime.iso(clock.now))
      #expect(row["updated_utc_timestamp"] as? String == CentralTime.wall(clock.now))
      #expect(!account.update("contacts", id: 999_999, [:]))
    }
  }

  @Test func `moves mdate on deals, and no time at all in silence`() throws {
    let clock = HandClock()
    let account = Account.fresh(clock: clock.reading)
    clock.advance(86400)
    let id = try #require(
      account.ids(of: "deals").first { account.row(of: "deals", id: $0)?.contains("mdate") == true }
    )
    let before = try account.object("deals", id)
    account.update("deals", id: id, ["value": "123"], silently: true)
    var after = try account.object("deals", id)
    #expect(after["value"] as? String == "123")
    #expect(after["mdate"] as? String == before["mdate"] as? String)
    account.update("deals", id: id, ["value": "124"])
    after = try account.object("deals", id)
    #expect(after["mdate"] as? String == CentralTime.iso(clock.now))
    #expect(after["cdate"] as? String == before["cdate"] as? String)
  }

  @Test func `hides and shows a deal with its pipeline`() throws {
    let account = Account.fresh()
    let id = try #require(account.ids(of: "deals").first)
    let hidden = try #require(account.generator.hiddenGroups.first)
    account.update("deals", id: id, ["group": .count(hidden), "title": "a/b"])
    #expect(
      account.row(of: "deals", id: id)
        == "{\"title\":\"a\\/b\",\"id\":\"\(id)\",\"isDisabled\":true}")
    account.update("deals", id: id, ["group": .count(account.ids(of: "dealGroups")[0])])
    #expect(try account.object("deals", id)["isDisabled"] as? Bool == false)
  }

  @Test func `deletes a row: it is gone from lists, answers 404, and its id is not used again`()
    throws
  {
    let account = Account.fresh()
    let last = try #require(account.ids(of: "tags").last)
    #expect(account.delete("tags", id: last))
    #expect(!account.delete("tags", id: last))
    #expect(try reply(to: "tags/\(last)", from: account).status == 404)
    let list = try reply(to: "tags?limit=100", from: account)
    #expect(!list.ids("tags").contains(last) && list.total == account.count(of: "tags"))
    #expect(account.insert("tags") > last)
  }

  @Test func `lets the contact and the tag follow a new tag on a contact`() throws {
    let clock = HandClock()
    let account = Account.fresh(clock: clock.reading)
    let contact = account.ids(of: "contacts")[2]
    let tag = account.ids(of: "tags")[0]
    let count = try account.object("tags", tag)["subscriber_count"] as? String
    clock.advance(5000)
    let id = account.insert("contactTags", ["contact": .count(contact), "tag": .count(tag)])
    #expect(
      try account.object("contacts", contact)["udate"] as? String == CentralTime.iso(clock.now))
    let after = try account.object("tags", tag)
    #expect(
      after["subscriber_count"] as? String == (count.flatMap { Int($0) }.map { String($0 + 1) }))
    #expect(after["updated_timestamp"] as? String == CentralTime.wall(clock.now))
    clock.advance(5000)
    account.delete("contactTags", id: id)
    #expect(try account.object("tags", tag)["subscriber_count"] as? String == count)
    // A removal is not known to move the contact.
    #expect(
      try account.object("contacts", contact)["udate"] as? String
        == CentralTime.iso(clock.now - 5000))
  }

  @Test func `keeps a pipeline's stages and a contact's lists in step`() throws {
    let account = Account.fresh()
    let group = account.ids(of: "dealGroups")[0]
    let stage = account.insert("dealStages", ["group": .count(group)])
    let reply = try reply(to: "dealGroups/\(group)", from: account)
    #expect(reply.ids("dealStages").last == stage)
    account.delete("dealStages", id: stage)
    let stages = try account.object("dealGroups", group)["stages"] as? [String]
    #expect(stages?.contains(String(stage)) == false && stages?.count == 5)
  }

  @Test func `may go on from several threads while it is served`() throws {
    let account = Account.fresh()
    let before = account.count(of: "contacts")
    try serving(account) { _, url in
      let broken = Mutex(0)
      DispatchQueue.concurrentPerform(iterations: 4) { number in
        if number.isMultiple(of: 2) {
          for step in 0..<25 {
            let id = account.insert("contacts", ["email": .text("t\(number).\(step)@example.com")])
            account.update("contacts", id: id, ["firstName": "Edited"])
            if step.isMultiple(of: 5) { account.delete("contacts", id: id) }
          }
        } else {
          for _ in 0..<25 {
            let reply = try? Reader(url).get("contacts?limit=100&orders[email]=ASC")
            if reply?.json["meta"] == nil { broken.withLock { $0 += 1 } }
          }
        }
      }
      #expect(broken.withLock { $0 } == 0)
      #expect(account.count(of: "contacts") == before + 40)
      let ids = account.ids(of: "contacts")
      #expect(ids == ids.sorted() && Set(ids).count == ids.count)
    }
  }
}
