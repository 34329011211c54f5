/// Rows and the progress they prove, which are committed together or not at all.
public struct Batch: Sendable {
  /// The stream all of it belongs to.
  public let stream: StreamDefinition
  /// Pages in the order they were received; may be empty where only progress was made.
  public var pages: [Page]
  /// The walk they are part of: its signature and start, and the segments that moved, in their
  /// newest form.
  public var progress: WalkProgress
  /// Whether the walk reads the whole list, so that rows it does not see may be gone.
  public let isWhole: Bool
  /// Set when this batch ends the walk.
  public var closing: Closing?

  /// Makes a batch.
  public init(
    stream: StreamDefinition, pages: [Page], progress: WalkProgress, isWhole: Bool = false,
    closing: Closing? = nil
  ) {
    self.stream = stream
    self.pages = pages
    self.progress = progress
    self.isWhole = isWhole
    self.closing = closing
  }
}

/// What a finished walk leaves behind.
public struct Closing: Sendable, Hashable {
  /// Changes older than this have been read; nil for streams without a cursor.
  public let floor: Instant?
  /// When the walk began, by the server's clock: its rows are at least as new as this.
  public let completeSince: Instant
  /// How many rows the service told there are when the walk ended; nil where it told none.
  public let total: Int64?
  /// What to do with rows that a whole walk did not see; nil for a walk that read a part.
  public let deletions: DeletionRule?
  /// Whether the list's order proves that a row the walk did not see is gone; otherwise each is
  /// only suspected.
  public let provesAbsence: Bool
  /// Whether rows that are only suspected are asked for after one walk, if it saw as many rows as
  /// the total tells; otherwise two walks in a row must miss them.
  public let suspectsAtOnce: Bool
  /// By how many rows the walk may fall short of the total: the shortage on which two whole readings
  /// agreed is the service's own.
  public let acceptedShortage: Int64

  /// Makes a closing.
  public init(
    floor: Instant?, completeSince: Instant, total: Int64? = nil, deletions: DeletionRule? = nil,
    provesAbsence: Bool = false, suspectsAtOnce: Bool = false, acceptedShortage: Int64 = 0
  ) {
    self.floor = floor
    self.completeSince = completeSince
    self.total = total
    self.deletions = deletions
    self.provesAbsence = provesAbsence
    self.suspectsAtOnce = suspectsAtOnce
    self.acceptedShortage = acceptedShortage
  }
}

/// What happens to rows that are gone from the account, and how many may be at once.
public struct DeletionRule: Sendable, Hashable {
  /// What becomes of the rows.
  public enum Manner: String, Sendable, Hashable, CaseIterable {
    /// `_deleted_at` is set.
    case soft
    /// The rows are removed.
    case hard
    /// They are left as they are.
    case ignore
  }

  /// What becomes of the rows.
  public var manner: Manner
  /// The share of the live rows that may go at once.
  public var maxRatio: Double
  /// As many may go at once whatever their share.
  public var maxRows: Int64
  /// Whether the user lifted the limit for this run.
  public var isLifted: Bool
  /// Whether none may go: what the key cannot see may be there all the same.
  public var isSuspended = false

  /// Makes a rule; the defaults are those of design.md.
  public init(
    _ manner: Manner = .soft, maxRatio: Double = 0.05, maxRows: Int64 = 20, isLifted: Bool = false
  ) {
    self.manner = manner
    self.maxRatio = maxRatio
    self.maxRows = maxRows
    self.isLifted = isLifted
  }

  /// Whether so many of the live rows may go at once; the whole of a table of more than three rows
  /// never may.
  public func allows(_ missing: Int64, of live: Int64) -> Bool {
    if isLifted || missing == 0 { return true }
    if isSuspended { return false }
    if missing >= live, live > 3 { return false }
    return missing <= max(Int64(maxRatio * Double(live)), maxRows)
  }
}

/// What one commit did.
public struct Receipt: Sendable, Hashable {
  /// What it did to the stream's table.
  public var counts: CommitCounts
  /// What became of the walk's end; nil for a batch that does not end its walk.
  public var verdict: Verdict?
  /// Rows that whole walks have not seen twice, but that only the service can call gone.
  public var suspects: [Int64]

  /// Makes a receipt.
  public init(_ counts: CommitCounts, verdict: Verdict? = nil, suspects: [Int64] = []) {
    self.counts = counts
    self.verdict = verdict
    self.suspects = suspects
  }
}

/// What became of a walk's end.
public enum Verdict: Sendable, Hashable {
  /// The walk is closed; what was gone is marked. The service counts `shortage` rows more than it
  /// lists.
  case closed(shortage: Int64)
  /// Fewer rows were seen than the service said there are: the walk is not closed.
  case short(seen: Int64, total: Int64)
  /// The walk is closed, but more rows would be marked deleted than the rule allows: none was.
  case refused(missing: Int64, live: Int64)
}

/// What one commit did to the stream's table.
public struct CommitCounts: Sendable, Hashable {
  /// Rows that were new.
  public var inserted: Int
  /// Rows that differed from what was stored.
  public var updated: Int
  /// Rows that were stored so already, or in a newer version.
  public var unchanged: Int
  /// Values kept in `acsync.rejected_rows`.
  public var rejected: Int
  /// Rows marked as deleted, or removed.
  public var deleted: Int
  /// Rows that took an earlier update time than the stored one, since two whole walks found it.
  public var corrected: Int

  /// Makes counts; the default is a commit that did nothing.
  public init(
    inserted: Int = 0, updated: Int = 0, unchanged: Int = 0, rejected: Int = 0, deleted: Int = 0,
    corrected: Int = 0
  ) {
    self.inserted = inserted
    self.updated = updated
    self.unchanged = unchanged
    self.rejected = rejected
    self.deleted = deleted
    self.corrected = corrected
  }

  /// Adds the counts of another commit.
  public static func += (sum: inout CommitCounts, other: CommitCounts) {
    sum.inserted += other.inserted
    sum.updated += other.updated
    sum.unchanged += other.unchanged
    sum.rejected += other.rejected
    sum.deleted += other.deleted
    sum.corrected += other.corrected
  }
}
