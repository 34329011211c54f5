public import Catalog

/// Durations, days and instants as people write them in a configuration.
public enum TimeText {
  /// `90s`, `10m`, `1h`, `2d`, `1w`, or a bare `0`; at most ten years.
  public static func duration(_ text: String) -> Duration? {
    if text == "0" { return .zero }
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    guard let unit = text.last.flatMap({ units[$0] }), let count = number(text.dropLast()) else {
      return nil
    }
    let (seconds, overflow) = Int64(count).multipliedReportingOverflow(by: unit)
    return overflow || seconds > 315_360_000 ? nil : .seconds(seconds)
  }

  /// `2024-01-31`, the beginning of the day in UTC, or `2024-01-31T09:05:00Z` with an optional fraction
  /// and with `Z` or an offset such as `+02:00`; a blank may stand for the T.
  public static func instant(_ text: String) -> Instant? {
    let day = text.prefix(10)
    let parts = day.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
      let year = number(parts[0]), let month = number(parts[1]), let date = number(parts[2]),
      year >= 1970, let start = CalendarDay(year: year, month: month, day: date)?.start
    else { return nil }
    if day.count == text.count { return start }
    let rest = text.dropFirst(10)
    guard rest.first == "T" || rest.first == " ", let (time, offset) = zoned(rest.dropFirst()),
      let sinceMidnight = timeOfDay(time)
    else { return nil }
    return start + sinceMidnight - offset
  }

  /// The time of day before its zone, and how far the zone's clocks are ahead of UTC.
  private static func zoned(_ text: Substring) -> (Substring, Duration)? {
    if text.last == "Z" { return (text.dropLast(), .zero) }
    let zone = text.suffix(6)
    let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard let sign = zone.first, sign == "+" || sign == "-", parts.map(\.count) == [2, 2],
      let hours = number(parts[0]), let minutes = number(parts[1]), hours <= 14, minutes < 60
    else { return nil }
    let seconds = (hours * 60 + minutes) * 60
    return (text.dropLast(6), .seconds(sign == "+" ? seconds : -seconds))
  }

  private static func timeOfDay(_ text: Substring) -> Duration? {
    let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, parts.allSatisfy({ $0.count == 2 }),
      let hours = number(parts[0]), let minutes = number(parts[1]), hours < 24, minutes < 60,
      let seconds = parts.count == 3 ? number(parts[2]) : 0, seconds < 60
    else { return nil }
    let whole = Duration.seconds((hours * 60 + minutes) * 60 + seconds)
    guard halves.count == 2 else { return whole }
    let digits = halves[1].prefix(6)
    guard halves[1].count <= 9, number(halves[1]) != nil,
      let fraction = number(digits + String(repeating: "0", count: 6 - digits.count))
    else { return nil }
    return whole + .microseconds(fraction)
  }

  /// A number of ASCII digits alone, small enough for any of the above.
  private static func number(_ text: some StringProtocol) -> Int? {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard !text.isEmpty, text.utf8.count <= 12, text.utf8.allSatisfy(digits.contains) else {
      return nil
    }
    return Int(text)
  }
}
