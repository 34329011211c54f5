import Foundation
import Testing

@testable import Simulator

/// A key of a child that names a row of another path.
struct Reference: Sendable, CustomTestStringConvertible {
  let path: String
  let key: String
  let parent: String

  init(_ path: String, _ key: String, _ parent: String) {
    self.path = path
    self.key = key
    self.parent = parent
  }

  var testDescription: String { "\(path).\(key)" }

  static let all: [Reference] =
    [
      ("contactAutomations", "contact", "contacts"),
      ("contactAutomations", "seriesid", "automations"),
      ("contactAutomations", "lastblock", "automationBlocks"), ("contactDeals", "deal", "deals"),
      ("contactDeals", "contact", "contacts"), ("contactDeals", "role", "dealRoles"),
      ("contactData", "contact", "contacts"), ("contactEmails", "contact", "contacts"),
      ("contactEmails", "message", "messages"), ("contactEmails", "deal", "deals"),
      ("contactGoals", "contact", "contacts"), ("contactGoals", "goal", "goals"),
      ("contactGoals", "contactAutomation", "contactAutomations"),
      ("contactGoals", "automation", "automations"),
      ("contactConversions", "contact", "contacts"),
      ("contactConversions", "conversion", "conversions"),
      ("contactConversions", "conversiontrigger", "conversionTriggers"),
      ("scoreValues", "score", "scores"), ("scoreValues", "contact", "contacts"),
      ("scoreValues", "deal", "deals"), ("geoIps", "contact", "contacts"),
      ("geoIps", "geoAddress", "geoAddresses"), ("geoIps", "messageid", "messages"),
      ("plusAppends", "contact", "contacts"), ("segments", "seriesid", "automations"),
      ("contacts", "organization", "organizations"), ("campaigns", "segmentid", "segments"),
      ("campaigns", "message_id", "messages"), ("campaigns", "addressid", "addresses"),
      ("campaigns", "campaign_message_id", "campaignMessages"),
      ("links", "campaign", "campaigns"), ("links", "message", "messages"),
      ("campaignLists", "campaign", "campaigns"), ("campaignLists", "list", "lists"),
      ("campaignMessages", "campaign", "campaigns"), ("campaignMessages", "message", "messages"),
      ("logs", "campaign", "campaigns"), ("logs", "message", "messages"),
      ("linkData", "linkid", "links"), ("linkData", "campaignid", "campaigns"),
      ("linkData", "messageid", "messages"), ("mppLinkData", "linkid", "links"),
      ("emailActivities", "deal", "deals"), ("emailActivities", "account", "accounts"),
      ("bounceLogs", "campaign", "campaigns"), ("bounceLogs", "message", "messages"),
      ("activityRecipients", "activityid", "activities"),
      ("activityRecipients", "relid", "contacts"), ("siteMessages", "automation", "automations"),
      ("sms", "automation", "automations"), ("automationBlocks", "automation", "automations"),
      ("automationBlocks", "parent", "automationBlocks"), ("goals", "automation", "automations"),
      ("goals", "blockid", "automationBlocks"), ("conversionTriggers", "conversion", "conversions"),
      ("dealTasks", "dealTasktype", "dealTasktypes"), ("dealTasks", "outcomeId", "taskOutcomes"),
      ("tasktypeOutcomeRels", "tasktype", "dealTasktypes"),
      ("tasktypeOutcomeRels", "outcome", "taskOutcomes"), ("dealActivities", "deal", "deals"),
      ("dealGroupUsers", "dealGroup", "dealGroups"), ("dealGroupUsers", "user", "users"),
      ("dealCustomFieldData", "customFieldId", "dealCustomFieldMeta"),
      ("accountCustomFieldData", "accountId", "accounts"),
      ("accountCustomFieldData", "customFieldId", "accountCustomFieldMeta"),
      ("ecomCustomers", "connectionid", "connections"),
      ("ecomOrders", "customerid", "ecomCustomers"), ("ecomOrders", "connectionid", "connections"),
      ("ecomOrderProducts", "orderid", "ecomOrders"),
      ("ecomOrderActivities", "orderid", "ecomOrders"), ("groupLimits", "group", "groups"),
      ("userGroups", "user", "users"), ("userGroups", "group", "groups"),
      ("listGroups", "list", "lists"), ("addressLists", "address", "addresses"),
      ("dealGroupGroups", "dealGroup", "dealGroups"), ("brandings", "groupid", "groups"),
    ].map { Reference($0.0, $0.1, $0.2) }
}

