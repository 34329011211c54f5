import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase, .timeLimit(.minutes(5))) struct `The roles of a warehouse` {
  @Test func `are made by nothing but the wish for them`() async throws {
    let before = try await rows("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'acsync%'")
    let loader = try await Loader.holding(.notes)
    #expect(try await loader.grantRoles() == 0)
    #expect(
      try await rows("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'acsync%'") == before)
    await loader.close()
  }

  @Test func `own what was laid out before them, and are made once`() async throws {
    let roles = try RoleFixture()
    let loader = try await Loader.holding(.notes)
    _ = try await loader.claim(.offers)
    let made = try await loader.makeRoles(prefix: roles.prefix)
    #expect(Set(made) == [roles.owner, roles.loader, roles.analyst, roles.pii])
    #expect(try await loader.makeRoles(prefix: roles.prefix) == [])
    // From then on it is the owner role that makes things.
    _ = try await loader.claim(.people)
    await loader.close()
    #expect(
      try await rows(
        """
        SELECT DISTINCT pg_get_userbyid(c.relowner), pg_get_userbyid(n.nspowner) FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN ('acsync', 'activecampaign', 'analytics')
        """) == ["\(roles.owner)|\(roles.owner)"])
    #expect(
      try await rows(
        """
        SELECT DISTINCT pg_get_userbyid(proowner) FROM pg_proc
        WHERE pronamespace = 'acsync'::regnamespace
        """) == [roles.owner])
  }

  @Test func `can be made by who may make roles and is no superuser`() async throws {
    let roles = try RoleFixture()
    let uri = try await roles.login("boss", "CREATEROLE")
    try await script("GRANT CREATE ON DATABASE \(Database.current.name) TO \(roles.prefix)_boss")
    let loader = try await Loader.open(uri: uri, account: "acme", applicationName: "boss")
    _ = try await loader.migrate()
    #expect(try await loader.makeRoles(prefix: roles.prefix).count == 4)
    _ = try await loader.layOut(.people)
    #expect(try await loader.grantRoles() == 0)
    await loader.close()
    #expect(
      try await rows("SELECT tableowner FROM pg_tables WHERE tablename = 'people'")
        == [roles.owner])
    #expect(
      try await roles.readable(by: roles.analyst, in: "activecampaign.people")
        == ["id", "city", "_synced_at", "_deleted_at"])
  }

  @Test func `can be made by an administrator for who may make none`() async throws {
    let roles = try RoleFixture()
    let uri = try await roles.login("boss")
    try await script("GRANT CREATE ON DATABASE \(Database.current.name) TO \(roles.prefix)_boss")
    let loader = try await Loader.open(uri: uri, account: "acme", applicationName: "boss")
    _ = try await loader.migrate()
    _ = try await loader.layOut(.people)
    let refused = await #expect(throws: WarehouseError.self) {
      try await loader.makeRoles(prefix: roles.prefix)
    }
    let remedy = try #require(refused?.explanation.remedy)
    for name in [roles.owner, roles.loader, roles.analyst, roles.pii] {
      #expect(remedy.contains("CREATE ROLE \"\(name)\";"))
    }
    #expect(refused?.explanation.fault == .targetOutOfReach)
    // What it says is what to run; then it says what is still missing.
    try await script(String(remedy.split(separator: "run: ")[1]))
    let outsider = await #expect(throws: WarehouseError.self) {
      try await loader.makeRoles(prefix: roles.prefix)
    }
    #expect(outsider?.explanation.remedy.contains("GRANT \"\(roles.owner)\" TO") == true)
    try await script("GRANT \(roles.owner) TO \(roles.prefix)_boss")
    #expect(try await loader.makeRoles(prefix: roles.prefix) == [])
    try await loader.grantRoles()
    await loader.close()
    #expect(
      try await roles.readable(by: roles.pii, in: "activecampaign.people").contains("email"))
  }

  @Test func `that an administrator made later get their rights at the next run`() async throws {
    let roles = try RoleFixture()
    let loader = try await Loader.holding(.people)
    await loader.close()
    try await script(
      """
      UPDATE acsync.roles SET role_name = replace(role_name, 'acsync', '\(roles.prefix)');
      CREATE ROLE \(roles.analyst);
      """)
    // Another warehouse of the server may have had it made, for itself.
    let other = try await Loader.fresh()
    await other.close()
    #expect(
      try await roles.refusals(of: roles.analyst, ["SELECT id FROM activecampaign.people"])
        == ["may not"])
    try await script("UPDATE acsync.roles SET is_used = true")
    let next = try await Loader.fresh()
    await next.close()
    #expect(
      try await roles.readable(by: roles.analyst, in: "activecampaign.people")
        == ["id", "city", "_synced_at", "_deleted_at"])
  }

  @Test func `let two people of the owner role change the same tables`() async throws {
    let roles = try await RoleFixture.made()
    for (index, name) in ["ann", "bob"].enumerated() {
      let loader = try await roles.loader(as: name, in: roles.owner)
      #expect(try await loader.layOut(.people(personal: index == 0)).isChanged)
      await loader.close()
    }
    #expect(
      try await rows(
        """
        SELECT tableowner, col_description('activecampaign.people'::regclass, 2) FROM pg_tables
        WHERE tablename = 'people'
        """) == ["\(roles.owner)|Address"])
  }

  @Test func `that log in are nobody's mask: their members act as themselves`() async throws {
    let roles = try await RoleFixture.made()
    try await script("ALTER ROLE \(roles.owner) LOGIN")
    let connection = try await Connection.open(
      try await roles.login("ann", "IN ROLE \(roles.owner)"), applicationName: "ann")
    try await connection.becomeOwner()
    let current = try await connection.query("SELECT current_user::text AS name")
    #expect(try current.first?.value("name") == "\(roles.prefix)_ann")
    await connection.close()
  }
}

