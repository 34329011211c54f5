import Catalog
import InMemoryEnds
import Replication
import Testing

/// Boxes with seals on their pages, and people with letters, one list each.
private struct Family {
  static let boxes = StreamDefinition.example("boxes")
  static let seals = StreamDefinition.example("seals", carrier: "boxes")
  static let people = StreamDefinition.example("people", paging: .ids, changes: true)
  static let letters = StreamDefinition.example(
    "letters", parent: "people", inPath: true, lookup: .none, cost: "one request a person")
  static let stamps = StreamDefinition.example(
    "stamps", parent: "letters", inPath: true, lookup: .none, cost: "one request a letter")
  static let pictures = StreamDefinition.example(
    "pictures", carrier: "letters", lookup: .none, cost: "one request a person")
  static let all = [boxes, seals, people, letters, stamps, pictures]

  var stage = Stage()

  init() async {
    await stage.account.fill("boxes", count: 250)
    for seal in 1...300 {
      await stage.account.fill(
        "seals", count: 1, from: Int64(seal), parent: Int64(1 + seal % 250))
    }
    await stage.account.fill("people", count: 12)
    for person in 1...12 {
      await stage.account.fill(
        "letters", count: person, from: Int64(person * 100), parent: Int64(person))
    }
    for letter in 0..<12 {
      await stage.account.fill(
        "pictures", count: 1, from: Int64(90_000 + letter), parent: Int64((letter + 1) * 100))
    }
    for letter in [100, 201, 1_203] {
      await stage.account.fill(
        "stamps", count: 2, from: Int64(letter * 10), parent: Int64(letter))
    }
  }

  func run(_ streams: [StreamDefinition]) async -> RunReport {
    await stage.engine().run(
      streams.map { StreamSelection($0) }, catalogue: Family.all.map { StreamSelection($0) })
  }

  func report(_ run: RunReport, of stream: StreamDefinition) -> StreamReport? {
    run.streams.first { $0.stream == stream.id }
  }
}

@Suite struct `Rows that another stream's pages carry` {
  @Test func `are copied at no request of their own`() async {
    let family = await Family()
    let run = await family.run([Family.boxes, Family.seals])
    #expect(run.outcome == .done)
    #expect(await family.stage.isCopied([Family.boxes, Family.seals]))
    let report = family.report(run, of: Family.seals)
    #expect(report?.requests == 0)
    #expect(report?.plannedRequests == 0)
    #expect(report?.completeAsOf != nil)
    #expect(report?.completeAsOf == family.report(run, of: Family.boxes)?.completeAsOf)
  }

  @Test func `bring their carrier with them where only they are selected`() async {
    let family = await Family()
    let run = await family.run([Family.seals])
    #expect(run.outcome == .done)
    #expect(await family.stage.isCopied([Family.boxes, Family.seals]))
  }

  @Test func `are marked deleted when their carrier's pages lack them`() async {
    let family = await Family()
    _ = await family.run([Family.seals])
    await family.stage.account.remove("seals", 17)
    await family.stage.account.advance(by: .seconds(60))
    let run = await family.run([Family.seals])
    #expect(run.outcome == .done)
    #expect(family.report(run, of: Family.seals)?.counts.deleted == 1)
    #expect(await family.stage.isCopied([Family.seals]))
  }

  @Test func `are not taken for gone where the pages do not carry them at all`() async {
    let family = await Family()
    _ = await family.run([Family.seals])
    await family.stage.account.stopCarrying()
    await family.stage.account.advance(by: .seconds(60))
    let run = await family.run([Family.boxes, Family.seals])
    #expect(family.report(run, of: Family.boxes)?.outcome == .done)
    #expect(family.report(run, of: Family.seals)?.outcome == .failed)
    #expect(await family.stage.warehouse.live("seals").count == 300)
  }

  @Test func `are left out with a word where an account never carried them`() async {
    let family = await Family()
    await family.stage.account.stopCarrying()
    let run = await family.run([Family.boxes, Family.seals])
    #expect(run.outcome == .done)
    #expect(family.report(run, of: Family.seals)?.outcome == .skipped)
  }
}

@Suite struct `Lists in their parents' paths` {
  @Test func `are read one after the other, down to grandchildren`() async {
    let family = await Family()
    let streams = [Family.people, Family.letters, Family.stamps]
    let run = await family.run([Family.stamps])
    #expect(run.outcome == .done)
    #expect(await family.stage.isCopied(streams))
    let letters = await family.stage.account.queries.filter { $0.stream == Family.letters }
    #expect(Set(letters.compactMap(\.parent)) == Set(1...12))
    #expect(letters.allSatisfy { $0.parent != nil })
  }

