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

  @Test(arguments: [(0, 1), (1, 1), (99, 1), (100, 2), (250, 3)])
  func `counts pages, and the one that shows the end`(total: Int64, requests: Int) {
    #expect(Estimate(plan(.notes), total: total, parents: nil).requests == requests)
  }

  @Test func `counts the request that measures a long list by id`() {
    #expect(Estimate(plan(.contacts), total: 10_000, parents: nil).requests == 102)
    #expect(Estimate(plan(.contacts), total: 500, parents: nil).requests == 6)
  }

  @Test func `counts a list for each parent`() {
    #expect(Estimate(plan(.dealStages), total: 40, parents: 8).requests == 8)
    #expect(Estimate(plan(.dealStages), total: 40, parents: nil).requests == nil)
  }

  @Test func `counts only what a cut-off walk has left`() {
    let segments = [
      Segment(id: 0, upper: 400, position: 400, isDone: true),
      Segment(id: 1, upper: 800, position: 600), Segment(id: 2, position: 800),
    ]
    #expect(
      Estimate(plan(.notes, segments), total: 1000, parents: nil)
        == Estimate(rows: 400, requests: 5))
    #expect(Estimate(plan(.contacts, segments), total: 900, parents: nil).rows == 600)
  }

  @Test func `knows nothing where the account tells nothing`() {
    #expect(
      Estimate(plan(.notes), total: nil, parents: nil) == Estimate(rows: nil, requests: nil))
  }
}
