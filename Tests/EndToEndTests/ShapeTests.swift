import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

/// A simulated account that is synced by one file after another.
private struct Wardrobe {
  let world: World
  private let folder: URL
  var file: URL { folder.appending(path: "replication.yaml") }

  init() throws {
    world = try World(.paged)
    folder = FileManager.default.temporaryDirectory.appending(path: "acsync-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func stop() {
    world.server.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Runs `acsync run` by a file that says this.
  func run(_ yaml: String, _ words: String..., salt: String? = "pepper") async throws -> Ending {
    try yaml.write(to: file, atomically: true, encoding: .utf8)
    var environment = world.environment
    environment["ACSYNC_HASH_SALT"] = salt
    let ending = try await acsync(
      ["run", "--json", "-c", file.path] + words, environment: environment)
    if let salt { #expect(!(ending.result + ending.aside).contains(salt)) }
    return ending
  }

  /// Runs `acsync plan` by a file that says this.
  func plan(_ yaml: String) async throws -> Ending {
    try yaml.write(to: file, atomically: true, encoding: .utf8)
    var environment = world.environment
    environment["ACSYNC_HASH_SALT"] = "pepper"
    return try await acsync(["plan", "-c", file.path], environment: environment)
  }

  /// Every e-mail address that the account has.
  var addresses: [String] {
    world.account.rows(of: "contacts").compactMap {
      let row = try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      return row?["email"] as? String
    }
  }
}

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `Another selection` {
  private static let plain = "streams: {contacts: }"
  private static let hashed = """
    streams:
      contacts:
        select: ['*', -phone]
        transforms: { email: [lower, hash_sha256], email_local: mask, hash: mask }
    """

  @Test func `hides what was plain before, in every row and everywhere`() async throws {
    let wardrobe = try Wardrobe()
    defer { wardrobe.stop() }
    let first = try await wardrobe.run(Self.plain)
    #expect(first.code == 0, "\(first.aside)")
    let contacts = wardrobe.world.account.ids(of: "contacts")
    // One that is gone by then is not read again, and must hide as well.
    wardrobe.world.account.delete("contacts", id: contacts[2])
    let second = try await wardrobe.run(Self.plain)
    #expect(second.code == 0, "\(second.aside)")
    let emails = try await withDatabase {
      try await $0.column("SELECT email FROM activecampaign.contacts ORDER BY id")
    }
    #expect(emails.count == contacts.count && emails.allSatisfy { $0.contains("@") })
    // The plan knows that all is read, before a row of it is.
    let plan = try await wardrobe.plan(Self.hashed)
    #expect(plan.result.contains("everything"), "\(plan.result)")
    let third = try await wardrobe.run(Self.hashed)
    #expect(third.code == 0, "\(third.aside)")
    try await withDatabase { database in
      let hashes = try await database.column(
        "SELECT email FROM activecampaign.contacts WHERE _deleted_at IS NULL ORDER BY id")
      let expected = try await database.column(
        """
        SELECT encode(sha256(convert_to('pepper' || lower(email), 'UTF8')), 'hex')
        FROM unnest(\(emails)) WITH ORDINALITY AS given (email, number)
        WHERE number <> 3 ORDER BY number
        """)
      #expect(hashes == expected)
      #expect(
        try await database.column("SELECT count(phone) FROM activecampaign.contacts") == ["0"])
      for (schema, table) in try await Self.tables(database) {
        let name = Identifier(schema, table)
        let leaks = try await database.column(
          "SELECT count(*) FROM \(name) AS t WHERE EXISTS (SELECT FROM unnest(\(emails)) AS e WHERE strpos(t::text, e) > 0)"
        )
        #expect(leaks == ["0"], "\(schema).\(table)")
      }
    }
    // Nothing more is read or written by the same file.
    let before = try await fingerprints(of: ["contacts"])
    let fourth = try await wardrobe.run(Self.hashed)
    #expect(fourth.code == 0, "\(fourth.aside)")
    #expect(try await fingerprints(of: ["contacts"]) == before)
    #expect(try third.document.requests > fourth.document.requests)
  }

  /// Every table of ours.
  private static func tables(_ database: Connection) async throws -> [(String, String)] {
    try await database.query(
      """
      SELECT schemaname::text AS s, tablename::text AS t FROM pg_tables
      WHERE schemaname IN ('acsync', 'activecampaign')
      """
    ).map { (try $0.value("s"), try $0.value("t")) }
  }

  @Test func `brings a column back with all its values, and the table is as the account`()
    async throws
  {
    let wardrobe = try Wardrobe()
    defer { wardrobe.stop() }
    let first = try await wardrobe.run(Self.hashed)
    #expect(first.code == 0, "\(first.aside)")
    let second = try await wardrobe.run(Self.plain)
    #expect(second.code == 0, "\(second.aside)")
    let verified = try await acsync(
      ["verify", "--full", "-c", wardrobe.file.path], environment: wardrobe.world.environment)
    #expect(verified.code == 0, "\(verified.aside) \(verified.result)")
    try await withDatabase { database in
      let emails = try await database.column(
        "SELECT email FROM activecampaign.contacts ORDER BY id")
      #expect(emails == wardrobe.addresses)
      #expect(
        try await database.column("SELECT count(phone) > 0 FROM activecampaign.contacts") == ["t"])
    }
  }

  @Test func `gives tables, columns and indexes their names, and holds with verify`() async throws {
    let wardrobe = try Wardrobe()
    defer { wardrobe.stop() }
    let yaml = """
      defaults:
        object: crm.ac_{stream_name}
        target_options:
          column_casing: camel
          table_keys: { index: [[email], [cdate, id]] }
          post_sql: CREATE OR REPLACE VIEW public.people AS SELECT id, mail FROM crm.people
      streams:
        contacts: { object: crm.people, select: ['*', email as mail] }
        tags: { target_options: { post_sql: SELECT 1 } }
      """
    let ending = try await wardrobe.run(yaml)
    #expect(ending.code == 0, "\(ending.aside)")
    try await withDatabase { database in
      let mails = try await database.column("SELECT mail FROM public.people ORDER BY id")
      #expect(mails == wardrobe.addresses)
      #expect(
        try await database.column(
          "SELECT indexname FROM pg_indexes WHERE schemaname = 'crm' ORDER BY 1") == [
            "ac_tags_cdate_id_idx", "ac_tags_pkey", "people_cdate_id_idx", "people_mail_idx",
            "people_pkey",
          ])
      #expect(
        try await database.column("SELECT count(\"createdTimestamp\") > 0 FROM crm.ac_tags")
          == ["t"])
    }
    var environment = wardrobe.world.environment
    environment["ACSYNC_HASH_SALT"] = "pepper"
    let verified = try await acsync(
      ["verify", "--full", "-c", wardrobe.file.path], environment: environment)
    #expect(verified.code == 0, "\(verified.aside) \(verified.result)")
  }

  @Test func `is refused without a salt before anything is asked`() async throws {
    let wardrobe = try Wardrobe()
    defer { wardrobe.stop() }
    let ending = try await wardrobe.run(Self.hashed, salt: nil)
    #expect(ending.code == 2)
    #expect(ending.aside.contains("hash_sha256 without a salt"), "\(ending.aside)")
    #expect(wardrobe.world.server.audit.requests == 0)
  }
}

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `Rows that match where` {
  private static let some = """
    streams:
      deals: { where: "status = 0 and value > 0" }
      notes: { where: "note is not null" }
    """

  /// The ids of deals by what the account holds.
  private func open(_ world: World) -> [String] {
    world.account.rows(of: "deals").compactMap { text in
      let row = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      guard let row, "\(row["status"] ?? "")" == "0",
        (Int("\(row["value"] ?? "")") ?? 0) > 0
      else { return nil }
      return "\(row["id"] ?? "")"
    }
  }

  private func stored() async throws -> [String] {
    try await withDatabase {
      try await $0.column(
        """
        SELECT id::text AS key FROM activecampaign.deals
        WHERE _deleted_at IS NULL AND status IS NOT NULL ORDER BY id
        """)
    }
  }

  @Test func `are those of the account at each run, and the others leave`() async throws {
    let wardrobe = try Wardrobe()
    defer { wardrobe.stop() }
    let account = wardrobe.world.account
    let first = try await wardrobe.run("streams: {deals: , notes: }")
    #expect(first.code == 0, "\(first.aside)")
    let second = try await wardrobe.run(Self.some)
    #expect(second.code == 0, "\(second.aside)")
    let before = open(wardrobe.world)
    #expect(try await stored() == before)
    #expect(before.count > 3 && before.count < account.count(of: "deals"))
    #expect(second.result.contains("rows do not match where"))
    // One leaves, one comes.
    let others = account.ids(of: "deals").filter { !before.contains("\($0)") }
    account.update("deals", id: try #require(Int(before[1])), ["status": "2"])
    account.update("deals", id: try #require(others.last), ["status": "0", "value": "5"])
    let third = try await wardrobe.run(Self.some)
    #expect(third.code == 0, "\(third.aside)")
    #expect(try await stored() == open(wardrobe.world))
    #expect(try await stored() != before)
    #expect(third.result.contains("only rows that match where are stored"))
    var environment = wardrobe.world.environment
    environment["ACSYNC_HASH_SALT"] = "pepper"
    let verified = try await acsync(
      ["verify", "--full", "-c", wardrobe.file.path], environment: environment)
    #expect(verified.code == 0, "\(verified.aside) \(verified.result)")
    let plan = try await acsync(["plan", "-c", wardrobe.file.path], environment: environment)
    #expect(plan.result.contains("which is looked at here"), "\(plan.result)")
  }
}

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `A new field` {
  private static let adding = """
    defaults: { target_options: { add_new_columns: true } }
    streams: {tags: , contacts: }
    """

  private func columns(_ query: Statement) async throws -> [String] {
    try await withDatabase { try await $0.column(query) }
  }

  @Test func `is told of once, becomes a column, and is one from then on`() async throws {
    let wardrobe = try Wardrobe()
    defer { wardrobe.stop() }
    let account = wardrobe.world.account
    let first = try await wardrobe.run("streams: {tags: , contacts: }")
    #expect(first.code == 0, "\(first.aside)")
    let tags = account.ids(of: "tags")
    account.update("tags", id: tags[1], ["newColour": "red"])
    let second = try await wardrobe.run("streams: {tags: , contacts: }")
    // The simulated account may send undeclared fields of its own from the start.
    #expect(second.code == 0, "\(second.aside)")
    #expect(
      try await columns(
        "SELECT _extra ->> 'newColour' FROM activecampaign.tags WHERE id = \(Int64(tags[1]))")
        == ["red"])
    let third = try await wardrobe.run(Self.adding)
    #expect(third.code == 0, "\(third.aside)")
    #expect(third.result.contains("new_colour (text)"), "\(third.result)")
    account.update("tags", id: tags[2], ["newColour": "blue"])
    let fourth = try await wardrobe.run("streams: {tags: , contacts: }")
    #expect(fourth.code == 0, "\(fourth.aside)")
    #expect(!fourth.result.contains("new column"))
    #expect(
      try await columns(
        "SELECT new_colour FROM activecampaign.tags WHERE new_colour IS NOT NULL ORDER BY id")
        == ["red", "blue"])
    #expect(
      try await columns("SELECT count(*) FROM activecampaign.tags WHERE _extra ? 'newColour'")
        == ["0"])
    let verified = try await acsync(
      ["verify", "--full", "-c", wardrobe.file.path], environment: wardrobe.world.environment)
    #expect(verified.code == 0, "\(verified.aside) \(verified.result)")
  }

  @Test func `ends a frozen stream with 8, and no row of it is written`() async throws {
    let wardrobe = try Wardrobe()
    defer { wardrobe.stop() }
    let frozen = """
      defaults: { target_options: { schema_contract: freeze } }
      streams: {tags: , lists: }
      """
    let first = try await wardrobe.run(frozen)
    #expect(first.code == 0, "\(first.aside)")
    let before = try await fingerprints(of: ["tags"])
    wardrobe.world.account.update(
      "tags", id: wardrobe.world.account.ids(of: "tags")[1], ["newColour": "red"])
    let second = try await wardrobe.run(frozen)
    #expect(second.code == 8, "\(second.aside)")
    #expect(second.aside.contains("newColour") && second.aside.contains("schema_contract: evolve"))
    #expect(try await fingerprints(of: ["tags"]) == before)
  }
}
