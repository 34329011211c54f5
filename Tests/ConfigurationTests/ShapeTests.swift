import Testing

@testable import Catalog
@testable import Configuration

/// A stream as the settings of a file want it.
private func shapedStream(_ yaml: String) throws -> StreamDefinition {
  try shapedStream("contacts", yaml)
}

private func shapedStream(
  _ name: String, _ yaml: String, environment: [String: String] = [:]
) throws -> StreamDefinition {
  let settings = try settings(yaml, environment: environment)
  let all = settings.streams + settings.others
  return try #require(all.first { $0.stream.id.name == name }).stream
}

private func names(_ yaml: String) throws -> [String] { try shapedStream(yaml).columns.map(\.name) }

@Suite struct `select` {
  @Test func `leaves columns out`() throws {
    let stream = try shapedStream("streams: {contacts: {select: [-phone, '-email_*', -firstName]}}")
    let gone: Set<String> = ["phone", "email_local", "email_domain", "email_empty", "firstName"]
    #expect(stream.shape.deselected == gone)
    #expect(stream.columns.count == StreamDefinition.contacts.columns.count - gone.count)
    #expect(stream.shape.keepsUndeclared)
    let same = try shapedStream(
      "streams: {contacts: {select: {exclude: [phone, 'email_*', first_name]}}}")
    #expect(same.shape == stream.shape)
  }

  @Test func `stores what it names, with what the reading needs, and nothing undeclared`() throws {
    let stream = try shapedStream("streams: {contacts: {select: [email, last_name as family]}}")
    #expect(stream.columns.map(\.name) == ["id", "cdate", "email", "family", "udate"])
    #expect(stream.shape.renamed == ["lastName"])
    #expect(!stream.shape.keepsUndeclared)
  }

  @Test func `takes a star for everything else`() throws {
    let stream = try shapedStream("streams: {contacts: {select: ['*', -phone, email as mail]}}")
    #expect(stream.columns.count == StreamDefinition.contacts.columns.count - 1)
    #expect(stream.columns.contains { $0.name == "mail" && $0.field == "email" })
    #expect(stream.shape.keepsUndeclared)
  }

  @Test func `said for all holds for those that have the column`() throws {
    let yaml = "defaults: {select: [-email]}"
    #expect(try !names(yaml).contains("email"))
    #expect(try shapedStream("tags", yaml).shape == StreamShape())
    // A stream's own is the whole of what is said of it.
    let own = "\(yaml)\nstreams: {contacts: {select: [-phone]}}"
    #expect(try names(own).contains("email"))
    #expect(try !names(own).contains("phone"))
  }

  @Test(arguments: [
    ("[-emial]", "contacts has no column \"emial\" → did you mean email?"),
    ("[-id]", "select: contacts cannot be read without id"),
    ("[-udate]", "select: contacts cannot be read without udate"),
    ("[id as key]", "select: the key of contacts keeps its name → write id"),
    ("[email as _extra]", "select: \"_extra\" cannot be a column's name here"),
    ("[email as 'a b']", "no column"), ("[-email as mail]", "renames what is no single column"),
    ("[email as phone, phone]", "contacts would have two columns phone: email and phone"),
    ("{only: [email]}", "select has no key \"only\""),
  ])
  func `refuses what cannot be`(_ select: String, _ expected: String) {
    let found = mistakes("streams: {contacts: {select: \(select)}}")
    #expect(found.contains { $0.contains(expected) }, "\(found)")
    #expect(found.allSatisfy { $0.hasPrefix("replication.yaml:1:") })
  }

  @Test func `refuses for all what no stream has`() {
    let found = mistakes("defaults: {select: [-emial]}")
    #expect(
      found == ["replication.yaml:1:21: no stream has a column \"emial\" → did you mean email?"])
  }
}

@Suite struct `columns and transforms` {
  private static let salt = ["ACSYNC_HASH_SALT": "pepper"]

  @Test func `give types, in Sling's words too`() throws {
    let yaml =
      "streams: {deals: {columns: {value: decimal, title: string, win_probability: bigint}}}"
    let kinds = try shapedStream("deals", yaml).shape.kinds
    // A title is text already.
    #expect(kinds["value"] == .numeric)
    #expect(kinds["title"] == nil)
  }

