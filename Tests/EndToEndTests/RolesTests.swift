import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

/// A warehouse that one role owns, another fills and others read, each by logins of its own.
private struct Household {
  let world: World
  /// What the roles' names begin with: they are a whole server's, which tests share.
  let prefix: String

  init() async throws {
    world = try World(.scaled(contacts: 120))
    prefix = "e" + (try Database.current.name.dropFirst(5))
    let names = prefix
    try await withDatabase { database in
      try await database.script(
        """
        CREATE ROLE \(names)_ann LOGIN CREATEROLE;
        GRANT CREATE, TEMPORARY ON DATABASE \(try Database.current.name) TO \(names)_ann;
        CREATE ROLE \(names)_etl LOGIN; CREATE ROLE \(names)_eve LOGIN; CREATE ROLE \(names)_pia LOGIN;
        """)
    }
  }

  /// Runs the program as one of the logins, for all streams unless told otherwise.
  func acsync(_ login: String, _ words: String..., streams: String = "*") async throws -> Ending {
    var environment = world.environment
    environment["DATABASE_URL"] = try address(of: login)
    environment["ACSYNC_STREAMS"] = streams
    return try await EndToEndTests.acsync(words, environment: environment)
  }

  func address(of login: String) throws -> String {
    try Database.current.uri + "&user=\(prefix)_\(login)"
  }

  /// Works as one of the logins.
  func with<Value: Sendable>(
    _ login: String, _ work: (Connection) async throws -> Value
  ) async throws -> Value {
    let connection = try await Connection.open(try address(of: login), applicationName: "tests")
    let value: Result<Value, any Error>
    do { value = .success(try await work(connection)) } catch { value = .failure(error) }
    await connection.close()
    return try value.get()
  }

  /// Lets the logins be what they are called.
  func enlist() async throws {
    try await withDatabase { database in
      try await database.script(
        """
        GRANT \(prefix)_loader TO \(prefix)_etl; GRANT \(prefix)_analyst TO \(prefix)_eve;
        GRANT \(prefix)_analyst_pii TO \(prefix)_pia;
        """)
    }
  }

  /// Every column that analysts meet: its relation, its name, and whether it is personal.
  func columns() async throws -> [(relation: String, column: String, isPersonal: Bool)] {
    try await withDatabase { database in
      try await database.query(
        """
        SELECT format('%I.%I', n.nspname, c.relname) AS relation, quote_ident(a.attname) AS name,
          a.attname = '_extra' OR coalesce(col_description(c.oid, a.attnum), '[pii]') LIKE '%[pii]'
            AS is_personal
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE n.nspname IN ('activecampaign', 'analytics') AND c.relkind IN ('r', 'v', 'm')
        ORDER BY 1, a.attnum
        """
      ).map { row in
        (try row.value("relation"), try row.value("name"), try row.value("is_personal"))
      }
    }
  }
}

