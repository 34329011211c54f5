import Catalog

/// What holding a table against its list brought to light.
enum Reconciled: Sendable, Equatable {
  /// Both have as many rows; so many were found gone, and marked.
  case agreed(deleted: Int)
  /// The account has more rows than the table: the list must be read whole.
  case short(Int64)
  /// The account does not tell how many rows it has: the list must be read whole.
  case untold
  /// Positions say nothing, for a reason: the list must be read whole.
  case unaligned(String)
  /// The account has more rows than the table because an anchor left them out.
  case excluded(Int64)
  /// Not all of the account's rows are stored, so that counts say nothing.
  case selective
  /// They differ by so many rows, and the account did not stand still for long enough to tell why.
  case pending(Int64)
  /// More rows are gone than the rule allows; none was marked.
  case refused(missing: Int64, live: Int64)
}

extension Reconciled {
  /// Whether the table is proven complete up to the walk's start.
  ///
  /// A difference that moved at every look is the account's, not the table's: its changes came
  /// after the walk.
  var isProof: Bool {
    switch self {
    case .agreed, .excluded, .selective, .pending: true
    case .short, .untold, .unaligned, .refused: false
    }
  }
}

/// Holds a table that was read in part against the account's list, and finds the rows that are gone
/// by halving: O(d·log n) requests for d deletions.
///
/// A filter on changes shows no deletions. The total does: a surplus of live rows is located by
/// comparing counts where ids can be named, else positions, and every row found is confirmed to be
/// gone by asking for it alone.
struct Reconciliation: Sendable {
  /// An account that changes while it is held against the table is looked at this often.
  static let rounds = 3

  let plan: StreamPlan
  /// When the reading began: an answer from before that proves nothing.
  let since: Instant
  let reader: Reader
  let destination: any Destination
  private var stream: StreamDefinition { plan.stream }
  /// How far the list went before rows of it came beside another's.
  private let mark: ListEnd?
  private let addendum: Addendum

  init(
    _ plan: StreamPlan, since: Instant, mark: ListEnd? = nil, reader: Reader,
    destination: any Destination, tally: Tally
  ) {
    self.plan = plan
    self.since = since
    self.mark = mark
    self.reader = reader
    self.destination = destination
    addendum = Addendum(plan: plan, start: since, destination: destination, tally: tally)
  }

  /// Compares, locates, confirms and marks.
  func run() async throws -> Reconciled {
    let outcome = try await compared()
    guard case .agreed = outcome, plan.isAligned else {
      try await addendum.close(evenIfEmpty: false)
      return outcome
    }
    // A list read only here has no walk whose end would be noted.
    guard case .beside = plan.reading else {
      try await addendum.close(evenIfEmpty: true)
      return outcome
    }
    let length = try await destination.rank(of: .last, in: stream)
    guard outcome == .agreed(deleted: 0), let mark, try await mark.stands(in: stream, by: reader)
    else {
      return .unaligned("rows of it were removed while it was read")
    }
    let isAll = try await addendum.close(evenIfEmpty: true, length: length)
    return isAll ? outcome : .unaligned("not all of its rows came beside the others'")
  }

  private func compared() async throws -> Reconciled {
    if plan.stream.isSelective { return .selective }
    if plan.stream.paging == .ids { return try await byID() }
    if let told = try await lookPastAnchor() { return told }
    return try await Alignment(
      plan: plan, reader: reader, destination: destination, addendum: addendum
    ).run()
  }

  /// Deletes those of the suspects that the service has no more; returns how many.
  func deleteConfirmed(_ suspects: [Int64]) async throws -> Int {
    guard !suspects.isEmpty else { return 0 }
    // Lists in paths cannot be asked for without a parent.
    let isInPath = stream.parent?.listing == .path || stream.carrier != nil
    let time = isInPath ? since : try await page(.offset(0)).serverTime
    return try await destination.delete(
      try await reader.gone(of: suspects, stream), of: stream, by: plan.deletions, at: time)
  }