  @Test func `are done in their order, with the salt of the environment`() throws {
    let yaml = "streams: {contacts: {transforms: {email: [trim, lower, hash_sha256], phone: mask}}}"
    let stream = try shapedStream("contacts", yaml, environment: Self.salt)
    #expect(
      stream.shape.transforms == [
        "email": [.trim, .lower, .hashSHA256(HashSalt("pepper"))], "phone": [.mask],
      ])
    #expect(stream.columns.first { $0.field == "email" }?.rewriting != nil)
  }

  @Test func `take the salt from a variable that the file names`() throws {
    let yaml = """
      defaults:
        transforms: { email: hash_sha256 }
        target_options: { hash_salt: "${OUR_SALT}" }
      """
    let stream = try shapedStream("contacts", yaml, environment: ["OUR_SALT": "other"])
    #expect(stream.shape.transforms["email"] == [.hashSHA256(HashSalt("other"))])
    let both = try shapedStream(
      "contacts", yaml, environment: ["OUR_SALT": "other", "ACSYNC_HASH_SALT": "first"])
    #expect(both.shape.transforms["email"] == [.hashSHA256(HashSalt("first"))])
  }

  @Test func `of all streams are not lifted by what one stream says of another column`() throws {
    let yaml = """
      defaults: { transforms: { email: mask } }
      streams: { contacts: { transforms: { phone: mask } } }
      """
    #expect(
      try shapedStream("contacts", yaml).shape.transforms == ["email": [.mask], "phone": [.mask]])
    let lifted = "\(yaml)".replacing("phone: mask", with: "email: []")
    #expect(try shapedStream("contacts", lifted).shape.transforms == [:])
  }

  @Test func `turn numbers and JSON into text where they hide them`() throws {
    let yaml = "streams: {contacts: {transforms: {orgid: mask, score_values: mask}}}"
    let stream = try shapedStream("contacts", yaml)
    #expect(stream.shape.kinds == ["orgid": .text, "scoreValues": .text])
  }

  @Test(arguments: [
    ("null_if('')", [""]), ("null_if(\"\", '0')", ["", "0"]), ("null_if(0)", ["0"]),
    ("null_if(a b , 'c,d')", ["a b", "c,d"]),
  ])
  func `read the texts of null_if`(_ written: String, _ texts: [String]) throws {
    let yaml = "streams:\n  contacts:\n    transforms:\n      phone: |-\n        \(written)"
    #expect(try shapedStream("contacts", yaml).shape.transforms["phone"] == [.nullIf(texts)])
  }

  @Test(arguments: [
    ("{columns: {phone: telephone}}", "columns: there is no type \"telephone\""),
    ("{columns: {udate: text}}", "columns: contacts is read by its udate"),
    (
      "{columns: {adate: date}}", "adate of contacts is timestamptz, and date would lose some of it"
    ),
    ("{columns: {phonee: text}}", "contacts has no column \"phonee\" → did you mean phone?"),
    ("{transforms: {email: hash}}", "transforms: there is no \"hash\""),
    ("{transforms: {email: null_if}}", "transforms: there is no \"null_if\" → write null_if('')"),
    ("{transforms: {email: null_if('a}}", "transforms: there is no"),
    ("{transforms: {id: mask}}", "transforms: contacts is read by its id"),
    ("{transforms: {orgid: lower}}", "lower means nothing to orgid of contacts"),
    ("{transforms: {email: mask}, select: [-email]}", "\"email\" of contacts is not selected"),
    ("{transforms: {orgid: mask}, columns: {orgid: numeric}}", "mask makes text of it"),
    ("{transforms: {email: hash_sha256}}", "hash_sha256 without a salt"),
    ("{target_options: {hash_salt: pepper}}", "hash_salt holds for all streams"),
  ])
  func `refuse what cannot be`(_ entry: String, _ expected: String) {
    let found = mistakes("streams: {contacts: \(entry)}")
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }

  @Test func `keep the salt out of the file, and out of every message`() {
    let found = mistakes("defaults: {target_options: {hash_salt: pepper}}")
    #expect(found.count == 1 && found[0].contains("a salt stands in the file"))
    #expect(!found[0].contains("pepper"))
    let empty = mistakes(
      "defaults: {transforms: {email: hash_sha256}}", environment: ["ACSYNC_HASH_SALT": ""])
    #expect(empty.contains { $0.contains("ACSYNC_HASH_SALT is set, but empty") }, "\(empty)")
  }

  @Test func `are told together with every other mistake`() {
    let found = mistakes(
      """
      streams:
        contacts:
          select: [-emial]
          columns: { phone: telephone }
          transforms: { email: hash }
          target_options: { column_casing: shout }
      """)
    #expect(
      found.map { String($0.prefix(21)) }.sorted() == [
        "replication.yaml:3:14", "replication.yaml:4:23", "replication.yaml:5:26",
        "replication.yaml:6:38",
      ])
  }
}

@Suite struct `Tables by the file` {
  @Test func `are called and lie as object says`() throws {
    let settings = try settings(
      """
      defaults: { object: "crm.ac_{stream_name}" }
      streams:
        '*':
        contacts: { object: crm.people }
      """)
    #expect(settings.schema.value == "crm")
    let names = Dictionary(
      uniqueKeysWithValues: settings.streams.map { ($0.stream.id.name, $0.stream.tableName) })
    #expect(names["contacts"] == "people")
    #expect(names["deals"] == "ac_deals")
  }

