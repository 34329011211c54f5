import Catalog
import Monitoring

/// What is measured of runs: a value without a clock, that makes metrics of itself.
struct Scoreboard: Sendable {
  /// The schedule of a run that belongs to none.
  static let singleRun = "run"
  static let lagName = "acsync_stream_lag_seconds"

  fileprivate struct Run {
    var endedAt: Instant
    var succeededAt: Instant?
    var exitCode: ExitCode
    var report: RunReport?
    var throttled = 0
  }

  fileprivate struct Stream {
    var report: StreamReport
    var succeededAt: Instant?
    var completeAsOf: Instant?
    var liveRows: Int64?
    var requests = 0
    var counts = CommitCounts()
  }

  private struct Ticks {
    var count = 0
    var skipped = 0
  }

  /// What was done for an account.
  fileprivate struct Account {
    var runs: [String: Run] = [:]
    var streams: [StreamDefinition.ID: Stream] = [:]
    var endings: [ExitCode: Int] = [:]
    var answers: [Int: Int] = [:]
    var requests = 0
    var retries = 0
  }

  private var accounts: [String: Account] = [:]
  private var ticks: [String: Ticks] = [:]

  // MARK: What happens

  /// Takes what came of all accounts of a run.
  mutating func note(_ outcome: TickOutcome, schedule: String, at now: Instant) {
    for part in outcome.parts {
      switch part {
      case .finished(let finished): note(finished, schedule: schedule, at: now)
      case .failed(_, let account):
        note(failure: part.exitCode, of: account, schedule: schedule, at: now)
      }
    }
  }

  /// Takes a run that has ended.
  mutating func note(_ finished: FinishedSync, schedule: String, at now: Instant) {
    let report = finished.report
    let code = ExitCode(rawValue: report.exitCode) ?? .internalError
    var account = accounts[finished.account, default: Account()]
    account.end(schedule, code, report, throttled: finished.answers[429] ?? 0, at: now)
    account.requests += report.requests
    account.retries += report.retries
    account.answers.merge(finished.answers, uniquingKeysWith: +)
    for stream in report.streams { account.note(stream, at: now) }
    accounts[finished.account] = account
  }

  /// Takes a run that could not begin.
  mutating func note(failure code: ExitCode, of account: String, schedule: String, at now: Instant)
  {
    accounts[account, default: Account()].end(schedule, code, nil, throttled: 0, at: now)
  }

  /// Takes how often a schedule has ticked, and how often that was skipped.
  mutating func note(ticks: Int, skipped: Int, of schedule: String) {
    self.ticks[schedule] = Ticks(count: ticks, skipped: skipped)
  }

  /// Forgets all other schedules, accounts and streams: an age that nothing ends is no alarm.
  mutating func keep(schedules: Set<String>, streams: [String: Set<StreamDefinition.ID>]) {
    ticks = ticks.filter { schedules.contains($0.key) }
    for (name, account) in accounts {
      accounts[name] = streams[name].map { kept in
        var account = account
        account.runs = account.runs.filter { schedules.contains($0.key) }
        account.streams = account.streams.filter { kept.contains($0.key) }
        return account
      }
    }
  }

  // MARK: Metrics

  /// What Prometheus shall know.
  ///
  /// - Parameter isLasting: whether the process goes on; counters of one that ends say nothing.
  func families(at now: Instant, isLasting: Bool) -> [MetricFamily] {
    var build = MetricFamily("acsync_build_info", .gauge, "Which version runs; always 1.")
    build.add(1, ["version": Program.version])
    return [build] + runFamilies + streamFamilies(at: now) + (isLasting ? counters : [])
  }

  private var runFamilies: [MetricFamily] {
    [
      ofRuns("acsync_last_run_timestamp_seconds", "When the last run ended.") {
        $0.endedAt.secondsSinceEpoch
      },
      ofRuns(
        "acsync_last_run_success_timestamp_seconds", "When a run last ended with exit code 0."
      ) { $0.succeededAt?.secondsSinceEpoch },
      ofRuns("acsync_last_run_exit_code", "What the last run exited with, or would have.") {
        Double($0.exitCode.rawValue)
      },
      ofRuns("acsync_last_run_duration_seconds", "How long the last run took.") {
        $0.report?.duration.inSeconds
      },
      ofRuns("acsync_last_run_requests", "Requests of the last run, retries included.") {
        $0.report.map { Double($0.requests) }
      },
      ofRuns("acsync_last_run_retries", "Requests of the last run that were retries.") {
        $0.report.map { Double($0.retries) }
      },
      ofRuns(
        "acsync_last_run_throttled", "Requests of the last run that the account answered with 429."
      ) { run in run.report.map { _ in Double(run.throttled) } },
    ]
  }

  private func ofRuns(
    _ name: String, _ help: String, _ value: (Run) -> Double?
  ) -> MetricFamily {
    var family = MetricFamily(name, .gauge, help)
    for (account, known) in accounts.sorted(by: { $0.key < $1.key }) {
      for (schedule, run) in known.runs.sorted(by: { $0.key < $1.key }) {
        if let value = value(run) { family.add(value, ["account": account, "schedule": schedule]) }
      }
    }
    return family
  }

