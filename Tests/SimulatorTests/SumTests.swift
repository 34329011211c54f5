import Foundation
import Testing

@testable import Simulator

/// A key of a row, and the key of its children that adds up to it.
private let counters = [
  "send_amt", "total_amt", "opens", "uniqueopens", "linkclicks", "uniquelinkclicks", "forwards",
  "hardbounces", "softbounces", "unsubscribes", "replies",
]

@Suite struct `Sums` {
  @Test(arguments: counters) func `of messages are their mailing's`(counter: String) throws {
    let sums = try sum(counter, of: "campaignMessages", by: "campaignid")
    for campaign in try Account.medium.objects("campaigns") {
      let id = try #require(number(campaign["id"]))
      #expect(number(campaign[counter]) == sums[id, default: 0], "campaign \(id)")
    }
    #expect(sums.values.contains { $0 > 0 })
  }

  @Test(arguments: ["linkclicks", "uniquelinkclicks"])
  func `of links are their mailing's, the picture that tells opens left out`(counter: String) throws
  {
    let links = try Account.medium.objects("links")
    let sums = try sum(counter, of: "links", by: "campaignid")
    for campaign in try Account.medium.objects("campaigns") {
      let id = try #require(number(campaign["id"]))
      #expect(number(campaign[counter]) == sums[id, default: 0], "campaign \(id)")
    }
    let pixels = links.filter { $0["link"] as? String == "open" }
    #expect(pixels.count == Account.medium.count(of: "campaignMessages"))
    #expect(pixels.allSatisfy { $0["linkclicks"] as? String == "0" })
    #expect(links.contains { ($0["link"] as? String)?.contains("utm_source=") == true })
  }

  @Test func `of products are their order's`() throws {
    try expectOrdersAddUp(in: .medium)
    #expect(try Account.medium.objects("ecomOrders").contains { number($0["totalPrice"]) ?? 0 > 0 })
  }

  @Test func `of orders are their customer's, abandoned carts left out`() throws {
    try expectCustomersAddUp(in: .medium)
    #expect(
      try Account.medium.objects("ecomCustomers").contains { number($0["totalRevenue"]) ?? 0 > 0 })
  }

  @Test func `of the last stage and status are the deal's own`() throws {
    let activities = Dictionary(
      grouping: try Account.medium.objects("dealActivities"), by: { number($0["deal"]) ?? 0 })
    for deal in try Account.medium.objects("deals") where deal["isDisabled"] as? Bool != true {
      let own = activities[try #require(number(deal["id"]))] ?? []
      let stages = own.filter { $0["dataType"] as? String == "stage" }
      #expect(number(stages.last?["stage"]) == number(deal["stage"]))
      let states = own.filter { $0["dataType"] as? String == "status" }
      #expect((states.last?["dataId"] as? String ?? "0") == deal["status"] as? String)
      #expect(own.compactMap { $0["cdate"] as? String }.count == own.count && !own.isEmpty)
    }
  }

  private func sum(_ key: String, of path: String, by parent: String) throws -> [Int: Int] {
    try Account.medium.objects(path).reduce(into: [:]) { sums, row in
      sums[number(row[parent]) ?? 0, default: 0] += number(row[key]) ?? 0
    }
  }
}

/// Holds every order against its products.
func expectOrdersAddUp(in account: Account) throws {
  let products = Dictionary(
    grouping: try account.objects("ecomOrderProducts"), by: { number($0["orderid"]) ?? 0 })
  for order in try account.objects("ecomOrders") {
    let own = products[try #require(number(order["id"]))] ?? []
    let goods = own.map { (number($0["price"]) ?? 0) * (number($0["quantity"]) ?? 0) }
    let extras =
      (number(order["shippingAmount"]) ?? 0) + (number(order["taxAmount"]) ?? 0)
      - (number(order["discountAmount"]) ?? 0)
    #expect(number(order["totalPrice"]) == goods.reduce(extras, +), "order \(order["id"] ?? "")")
    #expect(
      number(order["totalProducts"]) == own.compactMap { number($0["quantity"]) }.reduce(0, +))
    #expect(order["orderProducts"] as? [String] == own.compactMap { $0["id"] as? String })
  }
}

