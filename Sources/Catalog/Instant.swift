/// A point in time: microseconds since 1970-01-01T00:00:00Z, as exact as PostgreSQL keeps one.
///
/// All comparing of times is done on instants, never on text: the API's offsets change twice a year.
public struct Instant: Sendable, Hashable, Comparable {
  /// Microseconds since the Unix epoch; negative before 1970.
  public let microseconds: Int64

  /// Makes an instant from microseconds since the Unix epoch.
  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// Makes an instant from whole seconds since the Unix epoch.
  public init(seconds: Int64) { self.init(microseconds: seconds * 1_000_000) }

  /// The second that holds it, cut off.
  public var wholeSecond: Instant {
    let rest = microseconds % 1_000_000
    return Instant(microseconds: microseconds - (rest < 0 ? rest + 1_000_000 : rest))
  }

  /// The earlier of two instants is the smaller.
  public static func < (one: Instant, other: Instant) -> Bool {
    one.microseconds < other.microseconds
  }

  /// The instant `duration` later.
  public static func + (instant: Instant, duration: Duration) -> Instant {
    Instant(microseconds: instant.microseconds + duration.microseconds)
  }

  /// The instant `duration` earlier.
  public static func - (instant: Instant, duration: Duration) -> Instant {
    Instant(microseconds: instant.microseconds - duration.microseconds)
  }

  /// How long from the second to the first.
  public static func - (later: Instant, earlier: Instant) -> Duration {
    .microseconds(later.microseconds - earlier.microseconds)
  }
}

extension Duration {
  /// This duration in whole microseconds, the rest cut off.
  public var microseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }

  /// This duration in seconds with their fraction.
  public var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}

/// A day of the proleptic Gregorian calendar, as days since 1970-01-01.
public struct CalendarDay: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01; negative before.
  public let daysSinceEpoch: Int64

  /// Makes a day from days since 1970-01-01.
  public init(daysSinceEpoch: Int64) { self.daysSinceEpoch = daysSinceEpoch }

  /// The day with this year, month (1–12) and day of month, or nil if the calendar has none.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, day <= Self.length(of: month, in: year) else {
      return nil
    }
    // Counting years from March puts the leap day last (Howard Hinnant, "days_from_civil").
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(daysSinceEpoch: Int64(era * 146_097 + dayOfEra - 719_468))
  }

  /// The day that holds `instant` where clocks are `offset` ahead of UTC.
  public init(of instant: Instant, offset: Duration = .zero) {
    let shifted = instant.microseconds + offset.microseconds
    let length: Int64 = 86_400_000_000
    let floored = shifted >= 0 ? shifted / length : -((-shifted + length - 1) / length)
    self.init(daysSinceEpoch: floored)
  }

  /// The earlier of two days is the smaller.
  public static func < (one: CalendarDay, other: CalendarDay) -> Bool {
    one.daysSinceEpoch < other.daysSinceEpoch
  }

  /// The instant at which this day begins in UTC.
  public var start: Instant { Instant(seconds: daysSinceEpoch * 86_400) }

  /// Year, month (1–12) and day of month.
  public var civil: (year: Int, month: Int, day: Int) {
    let shifted = Int(daysSinceEpoch) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDay: CustomStringConvertible {
  /// The day as `2024-01-31`.
  public var description: String {
    let (year, month, day) = civil
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

extension Instant: CustomStringConvertible {
  /// The instant as `2024-01-31T09:05:00Z`, with a fraction only where there is one.
  public var description: String {
    let day = CalendarDay(of: self)
    let rest = microseconds - day.start.microseconds
    let seconds = Int(rest / 1_000_000)
    let fraction = Int(rest % 1_000_000)
    let time =
      "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
    return "\(day)T\(time)\(fraction == 0 ? "" : ".\(padded(fraction, 6))")Z"
  }
}

/// `number` in decimal, filled with zeros on the left to `width`.
private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number.magnitude)
  let zeros = String(repeating: "0", count: max(0, width - digits.count))
  return (number < 0 ? "-" : "") + zeros + digits
}
