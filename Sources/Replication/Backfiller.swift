import Catalog

/// Reads years of some streams window by window, and lets each stream go between two windows, so
/// that the syncs that are due meanwhile can have it.
///
/// It brings rows and nothing else: what the stream's syncs know of their own progress stays as it
/// is. A stream that no filter can window is read whole, as a sync would.
public actor Backfiller {
  /// For so long a stream is left alone between two windows: longer than a run that waits for it
  /// lets pass between two attempts.
  public static let gap = Duration.seconds(1)

  let source: any Source
  let keeper: any BackfillKeeper
  let options: Engine.Options
  let reader: Reader
  let key: KeyQuestion
  let allowance: Allowance
  let tally: Tally
  private let longestWait: Duration
  private let observer: @Sendable (BackfillEvent) -> Void
  private var isStopped = false
  private var problem: Explanation?
  private var reading: WindowReading?
  private var engine: Engine?
  /// What is waited for between two windows.
  private var pause: Task<Bool, any Error>?
  private var reports: [StreamReport] = []
  /// Requests, and retries among them, of streams that were read whole.
  private var wholeRequests = (all: 0, retries: 0)
  private var windowsDone: [StreamDefinition.ID: Int] = [:]
  private var windowsLeft: [StreamDefinition.ID: Int] = [:]

  /// Makes a backfiller for one run.
  ///
  /// - Parameters:
  ///   - longestWait: how long the run is waited for that holds a stream.
  ///   - observer: hears every event; called from any thread, must not wait.
  public init(
    from source: any Source, into keeper: any BackfillKeeper, options: Engine.Options,
    longestWait: Duration = .seconds(3_600),
    observer: @escaping @Sendable (BackfillEvent) -> Void = { _ in }
  ) {
    self.source = source
    self.keeper = keeper
    self.options = options
    self.longestWait = longestWait
    self.observer = observer
    tally = Tally(clock: options.clock) { observer(.reading($0)) }
    allowance = Allowance(options.limits, clock: options.clock)
    reader = Reader(
      source: source, rule: options.retry, clock: options.clock, tally: tally,
      allowance: allowance)
    key = KeyQuestion(reader)
  }

  /// Asks the account whether it takes the key; what follows does not ask again.
  ///
  /// - Throws: an `Explained` error; its fault is `.sourceRefused` if the key is refused.
  public func confirmKey() async throws { try await key.ask() }

  /// Reads what the survey found; never throws: what went wrong is in the report.
  ///
  /// - Parameter catalogue: how the parents of streams that are read whole are read.
  public func run(
    _ outlooks: [BackfillOutlook], catalogue: [StreamSelection]
  ) async -> BackfillReport {
    let start = options.clock.now()
    observer(
      .begun(
        windows: outlooks.map(\.partsLeft).reduce(0, +),
        requests: outlooks.compactMap(\.requests).reduce(0, +)))
    await withTaskGroup(of: Void.self) { group in
      if let left = allowance.timeLeft { group.addTask { await self.stopReading(after: left) } }
      for outlook in outlooks { await perform(outlook, catalogue) }
      group.cancelAll()
    }
    return report(since: start)
  }

  /// Stops the reading; what has been read is still committed, and `run` returns soon.
  public func stop() async {
    isStopped = true
    await key.withdraw()
    await halt()
  }

  private func halt() async {
    pause?.cancel()
    await reading?.stop()
    await engine?.stop()
  }

  private func stopReading(after left: Duration) async {
    guard (try? await options.clock.sleep(left + Engine.patience)) != nil else { return }
    allowance.close()
    await halt()
  }

  private var isHalted: Bool { isStopped || problem != nil || allowance.isOver }

  /// What became of a stream that was not read to its end.
  private var cut: Outcome { isStopped || problem != nil ? .interrupted : .paused }

  // MARK: One stream

  private func perform(_ outlook: BackfillOutlook, _ catalogue: [StreamSelection]) async {
    let stream = outlook.order.stream
    tally.open(stream.id, mode: .incremental)
    if case .windows(let windows) = outlook.reading { windowsLeft[stream.id] = windows.count }
    guard !isHalted else { return conclude(stream, cut) }
    guard !outlook.isDone else { return conclude(stream, .done) }
    var backfill: Int64?
    do {
      let record = try await keeper.open(
        outlook.order.range, of: stream.id, isAgain: outlook.order.isAgain)
      backfill = record.id
      switch outlook.reading {
      case .whole(let reason): try await readWhole(outlook, record, reason, catalogue)
      case .windows(let windows):
        if let reason = try await read(windows, of: stream, record) {
          try await readWhole(outlook, record, reason, catalogue)
        } else {
          let isDone = windowsLeft[stream.id] == 0
          try await keeper.end(record.id, isDone ? .done : cut, message: nil)
          conclude(stream, isDone ? .done : cut)
        }
      }
    } catch {
      await fail(stream, backfill, error)
    }
  }

  private func fail(
    _ stream: StreamDefinition, _ backfill: Int64?, _ error: any Error
  ) async {
    let isCut = error is CancellationError
    let problem = isCut ? nil : Explanation(of: error)
    if let problem, problem.lastingConsequence == .stopRun { self.problem = problem }
    let outcome: Outcome = isCut ? cut : problem?.fault == .streamHeld ? .held : .failed
    if let backfill {
      do {
        try await keeper.end(
          backfill, outcome, message: problem?.lines.joined(separator: "\n"))
      } catch {
        // The first problem is told; this one has the same cause, or comes again.
        self.problem = self.problem ?? Explanation(of: error)
      }
    }
    conclude(stream, outcome, problem)
  }

  private func conclude(
    _ stream: StreamDefinition, _ outcome: Outcome, _ problem: Explanation? = nil
  ) {
    guard let report = tally.end(stream.id, outcome, problem: problem) else { return }
    reports.append(report)
  }

  // MARK: Windows

  /// Reads windows one after the other; returns why windows mean nothing, if that comes to light.
  private func read(
    _ windows: [CreationWindow], of stream: StreamDefinition, _ record: BackfillRecord
  ) async throws -> String? {
    for (number, window) in windows.enumerated() {
      if number > 0, !isHalted { try await rest() }
      if isHalted { return nil }
      try await take([stream.id])
      observer(.windowStarted(stream.id, window))
      let end: WindowReading.End
      do {
        end = try await read(WindowKey(backfill: record.id, window: window), of: stream)
      } catch {
        // Also a stream that could not be read is not kept from others.
        try await keeper.release(stream.id)
        throw error
      }
      try await keeper.release(stream.id)
      switch end {
      case .done:
        windowsDone[stream.id, default: 0] += 1
        windowsLeft[stream.id, default: 1] -= 1
        observer(.windowDone(stream.id, window))
      case .stopped: return nil
      case .misled(let reason): return reason
      }
    }
    return nil
  }

  private func read(_ window: WindowKey, of stream: StreamDefinition) async throws
    -> WindowReading.End
  {
    _ = try await keeper.claim(stream)
    let plan = StreamPlan(
      window.window, of: stream, pageSize: options.pageSize,
      unfinished: try await keeper.unfinished(window))
    let reading = WindowReading(
      plan, of: window, since: try await key.ask().serverTime, reader: reader, keeper: keeper,
      tally: tally)
    self.reading = reading
    defer { self.reading = nil }
    if isHalted { await reading.stop() }
    return try await reading.read(workers: options.workers)
  }

  /// Leaves the stream to others for a moment.
  private func rest() async throws {
    let clock = options.clock
    _ = try await waiting {
      try await clock.sleep(Self.gap)
      return true
    }
  }

  /// Waits for the runs that hold streams, and keeps the streams for a claim.
  private func take(_ streams: [StreamDefinition.ID]) async throws {
    let (keeper, observer) = (keeper, observer)
    let longest = min(longestWait, allowance.timeLeft ?? longestWait)
    let isOurs = try await waiting {
      try await keeper.wait(for: streams, atMost: longest) { observer(.waiting($0)) }
    }
    if isOurs { return }
    if allowance.timeLeft == .zero { allowance.close() }
    guard !isHalted else { throw CancellationError() }
    throw BackfillError.held(streams.first ?? "", longest)
  }

  /// Waits for something, unless the backfill is stopped.
  private func waiting(_ work: @escaping @Sendable () async throws -> Bool) async throws -> Bool {
    let task = Task { try await work() }
    pause = task
    defer { pause = nil }
    if isHalted { task.cancel() }
    return try await task.value
  }

  // MARK: Streams that are read whole

  private func readWhole(
    _ outlook: BackfillOutlook, _ record: BackfillRecord, _ reason: String,
    _ catalogue: [StreamSelection]
  ) async throws {
    let stream = outlook.order.stream
    windowsLeft[stream.id] = nil
    windowsDone[stream.id] = nil
    observer(.readWhole(stream.id, reason: reason))
    var selection = outlook.order.selection
    selection.mode = .fullRefresh
    try await take(Plan.ordered([selection], catalogue: catalogue).map(\.selection.stream.id))
    let engine = Engine(
      from: source, into: keeper, options: rest, observer: { [observer] in observer(.reading($0)) })
    self.engine = engine
    if isHalted { await engine.stop() }
    let whole = await engine.run([selection], catalogue: catalogue)
    self.engine = nil
    wholeRequests.all += whole.requests
    wholeRequests.retries += whole.retries
    problem = problem ?? whole.problem
    _ = tally.end(stream.id, .done)
    reports += whole.streams.map { report in
      var report = report
      if report.stream == stream.id { report.note = "read whole: \(reason)" }
      return report
    }
    let outcome = whole.streams.first { $0.stream == stream.id }?.outcome ?? .failed
    allowance.spend(whole.requests, isOver: whole.limitReached)
    try await keeper.end(record.id, outcome, message: "read whole: \(reason)")
  }

  /// What the limits leave.
  private var rest: Engine.Options {
    var options = options
    options.limits.requests = options.limits.requests.map {
      max(0, $0 - tally.sums.requests - wholeRequests.all)
    }
    options.limits.duration = allowance.timeLeft
    return options
  }

  // MARK: Ending

  private func report(since start: Duration) -> BackfillReport {
    let sums = tally.sums
    let outcome = RunReport.outcome(
      of: reports.map(\.outcome), isStopped: isStopped, isBroken: problem != nil)
    let isPaused = reports.contains { $0.outcome == .paused }
    return BackfillReport(
      run: RunReport(
        outcome: outcome, exitCode: 0, streams: reports,
        requests: sums.requests + wholeRequests.all,
        retries: sums.retries + wholeRequests.retries, duration: options.clock.now() - start,
        limitReached: isPaused ? allowance.reached : nil, problem: problem),
      windowsDone: windowsDone, windowsLeft: windowsLeft)
  }
}
