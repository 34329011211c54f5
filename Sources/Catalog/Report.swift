/// How a stream, or a run, ended.
public enum Outcome: String, Sendable, Hashable, CaseIterable {
  /// Read to the end and committed.
  case done
  /// Not offered to this key or plan, and never read before.
  case skipped
  /// Stopped by the user or the system after the last batch was committed.
  case interrupted
  /// Left open when the run's limit of requests or time was reached; the next run goes on from there.
  case paused
  /// Held by another run.
  case held
  /// Failed; what was read before is committed.
  case failed
}

/// How a stream is read in a run.
public enum Mode: String, Sendable, Hashable, CaseIterable {
  /// Only what changed since the last run, where the API can tell.
  case incremental
  /// Everything, whatever is known; rows are replaced in place.
  case fullRefresh = "full-refresh"
}

/// What is known of a run when it begins.
public struct RunOpening: Sendable, Hashable {
  /// The version of this program.
  public let version: String
  /// The streams that will be read, in order.
  public let streams: [StreamDefinition.ID]

  /// Makes an opening.
  public init(version: String, streams: [StreamDefinition.ID]) {
    self.version = version
    self.streams = streams
  }
}

/// What one run did to one stream.
public struct StreamReport: Sendable {
  /// The stream.
  public let stream: StreamDefinition.ID
  /// How it was read.
  public var mode: Mode
  /// How it ended.
  public var outcome: Outcome
  /// Rows the API sent.
  public var rowsRead: Int
  /// What they did to the table.
  public var counts: CommitCounts
  /// Requests it took, retries included.
  public var requests: Int
  /// Requests it was expected to take; nil where nothing was known to tell it by.
  public var plannedRequests: Int?
  /// Those of its requests that came before its reading was planned.
  public var requestsBeforeReading: Int
  /// Rows of the table that live now; nil where the stream was not reached.
  public var liveRows: Int64?
  /// The time up to which changes have been read; nil without a cursor.
  public var floor: Instant?
  /// Up to when the table is proven complete, by this run or one before; nil if it is not.
  public var completeAsOf: Instant?
  /// Time from its first request to its last commit.
  public var duration: Duration
  /// Why it did not end well.
  public var problem: Explanation?
  /// Whether nothing was asked of it, since an earlier run's proof is young enough.
  public var isResting = false
  /// What is worth knowing although it ended well; nil for nothing.
  public var note: String?

  /// Rows the API sent that the table had no use for: those that came twice in what was committed
  /// together, since pages overlap so that they prove to follow on each other, those without a key,
  /// and where the stream was cut off those that were not committed.
  public var rowsSpare: Int {
    max(0, rowsRead - counts.inserted - counts.updated - counts.unchanged)
  }

  /// Makes the report of a stream nothing has been done to yet.
  public init(stream: StreamDefinition.ID, mode: Mode) {
    self.stream = stream
    self.mode = mode
    self.outcome = .interrupted
    self.rowsRead = 0
    self.counts = CommitCounts()
    self.requests = 0
    self.plannedRequests = nil
    self.requestsBeforeReading = 0
    self.liveRows = nil
    self.floor = nil
    self.completeAsOf = nil
    self.duration = .zero
    self.problem = nil
    self.note = nil
  }
}

/// A limit that was set for a run.
public enum RunLimit: Sendable, Hashable {
  /// So many requests.
  case requests(Int)
  /// So much time.
  case duration(Duration)
}

/// What a run did.
public struct RunReport: Sendable {
  /// How it ended: `.done` only if every selected stream did, or was skipped.
  public var outcome: Outcome
  /// The number that the process exits with.
  public var exitCode: Int32
  /// A report for each selected stream, in the order they were read.
  public var streams: [StreamReport]
  /// Requests sent, retries included.
  public var requests: Int
  /// How many of the requests were retries.
  public var retries: Int
  /// Time from start to end.
  public var duration: Duration
  /// The limit that stopped it; nil if none did.
  public var limitReached: RunLimit?
  /// Why the whole run ended early.
  public var problem: Explanation?

  /// Makes a report.
  public init(
    outcome: Outcome, exitCode: Int32, streams: [StreamReport], requests: Int, retries: Int,
    duration: Duration, limitReached: RunLimit? = nil, problem: Explanation? = nil
  ) {
    self.outcome = outcome
    self.exitCode = exitCode
    self.streams = streams
    self.requests = requests
    self.retries = retries
    self.duration = duration
    self.limitReached = limitReached
    self.problem = problem
  }
}
