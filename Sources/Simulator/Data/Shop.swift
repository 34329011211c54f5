extension Generator {
  /// Shops, their customers and orders.
  ///
  /// An order's amounts add up from its products, a customer's from the orders.
  static let shopMakers: [String: RowMaker] = [
    "connections": { $0.connection(&$1) }, "ecomCustomers": { $0.customer(&$1) },
    "ecomOrders": { $0.order(&$1) }, "ecomOrderProducts": { $0.orderProduct(&$1) },
    "ecomOrderActivities": { $0.orderActivity(&$1) },
  ]

  private func connection(_ draft: inout Draft) -> Fields {
    let services = ["shopify", "woocommerce", "bigcommerce", "n8n"]
    let service = services[draft.index % services.count]
    let isSynced = draft.index % 2 == 0
    let isShop = draft.index % 4 != 3
    return [
      "service": .text(service), "externalid": .count(1_621_002_648_800 + draft.id),
      "name": .text("Shop \(draft.id)"), "isInternal": .flag(draft.index == 0), "status": "1",
      "syncStatus": "0", "lastSync": isSynced ? draft.updated : nil,
      "logoUrl": "https://example.com/logo.png", "linkUrl": "https://example.com/shop",
      "listId": "0", "cdate": draft.created, "udate": draft.updated,
      "connectionType": isShop ? "ecommerce" : "custom",
      "sync_request_time": isSynced ? draft.updated : nil,
      "sync_start_time": isSynced ? draft.updated : nil,
      "credentialExpiration": draft.index % 4 == 1 ? draft.updated : nil,
      "disconnectDate": draft.index % 4 == 1 ? draft.updated : nil,
      "planTier": draft.index % 2 == 0 ? "basic" : nil, "serviceName": .text(service),
      "id": .count(draft.id),
    ]
  }

  // MARK: sums

  /// What a product costs, and how many were ordered.
  private func price(ofProduct index: Int) -> (each: Int, quantity: Int) {
    let draw = Int(Random.mix(seed ^ UInt64(index) &* 53) % 1_000_003)
    return (draw % 90 * 100 + 1, 1 + draw / 90 % 4)
  }

  /// What comes to an order's products.
  private func extras(ofOrder index: Int) -> (shipping: Int, tax: Int, discount: Int) {
    let draw = Int(Random.mix(seed ^ UInt64(index) &* 59) % 1_000_003)
    return (draw % 8 * 100, draw / 8 % 10 * 50, draw % 5 == 0 ? 1 : 0)
  }

  private func products(ofOrder index: Int) -> Range<Int> {
    children(of: index, count("ecomOrderProducts"), among: count("ecomOrders"))
  }

  /// What an order comes to, in minor units.
  private func sum(ofOrder index: Int) -> (total: Int, pieces: Int) {
    let extras = extras(ofOrder: index)
    return products(ofOrder: index).map(price).reduce(
      (extras.shipping + extras.tax - extras.discount, 0)
    ) { ($0.0 + $1.each * $1.quantity, $0.1 + $1.quantity) }
  }

  /// 0 pending, 1 completed, 2 abandoned, 3 recovered, 4 waiting.
  private func state(ofOrder index: Int) -> Int { [1, 1, 1, 2, 1, 0, 3, 1, 4][index % 9] }

  private func customer(ofOrder index: Int) -> Int {
    max(0, parent(of: index, count("ecomOrders"), among: count("ecomCustomers")))
  }

  /// Two buyers of three are contacts, whom nothing but their address tells.
  private func email(ofCustomer index: Int) -> RowValue {
    let contacts = count("contacts")
    guard index % 3 < 2, contacts > 0, let resource = Resource.byPath["contacts"] else {
      return .text("buyer\(index)@shop.example.com")
    }
    let place = index * 7 % contacts
    let contact = fields(of: resource, index: place, id: id("contacts", place), life: nil)
    return contact["email"] ?? nil
  }

  private func connectionRef(ofCustomer index: Int) -> RowValue {
    // The last connection is none of a shop.
    ref("connections", index % max(1, count("connections") - 1))
  }

  // MARK: rows

  private func customer(_ draft: inout Draft) -> Fields {
    _ = elder(&draft, "ecomCustomers", among: "connections")
    let orders =
      isGenerated("ecomCustomers", draft)
      ? children(of: draft.index, count("ecomOrders"), among: count("ecomCustomers")) : 0..<0
    // An abandoned cart brings no revenue.
    let paid = orders.filter { state(ofOrder: $0) != 2 }.map(sum)
    let revenue = paid.reduce(0) { $0 + $1.total }
    let consents = draft.index % 3 == 0
    return [
      "connectionid": connectionRef(ofCustomer: draft.index),
      "externalid": .count(50_000 + draft.id), "email": email(ofCustomer: draft.index),
      "totalRevenue": .count(revenue), "totalOrders": .count(paid.count),
      "totalProducts": .count(paid.reduce(0) { $0 + $1.pieces }),
      "avgRevenuePerOrder": .count(revenue / max(1, paid.count)),
      "avgProductCategory": .text(draft.index % 4 == 0 ? "" : "Electronics"),
      "tstamp": draft.updated,
      "connection": draft.index % 9 == 8 ? nil : connectionRef(ofCustomer: draft.index),
      "acceptsMarketing": .flag(consents), "sms_marketing_state": consents ? "subscribed" : nil,
      "sms_opt_in_level": consents ? "single_opt_in" : nil,
      "sms_consent_updated_at": consents ? draft.updated : nil, "id": .count(draft.id),
    ]
  }

  private func order(_ draft: inout Draft) -> Fields {
    let customer = customer(ofOrder: draft.index)
    let isGenerated = isGenerated("ecomOrders", draft)
    if count("ecomCustomers") > 0 { draft.follow(life("ecomCustomers", at: customer)) }
    let sum = isGenerated ? sum(ofOrder: draft.index) : (total: 0, pieces: 0)
    let extras = isGenerated ? extras(ofOrder: draft.index) : (shipping: 0, tax: 0, discount: 0)
    let state = state(ofOrder: draft.index)
    // Some amounts come as numbers.
    let isText = draft.index % 2 == 0
    func amount(_ value: Int) -> RowValue { isText ? .count(value) : .number(value) }
    let owner = ref("ecomCustomers", customer)
    let products = isGenerated ? products(ofOrder: draft.index) : 0..<0
    let identity: Fields = [
      "externalid": state == 2 ? "" : .text("order-\(1_614_707_598_654 + draft.id)"),
      "source": .flag(draft.index % 3 == 0), "email": email(ofCustomer: customer),
      "currency": "EUR", "connectionid": connectionRef(ofCustomer: customer), "customerid": owner,
      "orderUrl": .text("https://example.com/orders/\(draft.id)"), "shippingMethod": "UPS Ground",
    ]
    return identity + [
      "totalPrice": .count(sum.total), "shippingAmount": amount(extras.shipping),
      "taxAmount": amount(extras.tax), "discountAmount": amount(extras.discount),
      "externalCreatedDate": draft.created, "totalProducts": .count(sum.pieces),
      "createdDate": draft.created, "updatedDate": draft.updated, "state": .count(state),
      "connection": connectionRef(ofCustomer: customer),
      "orderProducts": .ids(products.map { id("ecomOrderProducts", $0) }), "customer": owner,
      "orderDate": draft.created, "tstamp": draft.updated,
      "externalcheckoutid": state == 2 || state == 3 ? .text("cart-\(draft.id)") : nil,
      "orderNumber": .count(10_000 + draft.id), "externalUpdatedDate": draft.updated,
      "abandonedDate": state == 2 || state == 3 ? draft.updated : nil, "id": .count(draft.id),
    ]
  }

  private func orderProduct(_ draft: inout Draft) -> Fields {
    let order = parent(&draft, "ecomOrderProducts", in: "ecomOrders")
    let price = price(ofProduct: draft.index)
    let customer = customer(ofOrder: order)
    if count("ecomCustomers") > 0 { draft.follow(life("ecomCustomers", at: customer)) }
    let isReviewed = draft.index % 3 == 0
    return [
      "orderid": ref("ecomOrders", order), "connectionid": connectionRef(ofCustomer: customer),
      "externalid": .text("product-\(draft.index % 200)"),
      "sku": .text("SKATE-\(draft.index % 200)"),
      "name": .text("Skateboard “\(draft.random.pick(Words.cities))”"),
      "description": draft.index % 4 == 0 ? "" : "It is so cool, it rides itself",
      "price": .count(price.each), "quantity": .count(price.quantity), "category": "Toys",
      "imageUrl": "https://example.com/skate.png", "productUrl": "https://example.com/skate",
      "createdDate": draft.created, "updatedDate": draft.updated, "tstamp": draft.updated,
      "ecomOrder": ref("ecomOrders", order), "tags": isReviewed ? "summer,sale" : nil,
      "isOnSale": isReviewed ? "1" : nil, "brand": isReviewed ? "Acorn" : nil,
      "averageRating": isReviewed ? "4.5" : nil, "id": .count(draft.id),
    ]
  }

  /// What an order was when something happened to it.
  private func orderActivity(_ draft: inout Draft) -> Fields {
    let index = parent(&draft, "ecomOrderActivities", in: "ecomOrders")
    guard let resource = Resource.byPath["ecomOrders"] else { return [:] }
    let order = fields(of: resource, index: index, id: id("ecomOrders", index), life: nil)
    func same(_ key: String) -> RowValue { order[key] ?? .null }
    let identity: Fields = [
      "orderid": ref("ecomOrders", index), "connectionid": same("connectionid"),
      "customerid": same("customerid"), "externalid": same("externalid"),
      "externalcheckoutid": same("externalcheckoutid"), "source": same("source"),
      "orderNumber": same("orderNumber"), "email": same("email"),
      "totalPrice": same("totalPrice"), "discountAmount": same("discountAmount"),
      "shippingAmount": same("shippingAmount"), "taxAmount": same("taxAmount"),
      "totalProducts": same("totalProducts"), "currency": same("currency"),
    ]
    return identity + [
      "shippingMethod": same("shippingMethod"), "storeName": "Acorn Shop",
      "logoUrl": "https://example.com/logo.png", "orderUrl": same("orderUrl"),
      "state": same("state"), "externalCreatedDate": same("externalCreatedDate"),
      "externalUpdatedDate": same("externalUpdatedDate"), "abandonedDate": same("abandonedDate"),
      "createdDate": same("createdDate"), "updatedDate": same("updatedDate"),
      "connection": same("connection"), "order": ref("ecomOrders", index), "id": .count(draft.id),
    ]
  }
}
