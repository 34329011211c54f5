import Catalog
import Testing

@testable import Warehouse

@Suite struct `Deduplicating a batch` {
  @Test func `keeps the rows of different keys in their order`() {
    let rows = deduplicated([([.note(2, .text("b")), .note(1, .text("a"))], 1)], of: .notes)
    #expect(rows.map(\.row.key) == [2, 1])
  }

  @Test func `keeps the later answer where there is no update time`() {
    let rows = deduplicated(
      [([.note(1, .text("old"))], 1), ([.note(1, .text("new"))], 2)], of: .notes)
    #expect(rows == [StampedRow(row: .note(1, .text("new")), syncedAt: .at(2))])
  }

  @Test func `keeps the later answer also when it came first`() {
    let rows = deduplicated(
      [([.note(1, .text("new"))], 2), ([.note(1, .text("old"))], 1)], of: .notes)
    #expect(rows == [StampedRow(row: .note(1, .text("new")), syncedAt: .at(2))])
  }

  @Test func `keeps the later update time, whatever the answers say`() {
    let rows = deduplicated(
      [
        ([.offer(1, .text("new"), changed: .at(20))], 1),
        ([.offer(1, .text("old"), changed: .at(10))], 2),
      ], of: .offers)
    #expect(rows == [StampedRow(row: .offer(1, .text("new"), changed: .at(20)), syncedAt: .at(1))])
  }

  @Test func `goes by the answers where an update time is unknown`() {
    let rows = deduplicated(
      [
        ([.offer(1, .text("old"), changed: .at(20))], 1),
        ([.offer(1, .text("new"), changed: .null)], 2),
      ], of: .offers)
    #expect(rows == [StampedRow(row: .offer(1, .text("new"), changed: .null), syncedAt: .at(2))])
  }

  @Test func `keeps the last of equals`() {
    let rows = deduplicated(
      [([.note(1, .text("first")), .note(1, .text("last"))], 1)], of: .notes)
    #expect(rows.map(\.row) == [.note(1, .text("last"))])
  }

  @Test func `fills a stub with what the older version knew`() {
    let rows = deduplicated(
      [
        ([.offer(1, .text("known"), changed: .at(5), extra: #"{"a":1}"#)], 1),
        ([.offer(1, .text("renamed"), changed: .missing)], 2),
      ], of: .offers)
    #expect(
      rows == [
        StampedRow(
          row: .offer(1, .text("renamed"), changed: .at(5), extra: #"{"a":1}"#), syncedAt: .at(2))
      ])
  }

  @Test func `lets a whole row drop the unknown fields it no longer has`() {
    let rows = deduplicated(
      [([.note(1, .text("a"), extra: "{}")], 1), ([.note(1, .text("b"))], 2)], of: .notes)
    #expect(rows.map(\.row.extra) == [nil])
  }

  @Test(arguments: 0..<200)
  func `gives one row a key, the newest, in any order of answers`(seed: UInt64) {
    var random = Seeded(seed)
    var answers: [([Row], Int64)] = []
    var newest: [Int64: Int64] = [:]
    for time in Int64(0)..<30 {
      let key = Int64.random(in: 0..<8, using: &random)
      answers.append(([.note(key, .text("\(time)"))], time))
      newest[key] = time
    }
    let rows = deduplicated(answers.shuffled(using: &random), of: .notes)
    let found = Dictionary(uniqueKeysWithValues: rows.map { ($0.row.key, $0.row.values[1]) })
    #expect(found == newest.mapValues { .text("\($0)") })
  }

  private func deduplicated(
    _ answers: [([Row], Int64)], of stream: StreamDefinition
  ) -> [StampedRow] {
    let pages = answers.map { rows, seconds in
      Page(rows: rows, received: rows.count, total: nil, serverTime: .at(seconds))
    }
    return Deduplication(versionIndex: stream.versionIndex).rows(of: pages)
  }
}

/// Numbers that a seed decides (SplitMix64), so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
