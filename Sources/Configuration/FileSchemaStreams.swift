internal import Catalog

/// What may stand under `streams`: the catalogue's names, and of each stream its columns.
extension FileSchema {
  static var streams: SchemaValue {
    let named = StreamDefinition.all.map { ($0.id.name, stream($0)) }
    return [
      "type": ["object", "null"],
      "properties": .map(Dictionary(named) { first, _ in first }),
      "patternProperties": [
        #"\*"#: ["$ref": "#/$defs/stream", "properties": ["update_key": false]]
      ],
      "additionalProperties": false,
    ]
  }

  /// What holds for any stream, and what is narrower for this one.
  private static func stream(_ stream: StreamDefinition) -> SchemaValue {
    var properties: [String: SchemaValue] = ["update_key": false]
    if let index = stream.versionIndex {
      properties["update_key"] = .orVariable(["const": .text(stream.columns[index].name)])
    } else {
      properties["source_options"] = [
        "properties": .map([Options.anchorDate.name: false, Options.lookback.name: false])
      ]
    }
    if !stream.columns.contains(where: \.isCounter) {
      properties["snapshot"] = .orVariable(["const": .text(SnapshotRule.never.rawValue)])
    }
    properties["select"] = selected(of: stream)
    properties["checks"] = ["items": ["properties": .map(columnsOfChecks(stream))]]
    let cost = stream.cost.map { "; read only if named here: \($0)" } ?? ""
    return SchemaValue.map(["$ref": "#/$defs/stream", "properties": .map(properties)])
      .with("allOf", [named(of: stream)])
      .said(stream.summary + cost)
  }

  /// The names are offered, but a column may have got another one.
  private static func columnsOfChecks(_ stream: StreamDefinition) -> [String: SchemaValue] {
    let names = SchemaValue.defined(name(ofColumnsOf: stream))
    let some = SchemaValue.any(
      of: names, .map(["type": "array", "items": names]), .defined("texts"))
    return ["column": .any(of: names, .defined("text")), "unique": some, "not_null": some]
  }

  /// The names of each stream's columns.
  static var columns: [String: SchemaValue] {
    let columns = StreamDefinition.all.map { stream in
      (name(ofColumnsOf: stream), SchemaValue.words(stream.columns.map(\.name)))
    }
    return Dictionary(columns) { first, _ in first }
  }

  static func name(ofColumnsOf stream: StreamDefinition) -> String {
    "columns_of_\(stream.id)"
  }
}
