import Catalog
import InMemoryEnds
import Testing

@testable import Replication

@Suite struct `What is asked beside the question for the key` {
  private static let streams = [Stage.people, Stage.things, Stage.boxes]

  private func run(_ stage: Stage, aheadOf engine: Engine) async -> RunReport {
    let selected = Self.streams.map { StreamSelection($0) }
    for _ in 1...2 {
      await engine.readAhead(
        selected, catalogue: selected, knowing: await stage.warehouse.states)
    }
    return await engine.run(selected, catalogue: selected)
  }

  @Test func `is asked once, and read as if it had been asked later`() async throws {
    let plain = await Stage.filled()
    let usual = await plain.run(Self.streams)
    let stage = await Stage.filled()
    let report = await run(stage, aheadOf: stage.engine())
    #expect(report.outcome == .done)
    #expect(await stage.isCopied(Self.streams))
    #expect(report.requests == usual.requests)
    let first = await stage.account.queries.prefix(6).map(\.stream.id)
    #expect(Set(first) == ["people", "things", "boxes"])
    #expect(await stage.account.queries.count == report.requests - 1)
  }

  @Test func `is no more than what is the same whoever's key it is`() async {
    let stage = await Stage.filled()
    _ = await stage.run(Self.streams)
    let states = await stage.warehouse.states
    let ordered = Self.streams.map { (selection: StreamSelection($0), neededBy: Stage.people.id) }
    let queries = Plan.sureQueries(ordered.map { ($0.selection, nil) }, states, pageSize: 100)
    // What changed among the people is asked for by a time that is not known yet.
    #expect(queries.map(\.stream.id) == ["things", "boxes"])
  }

  @Test func `fails as a walk's own request does`() async {
    let stage = await Stage.filled()
    await stage.account.interfere { call, _ in
      if call == 1 {
        throw MemoryWarehouse.Refusal(.retry(after: nil, otherwise: .failStream), fault: .partial)
      }
    }
    let report = await run(stage, aheadOf: stage.engine())
    #expect(report.outcome == .done && report.retries == 1)
    #expect(await stage.isCopied(Self.streams))
  }

  @Test func `is left alone under a limit`() async {
    var stage = await Stage.filled()
    stage.options.limits.requests = 1_000
    let selected = Self.streams.map { StreamSelection($0) }
    await stage.engine().readAhead(selected, catalogue: selected, knowing: [:])
    #expect(await stage.account.queries.isEmpty)
  }

  @Test func `answers nothing but the first question of its stream`() {
    let early = EarlyAnswers()
    let first = PageQuery(Stage.things, .offset(0), limit: 100)
    early.want([first])
    #expect(early.next()?.query == first)
    #expect(!early.want([first]))
    #expect(early.take(PageQuery(Stage.things, .offset(99), limit: 100)) == nil)
    #expect(early.take(first) == nil)
    #expect(early.unused == ["things"])
  }

  @Test func `stays unasked once the walks ask`() {
    let early = EarlyAnswers()
    let first = PageQuery(Stage.things, .offset(0), limit: 100)
    early.want([first])
    early.close()
    #expect(early.next() == nil)
    #expect(early.take(first) == nil)
    #expect(early.unused.isEmpty)
  }
}

@Suite struct `The last requests of a run` {
  @Test func `begin with the longest row of answers that wait for each other`() async throws {
    // 21 pages of things in two segments and their settling, ten of boxes in one.
    let stage = Stage()
    await stage.account.fill("things", count: 2_050)
    await stage.account.fill("boxes", count: 980)
    let agenda = Agenda(
      [Stage.boxes, Stage.things].map {
        StreamPlan(StreamSelection($0), state: StreamState(), pageSize: 100)
      })
    var asked: [StreamDefinition.ID] = []
    for _ in 0..<5 {
      let assignment = try #require(await agenda.next())
      asked.append(assignment.query.stream.id)
      _ = await agenda.received(
        try await stage.account.page(assignment.query), limit: 100, for: assignment)
    }
    // Both are opened; then things, which take eleven answers more, before boxes with nine.
    #expect(asked == ["boxes", "things", "things", "things", "things"])
  }
}

@Suite struct `Lists below the rows of another` {
  @Test func `are complete as of the time at which the reading of those rows began`() async throws {
    let agenda = Agenda(
      [Stage.boxes, Stage.lids].map {
        StreamPlan(StreamSelection($0), state: StreamState(), pageSize: 100)
      })
    func page(_ keys: ClosedRange<Int64>, at seconds: Int64) -> Page {
      let rows = keys.map { Row(key: $0, values: [.integer($0), .text(""), .null]) }
      return Page(
        rows: rows, received: rows.count, total: Int64(rows.count),
        serverTime: Instant(seconds: seconds))
    }
    let boxes = try #require(await agenda.next())
    _ = await agenda.received(page(1...2, at: 10), limit: 100, for: boxes)
    let list = try #require(await agenda.next())
    #expect(list.query.parent == 1)
    _ = await agenda.received(page(11...12, at: 30), limit: 100, for: list)
    // A box that was made at 20, before those that were read, may have lids.
    #expect(await agenda.completeSince("lids") == Instant(seconds: 10))
  }
}
