internal import Catalog
internal import Postgres

/// Brings the columns of custom fields into line with the fields that the account has, and sees to it
/// that the rows are noted whose values change.
struct WideLayout {
  let tables: WideTables
  private(set) var record: WideRecord
  private let transaction: Transaction
  /// How long a change may wait for those who read the tables.
  private let patience: Patience
  /// Fields for which there is no room.
  private(set) var left = 0
  private var waitsShort = false

  init(
    _ tables: WideTables, _ record: WideRecord, patience: Patience, _ transaction: Transaction
  ) {
    self.tables = tables
    self.record = record
    self.patience = patience
    self.transaction = transaction
  }

  private var source: WideSource { tables.source }

  /// Lays out what is missing; does nothing where nothing is.
  mutating func settle() throws {
    let emptied = try nameColumns()
    var filled = emptied.filled
    filled += try makeParts()
    if try watch() {
      try noteAllOwners()
    } else {
      try noteOwners(filled: filled, emptied: emptied.emptied)
    }
  }

  // MARK: The columns

  /// Gives each field that is new a column, and tells which columns are to be filled or emptied now.
  private mutating func nameColumns() throws -> (filled: [FieldColumn], emptied: [FieldColumn]) {
    let fields = try tables.fields(in: transaction)
    let live = Set(fields.filter(\.isLive).map(\.id))
    var changed: [FieldColumn] = []
    for index in record.columns.indices {
      let isFilled = live.contains(record.columns[index].field)
      guard record.columns[index].isFilled != isFilled else { continue }
      record.columns[index].isFilled = isFilled
      changed.append(record.columns[index])
      try transaction.execute(
        """
        UPDATE acsync.wide_columns SET is_filled = \(isFilled)
        WHERE view = \(record.id) AND place = \(record.columns[index].place)
        """)
    }
    let added = try newColumns(for: fields.filter(\.isLive))
    return (changed.filter(\.isFilled) + added, changed.filter { !$0.isFilled })
  }

  private mutating func newColumns(for fields: [CustomField]) throws -> [FieldColumn] {
    let held = Dictionary(grouping: record.columns, by: \.field)
    let lacking = fields.filter { field in
      FieldKind.kinds(of: field.type, hasCurrency: tables.hasCurrency)
        .contains { kind in held[field.id]?.contains { $0.kind == kind } != true }
    }
    guard !lacking.isEmpty else { return [] }
    var names = FieldColumnNames(
      taken: tables.ownNames.union(record.columns.map(\.name))
        .union(try WideTables.columns(of: record.view, in: transaction).map(\.name)),
      reserved: try reservedWords())
    var added: [FieldColumn] = []
    let first = (record.columns.map(\.place).max() ?? -1) + 1
    for field in lacking {
      let columns = names.columns(
        of: field, kinds: FieldKind.kinds(of: field.type, hasCurrency: tables.hasCurrency),
        beside: held[field.id] ?? [], from: first + added.count)
      guard columns.allSatisfy({ $0.place < FieldColumn.most }) else {
        left += 1
        continue
      }
      added += columns
    }
    for column in added {
      try transaction.execute(
        """
        INSERT INTO acsync.wide_columns (view, place, field, kind, column_name, is_filled)
        VALUES (\(record.id), \(column.place), \(column.field), \(column.kind.rawValue),
          \(column.name), true)
        """)
    }
    record.columns += added
    return added
  }

  /// Words that name no column unless they are quoted.
  private func reservedWords() throws -> Set<String> {
    let rows = try transaction.query(
      "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')")
    return Set(try rows.map { try $0.value("word") })
  }

  // MARK: The tables

  /// Makes the tables and columns that are not there; returns the columns that were missing.
  private mutating func makeParts() throws -> [FieldColumn] {
    var made: [FieldColumn] = []
    for part in record.parts {
      let rows = try transaction.query(
        """
        SELECT a.attname AS name FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'acsync'::regnamespace AND c.relname = \(record.partName(part))
        """)
      let held = Set(try rows.map { try $0.value("name", as: String.self) })
      if held.isEmpty { try make(part) }
      let columns = record.columns(of: part).filter { !held.contains($0.name) }
      guard !columns.isEmpty else { continue }
      made += columns
      try waitShort()
      let added: [Statement] = columns.map {
        "ADD COLUMN \(Identifier($0.name)) \(raw: $0.kind.type.name)"
      }
      try transaction.execute("ALTER TABLE \(record.part(part)) \(added.joined(separator: ", "))")
    }
    return made
  }

