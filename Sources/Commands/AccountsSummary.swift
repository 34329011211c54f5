import Catalog
import Configuration

/// What a run of several accounts did, for people and for machines.
struct AccountsSummary: Sendable {
  let results: [AccountResult]
  let duration: Duration

  /// What the process exits with: of all accounts what a person must see to first.
  var exitCode: ExitCode {
    let codes = results.map(\.exitCode)
    return codes.first { $0 == .interrupted || $0 == .terminated } ?? ExitCode.first(of: codes)
  }

  /// Prints it as the verb was asked to.
  func tell(_ invocation: Invocation, _ log: Log) {
    let console = invocation.console
    if invocation.wantsJSON {
      console.result(JSON.text(document))
    } else if !invocation.isQuiet {
      write(to: console)
    }
    if invocation.arguments.has(.verbose), !invocation.isQuiet, !log.isJSON {
      console.note(ResourceUse.untilNow().text)
    }
    for result in results {
      for finding in result.findings { log.say(finding.of(result.name), account: result.name) }
      if case .finished(let finished) = result.outcome {
        log.say(finished.document, account: result.name)
      }
    }
  }

  /// All accounts in JSON.
  var document: AccountsDocument { AccountsDocument(self, use: ResourceUse.untilNow()) }

  private func write(to console: Console) {
    let width = console.resultTerminal.width
    (table.lines(width: width) + [""]).forEach(console.result)
    let lines = results.flatMap(\.notes) + [sums]
    for line in lines {
      TableText.folded(line, width: width ?? .max, indent: 2).forEach(console.result)
    }
  }

  private var sums: String {
    let requests = results.compactMap(\.report).map(\.requests).reduce(0, +)
    return "\(Figures.amount(results.count, "account")), \(Figures.amount(requests, "request")) "
      + "in \(Figures.span(duration))"
  }

  private var table: TableText {
    var table = TableText([
      .init("account"), .init("outcome"), .init("streams", isNumber: true, sacrifice: 2),
      .init("inserted", isNumber: true), .init("updated", isNumber: true),
      .init("deleted", isNumber: true, sacrifice: 1), .init("live rows", isNumber: true),
      .init("complete as of", sacrifice: 3), .init("requests", isNumber: true, sacrifice: 4),
      .init("time", isNumber: true, sacrifice: 5),
    ])
    for result in results { table.add(Self.row(of: result)) }
    return table
  }

  private static func row(of result: AccountResult) -> [String] {
    guard let report = result.report else {
      return [result.name, result.words] + Array(repeating: "–", count: 8)
    }
    let counts = report.counts
    let done = report.streams.count { $0.outcome == .done }
    return [
      result.name, result.words, "\(done)/\(report.streams.count)", Figures.count(counts.inserted),
      Figures.count(counts.updated), Figures.count(counts.deleted),
      Figures.count(report.streams.compactMap(\.liveRows).reduce(0, +)),
      report.oldestProof.map { Figures.minute($0) } ?? "–", Figures.count(report.requests),
      Figures.span(report.duration),
    ]
  }
}

extension AccountResult {
  /// What this process did; nil where it did nothing.
  fileprivate var report: RunReport? {
    if case .finished(let finished) = outcome { finished.report } else { nil }
  }

  /// The outcome, and who brought it about.
  fileprivate var words: String {
    if case .elsewhere = outcome { "\(word), by another process" } else { word }
  }

  /// What is worth knowing although it ended well.
  fileprivate var notes: [String] {
    report?.streams.compactMap { stream in stream.note.map { "\(name): \(stream.stream): \($0)" } }
      ?? []
  }
}

extension RunReport {
  fileprivate var counts: CommitCounts {
    streams.reduce(into: CommitCounts()) { $0 += $1.counts }
  }

  /// Up to when all its streams are proven complete; nil while one is not.
  fileprivate var oldestProof: Instant? {
    let proofs = streams.filter { $0.outcome != .skipped }.map(\.completeAsOf)
    return proofs.contains { $0 == nil } ? nil : proofs.compactMap { $0 }.min()
  }
}

extension Finding {
  /// The same, saying which account it is about.
  func of(_ account: String) -> Finding {
    Finding(
      Explanation(
        explanation.what, at: "account \(account), \(explanation.place)",
        remedy: explanation.remedy, explanation.consequence, fault: explanation.fault))
  }
}

/// A run of several accounts in JSON.
struct AccountsDocument: Encodable {
  struct Account: Encodable {
    let name: String
    let outcome: String
    let exitCode: Int32
    let isByThisProcess: Bool
    let run: RunDocument?
    let problems: [ProblemDocument]
  }

  let exitCode: Int32
  let seconds: Double
  let cpuSeconds: Double
  let peakMemoryBytes: Int
  let accounts: [Account]

  init(_ summary: AccountsSummary, use: ResourceUse) {
    exitCode = summary.exitCode.rawValue
    seconds = summary.duration.roundedSeconds
    cpuSeconds = use.processorTime.roundedSeconds
    peakMemoryBytes = use.peakMemoryBytes
    accounts = summary.results.map { result in
      var run: RunDocument?
      if case .finished(let finished) = result.outcome {
        run = finished.document
      }
      return Account(
        name: result.name, outcome: result.word, exitCode: result.exitCode.rawValue,
        isByThisProcess: run != nil, run: run,
        problems: result.findings.map { ProblemDocument($0.explanation) })
    }
  }
}
