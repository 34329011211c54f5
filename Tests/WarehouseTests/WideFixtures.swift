import Catalog
import Postgres
import Replication
import TestSupport

@testable import Warehouse

/// The streams with custom fields of one kind of row, as small as they can be.
struct WideFixture: Sendable {
  let owners: StreamDefinition
  let definitions: StreamDefinition
  let values: StreamDefinition
  var schema = "activecampaign"

  var all: [StreamDefinition] { [owners, definitions, values] }

  static let contacts = WideFixture(
    owners: .contacts, definitions: .customFields,
    values: StreamDefinition(
      "custom_field_values", "Values", path: "fieldValues", rows: "fieldValues",
      columns: [
        .key("id", .bigint), .column("contact", .bigint), .column("field", .bigint),
        .column("value", .text),
      ]))

  static let deals = crm("deal", .deals, .text)
  static let accounts = crm("account", .accounts, .jsonb)

  private static func crm(
    _ name: String, _ owners: StreamDefinition, _ value: Column.Kind
  ) -> WideFixture {
    WideFixture(
      owners: owners,
      definitions: StreamDefinition(
        .init(name + "_custom_fields"), "Fields", path: "meta", rows: "meta",
        columns: [
          .key("id", .bigint), .column("fieldLabel", .text), .column("fieldType", .text),
          .column("personalization", .text),
        ]),
      values: StreamDefinition(
        .init(name + "_custom_field_values"), "Values", path: "data", rows: "data",
        columns: [
          .key("id", .bigint), .column(name + "Id", .bigint), .column("customFieldId", .bigint),
          .column("fieldValue", value),
        ]))
  }

  /// A loader of an account whose tables are there.
  func loader(account: String = "acme", made streams: [StreamDefinition]? = nil) async throws
    -> Loader
  {
    let loader = try await Loader.open(
      uri: Database.current.uri, account: account, schema: schema, applicationName: "loader",
      patience: .short)
    try await loader.begin(RunOpening(version: "1", streams: all.map(\.id)))
    for stream in streams ?? all { _ = try await loader.claim(stream) }
    return loader
  }

  /// Puts rows into the table of the owners.
  func owners(_ ids: ClosedRange<Int>) async throws {
    try await script(
      """
      INSERT INTO \(schema).\(owners.id) (id, _synced_at)
      SELECT i, now() FROM generate_series(\(ids.lowerBound), \(ids.upperBound)) AS i
      """)
  }

  /// Puts a field into the table of the fields, or changes it.
  func field(_ id: Int64, _ type: String, tag: String = "", title: String = "A title") async throws
  {
    let connection = try await Database.connect()
    let names =
      owners.id == "contacts"
      ? ["id", "title", "type", "perstag"]
      : ["id", "field_label", "field_type", "personalization"]
    let table = Identifier(schema, definitions.id.name)
    let sets: [Statement] = names.dropFirst().map {
      "\(Identifier($0)) = EXCLUDED.\(Identifier($0))"
    }
    try await connection.execute(
      """
      INSERT INTO \(table) (\(names.map { Identifier($0) }), _synced_at)
      VALUES (\(id), \(title), \(type), \(tag), now())
      ON CONFLICT (id) DO UPDATE SET \(sets.joined(separator: ", ")), _deleted_at = NULL
      """)
    await connection.close()
  }

  /// Marks a field as gone.
  func drop(_ field: Int64) async throws {
    try await script(
      "UPDATE \(schema).\(definitions.id) SET _deleted_at = now() WHERE id = \(field)")
  }

  /// Puts a value into the table of the values, or changes it; ids are as the pairs come.
  func value(
    _ owner: Int64, _ field: Int64, _ value: String?, id: Int64? = nil, currency: String? = nil
  ) async throws {
    let connection = try await Database.connect()
    let names = values.columns.map { Identifier($0.name) }
    let type = owners.id == "accounts" ? "jsonb" : "text"
    let extra = currency.map { JSONText("{\"fieldCurrency\": \"\($0)\"}") }
    try await connection.execute(
      """
      INSERT INTO \(Identifier(schema, values.id.name)) (\(names), _synced_at, _extra)
      VALUES (\(id ?? owner * 1000 + field), \(owner), \(field), \(value)::text::\(raw: type), now(),
        \(extra))
      ON CONFLICT (id) DO UPDATE SET \(names[3]) = EXCLUDED.\(names[3])
      """)
    await connection.close()
  }
}

extension Loader {
  /// Brings the views of the fixture up to date; what stood in the way.
  func widen(_ fixture: WideFixture) async -> String? {
    await makeWideViews(after: Set(fixture.all.map(\.id)), of: fixture.all)[fixture.owners.id]
  }
}
