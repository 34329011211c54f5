import ActiveCampaign
import Catalog
import Configuration
import Glibc
import Replication
import Scheduling

/// Syncs when the plan says, until a signal ends it.
///
/// All is decided in one place, by what happens one after the other: a time has come, a sync has ended, a
/// signal was sent. What may take long, the syncs, runs beside it.
struct Scheduler: Sendable {
  /// What the scheduler reacts to.
  enum Happening: Sendable {
    case timeCame
    case ended(title: String, TickOutcome)
    case reloadAsked
    case stopAsked(signal: Int32)
    case graceOver
  }

  let monitor = Monitor()
  let log: Log
  private let invocation: Invocation
  private let plan: SchedulePlan
  private let metrics: MetricsFile?

  /// It decides at least so often, so that clocks that are set and machines that sleep are noticed.
  private static let longestWait = Duration.seconds(30)

  init(_ plan: SchedulePlan, _ invocation: Invocation) {
    self.plan = plan
    self.invocation = invocation
    log = Log(plan.operating.logFormat.value, for: invocation, isTimed: true)
    metrics = plan.operating.metricsFile.value.map { MetricsFile(path: $0) }
  }

  /// Goes on until it is told to stop.
  func run() async -> ExitCode {
    let (happenings, mailbox) = AsyncStream.makeStream(of: Happening.self)
    return await ServiceSignals.during(tell: { mailbox.yield($0) }) {
      await react(to: happenings, mailbox)
    }
  }

  private func react(to happenings: AsyncStream<Happening>, _ mailbox: Mailbox) async -> ExitCode {
    await withDiscardingTaskGroup { group in
      var work = Work(plan, at: .ofThisMachine())
      var alarm: Task<Void, Never>?
      var stop: Int32?
      follow(work)
      mailbox.yield(.timeCame)
      for await happening in happenings {
        switch happening {
        case .timeCame: break
        case .ended(let title, let outcome):
          work.end()
          tell(outcome, of: title)
          // It may have been of a plan that holds no more.
          monitor.keep(work.streams)
        case .reloadAsked: if stop == nil { reload(&work) }
        case .stopAsked(let signal):
          stop = signal
          stopAll(work, by: signal, mailbox, in: &group)
        case .graceOver: group.cancelAll()
        }
        alarm?.cancel()
        guard stop == nil else {
          if work.tick == nil { break }
          continue
        }
        advance(&work, mailbox, in: &group)
        alarm = Self.alarm(for: work, mailbox)
      }
      // The grace period need not be waited out.
      group.cancelAll()
      return stop == SIGTERM ? .terminated : .interrupted
    }
  }

  // MARK: Ticks

  /// Takes the ticks that have come, and begins a sync where none is under way.
  private func advance(_ work: inout Work, _ mailbox: Mailbox, in group: inout DiscardingTaskGroup)
  {
    let now = Instant.ofThisMachine()
    monitor.beat(at: now)
    let skipped = work.timetable.advance(to: now)
    for title in Set(skipped).sorted() {
      let count = Figures.amount(skipped.count { $0 == title }, "tick")
      log.say(
        .warning, "tick_skipped", "\(title): \(count) skipped, the sync before is under way",
        schedule: title)
    }
    for title in work.lines.map(\.entry.title) {
      monitor.note(
        ticks: work.timetable.ticks(title), skipped: work.timetable.skipped(title), of: title)
    }
    if !skipped.isEmpty { metrics?.write(monitor.metrics(at: now), log) }
    guard work.tick == nil, let title = work.timetable.begin(),
      let line = work.lines.first(where: { $0.entry.title == title })
    else { return }
    let tick = Tick(line.setups, title: title, log)
    work.tick = tick
    group.addTask {
      let outcome = await tick.perform()
      mailbox.yield(.ended(title: title, outcome))
    }
  }

