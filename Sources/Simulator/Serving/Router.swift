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
    guard let first = path.first, let resource = Resource.byPath[first] else { return .unknownPath }
    switch path.count {
    case 1: return resource.isListed ? list(resource, query, fault) : .unknownPath
    case 2: return single(resource, path[1])
    case 3: return children(of: resource, path[1], path[2])
    default: return .unknownPath
    }
  }

  /// The user of the key, or one by e-mail or name; nil for the ordinary paths.
  private func user(_ path: ArraySlice<String>) -> Answer? {
    guard let resource = Resource.byPath["users"], let kind = path.first else { return nil }
    let rows = account.withState { $0.tables["users"]?.rows ?? [] }
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
    return Answer(200, body: page.body(account.renderer))
  }

  // MARK: single rows

  private func single(_ resource: Resource, _ id: String) -> Answer {
    let found = account.withState { state in
      Int(id).flatMap { state.tables[resource.path]?.row($0) }
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

  /// The rows below one row, all of them and without `meta`.
  private func children(of resource: Resource, _ id: String, _ name: String) -> Answer {
    let found = account.withState { state -> (isThere: Bool, children: Sideload?) in
      guard let row = Int(id).flatMap({ state.tables[resource.path]?.row($0) }) else {
        return (false, nil)
      }
      return (true, Sideload.below(row, resource, name, in: state.tables))
    }
    guard found.isThere else { return .missing(resource, id) }
    guard let children = found.children else { return .unknownPath }
    var writer = JSONWriter(reserving: 8192)
    writer.raw("{")
    children.write(to: &writer, account.renderer)
    writer.raw("}")
    return Answer(200, body: writer.bytes)
  }
}
