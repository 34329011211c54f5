/// US Central time, in which the service writes nearly every timestamp, whatever the account's zone.
///
/// Instants are whole seconds since 1970 in UTC.
enum CentralTime {
  /// Seconds from UTC at an instant: −5 h in summer, −6 h in winter.
  static func offset(at instant: Int) -> Int {
    isSummer(instant) ? -5 * 3600 : -6 * 3600
  }

  /// `2020-05-24T05:16:44-05:00`.
  static func iso(_ instant: Int) -> String {
    let offset = offset(at: instant)
    return stamp(instant + offset, separator: 0x54) + (offset == -18000 ? "-05:00" : "-06:00")
  }

  /// `2020-05-24 05:16:44`: the wall clock, without an offset.
  static func wall(_ instant: Int) -> String {
    stamp(instant + offset(at: instant), separator: 0x20)
  }

  /// `2020-05-24T10:16:44Z`, as nothing of the service's own is written.
  static func utc(_ instant: Int) -> String {
    stamp(instant, separator: 0x54) + "Z"
  }

  /// `2020-05-24`.
  static func day(_ instant: Int) -> String {
    String(wall(instant).prefix(10))
  }

  /// The instant of a text in exactly the form of `iso`; nil for any other.
  static func instant(ofISO text: ArraySlice<UInt8>) -> Int? {
    guard text.count == 25 else { return nil }
    func number(_ place: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 * 10 + Int(text[text.startIndex + place + $1]) - 0x30 }
    }
    let date = CivilDate(year: number(0, 4), month: number(5, 2), day: number(8, 2))
    let time = number(11, 2) * 3600 + number(14, 2) * 60 + number(17, 2)
    let offset = number(20, 2) * 3600 + number(23, 2) * 60
    let isWest = text[text.startIndex + 19] == UInt8(ascii: "-")
    return date.dayNumber * 86400 + time + (isWest ? offset : -offset)
  }

  /// The instant of a wall-clock time; the earlier one of the hour that autumn repeats.
  static func instant(ofWall seconds: Int) -> Int {
    let summer = seconds + 5 * 3600
    return isSummer(summer) ? summer : seconds + 6 * 3600
  }

  /// Since 2007: from the second Sunday of March, 2:00, to the first Sunday of November, 2:00.
  private static func isSummer(_ instant: Int) -> Bool {
    // The mean year is at most a day off, and around New Year it is winter in both years.
    let index = (instant - 6 * 3600).dividedDown(by: 31_556_952)
    guard summers.indices.contains(index) else { return false }
    return summers[index].contains(instant)
  }

  /// The summer of every year from 1970 to 2199.
  private static let summers: [Range<Int>] = (1970..<2200).map { year in
    (sunday(2, of: 3, year) * 86400 + 8 * 3600)..<(sunday(1, of: 11, year) * 86400 + 7 * 3600)
  }

  /// The day number of a month's first or second Sunday.
  private static func sunday(_ ordinal: Int, of month: Int, _ year: Int) -> Int {
    let first = CivilDate(year: year, month: month, day: 1).dayNumber
    let weekday = (first + 4) % 7  // 1970-01-01 was a Thursday; Sunday is 0
    return first + (7 - weekday) % 7 + 7 * (ordinal - 1)
  }

  private static func stamp(_ local: Int, separator: UInt8) -> String {
    let date = CivilDate(day: local.dividedDown(by: 86400))
    let time = local - local.dividedDown(by: 86400) * 86400
    return String(unsafeUninitializedCapacity: 19) { buffer in
      digits(date.year, 4, at: 0, in: buffer)
      buffer[4] = 0x2D
      digits(date.month, 2, at: 5, in: buffer)
      buffer[7] = 0x2D
      digits(date.day, 2, at: 8, in: buffer)
      buffer[10] = separator
      digits(time / 3600, 2, at: 11, in: buffer)
      buffer[13] = 0x3A
      digits(time / 60 % 60, 2, at: 14, in: buffer)
      buffer[16] = 0x3A
      digits(time % 60, 2, at: 17, in: buffer)
      return 19
    }
  }

  private static func digits(
    _ number: Int, _ count: Int, at start: Int, in buffer: UnsafeMutableBufferPointer<UInt8>
  ) {
    var rest = number
    for index in stride(from: start + count - 1, through: start, by: -1) {
      buffer[index] = 0x30 + UInt8(rest % 10)
      rest /= 10
    }
  }
}

/// A date of the Gregorian calendar, convertible to days since 1970.
struct CivilDate: Equatable {
  var year: Int
  var month: Int
  var day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date of a day number (Howard Hinnant's algorithm, http://howardhinnant.github.io/date_algorithms.html).
  init(day number: Int) {
    let shifted = number + 719_468
    let era = shifted.dividedDown(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  var dayNumber: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.dividedDown(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let shiftedMonth = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

extension Int {
  /// Division that rounds down also below zero.
  func dividedDown(by divisor: Int) -> Int {
    self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
  }
}
