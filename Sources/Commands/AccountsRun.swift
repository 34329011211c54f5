import Catalog
import Configuration
import Replication

/// One run of several accounts on the command line: under a display and the signals, with a summary.
struct AccountsRun {
  let invocation: Invocation
  let accounts: Accounts
  let log: Log
  let metrics: MetricsFile?

  init(
    _ invocation: Invocation, _ setups: [Setup], _ operating: OperatingSettings,
    longestWait: Duration?
  ) {
    self.invocation = invocation
    let log = Log(operating.logFormat.value, for: invocation)
    self.log = log
    metrics = operating.metricsFile.value.map { MetricsFile(path: $0) }
    accounts = Accounts(
      setups: setups, longestWait: longestWait, note: { log.say(.info, "note", $0) },
      warn: { log.say(.error, "warning", $0) })
  }

  func perform() async throws -> ExitCode {
    let log = log
    let display = Display(
      AccountsBoard(of: accounts.setups.count),
      log.isJSON ? .silent : DisplayManner(invocation), on: invocation.console)
    let start = ContinuousClock.now
    // The signals need what they stop, and what they stop needs them for its exit code.
    let stopping = Stopping()
    let results = try await Signals.during(stop: {
      let words = "stopping: what has been read is committed; a second signal ends at once"
      log.isJSON ? log.say(.info, "stopping", words) : display.say(words)
      await stopping.stop()
    }) { signals in
      await stopping.hear(signals)
      return try await display.during {
        try await accounts.perform(stopping: stopping) {
          log.isJSON ? log.say($0) : display.note($0)
        }
      }
    }
    let summary = AccountsSummary(results: results, duration: ContinuousClock.now - start)
    summary.tell(invocation, log)
    metrics?.write(TickOutcome.several(results, of: accounts.setups), log)
    return summary.exitCode
  }
}

/// What happens while several accounts are synced.
struct AccountEvent: Sendable {
  enum Kind: Sendable {
    case begun
    case happened(Event)
    /// With the outcome in a word.
    case ended(String)
  }

  /// What the file calls the account.
  let account: String
  let kind: Kind

  init(_ account: String, _ kind: Kind) {
    self.account = account
    self.kind = kind
  }
}

/// How far several accounts are, added up from their events.
struct AccountsBoard: Board {
  private let total: Int
  private var underWay: [String] = []
  private var ended = 0
  private var rows = 0
  private var requests = 0
  private var begun: Duration?
  var notice: String?

  init(of total: Int) { self.total = total }

  mutating func note(_ event: AccountEvent, at now: Duration) {
    begun = begun ?? now
    switch event.kind {
    case .begun: underWay.append(event.account)
    case .ended:
      underWay.removeAll { $0 == event.account }
      ended += 1
    case .happened(.requestStarted), .happened(.keyRequestStarted): requests += 1
    case .happened(.pageReceived(_, let rows, _)): self.rows += rows
    case .happened: break
    }
  }

  func lines(at now: Duration, width: Int, height: Int) -> [String] {
    ([sums(at: now), "now \(underWay.joined(separator: ", "))"] + (notice.map { [$0] } ?? []))
      .map { TableText.cut($0, to: width) }
  }

  func logLine(at now: Duration) -> String {
    sums(at: now) + (underWay.isEmpty ? "" : "; now \(underWay.joined(separator: ", "))")
  }

  private func sums(at now: Duration) -> String {
    let elapsed = begun.map { now - $0 } ?? .zero
    let rate = elapsed.inSeconds > 0 ? Double(requests) / elapsed.inSeconds : 0
    return [
      "\(ended) of \(Figures.amount(total, "account"))", Figures.amount(rows, "row"),
      Figures.amount(requests, "request"), "\(Figures.decimal(rate))/s", Figures.span(elapsed),
    ].joined(separator: ", ")
  }

  static func logLine(of event: AccountEvent) -> String {
    switch event.kind {
    case .begun: "\(event.account): begun"
    case .happened(let happening): "\(event.account): \(happening.logLine)"
    case .ended(let outcome): "\(event.account): \(outcome)"
    }
  }
}
