public import Catalog

/// A destination that also keeps how far backfills are, beside the rows that they bring.
public protocol BackfillKeeper: Destination & Sendable {
  /// How far a backfill of a stream is; nil if it never began.
  func backfill(of stream: StreamDefinition.ID, in range: BackfillRange) async throws
    -> BackfillRecord?

  /// Begins a backfill, or goes on with it.
  ///
  /// - Parameter isAgain: whether the windows that were read to their end are to be read again.
  func open(_ range: BackfillRange, of stream: StreamDefinition.ID, isAgain: Bool) async throws
    -> BackfillRecord

  /// The walk of a window that was cut off; nil if there is none to go on with.
  func unfinished(_ window: WindowKey) async throws -> WalkProgress?

  /// Writes a batch of a window's rows and the window's progress in one transaction; done again with
  /// the same batch it changes nothing more.
  ///
  /// Nothing else of the stream's progress is touched: neither floor, nor proof, nor the walk of a
  /// sync that was cut off, to which the rows only count as seen; and no row is marked as deleted. A batch that ends the window's walk is
  /// held against what the walk saw: see `Verdict`.
  /// - Parameter requests: sent for the window since its last batch.
  /// - Throws: an `Explained` error; nothing of the batch is kept then.
  func commit(_ batch: Batch, to window: WindowKey, requests: Int) async throws -> Receipt

  /// Waits until no other run holds any of the streams, and keeps them for `claim`.
  ///
  /// - Returns: whether they are this run's now.
  func wait(
    for streams: [StreamDefinition.ID], atMost longest: Duration,
    onWait: @Sendable (StreamDefinition.ID) -> Void
  ) async throws -> Bool

  /// Lets a stream go, so that others can take it.
  func release(_ stream: StreamDefinition.ID) async throws

  /// Notes how a backfill ended for now.
  func end(_ backfill: Int64, _ outcome: Outcome, message: String?) async throws
}
