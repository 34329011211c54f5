/// A rule that the live rows of a stream's table must keep; looked at after each reading.
public struct StreamCheck: Sendable, Hashable {
  /// What is asked of the rows.
  public enum Rule: Sendable, Hashable {
    /// There are at least so many.
    case minRows(Int64)
    /// The newest value of a column, or without one the time up to which the table is complete, is
    /// no older than this.
    case freshness(column: String?, age: Duration)
    /// No two rows have the same values here; rows with a null among them do not count.
    case unique([String])
    /// None is null here.
    case notNull([String])
    /// The value is one of these, or null.
    case acceptedValues(column: String, [String])
    /// A query that gives the rows that are wrong.
    case sql(String)
  }

  /// What follows when rows are wrong.
  public enum Failure: String, Sendable, Hashable, CaseIterable {
    /// The stream fails, with its rows as they were brought.
    case abort
    /// It is said, and nothing else.
    case warn
  }

  /// What people call it; one of its kind in its stream.
  public var name: String
  /// What is asked.
  public let rule: Rule
  /// What follows when rows are wrong.
  public let onFailure: Failure
  /// Where it is declared: `replication.yaml:12:5`.
  public let place: String

  /// Declares a check.
  public init(_ name: String, _ rule: Rule, onFailure: Failure, at place: String) {
    self.name = name
    self.rule = rule
    self.onFailure = onFailure
    self.place = place
  }

  /// The columns that it is about.
  public var columns: [String] {
    switch rule {
    case .minRows, .sql, .freshness(nil, _): []
    case .freshness(let column?, _), .acceptedValues(let column, _): [column]
    case .unique(let columns), .notNull(let columns): columns
    }
  }
}

/// What came of a check.
public struct CheckResult: Sendable, Hashable {
  /// How it ended.
  public enum Outcome: String, Sendable, Hashable {
    /// No row is wrong.
    case passed
    /// Rows are wrong, or the check could not be carried out; a warning.
    case warned
    /// The same, and the stream fails.
    case failed
  }

  /// The stream.
  public let stream: StreamDefinition.ID
  /// The check's name.
  public let check: String
  /// How it ended.
  public let outcome: Outcome
  /// Rows that are wrong; nil where rows cannot be counted, or the check could not be carried out.
  public let failingRows: Int64?
  /// What is wrong; nil for nothing.
  public let message: String?
  /// Where the check is declared.
  public let place: String

  /// What came of `check`: passed without a message, else what its failure means.
  public init(
    _ check: StreamCheck, of stream: StreamDefinition.ID, failingRows: Int64?, message: String?
  ) {
    self.stream = stream
    self.check = check.name
    self.failingRows = failingRows
    self.message = message
    outcome = message == nil ? .passed : check.onFailure == .warn ? .warned : .failed
    place = check.place
  }
}
