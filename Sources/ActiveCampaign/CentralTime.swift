import Catalog

/// US Central time, which ActiveCampaign's clocks show whatever the account's country.
enum CentralTime {
  private static let standard: Int64 = -6 * 3600
  private static let daylight: Int64 = -5 * 3600

  /// How far the clock is ahead of UTC when it shows `hour` on `day`, in seconds.
  ///
  /// The hour that comes twice in autumn is taken for the earlier one; the hour left out in spring
  /// for standard time, as PostgreSQL does.
  static func offset(on day: CalendarDay, hour: Int64) -> Int64 {
    let (year, month, dayOfMonth) = day.civil
    let (start, end) = change(in: year)
    if month < start.month || month > end.month { return standard }
    if month > start.month && month < end.month { return daylight }
    if month == start.month {
      let first = start.day(in: year)
      return dayOfMonth > first || (dayOfMonth == first && hour >= 3) ? daylight : standard
    }
    let last = end.day(in: year)
    return dayOfMonth < last || (dayOfMonth == last && hour < 2) ? daylight : standard
  }

  /// A Sunday of a month: the first on or after a day of it.
  private struct Sunday {
    let month: Int
    let onOrAfter: Int

    func day(in year: Int) -> Int {
      // 1970-01-01 was a Thursday, four days after a Sunday.
      let days = CalendarDay(year: year, month: month, day: onOrAfter)?.daysSinceEpoch ?? 0
      let weekday = ((days + 4) % 7 + 7) % 7
      return onOrAfter + Int((7 - weekday) % 7)
    }
  }

  /// The Sundays between which clocks showed daylight time.
  ///
  /// The account's own data begin in this century; of older rules only the two before are kept.
  private static func change(in year: Int) -> (start: Sunday, end: Sunday) {
    switch year {
    case 2007...: (Sunday(month: 3, onOrAfter: 8), Sunday(month: 11, onOrAfter: 1))
    case 1987...2006: (Sunday(month: 4, onOrAfter: 1), Sunday(month: 10, onOrAfter: 25))
    default: (Sunday(month: 4, onOrAfter: 24), Sunday(month: 10, onOrAfter: 25))
    }
  }
}
