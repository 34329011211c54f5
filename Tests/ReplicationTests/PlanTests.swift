import Catalog
import InMemoryEnds
import Testing

@testable import Replication

@Suite struct `Planning` {
  static let deals = StreamDefinition.example("deals", changes: true)
  static let pipelines = StreamDefinition.example("pipelines")
  static let stages = StreamDefinition.example("stages", parent: "pipelines")

  @Test func `puts a parent before its child and keeps the rest in order`() {
    let ordered = Plan.ordered(
      [Self.stages, Self.deals, Self.pipelines].map { StreamSelection($0) }, catalogue: [])
    #expect(ordered.map(\.selection.stream.id) == ["pipelines", "stages", "deals"])
    #expect(ordered.map(\.neededBy) == [nil, nil, nil])
  }

  @Test func `adds the parent that nobody selected`() {
    let ordered = Plan.ordered(
      [StreamSelection(Self.stages)], catalogue: [StreamSelection(Self.pipelines)])
    #expect(ordered.map(\.selection.stream.id) == ["pipelines", "stages"])
    #expect(ordered[0].neededBy == "stages")
  }

  @Test func `sends a day that no zone, truncation or exclusive bound can defeat`() throws {
    // 2024-03-10 11:59 UTC is still 9 March at UTC−12, and a day before that is the 8th.
    let before = try #require(CalendarDay(year: 2024, month: 3, day: 10)).start + .seconds(43_140)
    #expect(StreamPlan.filterDay(of: before).description == "2024-03-08")
    #expect(StreamPlan.filterDay(of: before + .seconds(120)).description == "2024-03-09")
  }

  @Test func `reads everything the first time, then what changed`() {
    let selection = StreamSelection(Self.deals)
    let first = StreamPlan(selection, state: StreamState(), pageSize: 100)
    #expect(first.isWhole && first.mode == .fullRefresh)
    let state = StreamState(floor: Instant(seconds: 1_700_000_000))
    #expect(StreamPlan(selection, state: state, pageSize: 100).changedSince != nil)
    let full = StreamSelection(Self.deals, mode: .fullRefresh)
    #expect(StreamPlan(full, state: state, pageSize: 100).changedSince == nil)
  }

  @Test func `begins at the anchor only while nothing has been read`() {
    let anchor = Instant(seconds: 1_600_000_000)
    let selection = StreamSelection(Self.deals, anchor: anchor)
    #expect(StreamPlan(selection, state: StreamState(), pageSize: 100).floor == anchor)
    let later = Instant(seconds: 1_700_000_000)
    #expect(StreamPlan(selection, state: StreamState(floor: later), pageSize: 100).floor == later)
  }

  @Test func `a stream that no filter narrows is read whole, whatever the mode`() {
    let plan = StreamPlan(StreamSelection(Self.pipelines), state: StreamState(), pageSize: 100)
    #expect(plan.mode == .fullRefresh && plan.changedSince == nil)
  }
}