  /// What counts alone tell of a table whose rows positions say nothing of: some were left out, or
  /// kept although they are gone; nil where positions are to be looked at.
  private func lookPastAnchor() async throws -> Reconciled? {
    guard plan.isAnchored || plan.deletions.manner == .ignore else { return nil }
    guard let told = try await page(.offset(0)).total else { return .untold }
    let live = try await destination.rank(of: .last, in: stream)
    let difference = live + plan.knownShortage - told
    if difference < 0 { return plan.isAnchored ? .excluded(-difference) : .short(-difference) }
    if difference == 0 || plan.deletions.manner == .ignore { return .agreed(deleted: 0) }
    return nil
  }

  private func page(_ slice: PageQuery.Slice, limit: Int = 1) async throws -> Page {
    try await reader.page(PageQuery(stream, slice, limit: limit), since: since).page
  }

  // MARK: By id

  private func byID() async throws -> Reconciled {
    var deleted = 0
    var totals: Set<Int64> = []
    var round = 0
    while true {
      let newest = try await page(.newest)
      guard let told = newest.total else { return .untold }
      if try await readAbove(newest) {
        round += 1
        if round < Self.rounds { continue }
        // Rows come faster than they are looked for.
        return .pending(try await destination.rank(of: .last, in: stream) - told)
      }
      let live = try await destination.rank(of: .last, in: stream)
      let difference = live + plan.knownShortage - told
      totals.insert(told)
      if difference == 0 { return .agreed(deleted: deleted) }
      if difference < 0 {
        return plan.isAnchored ? .excluded(-difference) : .short(-difference)
      }
      guard plan.deletions.manner != .ignore else { return .agreed(deleted: deleted) }
      guard plan.deletions.allows(difference, of: live) else {
        return .refused(missing: difference, live: live)
      }
      if round >= Self.rounds {
        // An account that stands still and still differs is not explained by its changes.
        return totals.count == 1 ? .short(difference) : .pending(difference)
      }
      guard let suspects = try await suspects(after: 0, below: nil, told: told, live: live) else {
        return .short(difference)
      }
      deleted += try await destination.delete(
        try await reader.gone(of: suspects, stream), of: stream, by: plan.deletions,
        at: newest.serverTime)
      round += 1
    }
  }

  /// Reads the rows above the highest one held: those that were added since the walk, and those that
  /// the filter did not show; false if there are none.
  private func readAbove(_ newest: Page) async throws -> Bool {
    var highest = try await destination.highestLiveKey(of: stream) ?? 0
    guard let top = newest.rows.first?.key, top > highest else { return false }
    for _ in 0..<Cadence.fewPages {
      let page = try await page(.ids(after: highest, below: nil), limit: plan.pageSize)
      let keys = page.rows.map(\.key)
      guard let last = keys.last, keys.allSatisfy({ $0 > highest }) else { break }
      try await addendum.write(page)
      highest = max(highest, last)
      if highest >= top { break }
    }
    return true
  }

  private func suspects(
    after: Int64, below: Int64?, told: Int64, live: Int64
  ) async throws -> [Int64]? {
    guard live > told else { return live == told ? [] : nil }
    if live <= Int64(plan.pageSize) {
      let page = try await page(.ids(after: after, below: below), limit: plan.pageSize)
      let held = try await destination.liveKeys(
        of: stream, after: after, below: below, skipping: 0, limit: plan.pageSize)
      return Set(held).subtracting(page.rows.map(\.key)).sorted()
    }
    let middle = try await destination.liveKeys(
      of: stream, after: after, below: below, skipping: live / 2, limit: 1)
    guard let middle = middle.first else { return nil }
    guard let left = try await page(.ids(after: after, below: middle)).total, left <= told else {
      return nil
    }
    guard
      let lower = try await suspects(after: after, below: middle, told: left, live: live / 2),
      let upper = try await suspects(
        after: middle - 1, below: below, told: told - left, live: live - live / 2)
    else { return nil }
    return lower + upper
  }
}
