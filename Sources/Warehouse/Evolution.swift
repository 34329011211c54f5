internal import Catalog
internal import Postgres

/// Takes into a stream's table what its answers held that was not known.
struct Evolution: Sendable {
  /// What a field in `_extra` is.
  static let undeclared = "undeclared"

  private let claim: Claim
  private let run: Int64?
  private let lock: Duration
  private var table: Table { claim.table }
  private var state: State { claim.state }
  private var shape: StreamShape { claim.table.stream.shape }

  /// - Parameter lock: how long a table may be waited for.
  init(claim: Claim, run: Int64?, lock: Duration) {
    self.claim = claim
    self.run = run
    self.lock = lock
  }

  /// Whether there is anything to do.
  var isNeeded: Bool {
    !claim.sightings.fields.isEmpty || shape.contract == .freeze
      || shape.widensColumns && !wider.isEmpty
  }

  /// Whether fields are to become columns.
  var mayAddColumns: Bool { wantsColumns && claim.isOurs }

  /// What keeps the table from being changed as it is to be; nil: nothing.
  var obstacle: String? {
    let isWanted = wantsColumns || shape.widensColumns && !wider.isEmpty
    return isWanted && !claim.isOurs ? "our role does not own \(table.title)" : nil
  }

  private var wantsColumns: Bool { shape.addsColumns && !claim.sightings.fields.isEmpty }

  /// Notes the fields, and which columns are to be wider.
  func note(in transaction: Transaction) throws -> Drift {
    var drift = Drift()
    drift.fields = try noteFields(in: transaction)
    // A wider column is made when the stream is next taken, which would fail without the right.
    if shape.widensColumns, claim.isOurs {
      drift.widened = wider
      for column in wider { try keep(column, in: transaction) }
    }
    return drift
  }

  // MARK: Fields

  /// Notes the fields; returns those that are new, and none the first time.
  private func noteFields(in transaction: Transaction) throws -> [String] {
    let (account, name) = (state.account, state.stream.name)
    let isFirst = try transaction.query(
      "SELECT FROM acsync.known_fields WHERE account = \(account) AND stream = \(name) LIMIT 1"
    ).isEmpty
    if isFirst {
      try transaction.execute(
        """
        INSERT INTO acsync.known_fields (account, stream, field, kind)
        SELECT \(account), \(name), attname::text, format_type(atttypid, atttypmod)
        FROM pg_attribute
        WHERE attrelid = \(table.name.quoted)::regclass AND attnum > 0 AND NOT attisdropped
        """)
    }
    let rows = try transaction.query(
      """
      INSERT INTO acsync.known_fields (account, stream, field, kind)
      SELECT \(account), \(name), field, \(Self.undeclared)
      FROM unnest(\(claim.sightings.fields.sorted())) AS field
      ON CONFLICT (account, stream, field) DO NOTHING RETURNING field
      """)
    return isFirst ? [] : try rows.map { try $0.value("field") }.sorted()
  }

  // MARK: New columns

  /// Columns that are there, and are to be filled with what `_extra` holds of them.
  struct NewColumns: Sendable {
    let columns: [EvolvedColumn]
    /// How long ago the whole list was read, which holds again once they are filled.
    fileprivate let wholeAsOf: String?
  }

  /// Makes columns of the fields, and wants the list read whole until they are filled.
  ///
  /// In a transaction of its own: nobody reads the table until it ends.
  func makeColumns(in transaction: Transaction) throws -> NewColumns? {
    let added = try columns(in: transaction)
    guard !added.isEmpty else { return nil }
    try transaction.script("SET LOCAL lock_timeout = '\(lock.milliseconds)ms'")
    for statement in statements(adding: added) { try transaction.execute(statement) }
    var patience = Patience()
    patience.tableLock = lock
    try BesideUpkeep(
      table: Table(of: table.stream.evolved(by: added), in: table.schema), state: state,
      patience: patience
    ).perform(in: transaction)
    for column in added {
      try keep(column, in: transaction)
      try know(column, in: transaction)
    }
    let time = claim.sightings.isWhole ? try wholeAsOf(in: transaction) : nil
    // Rows that did not change since the field came do not have it.
    try set(wholeAsOf: nil, in: transaction)
    return NewColumns(columns: added, wholeAsOf: time)
  }

  /// Moves what `_extra` holds of the columns into them.
  func fill(_ new: NewColumns, in transaction: Transaction) throws {
    try transaction.script("SET LOCAL lock_timeout = '\(lock.milliseconds)ms'")
    // What was in `_extra` and is in a column now makes no new version of its row.
    try transaction.quietly {
      try transaction.execute(statement(filling: new.columns, of: table.name, where: "true"))
      let history = HistoryTable(of: table)
      guard history.isWanted, try transaction.isBeside(history.name) else { return }
      let isOpen: Statement = "\(Identifier(HistoryTable.validTo)) IS NULL"
      try transaction.execute(
        statement(filling: new.columns, of: history.name, where: isOpen))
    }
    if let time = new.wholeAsOf { try set(wholeAsOf: time, in: transaction) }
  }

