extension Account {
  /// The rows that `add` adds, by path.
  public static let added = ["contactTags", "notes", "dealTasks"]
  /// The rows that `delete` deletes in turn, by path.
  public static let deleted = ["contacts", "deals", "contactTags", "notes", "dealTasks"]

  /// Changes a share of the contacts and deals, evenly spread over their ids; at least one of each.
  public func change(percent: Int) {
    guard percent > 0 else { return }
    for (path, column, value) in [
      ("contacts", "phone", "+1 312 555 0100"), ("deals", "value", "4200"),
    ] {
      let ids = ids(of: path)
      for index in stride(from: 0, to: ids.count * percent, by: 100) {
        update(path, id: ids[index / percent], [column: .text(value)])
      }
    }
  }

  /// Adds tags to contacts, notes and tasks: so many of each, whose owners are drawn by the seed.
  public func add(_ count: Int, seed: UInt64) {
    var random = Random(seed: Random.mix(seed))
    for path in Self.added {
      for _ in 0..<count { insertCredibly(path, &random) }
    }
  }

  /// Deletes so many rows in all, from several lists in turn, spread over their ids.
  ///
  /// They are contacts, deals, tags of contacts, notes and tasks. What belongs to them stays.
  public func delete(_ count: Int) {
    for (turn, path) in Self.deleted.enumerated() {
      let share = (count - turn + Self.deleted.count - 1) / Self.deleted.count
      let ids = ids(of: path)
      for number in 0..<max(0, min(share, ids.count)) {
        delete(path, id: ids[(2 * number + 1) * ids.count / (2 * share)])
      }
    }
  }
}
