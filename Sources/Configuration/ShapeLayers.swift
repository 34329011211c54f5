internal import Catalog

extension Layers {
  /// The stream as the file wants its table.
  ///
  /// - Parameters:
  ///   - entry: What is said of this stream, or of those of its pattern.
  ///   - defaults: What is said of all.
  ///   - leaving: What becomes of rows that do not match `where` any more.
  mutating func shaped(
    _ stream: StreamDefinition, _ entry: ShapeEntry, _ defaults: ShapeEntry,
    leaving: DeletionRule.Manner
  ) -> StreamDefinition {
    let given = entry.filled(from: defaults)
    var shape = StreamShape()
    if let object = given.object, object.value.tableName(of: stream.id) != stream.id.name {
      shape.tableName = object.value.tableName(of: stream.id)
    }
    name(stream, given.casing?.value ?? .snake, in: &shape)
    if let select = given.select { self.select(select, of: stream, in: &shape) }
    // What holds for all columns of a name is not lifted by a word on another column.
    for types in [defaults.types, entry.types] {
      if let types { give(types, to: stream, in: &shape) }
    }
    let salt = given.transforms == nil ? nil : hashSalt(given.hashSalt)
    for transforms in [defaults.transforms, entry.transforms] {
      if let transforms { transform(transforms, of: stream, salt, in: &shape) }
    }
    for (field, transforms) in shape.transforms where transforms.contains(where: \.hides) {
      shape.kinds[field] = .text
    }
    requireApart(stream, given, shape)
    let shaped = stream.shaped(by: shape)
    if let indexes = given.indexes { shape.indexes = self.indexes(indexes, of: shaped) }
    if let condition = given.condition {
      shape.condition = self.condition(condition, of: shaped)
      if shape.condition != nil { shape.leaving = leaving }
    }
    shape.readers = given.readers?.value ?? []
    shape.casing = given.casing?.value ?? .snake
    evolve(given, in: &shape)
    keep(given, of: shaped, in: &shape)
    return shape == StreamShape() ? stream : stream.shaped(by: shape)
  }

  /// What becomes of what the API sends anew.
  private mutating func evolve(_ given: ShapeEntry, in shape: inout StreamShape) {
    shape.contract = given.contract?.value ?? .evolve
    shape.addsColumns = given.addsColumns?.value ?? false
    shape.widensColumns = given.widensColumns?.value ?? false
    guard shape.contract == .freeze else { return }
    for (name, flag) in [
      ("add_new_columns", given.addsColumns), ("adjust_column_type", given.widensColumns),
    ] where flag?.value == true {
      complain(
        "\(name): true and schema_contract: freeze contradict each other",
        at: flag?.place.description ?? name, remedy: "remove one of them")
    }
  }

  /// The stream's hooks, after the SQL that its table has of its own.
  func hooks(_ entry: StreamEntry, _ defaults: StreamEntry) -> StreamHooks {
    let shape = entry.shape.filled(from: defaults.shape)
    var hooks = (entry.hooks ?? defaults.hooks)?.value ?? StreamHooks()
    hooks.pre = (shape.preSQL?.value ?? []) + hooks.pre
    hooks.post = (shape.postSQL?.value ?? []) + hooks.post
    return hooks
  }

  /// The salt: of the environment or `.env`, else of the file.
  private mutating func hashSalt(_ placed: Placed<HashSalt>?) -> HashSalt? {
    variables.value(Variables.hashSalt, &mistakes).map { HashSalt($0.text) } ?? placed?.value
  }

  // MARK: Names

  private func name(_ stream: StreamDefinition, _ casing: ColumnCasing, in shape: inout StreamShape)
  {
    for column in stream.columns where !column.isKey {
      let name = casing.name(of: column)
      if name != column.name { shape.names[column.field] = name }
    }
  }

