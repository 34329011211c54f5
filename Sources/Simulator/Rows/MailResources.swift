extension Resource {
  /// What is sent, by which parts of automations, and what became of it.
  static let mailDetails: [Resource] = mails + logs + automationParts

  private static let mails = [
    Resource(
      "links", "link", model: "Link", edited: .text("name"),
      links: ["campaign", "message", "linkData", "mppLinkData"]),
    Resource(
      "campaignLists", "campaignList", model: "CampaignList", edited: .text("name"),
      links: ["user", "list", "campaign"]),
    Resource(
      "campaignMessages", "campaignMessage", model: "CampaignMessage", edited: .text("subject"),
      links: ["campaign", "message"]),
    Resource("messages", "message", model: "Message", edited: .text("subject"), links: ["user"]),
    Resource("templates", "template", model: "Template", edited: .text("name"), links: ["user"]),
    Resource(
      "savedResponses", "savedResponse", model: "SavedResponse", edited: .text("body")),
    Resource(
      "personalizations", "personalization", model: "Personalization", form: .plain,
      edited: .text("content")),
    Resource("sms", "sm", model: "Sms", edited: .text("msg"), links: ["user", "automation"]),
    Resource(
      "sms/broadcasts", "broadcast", model: "Broadcast", key: "broadcasts", total: .number,
      form: .plain, edited: .text("body")),
    Resource(
      "sms/lists", "list", model: "SmsList", key: "lists", total: .number, form: .plain,
      edited: .text("name")),
    Resource("siteMessages", "siteMessage", model: "SiteMessage", edited: .text("name")),
  ]

  private static let logs = [
    Resource(
      "logs", "log", model: "Log", edited: .count("sendid"), links: ["contact", "campaign"]),
    Resource("linkData", "linkDatum", model: "LinkDatum", edited: .text("ua"), links: ["link"]),
    Resource(
      "mppLinkData", "mppLinkDatum", model: "MppLinkDatum", edited: .text("ua"), links: ["link"]),
    Resource(
      "emailActivities", "emailActivity", model: "EmailActivity", edited: .text("subject"),
      links: ["contact", "deal", "user", "reference"]),
    Resource(
      "bounceLogs", "bounceLog", model: "BounceLog", edited: .text("error"),
      links: ["bounce", "contact", "campaign", "message", "code"]),
    Resource(
      "activities", "activity", model: "Activity", edited: .text("reference_action"),
      links: ["notes", "recipients", "reference", "user"]),
    Resource(
      "activityRecipients", "activityRecipient", model: "ActivityRecipient", listed: false,
      form: .plain),
  ]

  private static let automationParts = [
    Resource(
      "automationBlocks", "automationBlock", model: "SeriesBlock", edited: .count("ordernum"),
      links: ["automation"]),
    Resource("goals", "goal", model: "Goal", edited: .text("name"), links: ["automation"]),
    Resource("conversions", "conversion", model: "Conversion", edited: .text("name")),
    Resource(
      "conversionTriggers", "conversionTrigger", model: "ConversionTrigger",
      edited: .text("modifier"),
      links: ["conversion", "automationBlock"]),
    Resource("scores", "score", model: "Score", edited: .text("descript")),
  ]
}
