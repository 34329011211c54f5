import Catalog
import InMemoryEnds
import Testing

@testable import Replication

/// A list that changes between any two answers: rows are deleted anywhere and added at the end.
struct ChurningList {
  struct Entry: Hashable {
    let id: Int64
    let created: Int64
  }

  let definition: StreamDefinition
  private(set) var entries: [Entry] = []
  private(set) var everDeleted: Set<Int64> = []
  private var random: Numbers
  private var nextID: Int64 = 1
  private var clock: Int64 = 0
  private let tellsTotal: Bool
  private let isShuffled: Bool
  /// Rows whose id it divides do not tell their times.
  var hidden: Int64 = .max

  init(_ definition: StreamDefinition, rows: Int, tellsTotal: Bool, isShuffled: Bool, seed: UInt64)
  {
    self.definition = definition
    self.tellsTotal = tellsTotal
    self.isShuffled = isShuffled
    random = Numbers(seed: seed)
    for _ in 0..<rows { add() }
    everDeleted = []
  }

  private mutating func add() {
    nextID += Int64.random(in: 1...5, using: &random)
    clock += Int64.random(in: 0...2, using: &random)  // several in one second, so that they tie
    let place = isShuffled ? Int.random(in: 0...entries.count, using: &random) : entries.count
    entries.insert(Entry(id: nextID, created: clock * 1_000_000), at: place)
  }

  mutating func edit(atMost edits: Int) {
    for _ in 0..<Int.random(in: 0...edits, using: &random) {
      if Bool.random(using: &random) {
        add()
      } else if !entries.isEmpty {
        let index = Int.random(in: 0..<entries.count, using: &random)
        everDeleted.insert(entries.remove(at: index).id)
      }
    }
  }

  func answer(_ query: PageQuery) -> Page {
    let part: ArraySlice<Entry>
    switch query.slice {
    case .ids(let after, let below):
      part =
        entries.filter { $0.id > after && $0.id < below ?? .max }
        .sorted { $0.id < $1.id }[...]
    case .offset(let offset): part = entries.dropFirst(Int(offset))
    case .newest: part = entries.sorted { $0.id > $1.id }[...]
    }
    let total = if case .ids = query.slice { part.count } else { entries.count }
    let rows = part.prefix(query.limit).map {
      Row(
        key: $0.id,
        values: [
          .integer($0.id),
          $0.id.isMultiple(of: hidden) ? .null : .instant(Instant(microseconds: $0.created)),
        ])
    }
    return Page(
      rows: rows, received: rows.count, total: tellsTotal ? Int64(total) : nil,
      serverTime: Instant(seconds: 0))
  }
}

@Suite struct `A walk while the list changes` {
  static let byID = StreamDefinition.example("people", paging: .ids)
  static let byOffset = StreamDefinition.example("things")
  static let byTime = StreamDefinition(
    "deals", "rows in order of a time", path: "deals", rows: "deals",
    paging: .offset(order: "cdate"),
    columns: [.key("id", .bigint), .column("cdate", .timestamptz)])

  /// Walks a changing list to its end; returns the rows that were there all the time and were not
  /// seen.
  private func lost(
    _ definition: StreamDefinition, seed: UInt64, isShuffled: Bool = false, hidden: Int64 = .max
  ) throws -> (lost: Set<Int64>, walk: Walk) {
    var random = Numbers(seed: seed &+ 1)
    var list = ChurningList(
      definition, rows: Int.random(in: 0...2_500, using: &random),
      tellsTotal: Bool.random(using: &random), isShuffled: isShuffled, seed: seed)
    list.hidden = hidden
    let atStart = Set(list.entries.map(\.id))
    let pageSize = Int.random(in: 20...100, using: &random)
    let edits = [0, 1, 5, 20][Int.random(in: 0..<4, using: &random)]
    var walk = Walk(
      StreamPlan(StreamSelection(definition), state: StreamState(), pageSize: pageSize))
    var seen: Set<Int64> = []
    var open: [Assignment] = []
    var requests = 0
    while !walk.isFinished {
      while open.count < 3, let assignment = walk.next() { open.append(assignment) }
      try #require(!open.isEmpty, "the walk is stuck")
      let assignment = open.remove(at: Int.random(in: 0..<open.count, using: &random))
      let page = list.answer(assignment.query)
      list.edit(atMost: edits)
      requests += 1
      try #require(
        requests < 5_000,
        "the walk of \(definition.id) does not end: pages of \(pageSize), \(edits) edits, \(list.entries.count) rows, \(walk.segments.filter { !$0.isDone })"
      )
      if case .rows = assignment.purpose { seen.formUnion(page.rows.map(\.key)) }
      _ = walk.received(
        Outline(page, of: definition, limit: assignment.query.limit), for: assignment.purpose)
    }
    return (atStart.subtracting(list.everDeleted).subtracting(seen), walk)
  }

  @Test(arguments: 0..<300)
  func `sees every row that was there all the time`(seed: UInt64) throws {
    for definition in [Self.byID, Self.byOffset, Self.byTime] {
      let (lost, _) = try lost(definition, seed: seed)
      #expect(lost.isEmpty, "\(definition.id), seed \(seed)")
    }
  }

  @Test(arguments: 0..<200)
  func `loses no row where some do not tell their times, without saying so`(
    seed: UInt64
  ) throws {
    let (lost, walk) = try lost(Self.byTime, seed: seed, hidden: Int64(1 + seed % 9))
    #expect(lost.isEmpty || walk.doubt != nil, "seed \(seed)")
  }

  @Test func `trusts an order in which some do not tell their times`() throws {
    var list = ChurningList(Self.byTime, rows: 1_000, tellsTotal: true, isShuffled: false, seed: 4)
    list.hidden = 5
    var walk = Walk(StreamPlan(StreamSelection(Self.byTime), state: StreamState(), pageSize: 100))
    var requests = 0
    while !walk.isFinished, let asked = walk.next() {
      requests += 1
      _ = walk.received(
        Outline(list.answer(asked.query), of: Self.byTime, limit: asked.query.limit),
        for: asked.purpose)
    }
    // In no order, it would take two readings.
    #expect(walk.isFinished && walk.doubt == nil && requests < 16, "\(requests)")
  }

  @Test(arguments: 0..<200)
  func `in no order, loses no row without saying so`(seed: UInt64) throws {
    for definition in [Self.byOffset, Self.byTime] {
      let (lost, walk) = try lost(definition, seed: seed, isShuffled: true)
      #expect(lost.isEmpty || walk.doubt != nil, "\(definition.id), seed \(seed)")
    }
  }

  @Test func `in no order, proves a quiet list whole`() throws {
    var list = ChurningList(
      Self.byOffset, rows: 1_000, tellsTotal: true, isShuffled: true, seed: 4)
    list.edit(atMost: 0)
    var walk = Walk(
      StreamPlan(StreamSelection(Self.byOffset), state: StreamState(), pageSize: 100))
    var requests = 0
    while !walk.isFinished {
      let assignment = walk.next()
      let asked = try #require(assignment)
      requests += 1
      _ = walk.received(
        Outline(list.answer(asked.query), of: Self.byOffset, limit: asked.query.limit),
        for: asked.purpose)
    }
    #expect(walk.doubt == nil && requests < 14)
  }
}
