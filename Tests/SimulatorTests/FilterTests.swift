import Foundation
import Testing

@testable import Simulator

/// The ids of all rows that a query gives, over all pages.
private func ids(
  _ query: String, of path: String = "contacts", from account: Account = .small,
  _ change: (inout ServerOptions) -> Void = { _ in }
) throws -> [Int] {
  try serving(account, change) { _, url in
    let reader = try Reader(url)
    var ids: [Int] = []
    while true {
      let page = try reader.get("\(path)?limit=100&offset=\(ids.count)&\(query)").ids(path)
      if page.isEmpty { return ids }
      ids += page
    }
  }
}

/// The ids of the account's own rows that pass a test.
private func expected(
  _ path: String = "contacts", from account: Account = .small,
  where passes: ([String: Any]) throws -> Bool
) throws -> [Int] {
  try account.objects(path).filter(passes).compactMap { ($0["id"] as? String).flatMap { Int($0) } }
}

extension [String: Any] {
  fileprivate func text(_ key: String) -> String { self[key] as? String ?? "" }

  fileprivate func instant(_ key: String) -> Int? {
    (self[key] as? String).flatMap { GivenTime($0)?.instant(in: .utc) }
  }
}

@Suite struct `Filtering contacts` {
  @Test func `walks by keyset: ids above, below, ascending, descending`() throws {
    let all = Account.small.ids(of: "contacts")
    let middle = all[120]
    #expect(try ids("orders[id]=ASC&id_greater=\(middle)") == Array(all[121...]))
    #expect(
      try ids("orders%5Bid%5D=ASC&id_greater=\(middle)&id_less=\(all[130])")
        == Array(all[121..<130]))
    #expect(try ids("orders[id]=DESC&id_greater=\(middle)") == all[121...].reversed())
    #expect(try ids("id_less=\(middle)") == Array(all[..<120]))
    #expect(try ids("id_greater=\(all.last ?? 0)").isEmpty)
    let reply = try reply(to: "contacts?orders[id]=ASC&id_greater=\(middle)&limit=3")
    #expect(reply.total == all.count - 121)
  }

  @Test func `leaves out the whole day that updated_after names, in Central time`() throws {
    // A day is five or six hours later in Chicago than in UTC.
    let bound = try #require(GivenTime("2026-02-02T00:00:00-06:00")?.instant(in: .utc))
    let wanted = try expected { ($0.instant("udate") ?? 0) >= bound }
    #expect(!wanted.isEmpty && wanted.count < Account.small.count(of: "contacts"))
    #expect(try ids("filters[updated_after]=2026-02-01") == wanted)
    #expect(try ids("filters[updated_after]=2026-02-01T23:00:00Z") == wanted)
    #expect(try reply(to: "contacts?filters[updated_after]=2026-02-01").total == wanted.count)
  }

  @Test func `takes the day itself, the second, or UTC when told to`() throws {
    let day = try #require(GivenTime("2026-02-01T00:00:00-06:00")?.instant(in: .utc))
    let inclusive = try ids("filters[updated_after]=2026-02-01") {
      $0.filters.contacts.bound = .inclusive
    }
    #expect(inclusive == (try expected { ($0.instant("udate") ?? 0) >= day }))
    let utc = try ids("filters[updated_after]=2026-02-01") {
      $0.filters.contacts = FilterBehaviour.DateFilter(zone: .utc)
    }
    #expect(utc == (try expected { ($0.instant("udate") ?? 0) >= day - 6 * 3600 }))
    let second = try #require(
      try Account.small.objects("contacts").compactMap { $0.instant("udate") }.max())
    let stamp = CentralTime.iso(second).replacing("+", with: "%2B")
    for (bound, count) in [(FilterBehaviour.Bound.inclusive, 1), (.exclusive, 0)] {
      let found = try ids("filters[updated_after]=\(stamp)") {
        $0.filters.contacts = FilterBehaviour.DateFilter(precision: .second, bound: bound)
      }
      #expect(found.count == count)
    }
  }

  @Test(arguments: FilterBehaviour.Creation.allCases)
  func `does to filters on creation what it is told to`(creation: FilterBehaviour.Creation) throws {
    let found = try ids("filters[created_after]=2025-06-01&filters[created_before]=2025-12-01") {
      $0.filters.contacts = FilterBehaviour.DateFilter()
      $0.filters.contacts.creation = creation
    }
    let after = try #require(GivenTime("2025-06-01T00:00:00-05:00")?.instant(in: .utc))
    let before = try #require(GivenTime("2025-12-01T00:00:00-06:00")?.instant(in: .utc))
    let wanted = try expected { row in
      switch creation {
      case .honoured: (after..<before).contains(row.instant("cdate") ?? 0)
      case .ignored: true
      case .lowerOnly: row.instant("cdate") ?? 0 >= after
      case .empty: false
      case .updated:
        (after..<before).contains(row.instant("udate") ?? row.instant("cdate") ?? 0)
      }
    }
    #expect(found == wanted)
    #expect(creation == .empty || !found.isEmpty)
  }

  @Test func `finds a contact without update time by its creation only when told to`() throws {
    let untouched = try expected { $0["udate"] is NSNull }
    #expect(!untouched.isEmpty)
    #expect(Set(try ids("filters[updated_after]=2000-01-01")).isDisjoint(with: untouched))
    let found = try ids("filters[updated_after]=2000-01-01") {
      $0.filters.nullUpdateCountsAsCreation = true
    }
    #expect(found == Account.small.ids(of: "contacts"))
  }

  @Test func `combines the date with the keyset, and gives nothing for the future`() throws {
    let changed = try ids("filters[updated_after]=2026-01-01")
    let middle = changed[changed.count / 2]
    #expect(
      try ids("orders[id]=ASC&id_greater=\(middle)&filters[updated_after]=2026-01-01")
        == changed.filter { $0 > middle })
    #expect(try ids("filters[updated_after]=2099-01-01").isEmpty)
    #expect(try reply(to: "contacts?filters[updated_after]=2099-01-01").total == 0)
  }

  @Test func `cuts by creation, before and after`() throws {
    let before = try ids("filters[created_before]=2025-01-01")
    let after = try ids("filters[created_after]=2024-12-31")
    #expect(!before.isEmpty && !after.isEmpty)
    #expect(before + after == Account.small.ids(of: "contacts"))
  }

  @Test func `finds by e-mail, part of it, phone, search, ids and exclusion`() throws {
    let row = try #require(try Account.small.objects("contacts").first { $0.text("phone") != "" })
    let id = try #require(Int(row.text("id")))
    #expect(try ids("email=\(row.text("email"))") == [id])
    #expect(try ids("email=\(row.text("email").uppercased())") == [id])
    let phone = String(row.text("phone").dropFirst().prefix(8))
    #expect(try ids("phone=%2B\(phone)").contains(id))
    #expect(try ids("phone=\(phone)").isEmpty, "a phone is found by how it begins")
    #expect(
      try ids("email_like=example.net")
        == (try expected { $0.text("email").contains("example.net") }))
    #expect(try ids("search=\(row.text("email").prefix(8))").contains(id))
    let some = Array(Account.small.ids(of: "contacts")[5...7])
    #expect(try ids("ids[]=\(some[0])&ids[]=\(some[1])&ids%5B%5D=\(some[2])") == some)
    #expect(try ids("exclude=\(some[0])").count == Account.small.count(of: "contacts") - 1)
  }

  @Test func `finds by list, status and tag`() throws {
    let memberships = try Account.small.objects("contactLists")
    let list = try #require(memberships.first).text("list")
    let members = Set(
      memberships.filter { $0.text("list") == list }.compactMap { Int($0.text("contact")) })
    #expect(try ids("listid=\(list)") == members.sorted())
    let left = memberships.filter { $0.text("list") == list && $0.text("status") == "2" }
    #expect(
      try ids("listid=\(list)&status=2")
        == Set(left.compactMap { Int($0.text("contact")) }).sorted())
    #expect(try ids("status=-1").count == Account.small.count(of: "contacts"))
    let tags = try Account.small.objects("contactTags")
    let tag = try #require(tags.first).text("tag")
    let tagged = Set(tags.filter { $0.text("tag") == tag }.compactMap { Int($0.text("contact")) })
    #expect(try ids("tagid=\(tag)") == tagged.sorted())
    #expect(
      try ids("tagid=\(tag)") { $0.filters.honoursTagID = false }
        == Account.small.ids(of: "contacts"))
  }

  @Test(arguments: [
    "updated_after=2099-01-01", "filter[updated_after]=2099-01-01", "filters[udate]=2099-01-01",
    "filters[updated_after]=nonsense", "filters[updated_after]=", "email=", "orders[udate]=DESC",
    "limit=100&filters[email]=nobody", "listid=x", "search",
  ])
  func `ignores what is not documented, and says nothing`(query: String) throws {
    #expect(try ids(query) == Account.small.ids(of: "contacts"))
  }
}

