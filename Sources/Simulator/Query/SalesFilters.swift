extension Filter {
  /// The documented filters of `/deals`.
  static let deals: [Filter] =
    [
      search, .contains("filters[title]", "title"), .number("filters[stage]", "stage"),
      .number("filters[group]", "group"), .equals("filters[status]", "status"),
      .number("filters[owner]", "owner"), .number("filters[organization]", "organization"),
      dueRange("filters[nextdate_range]", "nextdate"), tagOfContact, taskType,
      value("filters[minimum_value]") { $0 >= $1 }, value("filters[maximum_value]") { $0 <= $1 },
      score("filters[score]"), score("filters[score_greater_than]"),
      score("filters[score_less_than]"),
    ] + .dates { $0.deals }

  /// The documented filters of `/dealTasks`.
  static let tasks: [Filter] = [
    .contains("filters[title]", "title"), .equals("filters[reltype]", "reltype"),
    .number("filters[relid]", "relid"), .equals("filters[status]", "status"),
    .contains("filters[note]", "note"), .number("filters[d_tasktypeid]", "dealTasktype"),
    .number("filters[userid]", "user"), .number("filters[assignee_userid]", "assignee"),
    .number("filters[outcome_id]", "outcomeId"), dueRange("filters[duedate_range]", "duedate"),
    due("filters[due_after]") { due, day in due >= day.startOfDay(in: .central) },
    due("filters[due_before]") { due, day in due < day.startOfDay(in: .central) },
    due("filters[duedate]") { due, day in
      due >= day.startOfDay(in: .central) && due < day.startOfDay(plus: 1, in: .central)
    },
  ]

  /// `filters[search]` in the title, the contact's name and its organisation, or in the one field
  /// that `filters[search_field]` names.
  private static let search = Filter("filters[search]") { value, query, context in
    let field = query.value("filters[search_field]") ?? "all"
    let wanted = value.lowercased()
    let people = context.tables["contacts"]
    return { row in
      let person = row.text.int(of: "contact").flatMap { people.row($0) }
      let texts = [
        "title": row.text.string(of: "title"), "contact": person.map(Order.name),
        "org": person?.text.string(of: "orgname"),
      ]
      return texts.contains { key, text in
        (field == "all" || field == key) && text?.lowercased().contains(wanted) == true
      }
    }
  }

  private static let tagOfContact = Filter("filters[tag]") { value, _, context in
    guard let wanted = Int(value), wanted > 0 else { return nil }
    let people = context.ids("contact", in: "contactTags") { $0.text.int(of: "tag") == wanted }
    return { $0.text.int(of: "contact").map(people.contains) ?? false }
  }

  private static let taskType = Filter("filters[tasktype]") { value, _, context in
    guard let wanted = Int(value), wanted > 0 else { return nil }
    let deals = context.ids("relid", in: "dealTasks") { row in
      row.text.string(of: "reltype") == "Deal" && row.text.int(of: "dealTasktype") == wanted
    }
    return { deals.contains($0.id) }
  }

  /// Values are given in dollars; the account converts all its currencies at par.
  private static func value(_ name: String, _ holds: @escaping @Sendable (Double, Double) -> Bool)
    -> Filter
  {
    Filter(name) { value, _, _ in
      guard let wanted = Double(value) else { return nil }
      return { holds(Double($0.deal?.value ?? 0) / 100, wanted) }
    }
  }

  /// No deal of this account has a score.
  private static func score(_ name: String) -> Filter {
    Filter(name) { _, _, _ in { _ in false } }
  }

  /// `overdue`, `upcoming` (within 24 hours), `scheduled` (later) or `no-task`.
  private static func dueRange(_ name: String, _ key: String) -> Filter {
    Filter(name) { value, _, context in
      let now = context.now
      let holds: ((Int?) -> Bool)? =
        switch value {
        case "overdue": { $0.map { $0 < now } ?? false }
        case "upcoming": { $0.map { $0 >= now && $0 <= now + 86400 } ?? false }
        case "scheduled": { $0.map { $0 > now + 86400 } ?? false }
        case "no-task": { $0 == nil }
        default: nil
        }
      guard let holds else { return nil }
      return { row in holds(row.text.instant(of: key)) }
    }
  }

  private static func due(_ name: String, _ holds: @escaping @Sendable (Int, GivenTime) -> Bool)
    -> Filter
  {
    Filter(name) { value, _, _ in
      guard let day = GivenTime(value) else { return nil }
      return { row in row.text.instant(of: "duedate").map { holds($0, day) } ?? false }
    }
  }
}
