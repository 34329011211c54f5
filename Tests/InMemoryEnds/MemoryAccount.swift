public import Catalog
public import Replication

/// An account in memory that answers as the API is documented to, for tests of the engine.
public actor MemoryAccount: Source {
  /// One row: its values by field; `update` and `parent` are what the filters compare.
  public struct Entry: Sendable, Hashable {
    public var note: String
    public var update: Instant
    public var parent: Int64?
    public var created: Instant

    /// A row that was created when it last changed, unless told otherwise.
    public init(
      _ note: String, update: Instant, parent: Int64? = nil, created: Instant? = nil
    ) {
      self.note = note
      self.update = update
      self.parent = parent
      self.created = created ?? update
    }
  }

  /// What a test may do to one request; nil answers it as usual.
  public typealias Interference = @Sendable (_ call: Int, _ query: PageQuery) throws -> Void

  public private(set) var lists: [StreamDefinition.ID: [Int64: Entry]] = [:]
  public private(set) var now = Instant(seconds: 1_700_000_000)
  /// Every request, in the order it arrived.
  public private(set) var queries: [PageQuery] = []
  public private(set) var mostInFlight = 0
  public private(set) var keyChecks = 0
  private var keyUser: Int64 = 1
  /// Keys that were asked for alone.
  public private(set) var confirmations: [Int64] = []
  private var inFlight = 0
  private var awaited = 0
  private var gathered: [CheckedContinuation<Void, Never>] = []
  private var sorted: [StreamDefinition.ID: [(key: Int64, value: Entry)]] = [:]
  private var interference: Interference = { _, _ in }
  private var filter = Filter.changes
  private var creationFilter = CreationFilter.days(zone: -6, exclusive: true)
  private var tellsTotals = true
  private var lacking: ClosedRange<Int>?
  private var hidden: (id: Int64, call: Int)?
  private var removals: [Int: [(StreamDefinition.ID, Int64)]] = [:]
  private var keyProblem: (error: any Error, times: Int)?

  public init() {}

  public func remove(_ stream: StreamDefinition.ID, _ id: Int64) {
    lists[stream]?[id] = nil
    sorted[stream] = nil
  }

  public func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool {
    confirmations.append(key)
    return lists[stream.id]?[key] != nil
  }

  public func put(_ stream: StreamDefinition.ID, _ id: Int64, _ entry: Entry) {
    lists[stream, default: [:]][id] = entry
    sorted[stream] = nil
  }

  /// Fills a stream with rows whose ids begin at `from` and lie `gap` apart.
  public func fill(
    _ stream: StreamDefinition.ID, count: Int, from: Int64 = 1, gap: Int64 = 1,
    parent: Int64? = nil
  ) {
    for number in 0..<count {
      let id = from + Int64(number) * gap
      put(stream, id, Entry("row \(id)", update: now - .seconds(86_400), parent: parent))
    }
  }

  public func interfere(_ interference: @escaping Interference) {
    self.interference = interference
  }

  /// Holds the first requests back until so many are in flight at once.
  public func gather(_ count: Int) { awaited = count }

  /// Refuses the key so many times.
  public func refuseKey(_ error: any Error, times: Int = .max) { keyProblem = (error, times) }

  /// From now on the key is that of another user.
  public func giveKey(to user: Int64) { keyUser = user }

  /// What the filter on changes lets through.
  public enum Filter: Sendable { case changes, seconds, everything, nothing }

  public func filter(by filter: Filter) { self.filter = filter }

  /// What the filters on creation let through.
  public enum CreationFilter: Sendable, Hashable {
    /// Days of a zone so many hours east of UTC; `exclusive` leaves out the day that is asked for.
    case days(zone: Int, exclusive: Bool)
    /// As days of UTC, with the upper bound ignored.
    case lowerOnly
    case everything, nothing
    /// The days of the last change.
    case updated
    /// As days of UTC, and every fifth row hidden.
    case leaky
  }

  public func filterCreation(by filter: CreationFilter) { creationFilter = filter }

  /// Tells the length of no list.
  public func keepTotals() { tellsTotals = false }

  public func advance(by duration: Duration) { now = now + duration }

  public func confirmKey() async throws -> KeyAnswer {
    keyChecks += 1
    if let keyProblem, keyChecks <= keyProblem.times { throw keyProblem.error }
    return KeyAnswer(user: keyUser, serverTime: now)
  }

  public func page(_ query: PageQuery) async throws -> Page {
    queries.append(query)
    let call = queries.count
    inFlight += 1
    mostInFlight = max(mostInFlight, inFlight)
    defer { inFlight -= 1 }
    await gathering()
    await Task.yield()
    try Task.checkCancellation()
    try interference(call, query)
    for (stream, id) in removals[call] ?? [] { remove(stream, id) }
    if let parent = query.parent, let above = query.stream.parent, above.listing == .path,
      lists[above.stream]?[parent] == nil
    {
      throw Missing()
    }
    return answer(query, call)
  }

  private func answer(_ query: PageQuery, _ call: Int) -> Page {
    var all = inOrder(query.stream.id)
    if let hidden, hidden.call == call { all.removeAll { $0.key == hidden.id } }
    if let parent = query.parent { all = all.filter { $0.value.parent == parent } }
    if let day = query.changedSince {
      switch filter {
      case .changes: all = all.filter { $0.value.update.isSince(day, asDays: true) }
      case .seconds: all = all.filter { $0.value.update.isSince(day, asDays: false) }
      case .everything: break
      case .nothing: all = []
      }
    }
    if let bounds = query.created { all = all.filter { passes($0.key, $0.value, bounds) } }
    if query.stream.paging == .offset(order: "cdate") {
      all.sort { ($0.value.created, $0.key) < ($1.value.created, $1.key) }
    }
    let part: ArraySlice<(key: Int64, value: Entry)>
    switch query.slice {
    case .ids(let after, let below):
      let first = all.firstIndex { $0.key > after } ?? all.endIndex
      let end = below.flatMap { bound in all.firstIndex { $0.key >= bound } } ?? all.endIndex
      part = all[first..<max(first, end)]
    case .offset(let offset): part = all.dropFirst(Int(offset))
    case .newest: part = all.reversed()[...]
    }
    let total = if case .ids = query.slice { part.count } else { all.count }
    let rows = part.prefix(min(query.limit, 100)).map { id, entry in
      let values: [Value] = [.integer(id), .text(entry.note), .instant(entry.update)]
      let isDated = query.stream.creationIndex != nil
      return Row(key: id, values: values + (isDated ? [.instant(entry.created)] : []))
    }
    // Lists below a parent tell no length.
    let isTold = tellsTotals && query.stream.parent?.listing != .path
    var page = Page(
      rows: rows, received: rows.count, total: isTold ? Int64(total) : nil, serverTime: now,
      rejected: [])
    for guest in query.beside
    where guest.carrier == query.stream.id && lacking?.contains(call) != true {
      let parents = Set(rows.map(\.key))
      let carried = inOrder(guest.id).filter { $0.value.parent.map(parents.contains) ?? false }
      page.beside[guest.id] = Page(
        rows: carried.map {
          Row(
            key: $0.key,
            values: [.integer($0.key), .text($0.value.note), .instant($0.value.update)])
        }, received: carried.count, total: nil, serverTime: now)
    }
    return page
  }

  /// What the service says of a list below a row that it has no more.
  public struct Missing: Explained {
    public var explanation: Explanation {
      Explanation(
        "the account does not offer this", at: "a list", remedy: "none", .lasting(.skipStream),
        fault: .partial)
    }
  }

  /// Removes a row when that request comes, before it is answered.
  public func remove(_ stream: StreamDefinition.ID, _ id: Int64, at call: Int) {
    removals[call, default: []].append((stream, id))
  }

  /// Leaves a row out of one answer, as a service does whose copies lag.
  public func hide(_ id: Int64, at call: Int) { hidden = (id, call) }

  /// Leaves out what its pages should carry of other streams.
  public func stopCarrying(during calls: ClosedRange<Int> = 0...(.max)) { lacking = calls }

  private func passes(_ key: Int64, _ entry: Entry, _ bounds: CreationBounds) -> Bool {
    func lies(_ instant: Instant, zone: Int = 0, exclusive: Bool = false) -> Bool {
      let day = CalendarDay(of: instant, offset: .seconds(zone * 3600))
      let isSince = bounds.after.map { exclusive ? day > $0 : day >= $0 } ?? true
      return isSince && bounds.before.map { day < $0 } ?? true
    }
    return switch creationFilter {
    case .days(let zone, let exclusive): lies(entry.created, zone: zone, exclusive: exclusive)
    case .lowerOnly: bounds.after.map { CalendarDay(of: entry.created) >= $0 } ?? true
    case .everything: true
    case .nothing: false
    case .updated: lies(entry.update)
    case .leaky: lies(entry.created) && key % 5 != 0
    }
  }
}

