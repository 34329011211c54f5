internal import Catalog

/// `select`, `columns`, `transforms`: which fields a table has, and what becomes of their values.
extension ReplicationFileDecoder {
  /// The types a column may be given, and the words for them.
  static let types: [String: Column.Kind] = [
    "text": .text, "string": .text, "varchar": .text, "bigint": .bigint, "integer": .bigint,
    "int": .bigint, "smallint": .smallint, "boolean": .boolean, "bool": .boolean,
    "numeric": .numeric, "decimal": .numeric, "timestamptz": .timestamptz,
    "timestamp": .timestamp, "datetime": .timestamp, "date": .date, "jsonb": .jsonb,
    "json": .jsonb,
  ]
  static let selectKeys = KnownKeys(part: "select", read: ["include", "exclude"])
  private static let transformNames = ["hash_sha256", "mask", "lower", "trim", "null_if(…)"]

  /// Which columns are stored, and how they are called.
  mutating func select(_ node: YAMLNode, about subject: Subject) -> Named<[SelectedColumn]>? {
    var items: [SelectedColumn] = []
    if case .map = node.content {
      for entry in map(node, "select", keys: Self.selectKeys) {
        for item in nodes(of: entry.value) {
          let isExcluded = entry.key.text == "exclude"
          if let column = selected(item, isExcluded: isExcluded, about: subject) {
            items.append(column)
          }
        }
      }
    } else {
      for item in nodes(of: node) {
        if let column = selected(item, isExcluded: false, about: subject) { items.append(column) }
      }
    }
    return Named(value: items, place: node.place, isOfOneStream: subject.isOneStream)
  }

  private mutating func selected(
    _ node: YAMLNode, isExcluded: Bool, about subject: Subject
  ) -> SelectedColumn? {
    guard let scalar = scalar(node, "select", expects: "a column's name") else { return nil }
    var text = Substring(scalar.text)
    var isExcluded = isExcluded
    if text.hasPrefix("-") {
      isExcluded = true
      text = text.dropFirst()
    }
    let words = text.split(whereSeparator: \.isWhitespace).map { String($0) }
    let isRenaming = words.count == 3 && words[1].lowercased() == "as"
    guard let name = words.first, words.count == 1 || isRenaming else {
      mistakes.add(
        "select: \(scalar.written.shown) is no column", at: node.place,
        remedy: "write name, -name or name as new_name")
      return nil
    }
    if isRenaming, isExcluded || name.contains("*") {
      mistakes.add(
        "select: \(scalar.written.shown) renames what is no single column", at: node.place,
        remedy: "write name as new_name")
      return nil
    }
    let newName = isRenaming ? words[2] : nil
    if let newName, !newName.isColumnName {
      mistakes.add(
        "select: \(newName.shown) cannot be a column's name here", at: node.place,
        remedy:
          "use letters a–z, digits and _, at most 63, and none of acsync's or PostgreSQL's own")
      return nil
    }
    require(name, at: node.place, about: subject)
    return SelectedColumn(
      pattern: name, place: node.place, isExcluded: isExcluded, newName: newName)
  }

  /// How often the counters of rows are kept.
  mutating func snapshot(_ node: YAMLNode, about subject: Subject) -> Named<SnapshotRule>? {
    word(node, "snapshot", SnapshotRule.self).map {
      Named(value: $0, place: node.place, isOfOneStream: subject.isOneStream)
    }
  }

  /// Of which types columns are to be.
  mutating func types(
    _ node: YAMLNode, about subject: Subject
  ) -> Named<[NamedColumn<Column.Kind>]>? {
    var types: [NamedColumn<Column.Kind>] = []
    for entry in map(node, "columns", keys: nil) {
      require(entry.key.text, at: entry.key.place, about: subject)
      guard let scalar = scalar(entry.value, entry.key.text, expects: "a type") else { continue }
      guard let kind = Self.types[scalar.text.lowercased()] else {
        mistakes.add(
          "columns: there is no type \(scalar.written.shown)", at: entry.value.place,
          remedy: suggestion(for: scalar.text, among: Self.types.keys.sorted())
            ?? "the types are text, bigint, smallint, boolean, numeric, timestamptz, timestamp, date and jsonb"
        )
        continue
      }
      types.append(NamedColumn(name: entry.key.text, place: entry.key.place, value: kind))
    }
    return Named(value: types, place: node.place, isOfOneStream: subject.isOneStream)
  }

