/// What a plan may lack: its paths then answer 403.
///
/// The raw values are the names that people choose them by.
public enum Feature: String, Sendable, CaseIterable {
  case deals, accounts, notes, ecommerce, sms, scores, goals
  case customObjects = "custom-objects"
  case savedResponses = "saved-responses"
  case siteMessages = "site-messages"
  case siteTracking = "site-tracking"
  case audiences

  /// What the paths begin with, for `ServerOptions.missingFeatures`.
  public var paths: Set<String> {
    switch self {
    case .deals:
      [
        "deals", "dealGroups", "dealStages", "dealTasks", "dealTasktypes", "taskOutcomes",
        "tasktypeOutcomeRels", "dealActivities", "dealGroupUsers", "dealRoles",
        "dealCustomFieldMeta", "dealCustomFieldData", "contactDeals", "dealGroupGroups",
      ]
    case .accounts:
      ["accounts", "accountContacts", "accountCustomFieldMeta", "accountCustomFieldData"]
    case .notes: ["notes"]
    case .ecommerce:
      [
        "connections", "ecomCustomers", "ecomOrders", "ecomOrderProducts", "ecomOrderActivities",
      ]
    case .sms: ["sms"]
    case .scores: ["scores", "scoreValues"]
    case .goals: ["goals", "conversions", "conversionTriggers", "contactConversions"]
    case .customObjects: ["customObjects"]
    case .savedResponses: ["savedResponses"]
    case .siteMessages: ["siteMessages"]
    case .siteTracking: ["trackingLogs", "eventTrackingEvents", "siteTrackingDomains"]
    case .audiences: ["audiences"]
    }
  }
}
