import Catalog
import Testing

@Suite struct `A calendar day` {
  /// Walks every day from 1583 to 2299 the slow way, beside the arithmetic under test.
  @Test func `agrees with a count by hand, both ways`() throws {
    var (year, month, day) = (1970, 1, 1)
    var number: Int64 = 0
    // Back to the first year, then forward to the last.
    while year >= 1583 {
      try check(number, year, month, day)
      (year, month, day) = before(year, month, day)
      number -= 1
    }
    while year < 2300 {
      (year, month, day) = after(year, month, day)
      number += 1
      try check(number, year, month, day)
    }
  }

  private func check(_ number: Int64, _ year: Int, _ month: Int, _ day: Int) throws {
    let made = try #require(CalendarDay(year: year, month: month, day: day))
    // Plain comparing first: half a million expectations take minutes.
    if made.daysSinceEpoch == number,
      CalendarDay(daysSinceEpoch: number).civil == (year, month, day)
    {
      return
    }
    Issue.record("day \(number) is \(year)-\(month)-\(day), not \(made) or \(made.daysSinceEpoch)")
  }

  private func length(_ year: Int, _ month: Int) -> Int {
    let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  private func after(_ year: Int, _ month: Int, _ day: Int) -> (Int, Int, Int) {
    if day < length(year, month) { return (year, month, day + 1) }
    return month < 12 ? (year, month + 1, 1) : (year + 1, 1, 1)
  }

  private func before(_ year: Int, _ month: Int, _ day: Int) -> (Int, Int, Int) {
    if day > 1 { return (year, month, day - 1) }
    return month > 1 ? (year, month - 1, length(year, month - 1)) : (year - 1, 12, 31)
  }

  @Test(arguments: [
    (2024, 2, 29, true), (2023, 2, 29, false), (1900, 2, 29, false), (2000, 2, 29, true),
    (2024, 4, 31, false), (2024, 13, 1, false), (2024, 0, 1, false), (2024, 1, 0, false),
    (2024, 12, 31, true),
  ])
  func `exists only if the calendar has it`(year: Int, month: Int, day: Int, exists: Bool) {
    #expect((CalendarDay(year: year, month: month, day: day) != nil) == exists)
  }

  @Test func `holds instants up to its last microsecond, also before 1970`() {
    for number in Int64(-800)...800 {
      let day = CalendarDay(daysSinceEpoch: number)
      #expect(CalendarDay(of: day.start) == day)
      #expect(CalendarDay(of: day.start + .microseconds(86_399_999_999)) == day)
      #expect(CalendarDay(of: day.start - .microseconds(1)).daysSinceEpoch == number - 1)
    }
  }

  @Test func `depends on the zone`() {
    let noon = Instant(seconds: 43_200)
    #expect(CalendarDay(of: noon, offset: .seconds(-12 * 3600)).daysSinceEpoch == 0)
    #expect(CalendarDay(of: noon, offset: .seconds(12 * 3600)).daysSinceEpoch == 1)
    #expect(CalendarDay(of: noon, offset: .seconds(-12 * 3600 - 1)).daysSinceEpoch == -1)
  }

  @Test(arguments: [(0, "1970-01-01"), (-1, "1969-12-31"), (19_782, "2024-02-29")])
  func `is written with its zeros`(number: Int64, text: String) {
    #expect(CalendarDay(daysSinceEpoch: number).description == text)
  }
}

@Suite struct `An instant` {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"),
    (1_709_197_445_000_000, "2024-02-29T09:04:05Z"),
    (1_709_197_445_000_120, "2024-02-29T09:04:05.000120Z"),
  ])
  func `is written in UTC, with a fraction only where there is one`(
    microseconds: Int64, text: String
  ) {
    #expect(Instant(microseconds: microseconds).description == text)
  }

  @Test(arguments: 0..<200)
  func `moves by durations and back`(seed: Int) {
    var generator = Seeded(seed: UInt64(seed))
    let instant = Instant(
      microseconds: .random(in: -4_000_000_000_000_000...4_000_000_000_000_000, using: &generator))
    let step = Duration.microseconds(
      Int64.random(in: -9_000_000_000...9_000_000_000, using: &generator))
    #expect((instant + step) - instant == step)
    #expect((instant + step) - step == instant)
    #expect((instant < instant + step) == (step > .zero))
  }

  @Test func `counts a duration in whole microseconds and in seconds`() {
    #expect(Duration.milliseconds(1500).microseconds == 1_500_000)
    #expect(Duration.milliseconds(-1500).microseconds == -1_500_000)
    #expect(Duration.nanoseconds(1999).microseconds == 1)
    #expect(Duration.milliseconds(-1500).inSeconds == -1.5)
  }
}

/// Random numbers that a seed repeats (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
