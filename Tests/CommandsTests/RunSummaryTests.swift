import Catalog
import FoundationEssentials
import Testing

@testable import Commands

@Suite struct `The summary of a run` {
  /// A run with one stream of each outcome.
  static let report: RunReport = {
    let names: [(StreamDefinition.ID, Outcome)] = [
      ("contacts", .done), ("deal_pipelines", .skipped), ("deals", .failed), ("notes", .held),
      ("tasks", .interrupted),
    ]
    let streams = names.map { name, outcome in
      var stream = StreamReport(stream: name, mode: .incremental)
      stream.outcome = outcome
      stream.rowsRead = 123_456
      stream.counts = CommitCounts(
        inserted: 120_000, updated: 3000, unchanged: 456, rejected: 1, deleted: 12)
      stream.requests = 1235
      stream.liveRows = outcome == .done ? 250_000 : nil
      stream.duration = .seconds(312)
      if outcome == .done {
        stream.plannedRequests = 1200
        stream.completeAsOf = Instant(seconds: 1_700_000_000)
        stream.note = "the service counts 2 rows more than it lists"
      }
      if outcome != .done, outcome != .interrupted {
        stream.problem = Explanation(
          "\(name) \(outcome.rawValue)", at: "GET \(name)", remedy: "see to \(name)",
          .lasting(.failStream), fault: outcome == .held ? .streamHeld : .partial)
      }
      return stream
    }
    return RunReport(
      outcome: .failed, exitCode: 7, streams: streams, requests: 6175, retries: 12,
      duration: .seconds(1560))
  }()

  private let summary = RunSummary(
    FinishedSync(
      report: Self.report, account: "acme.api-us1.com", warehouse: "me@host:5432/db",
      psqlLine: "psql 'postgresql://me@host/db'"))

  private func text(width: Int?) -> String {
    let recorder = Recorder()
    summary.write(to: recorder.console(width: width))
    return recorder.result
  }

