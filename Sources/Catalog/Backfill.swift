/// Years of a stream, parted into windows of so many days.
///
/// Windows are counted from the first day, so that the same years asked for up to a later day have
/// the same windows, and some more.
public struct BackfillRange: Sendable, Hashable {
  /// The first day.
  public let first: CalendarDay
  /// The last day, which is part of it.
  public let last: CalendarDay
  /// Days of a window; the last one may be shorter.
  public let days: Int64

  /// Makes a range; nil where it would be empty.
  public init?(first: CalendarDay, last: CalendarDay, days: Int64) {
    guard first <= last, days > 0 else { return nil }
    self.first = first
    self.last = last
    self.days = days
  }

  /// Its windows, the oldest first.
  public var windows: [CreationWindow] {
    stride(from: first.daysSinceEpoch, through: last.daysSinceEpoch, by: Int(days)).map { day in
      let start = CalendarDay(daysSinceEpoch: day)
      return CreationWindow(first: start, last: min(start.adding(days - 1), last))
    }
  }
}

/// One window of one backfill, as the warehouse knows it.
public struct WindowKey: Sendable, Hashable {
  /// Number of the backfill.
  public let backfill: Int64
  /// The window.
  public let window: CreationWindow

  /// Names a window.
  public init(backfill: Int64, window: CreationWindow) {
    self.backfill = backfill
    self.window = window
  }
}

/// How far a backfill of one stream is.
public struct BackfillRecord: Sendable {
  /// How far one window is.
  public struct Window: Sendable {
    /// The window.
    public let window: CreationWindow
    /// When it was read to its end, by the warehouse's clock; nil before.
    public let doneAt: Instant?
    /// What its rows did to the table.
    public let counts: CommitCounts
    /// Rows the API sent for it.
    public let rows: Int
    /// Requests it took.
    public let requests: Int

    /// Describes a window.
    public init(
      window: CreationWindow, doneAt: Instant?, counts: CommitCounts, rows: Int, requests: Int
    ) {
      self.window = window
      self.doneAt = doneAt
      self.counts = counts
      self.rows = rows
      self.requests = requests
    }
  }

  /// Its number.
  public let id: Int64
  /// The stream.
  public let stream: StreamDefinition.ID
  /// What was asked for.
  public let range: BackfillRange
  /// When it was first asked for, by the warehouse's clock.
  public let createdAt: Instant
  /// When it was last gone on with, by the warehouse's clock.
  public let lastRunAt: Instant?
  /// How that ended; nil while it is under way, and for ever if it was killed.
  public let outcome: Outcome?
  /// Why, or what else is worth knowing.
  public let message: String?
  /// Windows that were begun, the oldest first.
  public let windows: [Window]

  /// Describes a backfill.
  public init(
    id: Int64, stream: StreamDefinition.ID, range: BackfillRange, createdAt: Instant,
    lastRunAt: Instant? = nil, outcome: Outcome? = nil, message: String? = nil,
    windows: [Window] = []
  ) {
    self.id = id
    self.stream = stream
    self.range = range
    self.createdAt = createdAt
    self.lastRunAt = lastRunAt
    self.outcome = outcome
    self.message = message
    self.windows = windows
  }

  /// The windows of what was asked for that were read to their end.
  public var done: [Window] {
    let asked = Set(range.windows)
    return windows.filter { $0.doneAt != nil && asked.contains($0.window) }
  }

  /// Those of them that were read before their last day was over and have begun by now: rows may have
  /// been created in them since.
  public func doneEarly(at now: Instant) -> [CreationWindow] {
    done.filter { known in
      guard let doneAt = known.doneAt else { return false }
      // A day begins first in UTC+14, and is over last in UTC−12.
      return known.window.first.start - .seconds(14 * 3600) <= now
        && doneAt < known.window.last.adding(1).start + .seconds(12 * 3600)
    }.map(\.window)
  }
}
