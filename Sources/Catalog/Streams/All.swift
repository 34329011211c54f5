extension StreamDefinition {
  /// Every stream, area by area, parents before their children.
  ///
  /// The fifteen that every account has come first.
  public static let all: [StreamDefinition] =
    people + listsAndForms + crm + campaignsAndAutomations + account
    + memberships + contactDetails + customFieldDetails + salesWork + campaignDetails
    + messagesAndTexts + automationDetails + scoresAndSegments + commerce + logs + groupsOfUsers
    + accountSetup + customObjects

  /// The stream with this name; nil if the catalogue has none.
  public static func named(_ name: String) -> StreamDefinition? { byName[name] }

  /// The stream's name that `name` was most likely meant to be; nil if none is near.
  public static func nearest(to name: String) -> String? {
    nearestName(to: name, among: all.map(\.id.name))
  }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.id.name, $0) })
}
