public import Catalog
internal import Postgres

/// What a table holds, for holding it against the account.
extension Loader {
  /// Keys of live rows in ascending order, between two keys, from the `skipping`th on.
  public func liveKeys(
    of stream: StreamDefinition, after: Int64, below: Int64?, skipping: Int64, limit: Int
  ) async throws -> [Int64] {
    let table = table(of: stream)
    return try await persistently(at: table.title) {
      try await self.connection.query(
        """
        SELECT \(table.key.quoted) AS key FROM \(table.name)
        WHERE "_deleted_at" IS NULL AND \(table.between(after, below))
        ORDER BY 1 OFFSET \(skipping) LIMIT \(limit)
        """
      ).map { try $0.value("key") }
    }
  }

  /// The highest key of a live row; nil if none lives.
  public func highestLiveKey(of stream: StreamDefinition) async throws -> Int64? {
    let table = table(of: stream)
    return try await persistently(at: table.title) {
      let rows = try await self.connection.query(
        "SELECT max(\(table.key.quoted)) AS key FROM \(table.name) WHERE \"_deleted_at\" IS NULL")
      return try onlyRow(of: rows)["key"]
    }
  }

  /// How many live rows stand before a row in the order of the stream's list; those without a place
  /// stand where their keys do.
  public func rank(of row: PlacedRow, in stream: StreamDefinition) async throws -> Int64 {
    let table = table(of: stream)
    return try await persistently(at: table.title) {
      let rows = try await self.connection.query(
        """
        SELECT count(*) AS rank FROM \(table.name)
        WHERE "_deleted_at" IS NULL AND \(table.stands(before: row))
        """)
      return try onlyRow(of: rows).value("rank")
    }
  }

  /// Live rows from one row's place in the list's order up to another's, which is not among them.
  public func liveRows(
    of stream: StreamDefinition, from: PlacedRow, upTo: PlacedRow
  ) async throws -> [PlacedRow] {
    let table = table(of: stream)
    return try await persistently(at: table.title) {
      try await self.connection.query(
        """
        SELECT \(table.key.quoted) AS key, \(table.place) AS place FROM \(table.name)
        WHERE "_deleted_at" IS NULL
          AND NOT \(table.stands(before: from)) AND \(table.stands(before: upTo))
        ORDER BY 2 NULLS FIRST, 1
        """
      ).map { PlacedRow(key: try $0.value("key"), place: try table.place(in: $0) ?? .min) }
    }
  }

  /// Live rows whose stored version came after an instant, each with that time for a place, in the
  /// order in which they came.
  public func arrived(in stream: StreamDefinition, after instant: Instant) async throws
    -> [PlacedRow]
  {
    let table = table(of: stream)
    return try await persistently(at: table.title) {
      try await self.connection.query(
        """
        SELECT \(table.key.quoted) AS key, "_synced_at" AS place FROM \(table.name)
        WHERE "_deleted_at" IS NULL AND "_synced_at" > \(instant.bound)
        ORDER BY 2, 1
        """
      ).map {
        PlacedRow(key: try $0.value("key"), place: try $0.instant("place")?.microseconds ?? .min)
      }
    }
  }

  /// The live row that changed last before an instant, with its update time for a place, in a stream
  /// that has one; nil if there is none.
  public func lastChanged(
    in stream: StreamDefinition, before: Instant
  ) async throws -> PlacedRow? {
    let table = table(of: stream)
    guard let version = table.version?.quoted else { return nil }
    return try await persistently(at: table.title) {
      try await self.connection.query(
        """
        SELECT \(table.key.quoted) AS key, \(version) AS place FROM \(table.name)
        WHERE "_deleted_at" IS NULL AND \(version) < \(before.bound)
        ORDER BY 2 DESC LIMIT 1
        """
      ).first.map {
        PlacedRow(key: try $0.value("key"), place: try $0.instant("place")?.microseconds ?? .min)
      }
    }
  }

  /// Marks rows as deleted, or removes them, as the rule says, in one transaction.
  ///
  /// - Parameter at: the service's time at which they were found to be gone.
  /// - Returns: how many there were.
  /// - Throws: `WarehouseError`; nothing is marked then.
  public func delete(
    _ keys: [Int64], of stream: StreamDefinition, by rule: DeletionRule, at time: Instant
  ) async throws -> Int {
    try await held(stream) { claim, table, transaction in
      try Deletions(state: claim.state, table: table)
        .delete(keys, by: rule, at: time, in: transaction)
    }
  }

  /// Notes that the stream's table is proven complete up to an instant.
  public func confirm(_ stream: StreamDefinition, completeSince: Instant) async throws {
    try await held(stream) { claim, table, transaction in
      try transaction.execute(
        """
        UPDATE acsync.stream_state
        SET complete_as_of = greatest(complete_as_of, \(completeSince.bound))
        WHERE account = \(claim.state.account) AND stream = \(stream.id.name)
        """)
      try claim.state.keepDay(of: table, in: transaction)
    }
  }

  /// Keeps what was found out about a stream; `claim` tells it from then on.
  public func remember(_ fact: StreamFact, of stream: StreamDefinition) async throws {
    let change: Statement =
      switch fact {
      case .filter(let finding): "filter_finding = \(finding.rawValue)"
      case .keyUser(let user): "key_user = \(user)"
      }
    try await held(stream) { claim, _, transaction in
      try transaction.execute(
        """
        UPDATE acsync.stream_state SET \(change)
        WHERE account = \(claim.state.account) AND stream = \(stream.id.name)
        """)
    }
  }

  /// Does something to a stream that this loader holds, unless another run took it since.
  @discardableResult
  private func held<Value: Sendable>(
    _ stream: StreamDefinition,
    _ work: @Sendable (Claim, Table, Transaction) throws -> Value
  ) async throws -> Value {
    let table = table(of: stream)
    return try await persistently(at: table.title) {
      guard let claim = self.claims[stream.id] else {
        throw WarehouseError.notClaimed(table: table.title)
      }
      guard claim.isLocked else { throw WarehouseError.fenced(table: table.title) }
      return try await self.connection.transaction { transaction in
        try claim.state.check(epoch: claim.epoch, in: transaction)
        return try work(claim, table, transaction)
      }
    }
  }
}

extension Table {
  /// The column whose order the stream's list is asked for in; nil for the key.
  var order: Column? {
    guard case .offset(let field?) = stream.paging else { return nil }
    return stream.columns.first { $0.field == field }
  }

  /// What gives a row's place in the order of the stream's list.
  fileprivate var place: Identifier { (order ?? key).quoted }

  /// The condition that a row stands before another.
  fileprivate func stands(before row: PlacedRow) -> Statement {
    if row == .first { return "false" }
    if row == .last { return "true" }
    guard order != nil else { return "\(place) < \(row.place)" }
    let time = Instant(microseconds: row.place).bound
    return "coalesce(\(place) < \(time), \(key.quoted) < \(row.key))"
  }

  /// A row's place as a statement gave it; nil for a row without one.
  fileprivate func place(in row: Postgres.Row) throws -> Int64? {
    order == nil ? try row["place"] : try row.instant("place")?.microseconds
  }

  /// The condition that a row's key lies between two others.
  fileprivate func between(_ after: Int64, _ below: Int64?) -> Statement {
    let above: Statement = "\(key.quoted) > \(after)"
    guard let below else { return above }
    return "\(above) AND \(key.quoted) < \(below)"
  }
}
