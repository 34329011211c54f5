import Catalog
import InMemoryEnds
import Replication
import Testing

/// Three streams of three pages each; something breaks at every event in turn, and a rerun without
/// a break must bring the tables to where they were to be.
@Suite struct `Breaking every call in turn` {
  static let streams = [Stage.people, Stage.things, Stage.boxes]

  /// Three pages of each stream.
  private func stage() async -> Stage {
    var stage = Stage()
    stage.options.pageSize = 4
    for stream in Self.streams { await stage.account.fill(stream.id, count: 10) }
    return stage
  }

  private func run(_ stage: Stage, _ life: Life) async -> RunReport {
    let engine = Engine(
      from: MortalSource(stage.account, life), into: MortalDestination(stage.warehouse, life),
      options: stage.options)
    let selected = Self.streams.map { StreamSelection($0) }
    async let _ = engine.readAhead(
      selected, catalogue: selected, knowing: await stage.warehouse.states)
    return await engine.run(selected, catalogue: Stage.all)
  }

  /// How many requests and commits a run has when nothing breaks.
  private func events() async -> Int {
    let life = Life(endingAt: nil)
    let report = await run(stage(), life)
    #expect(report.outcome == .done)
    return life.events
  }

  @Test func `a process killed at any request or commit goes on where it stopped`() async {
    let events = await events()
    #expect(events > 20)
    // Workers take turns as they like, so a run may have some events more or fewer.
    for event in 1...events {
      let stage = await stage()
      let life = Life(endingAt: event)
      let report = await run(stage, life)
      if life.isOver { #expect(report.outcome != .done, "killed at event \(event)") }
      let rerun = await run(stage, Life(endingAt: nil))
      #expect(rerun.outcome == .done, "after a kill at event \(event)")
      #expect(await stage.isCopied(Self.streams), "after a kill at event \(event)")
    }
  }

  @Test(arguments: [
    Consequence.retry(after: nil, otherwise: .stopRun), .lasting(.failStream),
    .lasting(.skipStream), .lasting(.stopRun), .retryWithFewerRows(otherwise: .failStream),
  ])
  func `a request that fails in any way is made up for`(consequence: Consequence) async {
    for failing in 1...15 {
      let stage = await stage()
      await stage.account.interfere { call, _ in
        if call == failing { throw MemoryWarehouse.Refusal(consequence, fault: .partial) }
      }
      _ = await run(stage, Life(endingAt: nil))
      await stage.account.interfere { _, _ in }
      let rerun = await run(stage, Life(endingAt: nil))
      #expect(rerun.outcome == .done, "after request \(failing) failed")
      #expect(await stage.isCopied(Self.streams), "after request \(failing) failed")
    }
  }

  @Test(arguments: [MemoryWarehouse.Moment.before, .after])
  func `a commit that is refused is made up for`(moment: MemoryWarehouse.Moment) async {
    for failing in 1...6 {
      let stage = await stage()
      await stage.warehouse.breakCommits { commit, when, _ in
        if commit == failing, when == moment { throw MemoryWarehouse.Rollback() }
      }
      let first = await run(stage, Life(endingAt: nil))
      let commits = await stage.warehouse.commits
      if commits >= failing { #expect(first.outcome != .done) }
      await stage.warehouse.breakCommits { _, _, _ in }
      let rerun = await run(stage, Life(endingAt: nil))
      #expect(rerun.outcome == .done, "after commit \(failing) was refused")
      #expect(await stage.isCopied(Self.streams), "after commit \(failing) was refused")
    }
  }
}
