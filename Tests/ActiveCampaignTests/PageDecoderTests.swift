import Catalog
import Testing

@testable import ActiveCampaign

/// A stream with a column of every kind.
let sampler = StreamDefinition(
  "samples", "One of each kind.", path: "samples", rows: "samples", omitted: ["token"],
  columns: [
    .key("id", .bigint), .column("count", .bigint), .column("status", .smallint),
    .column("isOpen", .boolean), .column("title", .text), .column("cdate", .timestamptz),
    .column("created_timestamp", .timestamp), .column("birthday", .date),
    .column("rate", .numeric), .column("options", .jsonb), .column("additional", .embeddedJSON),
  ])

/// Decodes one row whose members beside the id are given.
func decodeRow(_ members: String, of stream: StreamDefinition = sampler) throws -> Page {
  try PageDecoder(stream).decode(
    Array(#"{"samples":[{"id":"7",\#(members)}],"meta":{"total":"1"}}"#.utf8),
    serverTime: Instant(seconds: 0))
}

@Suite struct `Decoding a page` {
  @Test func `keeps the rows in order, with total and server time`() throws {
    let body = #"{"other":[1,{"a":[]}],"samples":[{"id":"9"},{"id":4}],"meta":{"total":12}}"#
    let page = try PageDecoder(sampler).decode(Array(body.utf8), serverTime: Instant(seconds: 5))
    #expect(page.rows.map(\.key) == [9, 4])
    #expect(page.received == 2)
    #expect(page.total == 12)
    #expect(page.serverTime == Instant(seconds: 5))
    #expect(page.rows[0].values == [.integer(9)] + Array(repeating: .missing, count: 10))
  }

  @Test func `keeps missing apart from null`() throws {
    let row = try #require(try decodeRow(#""title":null"#).rows.first)
    #expect(row.values[4] == .null)
    #expect(row.values[5] == .missing)
    #expect(row.extra == nil)
  }

  @Test func `keeps what nobody declared, and nothing omitted`() throws {
    let page = try decodeRow(
      #""new":"caf\u00e9","token":"t","links":{"a":"b"},"title":"x","deep":{"a":[1]}"#)
    #expect(page.rows.first?.extra == #"{"new":"caf\u00e9","deep":{"a":[1]}}"#)
    #expect(page.rejected.isEmpty)
  }

  @Test func `matches fields by name whatever their order, spelling or repetition`() throws {
    let body = #"""
      {"samples":[
        {"id":"1","title":"a","count":"1","x":1},{"count":"2","id":"2","title":"b"},
        {"titl\u0065":"c","\u0069d":"3","count":"3","y":2,"x":3},{},
        {"title":"d","id":"4","title":"e"},{"titles":"f","id":"5","i":"9"}]}
      """#
    let page = try PageDecoder(sampler).decode(Array(body.utf8), serverTime: Instant(seconds: 0))
    #expect(page.rows.map(\.key) == [1, 2, 3, 4, 5])
    #expect(
      page.rows.map { $0.values[4] } == [
        .text("a"), .text("b"), .text("c"), .text("e"), .missing,
      ])
    #expect(
      page.rows.map(\.extra) == [
        #"{"x":1}"#, nil, #"{"y":2,"x":3}"#, nil, #"{"titles":"f","i":"9"}"#,
      ])
    #expect(page.received == 6)
  }

  @Test(arguments: 0..<100)
  func `reads every row as it would alone, whatever came before it`(_ seed: Int) throws {
    var random = Seeded(seed)
    let rows = (1...20).map { number in
      let members = [
        #""id":"\#(number)""#, #""title":"t\#(number)""#, #""count":\#(number)"#, #""token":"x""#,
        #""new" : "\#(number)""#, #""isOpen":true"#, #""t\u0069tle":"u""#, #""titl":1"#,
        #""a name of more bytes than are compared":[]"#, #""caf\u00e9":2"#, #""café":3"#,
      ]
      let kept = members.filter { _ in Int.random(in: 0..<4, using: &random) > 0 }
      let isShuffled = Int.random(in: 0..<3, using: &random) == 0
      return "{" + (isShuffled ? kept.shuffled(using: &random) : kept).joined(separator: ",") + "}"
    }
    let decode = { (rows: [String]) in
      try PageDecoder(sampler).decode(
        Array(#"{"samples":[\#(rows.joined(separator: ","))]}"#.utf8),
        serverTime: Instant(seconds: 0))
    }
    let together = try decode(rows)
    let alone = try rows.map { try decode([$0]) }
    #expect(together.rows == alone.flatMap(\.rows), "seed \(seed)")
    #expect(together.rejected == alone.flatMap(\.rejected), "seed \(seed)")
  }

  @Test func `loses no row to a bad neighbour`() throws {
    let good = (1...3).map { #"{"id":"\#($0)","title":"t\#($0)"}"# }
    let bad = [
      #"{"id":"10","title":"a\u0000b"}"#, #"{"id":"11","title":"\ud83d","new":"\u0000"}"#,
      #"{"id":"12","options":{"k":"\udead"},"additional":"{\"a\":\"\\u0000\"}"}"#,
      "{\"id\":\"13\",\"title\":\"\u{1}C:\\dir\"}",
    ]
    var body = Array("{\"samples\":[".utf8)
    body += Array((good + bad).joined(separator: ",").utf8)
    body += Array(",{\"id\":\"14\",\"title\":\"a".utf8) + [0xFF, 0xC3] + Array("b\"}]}".utf8)
    let page = try PageDecoder(sampler).decode(body, serverTime: Instant(seconds: 0))
    #expect(page.rows.map(\.key) == [1, 2, 3, 10, 11, 12, 13, 14])
    #expect(page.rows[3].values[4] == .text("ab"))
    #expect(page.rows[4].values[4] == .text("\u{FFFD}"))
    #expect(page.rows[4].extra == #"{"new":""}"#)
    #expect(page.rows[5].values[9] == .json("{\"k\":\"\u{FFFD}\"}"))
    #expect(page.rows[5].values[10] == .json(#"{"a":""}"#))
    #expect(page.rows[6].values[4] == .text("\u{1}C:\\dir"))
    #expect(page.rows[7].values[4] == .text("a\u{FFFD}\u{FFFD}b"))
    #expect(
      page.rejected.map { "\($0.key ?? 0) \($0.column) \($0.reason)" } == [
        "10 title NUL removed", "11 title lone surrogate replaced by U+FFFD",
        "11 _extra NUL removed", "12 options lone surrogate replaced by U+FFFD",
        "12 additional NUL removed", "13 title unknown escape kept as sent",
        "14 title bytes that are no UTF-8 replaced by U+FFFD",
      ])
    #expect(page.rejected[0].raw == #"a\u0000b"#)
  }

  static let keyless = [
    (#"{"title":"x","token":"secret","new":1}"#, #"{"title":"x","new":1}"#),
    (#"{"id":null,"title":"x"}"#, #"{"id":null,"title":"x"}"#),
    (#"{"id":"abc"}"#, #"{"id":"abc"}"#), (#"{}"#, #"{}"#), (#"{"token":"secret"}"#, "{}"),
    (#"[1]"#, #"[1]"#), (#""row""#, "row"), ("null", "null"),
  ]

  @Test(arguments: keyless)
  func `sets rows without a usable key beside the others`(
    _ row: String, _ raw: String
  ) throws {
    let body = #"{"samples":[{"id":"1"},\#(row),{"id":"2"}]}"#
    let page = try PageDecoder(sampler).decode(Array(body.utf8), serverTime: Instant(seconds: 0))
    #expect(page.rows.map(\.key) == [1, 2])
    #expect(page.received == 3)
    #expect(page.rejected.count == 1)
    #expect(page.rejected.first?.key == nil)
    #expect(page.rejected.first?.column == "id")
    #expect(page.rejected.first?.raw == raw)
  }

  @Test func `takes a stub of three keys for a row that says little`() throws {
    let body = #"{"samples":[{"title":"Hidden","id":"5","isDisabled":true}]}"#
    let page = try PageDecoder(sampler).decode(Array(body.utf8), serverTime: Instant(seconds: 0))
    let row = try #require(page.rows.first)
    #expect(row.key == 5)
    #expect(row.values.count { $0 == .missing } == 9)
    #expect(row.extra == #"{"isDisabled":true}"#)
  }

  @Test func `cuts raw values at their limit`() throws {
    let long = String(repeating: "é", count: 9000)
    let page = try decodeRow(#""count":"\#(long)""#)
    let raw = try #require(page.rejected.first?.raw)
    #expect(raw.utf8.count <= RowDecoder.maxRawBytes)
    #expect(raw.utf8.count > RowDecoder.maxRawBytes - 4)
  }

  static let totals: [(String, Int64?)] = [
    (#""meta":{"total":"12"}"#, 12), (#""meta":{"total":12,"currencies":[]}"#, 12),
    (#""meta":{"total":null}"#, nil), (#""meta":{}"#, nil), (#""meta":[]"#, nil),
    (#""meta":null"#, nil), (#""meta":{"total":"many"}"#, nil), (#""other":1"#, nil),
    (#""meta":{"page_input":{"total":3},"total":"4"}"#, 4),
  ]

  @Test(arguments: totals)
  func `reads the total in all its forms`(_ member: String, _ expected: Int64?) throws {
    for body in ["{\"samples\":[],\(member)}", "{\(member),\"samples\":[]}"] {
      let page = try PageDecoder(sampler).decode(Array(body.utf8), serverTime: Instant(seconds: 0))
      #expect(page.total == expected)
    }
  }

  @Test func `takes a list with gaps, which PHP writes as an object`() throws {
    let body = #"{"samples":{"0":{"id":"1"},"2":{"id":"3"}},"errors":[]}"#
    let page = try PageDecoder(sampler).decode(Array(body.utf8), serverTime: Instant(seconds: 0))
    #expect(page.rows.map(\.key) == [1, 3])
  }

  @Test func `reads over a byte order mark`() throws {
    let body = [0xEF, 0xBB, 0xBF] + Array(#"{"samples":[{"id":1}]}"#.utf8)
    let page = try PageDecoder(sampler).decode(body, serverTime: Instant(seconds: 0))
    #expect(page.rows.count == 1)
  }

  @Test func `never makes a page of a body that is cut off`() {
    let body = Array(contactsBody(rows: 3).utf8)
    for count in 0..<body.count {
      #expect(throws: PageError.UnreadableBody.self, "\(count) of \(body.count) bytes") {
        try PageDecoder(sampler).decode(Array(body.prefix(count)), serverTime: Instant(seconds: 0))
      }
    }
  }

  @Test(arguments: 0..<400)
  func `survives any mutation, and invents no row`(_ seed: Int) {
    var random = Seeded(seed)
    var body = Array(contactsBody(rows: 4).utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let at = Int.random(in: 0..<body.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: body[at] = UInt8.random(in: 0...255, using: &random)
      case 1: body.insert(UInt8.random(in: 0...255, using: &random), at: at)
      case 2: body.remove(at: at)
      default:
        body.removeSubrange(at..<min(body.count, at + Int.random(in: 1..<40, using: &random)))
      }
    }
    guard
      let page = try? PageDecoder(sampler).decode(body, serverTime: Instant(seconds: 0))
    else { return }
    #expect(page.received <= 5, "seed \(seed)")
    #expect(page.rows.count <= page.received, "seed \(seed)")
    for row in page.rows {
      #expect(row.values.count == sampler.columns.count, "seed \(seed)")
    }
  }
}

/// A page shaped like the API's: rows not first, escapes, links, nested lists.
func contactsBody(rows count: Int) -> String {
  let rows = (1...count).map { number in
    #"""
    {"cdate":"2024-05-24T05:16:44-05:00","title":"Sam \u00e9 \"S\" \ud83d\ude00","count":"\#(number)",
    "isOpen":"0","status":1,"rate":"1.50","birthday":null,"created_timestamp":"2024-05-24 05:16:44",
    "options":{"a":[1,2,{"b":null}]},"additional":"{\"from\":6800}","fieldValues":["14","15"],
    "links":{"notes":"https:\/\/example.api-us1.com\/api\/3\/contacts\/\#(number)\/notes"},
    "id":"\#(number)"}
    """#
  }
  return
    #"{"scoreValues":[],"samples":[\#(rows.joined(separator: ","))],"meta":{"total":"\#(count)"}}"#
}
