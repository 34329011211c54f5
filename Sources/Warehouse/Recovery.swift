internal import Catalog
internal import Postgres

/// How often and how long a loader tries again before it gives up.
public struct Patience: Sendable, Hashable {
  /// Attempts to go on after the session was lost, over about half a minute.
  public var reconnects = 8
  /// Attempts at a transaction that others stood in the way of.
  public var repeats = 5
  /// Attempts to take a stream that another session holds, over about two seconds.
  public var lockAttempts = 8
  /// The wait before the second attempt; doubled before each one after it.
  public var firstDelay = Duration.milliseconds(250)
  /// The longest wait between two attempts.
  public var longestDelay = Duration.seconds(8)
  /// How long a change to a table may wait for those who read it.
  public var tableLock = Duration.seconds(5)
  /// How long anything else may wait for a lock.
  public var anyLock = Duration.seconds(30)

  /// The usual patience.
  public init() {}

  /// How long to wait after a number of failed attempts.
  func delay(after failures: Int) -> Duration {
    min(longestDelay, firstDelay * (1 << min(failures - 1, 20)))
  }
}

extension Duration {
  /// This duration in whole milliseconds, the rest cut off.
  var milliseconds: Int64 { microseconds / 1000 }
}

/// Which process of the server a session is; a process id alone is used again.
struct SessionIdentity: Sendable, Hashable {
  let processID: Int
  let startedAt: UnixMicroseconds
}

extension Loader {
  /// No statement of ours takes as long; one that does is stuck.
  private static let statementTimeout = "1h"
  /// Holds a batch of 100 pages in memory on the server; staging it on disk costs a fifth more.
  private static let stagingBuffers = "32MB"
  /// The oldest server whose SQL is spoken here: 13.0.
  private static let oldestServer = 130_000

  /// Opens a session with the warehouse; writes nothing.
  ///
  /// - Parameters:
  ///   - uri: A libpq URI; empty for libpq's `PG*` variables.
  ///   - account: What progress is kept under; the same account has to be named the same always.
  ///   - schema: Where the account's tables lie; no other account's lie there.
  ///   - applicationName: The name in `pg_stat_activity`.
  ///   - patience: How often to try again when the warehouse is disturbed.
  /// - Throws: `WarehouseError` if it cannot be reached, or is too old.
  public static func open(
    uri: String, account: String, schema: String = "activecampaign", applicationName: String,
    patience: Patience = Patience()
  ) async throws -> Loader {
    do {
      let connection = try await Connection.open(uri, applicationName: applicationName)
      let version = try await connection.serverVersion
      guard version >= oldestServer else {
        throw WarehouseError.oldServer(version: spelled(version), at: connection.place)
      }
      let loader = Loader(
        account: account, schema: schema, connection: connection, patience: patience)
      try await loader.settle()
      try await connection.becomeOwner()
      return loader
    } catch let error as PostgresError {
      throw WarehouseError.refused(error, at: "the warehouse")
    }
  }

  /// `150004` as `15.4`.
  static func spelled(_ version: Int) -> String { "\(version / 10_000).\(version % 10_000)" }

  /// Ends the session, and lets go of the streams it still holds.
  public func close() async {
    // Not left to the session's end, which the server notices only a moment later.
    for claim in claims.values where claim.isLocked { await unlock(claim.state) }
    await releaseReserved()
    await connection.close()
    claims = [:]
  }

  /// Does the work in its turn, and again where the session is lost or others stand in the way.
  ///
  /// Each a limited number of times. The work must be such that doing it twice does no harm.
  func persistently<Value: Sendable>(
    at place: String, _ work: () async throws -> Value
  ) async throws -> Value {
    await turns.take()
    do {
      let value = try await attempt(at: place, work)
      await turns.pass()
      return value
    } catch {
      await turns.pass()
      throw error
    }
  }

  private func attempt<Value: Sendable>(
    at place: String, _ work: () async throws -> Value
  ) async throws -> Value {
    var losses = 0
    var repeats = 0
    while true {
      do {
        if await !connection.isUsable { try await reopen() }
        return try await work()
      } catch let error as PostgresError {
        switch error.kind {
        case .connectionLost, .cannotConnect: losses += 1
        case .server where error.isRetryable || error.isLockNotAvailable: repeats += 1
        default: throw WarehouseError.refused(error, at: place)
        }
        guard losses < patience.reconnects, repeats < patience.repeats else {
          throw WarehouseError.refused(error, at: place)
        }
        if error.kind == .connectionLost { await connection.close() }
        try await Task.sleep(for: patience.delay(after: losses + repeats))
      }
    }
  }

  // MARK: The session

  /// Readies a new session for what is done on it.
  func settle() async throws {
    try await connection.script(
      """
      SET search_path = pg_catalog; SET client_min_messages = warning;
      SET temp_buffers = '\(Self.stagingBuffers)';
      SET lock_timeout = '\(patience.anyLock.milliseconds)ms';
      SET statement_timeout = '\(Self.statementTimeout)'
      """)
    let rows = try await connection.query(
      "SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()")
    let startedAt: UnixMicroseconds? = try rows.first?["backend_start"]
    let processID = try await connection.processID
    session = startedAt.map { SessionIdentity(processID: processID, startedAt: $0) }
    staged = []
    reserved = []
  }

  private func reopen() async throws {
    let lost = session
    do {
      try await connection.reconnect()
      try await settle()
      if let lost, !claims.isEmpty { try await end(lost) }
      // Not before: only the role that logged in may end its own session.
      try await connection.becomeOwner()
      for (stream, claim) in claims {
        claims[stream]?.isLocked = try await connection.tryLock(claim.state.lockKey)
      }
    } catch {
      // A session without its locks is of no use; the next attempt begins anew.
      await connection.close()
      session = lost
      throw error
    }
  }

  /// Ends what is left of a session on the server, which may not have noticed that we are gone and
  /// would keep our own locks from us.
  private func end(_ lost: SessionIdentity) async throws {
    try await connection.execute(
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE pid = \(lost.processID) AND backend_start = \(lost.startedAt)
      """)
    for _ in 0..<patience.reconnects {
      let rows = try await connection.query(
        """
        SELECT FROM pg_stat_activity
        WHERE pid = \(lost.processID) AND backend_start = \(lost.startedAt)
        """)
      if rows.isEmpty { return }
      try await Task.sleep(for: patience.firstDelay)
    }
  }

  // MARK: Locks

  /// Takes the stream's lock; a stream held already is not locked twice.
  ///
  /// Tries for a moment, since the server takes one to notice that a killed run is gone.
  func lock(_ state: State) async throws -> Bool {
    if let claim = claims[state.stream], claim.isLocked { return true }
    if reserved.remove(state.stream) != nil { return true }
    for _ in 1..<patience.lockAttempts {
      if try await connection.tryLock(state.lockKey) { return true }
      try await Task.sleep(for: patience.firstDelay)
    }
    return try await connection.tryLock(state.lockKey)
  }

  /// Lets the stream's lock go.
  func unlock(_ state: State) async {
    do {
      try await connection.unlock(state.lockKey)
    } catch {
      // It could only fail with the session, and then the lock is gone as well.
    }
  }
}

/// Lets one caller through at a time, in the order of their coming: what one does on the session
/// is done before the next begins.
actor Turns {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Waits for the caller's turn.
  func take() async {
    guard isTaken else {
      isTaken = true
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  /// Ends the caller's turn.
  func pass() {
    if waiting.isEmpty {
      isTaken = false
    } else {
      waiting.removeFirst().resume()
    }
  }
}
