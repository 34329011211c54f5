import Catalog

/// Reads one window of a stream that this run holds: workers read its list, one committer writes.
actor WindowReading {
  /// How it ended.
  enum End: Sendable, Equatable {
    /// Read to its end, proven whole and recorded.
    case done
    /// Stopped before; what was read is in the warehouse, and the next reading goes on from there.
    case stopped
    /// The filter lets rows through that were created at another time: windows mean nothing.
    case misled(String)
  }

  private let plan: StreamPlan
  private let window: WindowKey
  private let reader: Reader
  private let keeper: any BackfillKeeper
  private let tally: Tally
  private let agenda: Agenda
  private let since: Instant
  private var end = End.stopped
  private var problem: Explanation?
  private var isStopped = false
  private var requestsNoted: Int
  private nonisolated var stream: StreamDefinition { plan.stream }

  /// - Parameter since: answers from before are not taken.
  init(
    _ plan: StreamPlan, of window: WindowKey, since: Instant, reader: Reader,
    keeper: any BackfillKeeper, tally: Tally
  ) {
    self.plan = plan
    self.window = window
    self.since = since
    self.reader = reader
    self.keeper = keeper
    self.tally = tally
    agenda = Agenda([plan])
    requestsNoted = tally.report(of: plan.stream.id)?.requests ?? 0
  }

  /// Reads, with so many requests in flight at once.
  ///
  /// - Throws: `Refused` with what kept the window from being read.
  func read(workers: Int) async throws(Refused) -> End {
    if isStopped { return .stopped }
    let committer = Committer(
      write: { try await self.write($0) }, agenda: agenda, tally: tally,
      ended: { await self.ended($1) }, failed: { await self.fail($1) })
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await committer.run() }
      group.addTask {
        await withTaskGroup(of: Void.self) { group in
          for _ in 0..<workers { group.addTask { await self.work() } }
          await self.agenda.readingEnded()
          // At a stop, whatever is in flight is not waited for.
          group.cancelAll()
        }
      }
    }
    if let problem { throw Refused(explanation: problem) }
    return end
  }

  /// Why a window was not read to its end.
  struct Refused: Explained {
    let explanation: Explanation
  }

  /// Stops the reading; what has been read is still committed.
  func stop() async {
    isStopped = true
    await agenda.stop()
  }

  private nonisolated func work() async {
    while let assignment = await agenda.next() {
      do {
        let oldest = [since, await agenda.earliestAnswer(of: stream.id)].compactMap(\.self).max()
        let (page, limit) = try await reader.page(assignment.query, since: oldest)
        if let reason = strayed(page) {
          await mislead(reason)
          await agenda.abandoned(assignment)
          continue
        }
        let (remaining, _) = await agenda.received(page, limit: limit, for: assignment)
        let rows = assignment.purpose.isForRows ? page.received : 0
        tally.note(.pageReceived(stream.id, rows: rows, remaining: remaining))
      } catch is CancellationError {
        await agenda.abandoned(assignment)
        await stop()
      } catch {
        await fail(await reader.judged(Explanation(of: error)))
        await agenda.abandoned(assignment)
      }
    }
  }

  /// What is wrong with a page that the filter should not have let through; nil for nothing.
  ///
  /// Rows that do not tell when they were created say nothing of the filter.
  private nonisolated func strayed(_ page: Page) -> String? {
    for row in page.rows {
      guard let creation = stream.creation(of: row), !window.window.admits(creation) else {
        continue
      }
      return "the account's filter on creation lets rows of other days through"
    }
    return nil
  }

  private func write(_ batch: Batch) async throws -> Receipt {
    let sent = tally.report(of: stream.id)?.requests ?? 0
    let new = sent - requestsNoted
    requestsNoted = sent
    return try await keeper.commit(batch, to: window, requests: new)
  }

  private func ended(_ receipt: Receipt) async {
    switch receipt.verdict {
    case .short(let seen, let total):
      if isStopped { return }
      guard await !agenda.restart(stream.id, short: total - seen) else { return }
      // A restart is also refused where the reading was stopped meanwhile.
      guard !isStopped else { return }
      await fail(WalkError.shortOfTotal(stream.id, seen: seen, total: total).explanation)
    case .closed, .refused, nil:
      if end == .stopped { end = .done }
      await agenda.settled(stream.id)
    }
  }

  private func mislead(_ reason: String) async {
    end = .misled(reason)
    await agenda.drop([stream.id])
  }

  private func fail(_ problem: Explanation) async {
    self.problem = self.problem ?? problem
    await agenda.drop([stream.id])
  }
}
