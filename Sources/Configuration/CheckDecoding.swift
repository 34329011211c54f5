internal import Catalog

/// `checks`: what must be true of a stream's rows.
extension ReplicationFileDecoder {
  static let checkKinds = [
    "min_rows", "freshness", "unique", "not_null", "accepted_values", "sql",
  ]
  static let checkKeys = KnownKeys(
    part: "a check", read: checkKinds + ["name", "on_failure", "column"])

  mutating func checks(_ node: YAMLNode) -> Placed<[StreamCheck]> {
    var checks: [StreamCheck] = []
    for (item, values) in items(node, "checks", each: "a check", keys: Self.checkKeys) {
      guard var check = check(item, values) else { continue }
      let bare = check.name
      var number = 1
      while checks.contains(where: { $0.name == check.name }) {
        number += 1
        check.name = "\(bare) \(number)"
      }
      checks.append(check)
    }
    return Placed(value: checks, place: node.place)
  }

  private mutating func check(
    _ item: YAMLNode, _ values: [String: YAMLNode]
  ) -> StreamCheck? {
    let kinds = Self.checkKinds.filter { values[$0] != nil }
    guard let kind = kinds.first, kinds.count == 1, let node = values[kind] else {
      if case .map = item.content {
        mistakes.add(
          kinds.isEmpty ? "a check says nothing to check" : "a check checks two things at once",
          at: item.place, remedy: "write one of \(Self.checkKinds.joined(separator: ", "))")
      }
      return nil
    }
    if let column = values["column"], !["freshness", "accepted_values"].contains(kind) {
      mistakes.add(
        "column means nothing to \(kind)", at: column.place,
        remedy: "name the columns behind \(kind), or remove it")
    }
    let column = values["column"].flatMap { scalar($0, "column", expects: "a name")?.text }
    guard let (rule, title) = rule(kind, node, column, item) else { return nil }
    return StreamCheck(
      values["name"].flatMap { scalar($0, "name", expects: "a name")?.text } ?? title, rule,
      onFailure: values["on_failure"].flatMap {
        word($0, "on_failure", StreamCheck.Failure.self)
      } ?? .abort, at: item.place.description)
  }

  private mutating func rule(
    _ kind: String, _ node: YAMLNode, _ column: String?, _ item: YAMLNode
  ) -> (StreamCheck.Rule, title: String)? {
    switch kind {
    case "min_rows":
      return value(node, Options.maxDeleteRows.named("min_rows"))
        .map { (.minRows($0.value), "min_rows") }
    case "freshness":
      return duration(node, "freshness").map {
        (.freshness(column: column, age: $0), column.map { "freshness(\($0))" } ?? "freshness")
      }
    case "unique", "not_null":
      guard let columns = texts(node, kind)?.value, !columns.isEmpty else { return nil }
      let title = "\(kind)(\(columns.joined(separator: ", ")))"
      return (kind == "unique" ? .unique(columns) : .notNull(columns), title)
    case "accepted_values":
      guard let column else {
        mistakes.add(
          "accepted_values does not say of which column", at: node.place,
          remedy: "write column: NAME beside it")
        return nil
      }
      return texts(node, kind)
        .map { (.acceptedValues(column: column, $0.value), "accepted_values(\(column))") }
    default:
      return scalar(node, "sql", expects: "SQL that gives the wrong rows")
        .map { (.sql($0.text), "sql") }
    }
  }
}

extension Layers {
  /// Columns that every table has besides those of the catalogue.
  private static let systemColumns = ["_synced_at", "_deleted_at", "_extra"]

  /// The stream's checks, each on columns that it has.
  mutating func checks(of stream: StreamDefinition, _ placed: Placed<[StreamCheck]>?)
    -> [StreamCheck]
  {
    let known = stream.columns.map(\.name) + Self.systemColumns
    for check in placed?.value ?? [] {
      for column in check.columns where !known.contains(column) {
        complain(
          "\(stream.id) has no column \(column.shown)", at: check.place,
          remedy: suggestion(for: column, among: known)
            ?? "acsync discover lists the columns of \(stream.id)")
      }
      guard case .freshness(let column?, _) = check.rule, known.contains(column),
        !Self.isTime(column, of: stream)
      else { continue }
      complain(
        "freshness: \(column) of \(stream.id) holds no time", at: check.place,
        remedy: "name a column with a time or a day, or none")
    }
    return placed?.value ?? []
  }

  private static func isTime(_ column: String, of stream: StreamDefinition) -> Bool {
    guard let known = stream.columns.first(where: { $0.name == column }) else {
      return column != "_extra"
    }
    return [.timestamptz, .timestamp, .date].contains(known.kind)
  }
}

extension OptionRule {
  /// The same rule for a value that goes by another name.
  fileprivate func named(_ name: String) -> OptionRule {
    OptionRule(name, shape, expects: expects) { text throws(WrongValue) in
      do throws(WrongValue) {
        return try parse(text)
      } catch {
        throw WrongValue(
          "\(name): expected \(expects), found \(text.shown)", remedy: error.remedy)
      }
    }
  }
}
