extension Resource {
  /// What happens to contacts, and the groups that they are sorted into.
  static let peopleDetails: [Resource] = [
    Resource(
      "contactAutomations", "contactAutomation", model: "SubscriberSeries", updated: "lastdate",
      edited: .text("batchid"),
      links: ["automation", "contact", "contactGoals", "automationLogs"]),
    Resource(
      "contactDeals", "contactDeal", model: "SubscriberDeal", edited: .text("role"),
      links: ["contact", "deal"]),
    Resource(
      "contactData", "contactDatum", model: "SubscriberDatum", updated: "tstamp",
      edited: .text("geoCity"),
      links: ["contact"]),
    Resource(
      "contactEmails", "contactEmail", model: "SubscriberEmail", edited: .text("messageheader"),
      links: ["user", "deal", "contact", "message"]),
    Resource(
      "contactGoals", "contactGoal", model: "SubscriberGoal", listed: false,
      links: ["goal", "automation", "contact", "contactAutomation"]),
    Resource(
      "contactConversions", "contactConversion", model: "SubscriberConversion",
      edited: .text("modifier"),
      links: ["contact", "conversion", "conversionTrigger"]),
    Resource(
      "scoreValues", "scoreValue", model: "ScoreValue", edited: .count("scoreValue"),
      links: ["score", "contact", "deal"]),
    Resource("geoIps", "geoIp", model: "GeoIp", listed: false, links: ["contact", "geoAddress"]),
    Resource("geoAddresses", "geoAddress", model: "GeoAddress", listed: false),
    Resource(
      "trackingLogs", "trackingLog", model: "TrackingLog", edited: .text("value"),
      links: ["contact"]),
    Resource("plusAppends", "plusAppend", model: "PlusAppend", listed: false, links: ["contact"]),
    Resource(
      "organizations", "organization", model: "Organization", edited: .text("name"),
      links: ["contacts", "deals", "owner"]),
    Resource("segments", "segment", model: "Segment", edited: .text("name"), links: ["campaigns"]),
    Resource(
      "audiences", "data", model: "Audience", key: "data", total: .none, form: .plain),
    Resource(
      "lists/exclusions", "exclusion", model: "Exclusion", key: "exclusions", total: .number,
      form: .plain, edited: .text("matchPhrase")),
  ]
}
