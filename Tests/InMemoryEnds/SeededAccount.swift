public import Catalog
public import Replication

/// An account that is edited while it is read, and whose API has moods, all by seed; it keeps its
/// whole history.
public actor SeededAccount: Source {
  public static let contacts = StreamDefinition(
    "contacts", "rows by id, with tags beside them", path: "contacts", rows: "contacts",
    cursor: .changedSince(filter: "filters[updated_after]", column: "udate"), paging: .ids,
    sideLoads: ["tags"],
    columns: [.key("id", .bigint), .column("note", .text), .column("udate", .timestamptz)])
  public static let deals = StreamDefinition(
    "deals", "rows in order of a time", path: "deals", rows: "deals",
    cursor: .changedSince(filter: "filters[updated_after]", column: "udate"),
    paging: .offset(order: "cdate"),
    columns: [
      .key("id", .bigint), .column("note", .text), .column("udate", .timestamptz),
      .column("cdate", .timestamptz),
    ])
  public static let tags = StreamDefinition.example("tags")
  public static let notes = StreamDefinition.example("notes")
  public static let pipelines = StreamDefinition.example("pipelines")
  public static let stages = StreamDefinition.example("stages", parent: "pipelines")
  public static let streams = [contacts, deals, tags, notes, pipelines, stages]
  /// The list that comes in no order.
  static let unordered: StreamDefinition.ID = "notes"

  public private(set) var histories: [StreamDefinition.ID: History] = [:]
  public private(set) var requests = 0
  public private(set) var mostInFlight = 0
  public private(set) var faults = 0
  private var traits: Traits
  private var inFlight = 0
  private var lastKeys: [StreamDefinition.ID: Int64] = [:]
  /// The last answer of each list, under the words that ask for it.
  private var lastPages: [PageQuery: Page] = [:]
  /// Lists whose last answer lacked a row.
  private var shortened: Set<PageQuery> = []
  private var dice: Dice
  private let time: VirtualTime
  /// The account's time when the virtual clock began.
  private let start: Instant

  /// Fills an account with up to `most` rows a stream.
  public init(_ traits: Traits, most: Int64, on time: VirtualTime, seed: UInt64) {
    self.traits = traits
    self.time = time
    var dice = Dice(seed: seed)
    start = Instant(seconds: 1_700_000_000 + dice.number(0...86_400 * 3))
    self.dice = dice
    for stream in Self.streams { histories[stream.id] = History() }
    for stream in Self.streams {
      // Each parent's list costs a request.
      let rows = self.dice.number(0...(stream == Self.pipelines ? min(most, 6) : most))
      for _ in 0..<rows {
        Self.insert(into: stream.id, aged: true, &histories, &lastKeys, &self.dice, traits, start)
      }
    }
  }

  /// The account's own time.
  public var now: Instant { start + time.now }

  /// How it behaves from now on.
  public func behave(_ traits: Traits) { self.traits = traits }

  public func history(of stream: StreamDefinition.ID) -> History { histories[stream] ?? History() }

  // MARK: Editing

  /// Edits it a number of times at random.
  public func edit(times: Int64) {
    for _ in 0..<times { edit() }
  }

  private func edit() {
    let stream = dice.one(of: Self.streams).id
    guard var history = histories[stream] else { return }
    switch dice.number(0...9) {
    case 0...2:
      Self.insert(into: stream, aged: false, &histories, &lastKeys, &dice, traits, now)
    case 3...6:
      guard let (key, entry) = anyEntry(of: history) else { return }
      let isTold = !(traits.editsSilently && dice.happens(0.5))
      history.note(key, changed(entry, of: stream, isTold: isTold), at: now, isTold: isTold)
      histories[stream] = history
    case 7...8:
      guard let (key, _) = anyEntry(of: history) else { return }
      history.note(key, nil, at: now)
      histories[stream] = history
      if stream == "pipelines" { removeStages(of: key) }
    default:
      // A row comes back, in a new version; a tag that is given again is another row.
      guard stream != "tags" else { return }
      let gone = history.changes.keys.filter { history.entries[$0] == nil }.sorted()
      guard !gone.isEmpty else { return }
      let key = dice.one(of: gone)
      guard let entry = history.changes[key]?.last(where: { $0.entry != nil })?.entry,
        entry.parent.map({ histories["pipelines"]?.entries[$0] != nil }) ?? true
      else { return }
      history.note(key, changed(entry, of: stream, isTold: true), at: now)
      histories[stream] = history
    }
  }

  /// A parent takes its children with it.
  private func removeStages(of pipeline: Int64) {
    for (key, entry) in histories["stages"]?.entries ?? [:] where entry.parent == pipeline {
      histories["stages"]?.note(key, nil, at: now)
    }
  }

  private func anyEntry(of history: History) -> (Int64, Entry)? {
    let keys = history.entries.keys.sorted()
    guard !keys.isEmpty else { return nil }
    let key = dice.one(of: keys)
    return history.entries[key].map { (key, $0) }
  }

  private func changed(_ entry: Entry, of stream: StreamDefinition.ID, isTold: Bool) -> Entry {
    var entry = entry
    entry.version += 1
    if isTold { entry.update = max(entry.update ?? now.inSeconds, now.inSeconds) }
    if stream == "stages", dice.happens(0.3) {
      // Moved to another parent's list.
      entry.parent = histories["pipelines"]?.entries.keys.sorted().randomElement(using: &dice)
    }
    return entry
  }

  private static func insert(
    into stream: StreamDefinition.ID, aged: Bool,
    _ histories: inout [StreamDefinition.ID: History],
    _ lastKeys: inout [StreamDefinition.ID: Int64],
    _ dice: inout Dice, _ traits: Traits, _ now: Instant
  ) {
    let parents = histories["pipelines"]?.entries.keys.sorted() ?? []
    let parent = stream == "stages" ? parents.randomElement(using: &dice) : nil
    if stream == "stages", parent == nil { return }
    let key = lastKeys[stream, default: 0] + dice.number(1...3)
    lastKeys[stream] = key
    // Old rows lie close together, so that several share a second.
    let created = aged ? now - .seconds(900_000 - key / 3) : now
    var update: Instant? = created.inSeconds
    if traits.hasOddTimes, dice.happens(0.2) {
      // Without one, in the future, or visible only some minutes after it.
      update = dice.one(of: [
        nil, created.inSeconds + .seconds(86_400 * 400),
        created.inSeconds - .seconds(dice.number(0...500)),
      ])
    }
    let entry = Entry(
      update: update, created: created.inSeconds, parent: parent, place: dice.next())
    histories[stream]?.note(key, entry, at: aged ? created : now)
  }

  // MARK: Answering

  public func confirmKey() async throws -> KeyAnswer {
    let time = Instant(seconds: now.microseconds / 1_000_000)
    try await self.time.sleep(.milliseconds(dice.number(1...100)))
    return KeyAnswer(user: 1, serverTime: time)
  }

  public func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool {
    try await travelling {
      try fail(stream, limit: 1)
      return histories[stream.id]?.entries[key] != nil
    }
  }

  public func page(_ query: PageQuery) async throws -> Page {
    try await travelling {
      try fail(query.stream, limit: query.limit)
      return answer(query)
    }
  }

  /// Takes a request there and its answer back, each in its time.
  private func travelling<Answer>(_ answer: () throws -> Answer) async throws -> Answer {
    requests += 1
    inFlight += 1
    mostInFlight = max(mostInFlight, inFlight)
    defer { inFlight -= 1 }
    try await time.sleep(way())
    if dice.happens(traits.editShare) { edit(times: dice.number(1...traits.mostEdits)) }
    let answer = try answer()
    try await time.sleep(way())
    return answer
  }

  private func way() -> Duration { .microseconds(dice.number(1...traits.latency.microseconds)) }

  private func fail(_ stream: StreamDefinition, limit: Int) throws {
    if traits.refused == stream.id {
      throw MemoryWarehouse.Refusal(.lasting(.skipStream), fault: .partial, what: "403 for good")
    }
    if let most = traits.largestAnswer, limit > most {
      throw MemoryWarehouse.Refusal(
        .retryWithFewerRows(otherwise: .failStream), fault: .partial, what: "too large")
    }
    if dice.happens(traits.errorShare) {
      faults += 1
      let wait: Duration? = dice.happens(0.3) ? .seconds(dice.number(0...90)) : nil
      let otherwise: LastingConsequence = dice.happens(0.3) ? .skipStream : .stopRun
      throw MemoryWarehouse.Refusal(
        .retry(after: wait, otherwise: otherwise), fault: .sourceOutOfReach, what: "busy")
    }
  }

  private func answer(_ query: PageQuery) -> Page {
    if dice.happens(traits.duplicateShare), let last = lastPages[query.list],
      last.rows.count <= query.limit, query.follows(last)
    {
      faults += 1
      return last
    }
    var time = now
    if dice.happens(traits.staleShare) {
      faults += 1
      time = time - .seconds(dice.one(of: [2, 60, 3_600, 86_400 * 2]))
    }
    var page = page(query, at: time)
    // The same page comes whole when it is asked for again.
    let wasShort = shortened.remove(query.list) != nil
    if !page.rows.isEmpty, !wasShort, dice.happens(traits.shortShare) {
      shortened.insert(query.list)
      faults += 1
      page.rows.remove(at: Int(dice.number(0...Int64(page.rows.count - 1))))
      page.received -= 1
    }
    lastPages[query.list] = page
    return page
  }

  private func page(_ query: PageQuery, at time: Instant) -> Page {
    let history = history(of: query.stream.id)
    let entries = time == now ? history.entries : history.entries(at: time)
    let filtered = entries.filter { _, entry in
      (query.parent == nil || query.parent == entry.parent) && passes(entry, query.changedSince)
    }
    var bounded = filtered
    var offset = 0
    switch query.slice {
    case .ids(let after, let below):
      if !traits.ignoresIDBounds {
        bounded = filtered.filter { $0.key > after && $0.key < below ?? .max }
      }
    case .offset(let position): offset = Int(position)
    case .newest: break
    }
    var keys = inOrder(bounded, of: query)
    let length = traits.totals == .unbounded ? filtered.count : keys.count
    if let cap = traits.deepestOffset, offset >= cap { keys = [] }
    let rows = keys.dropFirst(offset).prefix(query.limit).compactMap { key in
      bounded[key].map { row(key, $0, of: query.stream) }
    }
    var page = Page(
      rows: rows, received: rows.count, total: told(Int64(length)), serverTime: time.inSeconds)
    for stream in query.beside { page.beside[stream.id] = besides(rows, of: stream, at: time) }
    return page
  }

  /// The rows of another stream that belong to some; those that belong to none stand only in their
  /// own list.
  private func besides(_ rows: [Row], of stream: StreamDefinition, at time: Instant) -> Page? {
    guard traits.besides != .none else { return nil }
    let history = history(of: stream.id)
    let entries = time == now ? history.entries : history.entries(at: time)
    let owners = Set(rows.map(\.key))
    let all = entries.keys.sorted().filter { owners.contains(1 + $0 / 2) }
    let sent = traits.besides == .short ? Array(all.dropLast(all.count / 3)) : all
    let beside = sent.compactMap { key in entries[key].map { row(key, $0, of: stream) } }
    return Page(rows: beside, received: beside.count, total: nil, serverTime: time.inSeconds)
  }

  private func passes(_ entry: Entry, _ bound: ChangeBound?) -> Bool {
    guard let bound else { return true }
    let update = entry.update ?? entry.created
    // One that counts days takes the date of an instant as it is written.
    let day =
      switch bound {
      case .day(let day): day
      case .instant(let instant): CalendarDay(of: instant)
      }
    switch traits.filter {
    case .exact:
      if case .instant(let instant) = bound { return update >= instant }
      return update >= day.start
    case .ignored: return true
    case .days(let zone, let exclusive):
      let its = CalendarDay(of: update, offset: .seconds(zone * 3600))
      return exclusive ? its > day : its >= day
    }
  }

  private func inOrder(_ entries: [Int64: Entry], of query: PageQuery) -> [Int64] {
    if query.slice == .newest, !traits.ignoresOrder { return entries.keys.sorted(by: >) }
    let isAsked = query.stream.paging != .offset(order: nil)
    if query.stream.id == Self.unordered || (isAsked && traits.ignoresOrder) {
      return entries.sorted { $0.value.place < $1.value.place }.map(\.key)
    }
    guard query.stream.id == "deals" else { return entries.keys.sorted() }
    // Which of those of one second comes first is told differently each time.
    let salt = dice.next()
    return entries.map { ($0.value.created, $0.value.place &* (salt | 1), $0.key) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  private func told(_ length: Int64) -> Int64? {
    switch traits.totals {
    case .exact, .unbounded: length
    case .absent: nil
    case .zero: 0
    case .oneMore: length + 1
    case .oneLess: max(0, length - 1)
    case .wavering: length + (dice.happens(0.3) ? 1 : 0)
    }
  }

  private func row(_ key: Int64, _ entry: Entry, of stream: StreamDefinition) -> Row {
    var values: [Value] = [
      .integer(key), .text(String(entry.version)), entry.update.map { .instant($0) } ?? .null,
    ]
    if stream.id == "deals" { values.append(.instant(entry.created)) }
    return Row(key: key, values: values)
  }
}

extension PageQuery {
  /// Whether a page could be the one before this; nothing is before the first.
  fileprivate func follows(_ page: Page) -> Bool {
    switch slice {
    case .ids(let after, _): page.rows.last.map { $0.key <= after } ?? false
    case .offset(let offset): offset > 0
    case .newest: false
    }
  }

  /// The list that it asks for a page of, whichever page.
  fileprivate var list: PageQuery {
    PageQuery(
      stream, slice == .newest ? .newest : .offset(0), limit: 1, changedSince: changedSince,
      parent: parent)
  }
}

extension Instant {
  /// Cut to whole seconds, as the service tells times.
  fileprivate var inSeconds: Instant { Instant(seconds: microseconds / 1_000_000) }
}
