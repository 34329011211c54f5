import Catalog
import Postgres
import Replication
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `Changes of custom fields` {
  private let contacts = WideFixture.contacts

  /// A loader with contacts 1 to 3, of which each has a value of the field 1 with the tag BORN.
  private func begun(type: String = "text") async throws -> Loader {
    let loader = try await contacts.loader()
    try await contacts.owners(1...3)
    try await contacts.field(1, type, tag: "BORN")
    for owner in Int64(1)...3 { try await contacts.value(owner, 1, "2000-01-0\(owner)") }
    #expect(await loader.widen(contacts) == nil)
    return loader
  }

  private func columns(last: Int) async throws -> [String] {
    try await rows(
      """
      SELECT attname FROM (
        SELECT attname, attnum FROM pg_attribute
        WHERE attrelid = 'analytics.contacts_wide'::regclass AND attnum > 0
        ORDER BY attnum DESC LIMIT \(last)) AS c ORDER BY attnum
      """)
  }

  /// What a view that others built says.
  private func mine() async throws -> [String] { try await rows("SELECT * FROM mine ORDER BY 1") }

  @Test func `leave a field's name as it is when its tag and title change`() async throws {
    let loader = try await begun()
    try await script("CREATE VIEW mine AS SELECT id, born FROM analytics.contacts_wide")
    try await contacts.field(1, "text", tag: "BIRTHDAY", title: "Birthday")
    try await contacts.field(2, "text", tag: "BORN")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await columns(last: 2) == ["born", "born_2"])
    #expect(try await mine() == ["1|2000-01-01", "2|2000-01-02", "3|2000-01-03"])
    await loader.close()
  }

  @Test func `append a new field's column below the views that others built`() async throws {
    let loader = try await begun()
    try await script(
      """
      CREATE VIEW mine AS SELECT * FROM analytics.contacts_wide;
      CREATE VIEW yours AS SELECT born FROM mine;
      """)
    try await contacts.field(5, "number", tag: "AGE")
    try await contacts.value(2, 5, "30")
    #expect(await loader.widen(contacts) == nil)
    // One with a lower id too: the order is that of their appearance.
    try await contacts.field(3, "text", tag: "AA")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await columns(last: 3) == ["born", "age", "aa"])
    #expect(
      try await rows("SELECT born, age FROM analytics.contacts_wide WHERE age > 0")
        == ["2000-01-02|30"])
    #expect(try await rows("SELECT count(born) FROM yours") == ["3"])
    await loader.close()
  }

  @Test func `empty the column of a field that is gone, and fill it when it is back`() async throws
  {
    let loader = try await begun()
    try await script("CREATE VIEW mine AS SELECT id, born FROM analytics.contacts_wide")
    try await contacts.drop(1)
    #expect(await loader.widen(contacts) == nil)
    #expect(try await mine() == ["1", "2", "3"])
    #expect(
      try await rows(
        """
        SELECT col_description('analytics.contacts_wide'::regclass, attnum) FROM pg_attribute
        WHERE attrelid = 'analytics.contacts_wide'::regclass AND attname = 'born'
        """) == ["A title (text, field 1), gone [pii]"])
    // Another field of its tag does not take its place.
    try await contacts.field(2, "text", tag: "BORN")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await columns(last: 2) == ["born", "born_2"])
    try await contacts.field(1, "text", tag: "BORN")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await mine() == ["1|2000-01-01", "2|2000-01-02", "3|2000-01-03"])
    // Also where its row went for good.
    try await script("DELETE FROM activecampaign.custom_fields WHERE id = 1")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await mine() == ["1", "2", "3"])
    await loader.close()
  }

  @Test func `empty nothing while the fields themselves are being read again`() async throws {
    let loader = try await begun()
    try await contacts.read([contacts.definitions], isWhole: false)
    try await script("DELETE FROM activecampaign.custom_fields")
    try await contacts.field(2, "text", tag: "NEW")
    try await contacts.value(3, 1, "2000-03-03")
    #expect(await loader.widen(contacts) == nil)
    #expect(
      try await rows("SELECT born FROM analytics.contacts_wide ORDER BY id")
        == ["2000-01-01", "2000-01-02", "2000-03-03"])
    #expect(try await columns(last: 2) == ["born", "new"])
    try await contacts.read([contacts.definitions])
    #expect(await loader.widen(contacts) == nil)
    #expect(try await rows("SELECT count(born) FROM analytics.contacts_wide") == ["0"])
    await loader.close()
  }

  @Test func `give a field of another type another column, and keep filling the first`()
    async throws
  {
    let loader = try await begun()
    try await script("CREATE VIEW mine AS SELECT id, born FROM analytics.contacts_wide")
    try await contacts.field(1, "date", tag: "BIRTHDAY")
    try await contacts.value(3, 1, "in May")
    #expect(await loader.widen(contacts) == nil)
    #expect(
      try await rows("SELECT born, born_date FROM analytics.contacts_wide ORDER BY id") == [
        "2000-01-01|2000-01-01", "2000-01-02|2000-01-02", "in May",
      ])
    #expect(try await mine().last == "3|in May")
    try await contacts.field(1, "textarea", tag: "BIRTHDAY")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await columns(last: 2) == ["born", "born_date"])
    await loader.close()
  }

  @Test func `leave room for columns of the rows that come later`() async throws {
    let loader = try await begun()
    try await script("CREATE VIEW mine AS SELECT id, born FROM analytics.contacts_wide")
    try await script(
      """
      ALTER TABLE activecampaign.contacts ADD COLUMN shoe text, ADD COLUMN born date;
      UPDATE activecampaign.contacts SET born = '1999-09-09', shoe = 'left';
      """)
    try await contacts.field(2, "text", tag: "SHOE")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await columns(last: 4) == ["born", "shoe", "own_born", "shoe_2"])
    #expect(
      try await rows(
        "SELECT born, own_born, shoe FROM analytics.contacts_wide WHERE id = 1")
        == ["2000-01-01|1999-09-09|left"])
    await loader.close()
  }

  @Test func `take what the tables themselves have lost`() async throws {
    let loader = try await begun()
    try await script(
      """
      ALTER TABLE activecampaign.contacts ADD COLUMN shoe text;
      """)
    #expect(await loader.widen(contacts) == nil)
    let list = try await columns(last: 100)
    for loss in [
      "DROP VIEW analytics.contacts_wide", "DROP TABLE acsync.contacts_wide_1_1 CASCADE",
      "DROP FUNCTION acsync.as_list; DROP TRIGGER acsync_wide_insert ON activecampaign.custom_field_values",
      "DROP VIEW analytics.contacts_wide; ALTER TABLE acsync.contacts_wide_1_1 DROP COLUMN born",
      "DROP VIEW analytics.contacts_wide; DROP TABLE activecampaign.custom_field_values",
    ] {
      try await script(loss)
      if loss.contains("activecampaign.custom_field_values"), loss.contains("TABLE") {
        _ = try await loader.finish(StreamReport(stream: contacts.values.id, mode: .fullRefresh))
        _ = try await loader.claim(contacts.values)
        for owner in Int64(1)...3 { try await contacts.value(owner, 1, "2000-01-0\(owner)") }
      }
      try await contacts.value(2, 1, "2000-01-02")
      #expect(await loader.widen(contacts) == nil, "\(loss)")
      #expect(
        try await rows("SELECT id, born FROM analytics.contacts_wide ORDER BY id")
          == ["1|2000-01-01", "2|2000-01-02", "3|2000-01-03"], "\(loss)")
    }
    #expect(try await columns(last: 100).sorted() == list.sorted())
    await loader.close()
  }

  @Test func `leave alone what others made in the view's place, and tell it`() async throws {
    let loader = try await contacts.loader()
    try await script("CREATE TABLE analytics.contacts_wide (mine int)")
    let note = await loader.widen(contacts)
    #expect(note?.contains("there is another analytics.contacts_wide") == true)
    #expect(try await rows("SELECT count(*) FROM analytics.contacts_wide") == ["0"])
    try await script("DROP TABLE analytics.contacts_wide")
    #expect(await loader.widen(contacts) == nil)
    await loader.close()
  }

  @Test func `tell what stands in their way, and go on when it is gone`() async throws {
    let loader = try await begun()
    let reader = try await Database.connect()
    try await reader.script("BEGIN; SELECT * FROM analytics.contacts_wide")
    try await contacts.field(2, "text", tag: "NEW")
    try await contacts.value(1, 2, "x")
    let note = await loader.widen(contacts)
    #expect(note?.hasPrefix("analytics.contacts_wide is not up to date: ") == true)
    try await reader.script("COMMIT")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await rows("SELECT id, new FROM analytics.contacts_wide WHERE new > ''") == ["1|x"])
    await reader.close()
    await loader.close()
  }

  @Test func `do without a column that a table lacks, or tell which`() async throws {
    let loader = try await contacts.loader()
    try await contacts.field(1, "text", tag: "TAG", title: "Shoe size")
    try await script("ALTER TABLE activecampaign.custom_fields RENAME perstag TO tag")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await columns(last: 1) == ["shoe_size"])
    try await script("ALTER TABLE activecampaign.custom_field_values RENAME contact TO person")
    #expect(
      await loader.widen(contacts)
        == "analytics.contacts_wide needs custom_field_values.contact")
    await loader.close()
  }

  @Test func `are many: hundreds of long values in a row, and more than a view holds`() async throws
  {
    let loader = try await contacts.loader()
    try await contacts.owners(1...2)
    try await script(
      """
      INSERT INTO activecampaign.custom_fields (id, title, type, perstag, _synced_at)
      SELECT i, 'T', CASE WHEN i % 3 = 0 THEN 'checkbox' ELSE 'text' END, 'T_' || i, now()
      FROM generate_series(1, 700) AS i;
      INSERT INTO activecampaign.custom_field_values (id, contact, field, value, _synced_at)
      SELECT o * 1000 + i, o, i, repeat('x', 30 + 1000 * (o - 1)), now()
      FROM generate_series(1, 700) AS i, generate_series(1, 2) AS o;
      """)
    #expect(await loader.widen(contacts) == nil)
    #expect(
      try await rows(
        "SELECT id, length(t_1), length(t_3[1]), length(t_700) FROM analytics.contacts_wide ORDER BY 1"
      )
        == ["1|30|30|30", "2|1030|1030|1030"])
    #expect(try await rows("SELECT count(*) FROM acsync.contacts_wide_1_3") == ["2"])
    try await script(
      """
      INSERT INTO activecampaign.custom_fields (id, title, type, perstag, _synced_at)
      SELECT i, 'T', 'text', 'T_' || i, now() FROM generate_series(701, 1510) AS i
      """)
    let note = await loader.widen(contacts)
    #expect(note == "analytics.contacts_wide has no room for 10 of the fields")
    #expect(try await columns(last: 1) == ["t_1500"])
    await loader.close()
  }

  @Test func `go on where a run was ended before all rows were filled`() async throws {
    let loader = try await contacts.loader()
    let many = WideFilling.most * 2 + 10
    try await contacts.owners(1...many)
    try await contacts.field(1, "number", tag: "SIZE")
    try await script(
      """
      INSERT INTO activecampaign.custom_field_values (id, contact, field, value, _synced_at)
      SELECT i, i, 1, i, now() FROM generate_series(1, \(many)) AS i
      """)
    let contacts = contacts
    let task = Task { await loader.widen(contacts) }
    while try await rows("SELECT to_regclass('acsync.contacts_wide_1_1')") == [""] {}
    task.cancel()
    _ = await task.value
    #expect(await loader.widen(contacts) == nil)
    #expect(
      try await rows("SELECT count(*) FROM analytics.contacts_wide WHERE size = id") == ["\(many)"])
    await loader.close()
  }
}
