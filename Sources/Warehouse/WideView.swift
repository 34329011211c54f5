internal import Catalog
internal import Postgres

/// The view of a stream's live rows with a column for each custom field.
///
/// Its columns stand in the order in which they first appeared, so that the view can be replaced below
/// those that others have built on it.
struct WideView: Sendable {
  /// Where a column comes from.
  private enum Origin {
    case own(String)
    case field(FieldColumn)
    /// Nowhere any more.
    case gone
  }

  private struct Column {
    let name: String
    let type: String
    let origin: Origin
  }

  let tables: WideTables
  let record: WideRecord
  private let columns: [Column]
  private let comments: [String: String]
  /// The columns of the view that is there.
  private let held: [ExistingTableColumn]
  /// What that view's comment says; nil where there is none.
  private let heldComment: String?

  init(_ tables: WideTables, _ record: WideRecord, in transaction: Transaction) throws {
    self.tables = tables
    self.record = record
    held = try WideTables.columns(of: record.view, in: transaction)
    let found = try transaction.query(
      """
      SELECT coalesce(obj_description(c.oid, 'pg_class'), '') AS comment FROM pg_class c
      WHERE c.relnamespace = 'analytics'::regnamespace AND c.relname = \(record.viewName)
      """)
    heldComment = try found.first?.value("comment")
    columns = Self.columns(tables, record, after: held)
    comments = try Self.comments(tables, record, columns, in: transaction)
  }

