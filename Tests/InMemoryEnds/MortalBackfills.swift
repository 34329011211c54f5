public import Catalog
public import Replication

/// Backfills as a mortal process sees them.
extension MortalDestination: BackfillKeeper {
  public func backfill(
    of stream: StreamDefinition.ID, in range: BackfillRange
  ) async throws -> BackfillRecord? {
    try life.check()
    return try await destination.backfill(of: stream, in: range)
  }

  public func open(
    _ range: BackfillRange, of stream: StreamDefinition.ID, isAgain: Bool
  ) async throws -> BackfillRecord {
    try await change { try await destination.open(range, of: stream, isAgain: isAgain) }
  }

  public func unfinished(_ window: WindowKey) async throws -> WalkProgress? {
    try life.check()
    return try await destination.unfinished(window)
  }

  public func commit(
    _ batch: Batch, to window: WindowKey, requests: Int
  ) async throws -> Receipt {
    try await change { try await destination.commit(batch, to: window, requests: requests) }
  }

  public func wait(
    for streams: [StreamDefinition.ID], atMost longest: Duration,
    onWait: @Sendable (StreamDefinition.ID) -> Void
  ) async throws -> Bool {
    try life.check()
    return try await destination.wait(for: streams, atMost: longest, onWait: onWait)
  }

  public func release(_ stream: StreamDefinition.ID) async throws {
    try await change { try await destination.release(stream) }
  }

  public func end(_ backfill: Int64, _ outcome: Outcome, message: String?) async throws {
    try await change { try await destination.end(backfill, outcome, message: message) }
  }
}