  @Test func `shows every stream with its figures, the sums, what was skipped, and the data`() {
    #expect(
      text(width: nil) == """
        stream          outcome         read  inserted  updated  deleted  unchanged  live rows  complete as of        planned  requests         time
        ──────────────  ───────────  ───────  ────────  ───────  ───────  ─────────  ─────────  ────────────────────  ───────  ────────  ───────────
        contacts        done         123,456   120,000    3,000       12        456    250,000  2023-11-14 22:13 UTC    1,200     1,235   5 min 12 s
        deal_pipelines  skipped      123,456   120,000    3,000       12        456          –  –                           –     1,235   5 min 12 s
        deals           failed       123,456   120,000    3,000       12        456          –  –                           –     1,235   5 min 12 s
        notes           held         123,456   120,000    3,000       12        456          –  –                           –     1,235   5 min 12 s
        tasks           interrupted  123,456   120,000    3,000       12        456          –  –                           –     1,235   5 min 12 s
        ──────────────  ───────────  ───────  ────────  ───────  ───────  ─────────  ─────────  ────────────────────  ───────  ────────  ───────────
        all             failed       617,280   600,000   15,000       60      2,280    250,000                          1,201     6,175  26 min 00 s

        6,175 requests (12 sent again) in 26 min 00 s, 4.0 a second; planned at least 1,201
        acme.api-us1.com → me@host:5432/db
        5 values did not fit: see acsync.rejected_rows
        skipped deal_pipelines: deal_pipelines skipped
        contacts: the service counts 2 rows more than it lists

        Open the data:  psql 'postgresql://me@host/db'

        """)
  }

  @Test func `fits 60 columns with the figures that matter most`() throws {
    let lines = text(width: 60).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 60 })
    let title = try #require(lines.first)
    for word in ["stream", "outcome", "read", "inserted", "updated", "live rows"] {
      #expect(title.contains(word))
    }
  }

  @Test(arguments: [
    (RunLimit.requests(6175), "6,175 requests", "requests"),
    (.duration(.seconds(1560)), "26 min 00 s", "duration"),
  ])
  func `says which limit stopped it, and what it left open`(
    limit: RunLimit, words: String, kind: String
  ) throws {
    struct Document: Decodable {
      let limit_reached: String?
      let left_open: [String]
    }
    var report = Self.report
    report.streams[4].outcome = .paused
    report.streams[3].outcome = .paused
    report.limitReached = limit
    let summary = RunSummary(FinishedSync(report: report, account: "", warehouse: "", psqlLine: ""))
    let recorder = Recorder()
    summary.write(to: recorder.console())
    let line = "stopped at its limit of \(words); the next run goes on with notes, tasks\n"
    #expect(recorder.result.contains(line))
    let use = ResourceUse(processorTime: .zero, peakMemoryBytes: 0)
    let text = JSON.text(RunDocument(summary, use: use))
    let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
    #expect(document.limit_reached == kind && document.left_open == ["notes", "tasks"])
  }

  @Test(arguments: [(1120, false), (1122, true)])
  func `tells at any width which streams took clearly more than planned`(
    sent: Int, isTold: Bool
  ) {
    var report = Self.report
    report.streams[0].plannedRequests = 1020
    report.streams[0].requests = sent + 1
    let summary = RunSummary(FinishedSync(report: report, account: "", warehouse: "", psqlLine: ""))
    let recorder = Recorder()
    summary.write(to: recorder.console(width: 60))
    #expect(recorder.result.contains("contacts: 1,123 requests, planned 1,020") == isTold)
    #expect(recorder.result.contains("planned at least 1,021"))
  }

  @Test func `tells how many rows were read that the table had no use for`() {
    var stream = StreamReport(stream: "notes", mode: .fullRefresh)
    stream.rowsRead = 404
    stream.counts = CommitCounts(inserted: 300, updated: 90, unchanged: 10)
    #expect(stream.rowsSpare == 4)
  }

  @Test func `finds the problems of failed and held streams, not of skipped ones`() {
    #expect(summary.findings.map(\.explanation.what) == ["deals failed", "notes held"])
  }

  @Test func `tells a problem of the whole run once`() {
    var report = Self.report
    report.problem = report.streams[2].problem
    let summary = RunSummary(FinishedSync(report: report, account: "", warehouse: "", psqlLine: ""))
    #expect(summary.findings.map(\.explanation.what) == ["deals failed", "notes held"])
  }

  @Test func `is one JSON document with the same figures`() throws {
    struct Document: Decodable {
      struct Stream: Decodable {
        let stream: String
        let outcome: String
        let rows_read: Int
        let inserted: Int
        let live_rows: Int?
        let deleted: Int
        let complete_as_of: String?
        let note: String?
        let requests: Int
        let planned_requests: Int?
        let rows_spare: Int
      }
      let exit_code: Int
      let account: String
      let requests: Int
      let planned_requests: Int
      let is_plan_complete: Bool
      let cpu_seconds: Double
      let peak_memory_bytes: Int
      let streams: [Stream]
    }
    let use = ResourceUse(processorTime: .milliseconds(2345), peakMemoryBytes: 34_567_890)
    let text = JSON.text(RunDocument(summary, use: use))
    let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
    #expect(document.exit_code == 7)
    #expect(document.account == "acme.api-us1.com")
    #expect(document.requests == 6175)
    #expect(document.planned_requests == 1201 && !document.is_plan_complete)
    #expect(document.streams.map(\.planned_requests) == [1200, nil, nil, nil, nil])
    // What was read and neither inserted, updated nor unchanged.
    #expect(document.streams.allSatisfy { $0.rows_spare == 0 && $0.requests == 1235 })
    #expect(document.cpu_seconds == 2.345)
    #expect(document.peak_memory_bytes == 34_567_890)
    #expect(
      document.streams.map(\.outcome) == ["done", "skipped", "failed", "held", "interrupted"])
    #expect(document.streams[0].live_rows == 250_000)
    #expect(document.streams[1].live_rows == nil)
    #expect(document.streams.allSatisfy { $0.deleted == 12 })
    #expect(document.streams[0].complete_as_of == "2023-11-14T22:13:20Z")
    #expect(document.streams[0].note == "the service counts 2 rows more than it lists")
    #expect(document.streams[1].complete_as_of == nil && document.streams[1].note == nil)
    #expect(document.streams.allSatisfy { $0.rows_read == 123_456 && $0.inserted == 120_000 })
  }
}
