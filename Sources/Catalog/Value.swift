/// One value of a row, already decoded by the kind of its column.
public enum Value: Sendable, Hashable {
  /// The API did not send this field: what the warehouse holds stays as it is.
  case missing
  /// The API sent no value.
  case null
  /// For `bigint` and `smallint`.
  case integer(Int64)
  /// For `boolean`.
  case boolean(Bool)
  /// For `text` and `numeric`.
  case text(String)
  /// For `timestamptz`.
  case instant(Instant)
  /// For `timestamp`: microseconds since 1970-01-01 00:00:00 on a wall clock without a zone.
  case wallClock(microseconds: Int64)
  /// For `date`.
  case day(CalendarDay)
  /// For `jsonb`: a valid JSON text that PostgreSQL accepts (no NUL, no lone surrogate).
  case json(String)
}