  @Test(arguments: [
    ("defaults: {object: crm.tables}", "would put several streams into one table"),
    ("defaults: {object: a.b.c}", "is no table's name"),
    ("defaults: {object: 'acsync.{stream_name}'}", "cannot be the schema of the tables"),
    (
      "streams: {contacts: {object: other.contacts}}",
      "in one schema, here activecampaign, not other"
    ),
    (
      "streams: {'*': , contacts: {object: deals}}",
      "contacts and deals would share the table deals"
    ),
    ("streams: {contacts: {object: 'drop table'}}", "is no table's name"),
  ])
  func `are refused where they cannot be`(_ yaml: String, _ expected: String) {
    let found = mistakes(yaml)
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }

  @Test(arguments: [
    ("snake", "first_name", "created_timestamp"), ("normalize", "first_name", "created_timestamp"),
    ("source", "firstName", "created_timestamp"), ("camel", "firstName", "createdTimestamp"),
    ("lower", "firstname", "created_timestamp"),
  ])
  func `have columns in the casing wanted`(_ casing: String, _ one: String, _ other: String) throws
  {
    let names = try names("defaults: {target_options: {column_casing: \(casing)}}")
    #expect(names.contains(one) && names.contains(other) && names.contains("id"), "\(names)")
  }

  @Test func `have the indexes and readers that are named`() throws {
    let stream = try shapedStream(
      """
      defaults: { target_options: { grants: [analysts, "Dr. Who"] } }
      streams:
        contacts:
          select: ['*', email as mail]
          target_options:
            table_keys: { primary: [id], index: [[email], [cdate, id]], unique: [mail, orgid] }
      """)
    #expect(
      stream.shape.indexes == [
        TableIndex(["mail"]), TableIndex(["cdate", "id"]),
        TableIndex(["mail", "orgid"], isUnique: true),
      ])
    #expect(stream.shape.readers == ["analysts", "Dr. Who"])
  }

  @Test(arguments: [
    ("{index: [emial]}", "contacts has no column \"emial\" → did you mean email?"),
    ("{primary: [email]}", "every table's primary key is id"),
    ("{cluster: [email]}", "cluster means nothing between an API and a table"),
    ("{indx: [email]}", "did you mean index?"),
  ])
  func `refuse keys that cannot be`(_ keys: String, _ expected: String) {
    let found = mistakes("streams: {contacts: {target_options: {table_keys: \(keys)}}}")
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }

  @Test func `take what is new as they are told to`() throws {
    let stream = try shapedStream(
      """
      defaults: { target_options: { add_new_columns: true, adjust_column_type: true } }
      streams: { contacts: { target_options: { add_new_columns: false, schema_contract: evolve } } }
      """)
    #expect(!stream.shape.addsColumns && stream.shape.widensColumns)
    #expect(stream.shape.contract == .evolve)
    let frozen = try shapedStream("defaults: {target_options: {schema_contract: freeze}}")
    #expect(frozen.shape.contract == .freeze)
    let found = mistakes(
      "defaults: {target_options: {schema_contract: freeze, add_new_columns: true}}")
    #expect(
      found == [
        "replication.yaml:1:71: add_new_columns: true and schema_contract: freeze contradict each other → remove one of them"
      ])
  }

  @Test func `keep history and counters as they are told to, else as the catalogue has it`()
    throws
  {
    let kept = { (yaml: String, name: String) in
      let stream = try shapedStream(name, yaml)
      return [stream.keepsHistory, stream.keepsCounters]
    }
    #expect(try kept("", "deals") == [true, false])
    #expect(try kept("", "campaigns") == [false, true])
    #expect(try kept("", "contacts") == [false, false])
    let all = "defaults: {history: true, snapshot: daily}"
    #expect(try kept(all, "contacts") == [true, false])
    #expect(try kept(all, "tags") == [true, true])
    let none = """
      defaults: {history: false, snapshot: none}
      streams:
        '*':
        lists: {snapshot: daily}
        notes: {history: true}
      """
    #expect(try kept(none, "deals") == [false, false])
    #expect(try kept(none, "campaigns") == [false, false])
    #expect(try kept(none, "lists") == [false, true])
    #expect(try kept(none, "notes") == [true, false])
    #expect(try kept("streams: {'*': {history: true}}", "users") == [true, false])
    #expect(mistakes("streams: {'t*': {snapshot: daily}, tasks: {snapshot: none}}") == [])
  }

  @Test func `are worked on by pre_sql and post_sql before the hooks`() throws {
    let settings = try settings(
      """
      defaults: { target_options: { post_sql: ANALYZE activecampaign.contacts } }
      streams:
        contacts:
          target_options: { pre_sql: [SELECT 1, SELECT 2] }
          hooks: { pre: [{ type: query, query: SELECT 3 }] }
      """)
    let hooks = try #require(settings.streams.first).hooks
    #expect(hooks.pre.map(\.name) == ["pre_sql 1", "pre_sql 2", "pre hook 1"])
    #expect(hooks.post.map(\.name) == ["post_sql"])
    #expect(hooks.pre.first?.place.description == "replication.yaml:4:33")
  }
}
