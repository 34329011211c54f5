/// Which children every contact has, by the children's path; kept in step with edits.
struct ChildIndex: Sendable {
  private var idsByContact: [String: [Int: [Int]]] = [:]

  /// The ids of a contact's rows at a path, ascending; found out for all contacts when asked first.
  mutating func ids(_ path: String, of contact: Int, in table: Table) -> [Int] {
    if idsByContact[path] == nil {
      var found: [Int: [Int]] = [:]
      for row in table.rows {
        if let contact = row.text.int(of: "contact") { found[contact, default: []].append(row.id) }
      }
      idsByContact[path] = found
    }
    return idsByContact[path]?[contact] ?? []
  }

  /// A row is there from now on, as the last of its contact's.
  mutating func insert(_ row: Row, at path: String) {
    guard idsByContact[path] != nil, let contact = row.text.int(of: "contact") else { return }
    idsByContact[path]?[contact, default: []].append(row.id)
  }

  /// A row has changed, and may have another contact.
  mutating func replace(_ old: Row, with new: Row, at path: String) {
    guard idsByContact[path] != nil else { return }
    let contact = new.text.int(of: "contact")
    guard old.text.int(of: "contact") != contact else { return }
    remove(old, at: path)
    insert(new, at: path)
    if let contact { idsByContact[path]?[contact]?.sort() }
  }

  /// A row is gone.
  mutating func remove(_ row: Row, at path: String) {
    guard idsByContact[path] != nil, let contact = row.text.int(of: "contact") else { return }
    idsByContact[path]?[contact]?.removeAll { $0 == row.id }
  }
}

extension Account.State {
  /// A contact's rows at a path, in the order of their ids.
  mutating func children(_ path: String, of contact: Int) -> [Row] {
    guard let table = tables[path] else { return [] }
    return childIndex.ids(path, of: contact, in: table).compactMap { table.row($0) }
  }
}
