extension Resource {
  /// Who may do what, and what the account is set to.
  static let settings: [Resource] = access + configuration + customObjects

  private static let access = [
    Resource(
      "groups", "group", model: "Group", missing: 403, edited: .text("descript"),
      links: ["userGroups", "groupLimit", "dealGroupGroups", "listGroups", "addressGroups"]),
    Resource("groupLimits", "groupLimit", model: "GroupLimit", edited: .count("limitMail")),
    Resource(
      "groupMembers", "groupDefinition", model: "GroupMember", key: "groupDefinitions",
      form: .plain, edited: .text("label")),
    Resource("userGroups", "userGroup", model: "UserGroup", links: ["user", "group"]),
    Resource("listGroups", "listGroup", model: "ListGroup", links: ["list", "group"]),
    Resource(
      "dealGroupGroups", "dealGroupGroup", model: "DealGroupGroup",
      links: ["dealGroup", "groupUserGroups", "group"]),
    Resource("addressGroups", "addressGroup", model: "AddressGroup", links: ["address", "group"]),
    Resource("addressLists", "addressList", model: "AddressList", links: ["address", "list"]),
  ]

  private static let configuration = [
    Resource(
      "addresses", "address", model: "Address", edited: .text("companyName"),
      links: ["addressGroups", "addressLists", "forms"]),
    Resource("brandings", "branding", model: "Branding", edited: .text("siteName")),
    Resource("calendars", "calendar", model: "Calendar", edited: .text("title"), links: ["user"]),
    Resource("configs", "config", model: "Config", edited: .text("val"), links: ["owner"]),
    Resource("webhooks", "webhook", model: "Webhook", edited: .text("name")),
    Resource(
      "prism/urlWhitelistings", "data", model: "UrlWhitelisting", key: "data", total: .none,
      defaultLimit: 1000, form: .plain),
    // The names of all events come at once.
    Resource(
      "webhook/events", "webhookEvent", model: "WebhookEvent", key: "webhookEvents",
      total: .number, defaultLimit: 1000, form: .bare),
    Resource(
      "eventTrackingEvents", "eventTrackingEvent", model: "EventTrackingEvent", total: .number,
      form: .plain),
    Resource(
      "siteTrackingDomains", "siteTrackingDomain", model: "SiteTrackingDomain", total: .number,
      form: .plain),
  ]

  private static let customObjects = [
    Resource(
      "customObjects/schemas", "schema", model: "Schema", key: "schemas", total: .number,
      form: .plain, edited: .text("description")),
    // Listed below their schema's id.
    Resource(
      "customObjects/records", "record", model: "Record", key: "records", total: .number,
      form: .plain, edited: .text("externalId")),
  ]
}
