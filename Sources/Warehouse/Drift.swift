public import Catalog
internal import Postgres

/// What the API sent of a stream that was not known before, and what became of it.
public struct Drift: Sendable, Hashable {
  /// Fields that nobody declared, seen for the first time; they are in `_extra`.
  public var fields: [String] = []
  /// Columns made of such fields, each with its type.
  public var added: [EvolvedColumn] = []
  /// Columns that the next run makes wider, each with its type then.
  public var widened: [EvolvedColumn] = []
  /// Rows that did not match `where`, and were not stored.
  public var left = 0
  /// Rows that could not be judged by `where`, and were left as they were.
  public var unjudged = 0
  /// What is not kept beside the table, and why.
  public var unkept: [String] = []
  /// What kept fields from becoming columns.
  public var obstacle: String?

  /// What is worth saying of it, in words; none where nothing is.
  public var notes: [String] {
    let new = fields.filter { field in !added.contains { $0.field == field } }
    let lists = [
      (new, "new field", "kept in _extra"),
      (added.map { "\($0.name) (\($0.kind.postgresType))" }, "new column", "made of a new field"),
      (
        widened.map { "\($0.name) (\($0.kind.postgresType))" }, "wider column",
        "from the next run on"
      ),
    ]
    let rows = left == 0 ? [] : ["\(left) rows do not match where"]
    let others =
      unjudged == 0
      ? []
      : [
        "\(unjudged) rows could not be judged by where, for want of what it asks for, and stay as they are"
      ]
    let troubles =
      obstacle.map { ["new fields are not all in columns yet, the next run goes on: \($0)"] } ?? []
    return rows + others + unkept + troubles
      + lists.filter { !$0.0.isEmpty }.map { names, what, where_ in
        "\(what)\(names.count == 1 ? "" : "s") \(names.joined(separator: ", ")), \(where_)"
      }
  }
}

/// What the batches of a claim have brought that the catalogue does not know.
struct Sightings: Sendable {
  /// Undeclared fields.
  private(set) var fields: Set<String> = []
  /// Values that fit no column, by the column's name: the least kind that would have held them all.
  private(set) var misfits: [String: Column.Kind] = [:]
  /// Whether the whole list was read.
  var isWhole = false
  /// Rows that did not match `where`.
  var left = 0
  /// Rows that could not be judged by it.
  var unjudged = 0
  /// What may come, where nothing else may; nil where everything may.
  var allowed: Allowed?

  /// What a frozen stream is known to send.
  struct Allowed: Sendable {
    let fields: Set<String>
    /// Columns with values that did not fit before.
    let misfitting: Set<String>
  }

  /// Takes note of a batch.
  ///
  /// - Throws: `WarehouseError.frozen` where it holds what may not come; nothing of it may be written.
  mutating func see(_ batch: Batch, into table: Table) throws(WarehouseError) {
    var rejected: [RejectedValue] = []
    for page in batch.pages {
      if !page.undeclared.isEmpty { fields.formUnion(page.undeclared) }
      if !page.rejected.isEmpty { rejected += page.rejected }
    }
    let columns = table.stream.columns
    for value in rejected {
      guard let column = columns.first(where: { $0.name == value.column }), !column.isKey,
        value.isMisfit
      else { continue }
      misfits[value.column] = (misfits[value.column] ?? column.kind).widened(for: value.raw)
    }
    guard let allowed else { return }
    let newFields = fields.subtracting(allowed.fields).sorted()
    let newMisfits = Set(misfits.keys).subtracting(allowed.misfitting).sorted()
    guard newFields.isEmpty, newMisfits.isEmpty else {
      throw .frozen(table: table.title, fields: newFields, columns: newMisfits)
    }
  }
}

extension RejectedValue {
  /// Whether the value was of another type than its column; else it was mended, and is stored.
  fileprivate var isMisfit: Bool {
    let mended = ["removed", "replaced by U+FFFD", "kept as sent", "kept as text"]
    return !reason.split(separator: "; ").allSatisfy { part in
      mended.contains { part.hasSuffix($0) }
    }
  }
}

extension Column.Kind {
  /// The least kind that holds a text besides all values of this one.
  ///
  /// Of numbers only: a time or a flag that does not fit is a mistake, which a wider column would
  /// only hide.
  fileprivate func widened(for raw: String) -> Column.Kind {
    guard [.smallint, .bigint, .numeric].contains(self) else { return self }
    let text = raw.filter { !$0.isWhitespace }
    if self != .numeric, Int64(text) != nil { return self == .smallint ? .bigint : self }
    let isNumber =
      !text.isEmpty && text.utf8.count < 1000
      && text.utf8.allSatisfy { "0123456789.-+".utf8.contains($0) } && Double(text) != nil
    return isNumber ? .numeric : .text
  }
}

