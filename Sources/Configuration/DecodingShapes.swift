internal import Catalog

/// The shapes that a part of the file may have: each decodes, or notes why it cannot.
extension ReplicationFileDecoder {
  /// The entries of a map whose keys are known; nothing written counts as an empty map.
  mutating func map(_ node: YAMLNode, _ name: String, keys: KnownKeys?) -> [YAMLNode.Entry] {
    guard !node.isNull else { return [] }
    guard case .map(let entries) = node.content else {
      wrongShape(node, name, expects: "a map (key: value)")
      return []
    }
    guard let keys else { return entries }
    return entries.filter { entry in
      guard let refusal = keys.refusal(of: entry.key.text) else { return true }
      mistakes.add(refusal.what, at: entry.key.place, remedy: refusal.remedy)
      return false
    }
  }

  mutating func scalar(
    _ node: YAMLNode, _ name: String, expects: String
  ) -> YAMLNode.Scalar? {
    guard case .scalar(let scalar) = node.content, !node.isNull else {
      wrongShape(node, name, expects: expects)
      return nil
    }
    return scalar
  }

  /// The value of an option; a variable may hold any text, so it is checked by its content alone.
  mutating func value<Value>(
    _ node: YAMLNode, _ rule: OptionRule<Value>
  ) -> Placed<Value>? {
    guard let scalar = scalar(node, rule.name, expects: rule.expects) else { return nil }
    let isNumber = rule.shape == .wholeNumber || rule.shape == .number
    let isReplaced = scalar.written != scalar.text
    if isNumber, !isReplaced, !["a whole number", "a number"].contains(node.kind) {
      wrongShape(node, rule.name, expects: rule.expects)
      return nil
    }
    do {
      return Placed(value: try rule.parse(scalar.text), place: node.place)
    } catch {
      // What a variable holds is not shown: it may be the wrong one, and a secret.
      mistakes.add(
        isReplaced
          ? "\(rule.name): expected \(rule.expects), found something else in \(scalar.written.shown)"
          : error.what,
        at: node.place, remedy: error.remedy)
      return nil
    }
  }

  mutating func flag(_ node: YAMLNode, _ name: String) -> Placed<Bool>? {
    guard case .scalar(let scalar) = node.content, scalar.isPlain || scalar.written != scalar.text,
      let value = ["true": true, "false": false][scalar.text]
    else {
      wrongShape(node, name, expects: "true or false")
      return nil
    }
    return Placed(value: value, place: node.place)
  }

  /// A list of texts, or a single one.
  mutating func texts(_ node: YAMLNode, _ name: String) -> Placed<[String]>? {
    let nodes: [YAMLNode]
    if case .list(let list) = node.content { nodes = list } else { nodes = [node] }
    var texts: [String] = []
    for node in nodes {
      guard let scalar = scalar(node, name, expects: "a list of names") else { return nil }
      texts.append(scalar.text)
    }
    return Placed(value: texts, place: node.place)
  }

  mutating func wrongShape(_ node: YAMLNode, _ name: String, expects: String) {
    if case .unreadable = node.content { return }
    mistakes.add(
      "\(name): expected \(expects), found \(node.kind)", at: node.place,
      remedy: node.kind == "nothing" ? "write a value, or remove the key" : "write \(expects)")
  }
}
