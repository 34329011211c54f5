import Postgres
import Simulator
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `Custom fields in a run` {
  private static let streams = [
    "--streams", "contacts,custom_fields,custom_field_values",
  ]

  /// The values of the long table that the view has otherwise, or not at all.
  private func differences() async throws -> [String] {
    try await withDatabase { database in
      try await database.column(
        """
        SELECT v.contact || ' ' || c.column_name FROM activecampaign.custom_field_values AS v
        JOIN acsync.wide_columns AS c ON c.field = v.field AND c.kind = 'text'
        LEFT JOIN analytics.contacts_wide AS w ON w.id = v.contact
        WHERE v._deleted_at IS NULL
          AND v.contact IN (SELECT id FROM activecampaign.contacts WHERE _deleted_at IS NULL)
          AND NOT EXISTS (
            SELECT FROM activecampaign.custom_field_values AS later
            WHERE later.contact = v.contact AND later.field = v.field AND later.id > v.id
              AND later._deleted_at IS NULL)
          AND to_jsonb(w) ->> c.column_name IS DISTINCT FROM nullif(v.value, '')
        """)
    }
  }

  @Test func `are columns after it, and follow the account`() async throws {
    let world = try World(.paged)
    defer { world.server.stop() }
    let first = try await world.run(Self.streams)
    #expect(first.code == 0, "\(first.aside)")
    let filled: Statement = """
      SELECT count(*) FROM acsync.contacts_wide_1_1 AS w
      WHERE jsonb_strip_nulls(to_jsonb(w)) <> jsonb_build_object('id', w.id)
      """
    let counts = try await withDatabase { database in
      try await database.column("SELECT count(*) FROM analytics.contacts_wide")
        + database.column("SELECT count(*) > 0 FROM (\(filled)) AS f (n) WHERE n > 0")
    }
    #expect(counts == ["\(world.account.count(of: "contacts"))", "t"])
    #expect(try await differences() == [])

    // Nothing is written again where nothing changed, not even by a whole reading.
    let state: Statement = """
      SELECT sum(xmin::text::bigint) || ' ' || count(*) FROM acsync.contacts_wide_1_1
      UNION ALL SELECT max(xmin::text::bigint)::text FROM pg_class
        WHERE relname = 'contacts_wide' OR relname LIKE 'custom_field%'
      """
    let before = try await withDatabase { try await $0.column(state) }
    #expect(try await world.run(Self.streams + ["--full-refresh"]).code == 0)
    #expect(try await withDatabase { try await $0.column(state) } == before)

    let ids = world.account.ids(of: "fieldValues")
    for id in ids.prefix(5) { world.account.update("fieldValues", id: id, ["value": "changed"]) }
    #expect(try await world.run(Self.streams + ["--full-refresh"]).code == 0)
    #expect(try await differences() == [])
    let changed = try await withDatabase { database in
      try await database.column(
        """
        SELECT count(*) FROM activecampaign.custom_field_values WHERE value = 'changed'
        """)
    }
    #expect(changed == ["5"])
  }

  @Test func `fail no run where their view cannot be made`() async throws {
    let world = try World(.paged)
    defer { world.server.stop() }
    try await withDatabase {
      try await $0.script("CREATE SCHEMA analytics; CREATE TABLE analytics.contacts_wide ()")
    }
    let ending = try await world.run(Self.streams)
    #expect(ending.code == 0, "\(ending.aside)")
    #expect(ending.result.contains("there is another analytics.contacts_wide"))
    // Their columns wait for it.
    try await withDatabase { try await $0.script("DROP TABLE analytics.contacts_wide") }
    let streams = ["--streams", "custom_fields"]
    #expect(!(try await world.run(streams).result.contains("analytics.contacts_wide")))
    #expect(try await differences() == [])
  }
}
