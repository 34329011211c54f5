import Catalog
import Configuration
import Outbound
import Warehouse

/// What a receiver is sent: text as Slack and its like show it, and the same for programs.
struct NotificationMessage: Encodable, Sendable {
  struct Subject: Encodable, Sendable {
    /// The stream, or a field of it; empty for the run.
    let subject: String
    let message: String
  }

  /// More lines than this are counted, not told.
  private static let mostLines = 20

  let text: String
  let event: String
  let account: String
  let warehouse: String?
  let run: Int64?
  let outcome: String
  let exitCode: Int32
  let subjects: [Subject]
  let version: String

  /// What is told of an event; what must not leave is removed.
  init(_ event: NotifyTarget.Event, _ alerts: Set<Alert>, _ facts: RunFacts, _ outlet: Outlet) {
    let subjects = alerts.sorted { $0.subject < $1.subject }.map {
      Subject(subject: $0.subject, message: outlet.withheld.removed(from: facts.words(for: $0)))
    }
    self.init(
      event.rawValue, Self.title(of: event, facts), facts,
      subjects: event == .recovery || event == .success ? [] : subjects)
  }

  /// What is sent to try a receiver out.
  init(testFor account: String) {
    let report = RunFacts.none(of: account)
    self.init("test", "acsync: a test message for \(account)", report, subjects: [])
  }

  private init(_ event: String, _ title: String, _ facts: RunFacts, subjects: [Subject]) {
    let lines = subjects.prefix(Self.mostLines).map { "• \($0.message)" }
    let rest = subjects.count - lines.count
    text = ([title] + lines + (rest > 0 ? ["… and \(rest) more"] : [])).joined(separator: "\n")
    self.event = event
    account = facts.account
    warehouse = facts.warehouse.isEmpty ? nil : facts.warehouse
    run = facts.run
    outcome = facts.report.outcome.rawValue
    exitCode = facts.report.exitCode
    self.subjects = subjects
    version = Program.version
  }

  private static func title(of event: NotifyTarget.Event, _ facts: RunFacts) -> String {
    let what =
      switch event {
      case .failure: "failed with \(facts.report.exitCode)"
      case .recovery: "is well again"
      case .schemaChange: "found a change of schema"
      case .rejectedRows: "met values that do not fit"
      case .staleStream: "has streams that are out of date"
      case .success: "is done"
      }
    return "acsync: \(facts.account) \(what)"
  }
}
