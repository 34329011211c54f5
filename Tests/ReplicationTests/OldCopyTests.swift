import Catalog
import InMemoryEnds
import Synchronization
import Testing

@testable import Replication

/// Something on the way to the account that keeps answers, and gives each once more when its list is
/// asked for again.
private actor KeepingProxy: Source {
  private let account: MemoryAccount
  private var kept: [PageQuery: Page] = [:]
  private(set) var oldAnswers = 0

  init(before account: MemoryAccount) { self.account = account }

  func page(_ query: PageQuery) async throws -> Page {
    if let old = kept.removeValue(forKey: query) {
      oldAnswers += 1
      return old
    }
    let page = try await account.page(query)
    kept[query] = page
    return page
  }

  func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool {
    try await account.exists(key, of: stream)
  }

  func confirmKey() async throws -> KeyAnswer { try await account.confirmKey() }
}

/// Answers empty pages of given times, one after the other, the last one for ever.
private final class DatedSource: Source {
  private let times: Mutex<[Int64]>

  init(_ times: [Int64]) { self.times = Mutex(times) }

  func page(_ query: PageQuery) async throws -> Page {
    let seconds = times.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? 0 }
    return Page(rows: [], received: 0, total: 0, serverTime: Instant(seconds: seconds))
  }

  func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool { true }

  func confirmKey() async throws -> KeyAnswer {
    KeyAnswer(user: 1, serverTime: Instant(seconds: 0))
  }
}

@Suite struct `An old copy of an answer` {
  private func reader(of source: DatedSource) -> Reader {
    let clock = Stage().options.clock
    return Reader(
      source: source, rule: RetryRule(), clock: clock, tally: Tally(clock: clock) { _ in },
      allowance: Allowance(RunLimits(), clock: clock))
  }

  private let query = PageQuery(Stage.things, .offset(0), limit: 1)

  @Test func `is asked for again, and not taken however often it comes`() async throws {
    let late = reader(of: DatedSource([90, 99, 100]))
    let page = try await late.page(query, since: Instant(seconds: 100)).page
    #expect(page.serverTime == Instant(seconds: 100))
    await #expect(throws: WalkError.oldCopy("things")) {
      try await reader(of: DatedSource([99])).page(query, since: Instant(seconds: 100))
    }
  }

  @Test func `is known by a later answer too, of whatever list`() async throws {
    let source = reader(of: DatedSource([100, 60, 101]))
    _ = try await source.page(PageQuery(Stage.boxes, .offset(0), limit: 1), since: nil)
    let page = try await source.page(query, since: nil).page
    #expect(page.serverTime == Instant(seconds: 101))
  }

  @Test(arguments: [Stage.things, Stage.people, Stage.boxes])
  func `neither hides what came nor brings back what is gone`(stream: StreamDefinition)
    async throws
  {
    let stage = await Stage.filled()
    let proxy = KeepingProxy(before: stage.account)
    func run() async -> RunReport {
      await Engine(from: proxy, into: stage.warehouse, options: stage.options)
        .run([StreamSelection(stream, mode: .fullRefresh)], catalogue: Stage.all)
    }
    #expect(await run().outcome == .done)
    await stage.account.advance(by: .seconds(60))
    let now = await stage.account.now
    await stage.account.put(stream.id, 1, .init("changed", update: now))
    await stage.account.put(stream.id, 99_999, .init("new", update: now))
    await stage.account.remove(stream.id, 4)
    let report = await run()
    #expect(report.outcome == .done && report.retries > 0)
    #expect(await proxy.oldAnswers > 0)
    #expect(await stage.isCopied([stream]))
  }
}
