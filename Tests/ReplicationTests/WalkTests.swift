import Catalog
import InMemoryEnds
import Testing

@testable import Replication

/// Plays a walk against a list of ids, in an order that a seed decides.
struct WalkPlayer {
  var walk: Walk
  let ids: [Int64]
  var random: Numbers
  var seen: [Int64] = []
  var requests = 0

  init(
    _ definition: StreamDefinition, ids: [Int64], seed: UInt64, from state: StreamState = .init()
  ) {
    let plan = StreamPlan(StreamSelection(definition), state: state, pageSize: 100)
    walk = Walk(plan)
    self.ids = ids
    random = Numbers(seed: seed)
  }

  /// Answers until the walk is finished, up to three requests at once, in any order.
  mutating func play(total: Bool = true) throws {
    var open: [Assignment] = []
    while !walk.isFinished {
      while open.count < 3, let assignment = walk.next() { open.append(assignment) }
      try #require(!open.isEmpty, "the walk is stuck")
      let assignment = open.remove(at: Int(random.next() % UInt64(open.count)))
      requests += 1
      try #require(requests < 10_000, "the walk does not end")
      let page = answer(assignment.query, total: total)
      if case .rows = assignment.purpose { seen += page.rows.map(\.key) }
      _ = walk.received(
        Outline(page, of: walk.plan.stream, limit: assignment.query.limit), for: assignment.purpose)
    }
  }

  private func answer(_ query: PageQuery, total: Bool) -> Page {
    let part: [Int64]
    switch query.slice {
    case .ids(let after, let below):
      part = ids.filter { $0 > after && $0 < below ?? .max }
    case .offset(let offset): part = Array(ids.dropFirst(Int(offset)))
    case .newest: part = ids.reversed()
    }
    let rows = part.prefix(query.limit).map { Row(key: $0, values: [.integer($0)]) }
    return Page(
      rows: rows, received: rows.count, total: total ? Int64(ids.count) : nil,
      serverTime: Instant(seconds: 1_000))
  }
}

/// Random numbers that a seed decides (SplitMix64).
struct Numbers: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite struct `A walk` {
  static let byID = StreamDefinition.example("people", paging: .ids)
  static let byOffset = StreamDefinition.example("things")

  @Test(arguments: [0, 1, 99, 100, 101, 200, 800, 801, 2_345, 12_345], [byID, byOffset])
  func `reads every row exactly once, however long the list`(
    count: Int, definition: StreamDefinition
  ) throws {
    var player = WalkPlayer(definition, ids: (0..<count).map { Int64($0 * 3 + 7) }, seed: 1)
    try player.play()
    #expect(Set(player.seen).sorted() == player.ids)
    // The least possible, a broken page a segment, the empty page after a full one, the measuring.
    #expect(player.requests <= (count + 99) / 100 + 2 * Int(Walk.mostSegments) + 2)
  }

  @Test(arguments: 0..<200)
  func `reads every row when ids are scattered and answers come in any order`(seed: UInt64) throws {
    var random = Numbers(seed: seed)
    let ids = Set(
      (0..<Int.random(in: 0..<4_000, using: &random)).map { _ in
        Int64.random(in: 1..<Int64(1 << Int.random(in: 12..<40, using: &random)), using: &random)
      }
    ).sorted()
    for definition in [Self.byID, Self.byOffset] {
      var player = WalkPlayer(definition, ids: ids, seed: seed)
      try player.play(total: definition == Self.byID || seed.isMultiple(of: 2))
      #expect(Set(player.seen).sorted() == ids, "seed \(seed)")
    }
  }

  @Test func `cuts a long list into segments for several workers`() throws {
    var walk = Walk(
      StreamPlan(StreamSelection(Self.byOffset), state: StreamState(), pageSize: 100))
    let asked = walk.next()
    let first = try #require(asked)
    #expect(walk.next() == nil, "nothing else can be asked before the length is known")
    let page = Page(
      rows: (1...100).map { Row(key: $0, values: []) }, received: 100, total: 5_000,
      serverTime: Instant(seconds: 0))
    let moved = walk.received(Outline(page, of: walk.plan.stream, limit: 100), for: first.purpose)
    #expect(moved.count == Walk.segmentCount(forPages: 49))
    #expect(walk.next() != nil && walk.next() != nil && walk.next() != nil)
  }

