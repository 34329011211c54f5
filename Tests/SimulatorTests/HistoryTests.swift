import Foundation
import Testing

@testable import Simulator

@Suite struct `The history of an account` {
  @Test func `tells every edit in order, with the row's version and time`() throws {
    let clock = HandClock()
    let account = Account.fresh(clock: clock.reading)
    let old = account.ids(of: "lists")[0]
    clock.advance(60)
    let new = account.insert("lists")
    account.update("lists", id: old, ["name": "one"])
    account.update("lists", id: old, ["name": "two"], silently: true)
    account.update("lists", id: new, ["name": "three"])
    account.delete("lists", id: old)
    let events = account.history
    #expect(events.map(\.number) == [1, 2, 3, 4, 5])
    #expect(events.map(\.id) == [new, old, old, new, old])
    #expect(events.map(\.kind) == [.inserted, .updated, .updatedSilently, .updated, .deleted])
    #expect(events.map(\.version) == [1, 2, 3, 2, 4])
    #expect(events.allSatisfy { $0.time == clock.reading() && $0.path == "lists" })
  }

  @Test func `tells which relatives followed, and whether their times moved`() {
    let account = Account.fresh()
    let contact = account.ids(of: "contacts")[3]
    let tag = account.ids(of: "tags")[1]
    let id = account.insert("contactTags", ["contact": .count(contact), "tag": .count(tag)])
    account.delete("contactTags", id: id)
    let deal = account.insert("deals", ["contact": .count(contact)])
    let events = account.history.map { "\($0.path) \($0.id) \($0.kind.rawValue)" }
    #expect(
      events == [
        "contactTags \(id) inserted", "contacts \(contact) updated", "tags \(tag) updated",
        // The contact does not follow the removal of its tag.
        "contactTags \(id) deleted", "tags \(tag) updated",
        "deals \(deal) inserted", "contacts \(contact) updated-silently",
      ])
  }

  @Test func `is served as lines of JSON, without key and outside of the audit`() throws {
    let account = Account.fresh(clock: at(noon + 5))
    let id = account.insert("tags")
    account.delete("tags", id: id)
    try serving(account) { server, url in
      let reader = try Reader(url)
      reader.key = nil
      let reply = try reader.send("GET /_simulator/history")
      #expect(reply.headers["content-type"] == "application/x-ndjson")
      #expect(
        reply.text == """
          {"number":1,"path":"tags","id":"\(id)","at":"2026-07-01T12:00:05Z",\
          "event":"inserted","version":1}
          {"number":2,"path":"tags","id":"\(id)","at":"2026-07-01T12:00:05Z",\
          "event":"deleted","version":2}

          """)
      #expect(server.audit.requests == 0)
    }
  }

  @Test func `comes with the rows as they are now`() throws {
    try serving { _, url in
      let reader = try Reader(url)
      let lines = try reader.send("GET /_simulator/rows?path=tags").text.split(separator: "\n")
      #expect(lines.map(String.init) == Account.small.rows(of: "tags"))
      #expect(try reader.send("GET /_simulator/rows?path=nothing").body.isEmpty)
      #expect(try reader.send("GET /_simulator/nothing").status == 404)
    }
  }
}
