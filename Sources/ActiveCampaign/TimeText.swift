import Catalog

/// A time as the API spells it: a day, mostly a time of day, sometimes an offset from UTC.
///
/// The name of a field does not decide its form, so all are read by shape: `2018-09-12T16:48:36-05:00`,
/// `2020-05-24 05:16:47`, `2021-04-16T15:08:25.783751329Z`, `2019-09-06T2:10:00-05:00`, `2019-11-22`.
struct TimeText {
  /// The day, by the clock that the text was written by.
  let day: CalendarDay
  /// Microseconds since that day's midnight; digits beyond are cut off, as PostgreSQL has none.
  let microseconds: Int64
  /// How far that clock is ahead of UTC, in seconds; nil where the text does not say.
  let offset: Int64?

  /// What a text turned out to be.
  enum Reading {
    case time(TimeText)
    /// A zero date: `0000-00-00`, or any year below 1.
    case none
    case unreadable
  }

  /// Microseconds since 1970-01-01 00:00:00 on the clock that the text was written by.
  var wallClock: Int64 { day.start.microseconds + microseconds }

  /// Reads `range` of `text`.
  static func read(_ range: Range<Int>, of text: Span<UInt8>) -> Reading {
    var digits = Digits(position: range.lowerBound, end: range.upperBound)
    let isBeforeChrist = digits.take(UInt8(ascii: "-"), in: text)
    guard let year = digits.four(in: text), digits.take(UInt8(ascii: "-"), in: text),
      let month = digits.two(in: text), digits.take(UInt8(ascii: "-"), in: text),
      let dayOfMonth = digits.two(in: text)
    else { return .unreadable }
    guard let (microseconds, offset) = clock(&digits, text), digits.isAtEnd else {
      return .unreadable
    }
    if isBeforeChrist || year < 1 { return .none }
    guard let day = CalendarDay(year: year, month: month, day: dayOfMonth) else {
      return .unreadable
    }
    return .time(TimeText(day: day, microseconds: microseconds, offset: offset))
  }

  private static func clock(_ digits: inout Digits, _ text: Span<UInt8>) -> (Int64, Int64?)? {
    if digits.isAtEnd { return (0, nil) }
    guard digits.take(UInt8(ascii: "T"), in: text) || digits.take(UInt8(ascii: " "), in: text),
      let hour = digits.oneOrTwo(in: text), hour < 24,
      digits.take(UInt8(ascii: ":"), in: text),
      let minute = digits.two(in: text), minute < 60
    else { return nil }
    var seconds = Int64(hour * 3600 + minute * 60)
    var fraction: Int64 = 0
    if digits.take(UInt8(ascii: ":"), in: text) {
      // 60 is a leap second; it counts as the next minute's first, as PostgreSQL has it.
      guard let second = digits.two(in: text), second <= 60 else { return nil }
      seconds += Int64(second)
      if digits.take(UInt8(ascii: "."), in: text) {
        guard let cut = digits.microseconds(in: text) else { return nil }
        fraction = cut
      }
    }
    if digits.isAtEnd { return (seconds * 1_000_000 + fraction, nil) }
    guard let offset = offset(&digits, text) else { return nil }
    return (seconds * 1_000_000 + fraction, offset)
  }

  /// `Z`, `-05:00`, `-5:00`, `+0000` or `+00`, in seconds.
  private static func offset(_ digits: inout Digits, _ text: Span<UInt8>) -> Int64? {
    if digits.take(UInt8(ascii: "Z"), in: text) { return 0 }
    let isBehind = digits.take(UInt8(ascii: "-"), in: text)
    guard isBehind || digits.take(UInt8(ascii: "+"), in: text),
      let hours = digits.oneOrTwo(in: text)
    else { return nil }
    var seconds = hours * 3600
    if !digits.isAtEnd {
      _ = digits.take(UInt8(ascii: ":"), in: text)
      guard let minutes = digits.two(in: text), minutes < 60 else { return nil }
      seconds += minutes * 60
    }
    guard seconds < 16 * 3600 else { return nil }
    return Int64(isBehind ? -seconds : seconds)
  }
}

/// Takes digits and marks off a text, one after the other.
private struct Digits {
  var position: Int
  let end: Int

  var isAtEnd: Bool { position == end }

  @inline(__always)
  mutating func take(_ mark: UInt8, in text: Span<UInt8>) -> Bool {
    guard position < end, text[position] == mark else { return false }
    position += 1
    return true
  }

  /// A number of four digits.
  mutating func four(in text: Span<UInt8>) -> Int? {
    guard let high = two(in: text), let low = two(in: text) else { return nil }
    return high * 100 + low
  }

  /// A number of two digits.
  @inline(__always)
  mutating func two(in text: Span<UInt8>) -> Int? {
    guard let tens = one(in: text), let ones = one(in: text) else { return nil }
    return tens * 10 + ones
  }

  /// A number of one digit, or of two.
  mutating func oneOrTwo(in text: Span<UInt8>) -> Int? {
    guard let first = one(in: text) else { return nil }
    return one(in: text).map { first * 10 + $0 } ?? first
  }

  @inline(__always)
  private mutating func one(in text: Span<UInt8>) -> Int? {
    guard position < end else { return nil }
    let digit = text[position] &- UInt8(ascii: "0")
    guard digit < 10 else { return nil }
    position += 1
    return Int(digit)
  }

  /// A fraction of a second of any length, cut off after six digits.
  mutating func microseconds(in text: Span<UInt8>) -> Int64? {
    var value: Int64 = 0
    var count = 0
    while position < end, text[position] &- UInt8(ascii: "0") < 10 {
      if count < 6 { value = value * 10 + Int64(text[position] - UInt8(ascii: "0")) }
      count += 1
      position += 1
    }
    guard count > 0 else { return nil }
    for _ in min(count, 6)..<6 { value *= 10 }
    return value
  }
}
