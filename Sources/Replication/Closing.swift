import Catalog

/// The end of each stream: what its reading came to, and the proof that nothing is missing.
extension Engine {
  /// Brings each stream whose walk has ended to its own end, while others are still read.
  nonisolated func close(_ endings: AsyncStream<Ended>, _ agenda: Agenda) async {
    await withTaskGroup(of: Void.self) { group in
      for await ended in endings { group.addTask { await self.close(ended, agenda) } }
    }
  }

  private nonisolated func close(_ ended: Ended, _ agenda: Agenda) async {
    guard let plan = await agenda.plan(of: ended.stream) else { return }
    await finishing(plan, agenda) {
      switch ended.receipt.verdict {
      case .short(let seen, let total):
        // A reading that its limit would cut off every time must not go on for ever.
        let cost = self.tally.report(of: ended.stream)?.requests ?? 0
        if self.allowance.holds(cost),
          await agenda.restart(ended.stream, short: total - seen)
        {
          let reason = "read again: the service counts \(total) rows, \(seen) were read"
          self.tally.note(.planChanged(ended.stream, plan.mode, reason: reason))
          return false
        }
        throw WalkError.shortOfTotal(ended.stream, seen: seen, total: total)
      case .refused(let missing, let live):
        throw WalkError.tooManyGone(plan, missing: missing, live: live)
      case .closed(let shortage):
        return try await self.prove(plan, shortage, ended.receipt.suspects, agenda)
      case nil: return false
      }
    }
  }

  /// Reads a stream from the end of its list, without a walk.
  ///
  /// - Parameter start: when the reading began that brought its rows; nil: the run's own start.
  nonisolated func align(_ plan: StreamPlan, since start: Instant?, _ agenda: Agenda) async {
    await finishing(plan, agenda) {
      let now = try await self.key.ask().serverTime
      let since = start ?? max(now, plan.lastSuccess ?? now)
      return try await self.reconcile(plan, since: since, agenda)
    }
  }

  /// Holds the streams whose rows came beside this one's against their own lists.
  private nonisolated func followers(of plan: StreamPlan, _ agenda: Agenda) async {
    for stream in plan.including {
      guard let follower = await agenda.plan(of: stream.id) else { continue }
      switch follower.reading {
      case .beside:
        await align(follower, since: await agenda.completeSince(plan.stream.id), agenda)
      case .carried(let carrier):
        await finishing(follower, agenda) {
          try await self.closeCarried(follower, by: carrier, agenda)
        }
      case .tail: await align(follower, since: nil, agenda)
      case .whole, .changes, .window, .ofChanged, .nothing: break
      }
    }
  }

  /// Opens the lists below a stream whose parents' changes are all that is read of it.
  private nonisolated func openChildren(of plan: StreamPlan, _ agenda: Agenda) async throws {
    for stream in await agenda.children(of: plan.stream.id).sorted() {
      guard case .ofChanged(let since)? = await agenda.plan(of: stream)?.reading,
        let start = await agenda.completeSince(plan.stream.id)
      else { continue }
      // No answer of a later run is dated to the second in which this one's last came.
      let parents = try await destination.arrived(in: plan.stream, after: since)
      await agenda.open(stream, parents: parents, readSince: start)
    }
  }

  /// Looks how far a list goes before rows of it come beside another's.
  nonisolated func mark(_ guest: StreamPlan, _ agenda: Agenda) async {
    guard case .beside(let host) = guest.reading else { return }
    do {
      let end = try await ListEnd.now(of: guest.stream, by: reader)
      await agenda.note(end, of: guest.stream.id, besides: host)
    } catch is CancellationError {
      await agenda.stop()
    } catch {
      await fail(guest.stream.id, await reader.judged(Explanation(of: error)))
      await agenda.note(nil, of: guest.stream.id, besides: host)
    }
  }

  /// Ends a stream as done if `work` says that it is, and as failed if it throws.
  private nonisolated func finishing(
    _ plan: StreamPlan, _ agenda: Agenda, _ work: () async throws -> Bool
  ) async {
    do {
      guard try await work() else { return }
      try await vouch(for: plan)
      // Those that wait for its rows are kept on the agenda meanwhile.
      await end(plan.stream.id, .done, nil)
      await followers(of: plan, agenda)
      await agenda.sealChildren(of: plan.stream.id)
      try await openChildren(of: plan, agenda)
      await agenda.settled(plan.stream.id)
    } catch is CancellationError {
      await self.leaveWhole(plan)
      await agenda.stop()
    } catch {
      await fail(plan.stream.id, await reader.judged(Explanation(of: error)))
    }
  }