@Suite struct `Ordering contacts` {
  @Test func `sorts by creation, e-mail and names`() throws {
    let rows = try Account.small.objects("contacts")
    let byID = Dictionary(uniqueKeysWithValues: rows.map { (Int($0.text("id")) ?? 0, $0) })
    for (column, key) in [
      ("email", "email"), ("first_name", "firstName"), ("last_name", "lastName"),
    ] {
      let values = try ids("orders[\(column)]=DESC").compactMap { byID[$0]?.text(key).lowercased() }
      #expect(values == values.sorted(by: >) && values.count == rows.count, "\(column)")
    }
    let created = try ids("orders[cdate]=DESC").compactMap { byID[$0]?.instant("cdate") }
    #expect(created == created.sorted(by: >))
  }

  @Test func `keeps the ids above as a filter under another order`() throws {
    let all = Account.small.ids(of: "contacts")
    let found = try ids("orders[email]=ASC&id_greater=\(all[250])")
    #expect(found.sorted() == Array(all[251...]) && found != found.sorted())
  }
}

@Suite struct `Filtering deals` {
  private static let deals = Account.medium

  @Test func `comes in board order, not by id, and the same each time`() throws {
    let first = try ids("", of: "deals", from: Self.deals)
    #expect(first != first.sorted())
    #expect(first.sorted() == Self.deals.ids(of: "deals"))
    #expect(try ids("", of: "deals", from: Self.deals) == first)
    #expect(try ids("orders[id]=ASC&orders[mdate]=ASC", of: "deals", from: Self.deals) == first)
  }

