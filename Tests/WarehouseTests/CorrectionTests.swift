import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `A stored time that is later than the account's` {
  /// A page of one offer, of a walk.
  private func batch(
    _ title: String, changed: Int64, at seconds: Int64, walk: String, isWhole: Bool = true
  ) -> Batch {
    let plain = Batch.of(
      .offers, [.offer(1, .text(title), changed: .instant(.at(changed)))], at: seconds, walk: walk)
    return Batch(
      stream: plain.stream, pages: plain.pages,
      progress: WalkProgress(signature: walk, startedAt: .at(seconds), segments: []),
      isWhole: isWhole)
  }

  private func holding() async throws -> Loader {
    let loader = try await Loader.fresh()
    _ = try await loader.claim(.offers)
    _ = try await loader.commit(batch("wrong", changed: 900, at: 10, walk: "a"))
    return loader
  }

  private func stored() async throws -> [String] {
    try await rows(
      "SELECT title, extract(epoch FROM mdate)::bigint - 1700000000 FROM activecampaign.offers")
  }

  @Test func `is kept by one whole walk, and given up by the second that finds the same`()
    async throws
  {
    let loader = try await holding()
    var receipt = try await loader.commit(batch("right", changed: 500, at: 20, walk: "b"))
    #expect(receipt.counts == CommitCounts(unchanged: 1))
    // The same walk again is no second finding.
    _ = try await loader.commit(batch("right", changed: 500, at: 20, walk: "b"))
    #expect(try await stored() == ["wrong|900"])
    receipt = try await loader.commit(batch("right", changed: 500, at: 30, walk: "c"))
    #expect(receipt.counts == CommitCounts(updated: 1, corrected: 1))
    #expect(try await stored() == ["right|500"])
    #expect(try await rows("SELECT 1 FROM acsync.older_rows") == [])
    receipt = try await loader.commit(batch("newer", changed: 501, at: 40, walk: "d"))
    #expect(receipt.counts == CommitCounts(updated: 1))
  }

  @Test func `is kept where two walks find different times`() async throws {
    let loader = try await holding()
    _ = try await loader.commit(batch("one", changed: 500, at: 20, walk: "b"))
    _ = try await loader.commit(batch("two", changed: 600, at: 30, walk: "c"))
    #expect(try await stored() == ["wrong|900"])
    _ = try await loader.commit(batch("two", changed: 600, at: 40, walk: "d"))
    #expect(try await stored() == ["two|600"])
  }

  @Test func `is kept by walks that read a part`() async throws {
    let loader = try await holding()
    for (walk, seconds) in [("b", 20), ("c", 30), ("d", 40)] as [(String, Int64)] {
      _ = try await loader.commit(
        batch("old", changed: 500, at: seconds, walk: walk, isWhole: false))
    }
    #expect(try await stored() == ["wrong|900"])
    #expect(try await rows("SELECT 1 FROM acsync.older_rows") == [])
  }
}
