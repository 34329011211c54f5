public import Catalog
internal import Postgres

/// Views in schema `analytics` with a typed column for each custom field: `contacts_wide`, `deals_wide`,
/// `accounts_wide`.
///
/// The rows' own columns come straight from their table; those of the fields from tables in schema
/// `acsync`, which are filled after a run for the rows whose values changed.
extension Loader {
  /// Brings those views up to date that streams of a run are part of.
  ///
  /// It never fails: the rows are in their tables whatever becomes of the views, and the next run tries
  /// again. There is a view once the rows, the fields and their values have all been read.
  ///
  /// - Parameters:
  ///   - streams: those that took part in the run.
  ///   - catalogue: every stream there is, as its table is wanted.
  /// - Returns: what stood in the way, by the stream whose view it is.
  public func makeWideViews(
    after streams: Set<StreamDefinition.ID>, of catalogue: [StreamDefinition]
  ) async -> [StreamDefinition.ID: String] {
    var notes: [StreamDefinition.ID: String] = [:]
    for source in WideSource.all where !streams.isDisjoint(with: source.streams) {
      let title = "analytics.\(source.viewName(for: schema))"
      do {
        notes[source.owners] = try await makeWideView(of: source, catalogue, at: title)
      } catch is CancellationError {
        break
      } catch let error as WarehouseError {
        notes[source.owners] = "\(title) is not up to date: \(error.explanation.what)"
      } catch {
        notes[source.owners] = "\(title) is not up to date: \(error)"
      }
    }
    return notes
  }

  private func makeWideView(
    of source: WideSource, _ catalogue: [StreamDefinition], at title: String
  ) async throws -> String? {
    let (schema, patience) = (schema, patience)
    let laidOut = try await wide(source, catalogue, at: title) { tables, record, transaction in
      guard tables.areThere, record != nil || tables.areWhole else { return Laid.done(note: nil) }
      guard tables.lacking.isEmpty else {
        return .done(note: "\(title) needs \(tables.lacking.joined(separator: ", "))")
      }
      let isOwner = try transaction.isOwner(of: "acsync")
      guard isOwner || record != nil else {
        return .done(note: "\(title) is to be made: run acsync migrate as the owner")
      }
      guard let record = try record ?? .made(of: source, in: schema, transaction) else {
        return .done(note: "\(title) is of another schema's tables")
      }
      var layout = WideLayout(tables, record, patience: patience, transaction)
      do {
        try transaction.savepoint { try layout.settle() }
      } catch let error as PostgresError where error.isPermission && !isOwner {
        // What has a column is filled all the same; the view's own check tells that more is due.
        if try WideFilling(tables: tables, record: record).isDue(in: transaction) {
          return .toBeFilled(note: "\(title) \(WideView.isLeftToOwner)")
        }
        return .done(note: "\(title) \(WideView.isLeftToOwner)")
      }
      if isOwner {
        try transaction.grantRoles(
          in: "acsync", on: layout.record.parts.map(layout.record.partName))
      }
      let left = layout.left > 0 ? "\(title) has no room for \(layout.left) of the fields" : nil
      let filling = WideFilling(tables: tables, record: layout.record)
      // The view shows a new column when it is filled.
      if try filling.isDue(in: transaction) { return .toBeFilled(note: left) }
      let obstacle = try WideView(tables, layout.record, in: transaction)
        .make(patience: patience, in: transaction)
      return .done(note: obstacle ?? left)
    }
    guard case .toBeFilled(let left) = laidOut else { return laidOut?.note }
    try await fill(source, catalogue, at: title)
    let obstacle = try await wide(source, catalogue, at: title) { tables, record, transaction in
      guard let record else { return String?.none }
      return try WideView(tables, record, in: transaction)
        .make(patience: patience, in: transaction)
    }
    return (obstacle ?? nil) ?? left
  }

  /// Fills the columns for all rows whose values have changed.
  private func fill(
    _ source: WideSource, _ catalogue: [StreamDefinition], at title: String
  ) async throws {
    var steps = 0
    while try await wide(
      source, catalogue, at: title,
      { tables, record, transaction in
        guard let record else { return false }
        return try WideFilling(tables: tables, record: record).step(in: transaction)
      }) == true
    {
      steps += 1
      try Task.checkCancellation()
    }
    // Else the planner would know nothing of what a first filling brought.
    guard steps > 1 else { return }
    try await wide(source, catalogue, at: title) { _, record, transaction in
      guard let record else { return }
      for part in record.parts { try transaction.execute("ANALYZE \(record.part(part))") }
    }
  }

  /// Works on a view, one process at a time; nil where a stream of it is unknown.
  @discardableResult
  private func wide<Value: Sendable>(
    _ source: WideSource, _ catalogue: [StreamDefinition], at title: String,
    _ work: @escaping @Sendable (WideTables, WideRecord?, Transaction) throws -> Value
  ) async throws -> Value? {
    let (schema, account) = (schema, account)
    let key = source.lockKey(in: schema)
    return try await persistently(at: title) {
      do {
        return try await self.connection.transaction { transaction in
          try transaction.lock(key)
          guard
            let tables = try WideTables(
              of: source, in: schema, account: account, catalogue, transaction)
          else { return nil }
          return try work(
            tables, WideRecord(of: source, in: schema, transaction), transaction)
        }
      } catch let error as PostgresError where error.isLockNotAvailable {
        // Waited for once, and not again: whoever reads for long would keep the run from its end.
        throw WarehouseError.refused(error, at: title)
      }
    }
  }
}

/// What came of laying out a view's tables.
private enum Laid: Sendable {
  /// All is as it should be, but for what is worth knowing.
  case done(note: String?)
  /// Rows are to be filled before the view is made.
  case toBeFilled(note: String?)

  var note: String? {
    switch self {
    case .done(let note), .toBeFilled(let note): note
    }
  }
}
