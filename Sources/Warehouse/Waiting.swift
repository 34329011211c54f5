public import Catalog
internal import Postgres

extension Loader {
  /// How often it is tried to take the streams.
  private static let waitInterval = Duration.milliseconds(500)

  /// Waits until no other run holds any of the streams, and keeps them for `claim`.
  ///
  /// It takes all or none, so that two runs that wait for each other's streams cannot block each
  /// other, whatever the order of theirs.
  /// - Parameters:
  ///   - longest: For how long; at least one attempt is made.
  ///   - onWait: Hears once which stream it waits for, if it has to wait.
  /// - Returns: whether they are this run's now.
  /// - Throws: `WarehouseError`, `CancellationError`.
  public func wait(
    for streams: [StreamDefinition.ID], atMost longest: Duration,
    onWait: @Sendable (StreamDefinition.ID) -> Void = { _ in }
  ) async throws -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + longest
    let states = streams.sorted().map { State(of: $0, in: schema, account: account) }
    var isTold = false
    while true {
      let obstacle = try await persistently(at: "the streams of a run") {
        try await self.reserve(states)
      }
      guard let obstacle else { return true }
      if !isTold { onWait(obstacle) }
      isTold = true
      guard clock.now < end else { return false }
      // Two runs that tried in step would find each other in the way again and again.
      let chance = Double.random(in: 0.5..<1.5)
      try await Task.sleep(for: min(Self.waitInterval * chance, end - clock.now))
    }
  }

  /// Takes the locks of all streams, or none; returns the first one that another run holds.
  private func reserve(_ states: [State]) async throws -> StreamDefinition.ID? {
    for state in states where !reserved.contains(state.stream) {
      guard try await connection.tryLock(state.lockKey) else {
        await releaseReserved()
        return state.stream
      }
      reserved.insert(state.stream)
    }
    return nil
  }

  /// Lets go of the streams that are kept for a `claim` that has not come.
  func releaseReserved() async {
    for stream in reserved { await unlock(State(of: stream, in: schema, account: account)) }
    reserved = []
  }

  /// Whether no other process has come first to a warehouse that is not laid out yet, for as long as
  /// that one's session lasts.
  ///
  /// - Throws: `WarehouseError`.
  public func isFirstComer() async throws -> Bool {
    try await persistently(at: "a new warehouse") {
      try await self.connection.tryLock(
        Fingerprint(of: "acsync first comer of \(self.account)").key)
    }
  }
}