  @Test func `are read again only for parents that changed, until all are due`() async {
    let family = await Family()
    _ = await family.run([Family.letters])
    let account = family.stage.account
    await account.advance(by: .seconds(86_400))
    _ = await family.run([Family.letters])
    await account.advance(by: .seconds(86_400))
    await account.put("people", 5, .init("moved", update: await account.now))
    await account.fill("letters", count: 1, from: 5_000, parent: 5)
    let before = await account.queries.count
    let run = await family.run([Family.letters])
    #expect(run.outcome == .done)
    let asked = await account.queries.dropFirst(before).filter { $0.stream == Family.letters }
    #expect(Set(asked.compactMap(\.parent)).contains(5))
    #expect(Set(asked.compactMap(\.parent)).count <= 2)
    #expect(await family.stage.isCopied([Family.people, Family.letters]))
  }

  @Test func `say of a parent's unchanged row nothing that was not proven`() async throws {
    let family = await Family()
    let first = await family.run([Family.letters])
    let proven = try #require(family.report(first, of: Family.letters)?.completeAsOf)
    await family.stage.account.advance(by: .seconds(86_400))
    // A letter that nobody is told of: its person has not changed.
    await family.stage.account.fill("letters", count: 1, from: 7_000, parent: 7)
    let second = await family.run([Family.letters])
    #expect(second.outcome == .done)
    #expect(family.report(second, of: Family.letters)?.completeAsOf == proven)
    await family.stage.account.advance(by: .seconds(86_400 * 8))
    let third = await family.run([Family.letters])
    #expect(third.outcome == .done)
    #expect(await family.stage.isCopied([Family.people, Family.letters]))
    #expect(family.report(third, of: Family.letters)?.completeAsOf ?? proven > proven)
  }

  @Test func `lose rows only when three whole readings missed them, for none can be asked for`()
    async
  {
    let family = await Family()
    _ = await family.run([Family.letters])
    await family.stage.account.remove("letters", 1_203)
    for round in 1...3 {
      await family.stage.account.advance(by: .seconds(86_400 * 8))
      #expect(await family.run([Family.letters]).outcome == .done)
      #expect(await family.stage.warehouse.live("letters").contains(1_203) == (round < 3))
    }
    #expect(await family.stage.account.confirmations.isEmpty)
  }

  @Test func `come to their end in slices, with the rows that their pages carry`() async {
    var family = await Family()
    family.stage.options.limits.requests = 10
    var slices = 0
    var run = await family.run([Family.letters, Family.pictures])
    while run.outcome == .paused, slices < 12 {
      slices += 1
      await family.stage.account.advance(by: .seconds(60))
      run = await family.run([Family.letters, Family.pictures])
    }
    #expect(run.outcome == .done)
    #expect(slices > 1)
    #expect(await family.stage.isCopied([Family.people, Family.letters, Family.pictures]))
  }

  @Test func `are not called complete where pages of a slice lacked what they carry`() async {
    var family = await Family()
    _ = await family.run([Family.letters, Family.pictures])
    await family.stage.account.advance(by: .seconds(86_400 * 8))
    family.stage.options.workers = 1
    family.stage.options.limits.requests = 10
    for person in 1...12 {
      await family.stage.account.fill(
        "pictures", count: 1, from: Int64(95_000 + person), parent: Int64(person * 100))
    }
    // The first lists carry their rows, the last ones of this slice do not.
    let asked = await family.stage.account.queries.count
    await family.stage.account.stopCarrying(during: asked + 6...asked + 9)
    #expect(await family.run([Family.letters, Family.pictures]).outcome == .paused)
    var run: RunReport?
    for _ in 0..<12 where run?.outcome != .done {
      await family.stage.account.advance(by: .seconds(60))
      run = await family.run([Family.letters, Family.pictures])
    }
    #expect(run?.outcome == .done)
    #expect(await family.stage.isCopied([Family.letters, Family.pictures]))
  }

  @Test func `count as read and empty where their parent has gone since it was listed`() async {
    let family = await Family()
    await family.stage.account.remove("people", 9, at: 4)
    let run = await family.run([Family.letters])
    #expect(family.report(run, of: Family.letters)?.outcome == .done)
    #expect(await family.stage.account.confirmations == [9])
    let live = await family.stage.warehouse.live("letters")
    let others = await family.stage.account.lists["letters"]?.filter { $0.value.parent != 9 } ?? [:]
    #expect(live.isSuperset(of: others.keys))
  }
}