  private mutating func select(
    _ select: Named<[SelectedColumn]>, of stream: StreamDefinition, in shape: inout StreamShape
  ) {
    let structural = stream.structuralFields
    let isOnlyExcluding = select.value.allSatisfy(\.isExcluded)
    var chosen = isOnlyExcluding ? Set(stream.columns.map(\.field)) : structural
    for item in select.value {
      // `*` means all, also where a stream has none of the names.
      let columns = stream.columns.filter { $0.fits(item.pattern) }
      if columns.isEmpty, select.isOfOneStream {
        complain(unknown: item.pattern, of: stream, at: item.place)
      }
      for column in columns {
        guard item.isExcluded else {
          chosen.insert(column.field)
          rename(column, item, of: stream, in: &shape)
          continue
        }
        if structural.contains(column.field) {
          guard !item.pattern.contains("*"), select.isOfOneStream else { continue }
          complain(
            "select: \(stream.id) cannot be read without \(column.name)",
            at: item.place.description,
            remedy: "leave it; a column for a view can be left out of the view")
        } else {
          chosen.remove(column.field)
        }
      }
    }
    shape.deselected = Set(stream.columns.map(\.field)).subtracting(chosen)
    shape.keepsUndeclared = isOnlyExcluding || select.value.contains { $0.pattern == "*" }
    for field in shape.deselected { shape.names[field] = nil }
  }

  private mutating func rename(
    _ column: Column, _ item: SelectedColumn, of stream: StreamDefinition,
    in shape: inout StreamShape
  ) {
    guard let name = item.newName else { return }
    if column.isKey, name != column.name {
      return complain(
        "select: the key of \(stream.id) keeps its name", at: item.place.description,
        remedy: "write \(column.name)")
    }
    shape.names[column.field] = name
    shape.renamed.insert(column.field)
  }

  /// No two columns may have one name.
  private mutating func requireApart(
    _ stream: StreamDefinition, _ given: ShapeEntry, _ shape: StreamShape
  ) {
    var fields: [String: String] = [:]
    for column in stream.columns where !shape.deselected.contains(column.field) {
      let name = shape.names[column.field] ?? column.name
      guard let other = fields.updateValue(column.field, forKey: name) else { continue }
      let place = given.select.map(\.place) ?? given.casing?.place
      complain(
        "\(stream.id) would have two columns \(name): \(other) and \(column.field)",
        at: place?.description ?? "select", remedy: "rename one, or leave one out")
    }
  }

  // MARK: Types and transforms

  private mutating func give(
    _ types: Named<[NamedColumn<Column.Kind>]>, to stream: StreamDefinition,
    in shape: inout StreamShape
  ) {
    for item in types.value {
      for column in columns(item.name, item.place, types.isOfOneStream, of: stream, shape) {
        guard column.kind != item.value else { continue }
        if isStructural(column, of: stream, "columns", types.isOfOneStream, item.place) { continue }
        guard column.kind.canBecome(item.value) else {
          guard types.isOfOneStream else { continue }
          complain(
            "columns: \(column.name) of \(stream.id) is \(column.kind.postgresType), and \(item.value.postgresType) would lose some of it",
            at: item.place.description, remedy: "write text, or remove it")
          continue
        }
        shape.kinds[column.field] = item.value
      }
    }
  }

  private mutating func transform(
    _ transforms: Named<[NamedColumn<[TransformWord]>]>, of stream: StreamDefinition,
    _ salt: HashSalt?, in shape: inout StreamShape
  ) {
    for item in transforms.value {
      for column in columns(item.name, item.place, transforms.isOfOneStream, of: stream, shape) {
        // What all streams are to hide is not left plain in one in silence.
        let isMeant = transforms.isOfOneStream || item.value.contains(where: \.hides)
        if isStructural(column, of: stream, "transforms", isMeant, item.place) { continue }
        // What hides must not be left out for lack of a type or a salt: the mistake ends it all.
        requireFit(item, column, of: stream, shape)
        var made: [ValueTransform] = []
        for word in item.value {
          switch word {
          case .hashSHA256:
            if let salt {
              made.append(.hashSHA256(salt))
            } else {
              complain(
                "hash_sha256 without a salt: who has the table could try out what was hashed",
                at: item.place.description,
                remedy: "set ACSYNC_HASH_SALT to a long text that stays secret and the same")
            }
          case .mask: made.append(.mask)
          case .lower: made.append(.lower)
          case .trim: made.append(.trim)
          case .nullIf(let texts): made.append(.nullIf(texts))
          }
        }
        shape.transforms[column.field] = made.isEmpty ? nil : made
      }
    }
  }

