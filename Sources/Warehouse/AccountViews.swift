public import Catalog
internal import Postgres

/// Views in schema `analytics` over the tables of several accounts, one a stream: `all_contacts` has the
/// rows of every account's `contacts`, with the account's name in front.
public struct AccountViews: Sendable {
  /// An account as the file calls it, and the schema of its tables.
  public struct Account: Sendable, Hashable {
    let name: String
    let schema: String

    /// Names an account.
    public init(name: String, schema: String) {
      self.name = name
      self.schema = schema
    }
  }

  /// Taken while views are made, so that two processes do not make the same.
  private static let lockKey = Fingerprint(of: "acsync views over accounts").key

  private let accounts: [Account]
  private let streams: [StreamDefinition]

  /// Views over these accounts' tables of these streams.
  public init(of accounts: [Account], _ streams: [StreamDefinition]) {
    self.accounts = accounts
    self.streams = streams
  }

  /// Makes those that are not there, or are not what they should be; a view that nothing changes for
  /// is left alone, and so is one that was made by somebody else.
  func make(on connection: Connection) async throws -> [String] {
    let rows = try await connection.query(
      Self.tables(accounts.map(\.schema), streams.map(\.tableName)))
    var held: [String: [ExistingTableColumn]] = [:]
    var personal: Set<String> = []
    for row in rows {
      if try row.value("is_personal") {
        personal.insert(try row.value("stream", as: String.self) + "." + row.value("name"))
      }
      let column = ExistingTableColumn(
        name: try row.value("name"), type: try row.value("type"))
      held[try row.value("title"), default: []].append(column)
    }
    let (columns, marked) = (held, personal)
    var notes: [String] = []
    for stream in streams {
      guard let view = AccountView(of: stream, accounts, columns, personal: marked) else {
        continue
      }
      do {
        try await connection.transaction { try view.make(in: $0, lockKey: Self.lockKey) }
      } catch let error as PostgresError where error.kind == .server {
        notes.append("view \(view.title) was left as it is: \(error.message)")
      }
    }
    return notes
  }

  /// The columns of the accounts' tables, in their order.
  private static func tables(_ schemas: [String], _ tables: [String]) -> Statement {
    """
    SELECT n.nspname || '.' || c.relname AS title, c.relname::text AS stream, a.attname::text AS name,
      format_type(a.atttypid, a.atttypmod) AS type,
      coalesce(col_description(c.oid, a.attnum), '') LIKE \("%" + Column.personalMark) AS is_personal
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE n.nspname = ANY (\(schemas)) AND c.relname = ANY (\(tables))
      AND c.relkind IN ('r', 'p')
    ORDER BY a.attnum
    """
  }
}

/// A column of one account's table.
struct ExistingTableColumn: Sendable, Hashable {
  let name: String
  let type: String
}

/// One of the views.
struct AccountView: Sendable {
  let stream: StreamDefinition
  /// Its columns: the account's name, then those of the tables.
  let columns: [ExistingTableColumn]
  /// The statement behind it.
  let query: Statement
  /// What its columns but the first say of themselves, by their names.
  let comments: [(name: String, text: String)]

  /// The view of a stream over those of the accounts that have its table; nil where none has.
  ///
  /// - Parameter personal: columns, `table.column`, that are personal in the table of any account.
  init?(
    of stream: StreamDefinition, _ accounts: [AccountViews.Account],
    _ columns: [String: [ExistingTableColumn]], personal: Set<String>
  ) {
    self.stream = stream
    let parts = accounts.compactMap { account -> (AccountViews.Account, Table, [String: String])? in
      let table = Table(of: stream, in: account.schema)
      guard let held = columns[table.title] else { return nil }
      let types = Dictionary(held.map { ($0.name, $0.type) }, uniquingKeysWith: { one, _ in one })
      return (account, table, types)
    }
    guard let first = parts.first else { return nil }
    let wanted = Table(of: stream, in: first.0.schema).columns.map { column in
      // Where one table holds a column in a wider type than another, text holds both.
      let types = Set(parts.compactMap { $0.2[column.name] })
      let type = types.isEmpty ? column.type.name : types.first
      return ExistingTableColumn(
        name: column.name, type: types.count > 1 ? SQLType.text.name : type ?? column.type.name)
    }
    self.columns =
      [ExistingTableColumn(name: Self.label, type: SQLType.text.name)]
      + wanted.map { ExistingTableColumn(name: Self.name(of: $0.name), type: $0.type) }
    var selects: [Statement] = []
    for (account, table, types) in parts {
      let values: [Statement] = wanted.map { column in
        let name = Identifier(column.name)
        let source: Statement = types[column.name] == nil ? "NULL" : "t.\(name)"
        return "\(source)::\(raw: column.type) AS \(Identifier(Self.name(of: column.name)))"
      }
      selects.append(
        """
        SELECT \(literal: account.name)::text AS account, \(values.joined(separator: ", "))
        FROM \(table.name) AS t
        """)
    }
    query = selects.joined(separator: "\nUNION ALL\n")
    // One account may have hashed what another stores as it is.
    comments = Table(of: stream, in: first.0.schema).columns.compactMap { column in
      guard let comment = column.comment else { return nil }
      let isMarked = comment.hasSuffix(Column.personalMark)
      let isPersonal = personal.contains("\(stream.tableName).\(column.name)")
      return (
        Self.name(of: column.name), isPersonal && !isMarked ? Column.marked(comment) : comment
      )
    }
  }

