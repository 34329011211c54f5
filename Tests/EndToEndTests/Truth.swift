import Foundation

@testable import Simulator

/// What the tables must hold, read from the account's own rows by Foundation alone: nothing of the
/// program's decoding or of its catalogue is used.
struct Truth {
  /// Every stream and the API's path of its list.
  static let paths = [
    "contacts": "contacts", "lists": "lists", "tags": "tags", "contact_tags": "contactTags",
    "custom_fields": "fields", "forms": "forms", "deals": "deals", "deal_pipelines": "dealGroups",
    "deal_stages": "dealStages", "accounts": "accounts", "notes": "notes", "tasks": "dealTasks",
    "campaigns": "campaigns", "automations": "automations", "users": "users",
  ]

  /// The update times of the streams that have them.
  static let versions = ["contacts": "udate", "deals": "mdate"]

  /// Fields that are sent and must never be stored: links, secrets of other services, and the ids of
  /// rows that come beside a contact, which have tables of their own.
  static let leftOut: Set = [
    "links", "twitter_token", "twitter_token_secret", "facebook_session", "contactLists",
    "fieldValues",
  ]

  let stream: String
  /// The rows of a stream by id, each with the API's fields under their columns' names.
  let rows: [Int: [String: Any]]
  /// The columns that those fields fill.
  let columns: Set<String>

  /// - Parameters:
  ///   - path: where the account keeps the rows; nil for a stream of `paths`.
  ///   - omitted: fields that must not be stored besides those that never are.
  init(
    of stream: String, at path: String? = nil, omitting omitted: Set<String> = [],
    in account: Account
  ) throws {
    let path = path ?? Self.paths[stream] ?? stream
    let leftOut = Self.leftOut.union(omitted)
    let text = "[" + account.rows(of: path).joined(separator: ",") + "]"
    let objects =
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]] ?? []
    var rows: [Int: [String: Any]] = [:]
    for object in objects {
      let kept = object.filter { !leftOut.contains($0.key) }
      let row = Dictionary(uniqueKeysWithValues: kept.map { (Self.column(of: $0.key), $0.value) })
      let id = (row["id"] as? String).flatMap { Int($0) } ?? (row["id"] as? NSNumber)?.intValue
      rows[id ?? 0] = row
    }
    self.stream = stream
    if stream == "accounts" { Self.count(&rows, in: account) }
    self.rows = rows
    columns = Set(rows.values.flatMap(\.keys))
  }

  /// The rows that last changed before an instant; a row that was never changed counts by its
  /// creation, a stub of a hidden deal has neither and is left out.
  func rows(changedBefore instant: Date) -> [Int: [String: Any]] {
    rows.filter { _, row in
      let times = [Self.versions[stream], "cdate"].compactMap { $0.flatMap { row[$0] as? String } }
      guard let text = times.first, let time = try? Date(text, strategy: .iso8601) else {
        return false
      }
      return time < instant
    }
  }

  /// `firstName` → `first_name`.
  private static func column(of field: String) -> String {
    field.reduce(into: "") { name, letter in
      if letter.isUppercase, !name.isEmpty { name += "_" }
      name += letter.lowercased()
    }
  }

  /// The list of companies is asked for with the counts of their people and deals, which the rows
  /// themselves do not have; deals in hidden pipelines count too.
  private static func count(_ rows: inout [Int: [String: Any]], in account: Account) {
    for (path, column) in [("accountContacts", "contact_count"), ("deals", "deal_count")] {
      let owners = account.withState { state in
        state.tables[path].rows.compactMap { $0.text.int(of: "account") }
      }
      for id in rows.keys { rows[id]?[column] = String(owners.count { $0 == id }) }
    }
  }
}

/// How a value of the API reads in PostgreSQL: text format, ISO dates, UTC.
enum Typed {
  /// The value's text in a column of the type; nil for null.
  static func text(_ value: Any?, as type: String) -> String? {
    guard let value, !(value is NSNull) else { return nil }
    switch type {
    case "jsonb": return json(unwrapped(value))
    case "text": return plain(value)
    default: break
    }
    let text = plain(value)
    // No value, and the service's ways to write no date.
    if text.isEmpty || text.hasPrefix("0000-00-00") { return nil }
    switch type {
    case "boolean": return ["1": "t", "true": "t", "0": "f", "false": "f"][text] ?? text
    case "timestamp with time zone": return instant(text)
    case "timestamp without time zone":
      return String((text + (text.count == 10 ? " 00:00:00" : "")).prefix(19))
        .replacing("T", with: " ")
    default: return text
    }
  }

  /// The same JSON always as the same text, whatever the order of its keys.
  static func json(_ value: Any) -> String {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
    let data = try? JSONSerialization.data(withJSONObject: value, options: options)
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "not JSON"
  }

  /// The same JSON as the same text, from PostgreSQL's.
  static func json(stored text: String) -> String {
    let value = try? JSONSerialization.jsonObject(
      with: Data(text.utf8), options: .fragmentsAllowed)
    return value.map { json($0) } ?? "not JSON: \(text)"
  }

  /// JSON inside a text is stored as what it spells.
  private static func unwrapped(_ value: Any) -> Any {
    guard let text = value as? String, text.hasPrefix("{") else { return value }
    return (try? JSONSerialization.jsonObject(with: Data(text.utf8))) ?? value
  }

  /// A string as it is, a number or flag in its JSON spelling.
  private static func plain(_ value: Any) -> String {
    value as? String ?? json(value)
  }

  private static func instant(_ text: String) -> String {
    // Where a column of instants gets a time without its offset, the service means UTC.
    let isBare = text.count == 19 && text.contains(" ")
    let full = isBare ? text.replacing(" ", with: "T") + "Z" : text
    guard let date = try? Date(full, strategy: .iso8601) else { return "unreadable: \(text)" }
    return date.formatted(.iso8601).replacing("T", with: " ").replacing("Z", with: "+00")
  }
}
