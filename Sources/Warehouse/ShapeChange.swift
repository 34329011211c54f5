public import Catalog
internal import Postgres

/// What follows for the rows of a table that were made by another selection than its next ones.
///
/// What a column must no longer hold is gone from it before anything is read: neither a value that
/// is not brought up to date any more, nor one that is to be hidden, is left where a reader would
/// take it for good.
struct ShapeChange: Sendable {
  let table: Table
  /// Columns of the table whose values go.
  private(set) var emptied: [String]
  /// Those of them that nothing fills any more.
  private(set) var unselected: [String]
  /// Fields that must be nowhere under their own names any more.
  private(set) var hidden: [String]
  /// Whether everything in `_extra` goes.
  let emptiesExtra: Bool
  /// Whether rows that did not change lack values they now should have.
  let needsWholeRead: Bool

  /// Compares.
  ///
  /// - Parameters:
  ///   - recorded: by what the rows were made; nil for the catalogue's own way.
  ///   - present: the columns that the table has; none where it is new.
  init?(of table: Table, from recorded: ShapeRecord?, present: Set<String>) {
    self.table = table
    let stream = table.stream
    let new = ShapeRecord(of: stream)
    let usual = ShapeRecord(declaredBy: stream)
    let old = recorded ?? usual
    guard old != new else { return nil }
    // Another table than before: whatever it holds is no work of that shape.
    let isSame = old.table == new.table
    let lines = isSame ? old.lines : usual.lines
    // A field that the catalogue itself has given up is none of the user's doing.
    let declared = Set(stream.declaredColumns.map(\.field))
    let stale = lines.values.filter { line in
      guard declared.contains(line.field), line.field != table.key.field else { return false }
      guard let next = new.lines[line.field] else { return true }
      return next.name != line.name || next.transforms != line.transforms
    }
    let filled = Set(stream.columns.map(\.name))
    emptied = stale.map(\.name).filter { present.contains($0) }.sorted()
    unselected = emptied.filter { !filled.contains($0) }
    hidden = stale.filter { line in
      new.lines[line.field].map { !$0.transforms.isEmpty } ?? true
    }.map(\.field).sorted()
    emptiesExtra = old.keepsUndeclared && !new.keepsUndeclared
    needsWholeRead =
      !isSame || old.condition != new.condition || !old.keepsUndeclared && new.keepsUndeclared
      || new.lines.values.contains { lines[$0.field] != $0 }
  }

  /// Takes in those columns that were made of fields which nobody declared, and which are not filled
  /// any more.
  mutating func abandon(_ columns: [EvolvedColumn], present: Set<String>) {
    let filled = Set(table.stream.evolved(by: columns).columns.map(\.name))
    let declared = Set(table.stream.declaredColumns.map(\.field))
    let abandoned = columns.filter { column in
      !declared.contains(column.field) && !filled.contains(column.name)
        && present.contains(column.name)
    }
    let names = abandoned.map(\.name).sorted()
    emptied += names
    unselected += names
    hidden += abandoned.map(\.field).sorted()
  }

  /// Empties what must be empty.
  func apply(_ state: State, in transaction: Transaction) throws {
    // What was known is known no more, in any version; that makes no new one.
    try transaction.quietly {
      if let emptying { try transaction.execute(emptying) }
      for beside in table.beside where try transaction.isBeside(beside.name) {
        let present = try WideTables.columns(of: beside.name, in: transaction).map(\.name)
        guard let statement = emptying(beside.name, having: Set(present)) else { continue }
        try transaction.execute(statement)
      }
    }
    for name in unselected {
      let comment = "Not selected in replication.yaml, and null in every row since"
      try transaction.execute("COMMENT ON COLUMN \(table.name[name]) IS \(literal: comment)")
    }
    guard !hidden.isEmpty else { return }
    // Rows without a key are kept with all their fields.
    try transaction.execute(
      """
      DELETE FROM acsync.rejected_rows
      WHERE account = \(state.account) AND stream = \(state.stream.name)
        AND (column_name = ANY (\(emptied)) OR column_name = \(Table.extra) OR row_key IS NULL)
      """)
  }

  /// One statement over the whole table, for all columns at once; nil for nothing to do.
  var emptying: Statement? { emptying(table.name, having: Set(emptied + [Table.extra])) }