  @Test func `sorts by creation, value and title`() throws {
    let rows = try Self.deals.objects("deals")
    let byID = Dictionary(uniqueKeysWithValues: rows.map { (Int($0.text("id")) ?? 0, $0) })
    let created = try ids("orders[cdate]=ASC", of: "deals", from: Self.deals)
      .compactMap { byID[$0]?.instant("cdate") }
    #expect(created == created.sorted() && created.count > 100)
    let values = try ids("orders[value]=DESC", of: "deals", from: Self.deals)
      .compactMap { byID[$0].flatMap { Int($0.text("value")) } }
    #expect(values == values.sorted(by: >))
    let titles = try ids("orders[title]=ASC", of: "deals", from: Self.deals)
      .compactMap { byID[$0]?.text("title").lowercased() }
    #expect(titles == titles.sorted())
  }

  @Test func `includes the day that updated_after names, and leaves out updated_before's`() throws {
    let bound = try #require(GivenTime("2026-02-01T00:00:00-06:00")?.instant(in: .utc))
    let after = try ids("filters[updated_after]=2026-02-01", of: "deals", from: Self.deals)
    let before = try ids("filters[updated_before]=2026-02-01", of: "deals", from: Self.deals)
    #expect(Set(after + before) == Set(Self.deals.ids(of: "deals")))
    let rows = try Self.deals.objects("deals").filter { $0["mdate"] != nil }
    for row in rows {
      let isAfter = try #require(row.instant("mdate")) >= bound
      #expect(after.contains(Int(row.text("id")) ?? 0) == isAfter)
    }
    let stubs = try expected("deals", from: Self.deals) { $0["mdate"] == nil }
    #expect(!Set(after).isDisjoint(with: stubs), "stubs are filtered by what they hide")
    let reply = try reply(to: "deals?filters[updated_after]=2026-02-01", from: Self.deals)
    let meta = try #require(reply.json["meta"] as? [String: Any])
    #expect(meta["total"] as? Int == after.count)
    let sums = try #require(meta["currencies"] as? [String: [String: Any]])
    #expect(sums.values.compactMap { Int($0.text("total")) }.reduce(0, +) == after.count)
  }

  @Test func `finds by pipeline, stage, status, owner, value, title and contact`() throws {
    let row = try #require(try Self.deals.objects("deals").first { $0["group"] != nil })
    for (filter, key) in [
      ("group", "group"), ("stage", "stage"), ("status", "status"), ("owner", "owner"),
    ] {
      let found = try ids("filters[\(filter)]=\(row.text(key))", of: "deals", from: Self.deals)
      let visible = try expected("deals", from: Self.deals) { $0.text(key) == row.text(key) }
      #expect(!visible.isEmpty && Set(found).isSuperset(of: visible), "\(filter)")
      #expect(found.count < Self.deals.count(of: "deals"))
    }
    let rich = try ids(
      "filters[minimum_value]=500&filters[maximum_value]=800.5", of: "deals", from: Self.deals)
    let wanted = try expected("deals", from: Self.deals) {
      (50000...80050).contains(Int($0.text("value")) ?? 0)
    }
    #expect(Set(rich).isSuperset(of: wanted) && !wanted.isEmpty)
    let title = try ids("filters[title]=renewal", of: "deals", from: Self.deals)
    #expect(
      title.sorted()
        == (try expected("deals", from: Self.deals) { $0.text("title").contains("renewal") }))
    let contact = try Self.deals.object("contacts", Int(row.text("contact")) ?? 0)
    let name = contact.text("firstName").addingPercentEncoding(
      withAllowedCharacters: .alphanumerics)
    let byName = try ids(
      "filters[search]=\(name ?? "")&filters[search_field]=contact", of: "deals", from: Self.deals)
    #expect(byName.contains(Int(row.text("id")) ?? 0))
  }

  @Test func `parts the deals by when their next task is due`() throws {
    let parts = try ["overdue", "upcoming", "scheduled", "no-task"].map {
      try ids("filters[nextdate_range]=\($0)", of: "deals", from: Self.deals)
    }
    #expect(parts.flatMap { $0 }.sorted() == Self.deals.ids(of: "deals"))
    #expect(!parts[0].isEmpty && !parts[2].isEmpty && !parts[3].isEmpty)
  }
}

