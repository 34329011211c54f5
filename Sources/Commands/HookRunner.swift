import Catalog
import Configuration
import Outbound
import Warehouse

/// Does what hooks say, one after the other.
struct HookRunner: Sendable {
  /// What came of a list of hooks; warnings as a person reads them.
  enum Ending: Sendable {
    case done(warnings: [String])
    /// One said that what it belongs to is to be left out.
    case skipped(Hook, why: String)
    /// One said that what it belongs to has failed.
    case aborted(Explanation, warnings: [String])
    /// It was ended, since the run is to stop.
    case cancelled
  }

  private let outlet: Outlet

  init(_ outlet: Outlet) { self.outlet = outlet }

  /// Does them in order, up to one whose failure ends the list.
  func perform(
    _ hooks: [Hook], _ values: [HookVariable: HookValue], _ session: SideSession?
  ) async -> Ending {
    var warnings: [String] = []
    for hook in hooks {
      let found = await failure(of: hook, values, session)
      if Task.isCancelled { return .cancelled }
      guard let problem = found else { continue }
      switch hook.onFailure {
      case .abort:
        return .aborted(hook.explanation(of: problem, .failStream), warnings: warnings)
      case .warn: warnings.append("\(hook.name) failed: \(problem)")
      case .skip: return .skipped(hook, why: problem)
      }
    }
    return .done(warnings: warnings)
  }

  /// Why a hook failed; nil if it did not.
  private func failure(
    of hook: Hook, _ values: [HookVariable: HookValue], _ session: SideSession?
  ) async -> String? {
    do {
      return try await perform(hook, values, session)
    } catch {
      return outlet.withheld.removed(from: Attendant.words(of: error))
    }
  }

  /// - Returns: what is wrong although nothing failed; nil for nothing.
  private func perform(
    _ hook: Hook, _ values: [HookVariable: HookValue], _ session: SideSession?
  ) async throws -> String? {
    let place = hook.place.description
    switch hook.action {
    case .query(let text):
      try await session?.run(text, values, timeout: hook.timeout, at: place)
    case .check(let text, let message):
      let rows = try await session?.failure(of: text, values, timeout: hook.timeout, at: place)
      guard let rows else { return nil }
      return message ?? "it gave \(rows == 1 ? "a row" : "\(rows) rows") that is not true"
    case .http(let call):
      _ = try await outlet.sender.send(
        request(call, values, of: hook), at: place, deadline: hook.timeout)
    case .command(let command):
      try await outlet.runner.run(
        command.form(values), input: JSON.text(document(values, of: hook)),
        variables: Self.environment(values), deadline: hook.timeout, at: place)
    }
    return nil
  }

  private func request(
    _ call: HTTPCall, _ values: [HookVariable: HookValue], of hook: Hook
  ) throws -> WebRequest {
    guard let address = WebAddress(call.url.reveal()),
      let method = WebRequest.Method(rawValue: call.method)
    else { throw OutboundError.noWebAddress(place: hook.place.description) }
    // Inside a payload of JSON a value must not end the text that it stands in.
    let body =
      call.payload.map { $0.filled(with: values, JSON.escaped) }
      ?? JSON.text(document(values, of: hook))
    return WebRequest(
      method, address, headers: call.headers.map { $0.reveal() }, body: method == .get ? "" : body)
  }

  private func document(_ values: [HookVariable: HookValue], of hook: Hook) -> HookDocument {
    HookDocument(
      hook: hook.name, moment: hook.moment.rawValue,
      values: Dictionary(
        values.map { ($0.rawValue.replacing(".", with: "_"), $1.text) }, uniquingKeysWith: { $1 }))
  }

  private static func environment(_ values: [HookVariable: HookValue]) -> [String: String] {
    Dictionary(values.map { ($0.environmentName, $1.text) }, uniquingKeysWith: { $1 })
  }

  /// What is known when a stream has ended.
  static func values(of report: StreamReport) -> [HookVariable: HookValue] {
    let counts = report.counts
    return [
      .streamName: .text(report.stream.name), .streamOutcome: .text(report.outcome.rawValue),
      .streamRowsRead: .number(Int64(report.rowsRead)),
      .streamInserted: .number(Int64(counts.inserted)),
      .streamUpdated: .number(Int64(counts.updated)),
      .streamDeleted: .number(Int64(counts.deleted)),
      .streamRejected: .number(Int64(counts.rejected)),
      .streamCompleteAsOf: .time(report.completeAsOf),
    ]
  }

  /// What is known when a run has ended.
  static func values(of report: RunReport) -> [HookVariable: HookValue] {
    [
      .runOutcome: .text(report.outcome.rawValue), .runExitCode: .number(Int64(report.exitCode)),
      .runRequests: .number(Int64(report.requests)),
      .runProblem: .text(
        report.problem?.what
          ?? report.streams.compactMap { $0.outcome == .failed ? $0.problem?.what : nil }.first),
    ]
  }
}

extension Hook {
  /// What its failure means for what it belongs to.
  func explanation(of problem: String, _ consequence: LastingConsequence) -> Explanation {
    Explanation(
      "\(name) failed: \(problem)", at: place.description,
      remedy: "correct what it does, or give it on_failure: warn", .lasting(consequence),
      fault: .partial)
  }
}

extension CommandLineText {
  /// The command with its variables' values; a value is one word, whatever is in it.
  func form(_ values: [HookVariable: HookValue]) -> CommandForm {
    switch self {
    case .shell(let line): .shell(line)
    case .words(let words): .words(words.map { $0.filled(with: values) })
    }
  }
}

/// What a hook's command and URL are told.
private struct HookDocument: Encodable {
  let hook: String
  let moment: String
  let values: [String: String]
}
