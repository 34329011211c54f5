import Catalog
import Testing

@testable import Scheduling

@Suite struct `A cron expression` {
  @Test(arguments: [
    ("*/15 * * * *", "2026-11-21T10:14:59Z", "2026-11-21T10:15:00Z"),
    ("*/15 * * * *", "2026-11-21T10:15:00Z", "2026-11-21T10:30:00Z"),
    ("0 3 * * *", "2026-11-21T03:00:00Z", "2026-11-22T03:00:00Z"),
    ("30 2-4,22 * * *", "2026-11-21T04:30:00Z", "2026-11-21T22:30:00Z"),
    ("10-40/10 8 * * *", "2026-11-21T08:31:00Z", "2026-11-21T08:40:00Z"),
    ("5/20 * * * *", "2026-11-21T08:45:00Z", "2026-11-21T09:05:00Z"),
    ("0 0 1 jan *", "2026-11-21T08:45:00Z", "2027-01-01T00:00:00Z"),
    ("0 9 * * mon-fri", "2026-11-21T08:45:00Z", "2026-11-23T09:00:00Z"),
    ("0 9 * * 7", "2026-11-21T08:45:00Z", "2026-11-22T09:00:00Z"),
    ("0 9 * * SUN,Wed", "2026-11-22T09:00:00Z", "2026-11-25T09:00:00Z"),
    ("0 0 29 2 *", "2026-11-21T08:45:00Z", "2028-02-29T00:00:00Z"),
    ("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z"),
    ("0 0 31 * *", "2026-11-21T08:45:00Z", "2026-12-31T00:00:00Z"),
    ("59 23 31 12 *", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00Z"),
    ("@hourly", "2026-11-21T10:00:00Z", "2026-11-21T11:00:00Z"),
    ("@daily", "2026-11-21T10:00:00Z", "2026-11-22T00:00:00Z"),
    ("@weekly", "2026-11-21T10:00:00Z", "2026-11-22T00:00:00Z"),
    ("@monthly", "2026-11-21T10:00:00Z", "2026-12-01T00:00:00Z"),
    ("@Yearly", "2026-11-21T10:00:00Z", "2027-01-01T00:00:00Z"),
  ])
  func `comes next`(_ expression: String, _ after: String, _ next: String) throws {
    #expect(try CronExpression(expression).next(after: Instant(after)) == Instant(next))
  }

  @Test func `takes a day that fits one of two narrowed fields, and both where one is open`() throws
  {
    let either = try CronExpression("0 0 13 * fri")
    // 2026-11-13 is a Friday; the next Friday is the 20th.
    #expect(
      try either.next(after: Instant("2026-11-13T00:00:00Z")) == Instant("2026-11-20T00:00:00Z"))
    #expect(
      try either.next(after: Instant("2026-12-11T00:00:00Z")) == Instant("2026-12-13T00:00:00Z"))
    let both = try CronExpression("0 0 */2 * fri")
    #expect(
      try both.next(after: Instant("2026-11-13T00:00:00Z")) == Instant("2026-11-27T00:00:00Z"))
  }

  @Test(arguments: [
    ("* * * *", "five fields, \"* * * *\" has 4"),
    ("* * * * * *", "has 6"),
    ("", "has 0"),
    ("60 * * * *", "minute: \"60\" is none → write a number from 0 to 59"),
    ("* 24 * * *", "hour: \"24\" is none"),
    ("* * 0 * *", "day of the month: \"0\" is none"),
    ("* * * 13 *", "month: \"13\" is none"),
    ("* * * * 8", "day of the week: \"8\" is none"),
    ("* * * jnu *", "did you mean jun?"),
    ("* * * * fir", "did you mean fri?"),
    ("*/0 * * * *", "minute: \"0\" is no step"),
    ("*/x * * * *", "minute: \"x\" is no step"),
    ("5-1 * * * *", "minute: the range \"5-1\" ends before it begins"),
    ("1,,2 * * * *", "minute: \"\" is none"),
    ("-1 * * * *", "minute: \"\" is none"),
    ("0 0 30 2 *", "day of the month: \"30\" never comes in month \"2\""),
    ("0 0 31 4,6,feb *", "never comes"),
    ("@houry", "did you mean @hourly?"),
    ("１ * * * *", "minute: \"１\" is none"),
  ])
  func `that is wrong says in which field`(_ text: String, _ words: String) {
    let said = complaint { _ = try CronExpression(text) }
    #expect(said?.contains(words) == true, "\(said ?? "nothing")")
  }

  @Test func `of endless length is refused`() {
    let text = String(repeating: "1,", count: 100_000) + "1 * * * *"
    #expect(complaint { _ = try CronExpression(text) }?.contains("five fields") == true)
  }

  /// Minute by minute, what an expression means in UTC.
  @Test(arguments: 0..<100)
  func `comes at the first minute that fits, by every seed`(_ seed: Int) throws {
    var random = Seeded(seed: seed)
    let fields = [
      Self.field(0...59, &random), Self.field(0...23, &random), Self.field(1...28, &random),
      Self.field(1...12, &random), Self.field(0...6, &random),
    ]
    let text = fields.map(\.text).joined(separator: " ")
    let expression = try CronExpression(text)
    let start = Instant(seconds: Int64.random(in: 0...4_000_000_000, using: &random))
    let next = try #require(expression.next(after: start))
    // Counted back from it, since it may lie years ahead: none of the day before it fits.
    #expect(Self.fits(next, fields), "seed \(seed): \(text) after \(start) gave \(next)")
    #expect(next > start)
    var minute = next - .seconds(60)
    let first = max(start, next - .seconds(86_400))
    while minute > first {
      #expect(!Self.fits(minute, fields), "seed \(seed): \(text) after \(start) left \(minute) out")
      minute = minute - .seconds(60)
    }
    #expect(expression.next(after: next - .seconds(1)) == next)
  }

  private struct Field {
    let text: String
    let numbers: Set<Int>
    var isOpen: Bool { text.hasPrefix("*") }
  }

  private static func field(_ range: ClosedRange<Int>, _ random: inout Seeded) -> Field {
    let first = Int.random(in: range, using: &random)
    let last = Int.random(in: first...range.upperBound, using: &random)
    let step = Int.random(in: 1...7, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return Field(text: "\(first)", numbers: [first])
    case 1: return Field(text: "\(first)-\(last)", numbers: Set(first...last))
    case 2: return Field(text: "\(last),\(first)", numbers: [first, last])
    case 3:
      return Field(
        text: "*/\(step)",
        numbers: Set(stride(from: range.lowerBound, through: range.upperBound, by: step)))
    default: return Field(text: "*", numbers: Set(range.lowerBound...31).union(range))
    }
  }

  private static func fits(_ instant: Instant, _ fields: [Field]) -> Bool {
    let day = CalendarDay(of: instant)
    let minutes = Int((instant - day.start).components.seconds) / 60
    let (_, month, date) = day.civil
    let weekday = Int((day.daysSinceEpoch + 4) % 7)
    let days = [fields[2].numbers.contains(date), fields[4].numbers.contains(weekday)]
    let isNarrowed = !fields[2].isOpen && !fields[4].isOpen
    return fields[0].numbers.contains(minutes % 60) && fields[1].numbers.contains(minutes / 60)
      && fields[3].numbers.contains(month)
      && (isNarrowed ? days.contains(true) : !days.contains(false))
  }
}

