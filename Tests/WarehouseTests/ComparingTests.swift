import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

extension StreamDefinition {
  /// A stream with a column of each kind.
  fileprivate static let samples = StreamDefinition(
    "samples", "Samples", path: "samples", rows: "samples", omitted: ["secret"],
    columns: [.key("id", .bigint)]
      + Column.Kind.allCases.map { .column("of \($0)", $0) })
}

extension Value {
  /// A value of a kind, in a spelling that PostgreSQL does not keep where there are several.
  fileprivate static func sample(_ kind: Column.Kind) -> Value {
    switch kind {
    case .bigint: .integer(9_007_199_254_740_993)
    case .smallint: .integer(-7)
    case .boolean: .boolean(true)
    case .text: .text("e\u{301} “ø\\/” ")
    case .timestamptz: .instant(Instant(microseconds: 1_700_000_000_123_456))
    case .timestamp: .wallClock(microseconds: -86_400_000_000)
    case .date: .day(CalendarDay(daysSinceEpoch: 11_016))
    case .numeric: .text("1.50e2")
    case .jsonb: .json(#"{"b":1.50,"a":"\u00e9"}"#)
    case .embeddedJSON: .json("[1, {}]")
    }
  }
}

@Suite(.freshDatabase) struct `Holding a page against the table` {
  private static func row(_ key: Int64, extra: String? = nil) -> Catalog.Row {
    Catalog.Row(
      key: key, values: [.integer(key)] + Column.Kind.allCases.map { .sample($0) }, extra: extra)
  }

  private func page(_ rows: [Catalog.Row], rejected: [RejectedValue] = []) -> Page {
    Page(
      rows: rows, received: rows.count, total: nil, serverTime: .at(20), rejected: rejected)
  }

  private func holding(_ rows: [Catalog.Row]) async throws -> Loader {
    let loader = try await Loader.holding(.samples)
    _ = try await loader.write(.of(.samples, rows))
    return loader
  }

  @Test func `finds nothing where every kind of value came back as it was sent`() async throws {
    let rows = [Self.row(1, extra: #"{"z":1,"y":[2]}"#), Self.row(2)]
    let loader = try await holding(rows)
    #expect(try await loader.differences(from: page(rows), in: .samples) == [])
    #expect(try await loader.countLiveRows(of: .samples) == 2)
  }

  @Test(arguments: Column.Kind.allCases)
  func `finds a column that holds another value, or none`(kind: Column.Kind) async throws {
    let loader = try await holding([Self.row(1), Self.row(2)])
    let name = Identifier(Column.snakeCased("of \(kind)")).quoted
    let other =
      switch kind {
      case .bigint: "9007199254740992"
      case .smallint: "7"
      case .boolean: "false"
      // The same letter in another spelling is another value.
      case .text: "'\u{e9} “ø\\/” '"
      case .timestamptz: "'2023-11-14 22:13:20.123457+00'"
      case .timestamp: "'1969-12-31 00:00:01'"
      case .date: "'2000-02-28'"
      case .numeric: "150.001"
      case .jsonb: "'{\"b\":1.5,\"a\":\"e\"}'"
      case .embeddedJSON: "'[1]'"
      }
    try await script(
      """
      UPDATE activecampaign.samples SET \(name) = \(other) WHERE id = 1;
      UPDATE activecampaign.samples SET \(name) = NULL WHERE id = 2
      """)
    let found = try await loader.differences(
      from: page([Self.row(1), Self.row(2)]), in: .samples)
    #expect(
      found == [
        Difference(key: 1, column: Column.snakeCased("of \(kind)"), kind: .value),
        Difference(key: 2, column: Column.snakeCased("of \(kind)"), kind: .value),
      ])
  }

  @Test func `finds rows that are not there, or called deleted`() async throws {
    let loader = try await holding([Self.row(1)])
    try await script("UPDATE activecampaign.samples SET _deleted_at = now()")
    let found = try await loader.differences(
      from: page([Self.row(1), Self.row(2)]), in: .samples)
    #expect(found == [Difference(key: 1, kind: .deleted), Difference(key: 2, kind: .missing)])
    #expect(try await loader.countLiveRows(of: .samples) == 0)
  }

  @Test func `compares null, but not what was not sent`() async throws {
    let loader = try await holding([Self.row(1)])
    let blank = Column.Kind.allCases.map { _ in Value.missing }
    let stub = Catalog.Row(key: 1, values: [.integer(1)] + blank)
    #expect(try await loader.differences(from: page([stub]), in: .samples) == [])
    let nulls = Column.Kind.allCases.map { _ in Value.null }
    let empty = Catalog.Row(key: 1, values: [.integer(1)] + nulls)
    let found = try await loader.differences(from: page([empty]), in: .samples)
    #expect(
      found.compactMap(\.column) == Column.Kind.allCases.map { Column.snakeCased("of \($0)") })
  }

