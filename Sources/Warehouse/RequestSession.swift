internal import Postgres

/// The session on which a process keeps its parts in the budgets of one or of several accounts.
public actor RequestSession {
  private let uri: String
  private let applicationName: String
  private var connection: Connection?
  private let turns = Turns()

  /// Readies a session; it connects when the first request wants to start.
  ///
  /// - Parameter uri: A libpq URI; empty for libpq's `PG*` variables.
  public init(uri: String, applicationName: String) {
    self.uri = uri
    self.applicationName = applicationName
  }

  /// Whether there was a session, and it was not ended.
  var isBegun: Bool { connection != nil }

  /// Opens a session where there is none, or where it was lost.
  func begin() async throws {
    // In turn: when the server comes back, fifty accounts open one session, and not fifty.
    await turns.take()
    do {
      try await open()
      await turns.pass()
    } catch {
      await turns.pass()
      throw error
    }
  }

  private func open() async throws {
    if let connection, await connection.isUsable { return }
    connection = nil
    let opened = try await Connection.open(uri, applicationName: applicationName)
    do {
      // A process that is paused between two statements must not keep the book from the others.
      try await opened.script(
        """
        SET search_path = pg_catalog; SET client_min_messages = warning;
        SET lock_timeout = '10s'; SET statement_timeout = '20s';
        SET idle_in_transaction_session_timeout = '2s'
        """)
    } catch {
      await opened.close()
      throw error
    }
    connection = opened
  }

  /// Answers a call by an account's book.
  func answer(
    _ call: RequestBook.Call, by ledger: RequestLedger
  ) async throws -> RequestLedger.Entry {
    guard let connection else { throw RequestLedger.noBook }
    return try await connection.transaction { try ledger.answer(call, in: $0) }
  }

  /// Ends the session, if there is one.
  public func end() async {
    await connection?.close()
    connection = nil
  }
}

extension PostgresError {
  /// Whether the same may succeed a little later.
  var mayPass: Bool {
    switch kind {
    case .connectionLost, .cannotConnect, .cancelled: true
    case .server: isRetryable || isLockNotAvailable
    case .client: false
    }
  }
}
