import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

/// The four roles of a test's own warehouse: roles are a whole server's, and tests share one.
struct RoleFixture: Sendable {
  /// What the roles' names begin with.
  let prefix: String

  init() throws { prefix = "r" + (try Database.current.name.dropFirst(5)) }

  var owner: String { prefix + "_owner" }
  var loader: String { prefix + "_loader" }
  var analyst: String { prefix + "_analyst" }
  var pii: String { prefix + "_analyst_pii" }

  /// The roles of a warehouse that is laid out and handed over.
  static func made() async throws -> RoleFixture {
    let roles = try RoleFixture()
    let loader = try await Loader.fresh(begun: false)
    _ = try await loader.migrate()
    #expect(try await loader.makeRoles(prefix: roles.prefix).count == 4)
    await loader.close()
    return roles
  }

  /// Makes a role that logs in, and returns what it connects with.
  func login(_ name: String, _ rest: String = "") async throws -> String {
    try await script("CREATE ROLE \(prefix)_\(name) LOGIN \(rest)")
    return try Database.current.uri + "&user=\(prefix)_\(name)"
  }

  /// A loader whose login is a member of one of the roles alone.
  func loader(as name: String, in role: String) async throws -> Loader {
    try await Loader.open(
      uri: try await login(name, "IN ROLE \(role)"), account: "acme", applicationName: name,
      patience: .short)
  }

  /// A loader of the owner's that has these streams' tables laid out.
  func laidOut(_ streams: StreamDefinition...) async throws {
    let loader = try await Loader.fresh(begun: false)
    for stream in streams { _ = try await loader.layOut(stream) }
    await loader.close()
  }

  /// What a role may not do, by what the server says of each statement; nil where it may.
  func refusals(of role: String, _ statements: [String]) async throws -> [String?] {
    let connection = try await Database.connect()
    try await connection.script("SET ROLE \(role)")
    var refusals: [String?] = []
    for statement in statements {
      do {
        try await connection.script("BEGIN; \(statement); ROLLBACK")
        refusals.append(nil)
      } catch let error as PostgresError {
        refusals.append(error.isPermission ? "may not" : error.description)
        try await connection.script("ROLLBACK")
      }
    }
    await connection.close()
    return refusals
  }

  /// The columns of a table or view that a role may read.
  func readable(by role: String, in relation: String) async throws -> [String] {
    try await rows(
      """
      SELECT attname FROM pg_attribute
      WHERE attrelid = \(relation)::regclass AND attnum > 0 AND NOT attisdropped
        AND has_column_privilege(\(role), attrelid, attnum, 'SELECT')
        AND has_schema_privilege(\(role), split_part(\(relation), '.', 1), 'USAGE')
      ORDER BY attnum
      """)
  }
}

extension StreamDefinition {
  /// A stream with what is personal, and what is not.
  static let people = people(personal: true)

  static func people(
    personal isPersonal: Bool, city: String = "City",
    _ change: (inout StreamShape) -> Void = { _ in }
  ) -> StreamDefinition {
    var shape = StreamShape()
    change(&shape)
    return StreamDefinition(
      "people", "People", path: "people", rows: "people",
      columns: [
        .key("id", .bigint),
        isPersonal ? .personal("email", .text, "Address") : .column("email", .text, "Address"),
        .column("city", .text, city),
        .column("unexplained", .text),
      ]
    ).shaped(by: shape)
  }
}

extension Catalog.Row {
  static func person(_ id: Int64, _ email: String) -> Catalog.Row {
    Row(key: id, values: [.integer(id), .text(email), .text("Riga"), .null])
  }
}
