public import Catalog
public import Replication
import Synchronization

/// A process that dies at a given event: from then on nothing of it reaches either end.
public final class Life: Sendable {
  /// What reaches nobody any more.
  public struct Dead: Error {}

  private struct State {
    var events = 0
    var isOver = false
  }

  private let state = Mutex(State())
  private let last: Int?

  /// Whether it was to go on, and had more events than any run may have.
  public var isTooLong: Bool { state.withLock { $0.events >= Self.mostEvents } }

  /// No run of a small account has more.
  public static let mostEvents = 20_000

  /// Ends at event number `last` (from 1); if nil, only when it takes too long.
  public init(endingAt last: Int?) { self.last = last }

  /// How many events there were: requests, and commits before and after.
  public var events: Int { state.withLock { $0.events } }

  /// Whether the process is dead.
  public var isOver: Bool { state.withLock { $0.isOver } }

  /// Counts an event.
  ///
  /// - Throws: `Dead` if it was the last one, and ever after.
  func pass() throws {
    try state.withLock {
      $0.events += 1
      if $0.events == last || $0.events == Self.mostEvents { $0.isOver = true }
      if $0.isOver { throw Dead() }
    }
  }

  /// Lets only the living go on.
  ///
  /// - Throws: `Dead`.
  func check() throws { if isOver { throw Dead() } }
}

/// A source as a mortal process sees it.
public struct MortalSource: Source {
  let source: any Source
  let life: Life

  public init(_ source: any Source, _ life: Life) {
    self.source = source
    self.life = life
  }

  public func page(_ query: PageQuery) async throws -> Page {
    try life.pass()
    let page = try await source.page(query)
    try life.check()
    return page
  }

  public func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool {
    try life.pass()
    let exists = try await source.exists(key, of: stream)
    try life.check()
    return exists
  }

  public func confirmKey() async throws -> KeyAnswer {
    try life.check()
    return try await source.confirmKey()
  }
}

/// A destination as a mortal process sees it.
public struct MortalDestination: Destination {
  let destination: MemoryWarehouse
  let life: Life

  public init(_ destination: MemoryWarehouse, _ life: Life) {
    self.destination = destination
    self.life = life
  }

  /// Does what changes the warehouse; the process may die before it, or after.
  func change<Value>(_ work: () async throws -> Value) async throws -> Value {
    try life.pass()
    let value = try await work()
    try life.pass()
    return value
  }

  public func claim(_ stream: StreamDefinition) async throws -> StreamState {
    try life.check()
    return try await destination.claim(stream)
  }

  public func commit(_ batch: Batch) async throws -> Receipt {
    try await change { try await destination.commit(batch) }
  }

  public func delete(
    _ keys: [Int64], of stream: StreamDefinition, by rule: DeletionRule, at time: Instant
  ) async throws -> Int {
    try await change { try await destination.delete(keys, of: stream, by: rule, at: time) }
  }

  public func confirm(_ stream: StreamDefinition, completeSince: Instant) async throws {
    try await change { try await destination.confirm(stream, completeSince: completeSince) }
  }

  public func remember(_ fact: StreamFact, of stream: StreamDefinition) async throws {
    try await change { try await destination.remember(fact, of: stream) }
  }

  public func finish(_ report: StreamReport) async throws -> Int64 {
    try life.check()
    return try await destination.finish(report)
  }

  public func liveKeys(
    of stream: StreamDefinition, after: Int64, below: Int64?, skipping: Int64, limit: Int
  ) async throws -> [Int64] {
    try life.check()
    return try await destination.liveKeys(
      of: stream, after: after, below: below, skipping: skipping, limit: limit)
  }

  public func arrived(
    in stream: StreamDefinition, after: Instant
  ) async throws -> [PlacedRow] {
    try life.check()
    return try await destination.arrived(in: stream, after: after)
  }

  public func highestLiveKey(of stream: StreamDefinition) async throws -> Int64? {
    try life.check()
    return try await destination.highestLiveKey(of: stream)
  }

  public func rank(of row: PlacedRow, in stream: StreamDefinition) async throws -> Int64 {
    try life.check()
    return try await destination.rank(of: row, in: stream)
  }

  public func liveRows(
    of stream: StreamDefinition, from: PlacedRow, upTo: PlacedRow
  ) async throws -> [PlacedRow] {
    try life.check()
    return try await destination.liveRows(of: stream, from: from, upTo: upTo)
  }

  public func lastChanged(
    in stream: StreamDefinition, before: Instant
  ) async throws -> PlacedRow? {
    try life.check()
    return try await destination.lastChanged(in: stream, before: before)
  }
}
