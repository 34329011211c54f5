@testable import Configuration

/// Holds a value against a schema: as much of JSON Schema as ours is made of.
///
/// A word that it does not know is a mistake, so that no rule is passed over in silence.
struct SchemaValidator {
  let root: SchemaValue

  /// What is wrong, each with its place; empty if nothing is.
  func mistakes(_ value: SchemaValue) -> [String] { mistakes(value, root, at: "") }

  private static let silent: Set<String> = ["$schema", "title", "description", "$defs"]
  /// Rules that are held together, since one says what another is about.
  private static let ofMaps: Set<String> = [
    "properties", "patternProperties", "additionalProperties", "propertyNames", "required",
    "minProperties",
  ]

  private func mistakes(_ value: SchemaValue, _ schema: SchemaValue, at place: String) -> [String] {
    switch schema {
    case .flag(let isTaken): return isTaken ? [] : ["\(place): refused"]
    case .map(let rules):
      let single = rules.filter { !Self.silent.contains($0.key) && !Self.ofMaps.contains($0.key) }
      return single.flatMap { held(value, $0.key, $0.value, at: place) }
        + ofMap(value, rules, at: place)
    default: return ["\(place): the schema is no schema"]
    }
  }

  private func fits(_ value: SchemaValue, _ schema: SchemaValue) -> Bool {
    mistakes(value, schema, at: "").isEmpty
  }

  private func held(
    _ value: SchemaValue, _ word: String, _ rule: SchemaValue, at place: String
  ) -> [String] {
    switch (word, rule) {
    case ("$ref", .text(let name)):
      guard let schema = resolved(name) else { return ["\(place): \(name) leads nowhere"] }
      return mistakes(value, schema, at: place)
    case ("type", .text(let type)):
      return said(value.types.contains(type), "\(place): is no \(type)")
    case ("type", .list(let types)):
      return said(types.contains { value.types.map { .text($0) }.contains($0) }, "\(place): type")
    case ("const", let other): return said(value.equals(other), "\(place): another value")
    case ("enum", .list(let values)):
      return said(values.contains { value.equals($0) }, "\(place): none of the words")
    case ("allOf", .list(let schemas)):
      return schemas.flatMap { mistakes(value, $0, at: place) }
    case ("anyOf", .list(let schemas)):
      return said(schemas.contains { fits(value, $0) }, "\(place): fits none")
    case ("oneOf", .list(let schemas)):
      return said(schemas.count { fits(value, $0) } == 1, "\(place): fits not one")
    case ("not", let schema): return said(!fits(value, schema), "\(place): must not be")
    case ("items", let schema):
      guard case .list(let items) = value else { return [] }
      return items.enumerated().flatMap { mistakes($1, schema, at: "\(place)/\($0)") }
    case ("minimum", let least):
      return said(value.number.map { $0 >= least.number ?? 0 } ?? true, "\(place): too small")
    case ("exclusiveMinimum", let least):
      return said(value.number.map { $0 > least.number ?? 0 } ?? true, "\(place): too small")
    case ("maximum", let most):
      return said(value.number.map { $0 <= most.number ?? 0 } ?? true, "\(place): too large")
    case ("pattern", .text(let pattern)):
      guard case .text(let text) = value else { return [] }
      let isFound = (try? Regex(pattern).firstMatch(in: text)).flatMap { $0 } != nil
      return said(isFound, "\(place): not like \(pattern)")
    default: return ["\(place): the validator does not know \(word)"]
    }
  }

  private func ofMap(
    _ value: SchemaValue, _ rules: [String: SchemaValue], at place: String
  ) -> [String] {
    guard case .map(let map) = value else { return [] }
    let properties = rules["properties"]?.entries ?? [:]
    let patterns = rules["patternProperties"]?.entries ?? [:]
    var found: [String] = []
    for (key, held) in map.sorted(by: { $0.key < $1.key }) {
      let place = "\(place)/\(key)"
      var schemas = properties[key].map { [$0] } ?? []
      for (pattern, schema) in patterns {
        if fits(.text(key), ["pattern": .text(pattern)]) { schemas.append(schema) }
      }
      if schemas.isEmpty, let other = rules["additionalProperties"] { schemas = [other] }
      found += schemas.flatMap { mistakes(held, $0, at: place) }
      if let names = rules["propertyNames"] { found += mistakes(.text(key), names, at: place) }
    }
    if case .list(let required)? = rules["required"] {
      for case .text(let key) in required where map[key] == nil {
        found.append("\(place): \(key) is missing")
      }
    }
    if case .whole(let least)? = rules["minProperties"], map.count < least {
      found.append("\(place): too few keys")
    }
    return found
  }

  private func resolved(_ name: String) -> SchemaValue? {
    name.split(separator: "/").dropFirst().reduce(root) { $0?.entries[String($1)] }
  }

  private func said(_ isRight: Bool, _ words: String) -> [String] { isRight ? [] : [words] }
}

extension SchemaValue {
  /// What a map holds; nothing of anything else.
  var entries: [String: SchemaValue] { if case .map(let map) = self { map } else { [:] } }

  fileprivate var number: Double? {
    switch self {
    case .whole(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }

  fileprivate var types: [String] {
    switch self {
    case .null: ["null"]
    case .text: ["string"]
    case .whole: ["integer", "number"]
    case .number: ["number"]
    case .flag: ["boolean"]
    case .list: ["array"]
    case .map: ["object"]
    }
  }

  fileprivate func equals(_ other: SchemaValue) -> Bool {
    if let number, let another = other.number { return number == another }
    return self == other
  }

  /// What an editor sees where this stands in a file, by YAML's core schema.
  init(_ node: YAMLNode) {
    switch node.content {
    case .unreadable: self = .null
    case .list(let nodes): self = .list(nodes.map { SchemaValue($0) })
    case .map(let entries):
      self = .map(
        Dictionary(entries.map { ($0.key.text, SchemaValue($0.value)) }) { first, _ in first })
    case .scalar(let scalar):
      if node.isNull {
        self = .null
      } else if !scalar.isPlain {
        self = .text(scalar.written)
      } else if let flag = ["true": true, "false": false][scalar.written.lowercased()] {
        self = .flag(flag)
      } else if scalar.written.wholeMatch(of: /[-+]?[0-9]+/) != nil,
        let number = Int(scalar.written)
      {
        self = .whole(number)
      } else if scalar.written.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/)
        != nil, let number = Double(scalar.written)
      {
        self = .number(number)
      } else {
        self = .text(scalar.written)
      }
    }
  }
}
