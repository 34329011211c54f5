import Catalog
import Testing

@Suite struct `Windows of creation` {
  private func day(_ text: String) throws -> CalendarDay {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    return try #require(CalendarDay(year: parts[0], month: parts[1], day: parts[2]))
  }

  @Test func `part their days without a gap, the last one shorter`() throws {
    let range = try #require(
      BackfillRange(first: day("2019-01-01"), last: day("2019-03-05"), days: 30))
    #expect(
      range.windows.map(\.description) == [
        "2019-01-01 to 2019-01-30", "2019-01-31 to 2019-03-01", "2019-03-02 to 2019-03-05",
      ])
    #expect(
      try BackfillRange(first: day("2019-01-02"), last: day("2019-01-01"), days: 30) == nil)
    #expect(try BackfillRange(first: day("2019-01-01"), last: day("2019-01-01"), days: 0) == nil)
  }

  @Test func `are the same for a later end, but for the last and what follows it`() throws {
    let short = try #require(
      BackfillRange(first: day("2019-01-01"), last: day("2019-06-10"), days: 30))
    let long = try #require(
      BackfillRange(first: day("2019-01-01"), last: day("2019-12-31"), days: 30))
    #expect(long.windows.prefix(5) == short.windows.prefix(5))
    #expect(short.windows.count == 6 && long.windows.count == 13)
  }

  /// A filter of days in a zone, with or without the day that is asked for.
  private func shows(
    _ instant: Instant, _ bounds: CreationBounds, hoursEast: Int, isExclusive: Bool
  ) -> Bool {
    let day = CalendarDay(of: instant, offset: .seconds(hoursEast * 3600))
    guard let after = bounds.after, let before = bounds.before else { return true }
    return (isExclusive ? day > after : day >= after) && day < before
  }

  @Test(arguments: -12...14, [true, false])
  func `are asked for such that no zone and no bound hides a row of theirs`(
    hoursEast: Int, isExclusive: Bool
  ) throws {
    let window = CreationWindow(first: try day("2020-02-28"), last: try day("2020-03-01"))
    let end = window.last.adding(1).start
    for instant in [window.first.start, end - .microseconds(1)] {
      #expect(
        shows(instant, window.bounds, hoursEast: hoursEast, isExclusive: isExclusive))
      #expect(window.admits(instant))
    }
    // And whatever such a filter lets through is admitted.
    for hour in stride(from: -24 * 8, through: 24 * 12, by: 1) {
      let instant = window.first.start + .seconds(hour * 3600)
      if shows(instant, window.bounds, hoursEast: hoursEast, isExclusive: isExclusive) {
        #expect(window.admits(instant), "\(instant)")
      }
    }
  }

  @Test func `admit no row of days further off`() throws {
    let window = CreationWindow(first: try day("2020-02-28"), last: try day("2020-03-01"))
    #expect(!window.admits(window.first.start - .seconds(86_400 * 3)))
    #expect(!window.admits(window.last.start + .seconds(86_400 * 6)))
  }

  @Test func `can be asked for where the catalogue says so, by a column that it declares`() {
    for stream in StreamDefinition.all where stream.windows != .wholeStream {
      #expect(stream.creationIndex != nil, "\(stream.id)")
    }
    let windowed = StreamDefinition.all.filter { $0.windows != .wholeStream }
    #expect(windowed.map(\.id) == ["contacts", "deals"])
  }
}
