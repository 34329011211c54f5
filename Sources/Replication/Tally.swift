import Catalog
import Synchronization

/// Adds events up to reports, and passes each on to whoever watches.
final class Tally: Sendable {
  fileprivate struct Counts {
    var order: [StreamDefinition.ID] = []
    var reports: [StreamDefinition.ID: StreamReport] = [:]
    /// Streams whose first total will tell what they cost.
    var awaitingTotal: Set<StreamDefinition.ID> = []
    var begun: [StreamDefinition.ID: Duration] = [:]
    var requests = 0
    var retries = 0
  }

  private let counts = Mutex(Counts())
  private let clock: EngineClock
  private let observer: @Sendable (Event) -> Void

  init(clock: EngineClock, observer: @escaping @Sendable (Event) -> Void) {
    self.clock = clock
    self.observer = observer
  }

  /// Opens a stream's report; streams are reported in the order in which they were opened.
  func open(_ stream: StreamDefinition.ID, mode: Mode) {
    counts.withLock {
      $0.order.append(stream)
      $0.reports[stream] = StreamReport(stream: stream, mode: mode)
    }
  }

  /// Takes an event.
  func note(_ event: Event) {
    let now = clock.now()
    counts.withLock { $0.add(event, at: now) }
    observer(event)
  }

  /// Ends a stream's report, once: a later end is not heard.
  func end(
    _ stream: StreamDefinition.ID, _ outcome: Outcome, problem: Explanation? = nil
  ) -> StreamReport? {
    counts.withLock {
      guard var report = $0.reports[stream], report.outcome == .interrupted else { return nil }
      report.outcome = outcome
      report.problem = problem
      $0.reports[stream] = report
      return report
    }
  }

  /// The stream's report so far.
  func report(of stream: StreamDefinition.ID) -> StreamReport? {
    counts.withLock { $0.reports[stream] }
  }

  /// Notes how many rows live, as the warehouse counted at the stream's end.
  func setLiveRows(_ rows: Int64, of stream: StreamDefinition.ID) {
    counts.withLock { $0.reports[stream]?.liveRows = rows }
  }

  /// The first total told of a stream will be asked for.
  func awaitTotal(of stream: StreamDefinition.ID) {
    counts.withLock { _ = $0.awaitingTotal.insert(stream) }
  }

  /// Whether a total is the first told of a stream for which one is awaited.
  func isFirstTotal(of stream: StreamDefinition.ID) -> Bool {
    counts.withLock { $0.awaitingTotal.remove(stream) != nil }
  }

  /// All reports, and the requests of the whole run.
  var sums: (streams: [StreamReport], requests: Int, retries: Int) {
    counts.withLock { counts in
      (counts.order.compactMap { counts.reports[$0] }, counts.requests, counts.retries)
    }
  }
}

extension Tally.Counts {
  fileprivate mutating func add(_ event: Event, at now: Duration) {
    switch event {
    case .streamPlanned(let plan):
      reports[plan.stream.id]?.mode = plan.mode
      reports[plan.stream.id]?.isResting = plan.reading == .nothing
      if plan.reason == StreamPlan.uselessFilter { reports[plan.stream.id]?.note = plan.reason }
      let probes = reports[plan.stream.id]?.requests ?? 0
      reports[plan.stream.id]?.requestsBeforeReading = probes
    case .streamEstimated(let stream, let requests):
      reports[stream]?.plannedRequests = requests
    case .planChanged(let stream, let mode, let reason):
      reports[stream]?.mode = mode
      reports[stream]?.add(note: reason)
    case .requestStarted(let stream, let isRetry):
      requests += 1
      retries += isRetry ? 1 : 0
      begun[stream] = begun[stream] ?? now
      reports[stream]?.requests += 1
    case .pageReceived(let stream, let rows, _):
      reports[stream]?.rowsRead += rows
    case .pagesCommitted(let stream, _, let committed):
      reports[stream]?.counts += committed
      if let start = begun[stream] { reports[stream]?.duration = now - start }
    case .walkClosed(let stream, let closing):
      reports[stream]?.floor = closing.floor
      // A walk that read a part proves the table only once that is held against the account.
      if closing.deletions != nil { reports[stream]?.completeAsOf = closing.completeSince }
    case .reconciled(let stream, let since, let deleted, let note):
      if let since { reports[stream]?.completeAsOf = since }
      reports[stream]?.counts.deleted += deleted
      if let note { reports[stream]?.add(note: note) }
    case .keyRequestStarted(let isRetry):
      requests += 1
      retries += isRetry ? 1 : 0
    case .retryScheduled, .keyRetryScheduled, .streamEnded: break
    }
  }
}

extension StreamReport {
  /// Adds to what is worth knowing.
  fileprivate mutating func add(note added: String) {
    note = note.map { $0 + "; " + added } ?? added
  }
}