@Suite struct `Where clocks are put forward` {
  // Berlin, 2026-03-29: 02:00 becomes 03:00, at 01:00 UTC.
  @Test(arguments: ["30 2 * * *", "0 2 * * *", "0,15,45 2 29 3 *"])
  func `a time that is left out comes at that moment, once`(_ text: String) throws {
    let berlin = try TimeZoneRules.ofThisMachine("Europe/Berlin")
    let expression = try CronExpression(text)
    let change = try Instant("2026-03-29T01:00:00Z")
    #expect(try expression.next(after: Instant("2026-03-28T12:00:00Z"), in: berlin) == change)
    let next = try #require(expression.next(after: change, in: berlin))
    #expect(next >= change + .seconds(20 * 3600))
  }

  @Test func `what goes by every hour leaves the hour out`() throws {
    let berlin = try TimeZoneRules.ofThisMachine("Europe/Berlin")
    let expression = try CronExpression("30 * * * *")
    #expect(
      try expression.next(after: Instant("2026-03-29T00:30:00Z"), in: berlin)
        == Instant("2026-03-29T01:30:00Z"))
  }
}

@Suite struct `Where clocks are put back` {
  // Berlin, 2026-10-25: 03:00 becomes 02:00, at 01:00 UTC.
  @Test func `a time that comes twice counts the first time`() throws {
    let berlin = try TimeZoneRules.ofThisMachine("Europe/Berlin")
    let expression = try CronExpression("30 2 * * *")
    let first = try Instant("2026-10-25T00:30:00Z")
    #expect(try expression.next(after: Instant("2026-10-24T12:00:00Z"), in: berlin) == first)
    #expect(try expression.next(after: first, in: berlin) == Instant("2026-10-26T01:30:00Z"))
    // Also for a program that starts between the two.
    #expect(
      try expression.next(after: Instant("2026-10-25T01:10:00Z"), in: berlin)
        == Instant("2026-10-26T01:30:00Z"))
  }

  @Test func `the hour behind it counts once`() throws {
    let berlin = try TimeZoneRules.ofThisMachine("Europe/Berlin")
    #expect(
      try CronExpression("0 3 * * *").next(after: Instant("2026-10-25T00:10:00Z"), in: berlin)
        == Instant("2026-10-25T02:00:00Z"))
  }

  @Test func `what goes by every hour counts both`() throws {
    let berlin = try TimeZoneRules.ofThisMachine("Europe/Berlin")
    let expression = try CronExpression("30 * * * *")
    let first = try Instant("2026-10-25T00:30:00Z")
    #expect(expression.next(after: first, in: berlin) == first + .seconds(3600))
  }

  @Test(
    arguments: ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"], 0..<20)
  func `no day misses a daily time or has it twice, by every seed`(_ name: String, _ seed: Int)
    throws
  {
    let zone = try TimeZoneRules.ofThisMachine(name)
    var random = Seeded(seed: seed)
    let (hour, minute) = (
      Int.random(in: 0...23, using: &random), Int.random(in: 0...59, using: &random)
    )
    let expression = try CronExpression("\(minute) \(hour) * * *")
    var time = Instant(seconds: Int64.random(in: 1_700_000_000...4_000_000_000, using: &random))
    for _ in 0..<800 {
      let next = try #require(expression.next(after: time, in: zone))
      let hours = (next - time).inSeconds / 3600
      if time.microseconds % 60_000_000 == 0 {
        #expect((22.4...25.6).contains(hours), "\(name) seed \(seed): \(time) → \(next)")
      }
      time = next
    }
  }
}
