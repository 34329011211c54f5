internal import Catalog

/// Hooks, notifications and checks: lists of maps whose keys depend on what they are.
extension FileSchema {
  static let runHooks: [String: SchemaValue] = [
    "start": SchemaValue.list(of: .defined("hook")).said("Before anything is read"),
    "end": SchemaValue.list(of: .defined("hook")).said("After everything"),
  ]

  static let streamHooks: [String: SchemaValue] = [
    "pre": SchemaValue.list(of: .defined("hook")).said("Before it is read"),
    "post": SchemaValue.list(of: .defined("hook")).said("After it was read to its end"),
  ]

  /// Keys by type.
  static let hooks: [String: [String: SchemaValue]] = [
    "query": hook(["query": SchemaValue.defined("text").said("One statement of SQL")]),
    "check": hook([
      "check": SchemaValue.defined("text").said("A query that must give true, or no row"),
      "failure_message": SchemaValue.defined("text").said("What to say where it does not"),
    ]),
    "http": hook([
      "url": .defined("webAddress"), "method": .defined("method"),
      "headers": ["type": ["object", "null"], "additionalProperties": .defined("text")],
      "payload": SchemaValue.defined("text").said("What is sent; else what is known of the run"),
    ]),
    "command": hook(["command": command]),
  ]

  /// Keys by type.
  static let notifications: [String: [String: SchemaValue]] = [
    "webhook": told(["url": .defined("webAddress")]),
    "command": told(["command": command]),
    "ping": common.merging([
      "on": events([.success, .failure]), "url": .defined("webAddress"),
      "fail_url": .defined("webAddress"), "method": .defined("method"),
    ]) { $1 },
  ]

  static let check: [String: SchemaValue] = [
    "name": SchemaValue.defined("text").said("What people call it"),
    "on_failure": .orVariable(.words(StreamCheck.Failure.allCases.map(\.rawValue))),
    "column": SchemaValue.defined("text").said("Of freshness and accepted_values: which column"),
    "min_rows": SchemaValue.orVariable(["type": "integer", "minimum": 0])
      .said("There are at least so many"),
    "freshness": SchemaValue.defined("duration").said("The newest value is no older"),
    "unique": SchemaValue.defined("texts").said(
      "No two rows have the same values in these columns"),
    "not_null": SchemaValue.defined("texts").said("None is null in these columns"),
    "accepted_values": SchemaValue.defined("texts").said("The column's value is one of these"),
    "sql": SchemaValue.defined("text").said("A query that gives the rows that are wrong"),
  ]

  /// A check asks one thing.
  static var checks: SchemaValue {
    let kinds = ReplicationFileDecoder.checkKinds.map { kind -> SchemaValue in
      ["required": [.text(kind)]]
    }
    return SchemaValue.closed(ReplicationFileDecoder.checkKeys, check)
      .with("type", "object").with("oneOf", .list(kinds))
  }

  /// Items of some types, each with keys of its own.
  static func items(_ keys: KnownKeys, _ types: [String: [String: SchemaValue]]) -> SchemaValue {
    let variants = types.sorted { $0.key < $1.key }.map { type, described -> SchemaValue in
      let own = described.merging(["type": ["const": .text(type)]]) { $1 }
      let needed = ["type", own[type] == nil ? "url" : type].filter { own[$0] != nil }
      return SchemaValue.closed(
        KnownKeys(part: keys.part, read: keys.read.filter { own[$0] != nil }), own
      ).with("type", "object").with("required", .list(needed.map { .text($0) }))
    }
    return ["anyOf": .list(variants)]
  }

  private static let common: [String: SchemaValue] = [
    "type": ["type": "string"],
    "id": SchemaValue.defined("text").said("What people call it"),
    "timeout": SchemaValue.defined("duration").said("How long one attempt may take"),
  ]

  private static let command = SchemaValue.defined("texts")
    .said("A line for the shell, or a program and its arguments; only with --allow-commands")

  private static func hook(_ own: [String: SchemaValue]) -> [String: SchemaValue] {
    common.merging([
      "on_failure": .orVariable(.words(Hook.Failure.allCases.map(\.rawValue)))
    ]) { $1 }.merging(own) { $1 }
  }

  private static func told(_ own: [String: SchemaValue]) -> [String: SchemaValue] {
    common.merging([
      "on": events(NotifyTarget.Event.allCases),
      "repeat": SchemaValue.any(of: .defined("duration"), ["const": "never"])
        .said("How often at most it is told of what goes on; 6h"),
      "stale_after": SchemaValue.defined("duration")
        .said("How long ago a table may have been proven complete"),
    ]) { $1 }.merging(own) { $1 }
  }

  private static func events(_ events: [NotifyTarget.Event]) -> SchemaValue {
    let word = SchemaValue.orVariable(.words(events.map(\.rawValue)))
    return SchemaValue.any(of: word, ["type": "array", "items": word]).said("What it is told of")
  }
}
