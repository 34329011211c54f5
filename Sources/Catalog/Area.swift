/// Streams that people look for together.
public struct Area: Sendable {
  /// What they are about, as a heading.
  public let name: String
  /// The streams.
  public let streams: [StreamDefinition]

  /// Every stream, by what it is about.
  public static let all = [
    Area(
      name: "Contacts",
      streams: StreamDefinition.people + StreamDefinition.memberships
        + StreamDefinition.contactDetails),
    Area(name: "Custom fields", streams: StreamDefinition.customFieldDetails),
    Area(name: "Lists, tags, forms", streams: StreamDefinition.listsAndForms),
    Area(
      name: "Deals, accounts, tasks", streams: StreamDefinition.crm + StreamDefinition.salesWork),
    Area(
      name: "Campaigns, messages, automations",
      streams: StreamDefinition.campaignsAndAutomations + StreamDefinition.campaignDetails
        + StreamDefinition.messagesAndTexts + StreamDefinition.automationDetails),
    Area(name: "Scores, segments", streams: StreamDefinition.scoresAndSegments),
    Area(name: "Shops and orders", streams: StreamDefinition.commerce),
    Area(name: "What happened when", streams: StreamDefinition.logs),
    Area(
      name: "Users and groups", streams: StreamDefinition.account + StreamDefinition.groupsOfUsers),
    Area(name: "Set-up of the account", streams: StreamDefinition.accountSetup),
    Area(name: "Custom objects", streams: StreamDefinition.customObjects),
  ]
}
