import Foundation
import Testing

@testable import Simulator

/// The kinds that the documentation's field lists are held against.
private let fifteen = [
  "contacts", "lists", "tags", "contactTags", "fields", "forms", "deals", "dealGroups",
  "dealStages", "accounts", "notes", "dealTasks", "campaigns", "automations", "users",
]

@Suite struct `An account` {
  @Test func `is the same for the same seed, and another for another`() {
    let size = AccountSize.scaled(contacts: 60)
    let first = Account(seed: 5, size: size, clock: at(noon))
    let second = Account(seed: 5, size: size, clock: at(noon))
    let other = Account(seed: 6, size: size, clock: at(noon))
    for path in Account.paths {
      #expect(first.rows(of: path) == second.rows(of: path), "\(path)")
    }
    #expect(first.rows(of: "contacts") != other.rows(of: "contacts"))
  }

  @Test func `is the same at another time when its history ends at the same`() {
    let size = AccountSize.scaled(contacts: 30)
    let end = Date(timeIntervalSince1970: Double(noon))
    let first = Account(size: size, historyUntil: end, clock: at(noon + 50))
    let second = Account(size: size, historyUntil: end, clock: at(noon + 90_000))
    for path in Account.paths { #expect(first.rows(of: path) == second.rows(of: path), "\(path)") }
    #expect(second.now == Date(timeIntervalSince1970: Double(noon + 90_000)))
  }

  @Test func `holds as many rows as its size says`() {
    let size = AccountSize.demo
    #expect(Account.large.count(of: "contacts") == size.contacts)
    #expect(Account.large.count(of: "deals") == size.deals)
    #expect(Account.large.count(of: "contactTags") == size.contactTags)
    #expect(Account.large.count(of: "dealGroups") == size.pipelines)
    #expect(Account.large.count(of: "dealStages") == size.pipelines * size.stagesPerPipeline)
    #expect(size.contacts >= 1000 && size.deals >= 500 && size.pipelines >= 3)
  }

  @Test(arguments: fifteen)
  func `gives every documented field of the documented type, once not null`(
    path: String
  ) throws {
    let rows = try Account.large.objects(path).filter { $0["isDisabled"] as? Bool != true }
    try expect(rows, of: path, toHave: try #require(DocumentedFields.byPath[path]))
  }

  @Test func `sends links with every row, as an object or as an empty array`() throws {
    for path in Resource.all.filter({ $0.form == .linked }).map(\.path) {
      for row in try Account.small.objects(path) where row["isDisabled"] as? Bool != true {
        let isObject = row["links"] as? [String: String] != nil
        #expect(isObject || (row["links"] as? [Any])?.isEmpty == true, "\(path)")
      }
    }
    let tag = try Account.small.object("contactTags", Account.small.ids(of: "contactTags")[0])
    let links = try #require(tag["links"] as? [String: String])
    let id = try #require(tag["id"] as? String)
    #expect(links["tag"] == "https://acme.api-us1.com/api/3/contactTags/\(id)/tag")
  }

  @Test func `has odd texts, zero dates, missing update times and ids with gaps`() throws {
    let contacts = try Account.large.objects("contacts")
    let names = Set(contacts.compactMap { $0["firstName"] as? String })
    #expect(names.isSuperset(of: ["محمد", "🎉 Party", "Tab\tTabson", "Jo \"Jojo\"", "Line\nBreak"]))
    #expect(contacts.contains { $0["bounced_date"] as? String == "0000-00-00" })
    #expect(contacts.contains { $0["udate"] is NSNull && $0["cdate"] is String })
    #expect(contacts.contains { $0["deleted_at"] as? String == "0000-00-00 00:00:00" })
    let ids = Account.large.ids(of: "contacts")
    #expect(ids == ids.sorted() && ids.last ?? 0 > ids.count)
    #expect(Account.large.rows(of: "contacts").allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
  }

  @Test func `spreads its times over three years, in both offsets, and none in the future`() throws
  {
    let times = try Account.medium.objects("contacts").compactMap { $0["udate"] as? String }
    let instants = times.compactMap { GivenTime($0)?.instant(in: .utc) }
    #expect(instants.max() ?? 0 <= noon)
    #expect(instants.min() ?? 0 < noon - 2 * 365 * 86400)
    #expect(instants.count { $0 > noon - 30 * 86400 } > 15)
    #expect(times.contains { $0.hasSuffix("-05:00") } && times.contains { $0.hasSuffix("-06:00") })
    let changed = try Account.medium.objects("contacts").filter { row in
      (row["udate"] as? String).map { $0 != row["cdate"] as? String } ?? false
    }
    #expect(changed.count > 300)
  }

  @Test func `names only relatives that exist`() throws {
    let contacts = Set(Account.small.ids(of: "contacts").map(String.init))
    let tags = Set(Account.small.ids(of: "tags").map(String.init))
    var pairs: Set<[String]> = []
    for row in try Account.small.objects("contactTags") {
      let contact = try #require(row["contact"] as? String)
      let tag = try #require(row["tag"] as? String)
      #expect(contacts.contains(contact) && tags.contains(tag))
      #expect(pairs.insert([contact, tag]).inserted, "a tag is twice on contact \(contact)")
    }
    let memberships = Dictionary(
      grouping: try Account.small.objects("contactLists"), by: { $0["contact"] as? String ?? "" })
    for contact in try Account.small.objects("contacts") {
      let own = memberships[contact["id"] as? String ?? ""] ?? []
      #expect(contact["contactLists"] as? [String] == own.compactMap { $0["id"] as? String })
    }
  }

  @Test func `counts on tags and lists what their rows show`() throws {
    let perTag = Dictionary(grouping: try Account.small.objects("contactTags")) {
      $0["tag"] as? String ?? ""
    }
    for tag in try Account.small.objects("tags") {
      let count = perTag[tag["id"] as? String ?? ""]?.count ?? 0
      #expect(tag["subscriber_count"] as? String == String(count))
    }
    let active = Dictionary(
      grouping: try Account.small.objects("contactLists").filter { $0["status"] as? String == "1" },
      by: { $0["list"] as? String ?? "" })
    for list in try Account.small.objects("lists") {
      let count = active[list["id"] as? String ?? ""]?.count ?? 0
      #expect(list["active_subscribers"] as? String == String(count))
    }
  }

  @Test func `keeps a pipeline that the key may not see, whose deals are stubs`() throws {
    let deals = try Account.medium.objects("deals")
    let stubs = deals.filter { $0["isDisabled"] as? Bool == true }
    #expect(!stubs.isEmpty && stubs.count < deals.count / 4)
    #expect(stubs.allSatisfy { Set($0.keys) == ["title", "id", "isDisabled"] })
    let groups = Set(Account.medium.ids(of: "dealGroups").map(String.init))
    #expect(deals.allSatisfy { ($0["group"] as? String).map(groups.contains) ?? true })
    #expect(Set(deals.compactMap { $0["group"] as? String }) == groups)
  }

  @Test func `may be empty but for its user`() throws {
    let empty = Account(size: AccountSize(), clock: at(noon))
    #expect(empty.count(of: "users") == 1)
    for path in Account.paths where path != "users" { #expect(empty.rows(of: path).isEmpty) }
    let reply = try reply(to: "deals", from: empty)
    #expect(reply.text == #"{"deals":[],"meta":{"currencies":[],"total":0}}"#)
  }
}
