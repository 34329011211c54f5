import Catalog
import Testing

@testable import ActiveCampaign

/// The column that `member` fills when it is the only one beside the id.
private func value(_ json: String, as field: String) throws -> (Value, [RejectedValue]) {
  let page = try decodeRow(#""\#(field)":\#(json)"#)
  let row = try #require(page.rows.first)
  let index = try #require(sampler.columns.firstIndex { $0.field == field })
  return (row.values[index], page.rejected)
}

/// An instant from its parts in UTC.
private func utc(
  _ year: Int, _ month: Int, _ day: Int, _ hour: Int64, _ minute: Int64, _ second: Int64,
  microseconds: Int64 = 0
) throws -> Instant {
  let start = try #require(CalendarDay(year: year, month: month, day: day)).start
  return Instant(
    microseconds: start.microseconds + (hour * 3600 + minute * 60 + second) * 1_000_000
      + microseconds)
}

@Suite struct `Decoding values` {
  static let fitting: [(String, String, Value)] = [
    ("count", #""81""#, .integer(81)), ("count", "81", .integer(81)), ("count", #""""#, .null),
    ("count", "null", .null), ("count", #""-5""#, .integer(-5)), ("count", #""+5""#, .integer(5)),
    ("count", #"" 12 ""#, .integer(12)), ("count", #""12.00""#, .integer(12)),
    ("count", "12.0", .integer(12)), ("count", "true", .integer(1)),
    ("count", #""0""#, .integer(0)), ("count", #""2978024262""#, .integer(2_978_024_262)),
    ("count", #""9223372036854775807""#, .integer(.max)),
    ("count", #""-9223372036854775808""#, .integer(.min)),
    ("status", #""3""#, .integer(3)), ("status", "-32768", .integer(-32768)),
    ("status", #""""#, .null),
    ("isOpen", #""0""#, .boolean(false)), ("isOpen", #""1""#, .boolean(true)),
    ("isOpen", "0", .boolean(false)), ("isOpen", "1", .boolean(true)),
    ("isOpen", "true", .boolean(true)), ("isOpen", "false", .boolean(false)),
    ("isOpen", #""true""#, .boolean(true)), ("isOpen", #""""#, .null), ("isOpen", "null", .null),
    ("title", #""""#, .text("")), ("title", "null", .null), ("title", "12.50", .text("12.50")),
    ("title", "true", .text("true")), ("title", #""caf\u00e9 \/ \ud83d\ude00""#, .text("café / 😀")),
    ("title", #""  kept  ""#, .text("  kept  ")),
    ("rate", #""12.50""#, .text("12.50")), ("rate", "12.50", .text("12.50")),
    ("rate", "1e3", .text("1e3")), ("rate", #""""#, .null),
    ("rate", "123456789012345678901234567890.5", .text("123456789012345678901234567890.5")),
    ("options", "null", .null), ("options", #"{"a":[1,"x"]}"#, .json(#"{"a":[1,"x"]}"#)),
    ("options", "[]", .json("[]")), ("options", #""word""#, .json(#""word""#)),
    ("options", #""""#, .json(#""""#)), ("options", "5", .json("5")),
    ("additional", #""{\"from\":6800,\"t\":\"a\\nb\"}""#, .json(#"{"from":6800,"t":"a\nb"}"#)),
    ("additional", #""""#, .null), ("additional", "null", .null),
    ("additional", #""null""#, .null), ("additional", #"{"a":1}"#, .json(#"{"a":1}"#)),
    ("additional", #""[]""#, .json("[]")),
  ]

  @Test(arguments: fitting)
  func `takes every form the API sends`(
    _ field: String, _ json: String, _ expected: Value
  ) throws {
    let (decoded, rejected) = try value(json, as: field)
    #expect(decoded == expected)
    #expect(rejected.isEmpty)
  }

  static let unfit: [(String, String, String)] = [
    ("count", #""abc""#, "abc"), ("count", "1.5", "1.5"), ("count", "{}", "{}"),
    ("count", #"["1"]"#, #"["1"]"#), ("count", #""9223372036854775808""#, "9223372036854775808"),
    ("count", #""99999999999999999999""#, "99999999999999999999"), ("count", #""-""#, "-"),
    ("count", #""12 34""#, "12 34"), ("count", "1e3", "1e3"), ("count", #""1.""#, "1."),
    ("status", "32768", "32768"), ("status", #""won""#, "won"),
    ("isOpen", #""2""#, "2"), ("isOpen", #""yes""#, "yes"), ("isOpen", "[]", "[]"),
    ("title", #"{"a":1}"#, #"{"a":1}"#), ("title", "[]", "[]"),
    ("rate", #""12,50""#, "12,50"), ("rate", #""NaN""#, "NaN"), ("rate", "1e200000", "1e200000"),
    ("rate", "true", "true"),
    ("cdate", #""2024-02-30T10:00:00-06:00""#, "2024-02-30T10:00:00-06:00"),
    ("cdate", #""yesterday""#, "yesterday"), ("cdate", "1589797", "1589797"),
    ("cdate", #""2024-01-01T25:00:00Z""#, "2024-01-01T25:00:00Z"),
    ("cdate", #""2024-01-01T10:00:00 EST""#, "2024-01-01T10:00:00 EST"),
    ("created_timestamp", #""2024-13-01 00:00:00""#, "2024-13-01 00:00:00"),
    ("birthday", #""22.11.2019""#, "22.11.2019"), ("birthday", #""2019-11""#, "2019-11"),
    ("additional", #""{\"cut\":""#, #"{\"cut\":"#),
    ("additional", #""plain words""#, "plain words"),
  ]

  @Test(arguments: unfit)
  func `keeps the row with null and the value beside it`(
    _ field: String, _ json: String, _ raw: String
  ) throws {
    let (decoded, rejected) = try value(json, as: field)
    #expect(decoded == .null)
    let kept = try #require(rejected.first)
    #expect(rejected.count == 1)
    #expect(kept.key == 7)
    #expect(kept.column == Column.snakeCased(field))
    #expect(kept.raw == raw)
    #expect(!kept.reason.isEmpty)
  }

  static let times: [(String, [Int64])] = [
    ("2018-09-12T16:48:36-05:00", [2018, 9, 12, 21, 48, 36, 0]),
    ("2018-01-12T16:48:36-06:00", [2018, 1, 12, 22, 48, 36, 0]),
    ("2020-05-24T13:18:08+00:00", [2020, 5, 24, 13, 18, 8, 0]),
    ("2020-05-24T13:18:08+0000", [2020, 5, 24, 13, 18, 8, 0]),
    ("2020-05-24T13:18:08+05:30", [2020, 5, 24, 7, 48, 8, 0]),
    ("2021-04-16T15:08:25.783751329Z", [2021, 4, 16, 15, 8, 25, 783_751]),
    ("2025-06-17T13:14:46.000Z", [2025, 6, 17, 13, 14, 46, 0]),
    ("2025-06-17T13:14:46.5Z", [2025, 6, 17, 13, 14, 46, 500_000]),
    ("2019-09-06T2:10:00-05:00", [2019, 9, 6, 7, 10, 0, 0]),
    ("2016-01-01T12:00:00-00:00", [2016, 1, 1, 12, 0, 0, 0]),
    ("2020-05-24 05:16:47", [2020, 5, 24, 10, 16, 47, 0]),
    ("2020-12-24 05:16:47", [2020, 12, 24, 11, 16, 47, 0]),
    ("2019-11-22", [2019, 11, 22, 6, 0, 0, 0]),
    ("1969-12-31T18:00:00-06:00", [1970, 1, 1, 0, 0, 0, 0]),
    // Spring 2024: 2 o'clock is left out on 10 March.
    ("2024-03-10 01:59:59", [2024, 3, 10, 7, 59, 59, 0]),
    ("2024-03-10 02:30:00", [2024, 3, 10, 8, 30, 0, 0]),
    ("2024-03-10 03:00:00", [2024, 3, 10, 8, 0, 0, 0]),
    // Autumn 2024: 1 o'clock comes twice on 3 November; the earlier one is meant.
    ("2024-11-03 00:59:59", [2024, 11, 3, 5, 59, 59, 0]),
    ("2024-11-03 01:30:00", [2024, 11, 3, 6, 30, 0, 0]),
    ("2024-11-03 02:00:00", [2024, 11, 3, 8, 0, 0, 0]),
    // The rule before 2007: April to October.
    ("2006-03-20 12:00:00", [2006, 3, 20, 18, 0, 0, 0]),
    ("2006-04-02 12:00:00", [2006, 4, 2, 17, 0, 0, 0]),
    ("2006-10-29 12:00:00", [2006, 10, 29, 18, 0, 0, 0]),
  ]

  @Test(arguments: times)
  func `reads times by their shape`(_ text: String, _ parts: [Int64]) throws {
    let expected = try utc(
      Int(parts[0]), Int(parts[1]), Int(parts[2]), parts[3], parts[4], parts[5],
      microseconds: parts[6])
    for json in ["\"\(text)\"", "\"\(text)\"".replacing("-", with: "\\u002d")] {
      let (decoded, rejected) = try value(json, as: "cdate")
      #expect(decoded == .instant(expected))
      #expect(rejected.isEmpty)
    }
  }

  static let noTimes = [
    "null", #""""#, #""0000-00-00""#, #""0000-00-00 00:00:00""#, #""0000-00-00T00:00:00-06:00""#,
    #""-0001-11-30T00:00:00-05:50""#, #""-0001-11-30 00:00:00""#,
  ]

  @Test(arguments: noTimes, ["cdate", "created_timestamp", "birthday"])
  func `takes zero dates for no date`(_ json: String, _ field: String) throws {
    let (decoded, rejected) = try value(json, as: field)
    #expect(decoded == .null)
    #expect(rejected.isEmpty)
  }

  @Test func `keeps the local clock where the column has no zone`() throws {
    let expected = try Value.wallClock(microseconds: utc(2019, 9, 10, 13, 1, 49).microseconds)
    #expect(try value(#""2019-09-10 13:01:49""#, as: "created_timestamp").0 == expected)
    #expect(try value(#""2019-09-10T13:01:49-05:00""#, as: "created_timestamp").0 == expected)
  }

  @Test func `keeps the day of a date, with or without a time`() throws {
    let expected = try Value.day(#require(CalendarDay(year: 2019, month: 11, day: 22)))
    #expect(try value(#""2019-11-22""#, as: "birthday").0 == expected)
    #expect(try value(#""2019-11-22T23:30:00-06:00""#, as: "birthday").0 == expected)
  }

  @Test func `takes bare times of custom field data for UTC`() throws {
    let stream = StreamDefinition(
      "deal_custom_fields", "Fields.", path: "dealCustomFieldMeta", rows: "samples",
      columns: [.key("id", .bigint), .column("createdTimestamp", .timestamptz)])
    let page = try decodeRow(#""createdTimestamp":"2018-11-06 02:26:07""#, of: stream)
    #expect(page.rows.first?.values[1] == .instant(try utc(2018, 11, 6, 2, 26, 7)))
  }

  static let dates: [(String, Int64?)] = [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
    ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
    ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ("", nil), ("now", nil), ("Sun, 06 Nov 1994 08:49:37 CET", nil),
    ("Sun, 32 Nov 1994 08:49:37 GMT", nil), ("Sun, 06 Foo 1994 08:49:37 GMT", nil),
    ("Sun, 06 Nov 1994 24:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49 GMT", nil),
  ]

  @Test(arguments: dates)
  func `reads dates of HTTP headers`(_ text: String, _ seconds: Int64?) {
    #expect(HTTPDate.instant(text) == seconds.map { Instant(seconds: $0) })
  }
}