@Suite struct `Rows that nobody can ask for alone` {
  private static let logs = StreamDefinition.example("logs", lookup: .none)

  @Test func `stay where one look at the list's end lacked them and the next did not`() async {
    let stage = Stage()
    await stage.account.fill("logs", count: 2_000)
    let logs = StreamSelection(Self.logs, refresh: .seconds(86_400 * 365))
    _ = await stage.engine().run([logs], catalogue: [Self.logs])
    await stage.account.advance(by: .seconds(60))
    await stage.account.hide(1_999, at: await stage.account.queries.count + 1)
    let run = await stage.engine().run([logs], catalogue: [Self.logs])
    #expect(run.outcome == .done)
    #expect(run.streams.first?.mode == .incremental)
    #expect(await stage.warehouse.live("logs").contains(1_999))
  }

  @Test func `go where a second look lacks them too`() async {
    let stage = Stage()
    await stage.account.fill("logs", count: 2_000)
    let logs = StreamSelection(Self.logs, refresh: .seconds(86_400 * 365))
    _ = await stage.engine().run([logs], catalogue: [Self.logs])
    await stage.account.advance(by: .seconds(60))
    await stage.account.remove("logs", 1_999)
    let run = await stage.engine().run([logs], catalogue: [Self.logs])
    #expect(run.outcome == .done)
    #expect(run.streams.first?.counts.deleted == 1)
    #expect(await !stage.warehouse.live("logs").contains(1_999))
  }
}

@Suite struct `A stream that rests` {
  private static let rules = StreamDefinition.example("rules", rest: .seconds(3_600))

  @Test func `is asked for nothing while its proof is young`() async throws {
    let stage = Stage()
    await stage.account.fill("rules", count: 5)
    let first = await stage.engine().run([StreamSelection(Self.rules)], catalogue: [Self.rules])
    let proven = try #require(first.streams.first?.completeAsOf)
    await stage.account.advance(by: .seconds(3_000))
    let second = await stage.engine().run([StreamSelection(Self.rules)], catalogue: [Self.rules])
    #expect(second.outcome == .done)
    #expect(second.streams.first?.requests == 0)
    #expect(second.streams.first?.completeAsOf == proven)
    await stage.account.advance(by: .seconds(700))
    let third = await stage.engine().run([StreamSelection(Self.rules)], catalogue: [Self.rules])
    #expect(third.streams.first?.requests ?? 0 > 0)
    #expect(third.streams.first?.completeAsOf ?? proven > proven)
  }

  @Test func `is read again where rows that are gone had to stay`() async {
    let stage = Stage()
    await stage.account.fill("rules", count: 50)
    _ = await stage.engine().run([StreamSelection(Self.rules)], catalogue: [Self.rules])
    for rule in 1...40 { await stage.account.remove("rules", Int64(rule)) }
    await stage.account.advance(by: .seconds(7_200))
    for _ in 0..<2 {
      let run = await stage.engine().run([StreamSelection(Self.rules)], catalogue: [Self.rules])
      #expect(run.outcome == .failed)
      #expect(run.streams.first?.problem?.fault == .guardRefused)
      await stage.account.advance(by: .seconds(60))
    }
    var lifted = StreamSelection(Self.rules)
    lifted.deletions.isLifted = true
    let allowed = await stage.engine().run([lifted], catalogue: [Self.rules])
    #expect(allowed.outcome == .done)
    #expect(await stage.warehouse.live("rules").count == 10)
  }

  @Test func `is read where another user's key asks, or everything is wanted`() async {
    let stage = Stage()
    await stage.account.fill("rules", count: 5)
    _ = await stage.engine().run([StreamSelection(Self.rules)], catalogue: [Self.rules])
    await stage.account.advance(by: .seconds(60))
    let all = StreamSelection(Self.rules, mode: .fullRefresh)
    let whole = await stage.engine().run([all], catalogue: [Self.rules])
    #expect(whole.streams.first?.requests ?? 0 > 0)
    await stage.account.giveKey(to: 2)
    let other = await stage.engine().run([StreamSelection(Self.rules)], catalogue: [Self.rules])
    #expect(other.streams.first?.requests ?? 0 > 0)
  }
}