  /// Something is to be decided when the next tick comes, or a little later.
  private static func alarm(for work: Work, _ mailbox: Mailbox) -> Task<Void, Never> {
    let now = Instant.ofThisMachine()
    let next = work.timetable.nextTick
    let wait = next.map { min(max($0 - now, .milliseconds(1)), longestWait) } ?? longestWait
    return Task {
      guard (try? await Task.sleep(for: wait)) != nil else { return }
      mailbox.yield(.timeCame)
    }
  }

  /// Says how a sync ended, in one line and what went wrong, and puts it among the metrics.
  private func tell(_ outcome: TickOutcome, of title: String) {
    let now = Instant.ofThisMachine()
    monitor.note(outcome, of: title, at: now)
    log.say(
      outcome.exitCode == .done ? .info : .warning, "tick_ended", "\(title): \(outcome.words)",
      schedule: title)
    for part in outcome.parts {
      let account = outcome.name(of: part)
      outcome.findings(of: part).forEach { log.say($0, schedule: title, account: account) }
      guard case .finished(let finished) = part else { continue }
      log.say(finished.document, schedule: title, account: account)
      if invocation.wantsJSON { invocation.console.result(JSON.line(finished.document)) }
    }
    metrics?.write(monitor.metrics(at: now), log)
  }

  // MARK: Reloading and stopping

  /// Tells which schedules there are from now on.
  private func follow(_ work: Work) {
    monitor.follow(work.lines.map(\.entry), at: .ofThisMachine())
    monitor.keep(work.streams)
    for line in work.lines {
      let title = line.entry.title
      let next = work.timetable.nextTick(of: title).map { "next at \($0.wholeSecond)" }
      let streams = Set(line.setups.flatMap { $0.selection.map(\.stream.id) }).count
      let accounts = line.setups.count > 1 ? " of \(line.setups.count) accounts" : ""
      log.say(
        .info, "scheduled",
        "\(title): \(Figures.amount(streams, "stream"))\(accounts), \(next ?? "never")",
        schedule: title)
    }
  }

  /// Reads the configuration again; where that fails, says so and keeps what there is.
  private func reload(_ work: inout Work) {
    do {
      work.change(to: try SchedulePlan(invocation), at: .ofThisMachine())
      log.say(.info, "reloaded", "the configuration was read again")
      follow(work)
    } catch {
      Finding.all(of: error).forEach { log.say($0) }
      log.say(.error, "reload_failed", "the configuration has mistakes: the old one holds")
    }
  }

  /// Lets what runs commit what it has read, and allows it a few seconds for that.
  private func stopAll(
    _ work: Work, by signal: Int32, _ mailbox: Mailbox, in group: inout DiscardingTaskGroup
  ) {
    log.say(
      .info, "stopping", "stopping: what has been read is committed; a second signal ends at once")
    if let tick = work.tick { group.addTask { await tick.stop(by: signal) } }
    group.addTask {
      guard (try? await Task.sleep(for: ServiceSignals.grace)) != nil else { return }
      mailbox.yield(.graceOver)
    }
  }

  private typealias Mailbox = AsyncStream<Happening>.Continuation
}

/// What is to be done when, and what of it runs now.
private struct Work {
  private(set) var lines: [SchedulePlan.Line]
  var timetable: Timetable
  /// What runs now; nil if nothing does.
  var tick: Tick?

  init(_ plan: SchedulePlan, at now: Instant) {
    lines = plan.lines
    timetable = Timetable(plan.lines.map(\.entry), at: now)
  }

  /// What is read of each account, the parents of what is asked for among it.
  var streams: [String: Set<StreamDefinition.ID>] {
    lines.flatMap(\.setups).reduce(into: [:]) { streams, setup in
      guard let account = try? setup.account() else { return }
      let read = Plan.ordered(setup.selection, catalogue: setup.catalogue)
      streams[account, default: []].formUnion(read.map(\.selection.stream.id))
    }
  }

  /// Notes that what ran has ended.
  mutating func end() {
    tick = nil
    timetable.end()
  }

  /// Follows another plan; what runs goes on.
  mutating func change(to plan: SchedulePlan, at now: Instant) {
    lines = plan.lines
    timetable.replace(by: plan.lines.map(\.entry), at: now)
  }
}
