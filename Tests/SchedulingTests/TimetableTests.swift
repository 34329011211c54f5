import Catalog
import Testing

@testable import Scheduling

@Suite struct `An interval` {
  @Test(arguments: [("90s", 90), ("15m", 900), ("1h", 3600), ("1d", 86_400), ("7d", 604_800)])
  func `is read`(_ text: String, _ seconds: Int) throws {
    #expect(try Interval(text).duration == .seconds(seconds))
  }

  @Test(arguments: ["", "15", "m", "-5m", "1.5h", "0s", "8d", "15 m", "999999999d", "1w"])
  func `that is none is refused with an example`(_ text: String) {
    let said = complaint { _ = try Interval(text) }
    #expect(
      said?.contains("15m") == true || said?.contains("from 1s to 7d") == true, "\(said ?? "")")
  }

  @Test func `ticks at its multiples, whenever it was begun`() throws {
    let interval = try Interval("15m")
    #expect(interval.next(after: .at(10, 7)) == .at(10, 15))
    #expect(interval.next(after: .at(10, 15)) == .at(10, 30))
    #expect(interval.next(after: Instant(seconds: -1)) == Instant(seconds: 0))
  }
}

@Suite struct `The lateness of ticks` {
  @Test(arguments: 0..<200)
  func `stays the same for a seed, and below its bounds`(_ seed: Int) {
    let jitter = Jitter(seed: "account-\(seed)|every 15m")
    #expect(jitter == Jitter(seed: "account-\(seed)|every 15m"))
    for gap in [1, 60, 900, 86_400] {
      let delay = jitter.delay(gap: .seconds(gap))
      #expect(delay >= .zero && delay <= min(.seconds(60), .milliseconds(gap * 100)))
    }
  }

  @Test func `spreads hosts evenly`() {
    let delays = (0..<1000).map {
      Jitter(seed: "host\($0)").delay(gap: .seconds(86_400)).inSeconds
    }
    for quarter in 0..<4 {
      let range = Double(quarter) * 15..<Double(quarter + 1) * 15
      #expect((180...320).contains(delays.filter(range.contains).count))
    }
  }

  @Test func `can be turned off`() {
    #expect(Jitter.none.delay(gap: .seconds(900)) == .zero)
    #expect(Jitter(seed: "x", most: .zero).delay(gap: .seconds(900)) == .zero)
  }
}

@Suite struct `A timetable` {
  private func table(_ entries: (String, String)..., at now: Instant) throws -> Timetable {
    try Timetable(
      entries.map { title, timing in
        Timetable.Entry(
          title,
          timing.contains(" ")
            ? .cron(try CronExpression(timing), .utc) : .every(try Interval(timing)))
      }, at: now)
  }

  @Test func `ticks an interval at once, and an expression at its time`() throws {
    var table = try table(("a", "15m"), ("b", "0 3 * * *"), at: .at(1, 7))
    #expect(table.nextTick == .at(1, 7))
    #expect(table.advance(to: .at(1, 7)) == [])
    #expect(table.begin() == "a")
    #expect(table.begin() == nil)
    table.end()
    #expect(table.begin() == nil)
    #expect(table.nextTick == .at(1, 15))
    #expect(table.nextTick(of: "b") == .at(3))
  }

  @Test func `skips and counts the ticks that its own run overlaps`() throws {
    var table = try table(("a", "15m"), at: .at(1))
    _ = table.advance(to: .at(1))
    #expect(table.begin() == "a")
    #expect(table.advance(to: .at(1, 14)) == [])
    #expect(table.advance(to: .at(1, 15)) == ["a"])
    #expect(table.advance(to: .at(1, 46)) == ["a", "a"])
    table.end()
    #expect(table.begin() == nil)
    #expect(table.skipped("a") == 3)
    #expect(table.ticks("a") == 4)
    #expect(table.advance(to: .at(2)) == [])
    #expect(table.begin() == "a")
  }

  @Test func `lets another schedule's tick wait for the run under way`() throws {
    var table = try table(("core", "15m"), ("all", "0 3 * * *"), at: .at(2, 50))
    _ = table.advance(to: .at(2, 50))
    #expect(table.begin() == "core")
    // Both tick at three: the nightly one waits, the quarter-hourly one is skipped.
    #expect(table.advance(to: .at(3)) == ["core"])
    table.end()
    #expect(table.begin() == "all")
    #expect(table.advance(to: .at(3, 15)) == [])
    #expect(table.advance(to: .at(3, 30)) == ["core"])
    table.end()
    #expect(table.begin() == "core")
  }