  private mutating func requireFit(
    _ item: NamedColumn<[TransformWord]>, _ column: Column, of stream: StreamDefinition,
    _ shape: StreamShape
  ) {
    let kind = shape.kinds[column.field] ?? column.kind
    if let hiding = item.value.first(where: \.hides), let wanted = shape.kinds[column.field],
      wanted != .text
    {
      complain(
        "columns: \(column.name) of \(stream.id) cannot be \(wanted.postgresType): \(hiding.name) makes text of it",
        at: item.place.description, remedy: "remove it under columns")
    }
    for word in item.value.prefix(while: { !$0.hides })
    where (word == .lower || word == .trim) && kind != .text {
      complain(
        "transforms: \(word.name) means nothing to \(column.name) of \(stream.id), which is \(kind.postgresType)",
        at: item.place.description, remedy: "remove it, or write \(column.name): text under columns"
      )
    }
  }

  // MARK: Indexes

  private mutating func indexes(
    _ indexes: Named<[NamedIndex]>, of stream: StreamDefinition
  ) -> [TableIndex] {
    let system = ["_synced_at", "_deleted_at"]
    return indexes.value.compactMap { index in
      var names: [String] = []
      for named in index.columns {
        let declared = stream.declaredColumns.first { $0.fits(named.name) }
        if let column = stream.columns.first(where: {
          $0.name == named.name || $0.field == declared?.field
        }) {
          names.append(column.name)
        } else if system.contains(named.name) {
          names.append(named.name)
        } else if indexes.isOfOneStream {
          complain(unknown: named.name, of: stream, at: named.place)
        }
      }
      guard names.count == index.columns.count else { return nil }
      return TableIndex(names, isUnique: index.isUnique)
    }
  }

  // MARK: Columns by name

  /// The stream's columns that a name means, those left out not among them.
  private mutating func columns(
    _ name: String, _ place: Place, _ isOfOneStream: Bool, of stream: StreamDefinition,
    _ shape: StreamShape
  ) -> [Column] {
    let found = stream.columns.filter {
      $0.fits(name) || shape.renamed.contains($0.field) && shape.names[$0.field] == name
    }
    if found.isEmpty, isOfOneStream { complain(unknown: name, of: stream, at: place) }
    let stored = found.filter { !shape.deselected.contains($0.field) }
    if stored.isEmpty, !found.isEmpty, isOfOneStream, !name.contains("*") {
      complain(
        "\(name.shown) of \(stream.id) is not selected", at: place.description,
        remedy: "select it, or remove it here")
    }
    return stored
  }

  /// Whether the reading depends on a column as it is; noted where the user meant this one.
  private mutating func isStructural(
    _ column: Column, of stream: StreamDefinition, _ part: String, _ isOfOneStream: Bool,
    _ place: Place
  ) -> Bool {
    guard stream.structuralFields.contains(column.field) else { return false }
    if isOfOneStream {
      complain(
        "\(part): \(stream.id) is read by its \(column.name), which stays as it is",
        at: place.description, remedy: "remove it here, or write disabled: true for \(stream.id)")
    }
    return true
  }

  mutating func complain(unknown name: String, of stream: StreamDefinition, at place: Place) {
    let names = stream.columns.map(\.name)
    complain(
      "\(stream.id) has no column \(name.shown)", at: place.description,
      remedy: suggestion(for: name, among: names)
        ?? "acsync discover \(stream.id) lists its columns")
  }
}
