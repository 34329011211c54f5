import Catalog
import Warehouse

/// The loader, with what users have done before and after each stream.
///
/// The engine sees a destination whose claims may fail and whose ends take a while.
struct AttendedLoader: Sendable {
  let loader: Loader
  let attendant: Attendant

  /// Takes a stream, and does what is to be done before it is read.
  func claim(_ stream: StreamDefinition) async throws -> StreamState {
    let state = try await loader.claim(stream)
    try await attendant.pre(stream)
    return state
  }

  /// Looks at the rows, does what is to be done after the stream, and notes how all that ended.
  func finish(_ report: StreamReport) async throws -> Int64 {
    // Not cut short by a cancelled task: what was done is to be known.
    let (loader, attendant) = (loader, attendant)
    return try await Task {
      var report = report
      if report.outcome == .done {
        attendant.take(try await loader.drift(of: report.stream), into: &report)
      }
      let liveRows = try await loader.finish(await attendant.ended(report))
      if report.outcome == .done, liveRows == 0 {
        await attendant.notice(emptinessOf: report.stream, by: loader)
      }
      return liveRows
    }.value
  }

  // MARK: As the loader does it

  /// See `Loader`.
  func commit(_ batch: Batch) async throws -> Receipt { try await loader.commit(batch) }

  /// See `Loader`.
  func liveKeys(
    of stream: StreamDefinition, after: Int64, below: Int64?, skipping: Int64, limit: Int
  ) async throws -> [Int64] {
    try await loader.liveKeys(
      of: stream, after: after, below: below, skipping: skipping, limit: limit)
  }

  /// See `Loader`.
  func arrived(in stream: StreamDefinition, after: Instant) async throws -> [PlacedRow] {
    try await loader.arrived(in: stream, after: after)
  }

  /// See `Loader`.
  func highestLiveKey(of stream: StreamDefinition) async throws -> Int64? {
    try await loader.highestLiveKey(of: stream)
  }

  /// See `Loader`.
  func rank(of row: PlacedRow, in stream: StreamDefinition) async throws -> Int64 {
    try await loader.rank(of: row, in: stream)
  }

  /// See `Loader`.
  func liveRows(
    of stream: StreamDefinition, from: PlacedRow, upTo: PlacedRow
  ) async throws -> [PlacedRow] {
    try await loader.liveRows(of: stream, from: from, upTo: upTo)
  }

  /// See `Loader`.
  func lastChanged(
    in stream: StreamDefinition, before: Instant
  ) async throws -> PlacedRow? {
    try await loader.lastChanged(in: stream, before: before)
  }

  /// See `Loader`.
  func delete(
    _ keys: [Int64], of stream: StreamDefinition, by rule: DeletionRule, at: Instant
  ) async throws -> Int {
    try await loader.delete(keys, of: stream, by: rule, at: at)
  }

  /// See `Loader`.
  func confirm(_ stream: StreamDefinition, completeSince: Instant) async throws {
    try await loader.confirm(stream, completeSince: completeSince)
  }

  /// See `Loader`.
  func remember(_ fact: StreamFact, of stream: StreamDefinition) async throws {
    try await loader.remember(fact, of: stream)
  }
}