  /// The same of a table that has only some of the columns.
  private func emptying(_ name: Identifier, having present: Set<String>) -> Statement? {
    let extra = Identifier(Table.extra)
    let hasExtra = present.contains(Table.extra)
    let emptied = emptied.filter { present.contains($0) }
    var assignments = emptied.map { "\(Identifier($0)) = NULL" as Statement }
    var conditions = emptied.map { "\(Identifier($0)) IS NOT NULL" as Statement }
    if emptiesExtra, hasExtra {
      assignments.append("\(extra) = NULL")
      conditions.append("\(extra) IS NOT NULL")
    } else if !hidden.isEmpty, hasExtra {
      assignments.append("\(extra) = nullif(\(extra) - \(hidden), '{}')")
      conditions.append("\(extra) ?| \(hidden)")
    }
    guard !assignments.isEmpty else { return nil }
    return """
      UPDATE \(name) SET \(assignments.joined(separator: ", "))
      WHERE \(conditions.joined(separator: " OR "))
      """
  }
}

extension Table {
  /// Makes rows that were made by another selection fit this one, and notes it.
  ///
  /// - Returns: whether the stream must be read whole.
  func reshape(
    _ existing: ExistingTable?, _ state: State, in transaction: Transaction
  ) throws -> Bool {
    let present = Set(existing?.columns.map(\.name) ?? [])
    let recorded = try state.shape(in: transaction)
    guard var change = ShapeChange(of: self, from: recorded, present: present) else { return false }
    change.abandon(try state.evolvedColumns(in: transaction), present: present)
    try WideHiding(change)?.perform(in: schema, transaction)
    try change.apply(state, in: transaction)
    let new = ShapeRecord(of: stream)
    // Null for the catalogue's own way, which goes on as the catalogue does.
    try state.keep(
      shape: new == ShapeRecord(declaredBy: stream) ? nil : new, in: transaction)
    return change.needsWholeRead
  }
}

extension State {
  /// By what the stream's rows were made; nil where nothing is known, or nothing was said of it.
  func shape(in transaction: Transaction) throws -> ShapeRecord? {
    let text: String? = try transaction.query(
      """
      SELECT shape FROM acsync.stream_state
      WHERE account = \(account) AND stream = \(stream.name)
      """
    ).first?["shape"]
    return text.map { ShapeRecord($0) }
  }

  /// Notes by what its rows are made from now on.
  func keep(shape: ShapeRecord?, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE acsync.stream_state SET shape = \(orNull: shape?.text)
      WHERE account = \(account) AND stream = \(stream.name)
      """)
  }
}

extension Loader {
  /// How far the account's streams are for a run that wants their tables so: one whose rows were made
  /// by another selection, and must be read whole for this one, is as if it had never been read.
  public func states(
    as streams: [StreamDefinition]
  ) async throws -> [StreamDefinition.ID: StreamState] {
    var states = try await states()
    for stream in try await reshaped(streams) {
      guard let known = states[stream] else { continue }
      var state = StreamState(
        liveRows: known.liveRows, knownShortage: known.knownShortage, filter: known.filter)
      state.keyUser = known.keyUser
      states[stream] = state
    }
    return states
  }

  private func reshaped(_ streams: [StreamDefinition]) async throws -> [StreamDefinition.ID] {
    let account = account
    return try await persistently(at: "acsync.stream_state") {
      // What an older version laid out knows of no shapes.
      let knowsShapes = try await !self.connection.query(
        """
        SELECT FROM pg_attribute
        WHERE attrelid = to_regclass('acsync.stream_state') AND attname = 'shape'
        """
      ).isEmpty
      guard knowsShapes else { return [] }
      let rows = try await self.connection.query(
        "SELECT stream, shape FROM acsync.stream_state WHERE account = \(account)")
      var records: [String: String?] = [:]
      for row in rows { records[try row.value("stream")] = .some(try row["shape"]) }
      return streams.filter { stream in
        guard let record = records[stream.id.name] else { return false }
        let table = self.table(of: stream)
        return ShapeChange(of: table, from: record.map { ShapeRecord($0) }, present: [])?
          .needsWholeRead == true
      }.map(\.id)
    }
  }
}
