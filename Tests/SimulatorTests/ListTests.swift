import Foundation
import Testing

@testable import Simulator

/// Every path of an account's core with a list of its own.
private let listed = Resource.core.filter(\.isListed).map(\.path)

@Suite struct `Serving lists` {
  @Test(arguments: listed) func `gives every row once over all pages, as the account holds it`(
    path: String
  ) throws {
    try serving { _, url in
      let reader = try Reader(url)
      var ids: [Int] = []
      while true {
        let reply = try reader.get("\(path)?limit=37&offset=\(ids.count)")
        let page = reply.ids(path)
        if page.isEmpty { break }
        ids += page
        let rows = page.compactMap { Account.small.row(of: path, id: $0) }.joined(separator: ",")
        #expect(reply.body.range(of: Data("\"\(path)\":[\(rows)],\"meta\"".utf8)) != nil)
      }
      #expect(ids.sorted() == Account.small.ids(of: path))
      #expect(path == "deals" ? ids != ids.sorted() : ids == ids.sorted())
    }
  }

  @Test func `gives twenty rows unless told, at most a hundred, and the default for nonsense`()
    throws
  {
    try serving { _, url in
      let reader = try Reader(url)
      for (limit, count) in [
        ("", 20), ("limit=5", 5), ("limit=100", 100), ("limit=101", 100), ("limit=1000", 100),
        ("limit=0", 20), ("limit=-1", 20), ("limit=x", 20),
      ] {
        #expect(try reader.get("contacts?\(limit)").rows("contacts").count == count, "\(limit)")
      }
    }
  }

  @Test func `gives a hundred custom fields unless told`() throws {
    var size = AccountSize()
    size.customFields = 130
    let account = Account(size: size, clock: at(noon))
    #expect(try reply(to: "fields", from: account).rows("fields").count == 100)
    #expect(try reply(to: "fields?limit=7", from: account).rows("fields").count == 7)
  }

  @Test func `gives an empty page beyond the end, with the total`() throws {
    let reply = try reply(to: "tags?offset=5000")
    #expect(reply.status == 200 && reply.rows("tags").isEmpty)
    #expect(reply.total == Account.small.count(of: "tags"))
  }

  @Test func `takes an offset below zero for none`() throws {
    #expect(
      try reply(to: "tags?offset=-5").ids("tags").first == Account.small.ids(of: "tags").first)
  }

  @Test func `writes the total as a text, on deals as a number`() throws {
    for path in listed {
      let meta = try #require(try reply(to: path).json["meta"] as? [String: Any])
      if path == "deals" {
        #expect(
          meta["total"] as? Int == Account.small.count(of: path) && !(meta["total"] is String))
      } else {
        #expect(meta["total"] as? String == String(Account.small.count(of: path)), "\(path)")
      }
    }
  }

  @Test func `puts the keys in the order of the service`() throws {
    #expect(try reply(to: "contacts?limit=1").text.hasPrefix(#"{"scoreValues":[],"contacts":[{"#))
    #expect(try reply(to: "fields?limit=1").text.hasPrefix(#"{"fieldOptions":["#))
    #expect(try reply(to: "dealGroups?limit=1").text.hasPrefix(#"{"dealStages":[{"#))
    #expect(try reply(to: "tags?limit=1").text.hasPrefix(#"{"tags":[{"#))
  }

  @Test func `tells on contacts what it took the request to be`() throws {
    let reply = try reply(to: "contacts?limit=1000&offset=3&status=1&listid=2&search=an")
    let meta = try #require(reply.json["meta"] as? [String: Any])
    let input = try #require(meta["page_input"] as? [String: Any])
    #expect(input["limit"] as? Int == 100 && input["offset"] as? Int == 3)
    #expect(input["status"] as? Int == 1 && input["listid"] as? Int == 2)
    #expect(input["search"] as? String == "an" && meta["sortable"] as? Bool == true)
    #expect((input["cacheid"] as? String)?.count == 32)
  }

  @Test func `brings the stages of just the page's pipelines`() throws {
    let reply = try reply(to: "dealGroups?limit=1&offset=1")
    let group = try #require(reply.rows("dealGroups").first)
    let stages = reply.rows("dealStages")
    #expect(stages.count == 5)
    #expect(stages.allSatisfy { $0["group"] as? String == group["id"] as? String })
    #expect(group["stages"] as? [String] == stages.compactMap { $0["id"] as? String })
  }

  @Test func `brings the options and relations of just the page's fields`() throws {
    let reply = try reply(to: "fields?limit=4&offset=4")
    let fields = Set(reply.ids("fields").map(String.init))
    #expect(reply.rows("fieldOptions").count == 3 && reply.rows("fieldRels").count == 4)
    for key in ["fieldOptions", "fieldRels"] {
      #expect(reply.rows(key).allSatisfy { fields.contains($0["field"] as? String ?? "") })
    }
  }

  @Test func `brings the tags, lists and field values of a page's contacts when asked`() throws {
    let reply = try reply(
      to: "contacts?limit=30&offset=60&include=contactTags,contactTags.tag,fieldValues,contactLists"
    )
    let page = Set(reply.ids("contacts").map(String.init))
    #expect(page.count == 30)
    for key in ["contactTags", "fieldValues", "contactLists"] {
      let wanted = try Account.small.objects(key).filter {
        page.contains($0["contact"] as? String ?? "")
      }
      #expect(
        reply.rows(key).compactMap { $0["id"] as? String }
          == wanted.compactMap { $0["id"] as? String })
      let listed = reply.rows("contacts").flatMap { $0[key] as? [String] ?? [] }
      #expect(listed == reply.rows(key).compactMap { $0["id"] as? String } && !listed.isEmpty)
    }
    let tags = Set(reply.rows("contactTags").compactMap { $0["tag"] as? String })
    #expect(Set(reply.ids("tags").map(String.init)) == tags)
  }

  @Test func `brings nothing more when include is not honoured, or names something else`() throws {
    let off = try reply(to: "contacts?include=contactTags") { $0.filters.honoursInclude = false }
    #expect(Set(off.json.keys) == ["scoreValues", "contacts", "meta"])
    #expect(Set(try reply(to: "contacts?include=nothing").json.keys) == Set(off.json.keys))
  }

  @Test func `sums up deals by currency, stubs included`() throws {
    let meta = try #require(try reply(to: "deals?limit=1").json["meta"] as? [String: Any])
    let currencies = try #require(meta["currencies"] as? [String: [String: Any]])
    #expect(Set(currencies.keys).isSubset(of: ["EUR", "USD", "GBP"]))
    let counts = currencies.values.compactMap { ($0["total"] as? String).flatMap { Int($0) } }
    #expect(counts.reduce(0, +) == Account.small.count(of: "deals"))
  }

  @Test func `counts the deals and people of companies only when asked`() throws {
    let plain = try reply(to: "accounts?limit=100").rows("accounts")
    #expect(plain.allSatisfy { $0["dealCount"] as? String == "0" })
    let counted = try reply(to: "accounts?limit=100&count_deals=true").rows("accounts")
    let people = counted.compactMap { ($0["contactCount"] as? String).flatMap { Int($0) } }
    #expect(people.reduce(0, +) == Account.small.count(of: "accountContacts"))
  }
}

