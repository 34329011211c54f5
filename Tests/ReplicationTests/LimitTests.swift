import Catalog
import InMemoryEnds
import Synchronization
import Testing

@testable import Replication

@Suite struct `A run with a limit` {
  /// All that was asked of the account, whoever asked.
  private func sent(_ stage: Stage) async -> Int {
    await stage.account.queries.count + stage.account.keyChecks
      + stage.account.confirmations.count
  }

  private func limited(_ requests: Int, _ stage: Stage) -> Stage {
    var stage = stage
    stage.options.limits.requests = requests
    return stage
  }

  @Test func `copies a whole account in slices, for about as many requests`() async {
    let whole = await Stage.filled()
    #expect(await whole.run().outcome == .done)
    let cost = await sent(whole)
    for most in [10, 20, 40] {
      let stage = limited(most, await Stage.filled())
      var before = 0
      var slices = 0
      var again = 0
      var ended: Set<StreamDefinition.ID> = []
      while await !stage.isCopied(), slices < cost {
        let report = await stage.run()
        let sent = await sent(stage) - before
        #expect(sent <= most && report.requests == sent)
        #expect(report.outcome == .paused || report.outcome == .done)
        #expect(report.streams.allSatisfy { $0.problem == nil })
        before += sent
        slices += 1
        // What the last slice has left it spends on streams that earlier ones had ended.
        again += report.streams.filter { ended.contains($0.stream) }.map(\.requests).reduce(0, +)
        ended.formUnion(report.streams.filter { $0.outcome == .done }.map(\.stream))
      }
      #expect(await stage.isCopied())
      // Each slice asks for the key, perhaps for a page again that another one cut short, and whether
      // a list still ends where it did; a list that was read to its end, and not settled, is read
      // again.
      #expect(
        before - again <= cost * 2 + slices * 3, "\(before - again) in \(slices), not \(cost)")
      #expect(again <= most + slices)
    }
  }

  @Test func `commits all that it asked for, and tells what is left open`() async throws {
    let stage = limited(20, await Stage.filled())
    let report = await stage.run()
    #expect(report.outcome == .paused && report.problem == nil)
    #expect(report.limitReached == .requests(20) && report.requests == 20)
    #expect(Set(report.streams.map(\.outcome)) == [.done, .paused])
    for stream in report.streams {
      let held = await stage.warehouse.live(stream.stream).count
      #expect(stream.counts.inserted == held, "\(stream.stream)")
      if stream.stream != "lids" { #expect(held >= stream.requests) }
    }
  }

  @Test func `goes on with a whole reading that a difference from the account asked for`() async {
    var stage = await Stage.filled()
    _ = await stage.run([Stage.people])
    await stage.account.advance(by: .seconds(30 * 86_400))
    // The filter does not show it, and the total does.
    await stage.account.put("people", 2, .init("between", update: Instant(seconds: 1_500_000_000)))
    stage.options.limits.requests = 12
    var outcomes: [Outcome] = []
    while outcomes.last != .done, outcomes.count < 10 {
      outcomes.append(await stage.run([Stage.people]).outcome)
    }
    #expect(outcomes.count > 2 && outcomes.dropLast().allSatisfy { $0 == .paused })
    #expect(outcomes.last == .done)
    #expect(await stage.isCopied([Stage.people]))
  }

  @Test func `fails a list that tells more rows than it has, instead of reading it for ever`()
    async
  {
    let stage = Stage()
    await stage.account.fill("things", count: 1_000)
    var options = stage.options
    options.limits.requests = 15
    var outcomes: [Outcome] = []
    for _ in 0..<6 {
      let report = await Engine(
        from: BoastfulSource(account: stage.account), into: stage.warehouse, options: options
      ).run([StreamSelection(Stage.things)], catalogue: Stage.all)
      outcomes += report.streams.map(\.outcome)
      #expect(report.requests <= 15)
    }
    // What was read is there all the same, and a failure is told at the end of each reading.
    #expect(outcomes.count { $0 == .failed } >= 2, "\(outcomes)")
    #expect(await stage.isCopied([Stage.things]))
  }

  @Test func `that suffices ends as if there were none`() async {
    let stage = limited(1_000, await Stage.filled())
    let report = await stage.run()
    #expect(report.outcome == .done && report.limitReached == nil)
  }

  @Test(arguments: 1...30)
  func `never sends more, whatever fails`(most: Int) async {
    let stage = limited(most, await Stage.filled())
    await stage.account.interfere { call, _ in
      if call.isMultiple(of: 3) {
        throw MemoryWarehouse.Refusal(.retry(after: nil, otherwise: .skipStream), fault: .partial)
      }
    }
    await stage.account.refuseKey(
      MemoryWarehouse.Refusal(.retry(after: nil, otherwise: .stopRun), fault: .partial), times: 2)
    for number in 1...3 {
      let report = await stage.run()
      #expect(report.requests <= most && report.problem == nil)
      #expect(await sent(stage) <= most * number)
    }
  }

  @Test func `tells a stream that failed before one that was left open`() async {
    let stage = limited(20, await Stage.filled())
    await stage.account.interfere { _, query in
      if query.stream.id == "boxes" {
        throw MemoryWarehouse.Refusal(.lasting(.failStream), fault: .partial)
      }
    }
    let report = await stage.run()
    #expect(report.outcome == .failed)
    #expect(Set(report.streams.map(\.outcome)) == [.failed, .paused])
  }

  @Test func `ends at its time, and the next one goes on`() async {
    var stage = await Stage.filled()
    let time = Mutex(Duration.zero)
    // Each look at the clock takes a moment; a wait lasts for ever.
    stage.options.clock = EngineClock(
      now: {
        time.withLock {
          $0 += .milliseconds(100); return $0
        }
      },
      sleep: { _ in try await Task.sleep(for: .seconds(3_600)) }, chance: { 0.5 })
    stage.options.limits.duration = .seconds(10)
    let first = await stage.run()
    #expect(first.outcome == .paused && first.limitReached == .duration(.seconds(10)))
    #expect(first.duration >= .seconds(10) && first.duration < .seconds(12))
    for _ in 0..<10 where await !stage.isCopied() { _ = await stage.run() }
    #expect(await stage.isCopied())
  }

  @Test func `does not wait for an answer that is not there when its time is over`() throws {
    let time = VirtualTime()
    let report = try time.run {
      var stage = await Stage.filled()
      stage.options.clock = time.clock { 0.5 }
      stage.options.limits.duration = .seconds(60)
      return await Engine(
        from: SlowSource(account: stage.account, time: time), into: stage.warehouse,
        options: stage.options
      ).run([StreamSelection(Stage.things)], catalogue: Stage.all)
    }
    #expect(report.outcome == .paused && report.limitReached == .duration(.seconds(60)))
    #expect(report.duration == .seconds(60) + Engine.patience)
  }
}

/// An account that counts a row more than it lists.
private struct BoastfulSource: Source {
  let account: MemoryAccount

  func page(_ query: PageQuery) async throws -> Page {
    var page = try await account.page(query)
    page.total = page.total.map { $0 + 1 }
    return page
  }

  func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool {
    try await account.exists(key, of: stream)
  }

  func confirmKey() async throws -> KeyAnswer { try await account.confirmKey() }
}

/// An account that takes an hour for every page.
private struct SlowSource: Source {
  let account: MemoryAccount
  let time: VirtualTime

  func page(_ query: PageQuery) async throws -> Page {
    try await time.sleep(.seconds(3_600))
    return try await account.page(query)
  }

  func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool {
    try await account.exists(key, of: stream)
  }

  func confirmKey() async throws -> KeyAnswer { try await account.confirmKey() }
}
