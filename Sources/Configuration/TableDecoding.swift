internal import Catalog

/// `object` and those of `target_options` that are about tables: names, indexes, rights, SQL.
extension ReplicationFileDecoder {
  static let tableOptions = [
    "column_casing", "hash_salt", "table_keys", "grants", "pre_sql", "post_sql", "add_new_columns",
    "adjust_column_type", "schema_contract",
  ]

  static let tableKeys = KnownKeys(
    part: "table_keys", read: ["primary", "index", "unique"],
    senseless: ["cluster", "partition", "sort", "duplicate", "distribution", "aggregate"])

  /// What tables are called.
  mutating func object(_ node: YAMLNode, about subject: Subject) -> Placed<ObjectTemplate>? {
    guard let scalar = scalar(node, "object", expects: "a table's name") else { return nil }
    let parts = scalar.text.split(separator: ".", omittingEmptySubsequences: false)
    let table = String(parts.last ?? "")
    let schema = parts.count == 2 ? String(parts[0]) : nil
    let plain = table.replacing(ObjectTemplate.variable, with: "stream")
    guard parts.count <= 2, plain.isVariableName, plain.utf8.count <= 63 else {
      mistakes.add(
        "object: \(scalar.written.shown) is no table's name", at: node.place,
        remedy:
          "write activecampaign.{stream_name}, or another schema and name of letters, digits and _"
      )
      return nil
    }
    if !subject.isOneStream, !table.contains(ObjectTemplate.variable) {
      mistakes.add(
        "object: \(scalar.written.shown) would put several streams into one table", at: node.place,
        remedy: "write {stream_name} in it, or move it to its stream")
      return nil
    }
    if let schema, !schema.isSchemaName {
      mistakes.add(
        "object: \(schema.shown) cannot be the schema of the tables", at: node.place,
        remedy:
          "use letters a–z, digits and _, a letter first, and none of acsync's or PostgreSQL's")
      return nil
    }
    if schema != nil { schemaPlaces.append(node.place) }
    return Placed(value: ObjectTemplate(schema: schema, table: table), place: node.place)
  }

  /// One of `tableOptions`.
  mutating func tableOption(
    _ item: YAMLNode.Entry, about subject: Subject, into shape: inout ShapeEntry
  ) {
    switch item.key.text {
    case "column_casing": shape.casing = casing(item.value)
    case "hash_salt": shape.hashSalt = hashSalt(item, about: subject)
    case "table_keys": shape.indexes = indexes(item.value, about: subject)
    case "grants": shape.readers = roles(item.value)
    case "add_new_columns": shape.addsColumns = flag(item.value, "add_new_columns")
    case "adjust_column_type": shape.widensColumns = flag(item.value, "adjust_column_type")
    case "schema_contract":
      shape.contract = word(item.value, "schema_contract", SchemaContract.self).map {
        Placed(value: $0, place: item.value.place)
      }
    case "pre_sql": shape.preSQL = statements(item, .pre)
    default: shape.postSQL = statements(item, .post)
    }
  }

  private mutating func casing(_ node: YAMLNode) -> Placed<ColumnCasing>? {
    // Sling's usual one is snake case too.
    if case .scalar(let scalar) = node.content, scalar.text == "normalize" {
      return Placed(value: .snake, place: node.place)
    }
    return word(node, "column_casing", ColumnCasing.self).map {
      Placed(value: $0, place: node.place)
    }
  }

  /// A salt stands in no file: what stands here is the name of a variable.
  private mutating func hashSalt(
    _ item: YAMLNode.Entry, about subject: Subject
  ) -> Placed<HashSalt>? {
    guard case .defaults = subject else {
      mistakes.add(
        "hash_salt holds for all streams, so that equal values stay equal among them",
        at: item.key.place, remedy: "move it to target_options under defaults")
      return nil
    }
    let node = item.value
    guard let scalar = scalar(node, "hash_salt", expects: "a variable, ${NAME}") else {
      return nil
    }
    guard scalar.written != scalar.text else {
      mistakes.add(
        "a salt stands in the file", at: node.place,
        remedy: "set a variable to it and write ${ITS_NAME}, or set ACSYNC_HASH_SALT")
      return nil
    }
    return Placed(value: HashSalt(scalar.text), place: node.place)
  }

  // MARK: Indexes

  private mutating func indexes(
    _ node: YAMLNode, about subject: Subject
  ) -> Named<[NamedIndex]> {
    var indexes: [NamedIndex] = []
    for entry in map(node, "table_keys", keys: Self.tableKeys) {
      let lists = self.lists(entry.value, entry.key.text)
      if entry.key.text == "primary" {
        if lists.contains(where: { $0.map(\.name) != ["id"] }) {
          mistakes.add(
            "table_keys: every table's primary key is id", at: entry.value.place,
            remedy: "remove primary")
        }
      } else {
        let isUnique = entry.key.text == "unique"
        indexes += lists.map { NamedIndex(columns: $0, isUnique: isUnique) }
      }
    }
    return Named(value: indexes, place: node.place, isOfOneStream: subject.isOneStream)
  }

  /// A list of names is one index of them all, as in Sling; a list of lists an index each.
  private mutating func lists(_ node: YAMLNode, _ name: String) -> [[NamedColumn<Void>]] {
    let items = nodes(of: node)
    let isNested = items.contains { if case .list = $0.content { true } else { false } }
    let lists = isNested ? items.map { nodes(of: $0) } : [items]
    return lists.compactMap { list in
      var names: [NamedColumn<Void>] = []
      for node in list {
        guard let scalar = scalar(node, name, expects: "names of columns") else { return nil }
        names.append(NamedColumn(name: scalar.text, place: node.place, value: ()))
      }
      return names.isEmpty ? nil : names
    }
  }

  // MARK: Rights and SQL

  private mutating func roles(_ node: YAMLNode) -> Placed<[String]>? {
    guard let names = texts(node, "grants") else { return nil }
    for name in names.value where name.isEmpty || name.utf8.count > 63 || name.contains("\0") {
      mistakes.add(
        "grants: \(name.shown) is no role's name", at: node.place,
        remedy: "write the names of roles that may read the tables")
    }
    return names
  }

  /// One statement, or a list of them, each a hook of its own.
  private mutating func statements(_ item: YAMLNode.Entry, _ moment: HookMoment) -> Placed<[Hook]> {
    var hooks: [Hook] = []
    let name = item.key.text
    let list = nodes(of: item.value)
    for (index, node) in list.enumerated() {
      guard
        let statement = statement(
          node, name, of: node, HookVariable.known(at: moment))
      else { continue }
      hooks.append(
        Hook(
          moment: moment, name: list.count == 1 ? name : "\(name) \(index + 1)",
          action: .query(statement), onFailure: .abort, timeout: .seconds(300), place: node.place))
    }
    return Placed(value: hooks, place: item.value.place)
  }
}

extension String {
  /// Whether it can be the schema of tables: lower-case letters, digits and underscores, a letter
  /// first, and none of acsync's or PostgreSQL's.
  var isSchemaName: Bool {
    let taken: Set<String> = [
      "acsync", "analytics", "information_schema", "pg_catalog", "pg_toast",
    ]
    return isVariableName && lowercased() == self && first != "_" && utf8.count <= 63
      && !hasPrefix("pg_") && !taken.contains(self)
  }
}
