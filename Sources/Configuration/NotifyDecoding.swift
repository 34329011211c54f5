internal import Catalog

/// `notify`: who is told of what.
extension ReplicationFileDecoder {
  private enum Kind: String, CaseIterable { case webhook, command, ping }

  static let notifyKeys = KnownKeys(
    part: "a notification",
    read: [
      "type", "id", "url", "command", "on", "repeat", "stale_after", "fail_url", "method",
      "timeout",
    ])

  /// Told of once, and then at most so often.
  private static let usualRepeat = Duration.seconds(6 * 3600)

  mutating func notify(_ node: YAMLNode) -> [NotifyTarget] {
    var targets: [NotifyTarget] = []
    for (item, values) in items(node, "notify", each: "a notification", keys: Self.notifyKeys) {
      guard let target = target(item, values, number: targets.count + 1) else { continue }
      if targets.contains(where: { $0.name == target.name }) {
        mistakes.add(
          "two notifications have the id \(target.name.shown)", at: item.place,
          remedy: "give each an id of its own: its state is kept under it")
      }
      targets.append(target)
    }
    return targets
  }

  private mutating func target(
    _ item: YAMLNode, _ values: [String: YAMLNode], number: Int
  ) -> NotifyTarget? {
    guard let type = values["type"] else {
      if case .map = item.content {
        mistakes.add(
          "type is missing", at: item.place, remedy: "write type: webhook, command or ping")
      }
      return nil
    }
    guard let kind = word(type, "type", Kind.self), let way = way(kind, item, values) else {
      return nil
    }
    let usual: Set<NotifyTarget.Event> = kind == .ping ? [.success] : [.failure, .recovery]
    return NotifyTarget(
      name: values["id"].flatMap { scalar($0, "id", expects: "a name")?.text }
        ?? "\(kind.rawValue) \(number)",
      way: way, events: values["on"].map { events($0, kind) } ?? usual,
      repeatEvery: values["repeat"].map { repeating($0) } ?? Self.usualRepeat,
      staleAfter: values["stale_after"].flatMap { duration($0, "stale_after") },
      timeout: timeout(values["timeout"], otherwise: .seconds(kind == .command ? 60 : 10)),
      place: item.place)
  }

  private mutating func way(
    _ kind: Kind, _ item: YAMLNode, _ values: [String: YAMLNode]
  ) -> NotifyTarget.Way? {
    let common: Set<String> = ["type", "id", "on", "timeout"]
    switch kind {
    case .webhook:
      refuse(
        values, except: common.union(["url", "repeat", "stale_after"]), of: "a webhook")
      return url(values["url"], "url", of: item).map { .webhook($0) }
    case .command:
      refuse(
        values, except: common.union(["command", "repeat", "stale_after"]), of: "a command")
      return command(values["command"], of: item, knowing: []).map { .command($0) }
    case .ping:
      refuse(values, except: common.union(["url", "fail_url", "method"]), of: "a ping")
      let failure = values["fail_url"].flatMap { url($0, "fail_url", of: item) }
      let method = method(values["method"], otherwise: "POST")
      return url(values["url"], "url", of: item).map {
        .ping($0, method: method, failure: failure)
      }
    }
  }

  private mutating func events(_ node: YAMLNode, _ kind: Kind) -> Set<NotifyTarget.Event> {
    let known: [NotifyTarget.Event] =
      kind == .ping ? [.success, .failure] : NotifyTarget.Event.allCases
    let names = known.map(\.rawValue)
    var events: Set<NotifyTarget.Event> = []
    for name in texts(node, "on")?.value ?? [] {
      if let event = known.first(where: { $0.rawValue == name }) {
        events.insert(event)
      } else {
        mistakes.add(
          "on: a \(kind.rawValue) cannot be told of \(name.shown)", at: node.place,
          remedy: suggestion(for: name, among: names)
            ?? "write some of \(names.joined(separator: ", "))")
      }
    }
    return events
  }

  /// nil is `never`.
  private mutating func repeating(_ node: YAMLNode) -> Duration? {
    if case .scalar(let scalar) = node.content, scalar.text == "never" { return nil }
    return duration(node, "repeat") ?? Self.usualRepeat
  }
}
