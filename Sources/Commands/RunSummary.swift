import Catalog

/// What a run did, for people: a table, the sums, and what was skipped and why.
struct RunSummary: Sendable {
  private let finished: FinishedSync
  var report: RunReport { finished.report }
  fileprivate var account: String { finished.account }
  fileprivate var checkResults: [CheckResult] { finished.checks }
  fileprivate var warehouse: String { finished.warehouse }

  init(_ finished: FinishedSync) { self.finished = finished }

  /// Prints it as a result.
  func write(to console: Console) {
    let width = console.resultTerminal.width
    (table.lines(width: width) + [""]).forEach(console.result)
    for line in sums + resting + corrections + leftOpen + skipped + notes + surprises {
      TableText.folded(line, width: width ?? .max, indent: 2).forEach(console.result)
    }
    if report.streams.contains(where: { $0.outcome == .done }) {
      console.result("")
      console.result("Open the data:  \(finished.psqlLine)")
    }
  }

  /// A row per stream.
  private var table: TableText {
    var table = TableText([
      .init("stream"), .init("outcome"), .init("read", isNumber: true),
      .init("inserted", isNumber: true), .init("updated", isNumber: true),
      .init("deleted", isNumber: true, sacrifice: 1),
      .init("unchanged", isNumber: true, sacrifice: 5), .init("live rows", isNumber: true),
      .init("complete as of", sacrifice: 2), .init("planned", isNumber: true, sacrifice: 4),
      .init("requests", isNumber: true, sacrifice: 3), .init("time", isNumber: true, sacrifice: 4),
    ])
    for stream in report.streams where !stream.isResting { table.add(Self.row(of: stream)) }
    let counts = report.streams.reduce(into: CommitCounts()) { $0 += $1.counts }
    table.footer = [
      "all", report.outcome.rawValue, Figures.count(report.streams.map(\.rowsRead).reduce(0, +)),
      Figures.count(counts.inserted), Figures.count(counts.updated), Figures.count(counts.deleted),
      Figures.count(counts.unchanged),
      Figures.count(report.streams.compactMap(\.liveRows).reduce(0, +)), "",
      Figures.count(report.planned.requests), Figures.count(report.requests),
      Figures.span(report.duration),
    ]
    return table
  }

  private static func row(of stream: StreamReport) -> [String] {
    [
      stream.stream.name, stream.outcome.rawValue, Figures.count(stream.rowsRead),
      Figures.count(stream.counts.inserted), Figures.count(stream.counts.updated),
      Figures.count(stream.counts.deleted), Figures.count(stream.counts.unchanged),
      stream.liveRows.map { Figures.count($0) } ?? "–",
      stream.completeAsOf.map { Figures.minute($0) } ?? "–",
      stream.plannedRequests.map { Figures.count($0) } ?? "–", Figures.count(stream.requests),
      Figures.span(stream.duration),
    ]
  }

  private var sums: [String] {
    let counts = report.streams.reduce(into: CommitCounts()) { $0 += $1.counts }
    var lines = [
      "\(Figures.amount(report.requests, "request")) (\(report.retries) sent again) "
        + "in \(Figures.span(report.duration)), \(Figures.decimal(rate)) a second; planned "
        + "\(report.planned.isWhole ? "" : "at least ")\(Figures.count(report.planned.requests))",
      "\(account) → \(warehouse)",
    ]
    if counts.rejected > 0 {
      lines.append(
        "\(Figures.amount(counts.rejected, "value")) did not fit: see acsync.rejected_rows")
    }
    return lines + checks
  }

  /// How the checks ended, in a line; nothing where there were none.
  private var checks: [String] {
    guard !finished.checks.isEmpty else { return [] }
    let count = { (outcome: CheckResult.Outcome) in
      finished.checks.count { $0.outcome == outcome }
    }
    return [
      "\(Figures.amount(finished.checks.count, "check")): \(count(.passed)) passed, "
        + "\(count(.warned)) warned, \(count(.failed)) failed"
    ]
  }

  /// The streams of which nothing was asked, in a line; nothing where there were none.
  private var resting: [String] {
    let resting = report.streams.filter(\.isResting)
    guard let oldest = resting.compactMap(\.completeAsOf).min() else { return [] }
    return [
      "\(Figures.amount(resting.count, "stream")) rested, which rarely change: proven complete as of "
        + "\(Figures.minute(oldest)) or later"
    ]
  }

  /// What the run's limit left to the next one.
  private var leftOpen: [String] {
    guard let limit = report.limitReached else { return [] }
    let names = report.open.map(\.name).joined(separator: ", ")
    return ["stopped at its limit of \(limit.words); the next run goes on with \(names)"]
  }

  private var skipped: [String] {
    report.streams.filter { $0.outcome == .skipped }.map {
      "skipped \($0.stream): \($0.problem?.what ?? "not offered")"
    }
  }

