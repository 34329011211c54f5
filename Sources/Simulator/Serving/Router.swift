/// Finds what a path below `/api/3/` asks for, and answers it from the account.
struct Router: Sendable {
  let account: Account
  let behaviour: FilterBehaviour

  /// Answers a request; a fault shows on lists alone.
  func answer(_ query: Query, fault: PageFault? = nil) -> Answer {
    let parts = query.path.split(separator: "/").map(String.init)
    guard parts.prefix(2) == ["api", "3"] else { return .unknownPath }
    let path = Array(parts.dropFirst(2))
    if path.first == "users", let user = user(path.dropFirst()) { return user }
    guard let (resource, rest) = Self.resource(path) else { return .unknownPath }
    if resource.path == "customObjects/records" { return records(resource, rest, query, fault) }
    switch rest.count {
    case 0: return resource.isListed ? list(resource, query, fault) : .unknownPath
    case 1: return single(resource, rest[0])
    case 2: return children(of: resource, rest[0], rest[1])
    default: return .unknownPath
    }
  }

  /// What a path's first one or two parts name, and the parts after it.
  private static func resource(_ path: [String]) -> (Resource, [String])? {
    for count in [2, 1] where path.count >= count {
      if let resource = Resource.byPath[path.prefix(count).joined(separator: "/")] {
        return (resource, Array(path.dropFirst(count)))
      }
    }
    return nil
  }

  /// The records of one kind, whose id comes before theirs.
  private func records(
    _ resource: Resource, _ rest: [String], _ query: Query, _ fault: PageFault?
  ) -> Answer {
    let schemas = account.rows(of: "customObjects/schemas", where: "id", is: rest.first ?? "")
    guard !schemas.isEmpty, rest.count <= 2 else { return .message(404, "Not Found") }
    guard rest.count == 1 else { return single(resource, rest[1]) }
    return list(resource, query.adding(Filter.schema, rest[0]), fault)
  }

  /// The user of the key, or one by e-mail or name; nil for the ordinary paths.
  private func user(_ path: ArraySlice<String>) -> Answer? {
    guard let resource = Resource.byPath["users"], let kind = path.first else { return nil }
    let rows = account.withState { $0.tables["users"].rows }
    let found: Row?
    switch (kind, path.count) {
    case ("me", 1): found = rows.first
    case ("email", 2), ("username", 2):
      found = rows.first { $0.text.string(of: kind) == path.last }
    default: return nil
    }
    guard let found else { return .missing(resource, path.last ?? kind) }
    return Answer(200, body: object(found, resource, beside: []))
  }

  // MARK: lists

  private func list(_ resource: Resource, _ query: Query, _ fault: PageFault?) -> Answer {
    let now = account.seconds
    let page = account.withState { state in
      func page(in state: inout Account.State) -> Listing {
        Listing(query, of: resource, in: &state, behaviour: behaviour, now: now, fault: fault)
      }
      return fault == .stale ? state.withCopy(page) : page(in: &state)
    }
    // Audiences know no empty page.
    if resource.path == "audiences", page.isEmpty { return .notFound }
    return Answer(200, body: page.body(account.renderer))
  }

  // MARK: single rows

  private func single(_ resource: Resource, _ id: String) -> Answer {
    let found = account.withState { state in
      state.row(resource, id)
        .map { ($0, Sideload.ofSingle($0, resource, in: state.tables)) }
    }
    guard let found else { return .missing(resource, id) }
    return Answer(200, body: object(found.0, resource, beside: found.1))
  }

  private func object(_ row: Row, _ resource: Resource, beside sideloads: [Sideload]) -> [UInt8] {
    var writer = JSONWriter(reserving: 8192)
    writer.raw("{")
    for sideload in sideloads {
      sideload.write(to: &writer, account.renderer)
      writer.raw(",")
    }
    writer.key(resource.single)
    account.renderer.write(row, of: resource, to: &writer)
    writer.raw("}")
    return writer.bytes
  }

  /// What is below one row, all of it and without `meta`.
  private func children(of resource: Resource, _ id: String, _ name: String) -> Answer {
    let found = account.withState { state -> (isThere: Bool, answer: BelowAnswer?) in
      guard let row = state.row(resource, id) else { return (false, nil) }
      return (true, state.below(row, resource, name))
    }
    guard found.isThere else { return .missing(resource, id) }
    guard let answer = found.answer else { return .unknownPath }
    return Answer(200, body: answer.body(account.renderer))
  }
}

extension Account.State {
  /// The row that an id in an address means: a number, or a UUID.
  func row(_ resource: Resource, _ id: String) -> Row? {
    if resource.form == .linked { return Int(id).flatMap { tables[resource.path].row($0) } }
    return tables[resource.path].rows.first { $0.text.string(of: "id") == id }
  }
}

extension Account {
  /// The rows of a path whose text under a key is the one given.
  fileprivate func rows(of path: String, where key: String, is value: String) -> [Row] {
    withState { $0.tables[path].rows.filter { $0.text.string(of: key) == value } }
  }
}