extension MemoryAccount {
  private func gathering() async {
    guard awaited > 0 else { return }
    if inFlight < awaited { return await withCheckedContinuation { gathered.append($0) } }
    awaited = 0
    for request in gathered { request.resume() }
    gathered = []
  }

  private func inOrder(_ stream: StreamDefinition.ID) -> [(key: Int64, value: Entry)] {
    if let known = sorted[stream] { return known }
    let all = (lists[stream] ?? [:]).sorted { $0.key < $1.key }
    sorted[stream] = all
    return all
  }
}

extension Instant {
  /// Whether a change at this time is shown for a bound, by a service that counts days of UTC or
  /// seconds.
  func isSince(_ bound: ChangeBound, asDays: Bool) -> Bool {
    switch bound {
    case .day(let day): CalendarDay(of: self) >= day
    case .instant(let instant) where asDays: CalendarDay(of: self) >= CalendarDay(of: instant)
    case .instant(let instant): self >= instant
    }
  }
}

extension StreamDefinition {
  /// A stream for tests whose rows tell when they were created, and can be asked for by it.
  public static func windowed(_ id: ID, paging: Paging) -> StreamDefinition {
    StreamDefinition(
      id, "a stream for tests", path: id.name, rows: id.name,
      cursor: .changedSince(filter: "filters[updated_after]", column: "udate"),
      windows: .created(after: "after", before: "before", column: "cdate"), paging: paging,
      columns: [
        .key("id", .bigint), .column("note", .text), .column("udate", .timestamptz),
        .column("cdate", .timestamptz),
      ])
  }

  /// A stream for tests: an id, a note, and when it changed.
  public static func example(
    _ id: ID, paging: Paging = .offset(order: nil), changes: Bool = false, parent: ID? = nil,
    inPath: Bool = false, carrier: ID? = nil, lookup: Lookup = .byID, cost: String? = nil,
    rest: Duration = .zero
  ) -> StreamDefinition {
    StreamDefinition(
      id, "a stream for tests", path: id.name, rows: id.name,
      cursor: changes
        ? .changedSince(filter: "filters[updated_after]", column: "udate") : .wholeStream,
      paging: paging,
      parent: parent.map { inPath ? Parent($0) : Parent($0, filter: "filters[parent]") },
      carrier: carrier, lookup: lookup, cost: cost, rest: rest,
      columns: [.key("id", .bigint), .column("note", .text), .column("udate", .timestamptz)])
  }
}
