internal import Postgres

/// Something that a receiver of notifications is told of: an event, and what it is about.
public struct Alert: Sendable, Hashable {
  /// The event's word: `failure`.
  public let event: String
  /// A stream, a field of it after a dot, or nothing for the whole run.
  public let subject: String

  /// Makes an alert.
  public init(_ event: String, _ subject: String) {
    self.event = event
    self.subject = subject
  }
}

/// What a receiver is to be told now.
public struct AlertDecision: Sendable, Equatable {
  /// What is wrong and has not been told, or long ago.
  public var due: Set<Alert> = []
  /// What had been told and is right again.
  public var closed: Set<Alert> = []
  /// What was noted before: when it was told, nil for not yet; for `retract`.
  var before: [Alert: UnixMicroseconds?] = [:]

  /// Nothing.
  public init() {}
}

/// Who has been told of what: kept in the warehouse, so that several hosts do not repeat each other.
extension SideSession {
  /// Decides what a receiver is told, and notes it as told.
  ///
  /// - Parameters:
  ///   - current: what is wrong just now.
  ///   - resolved: what is known to be right.
  ///   - repeatEvery: after so long it is told again; nil: only once.
  /// - Throws: `WarehouseError`.
  public func decide(
    for target: String, current: Set<Alert>, resolved: Set<Alert>, repeatEvery: Duration?
  ) async throws -> AlertDecision {
    let account = account
    return try await with(at: "acsync.alerts") { connection in
      try await connection.transaction { transaction in
        try transaction.lock(Fingerprint(of: "acsync alerts of \(account) to \(target)").key)
        let book = AlertBook(account: account, target: target, transaction: transaction)
        var decision = AlertDecision()
        let known = try book.known(repeatEvery: repeatEvery)
        decision.before = known.mapValues(\.toldAt)
        decision.due = current.filter { known[$0]?.isDue ?? true }
        // A change of schema is found once: it stays due until it has been told.
        decision.due.formUnion(
          known.filter { $0.value.toldAt == nil }.keys.filter {
            $0.event == "schema_change"
          })
        decision.closed = resolved.filter { known[$0] != nil }
        for alert in decision.due { try book.tell(alert) }
        for alert in decision.closed { try book.forget(alert) }
        return decision
      }
    }
  }

  /// Takes back that alerts were told, or found right: they could not be sent.
  ///
  /// - Throws: `WarehouseError`.
  public func retract(
    _ alerts: Set<Alert>, of decision: AlertDecision, for target: String
  ) async throws {
    let account = account
    try await with(at: "acsync.alerts") { connection in
      try await connection.transaction { transaction in
        let book = AlertBook(account: account, target: target, transaction: transaction)
        for alert in alerts { try book.restore(alert, toldAt: decision.before[alert] ?? nil) }
      }
    }
  }
}

/// The rows of `acsync.alerts` of one receiver, in an open transaction.
private struct AlertBook {
  let account: String
  let target: String
  let transaction: Transaction

  func known(
    repeatEvery: Duration?
  ) throws -> [Alert: (toldAt: UnixMicroseconds?, isDue: Bool)] {
    let seconds = repeatEvery?.components.seconds
    var known: [Alert: (toldAt: UnixMicroseconds?, isDue: Bool)] = [:]
    for row in try transaction.query(
      """
      SELECT event, subject, told_at, told_at IS NULL OR coalesce(
        told_at + \(orNull: seconds) * interval '1 second' <= now(), false) AS is_due
      FROM acsync.alerts WHERE account = \(account) AND target = \(target)
      """)
    {
      known[Alert(try row.value("event"), try row.value("subject"))] = (
        try row["told_at"], try row.value("is_due")
      )
    }
    return known
  }

  func tell(_ alert: Alert) throws {
    try transaction.execute(
      """
      INSERT INTO acsync.alerts (account, target, event, subject, told_at)
      VALUES (\(account), \(target), \(alert.event), \(alert.subject), now())
      ON CONFLICT (account, target, event, subject) DO UPDATE SET told_at = excluded.told_at
      """)
  }

  func forget(_ alert: Alert) throws {
    try transaction.execute(
      """
      DELETE FROM acsync.alerts WHERE account = \(account) AND target = \(target)
        AND event = \(alert.event) AND subject = \(alert.subject)
      """)
  }

  func restore(_ alert: Alert, toldAt: UnixMicroseconds?) throws {
    try transaction.execute(
      """
      INSERT INTO acsync.alerts (account, target, event, subject, told_at)
      VALUES (\(account), \(target), \(alert.event), \(alert.subject), \(orNull: toldAt))
      ON CONFLICT (account, target, event, subject) DO UPDATE SET told_at = excluded.told_at
      """)
  }
}
