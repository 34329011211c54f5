import Foundation
import Testing

@testable import Scheduling

@Suite struct `The rules of a time zone` {
  @Test(
    arguments: [
      "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu",
      "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "America/St_Johns", "UTC",
      "Europe/Dublin", "Antarctica/Troll",
    ])
  func `agree with those of Foundation from 1950 to 2037 and beyond`(_ name: String) throws {
    let rules = try TimeZoneRules.ofThisMachine(name)
    let zone = try #require(TimeZone(identifier: name))
    var random = Seeded(seed: 1)
    for _ in 0..<2000 {
      let second = Int64.random(in: -600_000_000...2_140_000_000, using: &random)
      let date = Date(timeIntervalSince1970: Double(second))
      #expect(
        rules.offset(at: second) == Int64(zone.secondsFromGMT(for: date)), "\(name) \(second)")
    }
  }

  @Test(arguments: [
    ("2040-01-15T12:00:00Z", 3600), ("2040-07-15T12:00:00Z", 7200),
    // The last Sunday of March 2040 is the 25th, that of October the 28th.
    ("2040-03-25T00:59:59Z", 3600), ("2040-03-25T01:00:00Z", 7200),
    ("2040-10-28T00:59:59Z", 7200), ("2040-10-28T01:00:00Z", 3600),
    ("2399-07-01T00:00:00Z", 7200),
  ])
  func `go on by the yearly rule`(_ time: String, _ offset: Int64) throws {
    let berlin = try TimeZoneRules.ofThisMachine("Europe/Berlin")
    let second = Int64(try Date(time, strategy: .iso8601).timeIntervalSince1970)
    #expect(berlin.offset(at: second) == offset)
  }

  @Test(arguments: [
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-01T00:00:00Z", 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-12-01T00:00:00Z", 3600),
    ("<+0330>-3:30", "2026-12-01T00:00:00Z", 12_600),
    ("EST5", "2026-12-01T00:00:00Z", -18_000),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-12-01T00:00:00Z", 39_600),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-06-01T00:00:00Z", 36_000),
    ("XXX3YYY,J60/0,J300/0", "2028-03-01T03:00:00Z", -7200),
    ("XXX3YYY,J60/0,J300/0", "2028-02-29T23:00:00Z", -10_800),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600),
  ])
  func `are read from what POSIX writes`(_ text: String, _ time: String, _ offset: Int64) throws {
    let rule = try #require(YearlyRule(text))
    let second = Int64(try Date(time, strategy: .iso8601).timeIntervalSince1970)
    let last = rule.changes(around: second).last { $0.time <= second }
    #expect((last?.offset ?? rule.offsetWithoutChanges) == offset)
  }

  @Test(arguments: ["", "C", "CET", "CET-1CEST,M3.5.0", "CET-1CEST,M13.1.0,M1.1.0", "CET-1x,1,2,3"])
  func `are refused where they are none`(_ text: String) {
    #expect(YearlyRule(text) == nil)
  }

  @Test(arguments: 0..<200)
  func `are never read from broken files with a crash`(_ seed: Int) throws {
    var random = Seeded(seed: seed)
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Berlin")))
    if seed % 2 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
    for _ in 0..<5 {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    if let rules = try? TimeZoneRules(name: "broken", file: bytes) {
      let second = Int64.random(in: -10_000_000_000...10_000_000_000, using: &random)
      let span = rules.span(at: second)
      #expect(span.start.map { $0 <= second } ?? true)
    }
  }

  @Test func `say which file is none`() {
    let said = complaint { _ = try TimeZoneRules(name: "Nowhere", file: [1, 2, 3]) }
    #expect(said?.contains("\"Nowhere\"") == true)
  }
}
