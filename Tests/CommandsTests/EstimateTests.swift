import Catalog
import Replication
import Testing

@testable import Commands

@Suite struct `An estimate` {
  private func plan(
    _ stream: StreamDefinition, _ segments: [Segment] = [], pageSize: Int = 100
  ) -> StreamPlan {
    let fresh = StreamPlan(StreamSelection(stream), state: StreamState(), pageSize: pageSize)
    guard !segments.isEmpty else { return fresh }
    let walk = WalkProgress(
      signature: fresh.signature, startedAt: Instant(seconds: 0), segments: segments)
    return StreamPlan(
      StreamSelection(stream), state: StreamState(unfinished: walk), pageSize: pageSize)
  }

  private func estimate(
    _ plan: StreamPlan, total: Int64, highest: Int64? = nil, parents: Int64? = nil
  ) -> Estimate {
    Estimate(
      plan, Rehearsal.List(total: total, highest: highest, parents: parents), workers: 3)
  }

  // Pages overlap by a row, so that the second one brings 99.
  @Test(arguments: [(0, 1), (1, 1), (99, 1), (100, 2), (198, 2), (199, 3), (250, 3)])
  func `counts pages, and the one that shows the end`(total: Int64, requests: Int) {
    #expect(estimate(plan(.notes), total: total).requests == requests)
  }

  @Test func `counts the requests that measure and settle a long list by id`() {
    #expect(estimate(plan(.contacts), total: 99).requests == 1)
    #expect(estimate(plan(.contacts), total: 500).requests == 7)
    // The first page, the measure, 12 segments of 825 ids, the settling.
    #expect(estimate(plan(.contacts), total: 10_000).requests == 1 + 1 + 12 * 9 + 1)
  }

  @Test func `counts the request that holds a part against the whole`() {
    let state = StreamState(floor: Instant(seconds: 1_700_000_000))
    let narrowed = StreamPlan(StreamSelection(.contacts), state: state, pageSize: 100)
    #expect(estimate(narrowed, total: 3).requests == 2)
  }

  @Test func `counts a list for each parent, and the one that settles them`() {
    let children = StreamDefinition(
      "children", "read below notes", path: "children", rows: "children",
      parent: Parent("notes", filter: "filters[note]"), columns: [.key("id", .bigint)])
    #expect(estimate(plan(children), total: 40, parents: 8).requests == 9)
    #expect(estimate(plan(children), total: 0, parents: 0).requests == 1)
  }

  @Test func `counts only what a cut-off walk has left`() {
    let segments = [
      Segment(id: 0, upper: 400, position: 400, isDone: true, overlap: 1, edge: 4, end: 4),
      Segment(id: 1, upper: 800, position: 600, overlap: 1, edge: 6, end: 8),
      Segment(id: 2, position: 800),
    ]
    // 599 to 800 and 800 to 999 in pages of 100, and the settling.
    #expect(estimate(plan(.notes, segments), total: 1000) == Estimate(rows: 400, requests: 7))
    #expect(estimate(plan(.contacts, segments), total: 900).rows == 600)
  }

  @Test func `knows nothing where the account tells nothing`() {
    #expect(Estimate(plan(.notes), nil, workers: 3) == Estimate(rows: nil, requests: nil))
  }
}
