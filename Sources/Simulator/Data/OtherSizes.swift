extension AccountSize {
  /// How many rows of each kind beside the core there are in an ordinary account, by path.
  static func details(of size: AccountSize) -> [String: Int] {
    [peopleRows(size), mailRows(size), salesRows(size), settingRows(size)]
      .reduce(into: [:]) { $0.merge($1) { first, _ in first } }
  }

  private static func peopleRows(_ size: AccountSize) -> [String: Int] {
    let people = size.contacts
    return [
      "contactAutomations": part(people, 2), "contactDeals": part(size.deals, 3),
      "contactData": part(people, 5), "contactEmails": part(people, 20),
      "contactGoals": part(people, 12), "contactConversions": part(people, 25),
      "scoreValues": part(people, 8), "geoIps": part(people, 10), "geoAddresses": part(people, 20),
      "trackingLogs": part(people, 5), "plusAppends": part(people, 30), "organizations": 40,
      "segments": part(people, 200), "audiences": part(people, 700),
      "lists/exclusions": part(people, 150),
    ]
  }

  private static func mailRows(_ size: AccountSize) -> [String: Int] {
    // One mailing in seven is split between two messages.
    let messages = size.campaigns * 8 / 7
    return [
      "messages": messages, "campaignMessages": messages, "links": 3 * messages,
      "campaignLists": size.campaigns * 4 / 3, "templates": part(size.campaigns, 6),
      "savedResponses": 7, "personalizations": 6, "logs": part(size.contacts, 2),
      "linkData": part(size.contacts, 3), "mppLinkData": part(size.contacts, 10),
      "emailActivities": part(size.contacts, 4), "bounceLogs": part(size.contacts, 25),
      "activities": part(size.contacts, 4), "activityRecipients": part(size.contacts, 40),
      "sms": part(size.automations, 3), "sms/broadcasts": part(size.campaigns, 15), "sms/lists": 3,
      "siteMessages": part(size.automations, 4), "automationBlocks": 4 * size.automations,
      "goals": part(size.automations, 2), "conversions": 5, "conversionTriggers": 8, "scores": 6,
    ]
  }

  private static func salesRows(_ size: AccountSize) -> [String: Int] {
    [
      "dealTasktypes": 5, "taskOutcomes": 9, "tasktypeOutcomeRels": 14,
      "dealActivities": 3 * size.deals, "dealGroupUsers": 2 * size.pipelines, "dealRoles": 4,
      "dealCustomFieldMeta": 14, "dealCustomFieldData": 3 * size.deals,
      "accountCustomFieldMeta": 14, "accountCustomFieldData": 2 * size.accounts,
      "connections": 4, "ecomCustomers": part(size.contacts, 10),
      "ecomOrders": part(size.contacts, 8), "ecomOrderProducts": part(size.contacts, 4),
      "ecomOrderActivities": part(size.contacts, 8),
    ]
  }

  private static func settingRows(_ size: AccountSize) -> [String: Int] {
    [
      "groups": 5, "groupLimits": 5, "groupMembers": 8, "userGroups": size.users,
      "listGroups": 2 * size.lists, "dealGroupGroups": 2 * size.pipelines, "addresses": 4,
      "addressGroups": 4, "addressLists": size.lists, "brandings": 5, "calendars": 4,
      "configs": 30, "webhooks": 5, "webhook/events": Generator.webhookEvents.count,
      "eventTrackingEvents": 7, "siteTrackingDomains": 3, "prism/urlWhitelistings": 3,
      "customObjects/schemas": 3,
      "customObjects/records": part(size.contacts, 20),
    ]
  }

  /// One in so many, but enough to show every form that the rows have.
  private static func part(_ count: Int, _ divisor: Int) -> Int {
    max(count / divisor, min(12, count))
  }
}