  @Test func `takes up after a long sleep with one run, not with all it missed`() throws {
    var table = try table(("a", "15m"), at: .at(1))
    _ = table.advance(to: .at(1))
    _ = table.begin()
    table.end()
    let skipped = table.advance(to: .at(9))
    #expect(skipped.count == 31)
    #expect(table.begin() == "a")
    table.end()
    #expect(table.begin() == nil)
    #expect(table.nextTick == .at(9, 15))
  }

  @Test func `is not lost when the clock is put back or far forward`() throws {
    var table = try table(("a", "15m"), ("b", "*/5 * * * *"), at: .at(48))
    _ = table.advance(to: .at(48))
    _ = table.advance(to: .at(2))
    #expect(table.nextTick == .at(2, 5))
    #expect(table.nextTick(of: "a") == .at(2, 15))
    let farAhead = Instant.at(24 * 365 * 5)
    #expect(table.advance(to: farAhead).count <= 2000)
    #expect(table.nextTick(of: "a") == farAhead + .seconds(900))
  }

  @Test func `keeps the places and counts of the schedules that stay`() throws {
    var table = try table(("a", "15m"), ("b", "1h"), at: .at(1))
    _ = table.advance(to: .at(1))
    #expect(table.begin() == "a")
    _ = table.advance(to: .at(1, 15))
    let same = table.entries[0]
    let other = Timetable.Entry("c", .every(try Interval("2h")))
    table.replace(by: [same, other], at: .at(1, 20))
    #expect(table.running == "a")
    #expect(table.skipped("a") == 1)
    #expect(table.nextTick(of: "a") == .at(1, 30))
    #expect(table.nextTick(of: "b") == nil)
    #expect(table.nextTick == .at(1, 20))
    table.end()
    _ = table.advance(to: .at(1, 20))
    #expect(table.begin() == "c")
  }

  /// Plays runs of random lengths, with a clock that stands, leaps and falls back.
  @Test(arguments: 0..<200)
  func `never runs two at once, nor leaves a schedule waiting, by every seed`(_ seed: Int) throws {
    var random = Seeded(seed: seed)
    let timings = ["7m", "15m", "1h", "*/10 * * * *", "5 * * * *"].shuffled(using: &random).prefix(
      3)
    var table = try Timetable(
      timings.map { timing in
        let jitter = Jitter(seed: "\(seed)|\(timing)")
        let times: Timing =
          timing.contains(" ")
          ? .cron(try CronExpression(timing), .utc) : .every(try Interval(timing))
        return Timetable.Entry(timing, times, jitter: jitter)
      }, at: .at(0))
    var now = Instant.at(0)
    var ends: Instant?
    var begun: [String: Int] = [:]
    for _ in 0..<2000 {
      now = now + .seconds(Int.random(in: 0...120, using: &random))
      if let end = ends, end <= now {
        table.end()
        ends = nil
      }
      _ = table.advance(to: now)
      if let title = table.begin() {
        #expect(ends == nil, "seed \(seed)")
        begun[title, default: 0] += 1
        ends = now + .seconds(Int.random(in: 1...900, using: &random))
      }
      let next = try #require(table.nextTick)
      #expect(next > now && next - now <= .seconds(3660), "seed \(seed)")
    }
    for title in timings {
      // What was not skipped was run, but for one that waits or runs.
      let (ticks, skipped) = (table.ticks(title), table.skipped(title))
      #expect((0...1).contains(ticks - skipped - begun[title, default: 0]), "seed \(seed) \(title)")
      #expect(begun[title, default: 0] > 5, "seed \(seed) \(title)")
    }
  }

  @Test func `tells the time between two ticks`() throws {
    let table = try table(("a", "15m"), ("b", "0 3 * * *"), at: .at(1))
    #expect(table.entries[0].gap(around: .at(1)) == .seconds(900))
    #expect(table.entries[1].gap(around: .at(1)) == .seconds(86_400))
  }

  @Test(arguments: 0..<50)
  func `ticks no later than jitter allows, and never twice for one time`(_ seed: Int) throws {
    let entry = Timetable.Entry(
      "x", .every(try Interval("15m")), jitter: Jitter(seed: "\(seed)"))
    var now = Instant.at(0)
    for _ in 0..<50 {
      let tick = try #require(entry.next(after: now))
      let late = tick.microseconds % 900_000_000
      #expect(late <= 60_000_000)
      #expect(tick > now)
      now = tick
    }
    #expect(now - .at(0) <= .seconds(900 * 50 + 60))
  }
}
