import Catalog

/// Chooses how much of a stream is read, and says why.
struct Choice {
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
    if isResting { return (.nothing, "nothing: proven complete \(proof), and rarely changed") }
    if stream.isIncremental { return ofChanges }
    if let carrier = stream.carrier {
      return (.carried(by: carrier), "what pages of \(carrier) carry")
    }
    if let parent = stream.listedBelow { return ofChildren(parent) }
    return ofTail
  }

  /// Where there is one list per row of another stream.
  ///
  /// All of them when that is due, in between those whose parents changed. Nothing says that a parent
  /// changes with its children, so that proves nothing: it keeps the table fresher than its proof.
  private func ofChildren(_ parent: StreamDefinition.ID) -> (StreamPlan.Reading, String) {
    let all = (StreamPlan.Reading.whole, "one list per row of \(parent)")
    guard selection.mode == .incremental, stream.parent?.listing == .path, !isLeader,
      stream.parent?.field == nil, run.incremental.contains(parent), let since = state.floor,
      state.lastSuccess != nil, state.completeAsOf != nil, due == nil
    else { return all }
    return (.ofChanged(since: since), "one list per row of \(parent) that changed since \(since)")
  }

  /// Whether an earlier run's proof is young enough that nothing need be asked.
  private var isResting: Bool {
    let span = rest
    guard span > .zero, selection.mode == .incremental, !isLeader, !selection.deletions.isLifted,
      state.unfinished == nil, state.lastSuccess != nil, state.wholeAsOf != nil,
      let complete = state.completeAsOf, let now = run.now, state.keyUser == run.keyUser
    else { return false }
    return now >= complete && now - complete < min(span, Cadence.refresh(of: selection))
  }

  /// How long a proof is left alone.
  ///
  /// What dear pages carry has to wait until all of these are due.
  private var rest: Duration {
    stream.carrier == nil || stream.isUsual ? stream.rest : Cadence.span(of: selection)
  }

  private var proof: String { state.completeAsOf.map { "as of \($0)" } ?? "" }

  /// Whether other streams need its whole list.
  private var isLeader: Bool { run.parents.contains(stream.id) }

  /// Where the account can tell what changed.
  private var ofChanges: (StreamPlan.Reading, String) {
    guard selection.mode == .incremental else { return (.whole, "everything, as asked") }
    if isLeader { return (.whole, Self.needed) }
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
    if stream.isSelective {
      return (.whole, "everything: positions say nothing of a list that is stored in part")
    }
    guard state.liveRows > Cadence.fewPages * Int64(run.pageSize) else {
      return (.whole, "everything: it is short, and no filter on time is known")
    }
    if isLeader { return (.whole, Self.needed) }
    if stream.paging == .atOnce { return (.whole, "everything: it comes in one answer") }
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

  private static let needed = "everything: other lists hang on its rows"

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
  func floor(at now: Instant?) -> Instant? {
    floor.flatMap { floor in now.map { floor > $0 } == true ? nil : floor }
  }
}