/// Holds every customer against the orders.
func expectCustomersAddUp(in account: Account) throws {
  let orders = Dictionary(
    grouping: try account.objects("ecomOrders").filter { $0["state"] as? String != "2" },
    by: { number($0["customerid"]) ?? 0 })
  for customer in try account.objects("ecomCustomers") {
    let own = orders[try #require(number(customer["id"]))] ?? []
    let revenue = own.compactMap { number($0["totalPrice"]) }.reduce(0, +)
    #expect(number(customer["totalRevenue"]) == revenue, "customer \(customer["id"] ?? "")")
    #expect(number(customer["totalOrders"]) == own.count)
    #expect(
      number(customer["totalProducts"])
        == own.compactMap { number($0["totalProducts"]) }.reduce(0, +))
  }
}

@Suite struct `Sums after edits` {
  @Test(arguments: 1...5) func `of orders and customers still hold`(seed: Int) throws {
    let account = Account.fresh()
    let paths = ["ecomOrderProducts", "ecomOrders", "ecomCustomers"]
    try serving(
      account, { $0.edits = EditScript(seed: UInt64(seed), perRequest: 60, paths: paths) }
    ) { _, url in _ = try Reader(url).get("tags") }
    #expect(Set(account.history.map(\.kind)).isSuperset(of: [.inserted, .updated, .deleted]))
    try expectCustomersAddUp(in: account)
    // A cart that was made in place of one that a product had is not the product's.
    let orders = Set(account.ids(of: "ecomOrders"))
    let orphans = try account.objects("ecomOrderProducts")
      .filter { !orders.contains(number($0["orderid"]) ?? 0) }
    try expectOrdersAddUp(in: account)
    #expect(orphans.count < account.count(of: "ecomOrderProducts"))
  }

  @Test func `an order's total follows its products, and the customer's the order's`() throws {
    let account = Account.fresh()
    let product = try #require(try account.objects("ecomOrderProducts").first)
    let order = try #require(number(product["orderid"]))
    let customer = try #require(number(try account.object("ecomOrders", order)["customerid"]))
    let before = number(try account.object("ecomOrders", order)["totalPrice"]) ?? 0
    let spent = number(try account.object("ecomCustomers", customer)["totalRevenue"]) ?? 0
    account.insert(
      "ecomOrderProducts", ["orderid": .count(order), "price": "700", "quantity": "3"])
    #expect(number(try account.object("ecomOrders", order)["totalPrice"]) == before + 2100)
    let state = try account.object("ecomOrders", order)["state"] as? String
    let more = state == "2" ? 0 : 2100
    #expect(
      number(try account.object("ecomCustomers", customer)["totalRevenue"]) == spent + more)
  }

  @Test func `a deal that moves leaves an activity`() throws {
    let account = Account.fresh()
    let deal = try #require(
      try account.objects("deals").first { $0["isDisabled"] as? Bool == false })
    let id = try #require(number(deal["id"]))
    let stage = try #require(
      try account.objects("dealStages").first {
        $0["group"] as? String == deal["group"] as? String
          && $0["id"] as? String != deal["stage"] as? String
      })
    let count = account.count(of: "dealActivities")
    account.update("deals", id: id, ["stage": .text(stage["id"] as? String ?? "")])
    account.update("deals", id: id, ["title": "the same stage"])
    #expect(account.count(of: "dealActivities") == count + 1)
    let last = try #require(try account.objects("dealActivities").last)
    #expect(number(last["deal"]) == id && last["stage"] as? String == stage["id"] as? String)
    #expect(last["dataOldval"] as? String == deal["stage"] as? String)
    #expect(last["cdate"] as? String == CentralTime.iso(noon))
  }

  @Test func `rows of every kind stay of their kind`() throws {
    let account = Account.fresh()
    try serving(account, { $0.edits = EditScript(seed: 11, perRequest: 2500) }) { _, url in
      _ = try Reader(url).get("tags")
    }
    for path in EditScript.paths {
      let ids = account.ids(of: path)
      #expect(ids == ids.sorted() && Set(ids).count == ids.count)
      for row in try account.objects(path) { #expect(!row.isEmpty, "\(path)") }
    }
  }
}
