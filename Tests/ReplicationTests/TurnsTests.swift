import Catalog
import InMemoryEnds
import Testing

@testable import Replication

@Suite struct `The turns of a limited run` {
  private static let now = Instant(seconds: 1_700_000_000)

  private func plan(_ stream: StreamDefinition, ended age: Int64?, isCutOff: Bool = false)
    -> StreamPlan
  {
    var state = StreamState(liveRows: 10, lastSuccess: age.map { Self.now - .seconds($0) })
    state.completeAsOf = state.lastSuccess
    let fresh = StreamPlan(StreamSelection(stream), state: state, pageSize: 100)
    guard isCutOff else { return fresh }
    state.unfinished = WalkProgress(
      signature: fresh.signature, startedAt: Self.now, segments: [Segment(id: 0)])
    return StreamPlan(StreamSelection(stream), state: state, pageSize: 100)
  }

  private func names(_ families: [Turns.Family]) -> [[String]] {
    families.map { $0.map(\.stream.id.name) }
  }

  @Test func `begin with what waits too long, then what is open, then the oldest`() {
    let turns = Turns(
      [
        plan(.example("new"), ended: nil), plan(.example("recent"), ended: 60),
        plan(.example("late"), ended: 4_000), plan(.example("later"), ended: 9_000),
        plan(.example("cut"), ended: 90_000, isCutOff: true),
        plan(.example("less recent"), ended: 600),
      ], now: Self.now)
    #expect(names(turns.overdue) == [["later"], ["late"]])
    #expect(names([turns.open]) == [["new", "cut"]])
    #expect(names(turns.fresh) == [["less recent"], ["recent"]])
  }

  @Test func `keep parents and the lists below them together`() {
    let turns = Turns(
      [
        plan(Stage.boxes, ended: 60), plan(Stage.lids, ended: 60, isCutOff: true),
        plan(Stage.things, ended: 60),
      ], now: Self.now)
    #expect(names([turns.open]) == [["boxes", "lids"]])
    #expect(names(turns.fresh) == [["things"]])
  }

  @Test func `are not taken where the limit will probably suffice`() async {
    var stage = await Stage.filled()
    // What the filter on changes does is asked for in the second run and the third.
    for _ in 0..<3 { #expect(await stage.run().outcome == .done) }
    stage.options.limits.requests = 100
    await stage.account.gather(3)
    // Streams of a run by turns come one after the other, and would wait for ever.
    #expect(await stage.run().outcome == .done)
  }
}

@Suite struct `A table held against the account under a limit` {
  /// Five thousand people, of whom some far apart are gone.
  private func stage(_ paging: Paging) async -> (Stage, StreamDefinition) {
    let stage = Stage()
    let stream = StreamDefinition.example("people", paging: paging, changes: paging == .ids)
    await stage.account.fill("people", count: 5_000, gap: 2)
    let selection = StreamSelection(stream, refresh: .seconds(86_400 * 365))
    _ = await stage.engine().run([selection], catalogue: [stream])
    for key in [1_001, 3_001, 5_001, 7_001, 9_001] {
      await stage.account.remove("people", Int64(key))
    }
    await stage.account.advance(by: .seconds(7_200))
    return (stage, stream)
  }

  @Test(arguments: [Paging.ids, .offset(order: nil)])
  func `is read whole in slices where one cannot find what is gone`(paging: Paging) async {
    var (stage, stream) = await stage(paging)
    stage.options.limits.requests = 10
    var report: RunReport?
    for _ in 0..<20 where report?.outcome != .done {
      report = await stage.engine().run(
        [StreamSelection(stream, refresh: .seconds(86_400 * 365))], catalogue: [stream])
      #expect(report?.outcome == .paused || report?.outcome == .done)
      #expect(report?.requests ?? 0 <= 10)
    }
    #expect(report?.outcome == .done)
    #expect(await stage.warehouse.live("people").count == 4_995)
  }
}
