public import Catalog

/// How one stream shall be read, as the configuration says it.
public struct StreamSelection: Sendable {
  /// The stream.
  public var stream: StreamDefinition
  /// Everything, or what changed.
  public var mode: Mode
  /// A first incremental run reads nothing that last changed before this; nil reads everything.
  public var anchor: Instant?
  /// How far before the last walk's start the next one begins.
  public var lookback: Duration
  /// What happens to rows that are gone from the account.
  public var deletions: DeletionRule

  /// Selects a stream; the defaults read all of it, and later what changed.
  public init(
    _ stream: StreamDefinition, mode: Mode = .incremental, anchor: Instant? = nil,
    lookback: Duration = .seconds(600), deletions: DeletionRule = DeletionRule()
  ) {
    self.stream = stream
    self.mode = mode
    self.anchor = anchor
    self.lookback = lookback
    self.deletions = deletions
  }
}

/// What will be asked of one stream in this run, and why.
public struct StreamPlan: Sendable {
  /// The stream.
  public let stream: StreamDefinition
  /// Incremental only if the API can narrow the stream.
  public let mode: Mode
  /// Changes before this have been read; nil reads everything.
  public let floor: Instant?
  /// The day sent to the API's filter; nil sends none.
  public let changedSince: CalendarDay?
  /// How far before this walk's start the next one will begin.
  public let lookback: Duration
  /// What happens to rows that are gone from the account.
  public let deletions: DeletionRule
  /// Whether rows older than the first run's anchor were left out for ever.
  public let isAnchored: Bool
  /// By how many rows the service's total is known to exceed what it lists.
  public let knownShortage: Int64
  /// When the last walk came to its end, by the service's clock; nil if none did.
  public let lastSuccess: Instant?
  /// Rows asked for in one request.
  public let pageSize: Int
  /// The walk to go on with; nil begins a new one.
  public let resuming: WalkProgress?
  /// Why it is read although nobody selected it; nil if it was selected.
  public let neededBy: StreamDefinition.ID?
  /// The walk and its reason, for people.
  public let reason: String

  /// Whether the whole list is read, so that rows that are not seen may be gone.
  public var isWhole: Bool { changedSince == nil }

  /// What makes two walks the same: what is asked for, and in which order.
  public var signature: String {
    let filter = changedSince.map { " since \($0)" } ?? ""
    return "\(stream.id) by \(stream.paging.word)\(filter)"
  }
}

extension StreamPlan {
  /// Plans one stream from what is selected and what is known.
  public init(
    _ selection: StreamSelection, state: StreamState, pageSize: Int,
    neededBy: StreamDefinition.ID? = nil
  ) {
    let wanted = selection.mode == .incremental && selection.stream.isIncremental
    let narrowed = wanted && state.filter != .useless
    let floor = narrowed ? state.floor ?? selection.anchor : nil
    let fresh = StreamPlan(
      stream: selection.stream, mode: narrowed ? .incremental : .fullRefresh, floor: floor,
      changedSince: floor.map(Self.filterDay), lookback: selection.lookback,
      deletions: selection.deletions, isAnchored: selection.anchor != nil,
      knownShortage: state.knownShortage, lastSuccess: state.lastSuccess, pageSize: pageSize,
      resuming: nil, neededBy: neededBy,
      reason: "")
    // An incremental walk that was cut off keeps its own day, so that it goes on as it began.
    let resuming = state.unfinished.flatMap { fresh.accepts($0) ? $0 : nil }
    self.init(
      stream: fresh.stream, mode: fresh.mode, floor: floor, changedSince: fresh.changedSince,
      lookback: fresh.lookback, deletions: fresh.deletions, isAnchored: fresh.isAnchored,
      knownShortage: fresh.knownShortage, lastSuccess: state.lastSuccess, pageSize: pageSize,
      resuming: resuming,
      neededBy: neededBy,
      reason: wanted && !narrowed && resuming == nil
        ? Self.uselessFilter : fresh.words(resuming: resuming))
  }

