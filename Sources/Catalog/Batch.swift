/// Rows and the progress they prove, which are committed together or not at all.
public struct Batch: Sendable {
  /// The stream all of it belongs to.
  public let stream: StreamDefinition
  /// Pages in the order they were received; may be empty where only progress was made.
  public var pages: [Page]
  /// The walk they are part of: its signature and start, and the segments that moved, in their
  /// newest form.
  public var progress: WalkProgress
  /// Set when this batch ends the walk: the floor of the next one.
  public var closing: Closing?

  /// Makes a batch.
  public init(
    stream: StreamDefinition, pages: [Page], progress: WalkProgress, closing: Closing? = nil
  ) {
    self.stream = stream
    self.pages = pages
    self.progress = progress
    self.closing = closing
  }

  /// What a finished walk leaves behind.
  public struct Closing: Sendable, Hashable {
    /// Changes older than this have been read; nil for streams without a cursor.
    public let floor: Instant?
    /// When the walk began, by the server's clock: its rows are at least as new as this.
    public let completeSince: Instant

    /// Makes a closing.
    public init(floor: Instant?, completeSince: Instant) {
      self.floor = floor
      self.completeSince = completeSince
    }
  }
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

  /// Makes counts; the default is a commit that did nothing.
  public init(inserted: Int = 0, updated: Int = 0, unchanged: Int = 0, rejected: Int = 0) {
    self.inserted = inserted
    self.updated = updated
    self.unchanged = unchanged
    self.rejected = rejected
  }

  /// Adds the counts of another commit.
  public static func += (sum: inout CommitCounts, other: CommitCounts) {
    sum.inserted += other.inserted
    sum.updated += other.updated
    sum.unchanged += other.unchanged
    sum.rejected += other.rejected
  }
}
