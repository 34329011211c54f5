import Catalog

/// What holding a table against its list brought to light.
enum Reconciled: Sendable, Equatable {
  /// Both have as many rows; so many were found gone, and marked.
  case agreed(deleted: Int)
  /// The account has more rows than the table: the list must be read whole.
  case short(Int64)
  /// The account has more rows than the table because an anchor left them out.
  case excluded(Int64)
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
    case .agreed, .excluded, .pending: true
    case .short, .refused: false
    }
  }
}

/// Holds a table that was read in part against the account's total, and finds the rows that are
/// gone by halving: O(d·log n) requests for d deletions.
///
/// A filter on changes shows no deletions. The total does: a surplus of live rows is located by
/// comparing counts (where ids can be named) or positions, and every row found is confirmed to be
/// gone by asking for it alone.
struct Reconciliation: Sendable {
  /// An account that changes while it is held against the table is looked at this often.
  static let rounds = 3

  let plan: StreamPlan
  let reader: Reader
  let destination: any Destination
  var stream: StreamDefinition { plan.stream }

  /// Compares, locates, confirms and marks.
  func run() async throws -> Reconciled {
    var deleted = 0
    var totals: Set<Int64> = []
    var round = 0
    while true {
      let (told, live, time) = try await counts()
      guard let told else { return .agreed(deleted: deleted) }
      let difference = live + plan.knownShortage - told
      totals.insert(told)
      if difference == 0 { return .agreed(deleted: deleted) }
      if difference < 0 { return plan.isAnchored ? .excluded(-difference) : .short(-difference) }
      guard plan.deletions.manner != .ignore else { return .agreed(deleted: deleted) }
      guard plan.deletions.allows(difference, of: live) else {
        return .refused(missing: difference, live: live)
      }
      if round == Self.rounds {
        // An account that stands still and still differs is not explained by its changes.
        return totals.count == 1 ? .short(difference) : .pending(difference)
      }
      guard let suspects = try await suspects(told: told, live: live) else {
        return .short(difference)
      }
      let gone = try await confirmed(suspects)
      deleted += try await destination.delete(gone, of: stream, by: plan.deletions, at: time)
      round += 1
    }
  }

  /// Deletes those of the suspects that the service has no more; returns how many.
  func deleteConfirmed(_ suspects: [Int64]) async throws -> Int {
    guard !suspects.isEmpty else { return 0 }
    let time = try await page(.offset(0)).serverTime
    return try await destination.delete(
      try await confirmed(suspects), of: stream, by: plan.deletions, at: time)
  }

  /// Those of the suspects that the service has no more.
  func confirmed(_ suspects: [Int64]) async throws -> [Int64] {
    var gone: [Int64] = []
    for key in suspects where try await !reader.exists(key, of: stream) { gone.append(key) }
    return gone
  }

  private func counts() async throws -> (told: Int64?, live: Int64, time: Instant) {
    if plan.stream.paging == .ids {
      // Rows added since the walk are none of its business.
      let below = (try await destination.highestLiveKey(of: stream) ?? 0) + 1
      let page = try await page(.ids(after: 0, below: below))
      return (
        page.total, try await destination.liveCount(of: stream, after: 0, below: below),
        page.serverTime
      )
    }
    let page = try await page(.offset(0))
    return (
      page.total, try await destination.liveCount(of: stream, after: .min, below: nil),
      page.serverTime
    )
  }

  /// Live rows that the list does not seem to have; nil if halving leads nowhere.
  private func suspects(told: Int64, live: Int64) async throws -> [Int64]? {
    if stream.paging == .ids {
      return try await suspectsByID(after: 0, below: nil, told: told, live: live)
    }
    return try await suspectsByPosition(told: told, live: live)
  }

  private func page(_ slice: PageQuery.Slice, limit: Int = 1) async throws -> Page {
    try await reader.page(PageQuery(stream, slice, limit: limit)).page
  }

  // MARK: By id

  private func suspectsByID(
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
      let lower = try await suspectsByID(
        after: after, below: middle, told: left, live: live / 2),
      let upper = try await suspectsByID(
        after: middle - 1, below: below, told: told - left, live: live - live / 2)
    else { return nil }
    return lower + upper
  }

  // MARK: By position

  /// Each row that is gone shifts all behind it: the first position at which list and table differ
  /// is where one is gone.
  private func suspectsByPosition(told: Int64, live: Int64) async throws -> [Int64]? {
    var suspects: [Int64] = []
    while Int64(suspects.count) < live - told {
      var (low, high) = (Int64(0), told)
      while low < high {
        let middle = (low + high) / 2
        if try await agree(at: middle, without: suspects) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      let found = try await missing(around: low, without: suspects)
      guard !found.isEmpty else { return nil }
      suspects += found
    }
    return suspects
  }

  private func agree(at position: Int64, without suspects: [Int64]) async throws -> Bool {
    let held = try await destination.liveRows(
      of: stream, without: suspects, skipping: position, limit: 1)
    let page = try await page(.offset(position))
    let listed = Outline(page, of: stream, limit: 1)
    return held.first.map { $0.place } == listed.places.first
  }

  /// Rows held around a position that the list does not have between the same neighbours.
  private func missing(
    around position: Int64, without suspects: [Int64]
  ) async throws -> [Int64] {
    let start = max(0, position - Int64(plan.pageSize / 2))
    let page = try await page(.offset(start), limit: plan.pageSize)
    let listed = Outline(page, of: stream, limit: plan.pageSize)
    let isEnd = listed.isShort
    let held = try await destination.liveRows(
      of: stream, without: suspects, skipping: start, limit: plan.pageSize)
    let first = start == 0 ? Int64.min : listed.places.first ?? .min
    let last = isEnd ? Int64.max : listed.places.last ?? .min
    let keys = Set(listed.keys)
    // Rows that tie with the window's edges may stand just outside of it.
    return held.filter {
      !keys.contains($0.key) && (start == 0 || $0.place > first) && (isEnd || $0.place < last)
    }.map(\.key)
  }
}