@Suite struct `Serving single rows` {
  @Test(arguments: Resource.core.map(\.path)) func `gives a row by its id under its singular key`(
    path: String
  )
    throws
  {
    let resource = try #require(Resource.byPath[path])
    let id = try #require(Account.small.ids(of: path).last)
    let reply = try reply(to: "\(path)/\(id)")
    #expect(reply.status == 200)
    let text = try #require(Account.small.row(of: path, id: id))
    #expect(reply.text.hasSuffix("\"\(resource.single)\":\(text)}"))
  }

  @Test func `brings a contact's relatives`() throws {
    let id = Account.small.ids(of: "contacts")[0]
    let reply = try reply(to: "contacts/\(id)")
    for key in ["contactLists", "deals", "fieldValues", "accountContacts"] {
      #expect(!reply.rows(key).isEmpty, "\(key)")
      #expect(reply.rows(key).allSatisfy { $0["contact"] as? String == String(id) })
    }
    #expect(reply.rows("contactAutomations").allSatisfy { $0["contact"] as? String == String(id) })
  }

  @Test(arguments: [
    ("contacts", 404, "Subscriber"), ("lists", 404, "_List"), ("tags", 404, "Tag"),
    ("accounts", 404, "CustomerAccount"), ("contactTags", 404, "SubscriberTag"),
    ("accountContacts", 404, "CustomerAccountSubscriber"), ("dealGroups", 404, "DealGroup"),
    ("dealStages", 404, "DealStage"), ("fields", 404, "Field"), ("forms", 403, "Form"),
    ("fieldValues", 403, "FieldValue"), ("fieldRels", 404, "FieldRel"),
  ])
  func `names the service's own model of a missing row`(path: String, status: Int, model: String)
    throws
  {
    let reply = try reply(to: "\(path)/99999999")
    #expect(reply.status == status)
    #expect(reply.json["message"] as? String == "No Result found for \(model) with id 99999999")
  }

  @Test func `knows the key's user, and users by e-mail and name`() throws {
    let first = try Account.small.object("users", Account.small.ids(of: "users")[0])
    try serving { _, url in
      let reader = try Reader(url)
      for path in ["users/me", "users/username/admin", "users/email/admin@example.com"] {
        let user = try reader.get(path).json["user"] as? [String: Any]
        #expect(user?["id"] as? String == first["id"] as? String, "\(path)")
      }
      #expect(try reader.get("users/email/nobody@example.com").status == 404)
    }
  }

  @Test func `lists a contact's tags below it, without meta`() throws {
    let id = Account.small.ids(of: "contacts")[3]
    let reply = try reply(to: "contacts/\(id)/contactTags")
    #expect(!reply.rows("contactTags").isEmpty && reply.json["meta"] == nil)
    #expect(reply.rows("contactTags").allSatisfy { $0["contact"] as? String == String(id) })
  }

  @Test(arguments: ["contacts/99999999/contactTags", "contacts/1/nothing"])
  func `answers 404 below a missing row and to an unknown name`(path: String) throws {
    #expect(try SimulatorTests.reply(to: path).status == 404)
  }

  @Test(arguments: ["9223372036854775807", "-9223372036854775808", "1e3", "x", "0"])
  func `answers 404 to an id that cannot be`(id: String) throws {
    #expect(try reply(to: "contacts/\(id)").status == 404)
    #expect(try reply(to: "contacts?id_greater=\(id)&offset=9223372036854775807").status == 200)
  }

  @Test(arguments: ["tasks", "fieldOptions", "nothing", "contacts/1/2/3", ""])
  func `answers 404 to a path that there is not`(path: String) throws {
    let reply = try reply(to: path)
    #expect(reply.status == 404 && reply.json["message"] is String)
  }
}
