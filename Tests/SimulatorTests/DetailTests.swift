import Foundation
import Testing

@testable import Simulator

/// Every path with a list of its own that lies beside the core, but what is listed in another way.
private let listed = Resource.all.filter { resource in
  resource.isListed && !["audiences", "customObjects/records"].contains(resource.path)
    && !Resource.core.contains { $0.path == resource.path }
}.map(\.path)

@Suite struct `Every other list` {
  @Test(arguments: DocumentedDetails.byPath.keys.sorted())
  func `gives every documented field of the documented type, once not null`(path: String) throws {
    let fields = try #require(DocumentedDetails.byPath[path])
    // Amounts of custom fields have a currency beside them.
    let extra: Set<String> = path.hasSuffix("CustomFieldData") ? ["fieldCurrency"] : []
    try expect(try Account.large.objects(path), of: path, toHave: fields, undocumented: extra)
  }

  @Test func `gives what mail programs fetch the fields of what people open`() throws {
    let fields = try #require(DocumentedDetails.byPath["linkData"])
    try expect(try Account.large.objects("mppLinkData"), of: "mppLinkData", toHave: fields)
    #expect(try Account.large.objects("mppLinkData").allSatisfy { $0["isread"] as? String == "2" })
  }

  @Test(arguments: listed)
  func `gives every row once over all pages, as the account holds it`(path: String) throws {
    let resource = try #require(Resource.byPath[path])
    let all = Account.small.rows(of: path)
    try serving { _, url in
      let reader = try Reader(url)
      var count = 0
      while count <= all.count {
        let reply = try reader.get("\(path)?limit=7&offset=\(count)")
        #expect(reply.status == 200)
        let rows = all.dropFirst(count).prefix(7)
        let text = "\"\(resource.key)\":[\(rows.joined(separator: ","))]"
        #expect(reply.body.range(of: Data(text.utf8)) != nil)
        count += 7
      }
    }
    #expect(!all.isEmpty && Set(all).count == all.count)
  }

  @Test(arguments: listed) func `writes its total as the service does`(path: String) throws {
    let meta = try reply(to: "\(path)?limit=1").json["meta"] as? [String: Any]
    let count = Account.small.count(of: path)
    switch Resource.byPath[path]?.total {
    case .text: #expect(meta?["total"] as? String == String(count))
    case .number: #expect(meta?["total"] as? Int == count && !(meta?["total"] is String))
    default: #expect(meta == nil)
    }
  }

  @Test func `has numbers as totals where documented, and none at all on fields of deals`() {
    let kinds = Dictionary(grouping: Resource.all, by: \.total).mapValues { $0.map(\.path) }
    #expect(
      Set(kinds[.number] ?? []).isSuperset(of: [
        "deals", "dealCustomFieldData", "eventTrackingEvents", "webhook/events",
        "lists/exclusions", "customObjects/schemas", "customObjects/records",
      ]))
    #expect(
      Set(kinds[.none] ?? []) == ["dealCustomFieldMeta", "audiences", "prism/urlWhitelistings"])
  }

  @Test func `serves bare names of webhooks' events, all at once`() throws {
    let reply = try reply(to: "webhook/events")
    let names = try #require(reply.json["webhookEvents"] as? [String])
    #expect(names.count == 25 && Set(names).count == 25 && names.contains("contact_tag_added"))
  }

  @Test func `serves events of the site by name alone`() throws {
    let rows = try reply(to: "eventTrackingEvents").rows("eventTrackingEvents")
    #expect(rows.count > 3 && rows.allSatisfy { Set($0.keys) == ["name"] })
  }

  @Test func `serves audiences by page, and 404 beyond the last`() throws {
    try serving { _, url in
      let reader = try Reader(url)
      var ids: [String] = []
      for page in 1... {
        let reply = try reader.get("audiences?page=\(page)&page_size=5")
        if reply.status == 404 { break }
        ids += reply.rows("data").compactMap { $0["id"] as? String }
        #expect(reply.json["meta"] == nil && reply.rows("data").count <= 5)
      }
      #expect(ids.count == Account.small.count(of: "audiences") && Set(ids).count == ids.count)
      #expect(ids.allSatisfy { UUID(uuidString: $0) != nil })
      let row = try #require(try reader.get("audiences").rows("data").first)
      let attributes = try #require(row["attributes"] as? [String: Any])
      #expect(attributes["name"] is String && attributes["updated_date"] is String)
      #expect((attributes["counts"] as? [String: Any])?["last_total"] is [String: Any])
    }
    let empty = try reply(to: "audiences", from: Account(size: AccountSize(), clock: at(noon)))
    #expect(empty.status == 404 && empty.json["errors"] is [Any])
  }

  @Test func `serves the records of custom objects below their schema`() throws {
    try serving { _, url in
      let reader = try Reader(url)
      let schemas = try reader.get("customObjects/schemas").rows("schemas")
      #expect(schemas.count == 3)
      var ids: Set<String> = []
      for schema in schemas {
        let id = try #require(schema["id"] as? String)
        let reply = try reader.get("customObjects/records/\(id)?limit=3&offset=1")
        #expect(reply.rows("records").allSatisfy { $0["schemaId"] as? String == id })
        let meta = try #require(reply.json["meta"] as? [String: Int])
        #expect(meta["limit"] == 3 && meta["offset"] == 1 && meta["count"] == 3)
        let all = try reader.get("customObjects/records/\(id)?limit=100").rows("records")
        #expect(meta["total"] == all.count)
        ids.formUnion(all.compactMap { $0["id"] as? String })
        let one = try reader.get("customObjects/records/\(id)/\(ids.first ?? "")")
        #expect((one.json["record"] as? [String: Any])?["id"] as? String == ids.first)
      }
      #expect(ids.count == Account.small.count(of: "customObjects/records"))
      #expect(try reader.get("customObjects/records/none").status == 404)
    }
  }

  @Test(
    arguments: Resource.all.filter { $0.form == .linked && $0.path != "contacts" }.map(\.path))
  func `gives single rows, and the service's own words for missing ones`(path: String) throws {
    let resource = try #require(Resource.byPath[path])
    let id = try #require(Account.small.ids(of: path).last)
    let found = try reply(to: "\(path)/\(id)")
    let text = try #require(Account.small.row(of: path, id: id))
    #expect(found.status == 200 && found.text.hasSuffix("\"\(resource.single)\":\(text)}"))
    let missing = try reply(to: "\(path)/99999999")
    #expect(missing.status == resource.missingStatus && missing.json["message"] is String)
  }

  @Test func `refuses what the plan does not include`() throws {
    try serving(.small, { $0.missingFeatures = Feature.ecommerce.paths }) { _, url in
      let reader = try Reader(url)
      for path in ["ecomOrders", "ecomOrders/1/orderProducts", "ecomCustomers"] {
        let reply = try reader.get(path)
        #expect(reply.status == 403 && reply.json["message"] is String)
      }
      #expect(try reader.get("contacts").status == 200)
    }
  }

  @Test func `knows the paths of every feature`() {
    let first = Set(
      Resource.all.compactMap { $0.path.split(separator: "/").first.map(String.init) })
    for feature in Feature.allCases {
      #expect(!feature.paths.isEmpty && feature.paths.isSubset(of: first), "\(feature)")
    }
  }
}
