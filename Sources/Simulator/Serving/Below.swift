extension Account {
  /// Which path's rows are served at an address under a key, where `{id}` stands for a parent's:
  /// `geoIps` for `contacts/{id}/geoIps`; nil for what the account has no rows of.
  public static func path(servedAt address: String, under key: String) -> String? {
    if Resource.byPath[key]?.key == key, Resource.byPath[address]?.key != key { return key }
    if Resource.byPath[address] != nil { return address }
    let parts = address.split(separator: "/").map(String.init)
    guard parts.count == 3 else { return nil }
    if parts[2] == "{id}" { return path(servedAt: "\(parts[0])/\(parts[1])", under: key) }
    switch Below.named(parts[2], below: parts[0]) {
    case .children(let path, _), .related(let path, _), .child(let path, _), .named(let path, _):
      return Resource.byPath[path]?.path
    case nil: return nil
    }
  }
}

/// What is served below one row, as its `links` name it.
enum Below: Sendable {
  /// All rows of a path that name it under a key.
  case children(String, by: String)
  /// All rows of a path that name it as a relative of a kind.
  case related(String, as: String)
  /// The one row of a path that names it under a key; an empty object where there is none.
  case child(String, by: String)
  /// The one row of a path that it names under a key.
  case named(String, by: String)

  /// What is below the rows of a path, by its name in the address; nil where there is nothing.
  static func named(_ name: String, below path: String) -> Below? {
    known[path]?[name]
  }

  private static let known: [String: [String: Below]] = [
    "contacts": contacts, "automations": automations, "campaigns": campaigns, "deals": deals,
    "accounts": [
      "notes": .related("notes", as: "CustomerAccount"),
      "accountContacts": .children("accountContacts", by: "account"),
      "accountCustomFieldData": .children("accountCustomFieldData", by: "accountId"),
      "emailActivities": .children("emailActivities", by: "account"),
      "contactEmails": .children("contactEmails", by: "account"),
    ],
    "fields": [
      "options": .children("fieldOptions", by: "field"),
      "relations": .children("fieldRels", by: "field"),
    ],
    "dealGroups": [
      "stages": .children("dealStages", by: "group"),
      "dealGroupUsers": .children("dealGroupUsers", by: "dealGroup"),
      "dealGroupGroups": .children("dealGroupGroups", by: "dealGroup"),
    ],
    "links": [
      "linkData": .children("linkData", by: "linkid"),
      "mppLinkData": .children("mppLinkData", by: "linkid"),
    ],
    "connections": ["customers": .children("ecomCustomers", by: "connectionid")],
    "ecomCustomers": ["orders": .children("ecomOrders", by: "customerid")],
    "ecomOrders": [
      "orderProducts": .children("ecomOrderProducts", by: "orderid"),
      "orderActivities": .children("ecomOrderActivities", by: "orderid"),
    ],
    "geoIps": ["geoAddress": .named("geoAddresses", by: "geoAddress")],
    "groups": ["groupLimit": .child("groupLimits", by: "group")],
    "lists": ["addressLists": .children("addressLists", by: "list")],
    "users": ["userGroup": .child("userGroups", by: "user")],
  ]

  private static let contacts: [String: Below] = [
    "notes": .related("notes", as: "Subscriber"),
    "contactData": .child("contactData", by: "contact"),
    "plusAppend": .child("plusAppends", by: "contact"),
    "organization": .named("organizations", by: "organization"),
  ].merging(
    [
      "contactTags", "contactLists", "fieldValues", "deals", "accountContacts", "bounceLogs",
      "contactAutomations", "contactGoals", "contactLogs", "contactDeals", "geoIps",
      "trackingLogs", "scoreValues",
    ].map { ($0, .children($0, by: "contact")) }
  ) { first, _ in first }

  private static let automations: [String: Below] = [
    "blocks": .children("automationBlocks", by: "automation"),
    "goals": .children("goals", by: "automation"), "sms": .children("sms", by: "automation"),
    "contactAutomations": .children("contactAutomations", by: "automation"),
    "contactGoals": .children("contactGoals", by: "automation"),
    "campaigns": .children("campaigns", by: "automation"),
  ]

