/// How a stream is narrowed to what changed, if the API can narrow it.
public enum CursorRule: Sendable, Hashable {
  /// No filter on time is known: every run reads the whole stream.
  case wholeStream
  /// The API returns only rows changed since a day: `filter` takes the day, `column` holds the row's
  /// update time in the API's spelling.
  case changedSince(filter: String, column: String)
}

/// From when on changes are asked for.
public enum ChangeBound: Sendable, Hashable, CustomStringConvertible {
  /// This day or later, in whatever zone the API counts days.
  case day(CalendarDay)
  /// This instant or later.
  case instant(Instant)

  /// As it is sent: `2024-01-31`, or `2024-01-31T09:05:00Z`.
  public var description: String {
    switch self {
    case .day(let day): day.description
    case .instant(let instant): instant.description
    }
  }
}

/// What an account's filter on changes was found to do.
public enum FilterFinding: String, Sendable, Hashable, CaseIterable {
  /// It leaves out what did not change, and lets through what did; whether by days or to the second
  /// was not asked yet.
  case narrows
  /// It does so by days, or so it must be taken.
  case days
  /// It does so to the second, for an instant with its zone.
  case exact
  /// It lets everything through, or nothing: it is not used.
  case useless
}

/// What a run finds out about a stream and the next one wants to know.
public enum StreamFact: Sendable, Hashable {
  /// What the filter on changes does.
  case filter(FilterFinding)
  /// The user with whose key it was read to its end.
  case keyUser(Int64)
}

/// How the API lets a stream be walked without losing its place.
public enum Paging: Sendable, Hashable {
  /// Ids in ascending order above a given id, and below another: safe while rows come and go.
  case ids
  /// By position only. `order` is the column to ask the order of, ascending; nil where the API
  /// documents none.
  case offset(order: String?)
  /// One answer holds the whole list: neither a limit nor a position is sent.
  case atOnce
}
