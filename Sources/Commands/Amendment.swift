import Catalog

/// A hook that kept a stream from being read.
struct HookFailure: Explained {
  let explanation: Explanation
}

/// What a stream's end came to beyond its reading.
struct Amendment: Sendable {
  var outcome: Outcome
  var problem: Explanation?
  var note: String?

  /// Brings a report up to it; a stream whose end it does not know keeps its own.
  func apply(to report: inout StreamReport) {
    if outcome != .interrupted || report.outcome == .interrupted { report.outcome = outcome }
    report.problem = problem ?? report.problem
    report.note = note ?? report.note
  }
}

extension StreamReport {
  mutating func add(note added: String) {
    note = note.map { $0 + "; " + added } ?? added
  }

  mutating func fail(_ problem: Explanation) {
    outcome = .failed
    self.problem = problem
  }
}

extension RunReport {
  /// The report of a run that read nothing.
  static func unread(_ outcome: Outcome, because problem: Explanation?) -> RunReport {
    var report = RunReport(
      outcome: outcome, exitCode: 0, streams: [], requests: 0, retries: 0, duration: .zero,
      problem: problem)
    report.exitCode = ExitCode(report).rawValue
    return report
  }

  /// Makes it a failed run, unless it was cut off anyhow.
  mutating func fail(_ problem: Explanation?) {
    self.problem = self.problem ?? problem
    guard outcome != .interrupted else { return }
    outcome = .failed
    exitCode = ExitCode(self).rawValue
  }
}
