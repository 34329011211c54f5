/// What the service fixes per kind of row: its names, its links, and how its lists are answered.
struct Resource: Sendable {
  /// The path below `/api/3/`, and the key of the array of rows.
  let path: String
  /// The key of a single row.
  let single: String
  /// The service's own name of the kind, as its "not found" messages tell it.
  let model: String
  /// The status of a row that does not exist.
  let missingStatus: Int
  /// Whether the kind has a list of its own.
  let isListed: Bool
  /// Whether `meta.total` is a number; elsewhere it is a text.
  let hasNumericTotal: Bool
  /// How many rows a page has when the request names no `limit`.
  let defaultLimit: Int
  /// The names in `links`, with what the address ends in.
  let links: [String]
  /// The keys of the creation and update times.
  let created: String
  let updated: String

  init(
    _ path: String, _ single: String, model: String, missing: Int = 404, listed: Bool = true,
    numericTotal: Bool = false, defaultLimit: Int = 20, created: String = "cdate",
    updated: String = "udate", links: [String] = []
  ) {
    self.path = path
    self.single = single
    self.model = model
    missingStatus = missing
    isListed = listed
    hasNumericTotal = numericTotal
    self.defaultLimit = defaultLimit
    self.created = created
    self.updated = updated
    self.links = links
  }
}

extension Resource {
  /// Every kind by its path.
  static let byPath = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })

  static let all: [Resource] = people + mailing + sales

  private static let people = [
    Resource(
      "contacts", "contact", model: "Subscriber",
      links: [
        "bounceLogs", "contactAutomations", "contactData", "contactGoals", "contactLists",
        "contactLogs", "contactTags", "contactDeals", "deals", "fieldValues", "geoIps", "notes",
        "organization", "plusAppend", "trackingLogs", "scoreValues", "accountContacts",
        "automationEntryCounts",
      ]),
    Resource(
      "contactTags", "contactTag", model: "SubscriberTag", updated: "updated_timestamp",
      links: ["tag", "contact"]),
    Resource(
      "contactLists", "contactList", model: "SubscriberList", created: "sdate",
      links: ["automation", "list", "contact", "form", "autosyncLog", "campaign", "message"]),
    Resource(
      "fields", "field", model: "Field", defaultLimit: 100, links: ["options", "relations"]),
    Resource("fieldOptions", "fieldOption", model: "FieldOption", listed: false, links: ["field"]),
    Resource("fieldRels", "fieldRel", model: "FieldRel", listed: false),
    Resource(
      "fieldValues", "fieldValue", model: "FieldValue", missing: 403, links: ["owner", "field"]),
    Resource(
      "accountContacts", "accountContact", model: "CustomerAccountSubscriber",
      created: "createdTimestamp", updated: "updatedTimestamp", links: ["account", "contact"]),
    Resource(
      "users", "user", model: "User",
      links: [
        "lists", "userGroup", "dealGroupTotals", "dealGroupUsers", "configs", "dealConnection",
        "userConversationsPermission", "seatUser",
      ]),
  ]

  private static let mailing = [
    Resource("lists", "list", model: "_List", links: ["contactGoalLists", "user", "addressLists"]),
    Resource(
      "tags", "tag", model: "Tag", updated: "updated_timestamp", links: ["contactGoalTags"]),
    Resource("forms", "form", model: "Form", missing: 403, links: ["address"]),
    Resource(
      "campaigns", "campaign", model: "Campaign", updated: "mdate",
      links: [
        "user", "automation", "campaignMessage", "campaignMessages", "links",
        "aggregateRevenues", "segment", "campaignLists",
      ]),
    Resource(
      "automations", "automation", model: "Series", updated: "mdate",
      links: ["campaigns", "contactGoals", "contactAutomations", "blocks", "goals", "sms"]),
  ]

  private static let sales = [
    Resource(
      "deals", "deal", model: "Deal", numericTotal: true, updated: "mdate",
      links: [
        "dealActivities", "contact", "contactDeals", "group", "nextTask", "notes", "account",
        "customerAccount", "organization", "owner", "scoreValues", "stage", "tasks",
        "dealCustomFieldData",
      ]),
    Resource(
      "dealGroups", "dealGroup", model: "DealGroup",
      links: ["dealGroupGroups", "dealGroupUsers", "stages", "winProbabilityFeatures"]),
    Resource("dealStages", "dealStage", model: "DealStage", links: ["group"]),
    Resource(
      "dealTasks", "dealTask", model: "DealTask",
      links: ["activities", "automation", "dealTasktype", "notes", "owner", "user", "assignee"]),
    Resource(
      "accounts", "account", model: "CustomerAccount", created: "createdTimestamp",
      updated: "updatedTimestamp",
      links: [
        "notes", "accountCustomFieldData", "accountContacts", "emailActivities", "contactEmails",
      ]),
    Resource("notes", "note", model: "Note", updated: "mdate", links: ["activities", "user"]),
  ]
}
