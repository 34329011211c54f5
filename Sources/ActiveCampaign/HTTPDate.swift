import Catalog

/// Dates of HTTP headers (RFC 7231, section 7.1.1.1), in all three forms.
enum HTTPDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// The instant of `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
  /// `Sun Nov  6 08:49:37 1994`; nil for anything else.
  static func instant(_ text: String) -> Instant? {
    let parts = text.lowercased().split { " ,-".contains($0) }
    guard parts.count == 5 || (parts.count == 6 && parts[5] == "gmt") else { return nil }
    // asctime alone has no zone and names the month first.
    let isAsctime = parts.count == 5
    let (day, month, year, time) =
      isAsctime
      ? (parts[2], parts[1], parts[4], parts[3]) : (parts[1], parts[2], parts[3], parts[4])
    guard let month = months.firstIndex(of: String(month)), let day = Int(day),
      let year = fullYear(year), let date = CalendarDay(year: year, month: month + 1, day: day),
      let seconds = seconds(time)
    else { return nil }
    return date.start + .seconds(seconds)
  }

  private static func fullYear(_ text: Substring) -> Int? {
    guard let year = Int(text), year >= 0 else { return nil }
    if text.count == 4 { return year }
    guard text.count == 2 else { return nil }
    return year + (year < 70 ? 2000 : 1900)
  }

  private static func seconds(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":").map { Int($0) }
    guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
      (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second)
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }
}
