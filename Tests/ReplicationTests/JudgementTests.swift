import Catalog
import Testing

@testable import Replication

@Suite struct `Judging a difference` {
  private static let deals = StreamDefinition(
    "deals", "Deals", path: "deals", rows: "deals",
    cursor: .changedSince(filter: "filters[updated_after]", column: "mdate"),
    columns: [
      .key("id", .bigint), .column("title", .text), .column("mdate", .timestamptz),
      .column("nextdate", .timestamptz), .column("stages", .jsonb),
    ])
  private static let tags = StreamDefinition(
    "tags", "Tags", path: "tags", rows: "tags",
    columns: [
      .key("id", .bigint), .column("title", .text), .column("cdate", .timestamptz),
      .column("nextdate", .timestamptz),
    ])

  private func verdict(
    _ kind: Difference.Kind, _ column: String? = "title", in stream: StreamDefinition,
    at seconds: Int64?, proven: Int64? = 100, whole: Int64? = 50
  ) -> Difference.Verdict {
    var state = StreamState()
    state.completeAsOf = proven.map { Instant(seconds: $0) }
    state.wholeAsOf = whole.map { Instant(seconds: $0) }
    let time = seconds.map { Value.instant(Instant(seconds: $0)) } ?? .null
    // What lies ahead says nothing of when the row changed.
    let later = Value.instant(Instant(seconds: 9_999))
    let row = Row(
      key: 1, values: [.integer(1), .null, time, later] + (stream == Self.deals ? [.null] : []))
    return Judgement(StreamSelection(stream), state)
      .verdict(on: Difference(key: 1, column: column, kind: kind), row: row)
  }

  @Test func `goes by the row's own times`() {
    #expect(verdict(.value, in: Self.deals, at: 99) == .differs)
    #expect(verdict(.value, in: Self.deals, at: 100) == .changed)
    #expect(verdict(.missing, nil, in: Self.deals, at: 99) == .differs)
    #expect(verdict(.missing, nil, in: Self.deals, at: 101) == .changed)
    #expect(verdict(.deleted, nil, in: Self.deals, at: 99) == .differs)
  }

  @Test func `leaves open what nothing tells`() {
    #expect(verdict(.value, in: Self.deals, at: nil) == .unclear)
    #expect(verdict(.value, in: Self.deals, at: 99, proven: nil) == .unclear)
    // A list of other rows moves without the update time.
    #expect(verdict(.value, "stages", in: Self.deals, at: 99) == .unclear)
    // A time of creation tells that a row was there, not when it changed.
    #expect(verdict(.value, in: Self.tags, at: 40) == .unclear)
    #expect(verdict(.missing, nil, in: Self.tags, at: 99) == .differs)
    #expect(verdict(.missing, nil, in: Self.tags, at: 100) == .changed)
  }

  @Test func `takes a value without a filter for proven by a whole reading only`() {
    #expect(verdict(.value, in: Self.tags, at: 60) == .changed)
    #expect(verdict(.value, in: Self.tags, at: 60, whole: nil) == .unclear)
  }

  @Test func `never excuses a field that must not be stored`() {
    #expect(verdict(.omitted, in: Self.tags, at: 999) == .differs)
    #expect(verdict(.omitted, in: Self.tags, at: nil, proven: nil) == .differs)
  }

  @Test func `leaves out what an anchor leaves out`() {
    func isLeftOut(_ value: Value, anchor: Int64?) -> Bool {
      let selection = StreamSelection(Self.deals, anchor: anchor.map { Instant(seconds: $0) })
      return Judgement(selection, StreamState())
        .isLeftOut(Row(key: 1, values: [.integer(1), .null, value, .null, .null]))
    }
    #expect(isLeftOut(.instant(Instant(seconds: 9)), anchor: 10))
    #expect(!isLeftOut(.instant(Instant(seconds: 10)), anchor: 10))
    // The service's filter leaves out what has no update time.
    #expect(isLeftOut(.null, anchor: 10))
    #expect(!isLeftOut(.null, anchor: nil))
  }
}
