public import Catalog

/// Replicates streams: workers read pages, one committer writes them, and the two never wait for
/// each other unless the queue between them is full or empty.
public actor Engine {
  let destination: any Destination
  let options: Options
  let tally: Tally
  let reader: Reader
  let key: KeyQuestion
  let allowance: Allowance
  private var agenda: Agenda?
  private var problem: Explanation?
  private var isStopped = false

  /// Makes an engine for one run.
  ///
  /// - Parameter observer: hears every event; called from any thread, must not wait.
  public init(
    from source: any Source, into destination: any Destination, options: Options = Options(),
    observer: @escaping @Sendable (Event) -> Void = { _ in }
  ) {
    self.destination = destination
    self.options = options
    tally = Tally(clock: options.clock, observer: observer)
    allowance = Allowance(options.limits, clock: options.clock)
    reader = Reader(
      source: source, rule: options.retry, clock: options.clock, tally: tally,
      allowance: allowance)
    key = KeyQuestion(reader)
  }

  /// Reads everything that is selected; never throws: what went wrong is in the report.
  ///
  /// - Parameter catalogue: where parents that were not selected are looked up, and how they are
  ///   read.
  public func run(_ selected: [StreamSelection], catalogue: [StreamSelection]) async -> RunReport {
    let start = options.clock.now()
    await withTaskGroup(of: Void.self) { group in
      if let left = allowance.timeLeft { group.addTask { await self.stopReading(after: left) } }
      await read(Plan.ordered(selected, catalogue: catalogue))
      group.cancelAll()
    }
    await endOpenStreams()
    for stream in reader.early.unused { tally.note(.requestStarted(stream, isRetry: false)) }
    return report(since: start)
  }

  private func read(
    _ ordered: [(selection: StreamSelection, neededBy: StreamDefinition.ID?)]
  ) async {
    do {
      let answer = try await key.ask()
      let plans = try await bounded(Plan.sharing(await claim(ordered, with: answer)))
      for plan in plans {
        tally.note(.streamPlanned(plan))
        estimate(plan, beside: plans)
      }
      await replicate(plans, at: answer.serverTime)
    } catch is CancellationError {
      isStopped = !allowance.isOver
    } catch {
      problem = Explanation(of: error)
    }
  }

  /// Reads everything that is selected; parents that were not are read by the defaults.
  public func run(_ selected: [StreamSelection], catalogue: [StreamDefinition]) async -> RunReport {
    await run(selected, catalogue: catalogue.map { StreamSelection($0) })
  }

  /// Stops the reading; what has been read is still committed, and `run` returns soon.
  public func stop() async {
    isStopped = true
    await key.withdraw()
    await agenda?.stop()
  }

  /// An answer that is longer in coming than this after the time is over is not waited for.
  static let patience = Duration.seconds(5)

  private func stopReading(after left: Duration) async {
    guard (try? await options.clock.sleep(left + Self.patience)) != nil else { return }
    allowance.close()
    await key.withdraw()
    await agenda?.stop()
  }

  /// Asks the account whether it takes the key, as often as its errors allow; a run that follows
  /// does not ask again.
  ///
  /// - Throws: an `Explained` error; its fault is `.sourceRefused` if the key is refused.
  ///   `CancellationError` if the engine was stopped.
  public func confirmKey() async throws {
    try await key.ask()
  }

  /// What the account said of the key; nil where it was not asked, or did not answer.
  public var keyAnswer: KeyAnswer? { get async { await key.answer } }

  /// Streams that some run has read to their end.
  var everRead: Set<StreamDefinition.ID> = []

  /// Whether nothing more is to be asked.
  var isHalted: Bool { isStopped || problem != nil || allowance.isOver }

  // MARK: Reading and writing

  func replicate(_ plans: [StreamPlan]) async {
    let agenda = Agenda(plans, queueLimit: options.queuedPages) { self.noteWhole($0, because: $1) }
    self.agenda = agenda
    if isHalted { await agenda.stop() }
    let (endings, line) = AsyncStream.makeStream(of: Ended.self)
    let committer = Committer(
      write: destination.commit, agenda: agenda, tally: tally,
      ended: {
        let ended = Ended(stream: $0, receipt: $1)
        await self.keep(ended)
        line.yield(ended)
      },
      failed: { await self.fail($0, $1) })
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await committer.run() }
      group.addTask {
        await self.read(plans, agenda, endings)
        line.finish()
      }
    }
    if isHalted { await endLate(lastEnds, agenda) }
    lastEnds = []
  }

  private var lastEnds: [Ended] = []

  private func keep(_ ended: Ended) { lastEnds.append(ended) }

  /// A stream whose walk's last batch is in the warehouse.
  struct Ended: Sendable {
    let stream: StreamDefinition.ID
    let receipt: Receipt
  }

  /// Runs the workers to the end of the reading; a stop cancels what is in flight.
  private nonisolated func read(
    _ plans: [StreamPlan], _ agenda: Agenda, _ endings: AsyncStream<Ended>
  ) async {
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<options.workers { group.addTask { await self.work(agenda) } }
      for plan in plans where plan.reading == .tail && plan.freshening == nil {
        group.addTask { await self.align(plan, since: nil, agenda) }
      }
      for plan in plans { group.addTask { await self.mark(plan, agenda) } }
      group.addTask { await self.close(endings, agenda) }
      await agenda.readingEnded()
      // Ends the closing, which waits for more, and at a stop whatever is in flight.
      group.cancelAll()
    }
  }

  private nonisolated func work(_ agenda: Agenda) async {
    while let assignment = await agenda.next() {
      let stream = assignment.query.stream.id
      do {
        let since = await agenda.earliestAnswer(of: stream)
        let (page, limit) = try await reader.page(assignment.query, since: since)
        let (remaining, isOrderLost) = await agenda.received(page, limit: limit, for: assignment)
        let rows = assignment.purpose.isForRows ? page.received : 0
        tally.note(.pageReceived(stream, rows: rows, remaining: remaining))
        if isOrderLost {
          let reason = "read from its beginning: its list is in no order"
          let mode: Mode = assignment.query.changedSince == nil ? .fullRefresh : .incremental
          tally.note(.planChanged(stream, mode, reason: reason))
        }
        if let total = page.total, tally.isFirstTotal(of: stream) {
          await estimate(stream, total: total, agenda)
        }
      } catch is CancellationError {
        await agenda.abandoned(assignment)
        await agenda.stop()
      } catch {
        do {
          if try await isOfGoneParent(assignment, error, agenda) { continue }
        } catch {
          // The limit or a stop came before it was known: nothing is said of the list.
          await agenda.abandoned(assignment)
          await agenda.stop()
          continue
        }
        await fail(stream, await reader.judged(Explanation(of: error)))
        await agenda.abandoned(assignment)
      }
    }
  }

  // MARK: Ending

  /// Ends a stream and those below it, or the whole run.
  func fail(_ stream: StreamDefinition.ID, _ problem: Explanation) async {
    if problem.lastingConsequence == .stopRun {
      self.problem = self.problem ?? problem
      await agenda?.stop()
      return
    }
    let children = await agenda?.children(of: stream) ?? []
    let freshened = await agenda?.freshened(by: stream) ?? []
    await agenda?.drop(children.union([stream]))
    await end(stream, outcome(for: problem, of: stream), problem)
    for child in children.sorted() {
      let reason = WalkError.parentUnread(child, parent: stream).explanation
      let skipped = outcome(for: problem, of: stream) == .skipped
      await end(child, skipped ? .skipped : .failed, reason)
    }
    if let agenda { for plan in freshened { await align(plan, since: nil, agenda) } }
  }

  private func outcome(for problem: Explanation, of stream: StreamDefinition.ID) -> Outcome {
    if problem.fault == .streamHeld { return .held }
    // What answered once is offered: what it refuses later is a failure.
    let isNew = !everRead.contains(stream) && tally.report(of: stream)?.rowsRead ?? 0 == 0
    return problem.lastingConsequence == .skipStream && isNew ? .skipped : .failed
  }

  func end(
    _ stream: StreamDefinition.ID, _ outcome: Outcome, _ problem: Explanation?
  ) async {
    do {
      try await Ending(destination: destination, tally: tally)
        .end(stream, outcome, problem: problem)
    } catch {
      self.problem = self.problem ?? Explanation(of: error)
    }
  }

  /// Lets go of the streams that the run's end left open.
  private func endOpenStreams() async {
    let isPaused = !isStopped && problem == nil && allowance.isOver
    for report in tally.sums.streams {
      await end(report.stream, isPaused ? .paused : .interrupted, problem)
    }
  }

  private func report(since start: Duration) -> RunReport {
    let sums = tally.sums
    let outcomes = Set(sums.streams.map(\.outcome))
    let outcome: Outcome =
      problem != nil ? .failed : isStopped ? .interrupted : Self.outcome(of: outcomes)
    return RunReport(
      outcome: outcome, exitCode: 0, streams: sums.streams, requests: sums.requests,
      retries: sums.retries, duration: options.clock.now() - start,
      limitReached: outcomes.contains(.paused) ? allowance.reached : nil, problem: problem)
  }

  private static func outcome(of streams: Set<Outcome>) -> Outcome {
    if streams.isSubset(of: [.done, .skipped]) { return .done }
    return streams.isSubset(of: [.done, .skipped, .paused]) ? .paused : .failed
  }
}