  /// Proves a stream complete after its walk; false if it is being read again instead.
  private nonisolated func prove(
    _ plan: StreamPlan, _ shortage: Int64, _ suspects: [Int64], _ agenda: Agenda
  ) async throws -> Bool {
    guard let since = await agenda.completeSince(plan.stream.id) else { return false }
    if case .ofChanged = plan.reading {
      // What an earlier run proved is all that is proven.
      tally.note(
        .reconciled(
          plan.stream.id, completeAsOf: plan.state.completeAsOf, deleted: 0, note: nil))
      return true
    }
    guard plan.isWhole else { return try await reconcile(plan, since: since, agenda) }
    let deleted = try await Reconciliation(
      plan, since: since, reader: reader, destination: destination, tally: tally
    ).deleteConfirmed(suspects)
    let note = shortage == 0 ? nil : "the service counts \(shortage) rows more than it lists"
    tally.note(.reconciled(plan.stream.id, completeAsOf: nil, deleted: deleted, note: note))
    return true
  }

  /// Holds a table that was read in part against the account; false if its list is being read whole
  /// instead.
  private nonisolated func reconcile(
    _ plan: StreamPlan, since: Instant, _ agenda: Agenda
  ) async throws -> Bool {
    let mark = await agenda.mark(of: plan.stream.id)
    let outcome = try await Reconciliation(
      plan, since: since, mark: mark, reader: reader, destination: destination, tally: tally
    ).run()
    // The end of a list shows what was added and removed, not what changed in place.
    let isAgreed = if case .agreed = outcome { true } else { false }
    let proven =
      plan.isAligned
      ? (plan.mode == .fullRefresh && isAgreed ? since : nil) : (outcome.isProof ? since : nil)
    if let proven { try await destination.confirm(plan.stream, completeSince: proven) }
    // What an earlier run proved holds where this one read a list's end only.
    let complete = proven ?? plan.state.completeAsOf
    func note(deleted: Int = 0, _ note: String? = nil) {
      tally.note(
        .reconciled(plan.stream.id, completeAsOf: complete, deleted: deleted, note: note))
    }
    func readWhole(_ reason: String) async throws -> Bool {
      // Where the reading was stopped meanwhile, what is missing stays missing: that is no end.
      guard await agenda.readWhole(plan.stream.id, because: reason) else {
        throw CancellationError()
      }
      return false
    }
    switch outcome {
    case .agreed(let deleted): note(deleted: deleted)
    case .excluded(let rows): note("the anchor date leaves out \(rows) rows")
    case .selective: note("not held against the account: only rows that match where are stored")
    case .pending where plan.mode == .fullRefresh:
      return try await readWhole("what came beside other rows did not settle")
    case .pending(let rows):
      note("\(abs(rows)) rows differ from the account, which keeps changing")
    case .refused(let missing, let live):
      throw WalkError.tooManyGone(plan, missing: missing, live: live)
    case .untold:
      return try await readWhole("no total is told that the table could be held against")
    case .unaligned(let reason): return try await readWhole(reason)
    case .short(let rows): return try await readWhole("\(abs(rows)) rows differ from the account")
    }
    return true
  }

  /// Tells that a stream's whole list is read after all.
  nonisolated func noteWhole(_ stream: StreamDefinition.ID, because reason: String) {
    tally.note(.planChanged(stream, .fullRefresh, reason: "read whole: \(reason)"))
  }

  /// Ends the streams whose last batch came into the warehouse when the reading had been stopped, and
  /// that nothing more need be asked of.
  func endLate(_ ended: [Ended], _ agenda: Agenda) async {
    for one in ended where tally.report(of: one.stream)?.outcome == .interrupted {
      // One that is being read whole since, or again, has not ended.
      guard case .closed = one.receipt.verdict, one.receipt.suspects.isEmpty,
        await agenda.isUnsettled(one.stream),
        let plan = await agenda.plan(of: one.stream), plan.isWhole, plan.including.isEmpty
      else { continue }
      await close(one, agenda)
    }
  }

  /// Leaves a whole reading to the next run where holding the table against the account took most of
  /// a limit and did not come to its end: each run would begin it anew, and a walk is gone on with.
  private nonisolated func leaveWhole(_ plan: StreamPlan) async {
    let sent = tally.report(of: plan.stream.id)?.requests ?? 0
    guard allowance.isOver, !plan.isWhole, !plan.isAnchored, sent * 2 >= tally.sums.requests,
      let now = try? await key.ask().serverTime
    else { return }
    let whole = plan.readingWhole(because: "")
    let progress = WalkProgress(
      signature: whole.signature, startedAt: now, segments: [Segment(id: 0)])
    do {
      let batch = Batch(stream: plan.stream, pages: [], progress: progress, isWhole: true)
      _ = try await destination.commit(batch)
    } catch {
      await fail(plan.stream.id, Explanation(of: error))
    }
  }

  /// Notes with whose key the stream was read, and that its proof is not too old.
  ///
  /// - Throws: `WalkError.proofTooOld` if it is.
  private nonisolated func vouch(for plan: StreamPlan) async throws {
    let answer = try await key.ask()
    if plan.state.keyUser != answer.user {
      try await destination.remember(.keyUser(answer.user), of: plan.stream)
    }
    let proof = tally.report(of: plan.stream.id)?.completeAsOf
    guard let proof, answer.serverTime - proof <= plan.refresh else {
      throw WalkError.proofTooOld(plan.stream.id, proof)
    }
  }
}
