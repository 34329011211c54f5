/// One part of a walk, read from its beginning to its end by one worker at a time.
///
/// Bounds and position are ids where the stream is walked by id, zero-based offsets otherwise.
public struct Segment: Sendable, Hashable, Identifiable {
  /// Its number within the walk, from 0.
  public let id: Int
  /// The parent whose list it is; nil for a stream without one.
  public let parent: Int64?
  /// The first id or offset that is no longer its own; nil: to the end of the list.
  public var upper: Int64?
  /// The last id read, or the next offset to read.
  public var position: Int64
  /// Whether its end has been read.
  public var isDone: Bool
  /// By offset only: how many rows before `position` the next page asks for again, so that it
  /// overlaps what has been read.
  public var overlap: Int64
  /// By offset only: the place in the list's order of the last row read; nil before the first.
  public var edge: Int64?
  /// By offset only: the place in the list's order where the next segment began; nil while unknown,
  /// or if there is none.
  public var end: Int64?

  /// Makes a segment that begins at `position`.
  public init(
    id: Int, parent: Int64? = nil, upper: Int64? = nil, position: Int64 = 0, isDone: Bool = false,
    overlap: Int64 = 0, edge: Int64? = nil, end: Int64? = nil
  ) {
    self.id = id
    self.parent = parent
    self.upper = upper
    self.position = position
    self.isDone = isDone
    self.overlap = overlap
    self.edge = edge
    self.end = end
  }
}

/// How far one walk of one stream has come: what a rerun needs to go on where a killed run stopped.
public struct WalkProgress: Sendable, Hashable {
  /// What the walk asks for (filter and order, in words); a rerun that would ask for something else
  /// starts anew.
  public let signature: String
  /// The server's time of the walk's first answer; a resumed walk keeps it.
  public let startedAt: Instant
  /// Its segments, by number.
  public var segments: [Segment]

  /// Makes a record of a walk.
  public init(signature: String, startedAt: Instant, segments: [Segment]) {
    self.signature = signature
    self.startedAt = startedAt
    self.segments = segments
  }
}

/// What the warehouse remembers of a stream between runs.
public struct StreamState: Sendable, Hashable {
  /// Changes older than this have been read; the next incremental walk starts below it.
  public var floor: Instant?
  /// The walk that a run did not finish; nil after a finished one.
  public var unfinished: WalkProgress?
  /// Rows of the table that live.
  public var liveRows: Int64
  /// When a walk last came to its end, by the server's clock.
  public var lastSuccess: Instant?
  /// By how many rows the service's total exceeds what it lists, as two whole readings agreed.
  public var knownShortage: Int64
  /// What the stream's filter on changes was found to do; nil while nobody asked.
  public var filter: FilterFinding?
  /// When the last reading of the whole list began, by the server's clock; nil before one ended.
  public var wholeAsOf: Instant?
  /// Whether that reading found the list in ascending order of ids.
  public var isOrdered = false
  /// Up to when the table is proven complete; nil before that was done.
  public var completeAsOf: Instant?
  /// The user with whose key it was last read to its end; nil before.
  public var keyUser: Int64?

  /// Makes a state; the default is that of a stream never read.
  public init(
    floor: Instant? = nil, unfinished: WalkProgress? = nil, liveRows: Int64 = 0,
    lastSuccess: Instant? = nil, knownShortage: Int64 = 0, filter: FilterFinding? = nil
  ) {
    self.floor = floor
    self.unfinished = unfinished
    self.liveRows = liveRows
    self.lastSuccess = lastSuccess
    self.knownShortage = knownShortage
    self.filter = filter
  }
}
