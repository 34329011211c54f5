import Catalog
import InMemoryEnds
import Postgres
import Replication
import TestSupport
import Testing

@testable import Warehouse

/// What the engine relies on, whatever it writes into; the engine's own tests use the one in memory.
@Suite(.freshDatabase) struct `Any destination` {
  enum Kind: CaseIterable, Sendable {
    case memory, postgres
  }

  @Test(arguments: Kind.allCases)
  func `resumes a walk where its last commit left it`(kind: Kind) async throws {
    let destination = try await destination(kind)
    #expect(try await destination.claim(.notes) == StreamState())
    let open = Segment(id: 1, parent: 4, upper: 90, position: 5, overlap: 1, edge: 7, end: 8)
    _ = try await destination.write(
      .of(.notes, [.note(1, .null)], segments: [Segment(id: 0), open]))
    let done = Segment(id: 0, upper: 3, position: 3, isDone: true)
    _ = try await destination.write(.of(.notes, [.note(2, .null)], segments: [done]))
    let state = try await destination.claim(.notes)
    #expect(
      state.unfinished
        == WalkProgress(signature: "all", startedAt: .at(0), segments: [done, open]))
    #expect(state.liveRows == 2)
    #expect(state.floor == nil)
  }

  @Test(arguments: Kind.allCases)
  func `ends a walk with its floor, which never moves backwards`(kind: Kind) async throws {
    let destination = try await destination(kind)
    _ = try await destination.claim(.notes)
    _ = try await destination.write(.of(.notes, [.note(1, .null)]).closing(floor: .at(9)))
    _ = try await destination.write(.of(.notes, [.note(1, .null)]).closing(floor: .at(5)))
    let state = try await destination.claim(.notes)
    #expect(state.floor == .at(9))
    #expect(state.unfinished == nil)
    #expect(state.lastSuccess != nil)
  }

  @Test(arguments: Kind.allCases)
  func `counts what a commit did, and that a repeated one did nothing`(kind: Kind) async throws {
    let destination = try await destination(kind)
    _ = try await destination.claim(.notes)
    let batch = Batch.of(.notes, [.note(1, .text("a")), .note(2, .text("b"))])
    #expect(try await destination.write(batch) == CommitCounts(inserted: 2))
    #expect(try await destination.write(batch) == CommitCounts(unchanged: 2))
    let changed = Batch.of(.notes, [.note(1, .text("c"))], at: 20)
    #expect(try await destination.write(changed) == CommitCounts(updated: 1))
    #expect(try await destination.finish(StreamReport(stream: "notes", mode: .fullRefresh)) == 2)
  }

  private func destination(_ kind: Kind) async throws -> any Destination {
    switch kind {
    case .memory: MemoryWarehouse()
    case .postgres: try await Loader.fresh()
    }
  }
}

@Suite(.freshDatabase) struct `A run into the warehouse` {
  static let people = StreamDefinition.example("people", paging: .ids, changes: true)
  static let boxes = StreamDefinition.example("boxes")
  static let lids = StreamDefinition.example("lids", parent: "boxes")
  static let all = [people, boxes, lids]

  @Test func `copies every row, and a second one writes none`() async throws {
    let account = await filledAccount()
    let loader = try await Loader.fresh()
    #expect(await run(account, loader).outcome == .done)
    try await expectCopy(of: account)
    let report = await run(account, loader)
    #expect(report.outcome == .done)
    #expect(report.streams.allSatisfy { $0.counts.inserted + $0.counts.updated == 0 })
    #expect(report.streams.map(\.liveRows) == [1_050, 5, 450])
  }

  @Test func `copies every row also when the server ends its session again and again`()
    async throws
  {
    let account = await filledAccount()
    try await script("CREATE TABLE public.ended (pid integer)")
    await account.interfere { call, _ in
      guard call % 10 == 0 else { return }
      Task {
        try await script(
          """
          WITH loaders AS MATERIALIZED (
            SELECT pid FROM pg_stat_activity
            WHERE application_name = 'loader' AND datname = current_database()
          )
          INSERT INTO public.ended SELECT pid FROM loaders WHERE pg_terminate_backend(pid)
          """)
      }
    }
    let report = await run(account, try await Loader.fresh())
    #expect(report.outcome == .done)
    #expect(try await !rows("SELECT pid FROM public.ended").isEmpty)
    try await expectCopy(of: account)
  }

  private func filledAccount() async -> MemoryAccount {
    let account = MemoryAccount()
    await account.fill("people", count: 1_050, gap: 3)
    await account.fill("boxes", count: 5)
    for box in 1...5 {
      await account.fill("lids", count: box * 30, from: Int64(box * 1_000), parent: Int64(box))
    }
    return account
  }

  private func run(_ account: MemoryAccount, _ loader: Loader) async -> RunReport {
    await Engine(from: account, into: loader)
      .run(Self.all.map { StreamSelection($0, mode: .incremental) }, catalogue: Self.all)
  }

  private func expectCopy(of account: MemoryAccount) async throws {
    for stream in Self.all {
      let entries = await account.lists[stream.id, default: [:]].sorted { $0.key < $1.key }
      let copy = try await rows(
        "SELECT id, note FROM \(Table(of: stream, in: "activecampaign").name) ORDER BY id")
      #expect(copy == entries.map { "\($0.key)|\($0.value.note)" })
    }
  }
}