  /// The column with the account's name.
  private static let label = "account"

  /// What a table's column is called here.
  ///
  /// A deal's own `account`, the id of its company, comes as `account_id`: no view has two columns of
  /// one name.
  static func name(of column: String) -> String { column == label ? "account_id" : column }

  var name: Identifier { Identifier("analytics", "all_\(stream.id.name)") }
  var title: String { "analytics.all_\(stream.id.name)" }

  /// Tells whether the view is the one that would be made now.
  private var mark: String {
    let words = comments.map { "\n\($0.name) \($0.text)" }.joined()
    return String(Fingerprint(of: query.sql + words).bits, radix: 16)
  }
  private var comment: String {
    "\(stream.summary), of all accounts; account is the name in replication.yaml; \(OwnViews.maker)\(mark)"
  }

  private func hasTheseColumns(in transaction: Transaction) throws -> Bool {
    let rows = try transaction.query(
      """
      SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
      WHERE attrelid = \(title)::regclass AND attnum > 0 ORDER BY attnum
      """)
    return try rows.map {
      ExistingTableColumn(name: try $0.value("name"), type: try $0.value("type"))
    } == columns
  }

  func make(in transaction: Transaction, lockKey: Int64) throws {
    try transaction.execute("SELECT pg_advisory_xact_lock(\(lockKey))")
    let found = try transaction.query(
      """
      SELECT coalesce(obj_description(c.oid, 'pg_class'), '') AS comment
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'analytics' AND c.relname = \("all_" + stream.id.name)
      """)
    var grants: [String] = []
    if let held: String = try found.first?.value("comment") {
      guard held.contains(OwnViews.maker), held != comment else { return }
      // A view can be replaced only by one with the same columns. Without CASCADE: what others built
      // on it stays, and then so does the view.
      if try !hasTheseColumns(in: transaction) {
        grants = try transaction.grants(on: title)
        try transaction.execute("DROP VIEW \(name)")
      }
    }
    try transaction.execute("CREATE OR REPLACE VIEW \(name) AS\n\(query)")
    for grant in grants { try transaction.script(grant) }
    try transaction.execute("COMMENT ON VIEW \(name) IS \(literal: comment)")
    let account = "The account's name in replication.yaml"
    try transaction.execute("COMMENT ON COLUMN \(name[Self.label]) IS \(literal: account)")
    for (column, comment) in comments {
      try transaction.execute("COMMENT ON COLUMN \(name[column]) IS \(literal: comment)")
    }
    try transaction.grantRoles(in: "analytics", on: ["all_" + stream.id.name])
  }
}

extension Transaction {
  /// What gives others their rights on a view again, as the server itself writes it.
  ///
  /// - Parameter title: the view's name, as `regclass` takes it.
  func grants(on title: String) throws -> [String] {
    let rows = try query(
      """
      SELECT format('GRANT %s ON %I.%I TO %s%s', given.privilege_type, n.nspname, c.relname,
        CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(given.grantee)) END,
        CASE WHEN given.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS line
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) AS given
      WHERE c.oid = \(title)::regclass AND given.grantee <> c.relowner
      UNION ALL
      -- A column that the view has no more is nobody's to read.
      SELECT format('DO %L', format(
        'BEGIN GRANT %s (%I) ON %I.%I TO %s; EXCEPTION WHEN undefined_column THEN NULL; END',
        given.privilege_type, a.attname, n.nspname, c.relname,
        CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(given.grantee)) END))
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped,
        aclexplode(a.attacl) AS given
      WHERE c.oid = \(title)::regclass AND given.grantee <> c.relowner
      """)
    return try rows.map { try $0.value("line") }
  }
}