  /// The columns that are to be made.
  private func columns(in transaction: Transaction) throws -> [EvolvedColumn] {
    let fields = claim.sightings.fields.sorted()
    let taken = Set(
      try transaction.query(
        """
        SELECT attname::text AS name FROM pg_attribute
        WHERE attrelid = \(table.name.quoted)::regclass AND attnum > 0
        """
      ).map { try $0.value("name") as String })
    var added: [EvolvedColumn] = []
    for row in try transaction.query(kinds(of: fields)) {
      let field: String = try row.value("field")
      guard let kind = Column.Kind(rawValue: try row.value("kind")) else { continue }
      let name = shape.casing.name(ofField: field)
      // What cannot be a column stays where it is.
      guard !name.isEmpty, name.utf8.count <= 63, !name.contains("\0"), !taken.contains(name),
        !added.contains(where: { $0.name == name }), !Self.isSystem(name)
      else { continue }
      added.append(EvolvedColumn(field: field, name: name, kind: kind))
    }
    return added
  }

  /// The kinds that hold every value of fields in `_extra`; none for a field that is always null.
  private func kinds(of fields: [String]) -> Statement {
    """
    SELECT e.key AS field,
      CASE
        WHEN bool_or(jsonb_typeof(e.value) IN ('object', 'array')) THEN 'jsonb'
        WHEN bool_and(jsonb_typeof(e.value) = 'boolean') THEN 'boolean'
        WHEN bool_and(jsonb_typeof(e.value) = 'number' AND e.value::text ~ '^-?[0-9]{1,18}$')
          THEN 'bigint'
        WHEN bool_and(jsonb_typeof(e.value) = 'number') THEN 'numeric'
        ELSE 'text'
      END AS kind
    FROM \(table.name) AS t, jsonb_each(t."_extra") AS e
    WHERE t."_extra" ?| \(fields) AND e.key = ANY (\(fields)) AND jsonb_typeof(e.value) <> 'null'
    GROUP BY e.key ORDER BY e.key
    """
  }

  /// Makes the columns, without looking at a row.
  private func statements(adding columns: [EvolvedColumn]) -> [Statement] {
    let additions = columns.map { column in
      "ADD COLUMN \(Identifier(column.name)) \(raw: SQLType(of: column.kind).name)" as Statement
    }
    let comments = columns.map { column -> Statement in
      "COMMENT ON COLUMN \(table.name[column.name]) IS \(literal: Column.marked(column.meaning))"
    }
    return ["ALTER TABLE \(table.name) \(additions.joined(separator: ", "))"] + comments
  }

  /// Moves what `_extra` holds of the columns, in one statement over the table.
  private func statement(
    filling columns: [EvolvedColumn], of name: Identifier, where condition: Statement
  ) -> Statement {
    let values = columns.map { column -> Statement in
      let value: Statement =
        column.kind == .jsonb
        ? "nullif(\"_extra\" -> \(column.field), 'null')"
        : "(\"_extra\" ->> \(column.field))::\(raw: SQLType(of: column.kind).name)"
      return "\(Identifier(column.name)) = \(value)"
    }
    let fields = columns.map(\.field)
    return """
      UPDATE \(name) SET \(values.joined(separator: ", ")),
        "_extra" = nullif("_extra" - \(fields), '{}')
      WHERE "_extra" ?| \(fields) AND \(condition)
      """
  }

  private func wholeAsOf(in transaction: Transaction) throws -> String? {
    try transaction.query(
      """
      SELECT whole_as_of::text AS time FROM acsync.stream_state
      WHERE account = \(state.account) AND stream = \(state.stream.name)
      """
    ).first?["time"]
  }

  /// - Parameter time: nil has the next run read the whole list.
  private func set(wholeAsOf time: String?, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE acsync.stream_state SET whole_as_of = \(orNull: time)::text::timestamptz
      WHERE account = \(state.account) AND stream = \(state.stream.name)
      """)
  }

  private static func isSystem(_ name: String) -> Bool {
    [
      Table.syncedAt, Table.deletedAt, Table.extra, HistoryTable.validFrom, HistoryTable.validTo,
      SnapshotTable.takenAt, Staging.shape, Column.madeKey, "ctid", "xmin",
      "xmax", "cmin", "cmax", "tableoid",
    ].contains(name)
  }

  // MARK: Wider columns

  /// Columns that values did not fit, as they would hold them.
  private var wider: [EvolvedColumn] {
    let structural = table.stream.structuralFields
    return claim.sightings.misfits.sorted { $0.key < $1.key }.compactMap { name, kind in
      guard let column = table.stream.columns.first(where: { $0.name == name }),
        column.kind != kind, column.rewriting == nil, shape.kinds[column.field] == nil,
        !shape.isCompared(column.field),
        !structural.contains(column.field)
      else { return nil }
      return EvolvedColumn(field: column.field, name: name, kind: kind)
    }
  }

  // MARK: Remembering

  private func keep(_ column: EvolvedColumn, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO acsync.evolved_columns (account, stream, field, column_name, kind, run)
      VALUES (\(state.account), \(state.stream.name), \(column.field), \(column.name),
        \(column.kind.rawValue), \(orNull: run))
      ON CONFLICT (account, stream, field) DO UPDATE
      SET column_name = excluded.column_name, kind = excluded.kind, run = excluded.run,
        evolved_at = now()
      """)
  }

  /// A column that was told of as a field is not told of again.
  private func know(_ column: EvolvedColumn, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO acsync.known_fields (account, stream, field, kind)
      VALUES (\(state.account), \(state.stream.name), \(column.name),
        \(SQLType(of: column.kind).name))
      ON CONFLICT (account, stream, field) DO UPDATE SET kind = excluded.kind
      """)
  }
}