  /// What the view is to have: first what it has, in its order, then what is new.
  private static func columns(
    _ tables: WideTables, _ record: WideRecord, after held: [ExistingTableColumn]
  ) -> [Column] {
    let taken = Set(record.columns.map(\.name))
    let own = tables.ownColumns.map { column in
      Column(
        name: ownName(of: column.name, beside: taken), type: column.type,
        origin: .own(column.name))
    }
    let fields = record.columns.map {
      Column(name: $0.name, type: $0.kind.type.name, origin: .field($0))
    }
    var wanted = Dictionary(
      (own + fields).map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    let kept = held.map {
      wanted.removeValue(forKey: $0.name) ?? Column(name: $0.name, type: $0.type, origin: .gone)
    }
    return kept + (own + fields).filter { wanted.removeValue(forKey: $0.name) != nil }
  }

  /// What a column of the rows themselves is called: otherwise than a field's column that had the name
  /// before it.
  private static func ownName(of column: String, beside taken: Set<String>) -> String {
    var name = column
    while taken.contains(name) { name = FieldColumnNames.cut("own_" + name, for: "") }
    return name
  }

  // MARK: What it says

  private var name: Identifier { record.view }

  private var query: Statement {
    let selects: [Statement] = columns.map { column in
      let source: Statement =
        switch column.origin {
        case .own(let own): "r.\(Identifier(own))"
        case .field(let field): "f\(raw: "\(field.part + 1)").\(Identifier(field.name))"
        case .gone: "NULL::\(raw: column.type)"
        }
      return "\(source) AS \(Identifier(column.name))"
    }
    let key = Identifier(tables.owners.key.name)
    let joins: [Statement] = record.parts.map { part in
      let alias = "f\(part + 1)"
      return "LEFT JOIN \(record.part(part)) AS \(raw: alias) ON \(raw: alias).id = r.\(key)"
    }
    return """
      SELECT \(selects.joined(separator: ", "))
      FROM \(tables.owners.name) AS r
      \(joins.joined(separator: "\n"))
      WHERE r.\(Identifier(Table.deletedAt)) IS NULL
      """
  }

  private var comment: String {
    let mark = Fingerprint(
      of: query.sql
        + columns.map { "\($0.name) \(comments[$0.name] ?? "")" }.joined(separator: "\n"))
    return """
      The live rows of \(tables.owners.title), with a column for each custom field; \
      \(OwnViews.maker)\(String(mark.bits, radix: 16))
      """
  }

  /// What each column says of itself: that of the table's, or the field's title, type and id.
  private static func comments(
    _ tables: WideTables, _ record: WideRecord, _ columns: [Column], in transaction: Transaction
  ) throws -> [String: String] {
    let rows = try transaction.query(
      """
      SELECT a.attname AS name, col_description(a.attrelid, a.attnum) AS comment
      FROM pg_attribute a
      WHERE a.attrelid = \(tables.owners.name.quoted)::regclass AND a.attnum > 0 AND NOT a.attisdropped
      """)
    var own: [String: String] = [:]
    for row in rows { own[try row.value("name")] = try row["comment"] }
    var fields: [Int64: CustomField] = [:]
    for field in try tables.fields(in: transaction) { fields[field.id] = field }
    var comments: [String: String] = [:]
    for column in columns {
      comments[column.name] =
        switch column.origin {
        case .own(let name): own[name]
        // Nobody knows what a field of the account's own holds.
        case .field(let held):
          Catalog.Column.marked(comment(on: held, of: fields[held.field], tables))
        case .gone: "No longer in \(tables.owners.title)"
        }
    }
    return comments
  }

  private static func comment(
    on column: FieldColumn, of field: CustomField?, _ tables: WideTables
  ) -> String {
    guard let field else { return "Field \(column.field), which is gone" }
    let kinds = FieldKind.kinds(of: field.type, hasCurrency: tables.hasCurrency)
    let manner =
      switch column.kind {
      case .currency: "currency of "
      case let kind where !kinds.contains(kind): "as \(kind.rawValue), where it is that: "
      default: ""
      }
    let type = field.type.isEmpty ? "no type" : field.type
    return manner + field.title + " (\(type), field \(field.id))" + (field.isLive ? "" : ", gone")
  }

  // MARK: Making it

  /// Makes the view where it is not what it should be.
  ///
  /// - Returns: what stands in its way: something else of its name, or want of rights.
  func make(patience: Patience, in transaction: Transaction) throws -> String? {
    if let heldComment, !heldComment.contains(OwnViews.maker) {
      return "there is another analytics.\(record.viewName): rename it, and acsync makes its own"
    }
    guard try transaction.isOwner(of: "analytics") else {
      return heldComment == comment
        ? nil : "analytics.\(record.viewName) \(Self.isLeftToOwner)"
    }
    if heldComment != comment {
      try transaction.script("SET LOCAL lock_timeout = '\(patience.tableLock.milliseconds)ms'")
      let fits = zip(held, columns).allSatisfy { $0.type == $1.type }
      // Without CASCADE: what others built on it stays, and then so does the view.
      let isDropped = !held.isEmpty && !fits
      let grants = isDropped ? try transaction.grants(on: name.quoted) : []
      if isDropped { try transaction.execute("DROP VIEW \(name)") }
      try transaction.execute("CREATE OR REPLACE VIEW \(name) AS\n\(query)")
      for grant in grants { try transaction.script(grant) }
      try transaction.execute("COMMENT ON VIEW \(name) IS \(literal: comment)")
      for column in columns {
        guard let comment = comments[column.name] else { continue }
        try transaction.execute("COMMENT ON COLUMN \(name[column.name]) IS \(literal: comment)")
      }
    }
    try grant(in: transaction)
    try transaction.grantRoles(in: "analytics", on: [record.viewName])
    return nil
  }

  /// What is said of a view that only its owner may bring up to date.
  static let isLeftToOwner =
    "lacks new fields or their new titles: run acsync migrate as the owner"

  // MARK: Who may read it

  /// Lets those read it who may read both the rows and the values.
  ///
  /// Of those it was let read before, the others no longer may; what a person granted or revoked on the
  /// view itself stays.
  private func grant(in transaction: Transaction) throws {
    let readers = try readers(of: [tables.owners.name, tables.values.name], in: transaction)
    let present = try self.readers(of: [name], in: transaction)
    let isNew = heldComment == nil
    let granted = isNew ? [] : Set(record.granted)
    for role in readers.subtracting(granted).sorted() {
      try transaction.script("GRANT SELECT ON \(name.quoted) TO \(role)")
    }
    for role in granted.subtracting(readers).intersection(present).sorted() {
      try transaction.script("REVOKE SELECT ON \(name.quoted) FROM \(role)")
    }
    guard readers != Set(record.granted) else { return }
    try transaction.execute(
      """
      UPDATE acsync.wide_views SET granted = \(readers.sorted()) WHERE id = \(record.id)
      """)
  }

  /// Who may read all of these by a grant, as SQL writes them.
  private func readers(of names: [Identifier], in transaction: Transaction) throws -> Set<String> {
    let rows = try transaction.query(
      """
      SELECT CASE given.grantee WHEN 0 THEN 'PUBLIC'
        ELSE quote_ident(pg_get_userbyid(given.grantee)) END AS role
      FROM pg_class c, aclexplode(c.relacl) AS given
      WHERE c.oid = ANY (\(names.map(\.quoted))::regclass[])
        AND given.privilege_type = 'SELECT' AND given.grantee <> c.relowner
      GROUP BY given.grantee HAVING count(DISTINCT c.oid) = \(names.count)
      """)
    return Set(try rows.map { try $0.value("role") })
  }
}
