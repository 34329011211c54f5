import Testing

@testable import Catalog

@Suite struct `A condition on rows` {
  private static let stream = StreamDefinition(
    "people", "People", path: "people", rows: "people",
    columns: [
      .key("id", .bigint), .column("status", .smallint), .column("email", .text),
      .column("rate", .numeric), .column("open", .boolean), .column("cdate", .timestamptz),
      .column("born", .date), .column("seen", .timestamp),
    ])

  private static func keeps(_ condition: RowCondition, _ values: [Value]) -> Bool? {
    var shape = StreamShape()
    shape.condition = condition
    let row = Row(key: 1, values: [.integer(1)] + values)
    return RowFilter(of: stream.shaped(by: shape)).flatMap { filter in
      filter.verdict(on: row) == .unjudged ? nil : filter.verdict(on: row) == .stored
    }
  }

  private static let row: [Value] = [
    .integer(2), .text("b@c"), .text("1.50"), .boolean(true), .instant(Instant(seconds: 50)),
    .day(CalendarDay(daysSinceEpoch: 7)), .wallClock(microseconds: 9),
  ]
  private static let nothing = [Value](repeating: .null, count: 7)

  @Test(arguments: [
    (RowCondition.Comparison.equal, [false, true, false]), (.unequal, [true, false, true]),
    (.less, [false, false, true]), (.atMost, [false, true, true]),
    (.greater, [true, false, false]), (.atLeast, [true, true, false]),
  ])
  func `compares numbers, texts, times and flags`(
    _ comparison: RowCondition.Comparison, _ expected: [Bool]
  ) throws {
    let operands: [(String, [RowCondition.Operand])] = [
      ("status", [.integer(1), .integer(2), .integer(3)]),
      ("email", [.text("b@b"), .text("b@c"), .text("c")]),
      ("rate", try ["1.4999", "15e-1", "10"].map { .number(try #require(ExactNumber($0))) }),
      ("cdate", [49, 50, 51].map { .instant(Instant(seconds: $0)) }),
      ("born", [6, 7, 8].map { .day(CalendarDay(daysSinceEpoch: $0)) }),
      ("seen", [8, 9, 10].map { .wallClock(microseconds: $0) }),
    ]
    for (field, values) in operands {
      let found = values.map {
        Self.keeps(.compared(field: field, comparison, $0), Self.row)
      }
      #expect(found == expected, "\(field)")
    }
  }

  @Test func `takes nulls for unknown, as SQL does`() {
    let isTwo = RowCondition.compared(field: "status", .equal, .integer(2))
    let hasEmail = RowCondition.not(.isNull(field: "email"))
    #expect(Self.keeps(isTwo, Self.nothing) == false)
    #expect(Self.keeps(.not(isTwo), Self.nothing) == false)
    #expect(Self.keeps(.or(isTwo, .isNull(field: "email")), Self.nothing) == true)
    #expect(Self.keeps(.and(.not(isTwo), .isNull(field: "email")), Self.nothing) == false)
    #expect(Self.keeps(.not(.and(isTwo, hasEmail)), Self.nothing) == true)
    #expect(Self.keeps(.and(isTwo, hasEmail), Self.row) == true)
    #expect(Self.keeps(.isNull(field: "email"), Self.row) == false)
  }

  @Test func `takes a field that the answer lacks for null`() {
    let isFive = RowCondition.compared(field: "status", .equal, .integer(5))
    let without = [.missing] + Self.row.dropFirst()
    #expect(Self.keeps(isFive, without) == false)
    #expect(Self.keeps(isFive, Self.row) == false)
    #expect(Self.keeps(.isNull(field: "status"), without) == true)
    #expect(Self.keeps(.not(.isNull(field: "status")), without) == false)
  }

  @Test func `judges no stub that lacks what it asks for`() {
    let wide = StreamDefinition(
      "people", "People", path: "people", rows: "people",
      columns: [.key("id", .bigint)] + (1...8).map { .column("f\($0)", .bigint) })
    func verdict(_ field: String, sent: Int) -> RowFilter.Verdict? {
      var shape = StreamShape()
      shape.condition = .isNull(field: field)
      let values = (0...8).map { $0 < sent ? Value.integer(1) : .missing }
      return RowFilter(of: wide.shaped(by: shape))?.verdict(on: Row(key: 1, values: values))
    }
    #expect(verdict("f8", sent: 4) == .unjudged)
    #expect(verdict("f3", sent: 4) == .left)
    #expect(verdict("f8", sent: 5) == .stored)
  }

  @Test func `judges no row by a value of another kind, unless the rest decides`() {
    let compared = RowCondition.compared(field: "status", .greater, .integer(5))
    let asText = [.text("12")] + Self.row.dropFirst()
    #expect(Self.keeps(compared, asText) == nil)
    #expect(Self.keeps(.not(compared), asText) == nil)
    let isOpen = RowCondition.compared(field: "open", .equal, .boolean(true))
    #expect(Self.keeps(.or(compared, isOpen), asText) == true)
    #expect(Self.keeps(.and(compared, .not(isOpen)), asText) == false)
    #expect(Self.keeps(.and(compared, isOpen), asText) == nil)
    let noNumber = RowCondition.compared(field: "email", .less, .integer(5))
    #expect(Self.keeps(noNumber, Self.nothing) == false)
  }

  @Test func `keeps the type of the columns that it asks for`() {
    let wider = [
      EvolvedColumn(field: "status", name: "status", kind: .numeric),
      EvolvedColumn(field: "open", name: "open", kind: .smallint),
    ]
    var shape = StreamShape()
    shape.condition = .compared(field: "status", .greater, .integer(5))
    let evolved = Self.stream.shaped(by: shape).evolved(by: wider)
    #expect(evolved.columns.map(\.kind)[1] == .smallint)
    #expect(evolved.columns.map(\.kind)[4] == .smallint)
    #expect(Self.stream.evolved(by: wider).columns.map(\.kind)[1] == .numeric)
  }

  @Test func `is none where none is given`() {
    #expect(RowFilter(of: Self.stream) == nil)
    #expect(!Self.stream.isSelective)
  }

  @Test func `is written in one way`() {
    let condition = RowCondition.or(
      .not(.isNull(field: "email")),
      .and(
        .compared(field: "email", .unequal, .text("o'b")),
        .compared(field: "status", .atLeast, .integer(3))))
    #expect(
      "\(condition)"
        == "((not (email is null)) or ((email != 'o''b') and (status >= 3)))")
    #expect(condition.fields == ["email", "status"])
  }
}

@Suite struct `An exact number` {
  @Test(arguments: [
    ("1", "1.0"), ("-0", "0"), ("0.10", "1e-1"), ("+12", "012"), ("1200", "12e2"), (".5", "0.5"),
    ("5.", "5"),
  ])
  func `equals its other spellings`(_ one: String, _ other: String) throws {
    #expect(try #require(ExactNumber(one)) == #require(ExactNumber(other)))
  }

  @Test func `stands in its order`() throws {
    let ascending = [
      "-1e30", "-12.5", "-12", "-0.01", "0", "0.009", "0.01", "0.1", "1", "9", "10",
      "12345678901234567890.1", "12345678901234567890.2", "1e30",
    ]
    let numbers = try ascending.map { try #require(ExactNumber($0)) }
    for (one, other) in zip(numbers, numbers.dropFirst()) {
      #expect(one < other && !(other < one) && one != other, "\(one) \(other)")
    }
  }

  @Test(arguments: ["", "-", ".", "e5", "1e", "1.2.3", "0x10", "1 ", "inf", "nan", "١"])
  func `is nothing else`(_ text: String) { #expect(ExactNumber(text) == nil) }
}
