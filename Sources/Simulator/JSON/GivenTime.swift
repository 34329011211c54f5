/// A date or time as a request or a row writes it: `2024-01-31`, `2024-01-31 10:00:00`,
/// `2024-01-31T10:00:00Z`, `2024-01-31T10:00:00-06:00`.
struct GivenTime: Equatable {
  var date: CivilDate
  /// Seconds since midnight; nil when only a date was given.
  var seconds: Int?
  /// Seconds from UTC; nil when none was given.
  var offset: Int?

  init?(_ text: some StringProtocol) {
    let parts = text.split(whereSeparator: { $0 == "T" || $0 == " " })
    guard let first = parts.first, (1...3).contains(parts.count) else { return nil }
    let date = first.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard date.count == 3, let year = date[0], let month = date[1], let day = date[2],
      (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    self.date = CivilDate(year: year, month: month, day: day)
    if parts.count > 1, !readTime(parts.dropFirst().joined()) { return nil }
  }

  private mutating func readTime(_ text: String) -> Bool {
    let zoneStart = text.firstIndex { $0 == "Z" || $0 == "+" || $0 == "-" } ?? text.endIndex
    guard let seconds = Self.seconds(of: text[..<zoneStart]) else { return false }
    self.seconds = seconds
    let zone = text[zoneStart...]
    if zone == "Z" {
      offset = 0
    } else if let sign = zone.first {
      let digits = zone.dropFirst().filter { $0 != ":" }
      guard digits.count == 4, let number = Int(digits) else { return false }
      offset = (number / 100 * 3600 + number % 100 * 60) * (sign == "-" ? -1 : 1)
    }
    return true
  }

  /// Seconds since midnight of `10:00` or `10:00:00.000`; fractions are cut off.
  private static func seconds(of text: Substring) -> Int? {
    let whole = text.prefix { $0 != "." }.split(separator: ":").map { Int($0) }
    guard (2...3).contains(whole.count), let hours = whole[0], let minutes = whole[1] else {
      return nil
    }
    let rest = whole.count == 3 ? whole[2] : 0
    guard let rest, (0...24).contains(hours), (0...59).contains(minutes), (0...60).contains(rest)
    else { return nil }
    return hours * 3600 + minutes * 60 + rest
  }

  /// The instant meant; without an offset, in the zone given.
  func instant(in zone: FilterBehaviour.Zone) -> Int {
    Self.instant(local: date.dayNumber * 86400 + (seconds ?? 0), offset: offset, in: zone)
  }

  /// The instant at which a day starts in a zone, some days later.
  func startOfDay(plus days: Int = 0, in zone: FilterBehaviour.Zone) -> Int {
    Self.instant(local: (date.dayNumber + days) * 86400, offset: nil, in: zone)
  }

  private static func instant(
    local: Int, offset: Int?, in zone: FilterBehaviour.Zone
  ) -> Int {
    if let offset { return local - offset }
    return zone == .utc ? local : CentralTime.instant(ofWall: local)
  }
}
