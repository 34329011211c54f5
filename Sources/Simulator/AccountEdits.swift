extension Account {
  /// Adds a row as the service would: with a new id, created now, and credible where `fields` is
  /// silent.
  ///
  /// Its relatives follow: a new tag on a contact moves the contact's update time and the tag's
  /// count. Name the relatives in `fields` where it matters: a contact may otherwise get a tag that
  /// it has.
  /// - Parameter fields: what the new row is to hold; its times too, if given.
  /// - Returns: the new row's id, larger than any before.
  @discardableResult
  public func insert(_ path: String, _ fields: Fields = [:]) -> Int {
    let resource = resource(path)
    let now = seconds
    return withState { state in
      let id = state.tables[path].lastID + 1
      // Dealt out as if it were one of the generated rows, so that its relatives exist.
      let count = generator.ids[path]?.count ?? 0
      let index = Int(Random.mix(UInt64(id)) >> 33) % max(1, count)
      let life = Life(created: now, updated: now, now: now)
      var row = generator.row(
        of: resource, index: index, id: id, life: life)
      row.text.set(fields)
      row.derive(resource, hiddenGroups: generator.hidden)
      state.tables[path].append(row)
      state.childIndex.insert(row, at: path)
      state.history.note(.inserted, path, id, at: now)
      state.follow(.inserted, row, of: path, now: now)
      state.edited()
      return id
    }
  }

  /// Changes a row and moves its update time to now.
  ///
  /// - Parameter silently: leaves the row's times alone, as the service does for some columns.
  /// - Returns: whether there is such a row.
  @discardableResult
  public func update(_ path: String, id: Int, _ fields: Fields, silently: Bool = false) -> Bool {
    let resource = resource(path)
    let now = seconds
    return withState { state in
      guard let index = state.tables[path].index(of: id) else { return false }
      let old = state.tables[path].rows[index]
      var row = old
      if !silently { row.text.touch(at: now, resource) }
      row.text.set(fields)
      row.derive(resource, hiddenGroups: generator.hidden)
      state.tables[path].replace(at: index, with: row)
      state.childIndex.replace(old, with: row, at: path)
      state.history.note(silently ? .updatedSilently : .updated, path, id, at: now)
      if !silently { state.follow(.updated, row, of: path, now: now) }
      if path == "deals" { state.noteMove(from: old, to: row, by: generator, now: now) }
      state.edited()
      return true
    }
  }

  /// Removes a row; it leaves no trace, and its children stay, as with the service.
  ///
  /// - Returns: whether there was such a row.
  @discardableResult
  public func delete(_ path: String, id: Int) -> Bool {
    let now = seconds
    return withState { state in
      guard let index = state.tables[path].index(of: id) else { return false }
      let row = state.tables[path].rows[index]
      state.tables[path].remove(at: index)
      state.childIndex.remove(row, at: path)
      state.history.note(.deleted, path, id, at: now)
      state.follow(.deleted, row, of: path, now: now)
      state.edited()
      return true
    }
  }

  private func resource(_ path: String) -> Resource {
    guard let resource = Resource.byPath[path] else {
      preconditionFailure("the simulator has no rows at \(path)")
    }
    return resource
  }
}

extension RowText {
  mutating func set(_ fields: Fields) {
    for member in fields.members { set(member.key, to: member.value) }
  }

  /// Moves every update time that the row has, in the form that it has.
  mutating func touch(at now: Int, _ resource: Resource) {
    for key in Set([
      "udate", "mdate", "updatedDate", "updated_at", "updatedTimestamp", "updated_timestamp",
      "updated_utc_timestamp", resource.updated,
    ]) where value(of: key) != nil {
      set(key, to: .text(Self.stamp(like: string(of: key) ?? "", key, now)))
    }
  }

