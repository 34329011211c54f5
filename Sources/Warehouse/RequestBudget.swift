internal import Catalog
internal import Postgres

/// One process's part in the budget of an account, which all processes share through the warehouse.
///
/// It has a session of its own, or shares one with the process's parts in other accounts. Alone, it renews the whole budget in the background, so that no
/// request waits for the database; among others, it asks for each start.
public actor RequestBudget {
  /// What is shared.
  public struct Settings: Sendable {
    /// What progress is kept under: processes that name the same account share its budget.
    public var account: String
    /// How many requests may start in a second, over all processes.
    public var requestsPerSecond: Double
    /// How many requests may be in flight, over all processes.
    public var concurrency: Int
    /// How often to try again when the warehouse is disturbed.
    public var patience = Patience()

    /// Makes settings.
    public init(account: String, requestsPerSecond: Double, concurrency: Int) {
      self.account = account
      self.requestsPerSecond = requestsPerSecond
      self.concurrency = concurrency
    }
  }

  /// How often a lease is renewed.
  private static let renewalInterval = Duration.seconds(1)
  /// After how long without a request the others get all of it.
  private static let idleTime = Duration.seconds(2)
  /// How soon a request has to start that was let start by the whole budget.
  private static let promptness = Duration.milliseconds(50)
  /// How late a start may come to be on a machine that is not busy.
  private static let leastTolerance = Duration.milliseconds(15)
  /// A machine that is busy doubles its tolerance up to this.
  private static let mostTolerance = Duration.milliseconds(250)

  private let settings: Settings
  private let session: RequestSession
  /// Whether the session is another's, who ends it.
  private let isGuest: Bool
  private let ledger: RequestLedger
  private let holder = Int64.random(in: 1...Int64.max)
  private let clock = ContinuousClock()
  private let turns = Turns()
  private var renewal: Task<Void, Never>?
  private var report: Task<Void, Never>?

  private var standing = Standing.none
  /// Requests that were let start and have not ended.
  private var inFlight = 0
  /// When the last request started at the latest.
  private var lastStart: ContinuousClock.Instant?
  /// How many requests in flight the database was last told of.
  private var told = 0
  /// How many wait to start one.
  private var takers = 0
  private var lastUse = ContinuousClock.now
  private var tolerance = RequestBudget.leastTolerance
  private var lead = Duration.milliseconds(5)
  private var isClosed = false

  private enum Standing: Equatable {
    /// Nothing, or the right to ask for single starts.
    case none
    /// Everything, up to then.
    case whole(until: ContinuousClock.Instant)
  }

  /// What came of asking for a start.
  private enum Reply {
    case ask
    case wait(Duration)
    case slot(earliest: ContinuousClock.Instant, latest: ContinuousClock.Instant)
  }

  /// Readies a part in the budget; it connects when the first request wants to start.
  ///
  /// - Parameters:
  ///   - session: Where the budget is kept.
  ///   - isShared: Whether other budgets are kept on it too: then closing this one leaves it open.
  public init(_ settings: Settings, on session: RequestSession, isShared: Bool = false) {
    self.settings = settings
    self.session = session
    isGuest = isShared
    ledger = RequestLedger(account: settings.account)
  }

  // MARK: Requests

  /// Waits until one more request may start.
  ///
  /// - Returns: when at the latest it has to start; once that has passed, ask again.
  /// - Throws: `WarehouseError` if the database cannot be asked, after some attempts;
  ///   `CancellationError`.
  public func take() async throws -> ContinuousClock.Instant {
    takers += 1
    defer {
      takers -= 1
      lastUse = clock.now
    }
    keepRenewing()
    while true {
      try Task.checkCancellation()
      if let latest = takeOfWhole() { return latest }
      switch try await persistently({ try await self.ask(.start) }) {
      case .ask: continue
      case .wait(let duration): try await Task.sleep(for: duration, tolerance: .zero, clock: clock)
      case .slot(let earliest, let latest):
        if try await isReached(earliest, before: latest) { return latest }
      }
    }
  }

  /// Hears that a request it let start has ended, or was not sent after all.
  public func ended() {
    inFlight -= 1
    lastUse = clock.now
    if case .whole = standing { return }
    // Others may wait for its place.
    guard report == nil, !isClosed else { return }
    report = Task { [weak self] in await self?.reportEnds() }
  }

  /// Gives back what is held, and ends the session.
  public func close() async {
    isClosed = true
    renewal?.cancel()
    report?.cancel()
    await leave()
    if !isGuest { await session.end() }
  }

  private func takeOfWhole() -> ContinuousClock.Instant? {
    guard case .whole(let until) = standing, clock.now < until else { return nil }
    let latest = min(until, clock.now + Self.promptness)
    inFlight += 1
    lastStart = latest
    return latest
  }

  /// Waits for a slot; false if it was missed, and is lost.
  private func isReached(
    _ earliest: ContinuousClock.Instant, before latest: ContinuousClock.Instant
  ) async throws -> Bool {
    do {
      try await Task.sleep(until: earliest, tolerance: .zero, clock: clock)
    } catch {
      ended()
      throw error
    }
    if clock.now < latest { return true }
    tolerance = min(Self.mostTolerance, tolerance * 2)
    ended()
    return false
  }

  // MARK: Asking

  /// Asks the database, in turn; what it says holds from here on.
  private func ask(_ purpose: RequestBook.Purpose) async throws -> Reply {
    await turns.take()
    do {
      let reply = try await askInTurn(purpose)
      await turns.pass()
      return reply
    } catch {
      await turns.pass()
      throw error
    }
  }

  private func askInTurn(_ purpose: RequestBook.Purpose) async throws -> Reply {
    try await session.begin()
    if case .leave = purpose {
      // Somebody may have come since.
      if takers > 0, !isClosed { return .ask }
      standing = .none
    }
    let call = call(for: purpose)
    let entry = try await session.answer(call, by: ledger)
    lead = min(RequestBook.maxTolerance, max(.milliseconds(5), (clock.now - entry.after) * 1.5))
    told = call.inFlight
    return heard(entry)
  }

  private func call(for purpose: RequestBook.Purpose) -> RequestBook.Call {
    var call = RequestBook.Call(
      holder: holder, rate: RequestRate(perSecond: settings.requestsPerSecond),
      concurrency: settings.concurrency, purpose: purpose)
    call.inFlight = inFlight
    call.isWaiting = takers > 0
    if case .whole(let until) = standing { call.usesWhole = clock.now < until }
    // What was let start may start a moment after now: then this is negative.
    call.sinceLastStart = lastStart.map { clock.now - $0 }
    call.tolerance = tolerance
    call.lead = lead
    return call
  }

  private func heard(_ entry: RequestLedger.Entry) -> Reply {
    // The database read its clock between the two: of both bounds the one that is on the safe side.
    let uncertainty = entry.after - entry.before
    tolerance = max(tolerance, min(RequestBook.maxTolerance, uncertainty * 2 + Self.leastTolerance))
    switch entry.grant {
    case .whole(let until):
      standing = .whole(until: entry.before + (until - entry.time))
      return .ask
    case .handOver:
      standing = .none
      return .ask
    case .wait(let duration):
      standing = .none
      return .wait(duration)
    case .slot(let slot, let tolerance):
      standing = .none
      inFlight += 1
      told += 1
      let wait = slot - entry.time
      let latest = entry.before + wait + tolerance
      lastStart = latest
      return .slot(earliest: entry.after + wait, latest: latest)
    }
  }

  // MARK: Renewing

  private func keepRenewing() {
    guard renewal == nil, !isClosed else { return }
    renewal = Task { [weak self] in
      while !Task.isCancelled {
        do { try await Task.sleep(for: Self.renewalInterval) } catch { return }
        guard await self?.renew() == true else { return }
      }
    }
  }

  /// Renews what is held; false once it was given back, since nothing is sent.
  private func renew() async -> Bool {
    guard inFlight > 0 || takers > 0 || clock.now - lastUse < Self.idleTime else {
      renewal = nil
      await leave()
      return false
    }
    _ = await tellOthers()
    return true
  }

  /// Tells of requests that have ended, until there is nothing new to tell.
  private func reportEnds() async {
    while told != inFlight, standing == .none, !isClosed {
      guard await tellOthers() else { break }
    }
    report = nil
  }

  /// Tells how many requests are in flight, and hears whether there are others; false if it could
  /// not.
  private func tellOthers() async -> Bool {
    do {
      // Told to hand over, it has to say that it did.
      if case .ask = try await ask(.renewal), standing == .none { _ = try await ask(.renewal) }
      return true
    } catch {
      // The lease ends by itself then; who wants to start a request asks again, and hears why not.
      return false
    }
  }

  private func leave() async {
    guard await session.isBegun else { return }
    do { _ = try await ask(.leave) } catch {
      // What is held ends by itself.
    }
  }

  /// Does the work, again where the session is lost or others stand in the way.
  private func persistently<Value>(_ work: () async throws -> Value) async throws -> Value {
    var failures = 0
    while true {
      do {
        return try await work()
      } catch let error as PostgresError {
        failures += 1
        guard error.mayPass, failures < settings.patience.reconnects else {
          throw WarehouseError.refused(error, at: "the account's shared budget")
        }
        if error.kind == .connectionLost { await session.end() }
        try await Task.sleep(for: settings.patience.delay(after: failures))
      }
    }
  }
}
