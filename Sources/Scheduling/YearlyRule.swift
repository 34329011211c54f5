internal import Catalog

/// When clocks are changed in every year, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct YearlyRule: Sendable, Hashable {
  /// A day of each year.
  private enum Day: Hashable {
    /// The n-th day from 1, never counting 29 February.
    case ofCommonYear(Int)
    /// The n-th day from 0.
    case ofYear(Int)
    /// The n-th (5: the last) weekday of a month.
    case weekday(Int, number: Int, month: Int)
  }

  /// One of the two changes of a year.
  private struct Change: Hashable {
    let day: Day
    /// Seconds after that day's midnight.
    let time: Int64
  }

  /// Both changes of a year.
  private struct Changes: Hashable {
    let toSummer: Change
    let toStandard: Change
  }

  /// Seconds that clocks are ahead of UTC in the one part of the year and in the other.
  private let standard: Int64
  private let summer: Int64
  private let changes: Changes?

  /// Nil if the text is no rule.
  init?(_ text: String) {
    var rest = Substring(text)
    guard Self.skipName(&rest), let offset = Self.time(&rest) else { return nil }
    standard = -offset
    if rest.isEmpty {
      (summer, changes) = (standard, nil)
      return
    }
    guard Self.skipName(&rest) else { return nil }
    if rest.first == "," {
      summer = standard + 3600
    } else {
      guard let offset = Self.time(&rest) else { return nil }
      summer = -offset
    }
    guard let toSummer = Self.change(&rest), let toStandard = Self.change(&rest), rest.isEmpty
    else { return nil }
    changes = Changes(toSummer: toSummer, toStandard: toStandard)
  }

  /// What holds where clocks are never changed.
  var offsetWithoutChanges: Int64 { standard }

  /// All changes of the year of a second, of the one before and of the one behind, in order.
  func changes(around second: Int64) -> [(time: Int64, offset: Int64)] {
    guard let changes else { return [] }
    let year = CalendarDay(of: Instant(seconds: second)).civil.year
    return (year - 1...year + 1).flatMap { year in
      [
        (Self.time(of: changes.toSummer, in: year) - standard, summer),
        (Self.time(of: changes.toStandard, in: year) - summer, standard),
      ]
    }.sorted { $0.0 < $1.0 }
  }

  /// When a change comes, by the clock that holds before it.
  private static func time(of change: Change, in year: Int) -> Int64 {
    guard let january = CalendarDay(year: year, month: 1, day: 1) else { return 0 }
    let first = january.daysSinceEpoch
    let day: Int64
    switch change.day {
    case .ofYear(let number): day = first + Int64(number)
    case .ofCommonYear(let number):
      let isLeap = CalendarDay(year: year, month: 2, day: 29) != nil
      day = first + Int64(number - 1) + (isLeap && number >= 60 ? 1 : 0)
    case .weekday(let weekday, let number, let month):
      day = Self.day(weekday, number: number, month: month, year: year)
    }
    return day * 86_400 + change.time
  }

  private static func day(_ weekday: Int, number: Int, month: Int, year: Int) -> Int64 {
    guard let start = CalendarDay(year: year, month: month, day: 1)?.daysSinceEpoch else {
      return 0
    }
    // 1970-01-01 was a Thursday.
    let first = start + ((Int64(weekday) - start - 4) % 7 + 7) % 7
    let last = (first...first + 35).last {
      let civil = CalendarDay(daysSinceEpoch: $0).civil
      return ($0 - first) % 7 == 0 && civil.month == month
    }
    return min(first + Int64(7 * (number - 1)), last ?? first)
  }

  // MARK: Reading

  /// `CET`, or `<+03>`.
  private static func skipName(_ rest: inout Substring) -> Bool {
    let before = rest.count
    if rest.first == "<" {
      guard let end = rest.firstIndex(of: ">") else { return false }
      rest = rest[rest.index(after: end)...]
    } else {
      rest = rest.drop { $0.isLetter }
    }
    return before - rest.count >= 3
  }

  /// `-1`, `5:30`, `-2:30:15`: in seconds.
  private static func time(_ rest: inout Substring) -> Int64? {
    var sign: Int64 = 1
    if let first = rest.first, first == "-" || first == "+" {
      sign = first == "-" ? -1 : 1
      rest = rest.dropFirst()
    }
    guard var seconds = number(&rest).map({ Int64($0) * 3600 }) else { return nil }
    for unit in [60, 1] as [Int64] where rest.first == ":" {
      rest = rest.dropFirst()
      guard let part = number(&rest) else { return nil }
      seconds += Int64(part) * unit
    }
    return sign * seconds
  }

  private static func change(_ rest: inout Substring) -> Change? {
    guard rest.first == "," else { return nil }
    rest = rest.dropFirst()
    guard let day = day(&rest) else { return nil }
    guard rest.first == "/" else { return Change(day: day, time: 7200) }
    rest = rest.dropFirst()
    return time(&rest).map { Change(day: day, time: $0) }
  }

  private static func day(_ rest: inout Substring) -> Day? {
    switch rest.first {
    case "J":
      rest = rest.dropFirst()
      return number(&rest).map { .ofCommonYear($0) }
    case "M":
      rest = rest.dropFirst()
      guard let month = number(&rest), skipDot(&rest), let number = number(&rest), skipDot(&rest),
        let weekday = Self.number(&rest), (1...12).contains(month), (1...5).contains(number),
        (0...6).contains(weekday)
      else { return nil }
      return .weekday(weekday, number: number, month: month)
    default: return number(&rest).map { .ofYear($0) }
    }
  }

  private static func skipDot(_ rest: inout Substring) -> Bool {
    guard rest.first == "." else { return false }
    rest = rest.dropFirst()
    return true
  }

  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(digits.count)
    return digits.count <= 3 ? Int(digits) : nil
  }
}
