internal import Catalog

/// What tables hold and how they are laid out: selection, types, transforms, indexes.
extension FileSchema {
  /// Keys of an entry.
  static let shape: [String: SchemaValue] = [
    "select": SchemaValue.any(
      of: .defined("texts"), .closed(ReplicationFileDecoder.selectKeys, selection)
    ).said("Which columns are stored: [a, b as c] only these, [-a, '-tmp_*'] all but these"),
    "columns": SchemaValue.map([
      "type": ["object", "null"], "additionalProperties": .orVariable(type),
    ]).said("Types other than the catalogue's"),
    "transforms": SchemaValue.map([
      "type": ["object", "null"], "additionalProperties": transforms,
    ]).said("What is done to values before they are stored, in order"),
    "history": SchemaValue.defined("flag")
      .said("Whether every version of a row is kept, in a table NAME_history"),
    "snapshot": SchemaValue.orVariable(.words(SnapshotRule.allCases.map(\.rawValue)))
      .said("daily: counters are kept once a day and on change, in a table NAME_snapshots"),
    "where": SchemaValue.defined("text").said("Which rows are stored: orgid in (1, 2)"),
  ]

  /// Keys of `select`, where it is a map.
  static let selection: [String: SchemaValue] = [
    "include": SchemaValue.defined("texts").said("Only these, or name as new_name"),
    "exclude": SchemaValue.defined("texts").said("All but these"),
  ]

  /// Keys of `target_options` that are about tables.
  static let tables: [String: SchemaValue] = [
    "column_casing": SchemaValue.orVariable(
      .words(ColumnCasing.allCases.map(\.rawValue) + ["normalize"])
    ).said("How columns are called: snake (first_name), source, camel, lower"),
    "hash_salt": SchemaValue.defined("variable").said(
      "What comes before each value that is hashed"),
    "table_keys": SchemaValue.closed(ReplicationFileDecoder.tableKeys, indexes)
      .said("Indexes besides that of the key"),
    "grants": SchemaValue.defined("texts").said("Roles that may read the tables"),
    "pre_sql": SchemaValue.defined("texts").said("SQL before each stream"),
    "post_sql": SchemaValue.defined("texts").said("SQL after each stream"),
    "add_new_columns": SchemaValue.defined("flag")
      .said("Whether fields that nobody declared become columns"),
    "adjust_column_type": SchemaValue.defined("flag")
      .said("Whether a column becomes wider where values do not fit it"),
    "schema_contract": SchemaValue.orVariable(.words(SchemaContract.allCases.map(\.rawValue)))
      .said("evolve takes what is new; freeze ends the stream instead"),
  ]

  /// Keys of `table_keys`.
  static let indexes: [String: SchemaValue] = [
    "primary": SchemaValue.defined("texts").said("id, if anything"),
    "index": SchemaValue.defined("columnLists").said("A list of columns, or a list of such lists"),
    "unique": SchemaValue.defined("columnLists").said(
      "The same, for live rows no two of which are alike"),
  ]

  static var columnLists: SchemaValue {
    .any(of: .defined("texts"), ["type": "array", "items": .defined("texts")])
  }

  /// What `select` of one stream may name: its columns, by their own names or by the API's.
  static func selected(of stream: StreamDefinition) -> SchemaValue {
    let names = names(of: stream).joined(separator: "|")
    let selected = SchemaValue.any(
      of: .defined("named_in_\(stream.id)"),
      .text(like: #"^-?\s*(\#(names))(\s+[aA][sS]\s+\S+)?\s*$"#), .text(like: #"\$\{"#))
    return .any(of: selected, ["type": "array", "items": selected], ["type": "object"])
  }

  /// Columns that a stream does not have; of one whose columns are selected some may be renamed.
  static func named(of stream: StreamDefinition) -> SchemaValue {
    let named: SchemaValue = ["propertyNames": .defined("named_in_\(stream.id)")]
    return .any(
      of: ["required": ["select"]], ["properties": ["columns": named, "transforms": named]])
  }

  /// What each stream's columns may be called in the file.
  static var namedColumns: [String: SchemaValue] {
    let named = StreamDefinition.all.map { stream in
      let names = names(of: stream).joined(separator: "|")
      return (
        "named_in_\(stream.id)",
        SchemaValue.any(
          of: .defined(name(ofColumnsOf: stream)), .text(like: "^(\(names))$"),
          .text(like: #"\*"#))
      )
    }
    return Dictionary(named) { first, _ in first }
  }

  /// Every name by which the file may mean a column, as patterns spell it.
  private static func names(of stream: StreamDefinition) -> [String] {
    Set(stream.columns.flatMap { [$0.name, $0.field] }).filter { !$0.isEmpty }.sorted()
      .map { $0.replacing(".", with: #"\."#) }
  }

  private static var type: SchemaValue {
    // Capitals are taken too.
    .any(
      of: .words(ReplicationFileDecoder.types.keys.sorted()),
      .text(like: "^[A-Za-z]*[A-Z][A-Za-z]*$"))
  }

  private static var transforms: SchemaValue {
    let one = SchemaValue.orVariable(
      .words(["hash_sha256", "mask", "lower", "trim"]),
      ["type": "string", "pattern": #"^\s*(hash_sha256|mask|lower|trim|null_if\(.+\))\s*$"#])
    return .any(of: one, ["type": "array", "items": one])
  }
}
