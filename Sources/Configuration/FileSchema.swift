internal import Catalog

/// The JSON Schema of `replication.yaml`, with which editors complete and check it while it is written.
///
/// The decoder knows more: what the schema takes may still be refused, but what it refuses is wrong.
public enum FileSchema {
  /// The whole schema.
  public static var document: SchemaValue {
    SchemaValue.closed(.root, root)
      .with("$schema", "https://json-schema.org/draft/2020-12/schema")
      .with("title", "replication.yaml of acsync")
      .with(
        "description",
        "What acsync copies from where to where. Written by make docs from the source."
      )
      .with("not", ["type": "object", "required": ["source", "accounts"]])
      .with("$defs", .map(definitions))
  }

  /// Each part of the file, and what is said of its keys.
  static var parts: [(keys: KnownKeys, described: [String: SchemaValue])] {
    [
      (.root, root), (.account, account), (.stream, entry), (.sourceOptions, sourceOptions),
      (.targetOptions, targetOptions), (.schedule, schedule),
      (ReplicationFileDecoder.runHookKeys, runHooks),
      (ReplicationFileDecoder.streamHookKeys, streamHooks),
      (
        ReplicationFileDecoder.hookKeys,
        hooks.values.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
      ),
      (
        ReplicationFileDecoder.notifyKeys,
        notifications.values.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
      ),
      (ReplicationFileDecoder.checkKeys, check),
      (ReplicationFileDecoder.selectKeys, selection),
      (ReplicationFileDecoder.tableKeys, indexes),
    ]
  }

  private static var definitions: [String: SchemaValue] {
    [
      "variable": SchemaValue.map(["type": "string", "pattern": .text(#"\$\{"#)])
        .said("A value out of a variable: ${NAME}"),
      "text": ["type": ["string", "number", "boolean"]],
      "texts": .any(
        of: .defined("text"), ["type": "array", "items": .defined("text")]),
      "flag": .orVariable(["type": "boolean"]),
      "duration": .orVariable(
        ["type": "string", "pattern": "^([0-9]{1,12}[smhdw]|0)$"], ["const": 0]),
      "webAddress": .orVariable(["type": "string", "pattern": "^[hH][tT][tT][pP][sS]?://"]),
      "method": .orVariable(.words(["GET", "POST"])),
      "defaults": .closed(.stream, entry.merging(["update_key": false]) { $1 }),
      "stream": .closed(
        .stream,
        entry.merging(["source_options": ofOneStream(sourceOptions), "target_options": ofOneTable])
        { $1 }),
      "streams": streams,
      "hook": items(ReplicationFileDecoder.hookKeys, hooks),
      "notification": items(ReplicationFileDecoder.notifyKeys, notifications),
      "check": checks, "columnLists": columnLists,
    ].merging(columns) { $1 }.merging(namedColumns) { $1 }
  }

  static let root: [String: SchemaValue] = [
    "source": SchemaValue.orVariable(
      ["const": "ACTIVECAMPAIGN"], ["type": "string", "pattern": "^[hH][tT][tT][pP][sS]?://"]
    ).said("The account: ACTIVECAMPAIGN (by variables), or an https URL; never its key"),
    "target": SchemaValue.orVariable(["const": "POSTGRES"], ["type": "string", "pattern": "=|://"])
      .said("The warehouse: POSTGRES (by variables), or a PostgreSQL URI without a password"),
    "env": SchemaValue.map([
      "type": ["object", "null"], "propertyNames": ["pattern": "^[A-Za-z_][A-Za-z0-9_]*$"],
      "additionalProperties": .defined("text"),
    ]).said("Names for values, usable as ${NAME} in the rest of the file"),
    "defaults": SchemaValue.defined("defaults")
      .said("What holds for every stream that does not say otherwise"),
    "accounts": SchemaValue.map([
      "type": "object", "minProperties": 1,
      "propertyNames": ["pattern": "^[a-z][a-z0-9_]{0,39}$"],
      "additionalProperties": .closed(.account, account),
    ]).said("Several accounts instead of one, each with a schema of its own"),
    "streams": SchemaValue.defined("streams")
      .said("Which streams, by name or pattern; '*' means all that cost little"),
    "schedule": SchemaValue.any(
      of: element, ["type": ["array", "null"], "items": element]
    ).said("When acsync schedule reads which streams"),
    "hooks": SchemaValue.closed(ReplicationFileDecoder.runHookKeys, runHooks)
      .said("What is done before anything is read, and after everything"),
    "notify": SchemaValue.list(of: .defined("notification")).said("Who is told of what"),
  ]

  static let account: [String: SchemaValue] = [
    "source": SchemaValue.map(["type": "string"]).said("Its address"),
    "api_key": SchemaValue.defined("variable").said("Its key, out of a variable: ${NAME}"),
    "api_key_file": SchemaValue.defined("text").said("The file that holds its key"),
    "schema": SchemaValue.orVariable(
      ["type": "string", "pattern": "^(?!pg_)[a-z][a-z0-9_]{0,62}$"]
    ).said("The schema of its tables; else activecampaign_ and its name"),
    "disabled": SchemaValue.defined("flag").said("Whether it is left alone"),
    "mode": mode,
    "tags": SchemaValue.defined("texts").said("As under defaults"),
    "description": SchemaValue.defined("text").said("For people"),
    "source_options": SchemaValue.closed(
      .sourceOptions, sourceOptions.merging(["parallel_accounts": false]) { $1 }
    ).said("How it is read"),
    "target_options": SchemaValue.closed(.targetOptions, targetOptions).said("How it is written"),
    "streams": SchemaValue.defined("streams").said("Its own streams instead of those of all"),
  ]

  private static var element: SchemaValue {
    SchemaValue.closed(.schedule, schedule)
      .with("type", "object").with("oneOf", [["required": ["every"]], ["required": ["cron"]]])
  }

  static let schedule: [String: SchemaValue] = [
    "every": SchemaValue.map(["type": "string"]).said("The time between two: 90s, 15m, 1h, to 7d"),
    "cron": SchemaValue.map(["type": "string"]).said("Five fields, or @daily, @hourly, …"),
    "time_zone": SchemaValue.map(["type": "string"]).said("Whose clock cron goes by; else UTC"),
    "streams": SchemaValue.defined("texts").said("all, names, tag:NAME, or -NAME"),
  ]
}
