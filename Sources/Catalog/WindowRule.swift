/// How a stream can be parted into windows of the time in which its rows were created.
///
/// That time never changes, so a row cannot leave its window while the window is read.
public enum WindowRule: Sendable, Hashable {
  /// No filter on creation is known: the stream is read whole or not at all.
  case wholeStream
  /// The API returns only rows created since a day and before another: `after` and `before` take the
  /// days, `column` holds a row's creation time in the API's spelling.
  case created(after: String, before: String, column: String)
}

/// Whole days of UTC, from the first to the last, in which rows were created.
public struct CreationWindow: Sendable, Hashable, CustomStringConvertible {
  /// The first day.
  public let first: CalendarDay
  /// The last day, which is part of it.
  public let last: CalendarDay

  /// Makes a window.
  public init(first: CalendarDay, last: CalendarDay) {
    self.first = first
    self.last = last
  }

  /// What is sent to the API, such that no zone, truncation or exclusive bound hides a row.
  ///
  /// The filters are documented with day precision, in no stated zone, with no stated bound. So at
  /// each end: the day where it is youngest (UTC−12) or oldest (UTC+14), and one day more.
  public var bounds: CreationBounds {
    CreationBounds(after: first.adding(-2), before: last.adding(3))
  }

  /// Whether a filter that keeps to the bounds, in whatever zone, may let a row through that was
  /// created then.
  public func admits(_ creation: Instant) -> Bool {
    let (after, before) = (first.adding(-2), last.adding(3))
    return creation >= after.start - .seconds(14 * 3600)
      && creation < before.adding(1).start + .seconds(12 * 3600)
  }

  /// As `2019-01-01 to 2019-01-30`.
  public var description: String { "\(first) to \(last)" }
}

/// From which day on, and before which, rows were created, as it is sent to the API.
public struct CreationBounds: Sendable, Hashable, CustomStringConvertible {
  /// This day or later, or only later: the API does not say; nil: no bound.
  public let after: CalendarDay?
  /// Before this day; nil: no bound.
  public let before: CalendarDay?

  /// Makes bounds.
  public init(after: CalendarDay? = nil, before: CalendarDay? = nil) {
    self.after = after
    self.before = before
  }

  /// As `after 2019-01-01, before 2019-02-01`.
  public var description: String {
    [after.map { "after \($0)" }, before.map { "before \($0)" }].compactMap(\.self)
      .joined(separator: ", ")
  }
}

extension CalendarDay {
  /// The day so many days later.
  public func adding(_ days: Int64) -> CalendarDay {
    CalendarDay(daysSinceEpoch: daysSinceEpoch + days)
  }
}
