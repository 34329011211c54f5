internal import Catalog

extension Settings {
  /// The schema of the tables: what the account says, else what objects say, else the usual one.
  ///
  /// One account's tables are in one schema: what says another is a mistake.
  static func schema(
    _ file: ReplicationFile, _ account: AccountEntry?, _ mistakes: inout Mistakes
  ) -> Setting<String> {
    if let account {
      return account.schema.map { Setting($0.value, from: .file($0.place)) }
        ?? Setting(account.usualSchema, from: .builtIn)
    }
    let all = file.streams?.patterns.first { $0.pattern == "*" }?.entry
    let objects = [file.defaults, all].compactMap { $0?.shape.object }
    let said = objects.first { $0.value.schema != nil }
    let schema = said?.value.schema ?? usualSchema
    let entries =
      (file.streams?.patterns.map(\.entry) ?? [])
      + (file.streams.map { Array($0.named.values) } ?? [])
    let others = ([file.defaults] + entries).compactMap { $0.shape.object }
    for object in others.sorted(by: { $0.place.line < $1.place.line }) {
      guard let other = object.value.schema, other != schema else { continue }
      mistakes.add(
        "object: the tables of an account are in one schema, here \(schema), not \(other)",
        at: object.place,
        remedy: "write \(schema).\(object.value.table), or say it under defaults for all")
    }
    return Setting(schema, from: said.map { .file($0.place) } ?? .builtIn)
  }

  /// No two streams may fill one table.
  static func requireOwnTables(
    _ streams: [StreamSettings], _ file: ReplicationFile, _ mistakes: inout Mistakes
  ) {
    var owners: [String: StreamDefinition.ID] = [:]
    for stream in streams.map(\.stream).sorted(by: { $0.id < $1.id }) {
      for name in [stream.tableName] + stream.namesBeside {
        guard let other = owners.updateValue(stream.id, forKey: name) else { continue }
        let object = file.entry(for: stream)?.shape.object ?? file.defaults.shape.object
        mistakes.add(
          "object: \(other) and \(stream.id) would share the table \(name)",
          at: object?.place.description ?? "object", remedy: "give each a name of its own")
      }
    }
  }
}