extension Connection {
  /// Whether the server refuses a statement for want of rights.
  fileprivate func isRefused(_ statement: String) async throws -> Bool {
    do {
      try await script("BEGIN; \(statement); ROLLBACK")
      return false
    } catch let error as PostgresError where error.isPermission {
      try await script("ROLLBACK")
      return true
    }
  }
}

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `A warehouse with roles` {
  @Test func `is laid out by its owner, filled by a loader, and read by analysts`() async throws {
    let house = try await Household()
    defer { house.world.server.stop() }
    let laidOut = try await house.acsync("ann", "migrate", "--roles=\(house.prefix)")
    #expect(laidOut.code == 0, "\(laidOut.aside)")
    #expect(laidOut.result.contains("made role \(house.prefix)_analyst\n"))
    #expect(laidOut.result.contains("laid out activecampaign.contacts\n"))
    let again = try await house.acsync("ann", "migrate")
    #expect(again.result.hasPrefix("nothing to do"), "\(again.result)\(again.aside)")
    try await house.enlist()

    let loaded = try await house.acsync("etl", "run", "--json")
    #expect(loaded.code == 0, "\(loaded.aside)")
    let contacts = try await withDatabase {
      try await $0.column("SELECT count(*) FROM activecampaign.contacts")
    }
    #expect(contacts == ["\(house.world.account.count(of: "contacts"))"])
    // The columns of custom fields are the owner's to make, once the fields are known.
    #expect(loaded.result.contains("analytics.contacts_wide is to be made: run acsync migrate"))
    let widened = try await house.acsync("ann", "migrate")
    #expect(widened.code == 0, "\(widened.aside)")
    let second = try await house.acsync("etl", "run", "--json", "--full-refresh")
    #expect(second.code == 0 && !second.result.contains("acsync migrate"), "\(second.aside)")
    try await house.world.checkReaders(house)
  }

  @Test func `tells the loader what is the owner's, and loads the rest`() async throws {
    let house = try await Household()
    defer { house.world.server.stop() }
    let laidOut = try await house.acsync(
      "ann", "migrate", "--roles=\(house.prefix)", streams: "tags")
    #expect(laidOut.code == 0, "\(laidOut.aside)")
    try await house.enlist()
    let partial = try await house.acsync("etl", "run", "--json", streams: "tags,lists")
    #expect(partial.code == 3, "\(partial.aside)")
    #expect(partial.aside.contains("run acsync migrate as the owner"))
    #expect(try partial.document.streams.map(\.outcome).sorted() == ["done", "failed"])
    let none = try await house.acsync("etl", "run", streams: "lists")
    #expect(none.code == 6, "\(none.aside)")
    #expect(try await house.acsync("etl", "migrate", streams: "lists").code == 6)
    // Made later, a table is there for everybody without anybody doing anything more.
    #expect(try await house.acsync("ann", "run", streams: "lists").code == 0)
    #expect(try await house.acsync("etl", "run", streams: "tags,lists").code == 0)
    let names = try await house.with("eve") {
      try await $0.column("SELECT name FROM activecampaign.lists ORDER BY id")
    }
    #expect(names.count == house.world.account.count(of: "lists"))
  }
}

extension World {
  /// Tries every column there is as each kind of analyst.
  fileprivate func checkReaders(_ house: Household) async throws {
    let columns = try await house.columns()
    #expect(columns.contains { $0.relation == "analytics.contacts_wide" && !$0.isPersonal })
    #expect(columns.contains { $0.relation == "activecampaign.contacts" && $0.column == "email" })
    let open = columns.filter { !$0.isPersonal }
    let readable = Dictionary(grouping: open, by: \.relation).mapValues { $0.map(\.column) }
    try await house.with("eve") { eve in
      for column in columns where column.isPersonal {
        let statement = "SELECT \(column.column) FROM \(column.relation) LIMIT 1"
        let isRefused = try await eve.isRefused(statement)
        #expect(isRefused, "\(statement)")
      }
      let words = try await withDatabase { try await $0.column(Self.personalWords) }
      #expect(words.count > 200)
      try await eve.script("CREATE TEMPORARY TABLE words (word text)")
      try await eve.execute("INSERT INTO words SELECT unnest(\(words))")
      for (relation, names) in readable.sorted(by: { $0.key < $1.key }) {
        let found = try await eve.column(
          """
          SELECT word FROM words WHERE EXISTS (
            SELECT FROM (SELECT \(raw: names.joined(separator: ", ")) FROM \(raw: relation)) AS t
            WHERE strpos(t::text, word) > 0) LIMIT 3
          """)
        #expect(found == [], "\(relation)")
      }
      #expect(try await eve.isRefused("SELECT FROM acsync.rejected_rows"))
      #expect(try await eve.isRefused("CREATE TABLE activecampaign.mine ()"))
    }
    try await house.with("pia") { pia in
      for relation in Set(columns.map(\.relation)) {
        let mayRead = try await !pia.isRefused("SELECT * FROM \(relation) LIMIT 1")
        #expect(mayRead, "\(relation)")
      }
    }
    let mayWrite = try await house.with("pia") { try await !$0.isRefused(Self.deletion) }
    #expect(!mayWrite)
    try await house.with("etl") { etl in
      for statement in [
        "CREATE TABLE activecampaign.mine ()", "DROP TABLE activecampaign.tags",
        "INSERT INTO acsync.sources VALUES ('a', 'b', 'SELECT 1')",
      ] {
        let isRefused = try await etl.isRefused(statement)
        #expect(isRefused, "\(statement)")
      }
    }
  }

  private static let deletion = "DELETE FROM activecampaign.contacts"

  /// What the contacts are called, and how they are reached.
  private static let personalWords: Statement = """
    SELECT DISTINCT word FROM activecampaign.contacts,
      unnest(ARRAY[email, phone, first_name || ' ' || last_name]) AS word
    WHERE length(word) > 4
    """
}
