import Catalog

/// One stream's table being held against the account.
struct Inspection {
  /// So many rows that the account does not list are asked for one by one; others are only told.
  private static let mostAsked = 200
  /// Live keys fetched from the table at once.
  private static let keysAtOnce = 10_000

  private let reader: Reader
  private let tables: any Verifiable
  private let options: Verifier.Options
  private let judgement: Judgement
  private let stream: StreamDefinition
  /// Keys that the account listed.
  private var listed: [Int64] = []
  /// Rows that the configuration leaves out.
  private var leftOut: Set<Int64> = []
  /// By how many rows the rows looked at make the account's count exceed the table's.
  private var explained: Int64 = 0
  /// Rows that were asked for one by one.
  private var asked = 0
  var found: StreamVerification

  init(
    _ reader: Reader, _ tables: any Verifiable, options: Verifier.Options,
    selection: StreamSelection, state: StreamState, survey: Verifier.Survey
  ) {
    self.reader = reader
    self.tables = tables
    self.options = options
    stream = selection.stream
    judgement = Judgement(selection, state)
    let isShort = survey.total.map { total in
      options.samplePages.map { total <= Int64($0 * options.pageSize) } ?? true
    }
    found = StreamVerification(
      stream: stream.id, isFull: isShort ?? (options.samplePages == nil), total: survey.total,
      liveRows: survey.liveRows)
    found.completeAsOf = state.completeAsOf
    if state.completeAsOf == nil { found.add(note: "never proven complete") }
  }

  mutating func run() async throws {
    guard stream.listedBelow == nil else {
      return found.add(note: "read below each row of another stream: only counted")
    }
    if found.isFull {
      let position = try await readAll()
      // Where the list ends is not known: what is not listed may stand behind.
      guard found.problem == nil else { return }
      try await findSurplus(after: position, upTo: .max)
    } else {
      try await readSample()
    }
    try await count()
    if !leftOut.isEmpty {
      found.add(
        note: "\(leftOut.count) rows left out by \(stream.isSelective ? "where" : "anchor_date")")
    }
  }

  // MARK: Reading

  /// - Returns: the key behind which the table is still to be held against what was listed.
  private mutating func readAll() async throws -> Int64 {
    var position: Int64 = stream.paging == .ids ? .min : 0
    let most = (found.total ?? found.liveRows) * 2 / Int64(options.pageSize) + 1000
    for _ in 0..<most {
      let page = try await look(at: slice(from: position))
      guard stream.paging == .ids else {
        position += Int64(page.received)
        if page.received == 0 || page.total.map({ position >= $0 }) == true { return .min }
        continue
      }
      guard let last = page.rows.map(\.key).max(), last > position else { return position }
      // Page by page, so that memory does not grow with the table.
      try await findSurplus(after: position, upTo: last)
      listed = []
      position = last
      // Behind an id the service counts what is left.
      if let left = page.total, left <= page.received { return position }
    }
    found.problem = .cut(stream.id, "the list has no end: it was given up")
    return position
  }

  private func slice(from position: Int64) -> PageQuery.Slice {
    stream.paging == .ids
      ? .ids(after: max(0, position), below: nil) : .offset(position)
  }

  /// Pages spread over the list by the seed, and its last one.
  private mutating func readSample() async throws {
    var random = Dice(seed: options.seed, stream.id)
    let pages = Int64(options.samplePages ?? 1)
    let size = Int64(options.pageSize)
    let length = stream.paging == .ids ? found.liveRows : found.total ?? found.liveRows
    let last = max(0, length - size / 2)
    var places = [last]
    for number in 0..<max(0, pages - 1) {
      let (low, high) = (last * number / (pages - 1), last * (number + 1) / (pages - 1))
      places.append(low < high ? Int64.random(in: low..<high, using: &random) : low)
    }
    for place in Set(places).sorted() {
      guard stream.paging == .ids else {
        _ = try await look(at: .offset(place))
        continue
      }
      let keys = try await tables.liveKeys(
        of: stream, after: .min, below: nil, skipping: place, limit: 1)
      let after = (keys.first ?? 1) - 1
      let page = try await look(at: .ids(after: max(0, after), below: nil))
      let isEnd = page.received < options.pageSize
      let upTo = isEnd ? .max : page.rows.map(\.key).max() ?? after
      try await findSurplus(after: after, upTo: upTo)
    }
  }

  /// Reads a page and holds it against the table, twice where something differs.
  private mutating func look(at slice: PageQuery.Slice) async throws -> Page {
    let query = PageQuery(stream, slice, limit: options.pageSize)
    let page = try await reader.page(query, since: nil).page
    listed += page.rows.map(\.key)
    found.rowsCompared += page.rows.count
    let first = try await differences(from: page)
    guard !first.isEmpty else { return page }
    // Both sides may have moved since: only what a second look finds as well is told.
    let again = try await reader.page(query, since: nil).page
    let second = try await differences(from: again)
    let stays = second.filter { one in first.contains { $0.isSame(as: one) } }
    let rows = Dictionary(again.rows.map { ($0.key, $0) }) { first, _ in first }
    let judged = stays.map { difference -> Difference in
      var judged = difference
      judged.verdict = judgement.verdict(
        on: difference, row: difference.key.flatMap { rows[$0] })
      return judged
    }
    explained += Int64(judged.count { [.missing, .deleted].contains($0.kind) })
    found.add(judged)
    return page
  }

  private mutating func differences(from page: Page) async throws -> [Difference] {
    let leftOut = Set(page.rows.filter { judgement.isLeftOut($0) }.map(\.key))
    self.leftOut.formUnion(leftOut)
    return try await tables.differences(from: page, in: stream).filter { difference in
      guard leftOut.contains(difference.key ?? .min) else { return true }
      // A row that an anchor leaves out may be there all the same, but need not; what does not match
      // where is marked as gone, with the values it had.
      return difference.kind != .missing && !stream.isSelective
    }
  }

  // MARK: Rows that the account does not list

  /// Looks for living rows of the table, with keys in a range that was read, that were not listed.
  private mutating func findSurplus(after: Int64, upTo: Int64) async throws {
    guard judgement.selection.deletions.manner != .ignore else { return }
    let known = Set(listed)
    var position = after
    while true {
      let keys = try await tables.liveKeys(
        of: stream, after: position, below: upTo == .max ? nil : upTo + 1, skipping: 0,
        limit: Self.keysAtOnce)
      guard let last = keys.last else { return }
      for key in keys where !known.contains(key) {
        // A row may have come to stand elsewhere while the list was read.
        asked += 1
        let isThere = asked <= Self.mostAsked ? try await reader.exists(key, of: stream) : false
        if isThere { continue }
        explained -= 1
        found.add([Difference(key: key, kind: .surplus)])
      }
      position = last
    }
  }

  // MARK: Counting

  /// Holds the account's count against the table's, less what the rows looked at explain.
  private mutating func count() async throws {
    guard var total = found.total, judgement.selection.anchor == nil, !stream.isSelective,
      judgement.selection.deletions.manner != .ignore
    else { return }
    let shortage = judgement.state.knownShortage
    if total - shortage == found.liveRows + explained { return }
    total = try await reader.total(of: stream) ?? total
    let live = try await tables.countLiveRows(of: stream) ?? 0
    (found.total, found.liveRows) = (total, live)
    if total - shortage == live + explained { return }
    found.add([Difference(key: nil, kind: .count)])
  }
}

/// Numbers by a seed, the same on every machine (SplitMix64).
private struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64, _ stream: StreamDefinition.ID) {
    state = stream.name.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