  private func make(_ part: Int) throws {
    // Rows stay whole in the table: read through, they are not to be fetched piece by piece.
    try transaction.execute(
      """
      CREATE TABLE \(record.part(part)) (id bigint PRIMARY KEY) WITH (toast_tuple_target = 8160)
      """)
    let comment =
      "The custom fields of \(tables.schema).\(source.owners), a column each, for the view "
      + "analytics.\(record.viewName)"
    try transaction.execute("COMMENT ON TABLE \(record.part(part)) IS \(literal: comment)")
    try transaction.execute(
      "COMMENT ON COLUMN \(record.part(part)["id"]) IS \(literal: "\(source.owners).id")")
  }

  // MARK: The changes

  private static let events = [
    ("insert", "INSERT", "REFERENCING NEW TABLE AS changed"),
    ("update", "UPDATE", "REFERENCING OLD TABLE AS before NEW TABLE AS changed"),
    ("delete", "DELETE", "REFERENCING OLD TABLE AS changed"),
    ("truncate", "TRUNCATE", ""),
  ]

  /// Has every change of a value noted from now on; false where that is done already.
  private mutating func watch() throws -> Bool {
    let rows = try transaction.query(
      """
      SELECT count(*) AS held FROM pg_trigger
      WHERE tgrelid = \(tables.values.name.quoted)::regclass AND NOT tgisinternal
        AND tgfoid = 'acsync.note_wide_changes'::regproc AND tgname LIKE 'acsync\\_wide\\_%'
      """)
    guard try rows.first?.value("held", as: Int.self) != Self.events.count else { return false }
    try waitShort()
    try makeIndex()
    for (name, event, rows) in Self.events {
      let trigger = Identifier("acsync_wide_\(name)")
      try transaction.execute("DROP TRIGGER IF EXISTS \(trigger) ON \(tables.values.name)")
      try transaction.execute(
        """
        CREATE TRIGGER \(trigger) AFTER \(raw: event) ON \(tables.values.name) \(raw: rows)
        FOR EACH STATEMENT EXECUTE FUNCTION acsync.note_wide_changes(
          \(literal: "\(record.id)"), \(literal: tables.ownerColumn), \(literal: record.partName(0)))
        """)
    }
    return true
  }

  /// What finds the values of a row.
  private func makeIndex() throws {
    let found = try transaction.query(
      """
      SELECT FROM pg_index i
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE i.indrelid = \(tables.values.name.quoted)::regclass AND a.attname = \(tables.ownerColumn)
        AND i.indpred IS NULL LIMIT 1
      """)
    guard found.isEmpty else { return }
    try transaction.execute(
      "CREATE INDEX ON \(tables.values.name) (\(Identifier(tables.ownerColumn)))")
  }

  /// Has all rows filled anew.
  private func noteAllOwners() throws {
    let owner = tables.valueOwner
    try transaction.execute(
      """
      INSERT INTO acsync.wide_changes (view, owner)
      SELECT \(record.id), \(owner) FROM \(tables.values.name) AS v WHERE \(owner) IS NOT NULL
      UNION SELECT \(record.id), id FROM \(record.part(0))
      """)
  }

  /// Has those rows filled anew whose columns are to hold values now, or none any more.
  private func noteOwners(filled: [FieldColumn], emptied: [FieldColumn]) throws {
    if !filled.isEmpty {
      let owner = tables.valueOwner
      try transaction.execute(
        """
        INSERT INTO acsync.wide_changes (view, owner)
        SELECT DISTINCT \(record.id), \(owner) FROM \(tables.values.name) AS v
        WHERE \(owner) IS NOT NULL
          AND \(tables.valueField) = ANY (\(filled.map(\.field)))
        """)
    }
    for (part, columns) in Dictionary(grouping: emptied, by: \.part).sorted(by: { $0.key < $1.key })
    {
      let isHeld: [Statement] = columns.map { "\(Identifier($0.name)) IS NOT NULL" }
      try transaction.execute(
        """
        INSERT INTO acsync.wide_changes (view, owner)
        SELECT \(record.id), id FROM \(record.part(part)) WHERE \(isHeld.joined(separator: " OR "))
        """)
    }
  }

  /// A run is not held up by those who read the tables: it tries again when it is run again.
  private mutating func waitShort() throws {
    guard !waitsShort else { return }
    try transaction.script("SET LOCAL lock_timeout = '\(patience.tableLock.milliseconds)ms'")
    waitsShort = true
  }
}