  private func streamFamilies(at now: Instant) -> [MetricFamily] {
    var outcomes = MetricFamily(
      "acsync_stream_outcome", .gauge,
      "How the stream's last run ended: 1 for that, 0 for the others.")
    eachStream { account, stream, known in
      for outcome in Outcome.allCases {
        outcomes.add(
          known.report.outcome == outcome ? 1 : 0,
          ["account": account, "stream": stream, "outcome": outcome.rawValue])
      }
    }
    return [
      ofStreams(
        "acsync_stream_last_success_timestamp_seconds", "When the stream was last read to its end."
      ) { $0.succeededAt?.secondsSinceEpoch },
      ofStreams(
        "acsync_stream_complete_as_of_timestamp_seconds",
        "Up to when the stream's table is proven complete."
      ) { $0.completeAsOf?.secondsSinceEpoch },
      ofStreams(Self.lagName, "How long ago that is.") { stream in
        stream.completeAsOf.map { max(0, (now - $0).inSeconds) }
      },
      ofStreams("acsync_stream_live_rows", "Rows of the stream's table that live.") {
        $0.liveRows.map(Double.init)
      },
      ofStreams("acsync_stream_last_run_duration_seconds", "How long its last run took.") {
        $0.report.duration.inSeconds
      },
      ofStreams("acsync_stream_last_run_requests", "Requests of its last run.") {
        Double($0.report.requests)
      },
      outcomes,
      rows("acsync_stream_last_run_rows", .gauge, "What its last run did to rows.") {
        $0.report.counts
      },
    ]
  }

  private func ofStreams(
    _ name: String, _ help: String, kind: MetricFamily.Kind = .gauge, _ value: (Stream) -> Double?
  ) -> MetricFamily {
    var family = MetricFamily(name, kind, help)
    eachStream { account, stream, known in
      if let value = value(known) { family.add(value, ["account": account, "stream": stream]) }
    }
    return family
  }

  private func rows(
    _ name: String, _ kind: MetricFamily.Kind, _ help: String, _ counts: (Stream) -> CommitCounts
  ) -> MetricFamily {
    var family = MetricFamily(name, kind, help)
    eachStream { account, stream, known in
      let counts = counts(known)
      let changes: KeyValuePairs = [
        "inserted": counts.inserted, "updated": counts.updated, "unchanged": counts.unchanged,
        "deleted": counts.deleted, "rejected": counts.rejected,
      ]
      for (change, count) in changes {
        family.add(Double(count), ["account": account, "stream": stream, "change": change])
      }
    }
    return family
  }

  private func eachStream(_ body: (String, String, Stream) -> Void) {
    for (account, known) in accounts.sorted(by: { $0.key < $1.key }) {
      for (stream, value) in known.streams.sorted(by: { $0.key.name < $1.key.name }) {
        body(account, stream.name, value)
      }
    }
  }

  // MARK: Counters

  private var counters: [MetricFamily] {
    var runs = MetricFamily("acsync_runs_total", .counter, "Runs, by how they ended.")
    var ticks = MetricFamily(
      "acsync_ticks_total", .counter, "Ticks of schedules, those skipped included.")
    var skipped = MetricFamily(
      "acsync_ticks_skipped_total", .counter,
      "Ticks that were skipped, because the run before was still under way.")
    var requests = MetricFamily("acsync_requests_total", .counter, "Requests, retries included.")
    var retries = MetricFamily("acsync_retries_total", .counter, "Requests that were retries.")
    var answers = MetricFamily(
      "acsync_answers_total", .counter, "Answers by their HTTP status; none: no whole one came.")
    for (name, account) in accounts.sorted(by: { $0.key < $1.key }) {
      requests.add(Double(account.requests), ["account": name])
      retries.add(Double(account.retries), ["account": name])
      for (code, count) in account.endings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        runs.add(Double(count), ["account": name, "exit_code": "\(code.rawValue)"])
      }
      for (status, count) in account.answers.sorted(by: { $0.key < $1.key }) {
        let status = status == 0 ? "none" : "\(status)"
        answers.add(Double(count), ["account": name, "status": status])
      }
    }
    for (schedule, counts) in self.ticks.sorted(by: { $0.key < $1.key }) {
      ticks.add(Double(counts.count), ["schedule": schedule])
      skipped.add(Double(counts.skipped), ["schedule": schedule])
    }
    return [
      runs, ticks, skipped, requests, retries, answers,
      ofStreams("acsync_stream_requests_total", "Requests of the stream.", kind: .counter) {
        Double($0.requests)
      },
      rows("acsync_stream_rows_total", .counter, "What runs did to rows.") { $0.counts },
    ]
  }
}

extension Scoreboard.Account {
  fileprivate mutating func end(
    _ schedule: String, _ code: ExitCode, _ report: RunReport?, throttled: Int, at now: Instant
  ) {
    endings[code, default: 0] += 1
    let success = code == .done ? now : runs[schedule]?.succeededAt
    runs[schedule] = Scoreboard.Run(
      endedAt: now, succeededAt: success, exitCode: code, report: report, throttled: throttled)
  }

  fileprivate mutating func note(_ report: StreamReport, at now: Instant) {
    let before = streams[report.stream]
    var counts = before?.counts ?? CommitCounts()
    counts += report.counts
    streams[report.stream] = Scoreboard.Stream(
      report: report, succeededAt: report.outcome == .done ? now : before?.succeededAt,
      completeAsOf: report.completeAsOf ?? before?.completeAsOf,
      liveRows: report.liveRows ?? before?.liveRows,
      requests: (before?.requests ?? 0) + report.requests, counts: counts)
  }
}

extension Instant {
  fileprivate var secondsSinceEpoch: Double { Double(microseconds) / 1_000_000 }
}
