import ActiveCampaign
import Catalog
import Replication

/// What a backfill will read and cost, for people.
struct BackfillForecast: Sendable {
  let outlooks: [BackfillOutlook]
  let requestsPerSecond: Double

  init(_ outlooks: [BackfillOutlook], requestsPerSecond: Double) {
    self.outlooks = outlooks
    self.requestsPerSecond = requestsPerSecond
  }

  /// Requests of all streams whose cost is known.
  var requests: Int { outlooks.compactMap(\.requests).reduce(0, +) }

  /// How long so many requests take, with the moment in which a stream is let go between windows.
  var duration: Duration {
    let gaps = outlooks.map { max(0, $0.partsLeft - 1) }.reduce(0, +)
    return .seconds(Double(requests) / requestsPerSecond) + Backfiller.gap * gaps
  }

  /// Writes it, line by line.
  func write(_ line: (String) -> Void) {
    for outlook in outlooks { line(Self.text(of: outlook)) }
    guard !outlooks.allSatisfy(\.isDone) else {
      return line("nothing is left to read; --again reads the windows that are done again")
    }
    let isOpen = outlooks.contains { $0.requests == nil }
    let end = Instant.ofThisMachine() + duration
    line(
      "\(isOpen ? "at least" : "about") \(Figures.amount(requests, "request")) "
        + "at \(Figures.decimal(requestsPerSecond)) a second, "
        + "\(Figures.span(duration)) with the pauses between windows: done at about \(Figures.minute(end))"
    )
  }

  private static func text(of outlook: BackfillOutlook) -> String {
    let rows = outlook.rows.map { "about \(Figures.amount($0, "row"))" } ?? "? rows"
    let requests = outlook.requests.map { Figures.amount($0, "request") } ?? "? requests"
    let name = outlook.order.stream.id
    switch outlook.reading {
    case .whole(let reason): return "\(name): read whole, since \(reason); \(rows), \(requests)"
    case .windows(let windows):
      let done = outlook.windowsDone > 0 ? " (\(Figures.count(outlook.windowsDone)) done)" : ""
      let range = outlook.order.range
      return "\(name): \(Figures.amount(windows.count, "window"))\(done) of "
        + "\(range.days) d, \(range.first) to \(range.last)"
        + (windows.isEmpty ? "" : "; \(rows), \(requests)")
    }
  }
}

/// What a backfill did, for people.
struct BackfillSummary: Sendable {
  let report: BackfillReport
  let account: String
  let warehouse: String

  init(_ report: BackfillReport, account: String, warehouse: String) {
    self.report = report
    self.account = account
    self.warehouse = warehouse
  }

  /// Prints it as a result.
  func write(to console: Console) {
    let width = console.resultTerminal.width
    console.result("")
    (table.lines(width: width) + [""]).forEach(console.result)
    for line in sums + notes {
      TableText.folded(line, width: width ?? .max, indent: 2).forEach(console.result)
    }
  }

  private var table: TableText {
    var table = TableText([
      .init("stream"), .init("outcome"), .init("windows", isNumber: true),
      .init("left", isNumber: true), .init("read", isNumber: true),
      .init("inserted", isNumber: true), .init("updated", isNumber: true),
      .init("unchanged", isNumber: true, sacrifice: 1),
      .init("requests", isNumber: true, sacrifice: 2),
    ])
    for stream in report.run.streams {
      table.add([
        stream.stream.name, stream.outcome.rawValue,
        windows(report.windowsDone, of: stream), windows(report.windowsLeft, of: stream),
        Figures.count(stream.rowsRead), Figures.count(stream.counts.inserted),
        Figures.count(stream.counts.updated), Figures.count(stream.counts.unchanged),
        Figures.count(stream.requests),
      ])
    }
    return table
  }

  private func windows(
    _ numbers: [StreamDefinition.ID: Int], of stream: StreamReport
  ) -> String {
    report.windowsLeft[stream.stream] == nil
      ? "whole" : Figures.count(numbers[stream.stream] ?? 0)
  }

  private var sums: [String] {
    let run = report.run
    // Those before the reading were not sent in its time.
    let reading = run.streams.map(\.requests).reduce(0, +)
    let rate = run.duration > .zero ? Double(reading) / run.duration.inSeconds : 0
    var lines = [
      "\(Figures.amount(run.requests, "request")) (\(run.retries) sent again), "
        + "\(Figures.count(reading)) of them for rows in \(Figures.span(run.duration)), "
        + "\(Figures.decimal(rate)) a second",
      "\(account) → \(warehouse)",
    ]
    if run.outcome == .paused || run.outcome == .interrupted {
      lines.append("stopped before its end; the same command goes on from here")
    }
    return lines
  }

  private var notes: [String] {
    report.run.streams.compactMap { stream in stream.note.map { "\(stream.stream): \($0)" } }
  }

  /// What went wrong, each once, in the order in which it came.
  var findings: [Finding] {
    var findings: [Finding] = []
    let ofStreams = report.run.streams.filter { $0.outcome == .failed || $0.outcome == .held }
      .compactMap(\.problem)
    for problem in (report.run.problem.map { [$0] } ?? []) + ofStreams
    where !findings.contains(Finding(problem)) {
      findings.append(Finding(problem))
    }
    return findings
  }
}

/// A backfill in JSON.
struct BackfillDocument: Encodable {
  struct Stream: Encodable {
    let stream: String
    let outcome: String
    /// `windows` or `whole`.
    let reading: String
    let windowsDone: Int
    let windowsLeft: Int
    let rowsRead: Int
    let inserted: Int
    let updated: Int
    let unchanged: Int
    let rejected: Int
    let requests: Int
    let note: String?
    let problem: ProblemDocument?
  }

  let account: String
  let warehouse: String
  let outcome: String
  let exitCode: Int32
  let requests: Int
  let retries: Int
  let seconds: Double
  let streams: [Stream]
  let problem: ProblemDocument?

  init(_ summary: BackfillSummary) {
    let run = summary.report.run
    account = summary.account
    warehouse = summary.warehouse
    outcome = run.outcome.rawValue
    exitCode = run.exitCode
    requests = run.requests
    retries = run.retries
    seconds = run.duration.roundedSeconds
    problem = run.problem.map(ProblemDocument.init)
    streams = run.streams.map { stream in
      let left = summary.report.windowsLeft[stream.stream]
      return Stream(
        stream: stream.stream.name, outcome: stream.outcome.rawValue,
        reading: left == nil ? "whole" : "windows",
        windowsDone: summary.report.windowsDone[stream.stream] ?? 0, windowsLeft: left ?? 0,
        rowsRead: stream.rowsRead, inserted: stream.counts.inserted,
        updated: stream.counts.updated, unchanged: stream.counts.unchanged,
        rejected: stream.counts.rejected, requests: stream.requests, note: stream.note,
        problem: stream.problem.map(ProblemDocument.init))
    }
  }
}