@Suite struct `Filtering the other resources` {
  @Test func `gives the stages of one pipeline`() throws {
    let groups = Account.small.ids(of: "dealGroups")
    var all: [Int] = []
    for group in groups {
      let found = try ids("filters[d_groupid]=\(group)", of: "dealStages")
      #expect(found == (try expected("dealStages") { $0.text("group") == String(group) }))
      all += found
    }
    #expect(all.sorted() == Account.small.ids(of: "dealStages"))
    #expect(try ids("filters[d_groupid]=99999", of: "dealStages").isEmpty)
  }

  @Test func `searches tags and lists with operators, and orders them`() throws {
    #expect(
      try ids("search=webinar", of: "tags")
        == (try expected("tags") { $0.text("tag").contains("webinar") }))
    #expect(
      try ids("filters[search][starts_with]=interest", of: "tags")
        == (try expected("tags") { $0.text("tag").hasPrefix("interest") }))
    let list = try #require(try Account.small.objects("lists").first)
    let name = list.text("name").replacing(" ", with: "+")
    #expect(try ids("filters[name][eq]=\(name)", of: "lists") == [Int(list.text("id")) ?? 0])
    #expect(
      try ids("filters[name][neq]=\(name)", of: "lists").count
        == Account.small.count(of: "lists") - 1)
    let names = try ids("orders[name]=desc", of: "lists").map {
      try Account.small.object("lists", $0).text("name").lowercased()
    }
    #expect(names == names.sorted(by: >))
  }

  @Test func `finds tasks by what they are about, their state and their due date`() throws {
    let tasks = try Account.small.objects("dealTasks")
    let task = try #require(tasks.first)
    let query = "filters[reltype]=\(task.text("reltype"))&filters[relid]=\(task.text("relid"))"
    #expect(try ids(query, of: "dealTasks").contains(Int(task.text("id")) ?? 0))
    let open = try ids("filters[status]=0", of: "dealTasks")
    let done = try ids("filters[status]=1", of: "dealTasks")
    #expect((open + done).sorted() == Account.small.ids(of: "dealTasks") && !open.isEmpty)
    let after = try ids("filters[due_after]=2026-06-01", of: "dealTasks")
    let before = try ids("filters[due_before]=2026-06-01", of: "dealTasks")
    #expect((after + before).sorted() == Account.small.ids(of: "dealTasks"))
    #expect(!after.isEmpty && !before.isEmpty)
  }

  @Test func `finds campaigns by automation, fields by tag, companies by name`() throws {
    let campaigns = try Account.small.objects("campaigns")
    let series = try #require(campaigns.first { $0.text("seriesid") != "0" }).text("seriesid")
    #expect(
      try ids("filters[seriesid]=\(series)", of: "campaigns")
        == (try expected("campaigns") { $0.text("seriesid") == series }))
    let sent = try ids("orders[sdate]=DESC", of: "campaigns").map {
      try Account.small.object("campaigns", $0).instant("sdate") ?? 0
    }
    #expect(sent == sent.sorted(by: >) && sent.first ?? 0 > 0)
    let field = try #require(try Account.small.objects("fields").last)
    #expect(
      try ids("filters[perstag]=\(field.text("perstag"))", of: "fields")
        == [Int(field.text("id")) ?? 0])
    #expect(
      try ids("search=birch", of: "accounts")
        == (try expected("accounts") { $0.text("name").contains("Birch") }))
  }

  @Test(arguments: [
    ("contactTags", "filters[tag]=1"), ("contactTags", "contact=1"),
    ("contactLists", "filters[list]=1"), ("notes", "filters[updated_after]=2099-01-01"),
    ("tags", "id_greater=5"), ("users", "orders[id]=DESC"), ("automations", "orders[mdate]=DESC"),
    ("dealTasks", "orders[udate]=DESC"), ("campaigns", "filters[status]=5"),
    ("forms", "search=nothing"), ("accounts", "filters[updated_after]=2099-01-01"),
  ])
  func `ignores what only looks like a filter or an order`(path: String, query: String) throws {
    #expect(try ids(query, of: path) == Account.small.ids(of: path))
  }
}