  /// What is done to values before they are stored.
  mutating func transforms(
    _ node: YAMLNode, about subject: Subject
  ) -> Named<[NamedColumn<[TransformWord]>]>? {
    var transforms: [NamedColumn<[TransformWord]>] = []
    for entry in map(node, "transforms", keys: nil) {
      require(entry.key.text, at: entry.key.place, about: subject)
      let words = nodes(of: entry.value).compactMap { transform($0) }
      transforms.append(NamedColumn(name: entry.key.text, place: entry.key.place, value: words))
    }
    return Named(value: transforms, place: node.place, isOfOneStream: subject.isOneStream)
  }

  private mutating func transform(_ node: YAMLNode) -> TransformWord? {
    guard let scalar = scalar(node, "transforms", expects: "a transform's name") else {
      return nil
    }
    let text = String(Substring(scalar.text).trimmed)
    switch text {
    case "hash_sha256": return .hashSHA256
    case "mask": return .mask
    case "lower": return .lower
    case "trim": return .trim
    default: break
    }
    if text.hasPrefix("null_if("), text.hasSuffix(")"),
      let texts = Self.arguments(text.dropFirst("null_if(".count).dropLast())
    {
      return .nullIf(texts)
    }
    mistakes.add(
      "transforms: there is no \(scalar.written.shown)", at: node.place,
      remedy: text.hasPrefix("null_if")
        ? "write null_if('') or null_if('n/a', '0')"
        : suggestion(for: text, among: Self.transformNames)
          ?? "the transforms are \(Self.transformNames.joined(separator: ", "))")
    return nil
  }

  /// Texts with commas between, each between quotes or bare; nil if it is none.
  private static func arguments(_ text: Substring) -> [String]? {
    var arguments: [String] = []
    var rest = text
    while true {
      rest = rest.trimmed
      guard let first = rest.first else { return nil }
      if first == "'" || first == "\"" {
        guard let end = rest.dropFirst().firstIndex(of: first) else { return nil }
        arguments.append(String(rest[rest.index(after: rest.startIndex)..<end]))
        rest = rest[rest.index(after: end)...].trimmed
      } else {
        let end = rest.firstIndex(of: ",") ?? rest.endIndex
        arguments.append(String(rest[..<end].trimmed))
        rest = rest[end...]
      }
      guard let comma = rest.first else { return arguments }
      guard comma == "," else { return nil }
      rest = rest.dropFirst()
    }
  }

  /// The elements of a list, or a single value as a list of one.
  func nodes(of node: YAMLNode) -> [YAMLNode] {
    if case .list(let nodes) = node.content { return nodes }
    return [node]
  }

  /// Notes a column that no stream has of those that an entry is about.
  ///
  /// What one stream lacks is told when its shape is made, where everything said of it is known.
  private mutating func require(_ name: String, at place: Place, about subject: Subject) {
    guard !subject.isOneStream else { return }
    let streams = StreamDefinition.all.filter { stream in
      if case .pattern(let pattern) = subject {
        return ReplicationFile.matches(stream.id.name, pattern: pattern)
      }
      return true
    }
    let columns = streams.flatMap(\.columns)
    guard !streams.isEmpty, !columns.contains(where: { $0.fits(name) }) else { return }
    mistakes.add(
      "no stream has a column \(name.shown)", at: place,
      remedy: suggestion(for: name, among: columns.map(\.name))
        ?? "acsync discover STREAM lists a stream's columns")
  }
}

extension ReplicationFileDecoder.Subject {
  /// Whether it is one stream.
  var isOneStream: Bool { if case .stream = self { true } else { false } }
}

extension Column {
  /// Whether a name or pattern of the file means this column: by its own name, or by the API's.
  func fits(_ pattern: String) -> Bool {
    if pattern == name || pattern == field { return true }
    return pattern.contains("*")
      && (ReplicationFile.matches(name, pattern: pattern)
        || ReplicationFile.matches(field, pattern: pattern))
  }
}

extension String {
  /// Whether a column may be called so.
  var isColumnName: Bool {
    let taken: Set<String> = [
      "_synced_at", "_deleted_at", "_extra", "_shape", "valid_from", "valid_to", "taken_at",
      Column.madeKey, "ctid", "xmin", "xmax",
      "cmin", "cmax",
      "tableoid",
    ]
    return isVariableName && utf8.count <= 63 && !taken.contains(self)
  }
}
