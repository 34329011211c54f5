public import Catalog

/// Times that recur, as cron writes them: minute, hour, day of the month, month, day of the week.
///
/// Each field is `*`, a number, a range `1-5`, a list `1,5`, or steps `*/15`, `10-40/10`; months and
/// weekdays have names (`jan`, `mon`). `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`,
/// `@yearly` and `@annually` stand for whole expressions. As in cron, where both days are narrowed
/// (neither begins with `*`) a day counts that fits one of them.
///
/// Where clocks are put forward or back, an expression whose hours are `*` (or `*/2` …) goes by the
/// clock on the wall: hours that come twice count twice, those left out not at all. One with hours of
/// its own comes once: at a time that is left out, when the clock has been put forward; at a time that
/// comes twice, the first time.
public struct CronExpression: Sendable, Hashable, CustomStringConvertible {
  /// The expression as it was written.
  public let description: String
  let minutes: UInt64
  let hours: UInt64
  let days: UInt64
  let months: UInt64
  let weekdays: UInt64
  /// Whether a day may fit by one of both fields.
  let fitsEitherDay: Bool
  /// Whether it goes by the clock on the wall, hour for hour.
  let isEveryHour: Bool

  private static let nicknames = [
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
  ]
  private static let mostCharacters = 256

  /// Reads an expression.
  ///
  /// - Throws: `ScheduleError` that names the field; also where no day can ever fit.
  public init(_ text: String) throws(ScheduleError) {
    guard text.utf8.count <= Self.mostCharacters else {
      throw ScheduleError(
        "the cron expression has \(text.count) characters", remedy: "write five fields")
    }
    description = text
    let fields = try Self.fields(of: text)
    minutes = try CronField.minute.numbers(in: fields[0])
    hours = try CronField.hour.numbers(in: fields[1])
    days = try CronField.day.numbers(in: fields[2])
    months = try CronField.month.numbers(in: fields[3])
    weekdays = try CronField.weekday.numbers(in: fields[4])
    fitsEitherDay = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
    isEveryHour = fields[1].hasPrefix("*")
    guard fitsEitherDay || hasDayThatExists else {
      throw ScheduleError(
        "day of the month: \(fields[2].shown) never comes in month \(fields[3].shown)",
        remedy: "choose a day that the month has")
    }
  }

  private static func fields(of text: String) throws(ScheduleError) -> [Substring] {
    var text = text
    if text.hasPrefix("@") {
      guard let meant = nicknames[text.lowercased()] else {
        throw ScheduleError(
          "there is no \(text.shown)",
          remedy: nearestName(to: text, among: nicknames.keys.sorted())
            .map { "did you mean \($0)?" }
            ?? "one of \(nicknames.keys.sorted().joined(separator: " "))"
        )
      }
      text = meant
    }
    let fields = text.split { $0 == " " || $0 == "\t" }
    guard fields.count == CronField.all.count else {
      throw ScheduleError(
        "a cron expression has five fields, \(text.shown) has \(fields.count)",
        remedy: "write minute, hour, day of the month, month, day of the week: */15 * * * *")
    }
    return fields
  }

  /// Whether one of its months is long enough for one of its days.
  private var hasDayThatExists: Bool {
    let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let first = days.trailingZeroBitCount
    return (1...12).contains { months & 1 << UInt64($0) != 0 && first <= lengths[$0 - 1] }
  }

  // MARK: The next time

  /// The first time it comes after an instant; nil only if it does not come within twelve years.
  public func next(after instant: Instant, in zone: TimeZoneRules = .utc) -> Instant? {
    var seconds = Self.floored(instant.microseconds, by: 1_000_000)
    let horizon = seconds + Self.horizon
    var span = zone.span(at: seconds)
    while seconds < horizon {
      if let found = next(after: seconds, within: span, horizon) { return Instant(seconds: found) }
      guard let end = span.end else { return nil }
      let following = zone.span(at: end)
      if leavesOut(following, behind: span, at: end) { return Instant(seconds: end) }
      // The first second of the new span counts too.
      (seconds, span) = (end - 1, following)
    }
    return nil
  }

  /// Longer than it takes from one 29 February to the next, also around the year 2100.
  private static let horizon: Int64 = 12 * 366 * 86_400

  /// The next time within a span in which the clock is not changed.
  private func next(
    after seconds: Int64, within span: TimeZoneRules.Span, _ horizon: Int64
  ) -> Int64? {
    var local = seconds + span.offset
    // Clock times that came before already do not count a second time.
    if !isEveryHour, let start = span.start, let before = span.offsetBefore, before > span.offset {
      local = max(local, start + before - 1)
    }
    let end = min(span.end ?? .max - 86_400, horizon) + span.offset
    return nextByClock(after: local, before: end).map { $0 - span.offset }
  }

  /// Whether a time of ours is left out where clocks are put forward; it comes at that moment then.
  private func leavesOut(
    _ span: TimeZoneRules.Span, behind before: TimeZoneRules.Span, at change: Int64
  ) -> Bool {
    guard !isEveryHour, span.offset > before.offset else { return false }
    return nextByClock(after: change + before.offset - 1, before: change + span.offset) != nil
  }

  /// The first fitting time by the clock on the wall, as seconds as if that were UTC.
  private func nextByClock(after local: Int64, before end: Int64) -> Int64? {
    // The next whole minute.
    let minute = Self.floored(local, by: 60) + 1
    var day = Self.floored(minute, by: 1440)
    var from = Int(minute - day * 1440)
    while day * 86_400 < end {
      if fits(CalendarDay(daysSinceEpoch: day)), let found = minuteOfDay(from: from) {
        let time = day * 86_400 + Int64(found) * 60
        return time < end ? time : nil
      }
      day += 1
      from = 0
    }
    return nil
  }

  /// The first fitting minute of a day, from a minute on.
  private func minuteOfDay(from start: Int) -> Int? {
    var hour = start / 60
    var from = start % 60
    while hour < 24 {
      if hours & 1 << UInt64(hour) != 0 {
        let left = minutes >> UInt64(from)
        if left != 0 { return hour * 60 + from + left.trailingZeroBitCount }
      }
      hour += 1
      from = 0
    }
    return nil
  }

  private func fits(_ day: CalendarDay) -> Bool {
    let (_, month, date) = day.civil
    guard months & 1 << UInt64(month) != 0 else { return false }
    // 1970-01-01 was a Thursday.
    let weekday = UInt64(((day.daysSinceEpoch + 4) % 7 + 7) % 7)
    let (fitsDate, fitsWeekday) = (days & 1 << UInt64(date) != 0, weekdays & 1 << weekday != 0)
    return fitsEitherDay ? fitsDate || fitsWeekday : fitsDate && fitsWeekday
  }

  private static func floored(_ number: Int64, by divisor: Int64) -> Int64 {
    let rest = number % divisor
    return (number - (rest < 0 ? rest + divisor : rest)) / divisor
  }
}