  @Test func `finds undeclared fields that are lost, left over or must not be stored`()
    async throws
  {
    let loader = try await holding([Self.row(1), Self.row(2, extra: #"{"a":1}"#), Self.row(3)])
    try await script(
      "UPDATE activecampaign.samples SET _extra = '{\"secret\":1}' WHERE id = 3")
    let found = try await loader.differences(
      from: page([Self.row(1, extra: #"{"a":1}"#), Self.row(2), Self.row(3)]), in: .samples)
    #expect(
      found == [
        Difference(key: 1, column: "_extra", kind: .value),
        Difference(key: 2, column: "_extra", kind: .value),
        Difference(key: 3, column: "_extra", kind: .value),
        Difference(key: 3, column: "_extra", kind: .omitted, verdict: .differs),
      ])
  }

  @Test func `wants each value that did not fit to be kept`() async throws {
    let loader = try await holding([Self.row(1)])
    let kept = RejectedValue(key: 1, column: "of date", raw: "x\0y", reason: "not a date")
    _ = try await loader.write(.of(.samples, [Self.row(1)], rejected: [kept]))
    let lost = RejectedValue(key: 1, column: "of date", raw: "z", reason: "not a date")
    let keyless = RejectedValue(key: nil, column: "id", raw: "{}", reason: "no key")
    let found = try await loader.differences(
      from: page([Self.row(1)], rejected: [kept, lost, keyless]), in: .samples)
    #expect(
      found == [
        Difference(key: 1, column: "of date", kind: .rejected),
        Difference(key: nil, column: "id", kind: .rejected),
      ])
  }

  @Test func `leaves out a column that the table does not have yet`() async throws {
    let loader = try await holding([Self.row(1)])
    try await script("ALTER TABLE activecampaign.samples DROP COLUMN \"of date\"")
    #expect(try await loader.differences(from: page([Self.row(1)]), in: .samples) == [])
  }

  @Test func `counts nothing where there is no table`() async throws {
    let loader = try await Loader.fresh()
    #expect(try await loader.countLiveRows(of: .samples) == nil)
  }
}

@Suite(.freshDatabase) struct `Keeping a verification` {
  private func found(_ count: Int) -> StreamVerification {
    var found = StreamVerification(stream: "notes", isFull: true, total: 5, liveRows: 4)
    found.completeAsOf = .at(3)
    found.add(
      (0..<count).map {
        Difference(key: Int64($0), column: "note", kind: .value, verdict: .differs)
      } + [Difference(key: nil, kind: .count)])
    return found
  }

  @Test func `tells what differed by key and column, and keeps no values`() async throws {
    let loader = try await Loader.fresh()
    try await loader.keep(found(1), seed: 7)
    #expect(
      try await rows(
        """
        SELECT account, stream, is_full, seed, total, live_rows, rows_compared, changed, differing,
          unclear FROM acsync.verifications
        """) == ["acme|notes|t|7|5|4|0|0|1|1"])
    #expect(
      try await rows(
        "SELECT number, row_key, column_name, kind, verdict FROM acsync.differences ORDER BY 1")
        == ["1|0|note|value|differs", "2|count|unclear"])
  }

  @Test func `keeps a thousand differences, and counts the others`() async throws {
    let loader = try await Loader.fresh()
    try await loader.keep(found(1500), seed: 7)
    #expect(try await rows("SELECT count(*) FROM acsync.differences") == ["1000"])
    #expect(try await rows("SELECT differing FROM acsync.verifications") == ["1500"])
  }

  @Test func `forgets all but the last hundred of a stream`() async throws {
    let loader = try await Loader.fresh()
    for _ in 0..<103 { try await loader.keep(found(1), seed: 7) }
    let other = StreamVerification(stream: "offers", isFull: true, total: 1, liveRows: 1)
    try await loader.keep(other, seed: 7)
    #expect(
      try await rows("SELECT stream, count(*), min(id) FROM acsync.verifications GROUP BY 1")
        .sorted() == ["notes|100|4", "offers|1|104"])
    #expect(try await rows("SELECT min(verification) FROM acsync.differences") == ["4"])
  }

  @Test func `gives up what changed before what is grave`() {
    var found = found(0)
    found.add(
      (0..<2000).map { Difference(key: Int64($0), kind: .missing, verdict: .changed) })
    found.add([Difference(key: 9, kind: .surplus, verdict: .differs)])
    #expect(found.differences.count == StreamVerification.mostKept)
    #expect(found.differences.contains { $0.kind == .surplus })
    #expect(found.counts[.changed] == 2000)
  }
}
