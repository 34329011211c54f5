public import Catalog

/// What will be asked of one stream in this run, and why.
public struct StreamPlan: Sendable {
  /// How much of its list is read.
  public enum Reading: Sendable, Hashable {
    /// All of it.
    case whole
    /// What the API's filter lets through.
    case changes(since: ChangeBound)
    /// What the list's last positions show, and where they differ from the table.
    case tail
    /// What comes beside the rows of another stream, held against the list in the end.
    case beside(StreamDefinition.ID)
    /// What another stream's pages carry unasked for; it has no list of its own.
    case carried(by: StreamDefinition.ID)
    /// The lists of those parents alone whose rows came in a new version since.
    case ofChanged(since: Instant)
    /// Nothing: what an earlier run proved is still young enough.
    case nothing
    /// What was created within a window.
    case window(CreationWindow)
  }

  /// The stream.
  public let stream: StreamDefinition
  /// How much of its list is read.
  public internal(set) var reading: Reading
  /// Changes before this have been read; nil without a cursor, or before anything was.
  public let floor: Instant?
  /// How far before this walk's start the next one will begin.
  public let lookback: Duration
  /// What happens to rows that are gone from the account.
  public let deletions: DeletionRule
  /// Whether rows older than the first run's anchor were left out for ever.
  public let isAnchored: Bool
  /// What was known before this run.
  public let state: StreamState
  /// Rows asked for in one request.
  public let pageSize: Int
  /// How old the table's proof may become.
  public let refresh: Duration
  /// The walk to go on with; nil begins a new one.
  public internal(set) var resuming: WalkProgress?
  /// Streams whose rows come beside this one's.
  public internal(set) var including: [StreamDefinition] = []
  /// The stream whose changed rows bring some of its own, and how far those may go; nil where none
  /// does.
  public internal(set) var freshening: Freshening?
  /// Why it is read although nobody selected it; nil if it was selected.
  public let neededBy: StreamDefinition.ID?
  /// The reading and its reason, for people.
  public internal(set) var reason: String

  /// How rows of a list that is read from its end come beside what changed in another stream.
  public struct Freshening: Sendable, Hashable {
    /// The stream whose changed rows bring them.
    public let host: StreamDefinition.ID
    /// Rows with higher keys are left to the list's end, which proves that none is missing.
    public internal(set) var highest: Int64 = .min
  }

  /// Incremental where less than the whole list is read.
  public var mode: Mode {
    switch reading {
    case .whole, .beside, .carried: .fullRefresh
    case .changes, .tail, .window, .ofChanged, .nothing: .incremental
    }
  }

  /// What is sent to the API's filter; nil sends nothing.
  public var changedSince: ChangeBound? {
    if case .changes(let bound) = reading { bound } else { nil }
  }

  /// The days of creation that are asked for; nil asks for all.
  public var created: CreationBounds? {
    if case .window(let window) = reading { window.bounds } else { nil }
  }

  /// Whether the list that is read is one whose length proves it whole.
  var isCounted: Bool { isWhole || created != nil }

  /// Whether the whole list is read, so that rows that are not seen may be gone.
  public var isWhole: Bool { reading == .whole }

  /// Whether no walk reads it: it is held against its list by positions alone.
  public var isAligned: Bool {
    switch reading {
    case .whole, .changes, .window, .ofChanged: false
    case .tail, .beside, .carried, .nothing: true
    }
  }

  /// By how many rows the service's total is known to exceed what it lists.
  public var knownShortage: Int64 { state.knownShortage }

  /// When the last walk came to its end, by the service's clock; nil if none did.
  public var lastSuccess: Instant? { state.lastSuccess }

  /// What makes two walks the same: what is asked for, and in which order.
  public var signature: String {
    let filter = changedSince.map { " since \($0)" } ?? ""
    let window = created.map { " created \($0)" } ?? ""
    let parents =
      if case .ofChanged(let since) = reading { " of parents since \(since)" } else { "" }
    return "\(stream.id) by \(stream.paging.word)\(filter)\(window)\(parents)"
  }
}

