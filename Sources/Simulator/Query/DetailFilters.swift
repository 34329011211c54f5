extension Filter {
  /// The part of a path that names a kind of custom object, as a parameter that no request gives.
  static let schema = "{schema}"

  /// The documented filters of what lies beside an account's core, by path.
  static let details: [String: [Filter]] = [
    "dealActivities": [
      .equals("deal", "deal"), .equals("filters[data_type]", "dataType"),
      .equals("filters[data_id]", "dataId"),
    ],
    "dealCustomFieldData": [.equals("filters[dealId]", "dealId")],
    "accountCustomFieldData": [.equals("filters[customerAccountId]", "accountId")],
    "dealRoles": [.contains("search", "title")],
    "taskOutcomes": [sentiment],
    "activities": [.equals("contact", "subscriberid"), after],
    "emailActivities": [
      .equals("filters[subscriberid]", "subscriberid"), .equals("filters[dealId]", "deal"),
    ],
    "personalizations": [
      .contains("filter[name]", "name"), .contains("filter[tag]", "tag"),
      .contains("filter[listName]", "listNames"), .contains("filter[content]", "content"),
      .equals("filter[format]", "format"),
    ],
    "sms/broadcasts": [.contains("filters[name]", "name"), .equals("filters[status]", "status")],
    "connections": [
      .equals("filters[service]", "service"), .equals("filters[externalid]", "externalid"),
    ],
    "ecomCustomers": ["email", "externalid", "connectionid"].map { .equals("filters[\($0)]", $0) },
    "ecomOrders": [
      "connectionid", "externalid", "externalcheckoutid", "email", "state", "customerid",
    ].map { .equals("filters[\($0)]", $0) },
    "webhooks": ["name", "url", "listid"].map { .equals("filters[\($0)]", $0) },
    "lists/exclusions": [.contains("filters[matchPhrase]", "matchPhrase")],
    "customObjects/records": [.equals(schema, "schemaId")],
  ]

  /// 1 negative, 2 neutral, 3 positive.
  private static let sentiment = Filter("filters[sentiment]") { value, _, _ in
    let words = ["1": "NEGATIVE", "2": "NEUTRAL", "3": "POSITIVE"]
    return words[value].map { word in { $0.text.string(of: "sentiment") == word } }
  }

  private static let after = Filter("after") { value, _, _ in
    GivenTime(value).map { time in
      let bound = time.instant(in: .central)
      return { ($0.text.instant(of: "tstamp") ?? 0) > bound }
    }
  }
}
