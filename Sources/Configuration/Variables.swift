internal import Catalog
internal import FoundationEssentials

/// The environment of this process; nothing else here reads it.
public enum ProcessEnvironment {
  /// All variables as they are now.
  public static var current: [String: String] { ProcessInfo.processInfo.environment }
}

/// What variables are set, and where: the environment first, then `.env`.
struct Variables: Sendable {
  /// What is put before each value that is hashed.
  static let hashSalt = "ACSYNC_HASH_SALT"

  let environment: [String: String]
  let dotEnv: DotEnv

  /// A variable that is set, with where it is; an empty one is a mistake and counts as not set.
  func value(_ name: String, _ mistakes: inout Mistakes) -> (text: String, origin: Origin)? {
    let found: (text: String, origin: Origin)
    if let text = environment[name] {
      found = (text, .environment(name))
    } else if let (text, place) = dotEnv.values[name] {
      found = (text, .dotEnv(name, place))
    } else {
      return nil
    }
    guard !found.text.allSatisfy(\.isWhitespace) else {
      mistakes.add(
        "\(name) is set, but empty", at: found.origin,
        remedy: found.origin == .environment(name)
          ? "set it, or `unset \(name)`" : "fill or remove it")
      return nil
    }
    return found
  }

  /// Variables that look like one of ours and are none: `ACSYNC_CONCURENCY`.
  ///
  /// - Parameter accounts: What the variables of each of several accounts begin with; none: there is
  ///   but one.
  func reportMisspelt(
    except used: Set<String>, accounts: [String], _ mistakes: inout Mistakes
  ) {
    let general = "ACTIVECAMPAIGN_"
    let ends = ["URL", "API_KEY", "API_KEY_FILE"]
    let known = [
      "ACSYNC_": Options.names.map { $0.uppercased() } + [String(Self.hashSalt.dropFirst(7))],
      general: accounts.isEmpty
        ? ends : accounts.flatMap { one in ends.map { one.dropFirst(general.count) + $0 } },
    ]
    if let first = accounts.first {
      for name in ends.map({ general + $0 }) where !used.contains(name) {
        let place = environment[name] != nil ? Origin.environment(name) : nil
        guard let origin = place ?? dotEnv.values[name].map({ .dotEnv(name, $0.place) }) else {
          continue
        }
        mistakes.add(
          "\(name) does not say which of the accounts is meant", at: origin,
          remedy: "name the account in it, as in \(first)\(name.dropFirst(general.count))")
      }
    }
    let set =
      environment.keys.map { ($0, Origin.environment($0)) }
      + dotEnv.values.map { ($0.key, Origin.dotEnv($0.key, $0.value.place)) }
    for (name, origin) in set.sorted(by: { $0.0 < $1.0 }) where !used.contains(name) {
      for (prefix, endings) in known where name.hasPrefix(prefix) {
        let ending = String(name.dropFirst(prefix.count))
        guard !endings.contains(ending), let meant = nearestName(to: ending, among: endings) else {
          continue
        }
        mistakes.add("nothing reads \(name)", at: origin, remedy: "did you mean \(prefix)\(meant)?")
      }
    }
  }
}

/// Replaces `${NAME}` in the values of a file; keys stay as they are.
struct Substitution {
  let variables: Variables
  /// The file's own `env` block.
  let fileVariables: [String: String]
  /// Names that were asked for.
  private(set) var used: Set<String> = []

  init(_ variables: Variables, fileVariables: [String: String] = [:]) {
    self.variables = variables
    self.fileVariables = fileVariables
  }

  mutating func replaced(_ node: YAMLNode, _ mistakes: inout Mistakes) -> YAMLNode {
    var node = node
    switch node.content {
    case .scalar(var scalar):
      guard let text = replaced(scalar.written, at: node.place, &mistakes) else {
        node.content = .unreadable
        break
      }
      scalar.text = text
      node.content = .scalar(scalar)
    case .list(let nodes):
      var replacedNodes: [YAMLNode] = []
      for node in nodes { replacedNodes.append(replaced(node, &mistakes)) }
      node.content = .list(replacedNodes)
    case .map(let entries):
      var replacedEntries: [YAMLNode.Entry] = []
      for entry in entries {
        replacedEntries.append(.init(key: entry.key, value: replaced(entry.value, &mistakes)))
      }
      node.content = .map(replacedEntries)
    case .unreadable: break
    }
    return node
  }

  private mutating func replaced(
    _ written: String, at place: Place, _ mistakes: inout Mistakes
  ) -> String? {
    var text = ""
    var isWhole = true
    var rest = Substring(written)
    while let dollar = rest.firstIndex(of: "$") {
      text += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("$${") {
        text += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        let end = rest.firstIndex(of: "}") ?? rest.endIndex
        let name = rest[..<end].dropFirst(2)
        let value = value(name, isClosed: end < rest.endIndex, at: place, &mistakes)
        text += value ?? ""
        isWhole = isWhole && value != nil
        rest = end < rest.endIndex ? rest[rest.index(after: end)...] : ""
      } else {
        text += "$"
        rest = rest.dropFirst()
      }
    }
    return isWhole ? text + rest : nil
  }

  private mutating func value(
    _ name: Substring, isClosed: Bool, at place: Place, _ mistakes: inout Mistakes
  ) -> String? {
    guard isClosed, name.isVariableName else {
      mistakes.add(
        "${ is not followed by a variable's name and }", at: place,
        remedy: "write ${NAME}, or $${ for the characters themselves")
      return nil
    }
    used.insert(String(name))
    if let (text, _) = variables.value(String(name), &mistakes) { return text }
    if let text = fileVariables[String(name)] { return text }
    // An empty variable has been reported by now, at its own place.
    if variables.environment[String(name)] == nil, variables.dotEnv.values[String(name)] == nil {
      mistakes.add(
        "the variable \(name) is not set", at: place,
        remedy: "set it in the environment, in .env beside the file, or under env:")
    }
    return nil
  }
}