// MARK: What is remembered

extension Loader {
  /// The columns that came since the catalogue was written, by stream.
  ///
  /// Works before the first migration.
  public func evolvedColumns() async throws -> [StreamDefinition.ID: [EvolvedColumn]] {
    let account = account
    return try await persistently(at: "acsync.evolved_columns") {
      let isThere: Bool? = try await self.connection.query(
        "SELECT to_regclass('acsync.evolved_columns') IS NOT NULL AS is_there"
      ).first?.value("is_there")
      guard isThere == true else { return [:] }
      let rows = try await self.connection.query(
        """
        SELECT stream, field, column_name, kind FROM acsync.evolved_columns
        WHERE account = \(account) ORDER BY stream, evolved_at, field
        """)
      var columns: [StreamDefinition.ID: [EvolvedColumn]] = [:]
      for row in rows {
        // One that a newer version made is left alone.
        guard let kind = Column.Kind(rawValue: try row.value("kind")) else { continue }
        columns[StreamDefinition.ID(try row.value("stream")), default: []].append(
          EvolvedColumn(
            field: try row.value("field"), name: try row.value("column_name"), kind: kind))
      }
      return columns
    }
  }

  /// Notes what a stream sent that was not known, and makes columns of it where that is wanted.
  ///
  /// For a stream that this loader holds and has read to its end; of one whose answers held nothing
  /// new it asks nothing.
  public func drift(of stream: StreamDefinition.ID) async throws -> Drift {
    guard let claim = claims[stream], claim.isLocked else { return Drift() }
    let evolution = Evolution(claim: claim, run: run, lock: patience.tableLock)
    var drift = Drift()
    if evolution.isNeeded { drift = try await self.drift(by: evolution, claim) }
    drift.left = claim.sightings.left
    drift.unjudged = claim.sightings.unjudged
    drift.unkept = claim.unkept
    return drift
  }

  /// In three transactions: those who read the table are kept from it no longer than a moment, and
  /// what fails is left to the next run, since the rows are all in.
  private func drift(by evolution: Evolution, _ claim: Claim) async throws -> Drift {
    var drift = Drift()
    do {
      drift = try await step(of: claim) { try evolution.note(in: $0) }
      drift.obstacle = evolution.obstacle
      guard evolution.mayAddColumns,
        let new = try await step(of: claim, { try evolution.makeColumns(in: $0) })
      else { return drift }
      drift.added = new.columns
      try await step(of: claim) { try evolution.fill(new, in: $0) }
    } catch WarehouseError.refused(let error, let place)
      where [.server, .cancelled].contains(error.kind)
    {
      drift.obstacle = WarehouseError.refused(error, at: place).explanation.what
    }
    return drift
  }

  private func step<Value: Sendable>(
    of claim: Claim, _ work: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    let title = claim.table.title
    return try await persistently(at: title) {
      do {
        return try await self.connection.transaction { transaction in
          try claim.state.check(epoch: claim.epoch, in: transaction)
          return try work(transaction)
        }
      } catch let error as PostgresError where error.isLockNotAvailable {
        // Waited for once, and not again: whoever reads for long would keep the run from its end.
        throw WarehouseError.refused(error, at: title)
      }
    }
  }
}

extension State {
  /// The columns that came since the catalogue was written.
  func evolvedColumns(in transaction: Transaction) throws -> [EvolvedColumn] {
    let rows = try transaction.query(
      """
      SELECT field, column_name, kind FROM acsync.evolved_columns
      WHERE account = \(account) AND stream = \(stream.name) ORDER BY evolved_at, field
      """)
    return try rows.compactMap { row in
      guard let kind = Column.Kind(rawValue: try row.value("kind")) else { return nil }
      return EvolvedColumn(
        field: try row.value("field"), name: try row.value("column_name"), kind: kind)
    }
  }

  /// What a frozen stream may send; nil where it was never looked at: the first reading decides.
  func allowed(in transaction: Transaction) throws -> Sightings.Allowed? {
    let known = try transaction.query(
      "SELECT field FROM acsync.known_fields WHERE account = \(account) AND stream = \(stream.name)"
    )
    guard !known.isEmpty else { return nil }
    let rejected = try transaction.query(
      """
      SELECT DISTINCT column_name FROM acsync.rejected_rows
      WHERE account = \(account) AND stream = \(stream.name)
      """)
    return Sightings.Allowed(
      fields: Set(try known.map { try $0.value("field") }),
      misfitting: Set(try rejected.map { try $0.value("column_name") }))
  }
}
