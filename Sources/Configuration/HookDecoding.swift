internal import Catalog

/// `hooks`: what of the user's own is done when.
extension ReplicationFileDecoder {
  private enum Kind: String, CaseIterable { case query, check, http, command }

  static let hookKeys = KnownKeys(
    part: "a hook",
    read: [
      "type", "id", "on_failure", "timeout", "query", "check", "failure_message", "url", "method",
      "headers", "payload", "command",
    ], later: ["if", "into", "goto"], senseless: ["connection", "transient"])

  static let runHookKeys = KnownKeys(part: "hooks", read: ["start", "end"])
  static let streamHookKeys = KnownKeys(
    part: "a stream's hooks", read: ["pre", "post"], later: ["pre_merge", "post_merge"])

  /// The hooks of the whole run.
  mutating func runHooks(_ node: YAMLNode) -> RunHooks {
    var hooks = RunHooks()
    if case .map(let entries) = node.content {
      for key in entries.map(\.key) where Self.streamHookKeys.read.contains(key.text) {
        mistakes.add(
          "\(key.text) is a stream's hook", at: key.place,
          remedy: "move it to hooks under defaults, or under a stream; here are start and end")
      }
    }
    let known = KnownKeys(part: "hooks", read: Self.runHookKeys.read + Self.streamHookKeys.read)
    for entry in map(node, "hooks", keys: known) {
      if entry.key.text == "start" { hooks.start = list(entry.value, .start) }
      if entry.key.text == "end" { hooks.end = list(entry.value, .end) }
    }
    return hooks
  }

  /// The hooks of a stream.
  mutating func streamHooks(_ node: YAMLNode) -> Placed<StreamHooks> {
    var hooks = StreamHooks()
    for entry in map(node, "a stream's hooks", keys: Self.streamHookKeys) {
      if entry.key.text == "pre" {
        hooks.pre = list(entry.value, .pre)
      } else {
        hooks.post = list(entry.value, .post)
      }
    }
    return Placed(value: hooks, place: node.place)
  }

  private mutating func list(_ node: YAMLNode, _ moment: HookMoment) -> [Hook] {
    var hooks: [Hook] = []
    for (item, values) in items(node, moment.rawValue, each: "a hook", keys: Self.hookKeys) {
      guard let type = values["type"] else {
        if case .map = item.content {
          mistakes.add(
            "type is missing", at: item.place, remedy: "write type: query, check, http or command")
        }
        continue
      }
      guard let kind = word(type, "type", Kind.self),
        let action = action(kind, item, values, HookVariable.known(at: moment))
      else { continue }
      hooks.append(
        Hook(
          moment: moment,
          name: values["id"].flatMap { scalar($0, "id", expects: "a name")?.text }
            ?? "\(moment.rawValue) hook \(hooks.count + 1)",
          action: action,
          onFailure: values["on_failure"].flatMap { word($0, "on_failure", Hook.Failure.self) }
            ?? .abort,
          timeout: timeout(values["timeout"], otherwise: .seconds(kind == .http ? 10 : 300)),
          place: item.place))
    }
    return hooks
  }

  private mutating func action(
    _ kind: Kind, _ item: YAMLNode, _ values: [String: YAMLNode], _ known: [HookVariable]
  ) -> Hook.Action? {
    let common: Set<String> = ["type", "id", "on_failure", "timeout"]
    switch kind {
    case .query:
      refuse(values, except: common.union(["query"]), of: "a query")
      return statement(values["query"], "query", of: item, known).map { .query($0) }
    case .check:
      refuse(values, except: common.union(["check", "failure_message"]), of: "a check")
      let message = values["failure_message"]
        .flatMap { scalar($0, "failure_message", expects: "text")?.text }
      return statement(values["check"], "check", of: item, known)
        .map { .check($0, message: message) }
    case .http:
      refuse(values, except: common.union(["url", "method", "headers", "payload"]), of: "http")
      return call(item, values, known).map { .http($0) }
    case .command:
      refuse(values, except: common.union(["command"]), of: "a command")
      return command(values["command"], of: item, knowing: known).map { .command($0) }
    }
  }

  /// One statement of SQL, whose variables are bound as values.
  mutating func statement(
    _ node: YAMLNode?, _ name: String, of item: YAMLNode, _ known: [HookVariable]
  ) -> TextTemplate? {
    guard let node else {
      mistakes.add("\(name) is missing", at: item.place, remedy: "write \(name): SELECT …")
      return nil
    }
    guard let scalar = scalar(node, name, expects: "SQL"),
      let template = template(scalar, name, at: node.place, knowing: known)
    else { return nil }
    guard let quoted = template.quotedVariables.first else { return template }
    mistakes.add(
      "\(name): {\(quoted.rawValue)} stands between apostrophes, where it is text", at: node.place,
      remedy: "remove them: it is bound as a value")
    return nil
  }

  private mutating func call(
    _ item: YAMLNode, _ values: [String: YAMLNode], _ known: [HookVariable]
  ) -> HTTPCall? {
    var headers: [Secret] = []
    for entry in values["headers"].map({ map($0, "headers", keys: nil) }) ?? [] {
      guard let value = scalar(entry.value, entry.key.text, expects: "text") else { continue }
      let line = "\(entry.key.text): \(value.text)"
      guard line.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) else {
        mistakes.add(
          "a header holds a line break or control character", at: entry.key.place,
          remedy: "write it on one line")
        continue
      }
      headers.append(Secret(line))
    }
    let payload = values["payload"].flatMap { node in
      scalar(node, "payload", expects: "text").flatMap {
        template($0, "payload", at: node.place, knowing: known)
      }
    }
    let method = method(values["method"], otherwise: "POST")
    return url(values["url"], "url", of: item).map {
      HTTPCall(url: $0, method: method, headers: headers, payload: payload)
    }
  }
}
