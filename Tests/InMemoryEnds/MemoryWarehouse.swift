public import Catalog
public import Replication

/// A warehouse in memory that keeps the same promises as the real one, for tests of the engine.
public actor MemoryWarehouse: Destination {
  /// An error for tests that does what its consequence says.
  public struct Refusal: Explained {
    public let explanation: Explanation

    public init(
      _ consequence: Consequence = .lasting(.stopRun), fault: Fault = .targetOutOfReach,
      what: String = "refused for a test"
    ) {
      explanation = Explanation(what, at: "a test", remedy: "", consequence, fault: fault)
    }
  }

  /// Thrown after a commit: nothing of it is kept.
  public struct Rollback: Error {
    public init() {}
  }

  /// When a test breaks a commit: before it does anything, or after all is kept.
  public enum Moment: Sendable { case before, after }

  public private(set) var tables: [StreamDefinition.ID: [Int64: Row]] = [:]
  public private(set) var states: [StreamDefinition.ID: StreamState] = [:]
  public private(set) var reports: [StreamReport] = []
  public private(set) var commits = 0
  /// Up to when each table is proven complete.
  public private(set) var completeSince: [StreamDefinition.ID: Instant] = [:]
  public private(set) var deleted: [StreamDefinition.ID: Set<Int64>] = [:]
  /// When the answer came that brought each row's version, by the service's clock.
  private var syncedAt: [StreamDefinition.ID: [Int64: Instant]] = [:]
  private var seen: [StreamDefinition.ID: Set<Int64>] = [:]
  private var missing: [StreamDefinition.ID: [Int64: Int]] = [:]
  private var held: Set<StreamDefinition.ID> = []
  private var breakage: @Sendable (_ commit: Int, Moment, Batch) throws -> Void = { _, _, _ in }

  /// Backfills, and how often one let a stream go.
  var backfills = MemoryBackfills()
  var releases = 0
  /// What happens when a backfill lets its stream go.
  var between: @Sendable (_ release: Int) async throws -> Void = { _ in }

  public init() {}

  /// Has something happen each time a backfill lets its stream go.
  public func betweenWindows(_ work: @escaping @Sendable (_ release: Int) async throws -> Void) {
    between = work
  }

  /// Counts a commit, which a test may break.
  func countCommit(_ batch: Batch) throws {
    commits += 1
    try breakage(commits, .before, batch)
  }

  /// Writes a batch's rows, and nothing of its progress.
  func writeRows(of batch: Batch) -> CommitCounts {
    var counts = CommitCounts()
    for page in batch.pages {
      for row in page.rows { write(row, at: page.serverTime, of: batch, &counts) }
    }
    let stream = batch.stream.id
    if states[stream]?.unfinished != nil {
      seen[stream, default: []].formUnion(batch.pages.flatMap(\.rows).map(\.key))
    }
    states[stream, default: StreamState()].liveRows = Int64(live(stream).count)
    return counts
  }

  /// Whether another run holds a stream.
  func isHeld(_ stream: StreamDefinition.ID) -> Bool { held.contains(stream) }

  /// Makes a stream look held by another run.
  public func hold(_ stream: StreamDefinition.ID) { held.insert(stream) }

  /// Changes what is written down of a stream, as no run of ours would.
  public func rewrite(
    _ stream: StreamDefinition.ID, _ change: @Sendable (inout StreamState) -> Void
  ) {
    change(&states[stream, default: StreamState()])
  }

  public func breakCommits(
    _ breakage: @escaping @Sendable (_ commit: Int, Moment, Batch) throws -> Void
  ) {
    self.breakage = breakage
  }

  public func claim(_ stream: StreamDefinition) async throws -> StreamState {
    guard !held.contains(stream.id) else {
      throw Refusal(.lasting(.failStream), fault: .streamHeld)
    }
    return states[stream.id] ?? StreamState()
  }

  public func commit(_ batch: Batch) async throws -> Receipt {
    commits += 1
    try breakage(commits, .before, batch)
    var counts = CommitCounts()
    let (tables, states, seen, missing) = (tables, states, seen, missing)
    let (deleted, syncedAt, completeSince) = (deleted, syncedAt, completeSince)
    for page in batch.pages {
      for row in page.rows { write(row, at: page.serverTime, of: batch, &counts) }
    }
    var receipt = Receipt(counts)
    keepProgress(of: batch)
    if let closing = batch.closing { close(batch, closing, &receipt) }
    do {
      try breakage(commits, .after, batch)
    } catch {
      if error is Rollback {
        (self.tables, self.states, self.seen, self.missing) = (tables, states, seen, missing)
        (self.deleted, self.syncedAt) = (deleted, syncedAt)
        self.completeSince = completeSince
      }
      throw error
    }
    return receipt
  }

  private func write(
    _ row: Row, at time: Instant, of batch: Batch, _ counts: inout CommitCounts
  ) {
    let stream = batch.stream.id
    if batch.isWhole {
      seen[stream, default: []].insert(row.key)
      missing[stream]?[row.key] = nil
    }
    let known = tables[stream]?[row.key]
    let wasDeleted = deleted[stream]?.contains(row.key) == true
    guard isNotOlder(row, at: time, of: batch.stream), known != row || wasDeleted else {
      return counts.unchanged += 1
    }
    deleted[stream]?.remove(row.key)
    tables[stream, default: [:]][row.key] = row
    syncedAt[stream, default: [:]][row.key] = time
    if known == nil || wasDeleted { counts.inserted += 1 } else { counts.updated += 1 }
  }

  /// By update time where both are known and differ, else by the time of the answer: the rule of
  /// the real warehouse's merge.
  private func isNotOlder(_ row: Row, at time: Instant, of stream: StreamDefinition) -> Bool {
    guard let held = tables[stream.id]?[row.key], let stamp = syncedAt[stream.id]?[row.key] else {
      return true
    }
    if let index = stream.versionIndex, case .instant(let mine) = row.values[index],
      case .instant(let its) = held.values[index], mine != its
    {
      return mine > its
    }
    return time >= stamp
  }

  private func keepProgress(of batch: Batch) {
    var state = states[batch.stream.id] ?? StreamState()
    var walk = batch.progress
    if let known = state.unfinished, known.signature == walk.signature,
      known.startedAt == walk.startedAt
    {
      let newer = Set(walk.segments.map(\.id))
      walk.segments += known.segments.filter { !newer.contains($0.id) }
      walk.segments.sort { $0.id < $1.id }
    } else {
      seen[batch.stream.id] = batch.isWhole ? Set(batch.pages.flatMap(\.rows).map(\.key)) : []
    }
    state.unfinished = walk
    state.liveRows = Int64(live(batch.stream.id).count)
    states[batch.stream.id] = state
  }

  private func close(_ batch: Batch, _ closing: Closing, _ receipt: inout Receipt) {
    let stream = batch.stream.id
    guard var state = states[stream] else { return }
    var shortage: Int64 = 0
    let seen = seen[stream] ?? []
    if closing.deletions != nil, let total = closing.total {
      shortage = total - Int64(seen.count)
      guard shortage <= state.knownShortage || shortage == closing.acceptedShortage else {
        receipt.verdict = .short(seen: Int64(seen.count), total: total)
        return
      }
      state.knownShortage = max(0, shortage)
    }
    state.unfinished = nil
    let end = max(
      closing.completeSince, batch.pages.map(\.serverTime).max() ?? closing.completeSince)
    state.lastSuccess = max(end, state.lastSuccess ?? end)
    state.floor = closing.floor.map { max($0, state.floor ?? $0) } ?? state.floor
    receipt.verdict = .closed(shortage: max(0, shortage))
    if batch.isWhole, let rule = closing.deletions, rule.manner != .ignore {
      sweep(batch, unseen: live(stream).subtracting(seen), rule, closing, &receipt)
    }
    let isRefused = if case .refused = receipt.verdict { true } else { false }
    if closing.deletions != nil, !isRefused {
      state.wholeAsOf = max(closing.completeSince, state.wholeAsOf ?? closing.completeSince)
      state.isOrdered = closing.provesAbsence
    }
    state.liveRows = Int64(live(stream).count)
    states[stream] = state
    if closing.deletions != nil, !isRefused { prove(stream, closing.completeSince) }
    self.seen[stream] = nil
  }

  private func sweep(
    _ batch: Batch, unseen: Set<Int64>, _ rule: DeletionRule, _ closing: Closing,
    _ receipt: inout Receipt
  ) {
    let stream = batch.stream.id
    let alive = Int64(live(stream).count)
    guard rule.allows(Int64(unseen.count), of: alive) else {
      receipt.verdict = .refused(missing: Int64(unseen.count), live: alive)
      return
    }
    if closing.provesAbsence {
      receipt.counts.deleted = unseen.count
      deleted[stream, default: []].formUnion(unseen)
    } else {
      for key in unseen { missing[stream, default: [:]][key, default: 0] += 1 }
      let isExact = closing.total == Int64(seen[stream]?.count ?? 0)
      let walks = batch.stream.lookup == .none ? 3 : closing.suspectsAtOnce && isExact ? 1 : 2
      receipt.suspects = unseen.filter { missing[stream]?[$0] ?? 0 >= walks }.sorted()
    }
  }

  /// Keys of the rows that are not deleted.
  public func live(_ stream: StreamDefinition.ID) -> Set<Int64> {
    Set((tables[stream] ?? [:]).keys).subtracting(deleted[stream] ?? [])
  }

  public func liveKeys(
    of stream: StreamDefinition, after: Int64, below: Int64?, skipping: Int64, limit: Int
  ) async throws -> [Int64] {
    let keys = live(stream.id).filter { $0 > after && $0 < below ?? .max }.sorted()
    return Array(keys.dropFirst(Int(skipping)).prefix(limit))
  }

  public func arrived(
    in stream: StreamDefinition, after instant: Instant
  ) async throws -> [PlacedRow] {
    live(stream.id).compactMap { key in
      guard let time = syncedAt[stream.id]?[key], time > instant else { return nil }
      return PlacedRow(key: key, place: time.microseconds)
    }
    .sorted { ($0.place, $0.key) < ($1.place, $1.key) }
  }

  public func highestLiveKey(of stream: StreamDefinition) async throws -> Int64? {
    live(stream.id).max()
  }

  public func rank(of row: PlacedRow, in stream: StreamDefinition) async throws -> Int64 {
    Int64(live(stream.id).count { stands($0, before: row, in: stream) })
  }

  public func liveRows(
    of stream: StreamDefinition, from: PlacedRow, upTo: PlacedRow
  ) async throws -> [PlacedRow] {
    live(stream.id)
      .filter { !stands($0, before: from, in: stream) && stands($0, before: upTo, in: stream) }
      .map { PlacedRow(key: $0, place: place(of: $0, in: stream)) }
      .sorted { ($0.place, $0.key) < ($1.place, $1.key) }
  }

  private func stands(_ key: Int64, before row: PlacedRow, in stream: StreamDefinition) -> Bool {
    let place = place(of: key, in: stream)
    return place == .min ? key < row.key : place < row.place
  }

  public func lastChanged(
    in stream: StreamDefinition, before: Instant
  ) async throws -> PlacedRow? {
    guard let index = stream.versionIndex else { return nil }
    let changes = live(stream.id).compactMap { key -> PlacedRow? in
      guard case .instant(let time) = tables[stream.id]?[key]?.values[index], time < before else {
        return nil
      }
      return PlacedRow(key: key, place: time.microseconds)
    }
    return changes.max { ($0.place, $0.key) < ($1.place, $1.key) }
  }

  private func place(of key: Int64, in stream: StreamDefinition) -> Int64 {
    guard case .offset(let field?) = stream.paging,
      let column = stream.columns.firstIndex(where: { $0.field == field })
    else { return key }
    guard case .instant(let instant) = tables[stream.id]?[key]?.values[column] else { return .min }
    return instant.microseconds
  }

  public func delete(
    _ keys: [Int64], of stream: StreamDefinition, by rule: DeletionRule, at: Instant
  ) async throws -> Int {
    let gone = live(stream.id).intersection(keys)
    deleted[stream.id, default: []].formUnion(gone)
    return gone.count
  }

  public func confirm(_ stream: StreamDefinition, completeSince: Instant) async throws {
    prove(stream.id, completeSince)
  }

  private func prove(_ stream: StreamDefinition.ID, _ since: Instant) {
    completeSince[stream] = max(since, completeSince[stream] ?? since)
    states[stream, default: StreamState()].completeAsOf = completeSince[stream]
  }

  public func remember(_ fact: StreamFact, of stream: StreamDefinition) async throws {
    switch fact {
    case .filter(let finding): states[stream.id, default: StreamState()].filter = finding
    case .keyUser(let user): states[stream.id, default: StreamState()].keyUser = user
    }
  }

  public func finish(_ report: StreamReport) async throws -> Int64 {
    reports.append(report)
    return Int64(live(report.stream).count)
  }

  /// The notes of a table's rows, by id.
  public func notes(of stream: StreamDefinition.ID) -> [Int64: Value] {
    let live = live(stream)
    return (tables[stream] ?? [:]).filter { live.contains($0.key) }.mapValues { $0.values[1] }
  }
}