@Suite(.freshDatabase, .timeLimit(.minutes(5))) struct `What analysts may read` {
  @Test func `is all but what is personal, unexplained or undeclared`() async throws {
    let roles = try await RoleFixture.made()
    try await roles.laidOut(.people)
    let table = "activecampaign.people"
    #expect(
      try await roles.readable(by: roles.analyst, in: table)
        == ["id", "city", "_synced_at", "_deleted_at"])
    #expect(
      try await roles.readable(by: roles.pii, in: table)
        == ["id", "email", "city", "unexplained", "_synced_at", "_deleted_at", "_extra"])
    #expect(
      try await roles.refusals(
        of: roles.analyst,
        [
          "SELECT id, city FROM \(table)", "SELECT count(*) FROM \(table)",
          "SELECT * FROM \(table)", "SELECT p FROM \(table) p",
          "SELECT to_jsonb(p) FROM \(table) p",
          "SELECT id FROM \(table) WHERE email = 'a'", "SELECT id FROM \(table) ORDER BY email",
          "SELECT FROM acsync.rejected_rows", "DELETE FROM \(table)",
          "SELECT acsync.grant_roles()",
        ]) == [nil, nil] + Array(repeating: "may not", count: 8))
    #expect(
      try await roles.refusals(
        of: roles.pii,
        ["SELECT * FROM \(table)", "DELETE FROM \(table)", "SELECT FROM acsync.runs"])
        == [nil, "may not", "may not"])
  }

  @Test func `is told by the comments, which an older table gets when it is next taken`()
    async throws
  {
    let old = try await Loader.holding(.people(personal: false))
    _ = try await old.write(.of(.people, [.person(1, "a@b.c")]).closing(floor: .at(5)))
    await old.close()
    try await script(
      "CREATE TABLE public.before AS SELECT xmin::text AS version FROM activecampaign.people")
    let loader = try await Loader.fresh()
    // Nothing is read or written again for it.
    #expect(try await loader.claim(.people).floor == .at(5))
    await loader.close()
    #expect(
      try await rows("SELECT col_description('activecampaign.people'::regclass, 2)")
        == ["Address [pii]"])
    #expect(
      try await rows(
        "SELECT count(*) FROM activecampaign.people p JOIN public.before b ON b.version = p.xmin::text"
      )
        == ["1"])
  }

  @Test func `holds what is hashed or masked, and no more once it is not`() async throws {
    let roles = try await RoleFixture.made()
    let table = "activecampaign.people"
    for transforms in [[ValueTransform.mask], [.hashSHA256(HashSalt("s"))]] {
      try await roles.laidOut(.people(personal: true) { $0.transforms["email"] = transforms })
      #expect(try await roles.readable(by: roles.analyst, in: table).contains("email"))
    }
    try await roles.laidOut(.people(personal: true) { $0.transforms["email"] = [.lower] })
    #expect(try await !roles.readable(by: roles.analyst, in: table).contains("email"))
  }

  @Test func `never shows what was there before it was hashed`() async throws {
    let roles = try await RoleFixture.made()
    let owner = try await Loader.holding(.people)
    _ = try await owner.write(.of(.people, [.person(1, "a@b.c")]).closing())
    await owner.close()
    try await roles.laidOut(.people(personal: true) { $0.transforms["email"] = [.mask] })
    #expect(
      try await roles.readable(by: roles.analyst, in: "activecampaign.people").contains("email"))
    #expect(try await rows("SELECT email FROM activecampaign.people") == [""])
    #expect(try await rows("SELECT live_rows, whole_as_of FROM acsync.stream_state") == ["1"])
  }

  @Test func `shrinks when a column becomes personal, but for what a person granted`() async throws
  {
    let roles = try await RoleFixture.made()
    let table = "activecampaign.people"
    try await roles.laidOut(.people(personal: false))
    #expect(try await roles.readable(by: roles.analyst, in: table).contains("email"))
    try await roles.laidOut(.people)
    #expect(try await !roles.readable(by: roles.analyst, in: table).contains("email"))
    try await script("GRANT SELECT (email) ON \(table) TO \(roles.analyst)")
    let loader = try await Loader.fresh()
    _ = try await loader.claim(.people)
    try await loader.grantRoles()
    #expect(try await roles.readable(by: roles.analyst, in: table).contains("email"))
    await loader.close()
  }

  @Test func `is a whole view where nothing in it is personal, until something is`() async throws {
    let roles = try await RoleFixture.made()
    try await script(
      """
      SET ROLE \(roles.owner);
      CREATE VIEW analytics.sums AS SELECT 1 AS sum, 'x'::text AS name;
      COMMENT ON VIEW analytics.sums IS 'Sums; made by acsync, mark 1';
      COMMENT ON COLUMN analytics.sums.sum IS 'Sum'; COMMENT ON COLUMN analytics.sums.name IS 'Name';
      CREATE VIEW analytics.odd AS SELECT 1 AS sum;
      COMMENT ON VIEW analytics.odd IS 'made by acsync, mark 2';
      CREATE VIEW analytics.theirs AS SELECT 'a@example.com' AS address;
      COMMENT ON COLUMN analytics.theirs.address IS 'Address'
      """)
    let loader = try await Loader.fresh()
    #expect(
      try await roles.refusals(
        of: roles.analyst,
        [
          "SELECT * FROM analytics.sums", "SELECT * FROM analytics.odd",
          "SELECT * FROM analytics.theirs",
        ]) == [nil, "may not", "may not"])
    try await script("COMMENT ON COLUMN analytics.sums.name IS 'Name [pii]'")
    #expect(try await loader.grantRoles() > 0)
    #expect(try await loader.grantRoles() == 0)
    #expect(try await roles.readable(by: roles.analyst, in: "analytics.sums") == ["sum"])
    try await script("COMMENT ON COLUMN analytics.sums.name IS 'Name'")
    try await loader.grantRoles()
    #expect(try await roles.refusals(of: roles.analyst, ["SELECT * FROM analytics.sums"]) == [nil])
    await loader.close()
  }

  @Test func `is no more of what is kept of a table than of the table`() async throws {
    let roles = try await RoleFixture.made()
    try await roles.laidOut(.people(personal: false))
    try await script(
      """
      SET ROLE \(roles.owner);
      CREATE TABLE activecampaign.people_history (id bigint, email text, _synced_at timestamptz);
      COMMENT ON COLUMN activecampaign.people_history.id IS 'Id';
      COMMENT ON COLUMN activecampaign.people_history.email IS 'Address'
      """)
    let history = "activecampaign.people_history"
    try await roles.laidOut(.people(personal: false))
    #expect(try await roles.readable(by: roles.analyst, in: history) == ["id", "email"])
    try await roles.laidOut(.people)
    #expect(try await roles.readable(by: roles.analyst, in: history) == ["id"])
  }

  @Test func `stays with a view that is made anew, but for columns it has no more`() async throws {
    let roles = try await RoleFixture.made()
    let columns = "1 AS \"an id\", 2 AS odd"
    try await script(
      """
      CREATE VIEW analytics.mine AS SELECT \(columns), 3 AS gone;
      GRANT SELECT ("an id", gone) ON analytics.mine TO \(roles.analyst)
      """)
    let connection = try await Database.connect()
    try await connection.transaction { transaction in
      let grants = try transaction.grants(on: "analytics.mine")
      try transaction.script("DROP VIEW analytics.mine")
      try transaction.script("CREATE VIEW analytics.mine AS SELECT \(columns)")
      for grant in grants { try transaction.script(grant) }
    }
    await connection.close()
    #expect(try await roles.readable(by: roles.analyst, in: "analytics.mine") == ["an id"])
  }

  @Test func `is given without a write where nothing is missing`() async throws {
    let roles = try await RoleFixture.made()
    try await roles.laidOut(.people, .notes)
    let connection = try await Database.connect()
    try await connection.becomeOwner()
    #expect(try await connection.query("SELECT * FROM acsync.missing_rights(NULL, NULL)").isEmpty)
    let written = try await connection.transaction { transaction in
      _ = try transaction.query("SELECT acsync.grant_roles()")
      _ = try transaction.query("SELECT acsync.grant_roles('activecampaign', '{people}')")
      return try transaction.query(
        "SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS is_written"
      ).first?.value("is_written") ?? true
    }
    #expect(!written)
    await connection.close()
  }

  @Test func `has no custom field in it, unless its owner grants it by hand`() async throws {
    let roles = try await RoleFixture.made()
    let contacts = WideFixture.contacts
    let loader = try await contacts.loader()
    try await contacts.field(1, "text", tag: "A")
    #expect(await loader.widen(contacts) == nil)
    let view = "analytics.contacts_wide"
    let readable = try await roles.readable(by: roles.analyst, in: view)
    #expect(readable.contains("id") && !readable.contains("a") && !readable.contains("email"))
    #expect(try await roles.readable(by: roles.pii, in: view).contains("a"))
    try await script("GRANT SELECT (a) ON \(view) TO \(roles.analyst)")
    try await contacts.field(2, "text", tag: "B")
    #expect(await loader.widen(contacts) == nil)
    let later = try await roles.readable(by: roles.analyst, in: view)
    #expect(later.contains("a") && !later.contains("b"))
    await loader.close()
  }

  @Test func `is, over several accounts, what is personal in none of them`() async throws {
    let roles = try await RoleFixture.made()
    let masked = StreamDefinition.people(personal: true) { $0.transforms["email"] = [.mask] }
    for (schema, stream) in [("a", masked), ("b", StreamDefinition.people)] {
      let loader = try await Loader.open(
        uri: Database.current.uri, account: schema, schema: schema, applicationName: "loader")
      _ = try await loader.layOut(stream)
      let accounts = ["a", "b"].map { AccountViews.Account(name: $0, schema: $0) }
      #expect(try await loader.makeViews(AccountViews(of: accounts, [masked])) == [])
      await loader.close()
      let isReadable = try await roles.readable(by: roles.analyst, in: "analytics.all_people")
        .contains("email")
      #expect(isReadable == (schema == "a"))
    }
    #expect(try await roles.readable(by: roles.analyst, in: "a.people").contains("email"))
    #expect(try await !roles.readable(by: roles.analyst, in: "b.people").contains("email"))
  }
}
