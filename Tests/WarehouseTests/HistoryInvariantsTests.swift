import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

/// Whatever happens to a table, its history stays whole.
@Suite(.freshDatabase) struct `Histories of any table` {
  private static let ids: [Int64] = [1, 2, 3, 4, 5]

  @Test(arguments: 0..<12) func `have no overlap, no gap, and one open version a live row`(
    seed: UInt64
  ) async throws {
    var dice = Seeded(seed)
    var stream = StreamDefinition.offers.keepingHistory()
    var loader = try await Loader.holding(stream)
    var revivals: [String: Int] = [:]
    var closed: Set<String> = []
    for step in 0..<25 {
      let gone = Set(
        try await rows(
          """
          SELECT id FROM generate_series(1, 5) AS id WHERE id NOT IN (
            SELECT id FROM activecampaign.offers WHERE _deleted_at IS NULL)
          """))
      let what = Int.random(in: 0..<12, using: &dice)
      let now = Int64(step * 2 + Int.random(in: 0..<4, using: &dice))
      switch what {
      case 0: try await hide(Self.some(&dice), .soft, at: now, from: stream, by: loader)
      case 1: try await hide(Self.some(&dice), .hard, at: now, from: stream, by: loader)
      case 2: try await script("DELETE FROM activecampaign.offers WHERE id = 1")
      case 3:
        // Another run takes over, and may have other wishes.
        await loader.close()
        loader = try await Loader.holding(stream)
      case 4:
        await loader.close()
        stream = StreamDefinition.offers
        loader = try await Loader.holding(stream)
        try await write(Self.some(&dice), at: now, &dice, into: stream, by: loader)
        await loader.close()
        stream = stream.keepingHistory()
        loader = try await Loader.holding(stream)
      default: try await write(Self.some(&dice), at: now, &dice, into: stream, by: loader)
      }
      #expect(try await Versions.faults() == [], "seed \(seed), step \(step), \(what)")
      let after = try await Versions.closed()
      #expect(closed.isSubset(of: after), "seed \(seed), step \(step): what is over is changed")
      closed = after
      let live = try await rows("SELECT id FROM activecampaign.offers WHERE _deleted_at IS NULL")
      for id in live where gone.contains(id) { revivals[id, default: 0] += 1 }
    }
    for gap in try await Versions.gaps() {
      let parts = gap.split(separator: "|").map { String($0) }
      // The first time it lives it is no revival.
      #expect((Int(parts[1]) ?? 0) < revivals[parts[0], default: 0], "seed \(seed): \(gap)")
    }
    await loader.close()
  }

  private static func some(_ dice: inout Seeded) -> [Int64] {
    let count = Int.random(in: 1...3, using: &dice)
    return Array(ids.shuffled(using: &dice).prefix(count))
  }

  private func hide(
    _ keys: [Int64], _ manner: DeletionRule.Manner, at seconds: Int64,
    from stream: StreamDefinition,
    by loader: Loader
  ) async throws {
    _ = try await loader.delete(keys, of: stream, by: DeletionRule(manner), at: .at(seconds))
  }

  /// Rows with update times that are new, old, the same, ahead or missing.
  private func write(
    _ keys: [Int64], at seconds: Int64, _ dice: inout Seeded, into stream: StreamDefinition,
    by loader: Loader
  ) async throws {
    var batch: [Catalog.Row] = []
    for key in keys {
      let title = Value.text("\(Int.random(in: 0..<3, using: &dice))")
      let changed = [
        Value.null, .at(seconds), .at(seconds - 1), .at(max(0, seconds - 9)), .at(seconds + 5),
      ][Int.random(in: 0..<5, using: &dice)]
      batch.append(.offer(key, title, changed: changed))
    }
    let answered = max(0, seconds - Int64.random(in: 0..<3, using: &dice))
    _ = try await loader.write(.of(stream, batch, at: answered))
  }
}
