extension Resource {
  /// What an account is made of first; the rest refers to it.
  static let core: [Resource] = people + mailing + sales

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
      "deals", "deal", model: "Deal", total: .number, updated: "mdate",
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
