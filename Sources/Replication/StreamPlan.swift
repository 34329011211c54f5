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
  /// Why it is read although nobody selected it; nil if it was selected.
  public let neededBy: StreamDefinition.ID?
  /// The reading and its reason, for people.
  public internal(set) var reason: String

  /// Incremental where less than the whole list is read.
  public var mode: Mode {
    switch reading {
    case .whole, .beside: .fullRefresh
    case .changes, .tail, .window: .incremental
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
    case .whole, .changes, .window: false
    case .tail, .beside: true
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
    return "\(stream.id) by \(stream.paging.word)\(filter)\(window)"
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
    /// Streams below whose rows others are listed: their rows must all be read.
    public var parents: Set<StreamDefinition.ID>

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
    let (reading, reason) = Choice(selection, state, run, floor: floor).made
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
    self.reason = "goes on with the walk of \(walk.startedAt)"
  }

  /// Plans one stream, for a run of which nothing else is known.
  public init(_ selection: StreamSelection, state: StreamState, pageSize: Int) {
    self.init(selection, state: state, in: Circumstances(pageSize: pageSize))
  }

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
    walk.signature == signature && !walk.segments.allSatisfy(\.isDone)
  }
}

/// Chooses how much of a stream is read, and says why.
private struct Choice {
  let selection: StreamSelection
  let state: StreamState
  let run: StreamPlan.Circumstances
  let floor: Instant?
  private var stream: StreamDefinition { selection.stream }

  init(
    _ selection: StreamSelection, _ state: StreamState, _ run: StreamPlan.Circumstances,
    floor: Instant?
  ) {
    self.selection = selection
    self.state = state
    self.run = run
    self.floor = floor
  }

  var made: (StreamPlan.Reading, String) {
    if stream.isIncremental { return ofChanges }
    if let parent = stream.listedBelow { return (.whole, "one list per row of \(parent)") }
    return ofTail
  }

  /// Where the account can tell what changed.
  private var ofChanges: (StreamPlan.Reading, String) {
    guard selection.mode == .incremental else { return (.whole, "everything, as asked") }
    guard state.filter != .useless else { return (.whole, StreamPlan.uselessFilter) }
    guard let floor else {
      let isFirst = state.floor == nil
      return (.whole, isFirst ? "everything, the first time" : StreamPlan.futureFloor)
    }
    // What an anchor left out stays out.
    if selection.anchor == nil, let due { return (.whole, due) }
    let bound = StreamPlan.filterBound(of: floor, filter: state.filter)
    return (.changes(since: bound), "what changed since \(bound)")
  }

  /// Where it cannot.
  private var ofTail: (StreamPlan.Reading, String) {
    guard selection.mode == .incremental else { return (.whole, "everything, as asked") }
    guard state.lastSuccess != nil else { return (.whole, "everything, the first time") }
    guard state.liveRows > Cadence.fewPages * Int64(run.pageSize) else {
      return (.whole, "everything: it is short, and no filter on time is known")
    }
    if run.parents.contains(stream.id) {
      return (.whole, "everything: other lists hang on its rows")
    }
    guard state.isOrdered else { return (.whole, "everything: its list was not in order of id") }
    guard state.knownShortage == 0 else {
      return (.whole, "everything: the service counts more rows than it lists")
    }
    guard selection.deletions.manner != .ignore else {
      return (.whole, "everything: rows that are gone are kept, so positions prove nothing")
    }
    if let due { return (.whole, due) }
    return (.tail, "its end, and where it differs from the table")
  }

  /// Why all of it is due; nil if it is not.
  private var due: String? {
    guard let now = run.now, Cadence.isDue(selection, lastWhole: state.wholeAsOf, now: now) else {
      return nil
    }
    let last = state.wholeAsOf.map { "last read whole on \(CalendarDay(of: $0))" }
    return "everything: \(last ?? "never read whole")"
  }
}

extension StreamState {
  /// The floor; nil where the account has not reached it yet: no walk of it can have left that behind,
  /// and all that changed since the last one would be hidden.
  fileprivate func floor(at now: Instant?) -> Instant? {
    floor.flatMap { floor in now.map { floor > $0 } == true ? nil : floor }
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
