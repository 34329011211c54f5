internal import Catalog
internal import Postgres

/// Who owns the warehouse, who fills it and who reads it: `acsync.roles`, made when that is asked for,
/// given their rights whenever something was made.
extension Loader {
  /// The roles of a warehouse are called `acsync_owner` and so on, unless it is told otherwise.
  public static let rolePrefix = "acsync"

  /// Makes those of the four roles that are not there, hands what is ours to the owner role, and acts
  /// as it from then on.
  ///
  /// - Returns: the roles that were made.
  /// - Throws: `WarehouseError.rolesRefused` where roles have to be made and ours may make none, or it
  ///   is no member of the owner role.
  public func makeRoles(prefix: String = Loader.rolePrefix) async throws -> [String] {
    try await persistently(at: "acsync.roles") {
      let made = try await self.connection.transaction { transaction in
        try Self.makeRoles(prefix, in: transaction)
      }
      try await self.connection.becomeOwner()
      _ = try await self.connection.query("SELECT acsync.grant_roles()")
      return made
    }
  }

  private static func makeRoles(_ prefix: String, in transaction: Transaction) throws -> [String] {
    let lacking = try transaction.query(
      """
      SELECT \(prefix) || '_' || s.kind AS name FROM acsync.roles s
      WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = \(prefix) || '_' || s.kind)
      ORDER BY s.kind DESC
      """
    ).map { try $0.value("name", as: String.self) }
    do {
      let made = try transaction.query("SELECT acsync.make_roles(\(prefix)) AS name")
      try transaction.execute("SELECT acsync.hand_over()")
      return try made.map { try $0.value("name") }
    } catch let error as PostgresError where error.isPermission {
      let lines =
        lacking.isEmpty
        ? ["GRANT \(Identifier(prefix + "_owner").quoted) TO the role that runs this;"]
        : lacking.map { "CREATE ROLE \(Identifier($0).quoted);" }
      throw WarehouseError.rolesRefused(
        error.message, remedy: "let an administrator run: " + lines.joined(separator: " "))
    }
  }

  /// Gives the roles that exist what they lack, everywhere; returns how much that was.
  @discardableResult
  public func grantRoles() async throws -> Int64 {
    try await persistently(at: "acsync.roles") {
      try onlyRow(of: await self.connection.query("SELECT acsync.grant_roles() AS count"))
        .value("count")
    }
  }
}

extension Transaction {
  /// Gives the roles that exist what they lack on a stream's table and those beside it.
  func grantRoles(on table: Table) throws {
    let stream = table.stream
    try grantRoles(
      in: table.schema, on: [stream.tableName, stream.historyName, stream.snapshotsName])
  }

  /// The same on tables or views of a schema; where nothing is missing, nothing is written.
  func grantRoles(in schema: String, on relations: [String]) throws {
    _ = try query("SELECT acsync.grant_roles(\(schema), \(relations))")
  }

  /// Whether our role may make and change tables of ours in a schema.
  func isOwner(of schema: String) throws -> Bool {
    try onlyRow(
      of: query(
        """
        SELECT coalesce(bool_and(pg_has_role(nspowner, 'USAGE')), false) AS is_owner
        FROM pg_namespace WHERE nspname = \(schema)
        """)
    ).value("is_owner")
  }
}

extension Connection {
  /// Has a member of the role that owns the warehouse act as that role, so that what one member makes
  /// another can change.
  ///
  /// Only where that role is a group, which nobody logs in as. Before anything is laid out it is the one
  /// of the usual name, if it may make schemas here.
  func becomeOwner() async throws {
    let isMember = try serverVersion >= 160_000 ? "SET" : "MEMBER"
    let found = try await query(
      """
      SELECT r.rolname::text AS name FROM pg_roles r
      WHERE NOT r.rolcanlogin AND pg_has_role(r.oid, \(isMember)) AND r.oid = coalesce(
        (SELECT nspowner FROM pg_namespace WHERE nspname = 'acsync'),
        (SELECT oid FROM pg_roles WHERE rolname = \(Loader.rolePrefix + "_owner")
          AND has_database_privilege(oid, current_database(), 'CREATE')))
      """)
    guard let name: String = try found.first?.value("name") else { return }
    try await execute("SET ROLE \(Identifier(name))")
  }
}
