extension Resource {
  /// What belongs to deals, tasks and accounts.
  static let salesDetails: [Resource] = [
    Resource("dealTasktypes", "dealTasktype", model: "DealTasktype", edited: .text("title")),
    Resource("taskOutcomes", "taskOutcome", model: "TaskOutcome", edited: .text("title")),
    Resource(
      "tasktypeOutcomeRels", "tasktypeOutcomeRel", model: "TasktypeOutcomeRel",
      edited: .count("display_order"), links: ["tasktype", "outcome", "createdBy"]),
    Resource(
      "dealActivities", "dealActivity", model: "DealActivity", updated: "sortdate",
      edited: .text("dataOldval"),
      links: ["deal", "stage", "user", "automation"]),
    Resource(
      "dealGroupUsers", "dealGroupUser", model: "DealGroupUser",
      links: ["dealGroup", "user"]),
    Resource("dealRoles", "dealRole", model: "DealRole", edited: .text("title")),
    Resource(
      "dealCustomFieldMeta", "dealCustomFieldMetum", model: "DealCustomFieldMetum", total: .none,
      defaultLimit: 100, edited: .text("fieldLabel"), links: ["dealCustomFieldData"]),
    Resource(
      "dealCustomFieldData", "dealCustomFieldDatum", model: "DealCustomFieldDatum",
      total: .number, edited: .text("fieldValue")),
    Resource(
      "accountCustomFieldMeta", "accountCustomFieldMetum", model: "AccountCustomFieldMetum",
      defaultLimit: 100, edited: .text("fieldLabel"), links: ["accountCustomFieldData"]),
    Resource(
      "accountCustomFieldData", "accountCustomFieldDatum", model: "AccountCustomFieldDatum",
      edited: .text("fieldValue")),
  ]

  /// Shops that are connected, and what was ordered there.
  static let shop: [Resource] = [
    Resource(
      "connections", "connection", model: "Connection", edited: .text("name"),
      links: ["options", "customers"]),
    Resource(
      "ecomCustomers", "ecomCustomer", model: "EcomCustomer", updated: "tstamp",
      edited: .text("avgProductCategory"),
      links: ["connection", "orders"]),
    Resource(
      "ecomOrders", "ecomOrder", model: "EcomOrder", updated: "tstamp",
      edited: .text("shippingMethod"),
      links: ["connection", "customer", "orderProducts", "orderDiscounts", "orderActivities"]),
    Resource(
      "ecomOrderProducts", "ecomOrderProduct", model: "EcomOrderProduct", updated: "tstamp",
      edited: .text("description"),
      links: ["ecomOrder"]),
    Resource(
      "ecomOrderActivities", "ecomOrderActivity", model: "EcomOrderActivity",
      edited: .text("shippingMethod"), links: ["connection", "order"]),
  ]
}
