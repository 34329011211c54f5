public import Catalog
internal import Postgres

/// A session beside the loader's own: for what users have done in the warehouse, and for what is
/// remembered of notifications.
///
/// It is opened when it is first used, and opened anew where it was lost.
public actor SideSession {
  let account: String
  /// The schema of the account's tables.
  let schema: String
  private let uri: String
  private let applicationName: String
  private var connection: Connection?

  /// Readies a session; connects to nothing yet.
  ///
  /// - Parameters:
  ///   - uri: What libpq connects with.
  ///   - account: What the account's progress is kept under.
  public init(uri: String, account: String, schema: String, applicationName: String) {
    self.uri = uri
    self.schema = schema
    self.account = account
    self.applicationName = applicationName
  }

  /// Ends the session.
  public func close() async {
    await connection?.close()
    connection = nil
  }

  /// Does the work on the session; what PostgreSQL refuses is told as our own error.
  func with<Value: Sendable>(
    at place: String, _ work: (Connection) async throws -> Value
  ) async throws -> Value {
    do {
      let open = try await opened()
      return try await work(open)
    } catch let error as PostgresError {
      if error.kind == .connectionLost { connection = nil }
      throw WarehouseError.refused(error, at: place)
    }
  }

  private func opened() async throws -> Connection {
    // A session that was idle for long may be gone without its being known yet; asked here, nothing
    // of a user's is done twice.
    if let connection, (try? await connection.execute("SELECT")) != nil { return connection }
    let opened = try await Connection.open(uri, applicationName: applicationName)
    connection = opened
    return opened
  }

  // MARK: What users have done

  /// Runs one statement in a transaction of its own.
  ///
  /// - Parameters:
  ///   - values: what its variables hold; they are bound, never pasted.
  ///   - timeout: how long the server may take.
  /// - Throws: `WarehouseError`.
  public func run(
    _ text: TextTemplate, _ values: [HookVariable: HookValue], timeout: Duration, at place: String
  ) async throws {
    try await with(at: place) { connection in
      _ = try await connection.transaction { transaction in
        try transaction.limit(to: timeout)
        try transaction.execute(Statement(text, values))
      }
    }
  }

  /// Whether a query gives true, or no row.
  ///
  /// - Returns: nil if it does; else how many rows it gave, 1 for one that is false or null.
  /// - Throws: `WarehouseError`.
  public func failure(
    of text: TextTemplate, _ values: [HookVariable: HookValue], timeout: Duration, at place: String
  ) async throws -> Int? {
    try await with(at: place) { connection in
      try await connection.transaction { transaction in
        try transaction.script("SET TRANSACTION READ ONLY")
        try transaction.limit(to: timeout)
        let rows = try transaction.query(Statement(text, values))
        guard let first = rows.first else { return nil }
        let value: String? = rows.columns.count == 1 ? try first[0] : nil
        return rows.count == 1 && value == "t" ? nil : rows.count
      }
    }
  }
}

extension Transaction {
  /// Lets the server take no longer than this for any statement of the transaction.
  func limit(to timeout: Duration) throws {
    try script("SET LOCAL statement_timeout = '\(max(1, timeout.milliseconds))ms'")
  }
}

extension Statement {
  /// A user's statement, its variables bound.
  init(_ template: TextTemplate, _ values: [HookVariable: HookValue]) {
    self = template.pieces.map { piece -> Statement in
      switch piece {
      case .text(let text): return Statement(raw: text)
      case .variable(let variable):
        return switch values[variable] ?? .text(nil) {
        case .text(let text): "\(orNull: text)"
        case .number(let number): "\(orNull: number)"
        case .time(let instant): "\(orNull: instant?.bound)"
        }
      }
    }.joined(separator: "")
  }
}