  private static let campaigns: [String: Below] = [
    "links": .children("links", by: "campaignid"),
    "campaignLists": .children("campaignLists", by: "campaignid"),
    "campaignMessages": .children("campaignMessages", by: "campaignid"),
    "campaignMessage": .named("campaignMessages", by: "campaign_message_id"),
    "user": .named("users", by: "user"), "automation": .named("automations", by: "automation"),
    "segment": .named("segments", by: "segmentid"),
  ]

  private static let deals: [String: Below] = [
    "notes": .related("notes", as: "Deal"), "tasks": .related("dealTasks", as: "Deal"),
    "dealActivities": .children("dealActivities", by: "deal"),
    "contactDeals": .children("contactDeals", by: "deal"),
    "scoreValues": .children("scoreValues", by: "deal"),
    "dealCustomFieldData": .children("dealCustomFieldData", by: "dealId"),
  ]
}

extension Account.State {
  /// What is below a row, in the order of the answer's keys; nil for what has no name there.
  mutating func below(_ row: Row, _ resource: Resource, _ name: String) -> BelowAnswer? {
    if resource.path == "contacts", name == "automationEntryCounts" {
      return .values(name, entryCounts(of: row.id))
    }
    switch Below.named(name, below: resource.path) {
    case .children(let path, let key):
      return .rows(withRelatives(Sideload(path, children(path, by: key, of: row.id))))
    case .related(let path, let kind):
      let rows = children(path, by: "relid", of: row.id)
      return .rows([Sideload(path, rows.filter { $0.text.string(of: "reltype") == kind })])
    case .child(let path, let key): return .one(path, children(path, by: key, of: row.id).first)
    case .named(let path, let key):
      return .one(path, row.text.int(of: key).flatMap { tables[path].row($0) })
    case nil: return nil
    }
  }

  /// The addresses of places come beside the places.
  private func withRelatives(_ children: Sideload) -> [Sideload] {
    guard children.resource.path == "geoIps" else { return [children] }
    let places = Set(children.rows.compactMap { $0.text.int(of: "geoAddress") }).sorted()
    return [
      children, Sideload("geoAddresses", places.compactMap { tables["geoAddresses"].row($0) }),
    ]
  }

  /// How often a contact entered each automation.
  private mutating func entryCounts(of contact: Int) -> [RowValue] {
    let entries = children("contactAutomations", of: contact)
      .reduce(into: [:]) { $0[$1.text.int(of: "automation") ?? 0, default: 0] += 1 }
    return tables["automations"].rows.map { row in
      [
        "id": .count(row.id), "name": .optional(row.text.string(of: "name")),
        "status": .optional(row.text.string(of: "status")),
        "hidden": .optional(row.text.string(of: "hidden")),
        "contactEntryCount": .count(entries[row.id, default: 0]), "links": [],
      ]
    }
  }
}

/// What an address below a row is answered with.
enum BelowAnswer: Sendable {
  /// Lists, without `meta`.
  case rows([Sideload])
  /// The row of a path under its singular key; nil for an empty object.
  case one(String, Row?)
  /// A list of what is no row of the account's own.
  case values(String, [RowValue])

  func body(_ renderer: Renderer) -> [UInt8] {
    var writer = JSONWriter(reserving: 8192)
    writer.raw("{")
    switch self {
    case .rows(let lists):
      for (index, list) in lists.enumerated() {
        if index > 0 { writer.raw(",") }
        list.write(to: &writer, renderer)
      }
    case .one(let path, let row?):
      guard let resource = Resource.byPath[path] else { break }
      writer.key(resource.single)
      renderer.write(row, of: resource, to: &writer)
    case .one: break
    case .values(let key, let values):
      writer.key(key)
      writer.write(.array(values))
    }
    writer.raw("}")
    return writer.bytes
  }
}