extension StreamPlan {
  /// What holds for all streams of a run.
  public struct Circumstances: Sendable {
    /// Rows asked for in one request.
    public var pageSize: Int
    /// The account's time; nil: unknown, and nothing falls due.
    public var now: Instant?
    /// The user whose key it is; nil: unknown.
    public var keyUser: Int64?
    /// Streams whose whole list others need.
    public var parents: Set<StreamDefinition.ID>
    /// Streams that are read by what changed, where nothing needs more.
    public var incremental: Set<StreamDefinition.ID> = []

    /// Describes a run.
    public init(
      pageSize: Int, now: Instant? = nil, keyUser: Int64? = nil,
      parents: Set<StreamDefinition.ID> = []
    ) {
      self.pageSize = pageSize
      self.now = now
      self.keyUser = keyUser
      self.parents = parents
    }
  }

  /// Plans one stream from what is selected and what is known.
  public init(
    _ selection: StreamSelection, state: StreamState, in run: Circumstances,
    neededBy: StreamDefinition.ID? = nil
  ) {
    let floor = selection.stream.isIncremental ? state.floor(at: run.now) ?? selection.anchor : nil
    var deletions = selection.deletions
    if let known = state.keyUser, let user = run.keyUser, known != user {
      deletions.isSuspended = true
    }
    let (reading, choice) = Choice(selection, state, run, floor: floor).made
    let rest = selection.stream.isSelective ? Self.selective : ""
    let reason = choice + rest
    self.init(
      stream: selection.stream, reading: reading, floor: reading.isChanges ? floor : nil,
      lookback: selection.lookback, deletions: deletions,
      isAnchored: selection.stream.isIncremental && selection.anchor != nil,
      state: state, pageSize: run.pageSize, refresh: Cadence.refresh(of: selection),
      resuming: nil, neededBy: neededBy, reason: reason)
    guard let walk = state.unfinished else { return }
    // A whole reading that was cut off is the better proof, and part of it is paid for.
    let whole = readingWhole(because: reason)
    if !isAnchored, whole.accepts(walk) { self.reading = .whole }
    guard accepts(walk) else { return }
    resuming = walk
    self.reason = "goes on with the walk of \(walk.startedAt)" + rest
  }

  /// Plans one stream, for a run of which nothing else is known.
  public init(_ selection: StreamSelection, state: StreamState, pageSize: Int) {
    self.init(selection, state: state, in: Circumstances(pageSize: pageSize))
  }

  /// What is said of a stream of which not all rows are stored.
  static let selective = "; of it only rows that match where, which is looked at here"

  /// Why a stream is read whole though its definition has a filter.
  static let uselessFilter = "everything: the account's filter on changes does not work"

  /// Why a stream is read whole though its floor is known.
  static let futureFloor = "everything: the floor of its changes lies in the account's future"

  /// The same plan without a walk to go on with.
  var startingAnew: StreamPlan {
    var plan = self
    plan.resuming = nil
    return plan
  }

  /// The plan of reading the whole list instead.
  func readingWhole(because reason: String) -> StreamPlan {
    var plan = startingAnew
    plan.reading = .whole
    plan.reason = reason
    return plan
  }

  /// The same plan, going on with another walk.
  func resuming(_ walk: WalkProgress) -> StreamPlan {
    var plan = self
    plan.resuming = walk
    return plan
  }

  /// What to send for a floor: itself only where the filter was seen to take it to the second.
  static func filterBound(of floor: Instant, filter: FilterFinding?) -> ChangeBound {
    filter == .exact ? .instant(floor.wholeSecond) : .day(filterDay(of: floor))
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
    // Of lists in paths only those are written down that were begun.
    let isOpen = stream.parent?.listing == .path || !walk.segments.allSatisfy(\.isDone)
    return walk.signature == signature && isOpen
  }
}

extension StreamPlan.Reading {
  /// Whether the API's filter is asked.
  fileprivate var isChanges: Bool {
    if case .changes = self { true } else { false }
  }
}

extension Paging {
  /// How a list is walked, in a word.
  var word: String {
    switch self {
    case .ids: "id"
    case .offset(let order?): "offset in order of \(order)"
    case .offset(nil): "offset"
    case .atOnce: "nothing: all at once"
    }
  }
}
