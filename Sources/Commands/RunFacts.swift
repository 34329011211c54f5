import Catalog
import Configuration
import Replication
import Warehouse

/// What came of a run, as far as notifications tell it.
struct RunFacts: Sendable {
  let report: RunReport
  let account: String
  /// Where the rows go; empty if that was never reached.
  let warehouse: String
  let run: Int64?
  /// Fields that are new or of another type, as `stream.field`.
  let newFields: [String]

  init(
    _ report: RunReport, account: String, warehouse: String, run: Int64?, newFields: [String]
  ) {
    self.report = report
    self.account = account
    self.warehouse = warehouse
    self.run = run
    self.newFields = newFields
  }

  /// Whether all that was asked for is done.
  var isGood: Bool { report.exitCode == 0 && report.outcome == .done }

  /// Whether it failed: a run that was interrupted, held up or stopped at its limit did neither.
  var isBad: Bool {
    let bad: [ExitCode] = [
      .internalError, .partial, .sourceRefused, .sourceOutOfReach, .targetOutOfReach, .guardRefused,
    ]
    return bad.contains { $0.rawValue == report.exitCode }
  }

  /// What is wrong just now.
  ///
  /// - Parameter stale: the streams that were last proven complete too long ago.
  func current(stale: Set<StreamDefinition.ID>) -> Set<Alert> {
    var alerts: Set<Alert> = []
    if isBad {
      let failed = report.streams.filter { $0.outcome == .failed }
      alerts.formUnion(failed.map { Alert(.failure, $0.stream.name) })
      if report.problem != nil || failed.isEmpty { alerts.insert(Alert(.failure, "")) }
    }
    for stream in report.streams where stream.counts.rejected > 0 {
      alerts.insert(Alert(.rejectedRows, stream.stream.name))
    }
    alerts.formUnion(newFields.map { Alert(.schemaChange, $0) })
    alerts.formUnion(stale.map { Alert(.staleStream, $0.name) })
    return alerts
  }

  /// What is known to be right.
  func resolved(stale: Set<StreamDefinition.ID>, among streams: [StreamDefinition.ID]) -> Set<Alert>
  {
    let done = report.streams.filter { $0.outcome == .done }
    var alerts = Set(done.map { Alert(.failure, $0.stream.name) })
    for stream in done where stream.counts.rejected == 0 {
      alerts.insert(Alert(.rejectedRows, stream.stream.name))
    }
    if report.problem == nil, !done.isEmpty { alerts.insert(Alert(.failure, "")) }
    alerts.formUnion(
      streams.filter { !stale.contains($0) }.map { Alert(.staleStream, $0.name) })
    return alerts
  }

  /// What is told of an alert, in a line.
  func words(for alert: Alert) -> String {
    let stream = report.streams.first { $0.stream.name == alert.subject }
    let name = alert.subject.isEmpty ? "the run" : alert.subject
    switch NotifyTarget.Event(rawValue: alert.event) {
    case .failure?:
      let problem = alert.subject.isEmpty ? report.problem : stream?.problem
      return "\(name): \(problem?.what ?? "failed")" + (problem.map { " → \($0.remedy)" } ?? "")
    case .rejectedRows?:
      let count = stream?.counts.rejected ?? 0
      return "\(name): \(Figures.amount(count, "value")) did not fit: see acsync.rejected_rows"
    case .staleStream?:
      let since = stream?.completeAsOf.map { "since \($0)" } ?? "for too long"
      return "\(name): not proven complete \(since)"
    case .schemaChange?: return "\(name): a field or column that is new, or of another type"
    case .recovery?, .success?, nil: return name
    }
  }
}

extension Alert {
  init(_ event: NotifyTarget.Event, _ subject: String) { self.init(event.rawValue, subject) }
}

extension RunFacts {
  /// What is told where there was no run.
  static func none(of account: String) -> RunFacts {
    let report = RunReport(
      outcome: .done, exitCode: 0, streams: [], requests: 0, retries: 0, duration: .zero)
    return RunFacts(report, account: account, warehouse: "", run: nil, newFields: [])
  }
}
