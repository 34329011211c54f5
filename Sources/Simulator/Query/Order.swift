/// An order that a resource is documented to honour, read from `orders[column]=ASC`.
struct Order: Sendable {
  /// What rows are compared by; nothing comes before something, as in SQL.
  enum Key: Comparable {
    case nothing
    case number(Int)
    case text(String)
  }

  /// What a row is compared by.
  typealias KeyOf = @Sendable (Row, FilterContext) -> Key

  let column: String
  let isDescending: Bool
  let key: KeyOf

  /// The honoured orders of a query, in the sequence given; the others are ignored in silence.
  static func requested(_ query: Query, of path: String) -> [Order] {
    query.parameters.compactMap { name, value in
      guard name.hasPrefix("orders["), name.hasSuffix("]") else { return nil }
      let column = String(name.dropFirst(7).dropLast())
      guard let key = documented(path)[column] else { return nil }
      return Order(column: column, isDescending: value.uppercased() == "DESC", key: key)
    }
  }

  private static func documented(_ path: String) -> [String: KeyOf] {
    switch path {
    case "contacts": contacts
    case "deals": deals
    case "campaigns": ["sdate": time("sdate"), "ldate": time("ldate")]
    case "lists": ["name": text("name")]
    case "tags": ["search": text("tag")]
    case "dealStages": ["title": text("title")]
    case "contactAutomations": ["adddate": time("adddate"), "lastdate": time("lastdate")]
    case "activities", "emailActivities": ["tstamp": time("tstamp")]
    case "personalizations": ["name": text("name"), "tag": text("tag")]
    case "dealGroups": ["title": text("title"), "popular": popular]
    default: [:]
    }
  }

  private static let contacts: [String: KeyOf] = [
    "id": { row, _ in .number(row.id) },
    "cdate": { row, _ in number(row.created) },
    "email": text("email"), "first_name": text("firstName"), "last_name": text("lastName"),
    "name": { row, _ in .text(name(of: row).lowercased()) },
    // No contact of this account has a score.
    "score": { _, _ in .nothing },
  ]

  private static let deals: [String: KeyOf] = [
    "title": text("title"), "value": { row, _ in number(row.deal?.value) },
    "cdate": { row, _ in number(row.created) }, "next-action": time("nextdate"),
    "contact_name": { row, context in
      person(of: row, context).map { .text(name(of: $0).lowercased()) } ?? .nothing
    },
    "contact_orgname": { row, context in
      person(of: row, context)?.text.string(of: "orgname").map { .text($0.lowercased()) }
        ?? .nothing
    },
  ]

  private static let popular: KeyOf = { row, context in
    .number(context.tables["deals"].rows.count { $0.text.int(of: "group") == row.id })
  }

  /// A contact's first and last name.
  static func name(of contact: Row) -> String {
    let first = contact.text.string(of: "firstName") ?? ""
    return "\(first) \(contact.text.string(of: "lastName") ?? "")"
  }

  private static func person(of deal: Row, _ context: FilterContext) -> Row? {
    deal.text.int(of: "contact").flatMap { context.tables["contacts"].row($0) }
  }

  private static func text(_ key: String) -> KeyOf {
    { row, _ in row.text.string(of: key).map { .text($0.lowercased()) } ?? .nothing }
  }

  private static func time(_ key: String) -> KeyOf {
    { row, _ in number(row.text.instant(of: key)) }
  }

  private static func number(_ value: Int?) -> Key {
    value.map(Key.number) ?? .nothing
  }
}
