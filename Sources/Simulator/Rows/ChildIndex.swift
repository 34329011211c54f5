/// Which children every row has, by the children's path and their key that names the parent; kept
/// in step with edits.
struct ChildIndex: Sendable {
  private struct Place: Hashable {
    let path: String
    let key: String
  }

  private var idsByParent: [Place: [Int: [Int]]] = [:]

  /// The ids of a parent's rows at a path, ascending; found out for all parents when asked first.
  mutating func ids(_ path: String, by key: String, of parent: Int, in table: Table) -> [Int] {
    let place = Place(path: path, key: key)
    if idsByParent[place] == nil {
      var found: [Int: [Int]] = [:]
      for row in table.rows {
        if let parent = row.text.int(of: key) { found[parent, default: []].append(row.id) }
      }
      idsByParent[place] = found
    }
    return idsByParent[place]?[parent] ?? []
  }

  /// A row is there from now on, as the last of its parents'.
  mutating func insert(_ row: Row, at path: String) {
    for place in places(path) { insert(row, at: place) }
  }

  /// A row has changed, and may have other parents.
  mutating func replace(_ old: Row, with new: Row, at path: String) {
    for place in places(path) {
      let parent = new.text.int(of: place.key)
      guard old.text.int(of: place.key) != parent else { continue }
      remove(old, at: place)
      insert(new, at: place)
      if let parent { idsByParent[place]?[parent]?.sort() }
    }
  }

  /// A row is gone.
  mutating func remove(_ row: Row, at path: String) {
    for place in places(path) { remove(row, at: place) }
  }

  /// A list of its own, lest the index be copied while it is edited.
  private func places(_ path: String) -> [Place] {
    idsByParent.keys.filter { $0.path == path }
  }

  private mutating func insert(_ row: Row, at place: Place) {
    guard let parent = row.text.int(of: place.key) else { return }
    idsByParent[place]?[parent, default: []].append(row.id)
  }

  private mutating func remove(_ row: Row, at place: Place) {
    guard let parent = row.text.int(of: place.key) else { return }
    idsByParent[place]?[parent]?.removeAll { $0 == row.id }
  }
}

extension Account.State {
  /// A parent's rows at a path, in the order of their ids; they name it under a key.
  mutating func children(_ path: String, by key: String = "contact", of parent: Int) -> [Row] {
    let table = tables[path]
    return childIndex.ids(path, by: key, of: parent, in: table).compactMap { table.row($0) }
  }
}
