extension StreamDefinition {
  /// Shops, their customers and orders.
  static let commerce = [
    connections, ecommerceCustomers, ecommerceOrders, ecommerceOrderProducts,
    ecommerceOrderActivities,
  ]

  /// Shops and other services that the account is connected to.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-connections>
  public static let connections = StreamDefinition(
    "connections", "Shops and other services that the account is connected to",
    path: "connections", rows: "connections", rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("service", .text, "Service it connects to, such as shopify"),
      .column("externalid", .text, "Id of the shop in that service"),
      .column("name", .text, "Name that people see"),
      .column("isInternal", .boolean, "Whether the service made the connection itself"),
      .column("status", .smallint, "0 off, 1 on"),
      .column(
        "syncStatus", .bigint,
        "How far synchronising is: 0 done, others as the service counts them"),
      .column("lastSync", .timestamptz, "When it was last synchronised; null: never"),
      .column("logoUrl", .text, "Address of the service's logo"),
      .column("linkUrl", .text, "Address of the shop's page about the connection"),
      .column("listId", .bigint, "List that customers are put on: lists.id; 0: none"),
      .column("cdate", .timestamptz, "When the connection was made"),
      .column("udate", .timestamptz, "When it last changed"),
      .column("connectionType", .text, "Kind of connection, such as ecommerce"),
      .column(
        "sync_request_time", .timestamptz,
        "When synchronising was last asked for; null: never"),
      .column("sync_start_time", .timestamptz, "When synchronising last began; null: never"),
      .column("credentialExpiration", .timestamptz, "When its credentials end; null: not told"),
      .column("disconnectDate", .timestamptz, "When it was disconnected; null: it is connected"),
      .column("planTier", .text, "Plan of the service, in its words"),
      .column("serviceName", .text, "Name of the service"),
    ])

  /// Customers of the shops.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-customers>
  public static let ecommerceCustomers = StreamDefinition(
    "ecommerce_customers", "Customers of the shops", path: "ecomCustomers", rows: "ecomCustomers",
    parent: Parent("connections", filter: "filters[connectionid]", hasFlatList: true),
    rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("connectionid", .bigint, "Shop it is a customer of: connections.id"),
      .column("externalid", .text, "Id in the shop"),
      .personal("email", .text, "E-mail address"),
      .column("totalRevenue", .bigint, "Worth of all its orders, in minor units (cents)"),
      .column("totalOrders", .bigint, "Orders counted"),
      .column("totalProducts", .bigint, "Products ordered"),
      .column(
        "avgRevenuePerOrder", .bigint,
        "Average worth of its orders, in minor units (cents)"),
      .column("avgProductCategory", .text, "Category it orders most"),
      .column("tstamp", .timestamptz, "When the row last changed"),
      .column("connection", .bigint, "Shop it is a customer of: connections.id; null: none"),
      .column("acceptsMarketing", .boolean, "Whether it agreed to get advertising"),
      .column("sms_marketing_state", .text, "Consent to text messages, in the shop's words"),
      .column("sms_opt_in_level", .text, "How that consent was given, in the shop's words"),
      .column("sms_consent_updated_at", .timestamptz, "When that consent last changed"),
    ])

  /// Orders in the shops, and carts that were left.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-orders>
  public static let ecommerceOrders = StreamDefinition(
    "ecommerce_orders", "Orders in the shops, and carts that were left", path: "ecomOrders",
    rows: "ecomOrders",
    parent: Parent("connections", filter: "filters[connectionid]", hasFlatList: true),
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("externalid", .text, "Id in the shop; null for a cart that was left"),
      .column("source", .bigint, "How it came here: 0 by synchronising, 1 as it happened"),
      .personal("email", .text, "E-mail address of the customer"),
      .column("currency", .text, "Currency of all amounts, ISO 4217 in upper case"),
      .column("connectionid", .bigint, "Shop: connections.id"),
      .column("customerid", .bigint, "Customer: ecommerce_customers.id"),
      .personal("orderUrl", .text, "Address of the order in the shop, which may open it"),
      .column("shippingMethod", .text, "How it is shipped, in the shop's words"),
      .column(
        "totalPrice", .bigint,
        "Price with shipping and taxes, in minor units (cents) of currency"),
      .column("shippingAmount", .bigint, "Shipping, in minor units (cents) of currency"),
      .column("taxAmount", .bigint, "Taxes, in minor units (cents) of currency"),
      .column("discountAmount", .bigint, "Discounts, in minor units (cents) of currency"),
      .column("externalCreatedDate", .timestamptz, "When it was ordered, by the shop"),
      .column("totalProducts", .bigint, "Products in it"),
      .column("createdDate", .timestamptz, "When the row was created"),
      .column("updatedDate", .timestamptz, "When the row last changed"),
      .column("state", .smallint, "0 pending, 1 completed, 2 abandoned, 3 recovered, 4 waiting"),
      .column("connection", .bigint, "Shop: connections.id"),
      .column("orderProducts", .jsonb, "Ids of its products: ecommerce_order_products.id"),
      .column("customer", .bigint, "Customer: ecommerce_customers.id"),
      .column("orderDate", .timestamptz, "When it was ordered"),
      .column("tstamp", .timestamptz, "When the row last changed, as the service counts it"),
      .column("externalcheckoutid", .text, "Id of the cart in the shop; null: none"),
      .column("orderNumber", .text, "Number that the customer knows it by"),
      .column("externalUpdatedDate", .timestamptz, "When it last changed, by the shop"),
      .column("abandonedDate", .timestamptz, "When the cart was left; null: it was not"),
    ])

  /// Products in orders, a row each.
  ///
  /// <https://developers.activecampaign.com/reference/list-ecomorderproducts>
  public static let ecommerceOrderProducts = StreamDefinition(
    "ecommerce_order_products", "Products in orders, a row each", path: "ecomOrderProducts",
    rows: "ecomOrderProducts", rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("orderid", .bigint, "Order it is in: ecommerce_orders.id"),
      .column("connectionid", .bigint, "Shop: connections.id"),
      .column("externalid", .text, "Id of the product in the shop"),
      .column("sku", .text, "Number of the article"),
      .column("name", .text, "Name of the product"),
      .column("description", .text, "Description of the product"),
      .column("price", .bigint, "Price of one, in minor units (cents) of the order's currency"),
      .column("quantity", .bigint, "How many were ordered"),
      .column("category", .text, "Category of the product"),
      .column("imageUrl", .text, "Address of a picture of the product"),
      .column("productUrl", .text, "Address of the product in the shop"),
      .column("createdDate", .timestamptz, "When the row was created"),
      .column("updatedDate", .timestamptz, "When the row last changed"),
      .column("tstamp", .timestamptz, "When the row last changed, as the service counts it"),
      .column("ecomOrder", .bigint, "Order it is in: ecommerce_orders.id"),
      .column("tags", .jsonb, "Tags of the product, as sent: a text or a list"),
      .column("isOnSale", .boolean, "Whether it was on sale"),
      .column("brand", .text, "Brand of the product"),
      .column("averageRating", .numeric, "Average of its ratings"),
    ])

  /// What happened to orders, with the order as it was then.
  public static let ecommerceOrderActivities = StreamDefinition(
    "ecommerce_order_activities", "What happened to orders, with the order as it was then",
    path: "ecomOrderActivities", rows: "ecomOrderActivities", lookup: .none, rest: .seconds(3600),
    standing: .seen, alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("orderid", .bigint, "Order it happened to: ecommerce_orders.id"),
      .column("connectionid", .bigint, "Shop: connections.id"),
      .column("customerid", .bigint, "Customer: ecommerce_customers.id"),
      .column("externalid", .text, "Id of the order in the shop"),
      .column("externalcheckoutid", .text, "Id of the cart in the shop"),
      .column("source", .bigint, "How it came here: 0 by synchronising, 1 as it happened"),
      .column("orderNumber", .text, "Number that the customer knows the order by"),
      .personal("email", .text, "E-mail address of the customer"),
      .column(
        "totalPrice", .bigint,
        "Price with shipping and taxes, in minor units (cents) of currency"),
      .column("discountAmount", .bigint, "Discounts, in minor units (cents) of currency"),
      .column("shippingAmount", .bigint, "Shipping, in minor units (cents) of currency"),
      .column("taxAmount", .bigint, "Taxes, in minor units (cents) of currency"),
      .column("totalProducts", .bigint, "Products in it"),
      .column("currency", .text, "Currency of all amounts, ISO 4217 in upper case"),
      .column("shippingMethod", .text, "How it is shipped, in the shop's words"),
      .column("store_name", .text, "Name of the shop"),
      .column("logoUrl", .text, "Address of the shop's logo"),
      .personal("orderUrl", .text, "Address of the order in the shop, which may open it"),
      .column("state", .smallint, "0 pending, 1 completed, 2 abandoned, 3 recovered, 4 waiting"),
      .column("externalCreatedDate", .timestamptz, "When it was ordered, by the shop"),
      .column("externalUpdatedDate", .timestamptz, "When it last changed, by the shop"),
      .column("abandonedDate", .timestamptz, "When the cart was left"),
      .column("createdDate", .timestamptz, "When the row was created"),
      .column("updatedDate", .timestamptz, "When the row last changed"),
      .column("connection", .bigint, "Shop: connections.id"),
      .column("order", .bigint, "Order it happened to: ecommerce_orders.id"),
    ])
}