  /// A wrong stored time, and what came of it.
  private var corrections: [String] {
    report.streams.filter { $0.counts.corrected > 0 }.map {
      "\($0.stream): \(Figures.amount($0.counts.corrected, "row")) took an earlier update time, "
        + "which two whole readings found"
    }
  }

  private var notes: [String] {
    report.streams.compactMap { stream in stream.note.map { "\(stream.stream): \($0)" } }
  }

  /// The streams that were read to their end for clearly more requests than planned.
  private var surprises: [String] {
    report.streams.compactMap { stream in
      guard stream.outcome == .done, let planned = stream.plannedRequests,
        stream.requests > planned + max(2, planned / 10)
      else { return nil }
      return "\(stream.stream): \(Figures.amount(stream.requests, "request")), "
        + "planned \(Figures.count(planned))"
    }
  }

  /// Requests a second over the whole run.
  var rate: Double {
    report.duration > .zero ? Double(report.requests) / report.duration.inSeconds : 0
  }

  /// What went wrong, each once, in the order in which it came.
  var findings: [Finding] {
    let ofStreams = report.streams.filter { $0.outcome == .failed || $0.outcome == .held }
      .compactMap(\.problem)
    var findings: [Finding] = []
    for problem in (report.problem.map { [$0] } ?? []) + ofStreams
    where !findings.contains(Finding(problem)) {
      findings.append(Finding(problem))
    }
    return findings
  }
}

extension RunReport {
  /// Requests that were expected, the one for the key among them, and whether of all streams.
  fileprivate var planned: (requests: Int, isWhole: Bool) {
    let known = streams.compactMap(\.plannedRequests)
    return (known.reduce(Outlook.requestsForKey, +), known.count == streams.count)
  }

  /// The streams that its limit left open.
  fileprivate var open: [StreamDefinition.ID] {
    streams.filter { $0.outcome == .paused }.map(\.stream)
  }
}

extension RunLimit {
  /// As a person reads it: `500 requests`.
  fileprivate var words: String {
    switch self {
    case .requests(let most): Figures.amount(most, "request")
    case .duration(let longest): Figures.span(longest)
    }
  }

  /// As a program reads it.
  fileprivate var kind: String {
    switch self {
    case .requests: "requests"
    case .duration: "duration"
    }
  }
}

/// A run in JSON.
struct RunDocument: Encodable {
  struct Stream: Encodable {
    let stream: String
    let mode: String
    let outcome: String
    let rowsRead: Int
    let inserted: Int
    let updated: Int
    let unchanged: Int
    let deleted: Int
    let rejected: Int
    let liveRows: Int64?
    let requests: Int
    let plannedRequests: Int?
    let rowsSpare: Int
    let seconds: Double
    let floor: String?
    let completeAsOf: String?
    let note: String?
    let problem: ProblemDocument?
  }

  let account: String
  let warehouse: String
  let outcome: String
  let exitCode: Int32
  let requests: Int
  /// Those of the streams that tell, and the one for the key.
  let plannedRequests: Int
  /// Whether all streams tell.
  let isPlanComplete: Bool
  let retries: Int
  let requestsPerSecond: Double
  let seconds: Double
  let cpuSeconds: Double
  let peakMemoryBytes: Int
  /// `requests` or `duration`: the limit that stopped it.
  let limitReached: String?
  let leftOpen: [String]
  let streams: [Stream]
  let checks: [CheckDocument]
  let problem: ProblemDocument?

  init(_ summary: RunSummary, use: ResourceUse) {
    let report = summary.report
    account = summary.account
    warehouse = summary.warehouse
    outcome = report.outcome.rawValue
    exitCode = report.exitCode
    requests = report.requests
    plannedRequests = report.planned.requests
    isPlanComplete = report.planned.isWhole
    retries = report.retries
    requestsPerSecond = (summary.rate * 100).rounded() / 100
    seconds = report.duration.roundedSeconds
    cpuSeconds = use.processorTime.roundedSeconds
    peakMemoryBytes = use.peakMemoryBytes
    limitReached = report.limitReached?.kind
    leftOpen = report.open.map(\.name)
    problem = report.problem.map(ProblemDocument.init)
    checks = summary.checkResults.map(CheckDocument.init)
    streams = report.streams.map { stream in
      Stream(
        stream: stream.stream.name, mode: stream.mode.rawValue, outcome: stream.outcome.rawValue,
        rowsRead: stream.rowsRead, inserted: stream.counts.inserted,
        updated: stream.counts.updated, unchanged: stream.counts.unchanged,
        deleted: stream.counts.deleted, rejected: stream.counts.rejected, liveRows: stream.liveRows,
        requests: stream.requests, plannedRequests: stream.plannedRequests,
        rowsSpare: stream.rowsSpare, seconds: stream.duration.roundedSeconds,
        floor: stream.floor.map { "\($0)" },
        completeAsOf: stream.completeAsOf.map { "\($0)" }, note: stream.note,
        problem: stream.problem.map(ProblemDocument.init))
    }
  }
}
