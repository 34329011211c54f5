extension Account.State {
  /// Lets the sums that a row is part of follow its edit.
  mutating func addUp(after child: Row, of path: String, now: Int) {
    switch path {
    case "ecomOrderProducts": addUpOrder(child.text.int(of: "orderid"), now)
    case "ecomOrders": addUpCustomer(child.text.int(of: "customerid"), now)
    default: break
    }
  }

  /// An order costs what its products cost, and what comes to them.
  private mutating func addUpOrder(_ id: Int?, _ now: Int) {
    guard let id, let order = tables["ecomOrders"].row(id) else { return }
    let products = children("ecomOrderProducts", by: "orderid", of: id)
    func amount(_ key: String, of row: Row) -> Int { row.text.int(of: key) ?? 0 }
    let goods = products.reduce(0) { $0 + amount("price", of: $1) * amount("quantity", of: $1) }
    let extras =
      amount("shippingAmount", of: order) + amount("taxAmount", of: order)
      - amount("discountAmount", of: order)
    set(
      [
        "totalPrice": .count(goods + extras),
        "totalProducts": .count(products.reduce(0) { $0 + amount("quantity", of: $1) }),
        "orderProducts": .ids(products.map(\.id)),
      ], on: order, of: "ecomOrders", now)
    addUpCustomer(order.text.int(of: "customerid"), now)
  }

  /// A customer spent what the orders came to; an abandoned cart brings nothing.
  private mutating func addUpCustomer(_ id: Int?, _ now: Int) {
    guard let id, let customer = tables["ecomCustomers"].row(id) else { return }
    let paid = children("ecomOrders", by: "customerid", of: id)
      .filter { $0.text.string(of: "state") != "2" }
    func sum(_ key: String) -> Int { paid.reduce(0) { $0 + ($1.text.int(of: key) ?? 0) } }
    set(
      [
        "totalRevenue": .count(sum("totalPrice")), "totalOrders": .count(paid.count),
        "totalProducts": .count(sum("totalProducts")),
        "avgRevenuePerOrder": .count(sum("totalPrice") / max(1, paid.count)),
      ], on: customer, of: "ecomCustomers", now)
  }

  /// Puts sums into a row, whose update time moves if they differ.
  private mutating func set(_ sums: Fields, on old: Row, of path: String, _ now: Int) {
    guard let resource = Resource.byPath[path], let index = tables[path].index(of: old.id) else {
      return
    }
    var row = old
    row.text.set(sums)
    guard row.text.bytes != old.text.bytes else { return }
    row.text.touch(at: now, resource)
    tables[path].replace(at: index, with: row)
    history.note(.updated, path, row.id, at: now)
  }

  /// Notes among its activities that a deal came to another stage or status.
  mutating func noteMove(from old: Row, to deal: Row, by generator: Generator, now: Int) {
    for (key, type) in [("stage", "stage"), ("status", "status")] {
      guard let before = old.text.string(of: key), let after = deal.text.string(of: key),
        before != after, let resource = Resource.byPath["dealActivities"]
      else { continue }
      let table = tables[resource.path]
      let id = table.lastID + 1
      let life = Life(created: now, updated: now, now: now)
      var row = generator.row(of: resource, index: 0, id: id, life: life)
      let stage: RowValue = type == "stage" ? .text(after) : nil
      row.text.set([
        "d_id": .count(deal.id), "deal": .count(deal.id), "dataType": .text(type),
        "dataAction": "change", "dataOldval": .text(before), "dataId": .text(after),
        "stage": stage, "d_stageid": type == "stage" ? stage : "0",
      ])
      tables[resource.path].append(row)
      childIndex.insert(row, at: resource.path)
      history.note(.inserted, resource.path, id, at: now)
    }
  }
}
