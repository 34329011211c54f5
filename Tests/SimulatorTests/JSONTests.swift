import Foundation
import Testing

@testable import Simulator

@Suite struct `Writing JSON as PHP does` {
  @Test(arguments: [
    ("é", "\"\\u00e9\""), ("🎉", "\"\\ud83c\\udf89\""), ("a/b", "\"a\\/b\""),
    ("\"\\", "\"\\\"\\\\\""), ("\n\r\t\u{8}\u{c}", "\"\\n\\r\\t\\b\\f\""),
    ("\u{1}", "\"\\u0001\""), ("محمد", "\"\\u0645\\u062d\\u0645\\u062f\""), ("plain", "\"plain\""),
    ("", "\"\""), ("\u{7f}", "\"\u{7f}\""),
  ])
  func `escapes all but ASCII, and slashes`(text: String, written: String) {
    #expect(String(decoding: JSONWriter.text(of: .text(text)), as: UTF8.self) == written)
  }

  @Test func `keeps the order of keys and writes an empty object as an empty array`() {
    let value: RowValue = ["b": 1, "a": [true, nil, "x"], "c": .object([:])]
    #expect(
      String(decoding: JSONWriter.text(of: value), as: UTF8.self)
        == #"{"b":1,"a":[true,null,"x"],"c":[]}"#)
  }

  @Test(arguments: ["plain", "é 🎉 \"quoted\" back\\slash", "a/b\n\t", "{}[],:", "", "null"])
  func `reads back any text it wrote`(text: String) {
    let row = RowText(["first": ["x": .text(text)], "wanted": .text(text), "id": "1"])
    #expect(row.string(of: "wanted") == text)
    #expect(row.int(of: "id") == 1)
    #expect(row.value(of: "x") == nil)
  }

  @Test func `replaces a value and leaves the others`() {
    var row = RowText(["a": "1", "b": ["x": [1, 2]], "id": "7", "c": nil])
    row.set("b", to: "a longer \"text\" than before")
    row.set("c", to: 5)
    row.set("new", to: false)
    #expect(
      String(decoding: row.bytes, as: UTF8.self)
        == #"{"a":"1","b":"a longer \"text\" than before","id":"7","c":5,"new":false}"#)
    #expect(row.bytes[row.linksAt...].starts(with: Array(#""id""#.utf8)))
    #expect(row.string(of: "c") == "5")
  }

  @Test func `tells null from a missing key, and lists ids`() {
    let row = RowText(["n": nil, "ids": .ids([3, 14]), "none": [], "id": "1"])
    #expect(row.value(of: "n").map { Array($0) } == Array("null".utf8))
    #expect(row.string(of: "n") == nil)
    #expect(row.value(of: "missing") == nil)
    #expect(row.ids(of: "ids") == [3, 14])
    #expect(row.ids(of: "none").isEmpty)
  }
}

@Suite struct `US Central time` {
  @Test(arguments: [
    (1_782_907_200, "2026-07-01T07:00:00-05:00"), (1_768_478_400, "2026-01-15T06:00:00-06:00"),
    (1_772_956_799, "2026-03-08T01:59:59-06:00"), (1_772_956_800, "2026-03-08T03:00:00-05:00"),
    (1_793_516_399, "2026-11-01T01:59:59-05:00"), (1_793_516_400, "2026-11-01T01:00:00-06:00"),
    (1_709_186_400, "2024-02-29T00:00:00-06:00"), (1_704_088_800, "2024-01-01T00:00:00-06:00"),
  ])
  func `writes the truthful offset`(instant: Int, text: String) {
    #expect(CentralTime.iso(instant) == text)
    #expect(CentralTime.instant(ofISO: Array(text.utf8)[...]) == instant)
    #expect(GivenTime(text)?.instant(in: .utc) == instant)
  }

  @Test func `agrees with the system's own zone over thirty years`() throws {
    let zone = try #require(TimeZone(identifier: "America/Chicago"))
    // Steps of 13 hours and a bit, so that every hour of the day and of the changes is met.
    for instant in stride(from: 1_199_145_600, to: 2_145_916_800, by: 46_811) {
      let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
      #expect(CentralTime.offset(at: instant) == offset, "\(instant)")
    }
  }

  @Test func `writes the wall clock without an offset`() {
    #expect(CentralTime.wall(noon) == "2026-07-01 07:00:00")
    #expect(CentralTime.day(noon) == "2026-07-01")
    #expect(CentralTime.wall(0) == "1969-12-31 18:00:00")
  }

  @Test(arguments: [
    ("2026-07-01", 1_782_882_000, 1_782_864_000), ("2026-07-01 07:00:00", noon, noon - 18000),
    ("2026-07-01T12:00:00Z", noon, noon), ("2026-07-01T12:00:00.123Z", noon, noon),
    ("2026-07-01T14:00:00+02:00", noon, noon), ("2026-07-01T7:00", noon, noon - 18000),
  ])
  func `reads a given time in the zone meant`(text: String, central: Int, utc: Int) {
    #expect(GivenTime(text)?.instant(in: .central) == central)
    #expect(GivenTime(text)?.instant(in: .utc) == utc)
  }

  @Test(arguments: ["", "yesterday", "2026-13-01", "2026-07", "0000-00-00", "2026-07-01T99:00:00"])
  func `refuses what is no time`(text: String) {
    #expect(GivenTime(text) == nil)
  }

  @Test func `writes the date header`() {
    #expect(HTTPHead.date(1_590_315_405) == "Sun, 24 May 2020 10:16:45 GMT")
    #expect(HTTPHead.date(0) == "Thu, 01 Jan 1970 00:00:00 GMT")
  }
}