  /// Why a stream is read whole though its definition has a filter.
  static let uselessFilter = "everything: the account's filter on changes does not work"

  /// The same plan without a walk to go on with.
  var startingAnew: StreamPlan { beginning(since: changedSince, because: reason) }

  /// The plan of reading the whole list instead.
  func readingWhole(because reason: String) -> StreamPlan { beginning(since: nil, because: reason) }

  /// The same plan, going on with another walk.
  func resuming(_ walk: WalkProgress) -> StreamPlan {
    StreamPlan(
      stream: stream, mode: mode, floor: floor, changedSince: changedSince, lookback: lookback,
      deletions: deletions, isAnchored: isAnchored, knownShortage: knownShortage,
      lastSuccess: lastSuccess, pageSize: pageSize, resuming: walk, neededBy: neededBy,
      reason: reason)
  }

  private func beginning(since day: CalendarDay?, because reason: String) -> StreamPlan {
    StreamPlan(
      stream: stream, mode: day == nil ? .fullRefresh : mode, floor: floor, changedSince: day,
      lookback: lookback, deletions: deletions, isAnchored: isAnchored,
      knownShortage: knownShortage, lastSuccess: lastSuccess, pageSize: pageSize, resuming: nil,
      neededBy: neededBy,
      reason: reason)
  }

  /// The day to send for a floor, such that no zone, truncation or exclusive bound hides a row.
  ///
  /// The filter is documented with day precision, in no stated zone, with no stated bound: so the
  /// day of the floor where the day is youngest (UTC−12), and one day more.
  static func filterDay(of floor: Instant) -> CalendarDay {
    let youngest = CalendarDay(of: floor, offset: .seconds(-12 * 3600))
    return CalendarDay(daysSinceEpoch: youngest.daysSinceEpoch - 1)
  }

  /// Whether a walk that was cut off asked for the same, and has something left to read; one that
  /// came to its end without proving itself whole begins anew.
  private func accepts(_ walk: WalkProgress) -> Bool {
    walk.signature == signature && !walk.segments.allSatisfy(\.isDone)
  }

  private func words(resuming walk: WalkProgress?) -> String {
    if let walk { return "goes on with the walk of \(walk.startedAt)" }
    if let changedSince { return "what changed since \(changedSince)" }
    if stream.parent != nil { return "one list per parent" }
    if mode == .incremental { return "everything, the first time" }
    return stream.isIncremental ? "everything, as asked" : "everything: no filter on time is known"
  }
}

extension Paging {
  /// How a list is walked, in a word.
  var word: String {
    switch self {
    case .ids: "id"
    case .offset(let order?): "offset in order of \(order)"
    case .offset(nil): "offset"
    }
  }
}

/// Puts what is selected in an order in which it can be read: parents before their children, and
/// with them the parents that nobody selected.
public enum Plan {
  /// The selection in reading order, each with the stream it was added for, if it was.
  ///
  /// - Parameter catalogue: where a parent that was not selected is looked up, and how it is read.
  public static func ordered(
    _ selected: [StreamSelection], catalogue: [StreamSelection]
  ) -> [(selection: StreamSelection, neededBy: StreamDefinition.ID?)] {
    var ordered: [(selection: StreamSelection, neededBy: StreamDefinition.ID?)] = []
    var seen: Set<StreamDefinition.ID> = []
    func add(_ selection: StreamSelection, neededBy: StreamDefinition.ID?) {
      guard seen.insert(selection.stream.id).inserted else { return }
      if let parent = selection.stream.parent?.stream {
        if let chosen = selected.first(where: { $0.stream.id == parent }) {
          add(chosen, neededBy: nil)
        } else if let known = catalogue.first(where: { $0.stream.id == parent }) {
          add(known, neededBy: selection.stream.id)
        }
      }
      ordered.append((selection, neededBy))
    }
    for selection in selected { add(selection, neededBy: nil) }
    return ordered
  }
}