@Suite struct `Rows that belong together` {
  @Test(arguments: Reference.all) func `name relatives that exist`(reference: Reference) throws {
    let ids = Set(Account.medium.ids(of: reference.parent))
    let named = try Account.medium.objects(reference.path)
      .filter { $0["isDisabled"] as? Bool != true }
      .compactMap { number($0[reference.key]) }.filter { $0 != 0 }
    #expect(!named.isEmpty && ids.isSuperset(of: named))
  }

  @Test(arguments: ["logs", "linkData", "bounceLogs", "trackingLogs", "emailActivities"])
  func `outlive a few contacts`(path: String) throws {
    let contacts = Set(Account.large.ids(of: "contacts"))
    let rows = try Account.large.objects(path)
    let gone = rows.filter { !contacts.contains(number($0["subscriberid"]) ?? 0) }
    #expect(!gone.isEmpty && gone.count * 10 < rows.count)
  }

  @Test(arguments: [
    ("contactAutomations", "contact", "contacts", "adddate"),
    ("contactDeals", "contact", "contacts", "cdate"), ("contactDeals", "deal", "deals", "cdate"),
    ("logs", "contact", "contacts", "tstamp"), ("logs", "campaign", "campaigns", "tstamp"),
    ("linkData", "subscriberid", "contacts", "tstamp"),
    ("bounceLogs", "campaign", "campaigns", "tstamp"), ("dealActivities", "deal", "deals", "cdate"),
    ("contactGoals", "contact", "contacts", "tstamp"),
    ("ecomOrders", "customerid", "ecomCustomers", "createdDate"),
  ])
  func `come after what they belong to, and before now`(
    path: String, key: String, parents: String, time: String
  ) throws {
    let created = try Account.medium.objects(parents).reduce(into: [Int: Int]()) { times, row in
      if let id = number(row["id"]) { times[id] = instant(row["cdate"]) }
    }
    var held = 0
    for row in try Account.medium.objects(path) {
      let own = try #require(instant(row[time]))
      #expect(own <= noon)
      guard let id = number(row[key]), let parent = created[id] else { continue }
      #expect(own >= parent, "\(path) \(row["id"] ?? "")")
      held += 1
    }
    #expect(held > 0 || parents == "ecomCustomers")
  }

