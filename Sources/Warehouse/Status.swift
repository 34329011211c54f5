public import Catalog
internal import Postgres

/// What is known of a stream, for a person who asks how it stands.
public struct StreamStatus: Sendable {
  /// The stream.
  public let stream: StreamDefinition.ID
  /// What the next run starts from: floor, unfinished walk, live rows, last success.
  public let state: StreamState
  /// The server's time up to which the table is known to be complete; nil before the first success.
  public let completeAsOf: Instant?
  /// Values kept in `acsync.rejected_rows`.
  public let rejected: Int
  /// How the last run that reached it ended; nil if none did, or that run was killed.
  public let lastOutcome: Outcome?
  /// Why it did not end well.
  public let lastMessage: String?
  /// How many rows it found gone from the account.
  public let lastDeleted: Int
  /// What is worth knowing although it ended well.
  public let lastNote: String?
  /// When it ended, by the warehouse's clock.
  public let lastFinishedAt: Instant?
}

/// One run, as the warehouse recorded it.
public struct RunStatus: Sendable {
  /// Its number.
  public let id: Int64
  /// The version of the program.
  public let version: String
  /// The streams that were selected.
  public let streams: [StreamDefinition.ID]
  /// When it began, by the warehouse's clock.
  public let startedAt: Instant
  /// When it ended; nil while it runs, and if it was killed.
  public let finishedAt: Instant?
  /// How it ended.
  public let outcome: Outcome?
  /// What the process exited with.
  public let exitCode: Int?
  /// Requests it sent, retries included.
  public let requests: Int?
  /// Why it ended early.
  public let message: String?
}

/// Reading, none of which writes to the warehouse; all of it works before the first migration.
extension Loader {
  /// How far the account's streams are, by name; those no run ever took are not among them.
  public func states() async throws -> [StreamDefinition.ID: StreamState] {
    try await persistently(at: "acsync.stream_state") { try await self.readStates() }
  }

  /// How the account's streams stand, in the order of their names.
  public func status() async throws -> [StreamStatus] {
    try await persistently(at: "acsync.stream_state") {
      let states = try await self.readStates()
      guard !states.isEmpty else { return [] }
      return try await self.connection.query(Self.statusQuery(self.account)).compactMap { row in
        let stream = StreamDefinition.ID(try row.value("stream"))
        return try states[stream].map { try StreamStatus(row, stream, $0) }
      }
    }
  }

  /// The account's last runs, newest first.
  public func recentRuns(atMost count: Int) async throws -> [RunStatus] {
    try await persistently(at: "acsync.runs") {
      guard try await self.isLaidOut() else { return [] }
      let rows = try await self.connection.query(
        """
        SELECT id, version, array_to_string(streams, ' ') AS streams, started_at, finished_at,
          outcome, exit_code, requests, message
        FROM acsync.runs WHERE account = \(self.account) ORDER BY id DESC LIMIT \(count)
        """)
      return try rows.map { try RunStatus($0) }
    }
  }

  /// The migrations the warehouse lacks, by name.
  public func pendingMigrations() async throws -> [String] {
    try await persistently(at: "schema acsync") {
      try await Migrations.shipped.pending(on: self.connection).map(\.name)
    }
  }

  /// The server's version as a person writes it: `15.4`.
  public func serverVersion() async throws -> String {
    try await persistently(at: "the warehouse") {
      Self.spelled(try await self.connection.serverVersion)
    }
  }

  /// The time by the warehouse's clock.
  public func now() async throws -> Instant {
    try await persistently(at: "the warehouse") {
      let rows = try await self.connection.query("SELECT clock_timestamp() AS now")
      return Instant(try onlyRow(of: rows).value("now"))
    }
  }

  /// The server and database, without password: `user@host:5432/database`.
  public nonisolated var place: String { connection.place }

  // MARK: Inside

  func isLaidOut() async throws -> Bool {
    let rows = try await connection.query(
      "SELECT to_regclass('acsync.stream_state') IS NOT NULL AS is_there")
    return try rows.first?.value("is_there") ?? false
  }

  private func readStates() async throws -> [StreamDefinition.ID: StreamState] {
    guard try await isLaidOut() else { return [:] }
    let account = account
    // One snapshot, so that no state is read beside the segments of a later one.
    return try await connection.transaction(isolation: .repeatableRead) { transaction in
      var segments: [String: [Segment]] = [:]
      for row in try transaction.query(State.segmentsQuery(account: account)) {
        segments[try row.value("stream"), default: []].append(try Segment(row))
      }
      var states: [StreamDefinition.ID: StreamState] = [:]
      for row in try transaction.query(State.query(account: account)) {
        let name: String = try row.value("stream")
        states[StreamDefinition.ID(name)] =
          try StreamState(row, segments: segments[name, default: []])
      }
      return states
    }
  }

  private static func statusQuery(_ account: String) -> Statement {
    """
    SELECT s.stream, s.complete_as_of, r.outcome, r.message, r.note,
      coalesce(r.deleted, 0) AS deleted, r.finished_at,
      (SELECT count(*) FROM acsync.rejected_rows v
        WHERE v.account = s.account AND v.stream = s.stream) AS rejected
    FROM acsync.stream_state s
    LEFT JOIN LATERAL (
      SELECT outcome, message, note, deleted, finished_at FROM acsync.stream_runs
      WHERE account = s.account AND stream = s.stream
      ORDER BY run DESC LIMIT 1
    ) r ON true
    WHERE s.account = \(account)
    ORDER BY s.stream
    """
  }
}

extension StreamStatus {
  fileprivate init(
    _ row: Postgres.Row, _ stream: StreamDefinition.ID, _ state: StreamState
  ) throws {
    let outcome: String? = try row["outcome"]
    self.init(
      stream: stream, state: state, completeAsOf: try row.instant("complete_as_of"),
      rejected: try row.value("rejected"), lastOutcome: outcome.flatMap(Outcome.init(rawValue:)),
      lastMessage: try row["message"], lastDeleted: try row.value("deleted"),
      lastNote: try row["note"], lastFinishedAt: try row.instant("finished_at"))
  }
}

extension RunStatus {
  init(_ row: Postgres.Row) throws {
    let outcome: String? = try row["outcome"]
    let streams: String = try row.value("streams")
    self.init(
      id: try row.value("id"), version: try row.value("version"),
      streams: streams.split(separator: " ").map { StreamDefinition.ID(String($0)) },
      startedAt: Instant(try row.value("started_at")), finishedAt: try row.instant("finished_at"),
      outcome: outcome.flatMap(Outcome.init(rawValue:)), exitCode: try row["exit_code"],
      requests: try row["requests"], message: try row["message"])
  }
}
