import Catalog
import Glibc
import Replication

/// One sync, of one account or of several, that a schedule has begun.
final class Tick: Sendable {
  private let setups: [Setup]
  private let title: String
  private let log: Log
  private let stopping = Stopping()

  init(_ setups: [Setup], title: String, _ log: Log) {
    self.setups = setups
    self.title = title
    self.log = log
  }

  /// Syncs; whatever goes wrong is in the outcome.
  func perform() async -> TickOutcome {
    guard let setup = setups.first, setups.count == 1 else { return await performAll() }
    let (log, title, stopping) = (log, title, stopping)
    let sync = Sync(
      setup, note: { log.say(.info, "note", $0, schedule: title) },
      warn: { log.say(.error, "warning", $0, schedule: title) })
    do {
      let finished = try await sync.perform(observer: { event in
        // Lines for people: one a tick, unless more is asked for.
        if log.isJSON || log.isVerbose { log.say(event, schedule: title) }
      }) { await stopping.run($0) }
      return .finished(finished)
    } catch {
      return .failed(Finding.all(of: error), of: setup)
    }
  }

  private func performAll() async -> TickOutcome {
    let (log, title, stopping) = (log, title, stopping)
    let accounts = Accounts(
      setups: setups, longestWait: nil, note: { log.say(.info, "note", $0, schedule: title) },
      warn: { log.say(.error, "warning", $0, schedule: title) })
    do {
      let results = try await accounts.perform(stopping: stopping) { event in
        if log.isJSON || log.isVerbose { log.say(event, schedule: title) }
      }
      return .several(results, of: setups)
    } catch {
      let findings = Finding.all(of: error)
      return TickOutcome(parts: setups.map { TickOutcome.failed(findings, of: $0).parts[0] })
    }
  }

  /// Stops it; what has been read is still committed.
  func stop(by signal: Int32) async {
    await stopping.stop(with: signal == SIGTERM ? .terminated : .interrupted)
  }
}

/// What came of a run, account by account.
struct TickOutcome: Sendable {
  /// What came of one account.
  enum Part: Sendable {
    /// It was synced, well or not.
    case finished(FinishedSync)
    /// It could not begin.
    case failed([Finding], account: String)

    /// What a run of it alone would have exited with.
    var exitCode: ExitCode {
      switch self {
      case .finished(let finished): ExitCode(rawValue: finished.report.exitCode) ?? .internalError
      case .failed(let findings, _):
        ExitCode.first(of: findings.map { ExitCode($0.explanation.fault) })
      }
    }

    /// What went wrong.
    var findings: [Finding] {
      switch self {
      case .finished(let finished): RunSummary(finished).findings
      case .failed(let findings, _): findings
      }
    }
  }

  let parts: [Part]
  /// What the file calls each of several accounts.
  var names: [String: String] = [:]
  /// Accounts that another process has synced in the meantime.
  var elsewhere = 0

  /// One account was synced.
  static func finished(_ finished: FinishedSync) -> TickOutcome {
    TickOutcome(parts: [.finished(finished)])
  }

  /// One account could not be.
  static func failed(_ findings: [Finding], of setup: Setup) -> TickOutcome {
    TickOutcome(parts: [.failed(findings, account: (try? setup.account()) ?? "")])
  }

  /// What came of several.
  static func several(_ results: [AccountResult], of setups: [Setup]) -> TickOutcome {
    var outcome = TickOutcome(
      parts: results.compactMap { result in
        switch result.outcome {
        case .finished(let finished): return .finished(finished)
        case .failed(let findings):
          let setup = setups.first { $0.accountName == result.name }
          let account = try? setup?.account()
          return .failed(findings.map { $0.of(result.name) }, account: account ?? result.name)
        case .elsewhere, .interrupted: return nil
        }
      })
    outcome.elsewhere = results.count - outcome.parts.count
    for setup in setups {
      if let account = try? setup.account() { outcome.names[account] = setup.accountName }
    }
    return outcome
  }

  /// What went wrong with one of the accounts; of several it says with which.
  func findings(of part: Part) -> [Finding] {
    guard let name = name(of: part) else { return part.findings }
    return part.findings.map { $0.of(name) }
  }

  /// What the file calls the account of a part that was synced; nil where it names none.
  func name(of part: Part) -> String? {
    guard case .finished(let finished) = part else { return nil }
    return names[finished.account]
  }

  /// Whether any account was synced.
  var hasBegun: Bool {
    parts.contains { if case .finished = $0 { true } else { false } }
  }

  /// What a run would have exited with: of all accounts what a person must see to first.
  var exitCode: ExitCode {
    let codes = parts.map(\.exitCode)
    return codes.first { $0 == .interrupted || $0 == .terminated } ?? ExitCode.first(of: codes)
  }

  /// One line for people.
  var words: String {
    guard parts.count == 1, elsewhere == 0, let part = parts.first else { return wordsOfSeveral }
    guard case .finished(let finished) = part else { return "could not begin" + codeWords }
    let report = finished.report
    return "\(report.outcome.rawValue), \(Figures.amount(report.streams.count, "stream")), "
      + Self.figures([report]) + codeWords
  }

  private var wordsOfSeveral: String {
    let reports = parts.compactMap { part in
      if case .finished(let finished) = part { finished.report } else { nil }
    }
    let done = reports.count { $0.outcome == .done }
    return "\(done) of \(Figures.amount(parts.count, "account")) done, "
      + (elsewhere > 0 ? "\(elsewhere) left to others, " : "") + Self.figures(reports) + codeWords
  }

  private static func figures(_ reports: [RunReport]) -> String {
    let counts = reports.flatMap(\.streams).reduce(into: CommitCounts()) { $0 += $1.counts }
    return "\(Figures.amount(reports.map(\.requests).reduce(0, +), "request")), "
      + "\(Figures.count(counts.inserted)) inserted, \(Figures.count(counts.updated)) updated, "
      + "\(Figures.count(counts.deleted)) deleted, "
      + Figures.span(reports.map(\.duration).max() ?? .zero)
  }

  private var codeWords: String {
    exitCode == .done ? "" : " (exit code \(exitCode.rawValue))"
  }
}
