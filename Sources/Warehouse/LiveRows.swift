public import Catalog
internal import Postgres

/// What a table holds, for holding it against the account.
extension Loader {
  /// How many rows live with keys above `after` and, where given, below `below`.
  public func liveCount(
    of stream: StreamDefinition, after: Int64, below: Int64?
  ) async throws -> Int64 {
    let table = Table(of: stream)
    return try await persistently(at: table.title) {
      let rows = try await self.connection.query(
        """
        SELECT count(*) AS live FROM \(table.name)
        WHERE "_deleted_at" IS NULL AND \(table.between(after, below))
        """)
      return try onlyRow(of: rows).value("live")
    }
  }

  /// Keys of live rows in ascending order, between two keys, from the `skipping`th on.
  public func liveKeys(
    of stream: StreamDefinition, after: Int64, below: Int64?, skipping: Int64, limit: Int
  ) async throws -> [Int64] {
    let table = Table(of: stream)
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
    let table = Table(of: stream)
    return try await persistently(at: table.title) {
      let rows = try await self.connection.query(
        "SELECT max(\(table.key.quoted)) AS key FROM \(table.name) WHERE \"_deleted_at\" IS NULL")
      return try onlyRow(of: rows)["key"]
    }
  }

  /// Live rows in the order of the stream's list, from the `skipping`th on, without some.
  public func liveRows(
    of stream: StreamDefinition, without: [Int64], skipping: Int64, limit: Int
  ) async throws -> [PlacedRow] {
    let table = Table(of: stream)
    let place = table.order?.quoted ?? table.key.quoted
    return try await persistently(at: table.title) {
      try await self.connection.query(
        """
        SELECT \(table.key.quoted) AS key, \(place) AS place FROM \(table.name)
        WHERE "_deleted_at" IS NULL AND \(table.key.quoted) <> ALL (\(without))
        ORDER BY 2 NULLS FIRST, 1 OFFSET \(skipping) LIMIT \(limit)
        """
      ).map { row in
        let key: Int64 = try row.value("key")
        guard table.order != nil else { return PlacedRow(key: key, place: key) }
        return PlacedRow(key: key, place: try row.instant("place")?.microseconds ?? .min)
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
    try await held(stream) { claim, _, transaction in
      try transaction.execute(
        """
        UPDATE acsync.stream_state
        SET complete_as_of = greatest(complete_as_of, \(completeSince.bound))
        WHERE account = \(claim.state.account) AND stream = \(stream.id.name)
        """)
    }
  }

  /// Keeps what the stream's filter on changes was found to do; `claim` tells it from then on.
  public func remember(_ finding: FilterFinding, of stream: StreamDefinition) async throws {
    try await held(stream) { claim, _, transaction in
      try transaction.execute(
        """
        UPDATE acsync.stream_state SET filter_finding = \(finding.rawValue)
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
    let table = Table(of: stream)
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

  /// The condition that a row's key lies between two others.
  fileprivate func between(_ after: Int64, _ below: Int64?) -> Statement {
    let above: Statement = "\(key.quoted) > \(after)"
    guard let below else { return above }
    return "\(above) AND \(key.quoted) < \(below)"
  }
}
