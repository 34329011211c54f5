public import Catalog

/// The shapes that hooks and notifications share.
extension ReplicationFileDecoder {
  /// The items of a list, each a map; nothing written counts as none.
  mutating func items(
    _ node: YAMLNode, _ name: String, each part: String, keys: KnownKeys
  ) -> [(node: YAMLNode, values: [String: YAMLNode])] {
    guard !node.isNull else { return [] }
    guard case .list(let nodes) = node.content else {
      wrongShape(node, name, expects: "a list, each item with a - before it")
      return []
    }
    return nodes.map { item in
      let entries = map(item, part, keys: keys)
      return (item, Dictionary(entries.map { ($0.key.text, $0.value) }) { first, _ in first })
    }
  }

  /// Says which keys do not belong to an item of this type.
  mutating func refuse(
    _ values: [String: YAMLNode], except allowed: Set<String>, of subject: String
  ) {
    for (key, node) in values.sorted(by: { $0.key < $1.key }) where !allowed.contains(key) {
      mistakes.add(
        "\(key) means nothing to \(subject)", at: node.place,
        remedy: "remove it; \(subject) takes \(allowed.sorted().joined(separator: ", "))")
    }
  }

  /// One of several words.
  mutating func word<Value: RawRepresentable & CaseIterable>(
    _ node: YAMLNode, _ name: String, _: Value.Type
  ) -> Value? where Value.RawValue == String {
    let words = Value.allCases.map(\.rawValue)
    let expected = words.joined(separator: ", ")
    guard let scalar = scalar(node, name, expects: expected) else { return nil }
    if let value = Value(rawValue: scalar.text) { return value }
    mistakes.add(
      "\(name): there is no \(scalar.written.shown)", at: node.place,
      remedy: suggestion(for: scalar.text, among: words) ?? "write one of \(expected)")
    return nil
  }

  /// A duration from a second to a day.
  mutating func timeout(_ node: YAMLNode?, otherwise usual: Duration) -> Duration {
    guard let node, let duration = duration(node, "timeout") else { return usual }
    guard duration >= .seconds(1), duration <= .seconds(86_400) else {
      mistakes.add(
        "timeout: expected a duration from 1s to 1d", at: node.place, remedy: "write 30s or 5m")
      return usual
    }
    return duration
  }

  mutating func duration(_ node: YAMLNode, _ name: String) -> Duration? {
    guard let scalar = scalar(node, name, expects: "a duration such as 6h") else { return nil }
    if let duration = TimeText.duration(scalar.text) { return duration }
    mistakes.add(
      "\(name): expected a duration, found \(scalar.written.shown)", at: node.place,
      remedy: "write 30s, 10m, 6h or 2d")
    return nil
  }

  /// A URL, of which no message shows anything.
  mutating func url(_ node: YAMLNode?, _ name: String, of item: YAMLNode) -> Secret? {
    guard let node else {
      mistakes.add("\(name) is missing", at: item.place, remedy: "write \(name): ${VARIABLE}")
      return nil
    }
    guard let scalar = scalar(node, name, expects: "an https URL, best as ${VARIABLE}") else {
      return nil
    }
    guard ["https://", "http://"].contains(where: scalar.text.lowercased().hasPrefix) else {
      mistakes.add(
        "\(name) is no http or https URL", at: node.place,
        remedy: "write https://…, best as ${VARIABLE}")
      return nil
    }
    return Secret(scalar.text)
  }

  mutating func method(_ node: YAMLNode?, otherwise usual: String) -> String {
    guard let node, let scalar = scalar(node, "method", expects: "GET or POST") else {
      return usual
    }
    if ["GET", "POST"].contains(scalar.text) { return scalar.text }
    mistakes.add(
      "method: expected GET or POST, found \(scalar.written.shown)", at: node.place,
      remedy: "write GET or POST")
    return usual
  }

  /// A line for the shell, or a list of words.
  mutating func command(
    _ node: YAMLNode?, of item: YAMLNode, knowing variables: [HookVariable]
  ) -> CommandLineText? {
    guard let node else {
      mistakes.add(
        "command is missing", at: item.place, remedy: "write command: [/path/to/program, word]")
      return nil
    }
    guard case .list = node.content else {
      guard let scalar = scalar(node, "command", expects: "a line, or a list of words"),
        let template = template(scalar, "command", at: node.place, knowing: variables)
      else { return nil }
      guard let first = template.variables.first else { return .shell(scalar.text) }
      mistakes.add(
        "{\(first.rawValue)} in a line for the shell could be taken for a command", at: node.place,
        remedy: "write a list of words, or use the variable $\(first.environmentName)")
      return nil
    }
    guard let words = texts(node, "command"), !words.value.isEmpty else { return nil }
    var templates: [TextTemplate] = []
    for word in words.value {
      let scalar = YAMLNode.Scalar(text: word, written: word, isPlain: false)
      guard let template = template(scalar, "command", at: node.place, knowing: variables) else {
        return nil
      }
      templates.append(template)
    }
    return .words(templates)
  }

  /// Text with variables of this moment.
  mutating func template(
    _ scalar: YAMLNode.Scalar, _ name: String, at place: Place, knowing known: [HookVariable]
  ) -> TextTemplate? {
    let names = known.map(\.rawValue)
    do {
      let template = try TextTemplate(scalar.text)
      guard let stranger = template.variables.first(where: { !known.contains($0) }) else {
        return template
      }
      mistakes.add(
        "\(name): {\(stranger.rawValue)} is not known at this moment", at: place,
        remedy: "the variables here are \(names.joined(separator: ", "))")
    } catch {
      mistakes.add(
        "\(name): there is no variable {\(error.name)}", at: place,
        remedy: suggestion(for: error.name, among: names)
          ?? "the variables here are \(names.joined(separator: ", "))")
    }
    return nil
  }
}

extension HookVariable {
  /// Its name in the environment of a command: `ACSYNC_RUN_ID`.
  public var environmentName: String {
    "ACSYNC_" + rawValue.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
  }
}
