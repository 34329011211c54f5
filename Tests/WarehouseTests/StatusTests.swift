import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Asking how the warehouse stands` {
  @Test func `works before anything is laid out, and writes nothing`() async throws {
    let loader = try await Loader.fresh(begun: false)
    #expect(try await loader.states().isEmpty)
    #expect(try await loader.status().isEmpty)
    #expect(try await loader.recentRuns(atMost: 5).isEmpty)
    #expect(try await rows("SELECT FROM pg_namespace WHERE nspname = 'acsync'").isEmpty)
  }

  @Test func `tells how each stream ended`() async throws {
    let loader = try await Loader.holding(.notes)
    _ = try await loader.write(
      .of(.notes, [.note(1, .null)], rejected: [.size])
        .closing(floor: .at(3), completeSince: .at(2)))
    try await loader.confirm(.notes, completeSince: .at(2))
    var report = StreamReport(stream: "notes", mode: .fullRefresh)
    report.outcome = .failed
    report.problem = Explanation(
      "it broke", at: "here", remedy: "mend it", .lasting(.failStream), fault: .partial)
    #expect(try await loader.finish(report) == 1)
    let status = try #require(try await loader.status().first)
    #expect(status.stream == "notes")
    var state = StreamState(floor: .at(3), liveRows: 1, lastSuccess: .at(10))
    state.completeAsOf = .at(2)
    #expect(status.state == state)
    #expect(status.completeAsOf == .at(2))
    #expect(status.rejected == 1)
    #expect(status.lastOutcome == .failed)
    #expect(status.lastMessage == "it broke\n  at here\n  → mend it")
    #expect(status.lastFinishedAt != nil)
  }

  @Test func `records what a run did to a stream`() async throws {
    let loader = try await Loader.holding(.notes)
    var report = StreamReport(stream: "notes", mode: .incremental)
    report.outcome = .done
    report.rowsRead = 9
    report.counts = CommitCounts(inserted: 1, updated: 2, unchanged: 3, rejected: 4)
    report.requests = 5
    report.floor = .at(1)
    report.duration = .milliseconds(1500)
    _ = try await loader.finish(report)
    let recorded = try await rows(
      """
      SELECT run, account, stream, mode, outcome, rows_read, inserted, updated, unchanged, rejected,
        requests, live_rows, extract(epoch FROM floor)::bigint, duration_ms, message
      FROM acsync.stream_runs
      """)
    #expect(recorded == ["1|acme|notes|incremental|done|9|1|2|3|4|5|0|1700000001|1500"])
  }

  @Test func `tells of runs, newest first, the killed ones too`() async throws {
    let loader = try await Loader.fresh()
    try await loader.begin(RunOpening(version: "2", streams: ["notes", "offers"]))
    try await loader.end(
      RunReport(
        outcome: .failed, exitCode: 3, streams: [], requests: 12, retries: 2,
        duration: .seconds(4)))
    let runs = try await loader.recentRuns(atMost: 5)
    #expect(runs.map(\.version) == ["2", "1"])
    #expect(runs.map(\.outcome) == [.failed, nil])
    #expect(runs.map(\.exitCode) == [3, nil])
    #expect(runs.map(\.requests) == [12, nil])
    #expect(runs.first?.streams == ["notes", "offers"])
    #expect(runs.map { $0.finishedAt == nil } == [false, true])
  }

  @Test func `notes the end of a stream and of a run also in a cancelled task`() async throws {
    let loader = try await Loader.holding(.notes)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      _ = try await loader.finish(StreamReport(stream: "notes", mode: .incremental))
      try await loader.end(
        RunReport(
          outcome: .interrupted, exitCode: 130, streams: [], requests: 0, retries: 0,
          duration: .zero))
    }
    try await task.value
    #expect(try await loader.status().first?.lastOutcome == .interrupted)
    #expect(try await loader.recentRuns(atMost: 1).first?.exitCode == 130)
  }

  @Test func `tells the server's version and clock`() async throws {
    let loader = try await Loader.fresh(begun: false)
    #expect(try await Int(loader.serverVersion().prefix(2)) ?? 0 >= 13)
    let before = try await loader.now()
    #expect(try await loader.now() > before)
  }

  @Test func `says where a server that cannot be reached should be`() async throws {
    let error = await #expect(throws: WarehouseError.self) {
      try await Loader.open(
        uri: "postgres://nobody:secret@127.0.0.1:1/none", account: "acme", applicationName: "a")
    }
    #expect(error?.explanation.fault == .targetOutOfReach)
    #expect(error?.description.contains("127.0.0.1") == true)
    #expect(error?.description.contains("secret") == false)
  }

  @Test func `spells versions as people do`() {
    #expect(Loader.spelled(150_004) == "15.4")
    #expect(Loader.spelled(130_000) == "13.0")
  }
}
