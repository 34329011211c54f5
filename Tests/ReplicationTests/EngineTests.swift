import Catalog
import InMemoryEnds
import Synchronization
import Testing

@testable import Replication

/// Both ends, the streams of these tests, and a run.
struct Stage {
  static let people = StreamDefinition.example("people", paging: .ids, changes: true)
  static let things = StreamDefinition.example("things")
  static let boxes = StreamDefinition.example("boxes")
  static let lids = StreamDefinition.example("lids", parent: "boxes")
  static let all = [people, things, boxes, lids]

  let account = MemoryAccount()
  let warehouse = MemoryWarehouse()
  var options = Engine.Options()

  init() {
    options.clock = EngineClock(
      now: { .zero }, sleep: { _ in try Task.checkCancellation() }, chance: { 0.5 })
  }

  /// A filled stage: people, things, and boxes with lids.
  static func filled() async -> Stage {
    let stage = Stage()
    await stage.account.fill("people", count: 2_050, gap: 3)
    await stage.account.fill("things", count: 1_000)
    await stage.account.fill("boxes", count: 7)
    for box in 1...7 {
      await stage.account.fill(
        "lids", count: box * 30, from: Int64(box * 1_000), parent: Int64(box))
    }
    return stage
  }

  func run(
    _ streams: [StreamDefinition] = Stage.all, mode: Mode = .incremental,
    observer: @escaping @Sendable (Event) -> Void = { _ in }
  ) async -> RunReport {
    await engine(observer: observer)
      .run(streams.map { select($0, mode) }, catalogue: Stage.all)
  }

  /// A stream of which nothing falls due in these tests.
  private func select(_ stream: StreamDefinition, _ mode: Mode) -> StreamSelection {
    StreamSelection(stream, mode: mode, refresh: .seconds(86_400 * 3_650))
  }

  func engine(observer: @escaping @Sendable (Event) -> Void = { _ in }) -> Engine {
    Engine(from: account, into: warehouse, options: options, observer: observer)
  }

  /// Whether each table holds what the account holds.
  func isCopied(_ streams: [StreamDefinition] = Stage.all) async -> Bool {
    for stream in streams {
      let source = await account.lists[stream.id] ?? [:]
      let copy = await warehouse.notes(of: stream.id)
      guard source.mapValues({ Value.text($0.note) }) == copy else { return false }
    }
    return true
  }
}

@Suite struct `A run` {
  @Test func `copies every row of every stream`() async {
    let stage = await Stage.filled()
    let report = await stage.run()
    #expect(report.outcome == .done)
    #expect(report.streams.allSatisfy { $0.outcome == .done })
    #expect(await stage.isCopied())
    #expect(await stage.warehouse.states["people"]?.unfinished == nil)
  }

  @Test(arguments: [1, 2, 3, 8])
  func `has never more requests in flight than workers`(workers: Int) async {
    var stage = await Stage.filled()
    stage.options.workers = workers
    // Three lists can be opened at once; that many must be, if there are workers for them.
    let lists = min(workers, 3)
    await stage.account.gather(lists)
    _ = await stage.run()
    let most = await stage.account.mostInFlight
    #expect(most <= workers && most >= lists)
    #expect(await stage.isCopied())
  }

  @Test(arguments: [1, 2, 3, 7])
  func `ends, and copies every row, with pages of few rows`(pageSize: Int) async {
    var stage = Stage()
    stage.options.pageSize = pageSize
    for stream in [Stage.people, Stage.things] { await stage.account.fill(stream.id, count: 40) }
    let report = await stage.run([Stage.people, Stage.things])
    #expect(report.outcome == .done)
    #expect(await stage.isCopied([Stage.people, Stage.things]))
  }

  @Test func `reads only what changed the next time, and writes only what differs`() async throws {
    let stage = await Stage.filled()
    // The second and the third run also ask what the filter does.
    for _ in 0..<3 {
      _ = await stage.run([Stage.people])
      await stage.account.advance(by: .seconds(30 * 86_400))
    }
    let now = await stage.account.now
    await stage.account.put("people", 4, .init("changed", update: now))
    let report = try #require(await stage.run([Stage.people]).streams.first)
    #expect(report.rowsRead == 1 && report.counts.updated == 1)
    #expect(report.requests == 2, "the page, and one to hold the table against the total")
    #expect(await stage.isCopied([Stage.people]))
  }

  @Test func `counts as rows read only those that its walks asked for`() async throws {
    let stage = await Stage.filled()
    let report = await stage.run([Stage.people, Stage.boxes])
    let queries = await stage.account.queries
    #expect(queries.contains { $0.slice == .newest }, "a long list is measured")
    for stream in report.streams {
      let rows = try #require(await stage.account.lists[stream.stream]).count
      #expect(stream.rowsRead == rows, "\(stream.stream)")
      #expect(stream.completeAsOf == Instant(seconds: 1_700_000_000))
    }
  }