  /// A time in the form of another one, whose form does not follow from its key alone.
  private static func stamp(like old: String, _ key: String, _ now: Int) -> String {
    if old.hasSuffix("Z") {
      return old.contains(".") ? UTCTime.nanoseconds(now, 0) : UTCTime.iso(now)
    }
    if old.hasSuffix("+00:00") { return UTCTime.withOffset(now) }
    if old.contains("T") || old.isEmpty && !key.hasSuffix("timestamp") {
      return CentralTime.iso(now)
    }
    return key == "updatedTimestamp" ? UTCTime.wall(now) : CentralTime.wall(now)
  }
}

/// How a row's edit shows on the row that it belongs to.
private struct Relation {
  /// The child's key that names the parent, and the parent's path.
  let key: String
  let parent: String
  /// The parent's list of child ids, if it keeps one.
  var list: String?
  /// The parent's count of children, if it keeps one.
  var counter: String?
  /// Whether adding or changing a child moves the parent's update time; a removal never does.
  var isTouching: @Sendable (EditBehaviour) -> Bool = { _ in false }

  /// What recordings show to follow an edit.
  ///
  /// A tag's `updated_timestamp` moves with its count; the rest is as the account behaves.
  static let ofChild: [String: [Relation]] = [
    "contactTags": [
      Relation(key: "contact", parent: "contacts", isTouching: \.tagAddsMoveContacts),
      Relation(key: "tag", parent: "tags", counter: "subscriber_count"),
    ],
    "contactLists": [
      Relation(
        key: "contact", parent: "contacts", list: "contactLists",
        isTouching: \.membershipsMoveContacts)
    ],
    "fieldValues": [
      Relation(
        key: "contact", parent: "contacts", list: "fieldValues",
        isTouching: \.fieldValuesMoveContacts)
    ],
    "contactAutomations": [
      Relation(key: "contact", parent: "contacts", list: "contactAutomations")
    ],
    "accountContacts": [Relation(key: "contact", parent: "contacts", list: "accountContacts")],
    "deals": [Relation(key: "contact", parent: "contacts", list: "deals")],
    "dealStages": [Relation(key: "group", parent: "dealGroups", list: "stages")],
  ]

  /// Whether an edit of the child moves the parent's update time.
  func touches(_ edit: Account.State.Edit, _ behaviour: EditBehaviour) -> Bool {
    edit != .deleted && isTouching(behaviour)
  }
}

extension Account.State {
  enum Edit {
    case inserted, updated, deleted
  }

  /// Lets the relatives of an edited row follow.
  fileprivate mutating func follow(_ edit: Edit, _ child: Row, of path: String, now: Int) {
    for relation in Relation.ofChild[path] ?? [] {
      guard let resource = Resource.byPath[relation.parent],
        let id = child.text.int(of: relation.key),
        let index = tables[relation.parent].index(of: id)
      else { continue }
      var row = tables[relation.parent].rows[index]
      let before = row.text.bytes
      let step = edit == .inserted ? 1 : edit == .deleted ? -1 : 0
      if let list = relation.list { row.text.change(list, by: step, child.id) }
      if let counter = relation.counter, step != 0 {
        row.text.set(counter, to: .count((row.text.int(of: counter) ?? 0) + step))
      }
      let isTouched =
        relation.touches(edit, behaviour) || (relation.counter != nil && step != 0)
      if isTouched { row.text.touch(at: now, resource) }
      guard isTouched || row.text.bytes != before else { continue }
      row.derive(resource, hiddenGroups: [])
      tables[relation.parent].replace(at: index, with: row)
      history.note(isTouched ? .updated : .updatedSilently, relation.parent, id, at: now)
    }
    addUp(after: child, of: path, now: now)
  }
}

extension RowText {
  /// Adds an id to a list of ids, or takes it out.
  fileprivate mutating func change(_ list: String, by step: Int, _ id: Int) {
    guard step != 0 else { return }
    let others = ids(of: list).filter { $0 != id }
    set(list, to: .ids(step > 0 ? others + [id] : others))
  }
}
