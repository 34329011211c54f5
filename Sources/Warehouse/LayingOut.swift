public import Catalog
internal import Postgres

/// What making a stream's table fit came to.
public struct LaidOutTable: Sendable, Hashable {
  /// Whether anything of the table had to be changed.
  public let isChanged: Bool
  /// What is worth knowing of it: what is not kept beside it, and why.
  public let notes: [String]
}

/// What `acsync migrate` does before any run: with it in place, a run needs no right but to write rows.
extension Loader {
  /// Applies the migrations the warehouse lacks, gives the roles their rights on them, and returns their
  /// names.
  public func migrate() async throws -> [String] {
    try await persistently(at: "schema acsync") { try await self.layOutState() }
  }

  /// The same, inside.
  @discardableResult
  func layOutState() async throws -> [String] {
    do {
      let applied = try await Migrations.shipped.apply(on: connection)
      _ = try await connection.query("SELECT acsync.grant_roles()")
      return applied
    } catch let error as PostgresError where error.isPermission {
      let found = try await connection.query("SELECT FROM pg_namespace WHERE nspname = 'acsync'")
      guard !found.isEmpty else { throw error }
      throw WarehouseError.ownerNeeded(at: "schema acsync", need: error.message, stopsRun: true)
    }
  }

  /// Makes a stream's table fit, as the run that takes the stream would, and reads nothing.
  ///
  /// - Returns: what that came to.
  /// - Throws: `WarehouseError`; its fault is `.streamHeld` if a run holds the stream.
  public func layOut(_ stream: StreamDefinition) async throws -> LaidOutTable {
    let (table, patience) = (table(of: stream), patience)
    let state = State(of: table, account: account)
    return try await persistently(at: table.title) {
      try await self.connection.transaction { transaction in
        // Freed with the transaction, and the same lock that runs hold for their session.
        guard try transaction.tryLock(state.lockKey) else {
          throw WarehouseError.held(table: table.title)
        }
        if let other = try state.otherAccount(in: transaction) {
          throw WarehouseError.otherAccount(table: table.title, account: other)
        }
        let fitted = try FittedTable(table, patience: patience, in: transaction)
        let reshaped = try fitted.reshape(state, patience: patience, in: transaction)
        // Rows that are there lack what the API may have.
        if fitted.changes.needsWholeRead || reshaped.isDue {
          try state.forget(in: transaction, table: table)
        }
        return LaidOutTable(
          isChanged: fitted.isOurs && !fitted.changes.statements.isEmpty || reshaped.isDue,
          notes: reshaped.unkept)
      }
    }
  }

  /// Makes the views over several accounts; returns what could not be made.
  public func makeViews(_ views: AccountViews) async throws -> [String] {
    try await persistently(at: "schema analytics") { try await views.make(on: self.connection) }
  }
}
