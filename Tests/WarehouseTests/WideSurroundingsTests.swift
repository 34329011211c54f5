import Catalog
import Postgres
import Replication
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `Views of custom fields among others` {
  private let contacts = WideFixture.contacts

  /// The contacts with one column that is of this kind.
  private func contacts(with kind: Column.Kind) -> StreamDefinition {
    StreamDefinition(
      "contacts", "People", path: "contacts", rows: "contacts",
      columns: [.key("id", .bigint), .column("size", kind, "How big")])
  }

  private func readers(_ name: String) async throws -> [String] {
    try await rows(
      """
      SELECT coalesce(nullif(g.grantee, 0)::regrole::text, 'PUBLIC') AS role
      FROM pg_class c, aclexplode(c.relacl) AS g
      WHERE c.oid = \(name)::regclass AND g.grantee <> c.relowner ORDER BY 1
      """)
  }

  @Test func `are read by those who may read the rows and the values`() async throws {
    let name = try Database.current.name
    let (one, two) = ("one_\(name)", "Two \(name)")
    try await script(
      """
      CREATE ROLE "\(one)"; CREATE ROLE "\(two)";
      """)
    let loader = try await contacts.loader()
    try await script(
      """
      GRANT SELECT ON activecampaign.contacts TO "\(one)", "\(two)";
      GRANT SELECT ON activecampaign.custom_field_values TO "\(one)";
      """)
    #expect(await loader.widen(contacts) == nil)
    #expect(try await readers("analytics.contacts_wide") == [one])
    // Who may read them later may read the view after the next run.
    try await script("GRANT SELECT ON activecampaign.custom_field_values TO \"\(two)\"")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await readers("analytics.contacts_wide") == ["\"\(two)\"", one])
    // What a person says of the view itself stays.
    try await script(
      """
      REVOKE SELECT ON analytics.contacts_wide FROM "\(one)";
      GRANT SELECT ON analytics.contacts_wide TO PUBLIC;
      """)
    try await contacts.field(1, "text", tag: "A")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await readers("analytics.contacts_wide") == ["\"\(two)\"", "PUBLIC"])
    // Who may no longer read the tables may no longer read the view.
    try await script("REVOKE SELECT ON activecampaign.contacts FROM \"\(two)\"")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await readers("analytics.contacts_wide") == ["PUBLIC"])
    // A view that is made anew is read by those who may.
    try await script(
      "DROP VIEW analytics.contacts_wide; GRANT SELECT ON activecampaign.contacts TO \"\(two)\"")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await readers("analytics.contacts_wide") == ["\"\(two)\"", one])
    await loader.close()
    try await script(
      """
      DROP OWNED BY "\(one)", "\(two)"; DROP ROLE "\(one)"; DROP ROLE "\(two)";
      """)
  }

  @Test func `are apart for each account`() async throws {
    for account in ["acme", "zenith"] {
      var fixture = contacts
      fixture.schema = "activecampaign_\(account)"
      let loader = try await fixture.loader(account: account)
      try await fixture.owners(1...1)
      try await fixture.field(1, account == "acme" ? "text" : "number", tag: "A")
      try await fixture.value(1, 1, account == "acme" ? "x" : "7")
      #expect(await loader.widen(fixture) == nil)
      await loader.close()
    }
    #expect(try await rows("SELECT a FROM analytics.acme_contacts_wide") == ["x"])
    #expect(try await rows("SELECT a + 1 FROM analytics.zenith_contacts_wide") == ["8"])
    // A schema whose view would be called the same gets none.
    var other = contacts
    other.schema = "acme"
    let loader = try await other.loader(account: "other")
    #expect(
      await loader.widen(other) == "analytics.acme_contacts_wide is of another schema's tables")
    #expect(try await rows("SELECT a FROM analytics.acme_contacts_wide") == ["x"])
    await loader.close()
  }

  @Test func `do not keep a column of the rows from being widened`() async throws {
    var fixture = WideFixture(
      owners: contacts(with: .bigint), definitions: contacts.definitions, values: contacts.values)
    var loader = try await fixture.loader()
    try await fixture.field(1, "text", tag: "A")
    try await script("INSERT INTO activecampaign.contacts VALUES (1, 7, now())")
    try await fixture.value(1, 1, "x")
    #expect(await loader.widen(fixture) == nil)
    try await script("GRANT SELECT, INSERT ON analytics.contacts_wide TO PUBLIC")
    let said: Statement = """
      SELECT description FROM pg_description
      WHERE objoid = 'analytics.contacts_wide'::regclass ORDER BY objsubid
      """
    let before = try await rows(said)
    await loader.close()

    fixture = WideFixture(
      owners: contacts(with: .text), definitions: contacts.definitions, values: contacts.values)
    loader = try await fixture.loader()
    #expect(try await rows("SELECT size || 'cm', a FROM analytics.contacts_wide") == ["7cm|x"])
    #expect(try await readers("analytics.contacts_wide") == ["PUBLIC", "PUBLIC"])
    #expect(try await rows(said) == before)
    #expect(await loader.widen(fixture) == nil)
    #expect(try await rows(said) == before)
    await loader.close()
  }

  @Test func `keep it from being widened where others have built on them`() async throws {
    let fixture = WideFixture(
      owners: contacts(with: .bigint), definitions: contacts.definitions, values: contacts.values)
    let loader = try await fixture.loader()
    #expect(await loader.widen(fixture) == nil)
    try await script("CREATE VIEW mine AS SELECT size FROM analytics.contacts_wide")
    await loader.close()
    let next = try await Loader.fresh()
    let error = await #expect(throws: WarehouseError.self) {
      try await next.claim(contacts(with: .text))
    }
    #expect(error?.explanation.remedy.contains("drop what depends on it") == true)
    #expect(try await rows("SELECT count(*) FROM mine") == ["0"])
    await next.close()
  }

  @Test func `lose no row where they cannot be made`() async throws {
    let name = "guest_" + (try Database.current.name)
    let owner = try await contacts.loader()
    try await contacts.owners(1...1)
    try await contacts.field(1, "text", tag: "A")
    try await contacts.value(1, 1, "x")
    try await script(
      """
      CREATE ROLE \(name) LOGIN;
      GRANT USAGE ON SCHEMA acsync, activecampaign, analytics TO \(name);
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA acsync, activecampaign TO \(name);
      """)
    let guest = try await Loader.open(
      uri: try Database.current.uri + "&user=\(name)", account: "acme", applicationName: "guest",
      patience: .short)
    let note = await guest.widen(contacts)
    #expect(note == "analytics.contacts_wide is to be made: run acsync migrate as the owner")
    await guest.close()
    #expect(await owner.widen(contacts) == nil)
    #expect(try await rows("SELECT a FROM analytics.contacts_wide") == ["x"])
    await owner.close()
    try await script("DROP OWNED BY \(name); DROP ROLE \(name)")
  }

  @Test func `take columns and tables by the names that the settings give them`() async throws {
    var shape = StreamShape()
    shape.tableName = "people"
    shape.names = ["id": "person_id", "email": "Mail"]
    let people = StreamDefinition(
      "contacts", "People", path: "contacts", rows: "contacts",
      columns: [.key("id", .bigint), .column("email", .text)]
    ).shaped(by: shape)
    shape = StreamShape()
    shape.tableName = "answers"
    shape.names = ["contact": "person", "field": "question", "value": "answer"]
    let fixture = WideFixture(
      owners: people, definitions: contacts.definitions, values: contacts.values.shaped(by: shape))
    let loader = try await fixture.loader()
    try await script(
      """
      INSERT INTO activecampaign.people VALUES (4, 'a@b.example', now());
      INSERT INTO activecampaign.answers (id, person, question, answer, _synced_at)
      VALUES (9, 4, 1, 'x', now());
      """)
    try await fixture.field(1, "text", tag: "PERSON_ID")
    #expect(await loader.widen(fixture) == nil)
    #expect(
      try await rows("SELECT person_id, \"Mail\", person_id_1 FROM analytics.contacts_wide")
        == ["4|a@b.example|x"])
    await loader.close()
  }
}
