import Synchronization

/// Edits an account by a seed, as its users would, at every request.
///
/// The same seed makes the same edits in the same sequence, whatever the requests are.
public final class EditScript: Sendable {
  private struct State {
    var random: Random
    var requests = 0
    /// What is left over of edits that are no whole ones.
    var due = 0.0
    var edits = 0
  }

  /// The paths whose rows are edited unless others are named: those that have a list of their own
  /// or come beside contacts.
  ///
  /// The names of webhooks' events are the service's own.
  public static let paths = Account.paths.filter {
    Resource.byPath[$0]?.isListed == true && $0 != "webhook/events"
  }

  /// A table with fewer rows loses none, so that nothing runs empty.
  private static let fewest = 10

  private let perRequest: Double
  private let paths: [String]
  private let lastRequest: Int?
  private let state: Mutex<State>

  /// Prepares the edits.
  ///
  /// - Parameters:
  ///   - perRequest: how many edits come at a request; 0.1 means one at every tenth.
  ///   - paths: where rows are added, changed and deleted.
  ///   - requests: after so many requests the account is left alone; nil for never.
  public init(
    seed: UInt64 = 1, perRequest: Double, paths: [String] = EditScript.paths,
    requests: Int? = nil
  ) {
    self.perRequest = perRequest
    self.paths = paths
    lastRequest = requests
    state = Mutex(State(random: Random(seed: Random.mix(seed))))
  }

  /// How many edits there were.
  public var edits: Int { state.withLock(\.edits) }

  /// Makes the edits that are due at a request.
  public func edit(_ account: Account) {
    state.withLock { state in
      state.requests += 1
      guard !paths.isEmpty, state.requests <= lastRequest ?? .max else { return }
      state.due += perRequest
      while state.due >= 1 {
        state.due -= 1
        state.edits += 1
        edit(account, &state)
      }
    }
  }

  /// One in four adds a row, one deletes one, two change one.
  private func edit(_ account: Account, _ state: inout State) {
    let path = state.random.pick(paths)
    let kind = state.random.below(4)
    let id = account.anyID(of: path, &state.random)
    // The first user is the key's own, and whoever is asked about may not change meanwhile.
    let isKept = path == "users" || account.count(of: path) < Self.fewest
    var change = Self.change(of: path, number: state.edits)
    if path == "deals", state.edits.isMultiple(of: 3), let id {
      change = change.map { $0 + account.move(ofDeal: id, number: state.edits) }
    }
    switch (kind, id, change) {
    case (0, _, _), (_, nil, _), (_, _, nil): account.insertCredibly(path, &state.random)
    case (1, let id?, _) where !isKept: account.delete(path, id: id)
    case (_, let id?, let change?): account.update(path, id: id, change)
    }
  }

  /// What a change puts into a row: a text that tells the edit, and that JSON has to escape; nil
  /// where rows only come and go.
  private static func change(of path: String, number: Int) -> Fields? {
    let text = RowValue.text("Edit \(number) – “ø\\/”")
    if let resource = Resource.byPath[path], !Resource.core.contains(where: { $0.path == path }) {
      return resource.edited.map { edited in
        switch edited {
        case .text(let key): Fields([(key, text)])
        case .count(let key): Fields([(key, .count(number))])
        }
      }
    }
    return switch path {
    case "contacts", "users": ["lastName": text]
    case "deals": ["title": text, "value": .count(number)]
    case "tags": ["description": text]
    case "contactTags": ["updated_by": .count(number)]
    case "contactLists": ["status": .count(number % 4)]
    case "fieldValues": ["value": text]
    case "accountContacts": ["jobTitle": text]
    case "notes", "dealTasks": ["note": text]
    case "fields", "forms", "dealGroups", "dealStages": ["title": text]
    default: ["name": text]
    }
  }
}

extension Account {
  /// The keys of a child that name its parents, and the parents' paths.
  private static let parents: [String: [(key: String, path: String)]] = [
    "contactTags": [("contact", "contacts"), ("tag", "tags")],
    "contactLists": [("contact", "contacts"), ("list", "lists")],
    "fieldValues": [("contact", "contacts"), ("field", "fields")],
    "accountContacts": [("contact", "contacts"), ("account", "accounts")],
    "deals": [("contact", "contacts")], "dealStages": [("group", "dealGroups")],
  ]

  /// How often other parents are tried for a child that would be there twice.
  private static let mostTries = 20

  /// The id of any row of a path; nil when there is none.
  func anyID(of path: String, _ random: inout Random) -> Int? {
    let draw = random.next()
    return withState { state in
      let rows = state.tables[path].rows
      return rows.isEmpty ? nil : rows[Int(draw % UInt64(rows.count))].id
    }
  }

  /// What moves a deal to another stage of its pipeline, and to another status.
  fileprivate func move(ofDeal id: Int, number: Int) -> Fields {
    withState { state in
      guard let deal = state.tables["deals"].row(id), let group = deal.text.int(of: "group") else {
        return [:]
      }
      let stages = state.tables["dealStages"].rows.filter { $0.text.int(of: "group") == group }
      guard !stages.isEmpty else { return [:] }
      return ["stage": .count(stages[number / 3 % stages.count].id), "status": .count(number % 3)]
    }
  }

  /// Adds a row whose parents are there, and are not joined by another row already.
  ///
  /// - Returns: its id; nil where a parent is missing, or all that were tried are joined.
  @discardableResult
  func insertCredibly(_ path: String, _ random: inout Random) -> Int? {
    let parents = Self.parents[path] ?? []
    for _ in 0..<Self.mostTries {
      var fields = Fields()
      for parent in parents {
        guard let id = anyID(of: parent.path, &random) else { return nil }
        fields[parent.key] = .count(id)
      }
      if parents.count < 2 || !isThere(path, fields) { return insert(path, fields) }
    }
    return nil
  }

  /// Whether a contact has a child that holds the same values already.
  private func isThere(_ path: String, _ fields: Fields) -> Bool {
    guard let contact = fields["contact"]?.digits else { return false }
    return withState { state in
      state.children(path, of: contact).contains { row in
        fields.members.allSatisfy { row.text.int(of: $0.key) == $0.value.digits }
      }
    }
  }
}

extension RowValue {
  /// The number that a text of digits spells.
  fileprivate var digits: Int? {
    if case .text(let text) = self { Int(text) } else { nil }
  }
}
