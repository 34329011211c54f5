public import Catalog

/// One row of a seeded account, as it is at some time.
public struct Entry: Sendable, Hashable {
  /// How often it has changed; in its note too, so that a copy tells its version.
  public var version: Int64 = 1
  public var update: Instant?
  public var created: Instant
  public var parent: Int64?
  /// Where it stands in a list that has no order.
  public var place: UInt64
}

/// All that has ever happened to a list: what a copy of it is held against.
public struct History: Sendable {
  /// A row from one change to the next; without entry while it is gone.
  public struct Change: Sendable {
    public let at: Instant
    public let entry: Entry?
    /// Whether its update time, where it has one, tells of the change.
    public let isTold: Bool
  }

  /// By key, oldest first.
  public private(set) var changes: [Int64: [Change]] = [:]
  /// The rows there are.
  public private(set) var entries: [Int64: Entry] = [:]
  /// How often it has changed.
  public private(set) var edits = 0

  public init() {}

  public mutating func note(_ key: Int64, _ entry: Entry?, at time: Instant, isTold: Bool = true) {
    changes[key, default: []].append(Change(at: time, entry: entry, isTold: isTold))
    entries[key] = entry
    edits += 1
  }

  /// The rows there were at a time.
  public func entries(at time: Instant) -> [Int64: Entry] {
    changes.compactMapValues { all in all.last { $0.at <= time }?.entry }
  }

  /// Whether a row was there all the time from `start` on.
  public func lived(_ key: Int64, since start: Instant) -> Bool {
    guard let all = changes[key], entries[key] != nil else { return false }
    return all.last { $0.at <= start }?.entry != nil
      && all.allSatisfy { $0.at <= start || $0.entry != nil }
  }

  /// Whether a row went from one parent to another since `start`.
  public func hasMoved(_ key: Int64, since start: Instant) -> Bool {
    let all = changes[key] ?? []
    return zip(all, all.dropFirst()).contains {
      $1.at >= start && $0.entry?.parent != $1.entry?.parent
    }
  }

  /// The last change of a row that its copy must have seen.
  ///
  /// - Parameter silently: whether changes that no update time tells of count too.
  public func lastChange(of key: Int64, silently: Bool) -> Change? {
    changes[key]?.last { $0.isTold || silently }
  }
}