  @Test func `proves nothing where a stream did not come to its end`() async {
    let stage = await Stage.filled()
    await stage.account.interfere { _, query in
      if query.stream.id == "things" {
        throw MemoryWarehouse.Refusal(.lasting(.failStream), fault: .partial)
      }
    }
    let report = await stage.run([Stage.things, Stage.boxes])
    #expect(report.streams.map { $0.completeAsOf != nil } == [false, true])
  }

  @Test func `keeps the floor a lookback below the walk's first answer`() async {
    let stage = await Stage.filled()
    let start = await stage.account.now
    _ = await stage.run([Stage.people])
    #expect(await stage.warehouse.states["people"]?.floor == start - .seconds(600))
  }

  @Test func `reads parents for a child that alone was selected`() async {
    let stage = await Stage.filled()
    let report = await stage.run([Stage.lids])
    #expect(report.streams.map(\.stream) == ["boxes", "lids"])
    #expect(await stage.isCopied([Stage.boxes, Stage.lids]))
  }

  @Test func `ends a child without parents`() async {
    let stage = Stage()
    let report = await stage.run([Stage.lids])
    #expect(report.outcome == .done)
    #expect(await stage.warehouse.states["lids"]?.lastSuccess != nil)
  }

  @Test func `reads small streams to their end before long ones`() async {
    let stage = await Stage.filled()
    // More than what is read in the order of what waits for it.
    await stage.account.fill("people", count: 4_000, from: 10_000, gap: 3)
    let ends = Mutex<[StreamDefinition.ID]>([])
    _ = await stage.run { event in
      if case .streamEnded(let report) = event { ends.withLock { $0.append(report.stream) } }
    }
    #expect(ends.withLock { $0.first } == "boxes")
    #expect(ends.withLock { $0.last } == "people")
  }
}

@Suite struct `A run that is broken` {
  @Test(arguments: 1...30)
  func `goes on after a kill around any commit, to the same tables`(commit: Int) async {
    for moment in [MemoryWarehouse.Moment.before, .after] {
      let stage = await Stage.filled()
      await stage.warehouse.breakCommits { number, when, _ in
        if number == commit, when == moment { throw MemoryWarehouse.Refusal() }
      }
      let first = await stage.run()
      // How many pages a commit takes is the machine's doing; most runs have more than thirty.
      let isBroken = await stage.warehouse.commits >= commit
      #expect(!isBroken || first.outcome == .failed)
      await stage.warehouse.breakCommits { _, _, _ in }
      let second = await stage.run()
      #expect(second.outcome == .done)
      #expect(await stage.isCopied(), "commit \(commit), \(moment)")
    }
  }

  @Test func `does not read again what a killed run had committed`() async {
    let stage = await Stage.filled()
    await stage.account.interfere { call, _ in
      if call > 12 { throw MemoryWarehouse.Refusal(fault: .sourceOutOfReach) }
    }
    let first = await stage.run([Stage.people])
    #expect(first.outcome == .failed && first.problem?.fault == .sourceOutOfReach)
    let kept = await stage.warehouse.notes(of: "people").count
    #expect(kept > 900)
    await stage.account.interfere { _, _ in }
    let second = await stage.run([Stage.people])
    #expect(second.outcome == .done && second.streams[0].rowsRead < 2_050 - kept + 100)
    #expect(await stage.isCopied([Stage.people]))
  }

  @Test func `asks again after errors that may pass`() async {
    let stage = await Stage.filled()
    await stage.account.interfere { call, _ in
      if !call.isMultiple(of: 3) {
        throw MemoryWarehouse.Refusal(.retry(after: nil, otherwise: .failStream), fault: .partial)
      }
    }
    let report = await stage.run([Stage.boxes])
    #expect(report.outcome == .done && report.retries > 0)
    #expect(await stage.isCopied([Stage.boxes]))
  }

  @Test func `gives up after five attempts, and only on that stream`() async {
    let stage = await Stage.filled()
    await stage.account.interfere { _, query in
      if query.stream.id == "things" {
        throw MemoryWarehouse.Refusal(.retry(after: nil, otherwise: .failStream), fault: .partial)
      }
    }
    let report = await stage.run()
    #expect(report.outcome == .failed && report.problem == nil)
    let things = report.streams.first { $0.stream == "things" }
    #expect(things?.outcome == .failed && things?.requests == 5)
    #expect(await stage.isCopied([Stage.people, Stage.boxes, Stage.lids]))
  }

  @Test func `asks for half as many rows when an answer is too large`() async {
    let stage = await Stage.filled()
    await stage.account.interfere { _, query in
      if query.limit > 30 {
        throw MemoryWarehouse.Refusal(
          .retryWithFewerRows(otherwise: .failStream), fault: .partial)
      }
    }
    let report = await stage.run()
    #expect(report.outcome == .done)
    #expect(await stage.isCopied())
  }

