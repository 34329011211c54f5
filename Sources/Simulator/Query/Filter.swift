/// Whether a row is among the answer.
typealias RowTest = (Row) -> Bool

/// What filters may look at beside the row itself.
struct FilterContext {
  let tables: Tables
  let behaviour: FilterBehaviour
  let now: Int

  /// The ids that rows of another path hold under a key, for those rows that pass a test.
  func ids(_ key: String, in path: String, where passes: RowTest) -> Set<Int> {
    Set(tables[path].rows.filter(passes).compactMap { $0.text.int(of: key) })
  }
}

/// A query parameter that one resource is documented to honour.
struct Filter: Sendable {
  let name: String
  /// Makes the test of a value; nil when the value means nothing, which is then ignored in silence.
  let test: @Sendable (_ value: String, _ query: Query, _ context: FilterContext) -> RowTest?

  init(
    _ name: String, _ test: @escaping @Sendable (String, Query, FilterContext) -> RowTest?
  ) {
    self.name = name
    self.test = test
  }

  /// The documented filters of every resource; whatever is not here is ignored.
  static func documented(_ path: String) -> [Filter] {
    switch path {
    case "contacts": contacts
    case "deals": deals
    case "dealTasks": tasks
    case "lists": [.contains("filters[name]", "name")] + .operators("filters[name]", "name")
    case "tags": [.contains("search", "tag")] + .operators("filters[search]", "tag")
    case "fields": [.equals("filters[perstag]", "perstag")]
    case "fieldValues":
      [.equals("filters[fieldid]", "field"), .equals("filters[val]", "value")]
    case "accountContacts":
      [.equals("filters[contact]", "contact"), .equals("filters[account]", "account")]
    case "accounts": [.contains("search", "name")]
    case "campaigns": [.equals("filters[seriesid]", "seriesid")]
    case "dealGroups":
      [.contains("filters[title]", "title"), haveStages]
    case "dealStages":
      [.contains("filters[title]", "title"), .equals("filters[d_groupid]", "group")]
    default: details[path] ?? []
    }
  }

  private static let haveStages = Filter("filters[have_stages]") { value, _, _ in
    value == "1" || value == "true" ? { !$0.text.ids(of: "stages").isEmpty } : nil
  }
}

extension Filter {
  /// The text under a key is the one given, whatever the case.
  static func equals(_ name: String, _ key: String) -> Filter {
    Filter(name) { value, _, _ in
      let wanted = value.lowercased()
      return { $0.text.string(of: key)?.lowercased() == wanted }
    }
  }

  /// The text under a key contains the one given, whatever the case.
  static func contains(_ name: String, _ keys: String...) -> Filter {
    Filter(name) { value, _, _ in
      let wanted = value.lowercased()
      return { row in
        keys.contains { row.text.string(of: $0)?.lowercased().contains(wanted) == true }
      }
    }
  }

  /// The number under a key is the one given; 0 and what is no number mean "any".
  static func number(_ name: String, _ key: String) -> Filter {
    Filter(name) { value, _, _ in
      guard let wanted = Int(value), wanted > 0 else { return nil }
      return { $0.text.int(of: key) == wanted }
    }
  }
}

extension [Filter] {
  /// `filters[name][contains]=x` and its relatives, on a text.
  static func operators(_ name: String, _ key: String) -> [Filter] {
    let tests: [(String, @Sendable (String, String) -> Bool)] = [
      ("eq", { $0 == $1 }), ("neq", { $0 != $1 }), ("lt", { $0 < $1 }), ("lte", { $0 <= $1 }),
      ("gt", { $0 > $1 }), ("gte", { $0 >= $1 }), ("contains", { $0.contains($1) }),
      ("starts_with", { $0.hasPrefix($1) }),
    ]
    return tests.map { operation, holds in
      Filter("\(name)[\(operation)]") { value, _, _ in
        let wanted = value.lowercased()
        return { holds($0.text.string(of: key)?.lowercased() ?? "", wanted) }
      }
    }
  }

  /// `filters[created_after]` and its three relatives.
  static func dates(
    _ rule: @escaping @Sendable (FilterBehaviour) -> FilterBehaviour.DateFilter
  ) -> [Filter] {
    func filter(
      _ name: String, isAfter: Bool,
      _ time: @escaping @Sendable (Row, FilterBehaviour) -> Int?
    ) -> Filter {
      Filter("filters[\(name)]") { value, _, context in
        guard let bound = bound(value, rule(context.behaviour), isAfter: isAfter) else {
          return nil
        }
        let behaviour = context.behaviour
        // As in SQL: nothing is before or after what is not known.
        return { row in time(row, behaviour).map { isAfter ? $0 >= bound : $0 < bound } ?? false }
      }
    }
    func ofCreation(_ name: String, isAfter: Bool) -> Filter {
      let created = filter(name, isAfter: isAfter) { row, _ in row.created }
      let updated = filter(name, isAfter: isAfter) { row, _ in row.updated ?? row.created }
      return Filter(created.name) { value, query, context in
        switch rule(context.behaviour).creation {
        case .lowerOnly where !isAfter: nil
        case .honoured, .lowerOnly: created.test(value, query, context)
        case .ignored: nil
        case .empty: { _ in false }
        case .updated: updated.test(value, query, context)
        }
      }
    }
    let updated: @Sendable (Row, FilterBehaviour) -> Int? = { row, behaviour in
      row.updated ?? (behaviour.nullUpdateCountsAsCreation ? row.created : nil)
    }
    return [
      ofCreation("created_after", isAfter: true),
      ofCreation("created_before", isAfter: false),
      filter("updated_after", isAfter: true, updated),
      filter("updated_before", isAfter: false, updated),
    ]
  }

  /// The first instant that is "after" a value, or that is no longer "before" it.
  private static func bound(
    _ value: String, _ rule: FilterBehaviour.DateFilter, isAfter: Bool
  ) -> Int? {
    guard rule.isHonoured, let time = GivenTime(value) else { return nil }
    let skips = isAfter && rule.bound == .exclusive
    switch rule.precision {
    case .day: return time.startOfDay(plus: skips ? 1 : 0, in: rule.zone)
    case .second: return time.instant(in: rule.zone) + (skips ? 1 : 0)
    }
  }
}
