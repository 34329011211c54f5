/// The server's text format of `timestamptz` in ISO style at UTC: `2024-02-29 12:34:56.789+00`.
///
/// Calendar arithmetic is the proleptic Gregorian one, as the server's.
enum TimestampText {
  static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The instant as the server reads it; years before 1 are written with `BC`.
  static func write(_ microseconds: Int64) -> String {
    let days = floorDivide(microseconds, microsecondsPerDay)
    let rest = microseconds - days * microsecondsPerDay
    let (year, month, day) = date(fromDays: days)
    let seconds = rest / 1_000_000
    let date = "\(padded(year > 0 ? year : 1 - year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60]
      .map { padded($0, 2) }.joined(separator: ":")
    return "\(date) \(clock).\(padded(rest % 1_000_000, 6))+00" + (year > 0 ? "" : " BC")
  }

  /// The instant of a text the server wrote, at UTC; nil when it is none, or infinite.
  static func read(_ text: String) -> Int64? {
    let isBC = text.hasSuffix(" BC")
    var rest = Substring(isBC ? String(text.dropLast(3)) : text)
    guard let year = number(from: &rest, until: "-"), let month = number(from: &rest, until: "-"),
      let day = number(from: &rest, until: " "), let hour = number(from: &rest, until: ":"),
      let minute = number(from: &rest, until: ":")
    else { return nil }
    let zone = rest.firstIndex { $0 == "+" || $0 == "-" } ?? rest.endIndex
    guard rest[zone...].dropFirst().allSatisfy({ $0 == "0" || $0 == ":" }),
      let second = microseconds(ofSeconds: rest[..<zone])
    else { return nil }
    let days = self.days(fromYear: isBC ? 1 - year : year, month: month, day: day)
    return days * microsecondsPerDay + (hour * 3600 + minute * 60) * 1_000_000 + second
  }

  /// `56.789` as microseconds.
  private static func microseconds(ofSeconds text: Substring) -> Int64? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap({ Int64($0) }) else { return nil }
    guard parts.count == 2 else { return whole * 1_000_000 }
    let digits = parts[1] + String(repeating: "0", count: max(0, 6 - parts[1].count))
    return Int64(digits.prefix(6)).map { whole * 1_000_000 + $0 }
  }

  private static func number(from text: inout Substring, until mark: Character) -> Int64? {
    guard let end = text.firstIndex(of: mark), let value = Int64(text[..<end]) else { return nil }
    text = text[text.index(after: end)...]
    return value
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
    value >= 0 ? value / by : -((-(value + 1)) / by) - 1
  }

  // Howard Hinnant's civil calendar: years start in March, so the leap day comes last.
  // https://howardhinnant.github.io/date_algorithms.html
  private static func days(fromYear year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = floorDivide(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func date(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