  @Test func `a parent's failure fails its children`() async {
    let stage = await Stage.filled()
    await stage.account.interfere { _, query in
      if query.stream.id == "boxes" {
        throw MemoryWarehouse.Refusal(.lasting(.failStream), fault: .partial)
      }
    }
    let report = await stage.run()
    #expect(
      report.streams.filter { $0.outcome == .failed }.map(\.stream) == ["boxes", "lids"])
    #expect(await stage.isCopied([Stage.people, Stage.things]))
  }

  @Test func `skips a list that the plan does not offer, but not one that was read before`() async {
    let stage = await Stage.filled()
    let refusal = MemoryWarehouse.Refusal(.lasting(.skipStream), fault: .sourceRefused)
    await stage.account.interfere { _, query in
      if query.stream.id == "things" { throw refusal }
    }
    #expect(await stage.run([Stage.things]).streams[0].outcome == .skipped)
    await stage.account.interfere { _, _ in }
    _ = await stage.run([Stage.things])
    await stage.account.interfere { _, _ in throw refusal }
    #expect(await stage.run([Stage.things]).streams[0].outcome == .failed)
  }

  @Test func `ends before anything is read when the key is refused`() async {
    let stage = await Stage.filled()
    await stage.account.refuseKey(MemoryWarehouse.Refusal(fault: .sourceRefused))
    let report = await stage.run()
    #expect(report.problem?.fault == .sourceRefused && report.requests == 1)
    #expect(await stage.warehouse.commits == 0)
  }

  @Test(arguments: [Fault.sourceRefused, .sourceOutOfReach, .partial])
  func `asks for the key again while its refusal may pass`(fault: Fault) async {
    let stage = await Stage.filled()
    let passing = MemoryWarehouse.Refusal(.retry(after: nil, otherwise: .stopRun), fault: fault)
    await stage.account.refuseKey(passing, times: 4)
    let report = await stage.run([Stage.boxes])
    #expect(report.outcome == .done && report.retries == 4)
    #expect(report.requests == (report.streams.first?.requests ?? 0) + 5)
    #expect(await stage.account.keyChecks == 5)
  }

  @Test func `takes a refusal of the key that lasts for what it is`() async {
    let stage = await Stage.filled()
    let refusal = MemoryWarehouse.Refusal(
      .retry(after: nil, otherwise: .stopRun), fault: .sourceRefused)
    await stage.account.refuseKey(refusal, times: 5)
    let report = await stage.run()
    #expect(report.problem?.fault == .sourceRefused && report.requests == 5)
    #expect(await stage.account.queries.isEmpty)
  }

  @Test func `asks for the key once where that was done before the run`() async throws {
    let stage = await Stage.filled()
    let engine = stage.engine()
    try await engine.confirmKey()
    let report = await engine.run([StreamSelection(Stage.boxes)], catalogue: Stage.all)
    #expect(report.outcome == .done)
    #expect(await stage.account.keyChecks == 1)
  }

  @Test func `that is stopped asks for no key`() async {
    let stage = await Stage.filled()
    let engine = stage.engine()
    await engine.stop()
    let report = await engine.run([StreamSelection(Stage.boxes)], catalogue: Stage.all)
    #expect(report.outcome == .interrupted)
    #expect(await stage.account.keyChecks == 0)
  }

  @Test func `reports a stream that another run holds and reads the others`() async {
    let stage = await Stage.filled()
    await stage.warehouse.hold("things")
    let report = await stage.run()
    #expect(report.streams.first { $0.stream == "things" }?.outcome == .held)
    #expect(await stage.isCopied([Stage.people, Stage.boxes, Stage.lids]))
  }

  @Test func `a refused commit of one stream leaves the others`() async {
    let stage = await Stage.filled()
    await stage.warehouse.breakCommits { _, moment, batch in
      if batch.stream.id == "people", moment == .before {
        throw MemoryWarehouse.Refusal(.lasting(.failStream), fault: .partial)
      }
    }
    let report = await stage.run()
    #expect(report.streams.first { $0.stream == "people" }?.outcome == .failed)
    #expect(await stage.warehouse.notes(of: "people").isEmpty)
    #expect(await stage.isCopied([Stage.things, Stage.boxes, Stage.lids]))
  }

  @Test(arguments: [1, 5, 15, 30])
  func `stops when told to, and the next run goes on`(call: Int) async throws {
    let stage = await Stage.filled()
    let engine = stage.engine()
    let (calls, ring) = AsyncStream.makeStream(of: Void.self)
    await stage.account.interfere { number, _ in if number == call { ring.yield() } }
    async let stopping: Void = {
      for await _ in calls { return await engine.stop() }
    }()
    let report = await engine.run(Stage.all.map { StreamSelection($0) }, catalogue: Stage.all)
    await stopping
    #expect(report.outcome == .interrupted && report.problem == nil)
    await stage.account.interfere { _, _ in }
    #expect(await stage.run().outcome == .done)
    #expect(await stage.isCopied())
  }
}
