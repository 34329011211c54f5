public import Catalog
internal import Postgres

/// What an operator may do to what is remembered of streams: nothing of it writes a row of theirs.
extension Loader {
  /// Forgets how far streams are, so that the next run reads them whole; their rows stay.
  ///
  /// All or none, each under the lock that runs take; a paused run that wakes can no longer write.
  /// - Throws: `WarehouseError`; its fault is `.streamHeld` if a run holds one of them.
  public func reset(_ streams: [StreamDefinition]) async throws {
    let (account, tables) = (account, streams.map(table))
    try await alone(with: streams) { transaction in
      for table in tables {
        try State(of: table, account: account).forgetAll(in: transaction, table: table)
      }
    }
  }

  /// Does something to streams that no run holds, in one transaction.
  func alone<Value: Sendable>(
    with streams: [StreamDefinition], _ work: @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    let states = streams.sorted { $0.id < $1.id }
      .map { State(of: table(of: $0), account: account) }
    return try await persistently(at: "acsync.stream_state") {
      try await self.connection.transaction { transaction in
        for state in states {
          // Freed with the transaction, and the same lock that runs hold for their session.
          guard try transaction.tryLock(state.lockKey) else {
            throw WarehouseError.held(table: state.title)
          }
        }
        return try work(transaction)
      }
    }
  }
}

extension State {
  /// Forgets progress, and what was found out on the way.
  ///
  /// Whose key it was stays: it keeps rows from being taken for gone.
  func forgetAll(in transaction: Transaction, table: Table) throws {
    if try table.exists(in: transaction) { try forget(in: transaction, table: table) }
    try transaction.execute(
      """
      UPDATE acsync.stream_state
      SET epoch = epoch + 1, last_batch = 0, known_shortage = 0, filter_finding = NULL
      WHERE account = \(account) AND stream = \(stream.name)
      """)
    for table in ["missing_rows", "older_rows"] {
      try transaction.execute(
        """
        DELETE FROM \(Identifier("acsync", table))
        WHERE account = \(account) AND stream = \(stream.name)
        """)
    }
  }
}

extension Table {
  /// Whether the database has it.
  func exists(in transaction: Transaction) throws -> Bool {
    let rows = try transaction.query("SELECT to_regclass(\(name.quoted)) IS NOT NULL AS is_there")
    return try onlyRow(of: rows).value("is_there")
  }
}
