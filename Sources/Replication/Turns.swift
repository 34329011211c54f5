import Catalog

/// In which order a run reads whose limit will not suffice for everything.
///
/// What earlier runs left open goes first, so that slices of one reading cost about as much as the
/// whole; what they brought to its end waits, unless that is longer ago than `patience`. Half of the
/// limit is always left to what is open, and half to what waits too long, so that neither starves.
struct Turns: Sendable {
  /// What was brought to its end longer ago waits no more for what is open.
  static let patience = Duration.seconds(3_600)

  /// Streams that must be read together: parents and the lists below them.
  typealias Family = [StreamPlan]

  /// Read to their end too long ago, the oldest first.
  let overdue: [Family]
  /// Never read to their end, or being read whole in slices.
  let open: [StreamPlan]
  /// Read to their end a little while ago, the oldest first.
  let fresh: [Family]

  /// - Parameter now: the account's time.
  init(_ plans: [StreamPlan], now: Instant) {
    let families = Self.families(of: plans)
    open = families.filter { $0.contains(where: \.isOpen) }.flatMap(\.self)
    let ended = families.filter { !$0.contains(where: \.isOpen) }
      .sorted { Self.end(of: $0) < Self.end(of: $1) }
    overdue = ended.filter { now - Self.end(of: $0) > Self.patience }
    fresh = ended.filter { now - Self.end(of: $0) <= Self.patience }
  }

  private static func families(of plans: [StreamPlan]) -> [Family] {
    var roots: [StreamDefinition.ID] = []
    var families: [StreamDefinition.ID: Family] = [:]
    for plan in plans {
      let root = root(of: plan, among: plans)
      if families[root] == nil { roots.append(root) }
      families[root, default: []].append(plan)
    }
    return roots.compactMap { families[$0] }
  }

  /// The stream that all others of a family are read below or beside.
  private static func root(of plan: StreamPlan, among plans: [StreamPlan]) -> StreamDefinition.ID {
    var root = plan
    while let next = plans.first(where: { $0.stream.id == root.leader }) { root = next }
    return root.stream.id
  }

  private static func end(of family: Family) -> Instant {
    family.compactMap(\.lastEnd).min() ?? Instant(seconds: 0)
  }
}

extension StreamPlan {
  /// Whether no earlier run came to the end of what this one goes on with.
  fileprivate var isOpen: Bool { resuming != nil || state.lastSuccess == nil }

  /// The stream that it cannot be read without; nil for none.
  fileprivate var leader: StreamDefinition.ID? {
    if case .beside(let host) = reading { host } else { freshening?.host ?? stream.leader }
  }

  /// When the stream was last brought to its end, the proof included; nil: never.
  fileprivate var lastEnd: Instant? { stream.isIncremental ? state.completeAsOf : lastSuccess }
}

extension Engine {
  /// Reads all at once if the run's limits will probably suffice, else by turns.
  func replicate(_ plans: [StreamPlan], at now: Instant) async {
    reader.early.close()
    if let capacity = options.limits.capacity, !willSuffice(capacity, for: plans) {
      await replicate(Turns(plans, now: now))
    } else {
      await replicate(plans)
    }
  }

  private func replicate(_ turns: Turns) async {
    var overdue = turns.overdue[...]
    while allowance.isHalfLeft, !isHalted, let family = overdue.popFirst() {
      await replicate(family)
    }
    if !turns.open.isEmpty { await replicate(turns.open) }
    for family in overdue + turns.fresh where !isHalted { await replicate(family) }
  }
}
