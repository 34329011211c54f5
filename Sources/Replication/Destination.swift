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
  /// A batch that ends a whole walk is held against what the walk saw: see `Verdict`.
  /// - Throws: an `Explained` error; nothing of the batch is kept then.
  func commit(_ batch: Batch) async throws -> Receipt

  /// Keys of live rows in ascending order, between two keys, from the `skipping`th on.
  func liveKeys(
    of stream: StreamDefinition, after: Int64, below: Int64?, skipping: Int64, limit: Int
  ) async throws -> [Int64]

  /// The highest key of a live row; nil if none lives.
  func highestLiveKey(of stream: StreamDefinition) async throws -> Int64?

  /// How many live rows stand before a row in the order of the stream's list; those without a place
  /// stand where their keys do.
  func rank(of row: PlacedRow, in stream: StreamDefinition) async throws -> Int64

  /// Live rows from one row's place in the list's order up to another's, which is not among them.
  func liveRows(
    of stream: StreamDefinition, from: PlacedRow, upTo: PlacedRow
  ) async throws -> [PlacedRow]

  /// Live rows whose stored version came after an instant, each with that time for a place, in the
  /// order in which they came.
  func arrived(in stream: StreamDefinition, after: Instant) async throws -> [PlacedRow]

  /// The live row that changed last before an instant, with its update time for a place, in a stream
  /// that has one; nil if there is none.
  func lastChanged(
    in stream: StreamDefinition, before: Instant
  ) async throws -> PlacedRow?

  /// Marks rows as deleted, or removes them, as the rule says, in one transaction; returns how many.
  ///
  /// - Parameter at: the service's time at which they were found to be gone.
  func delete(
    _ keys: [Int64], of stream: StreamDefinition, by rule: DeletionRule, at: Instant
  ) async throws -> Int

  /// Notes that the stream's table is proven complete up to an instant.
  func confirm(_ stream: StreamDefinition, completeSince: Instant) async throws

  /// Keeps what was found out about a stream; `claim` tells it from then on.
  func remember(_ fact: StreamFact, of stream: StreamDefinition) async throws

  /// Notes how a stream ended and lets it go; returns how many of its rows live.
  func finish(_ report: StreamReport) async throws -> Int64
}