  @Test(arguments: [byID, byOffset])
  func `costs few requests more than the rows need`(definition: StreamDefinition) throws {
    var player = WalkPlayer(definition, ids: (1...30_000).map(Int64.init), seed: 3)
    try player.play()
    #expect(player.requests <= 315)
  }

  @Test func `asks again for a page that is shorter than its own total`() throws {
    var walk = Walk(
      StreamPlan(StreamSelection(Self.byOffset), state: StreamState(), pageSize: 100))
    let short = Page(
      rows: (1...99).map { Row(key: $0, values: []) }, received: 99, total: 150,
      serverTime: Instant(seconds: 0))
    for _ in 0..<Walk.mostSuspicions {
      let asked = walk.next()
      #expect(asked?.query.slice == .offset(0))
      _ = walk.received(
        Outline(short, of: walk.plan.stream, limit: 100), for: try #require(asked).purpose)
    }
    let askedAgain = walk.next()
    let last = try #require(askedAgain)
    _ = walk.received(Outline(short, of: walk.plan.stream, limit: 100), for: last.purpose)
    #expect(walk.next()?.query.slice == .offset(98), "it is taken at last, and not believed")
    #expect(walk.doubt == .totalsDisagree("things") && !walk.isFinished)
  }

  @Test func `reads by position when ids do not ascend, as when the filter is ignored`() throws {
    var walk = Walk(StreamPlan(StreamSelection(Self.byID), state: StreamState(), pageSize: 2))
    let asked = walk.next()
    let first = try #require(asked)
    let answer = Page(
      rows: [Row(key: 5, values: []), Row(key: 4, values: [])], received: 2, total: 9,
      serverTime: Instant(seconds: 0))
    _ = walk.received(Outline(answer, of: walk.plan.stream, limit: 2), for: first.purpose)
    #expect(walk.next()?.query.slice == .offset(0))
    #expect(walk.signature.hasSuffix("in no order"))
  }

  @Test func `proves a row's absence only in one whole list of an order without ties`() throws {
    func walk(_ definition: StreamDefinition, floor: Instant? = nil) -> Walk {
      let state = StreamState(floor: floor)
      return Walk(StreamPlan(StreamSelection(definition), state: state, pageSize: 2))
    }
    #expect(walk(Self.byID).provesAbsence && walk(Self.byOffset).provesAbsence)
    // What did not change is not seen; a child may move between lists; rows of one second may swap.
    let changes = StreamDefinition.example("people", paging: .ids, changes: true)
    #expect(!walk(changes, floor: Instant(seconds: 1_700_000_000)).provesAbsence)
    #expect(!walk(.example("lids", parent: "boxes")).provesAbsence)
    #expect(!walk(.example("deals", paging: .offset(order: "udate"))).provesAbsence)
    var unordered = walk(Self.byOffset)
    let next = unordered.next()
    let answer = Outline(keys: [5, 4], limit: 2, total: 9, serverTime: Instant(seconds: 0))
    _ = unordered.received(answer, for: try #require(next).purpose)
    #expect(!unordered.provesAbsence)
  }

  @Test func `goes on where a killed run stopped, with its start`() throws {
    let unfinished = WalkProgress(
      signature: "things by offset", startedAt: Instant(seconds: 77),
      segments: [
        Segment(id: 0, upper: 300, position: 300, isDone: true, edge: 300),
        Segment(id: 1, upper: nil, position: 400, overlap: 1, edge: 400),
      ])
    var player = WalkPlayer(
      Self.byOffset, ids: (1...450).map(Int64.init), seed: 1,
      from: StreamState(unfinished: unfinished))
    try player.play()
    #expect(player.seen == (400...450).map(Int64.init) + [450], "and once more, to settle")
    #expect(player.walk.startedAt == Instant(seconds: 77))
  }

  @Test func `starts anew when it would ask for something else`() {
    let unfinished = WalkProgress(
      signature: "people by id since 2024-01-01", startedAt: Instant(seconds: 77),
      segments: [Segment(id: 0, position: 400)])
    let plan = StreamPlan(
      StreamSelection(Self.byID), state: StreamState(unfinished: unfinished), pageSize: 100)
    #expect(plan.resuming == nil)
  }
}