  @Test(arguments: [
    "contactAutomations", "bounceLogs", "scoreValues", "trackingLogs", "contactDeals", "geoIps",
    "contactGoals",
  ])
  func `are listed below their contact, without meta`(path: String) throws {
    let all = try Account.small.objects(path)
    let contact = try #require(
      all.lazy.compactMap { number($0["contact"]) }
        .first { Account.small.row(of: "contacts", id: $0) != nil })
    let reply = try reply(to: "contacts/\(contact)/\(path)")
    let own = all.filter { number($0["contact"]) == contact }
    #expect(
      reply.rows(path).compactMap { $0["id"] as? String } == own.compactMap { $0["id"] as? String })
    #expect(!own.isEmpty && reply.json["meta"] == nil)
  }

  @Test func `bring the places of addresses beside a contact's`() throws {
    let row = try #require(try Account.small.objects("geoIps").first)
    let reply = try reply(to: "contacts/\(number(row["contact"]) ?? 0)/geoIps")
    let places = reply.rows("geoIps").compactMap { $0["geoAddress"] as? String }
    #expect(!places.isEmpty && Set(places) == Set(reply.ids("geoAddresses").map(String.init)))
  }

  @Test func `come alone where a contact has one at most, or as nothing`() throws {
    try serving { _, url in
      let reader = try Reader(url)
      for (name, path, key) in [
        ("contactData", "contactData", "contactDatum"), ("plusAppend", "plusAppends", "plusAppend"),
      ] {
        let owners = Set(try Account.small.objects(path).compactMap { number($0["contact"]) })
        for contact in Account.small.ids(of: "contacts").prefix(60) {
          let reply = try reader.get("contacts/\(contact)/\(name)")
          if owners.contains(contact) {
            let row = reply.json[key] as? [String: Any]
            #expect(number(row?["contact"]) == contact)
          } else {
            #expect(reply.text == "{}")
          }
        }
      }
      #expect(
        try reader.get("contacts/\(Account.small.ids(of: "contacts")[0])/contactLogs").text
          == #"{"contactLogs":[]}"#)
    }
  }

  @Test func `count how often a contact entered each automation`() throws {
    let entries = try Account.small.objects("contactAutomations")
    let contact = try #require(number(entries.first?["contact"]))
    let own = entries.filter { number($0["contact"]) == contact }
    let reply = try reply(to: "contacts/\(contact)/automationEntryCounts")
    let counts = reply.rows("automationEntryCounts")
    #expect(counts.count == Account.small.count(of: "automations"))
    let sum = counts.compactMap { number($0["contactEntryCount"]) }.reduce(0, +)
    #expect(sum == own.count && sum > 0)
    #expect(counts.allSatisfy { $0["name"] is String && $0["status"] is String })
  }

  @Test func `bring the recipients of just the page's activities`() throws {
    try serving { _, url in
      let reader = try Reader(url)
      var recipients: [Int] = []
      for offset in stride(from: 0, to: Account.small.count(of: "activities"), by: 20) {
        let reply = try reader.get("activities?offset=\(offset)")
        let page = Set(reply.ids("activities"))
        let beside = reply.rows("activityRecipients").compactMap { number($0["activityid"]) }
        #expect(page.isSuperset(of: beside))
        recipients += beside
      }
      #expect(recipients.count == Account.small.count(of: "activityRecipients"))
    }
  }

  @Test func `come beside a page of contacts or deals when asked for`() throws {
    try serving(.medium) { _, url in
      let reader = try Reader(url)
      for (target, path, key) in [
        ("contacts?limit=50&include=contactAutomations", "contactAutomations", "contact"),
        ("deals?limit=50&include=dealCustomFieldData", "dealCustomFieldData", "dealId"),
      ] {
        let reply = try reader.get(target)
        let parents = String(target.prefix { $0 != "?" })
        let page = Set(
          reply.rows(parents).filter { $0["isDisabled"] as? Bool != true }
            .compactMap { number($0["id"]) })
        let wanted = try Account.medium.objects(path).filter {
          page.contains(number($0[key]) ?? 0)
        }
        #expect(
          reply.ids(path).sorted() == wanted.compactMap { number($0["id"]) } && !wanted.isEmpty)
        let listed = reply.rows(parents).flatMap { $0[path] as? [String] ?? [] }
        #expect(listed == reply.rows(path).compactMap { $0["id"] as? String })
      }
    }
  }

  @Test func `let a contact have no custom field twice, each with a value of its kind`() throws {
    let kinds = try Account.large.objects("fields").reduce(into: [Int: String]()) { kinds, row in
      if let id = number(row["id"]) { kinds[id] = row["type"] as? String }
    }
    #expect(Set(kinds.values).isSuperset(of: ["text", "date", "number", "currency", "listbox"]))
    var seen: Set<[Int]> = []
    for row in try Account.large.objects("fieldValues") {
      let field = try #require(number(row["field"]))
      #expect(seen.insert([number(row["contact"]) ?? 0, field]).inserted)
      guard let value = row["value"] as? String, !value.isEmpty else { continue }
      switch kinds[field] {
      case "date": #expect(value.count == 10 && GivenTime(value) != nil)
      case "datetime": #expect(GivenTime(value)?.seconds != nil)
      case "number": #expect(Int(value) != nil)
      case "currency": #expect(Double(value) != nil)
      case "checkbox", "listbox": #expect(value.hasPrefix("||") && value.hasSuffix("||"))
      case "dropdown", "radio": #expect(value.hasPrefix("Option "))
      default: break
      }
    }
  }

  private func instant(_ value: Any?) -> Int? {
    (value as? String).flatMap { GivenTime($0) }?.instant(in: .central)
  }
}

/// A number, or the number that a text spells.
func number(_ value: Any?) -> Int? {
  (value as? String).map { Int($0) } ?? (value as? NSNumber)?.intValue
}
