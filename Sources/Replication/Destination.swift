public import Catalog

/// Where rows go: the warehouse, which keeps rows and progress together.
public protocol Destination: Sendable {
  /// Takes a stream for this run alone, makes its table fit the catalogue, and says how far it is.
  ///
  /// - Throws: an `Explained` error; its fault is `.streamHeld` if another run holds the stream.
  func claim(_ stream: StreamDefinition) async throws -> StreamState

  /// Writes a batch's rows and progress in one transaction; done again with the same batch it
  /// changes nothing more.
  ///
  /// - Throws: an `Explained` error; nothing of the batch is kept then.
  func commit(_ batch: Batch) async throws -> CommitCounts

  /// Notes how a stream ended and lets it go; returns how many of its rows live.
  func finish(_ report: StreamReport) async throws -> Int64
}
