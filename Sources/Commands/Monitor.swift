import ActiveCampaign
import Catalog
import Monitoring
import Scheduling
import Synchronization

/// What a scheduler lets others see of it: metrics, whether it is alive, and whether all is well.
final class Monitor: Sendable {
  /// How long nothing may be decided before it counts as stuck; it decides every half minute.
  private static let longestSilence = Duration.seconds(300)
  /// How much later than expected a good run may have ended, beside twice the time between two.
  private static let patience = Duration.seconds(600)

  /// How a schedule's runs end.
  fileprivate struct Standing {
    var entry: Timetable.Entry
    var gap: Duration?
    var lastWell: Instant?
    var lastCode: ExitCode?
  }

  private struct State {
    var board = Scoreboard()
    var lastBeat = Instant.ofThisMachine()
    var standings: [String: Standing] = [:]
  }

  private let state = Mutex(State())

  /// Serves it.
  ///
  /// - Throws: `UsageError` where the address cannot be had.
  static func serve(on address: ListenAddress, _ monitor: Monitor) throws -> MonitoringServer {
    do throws(MonitoringError) {
      return try MonitoringServer(on: address) { monitor.reply(to: $0, at: .ofThisMachine()) }
    } catch {
      throw UsageError.addressNotListened(error.place, reason: error.reason)
    }
  }

  // MARK: What happens

  /// The scheduler is alive.
  func beat(at now: Instant) { state.withLock { $0.lastBeat = now } }

  /// These schedules, and no others, from now on.
  func follow(_ entries: [Timetable.Entry], at now: Instant) {
    state.withLock { state in
      let known = state.standings
      state.standings = [:]
      for entry in entries {
        var standing = known[entry.title] ?? Standing(entry: entry)
        standing.entry = entry
        standing.gap = entry.gap(around: now)
        state.standings[entry.title] = standing
      }
    }
  }

  /// Only these accounts and streams are of interest from now on.
  func keep(_ streams: [String: Set<StreamDefinition.ID>]) {
    state.withLock { $0.board.keep(schedules: Set($0.standings.keys), streams: streams) }
  }

  /// A sync has ended, or could not begin.
  func note(_ outcome: TickOutcome, of schedule: String, at now: Instant) {
    state.withLock { state in
      state.board.note(outcome, schedule: schedule, at: now)
      let code = outcome.exitCode
      state.standings[schedule]?.lastCode = code
      // What was left open goes on with the next tick; that too is well.
      if [.done, .budgetReached].contains(code) { state.standings[schedule]?.lastWell = now }
    }
  }

  /// A schedule has ticked so often, and skipped so many of them.
  func note(ticks: Int, skipped: Int, of schedule: String) {
    state.withLock { $0.board.note(ticks: ticks, skipped: skipped, of: schedule) }
  }

  // MARK: What is seen

  /// The metrics as text.
  func metrics(at now: Instant) -> String {
    let board = state.withLock(\.board)
    return Exposition.text(board.families(at: now, isLasting: true))
  }

  /// Answers a request for a path.
  func reply(to path: String, at now: Instant) -> Reply {
    switch path {
    case "/metrics": Reply(200, metrics(at: now), contentType: Exposition.contentType)
    case "/healthz":
      now - state.withLock(\.lastBeat) < Self.longestSilence
        ? Reply(200, "alive\n") : Reply(503, "nothing was decided for five minutes\n")
    case "/readyz": readiness(at: now)
    default: Reply(404, "there are /metrics, /healthz and /readyz\n")
    }
  }

  private func readiness(at now: Instant) -> Reply {
    let standings = state.withLock(\.standings)
    if standings.values.allSatisfy({ $0.lastCode == nil }) {
      return Reply(503, "no sync has ended yet\n")
    }
    let reasons = standings.sorted { $0.key < $1.key }.compactMap { title, standing in
      standing.trouble(at: now, patience: Self.patience).map { "\(title): \($0)\n" }
    }
    return reasons.isEmpty ? Reply(200, "ready\n") : Reply(503, reasons.joined())
  }
}

extension Monitor.Standing {
  /// Why not all is well; nil if it is.
  ///
  /// A schedule that has not ticked yet is not held against it.
  fileprivate func trouble(at now: Instant, patience: Duration) -> String? {
    guard let lastCode else { return nil }
    // Another run holds the streams: nothing is wrong with the ends.
    guard [.done, .budgetReached, .held].contains(lastCode) else {
      return "the last sync ended with \(lastCode.rawValue)"
    }
    guard let lastWell else { return "no sync has ended well yet" }
    guard let gap, now - lastWell > gap * 2 + patience else { return nil }
    // The times of a cron expression may lie far apart: over a weekend, say.
    guard let due = entry.next(after: lastWell).flatMap({ entry.next(after: $0) }),
      now > due + patience
    else { return nil }
    return "the last sync that ended well ended at \(lastWell.wholeSecond)"
  }
}
