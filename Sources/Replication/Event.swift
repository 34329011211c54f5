public import Catalog

/// What happens in a run, as it happens; displays, logs, reports and tests read the same events.
public enum Event: Sendable {
  /// The account is about to be asked whether it takes the key.
  case keyRequestStarted(isRetry: Bool)
  /// That request failed and will be sent again.
  case keyRetryScheduled(Explanation, attempt: Int, delay: Duration)
  /// A stream has been taken for this run and planned.
  case streamPlanned(StreamPlan)
  /// A stream will probably take so many requests in all.
  case streamEstimated(StreamDefinition.ID, requests: Int)
  /// A stream is read otherwise than planned, and why.
  case planChanged(StreamDefinition.ID, Mode, reason: String)
  /// A request is about to be sent.
  case requestStarted(StreamDefinition.ID, isRetry: Bool)
  /// An answer has been taken; so many rows of it are rows that the walk asked for, and `remaining` are probably
  /// still to come.
  case pageReceived(StreamDefinition.ID, rows: Int, remaining: Int64)
  /// A request failed and will be sent again.
  case retryScheduled(StreamDefinition.ID, Explanation, attempt: Int, delay: Duration)
  /// Rows and progress are in the warehouse.
  case pagesCommitted(StreamDefinition.ID, pages: Int, CommitCounts)
  /// The walk's end is in the warehouse.
  case walkClosed(StreamDefinition.ID, Closing)
  /// The table has been held against its list: it is complete up to an instant, and so many rows were
  /// found gone.
  case reconciled(StreamDefinition.ID, completeAsOf: Instant?, deleted: Int, note: String?)
  /// The stream is done with in this run.
  case streamEnded(StreamReport)
}
