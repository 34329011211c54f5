import Catalog
import InMemoryEnds
import Testing

@testable import Replication

@Suite struct `What is committed together` {
  private let stream = StreamDefinition.example("things")

  private func delivery(
    _ key: Int64, walk: String, at seconds: Int64 = 1, isWhole: Bool = true
  ) -> Agenda.Delivery {
    Agenda.Delivery(
      stream: stream,
      page: Page(
        rows: [Row(key: key, values: [.integer(key)])], received: 1, total: nil,
        serverTime: Instant(seconds: seconds)),
      progress: WalkProgress(
        signature: walk, startedAt: Instant(seconds: seconds),
        segments: [Segment(id: 0, position: key)]),
      isWhole: isWhole, closing: nil, doubt: nil)
  }

  private func keys(_ deliveries: [Agenda.Delivery]) -> [[Int64]] {
    Committer.batches(of: deliveries).map { $0.pages.flatMap(\.rows).map(\.key) }
  }

  @Test func `is all that waits of one walk, with its newest position`() {
    let batches = Committer.batches(of: [delivery(1, walk: "a"), delivery(2, walk: "a")])
    #expect(batches.map(\.progress.segments) == [[Segment(id: 0, position: 2)]])
    #expect(batches.first?.pages.count == 2)
  }

  @Test func `never rows of two walks: what the first saw is forgotten with it`() {
    #expect(keys([delivery(1, walk: "a"), delivery(2, walk: "b")]) == [[1], [2]])
    #expect(keys([delivery(1, walk: "a"), delivery(2, walk: "a", at: 2)]) == [[1], [2]])
    #expect(keys([delivery(1, walk: "a", isWhole: false), delivery(2, walk: "a")]) == [[1], [2]])
  }

  @Test func `of a walk that began anew is told from the first, within the same second`() throws {
    let plan = StreamPlan(StreamSelection(stream), state: StreamState(), pageSize: 10)
    var walk = Walk(plan)
    let answer = Page(rows: [], received: 0, total: 0, serverTime: Instant(seconds: 9))
    func read() throws {
      let next = walk.next()
      let assignment = try #require(next)
      _ = walk.received(Outline(answer, of: stream, limit: 10), for: assignment.purpose)
    }
    try read()
    let first = try #require(walk.startedAt)
    walk = walk.restarted()
    try read()
    #expect(try #require(walk.startedAt) > first)
  }
}
