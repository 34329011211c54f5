import Testing

@testable import Catalog
@testable import Configuration

@Suite struct `where` {
  private func condition(_ text: String, of name: String = "contacts") throws -> String? {
    let settings = try settings("streams:\n  \(name):\n    where: >-\n      \(text)")
    let stream = try #require(settings.streams.first).stream
    return stream.shape.condition?.description
  }

  @Test(arguments: [
    ("email = 'a'", "(email = 'a')"), ("orgid<>5", "(orgid != 5)"),
    ("firstName = 'a' OR first_name='b'", "((firstName = 'a') or (firstName = 'b'))"),
    ("orgid in (1, 2)", "((orgid = 1) or (orgid = 2))"),
    ("orgid not in (1)", "(not (orgid = 1))"),
    (
      "email is not null and not phone is null", "((not (email is null)) and (not (phone is null)))"
    ),
    ("deleted = false or anonymized = 1", "((deleted = false) or (anonymized = true))"),
    ("cdate >= '2024-01-31'", "(cdate >= 2024-01-31T00:00:00Z)"),
    ("cdate < '2024-01-31T12:00:00+02:00'", "(cdate < 2024-01-31T10:00:00Z)"),
    ("bounced_date = '1970-01-02'", "(bounced_date = 1970-01-02)"),
    ("created_timestamp > '1970-01-01 00:00:01'", "(created_timestamp > wall 1000000)"),
    ("\"email\" = 'it''s'", "(email = 'it''s')"),
    (
      "orgid = 1 or orgid = 2 and (orgid = 3 or orgid = -4)",
      "((orgid = 1) or ((orgid = 2) and ((orgid = 3) or (orgid = -4))))"
    ),
    ("score_values is null", "(scoreValues is null)"),
  ])
  func `means`(_ text: String, _ meaning: String) throws {
    #expect(try condition(text) == meaning)
  }

  @Test(arguments: [
    ("orgid", "expected =, !=, <, <=, >, >=, in, or is null, found the end, at its character 6"),
    ("= 5", "expected a column's name, found \"=\", at its character 1"),
    (
      "orgid = ",
      "expected a number, a text in '…', true or false, found the end, at its character 9"
    ),
    ("orgid = null", "write is null, or is not null"),
    ("(orgid = 5", "expected and, or, or ), found the end, at its character 11"),
    ("orgid = 5 orgid = 6", "expected and, or, or the end, found \"orgid\", at its character 11"),
    ("orgid in 5", "expected (, found \"5\""), ("orgid is 5", "expected null, found \"5\""),
    ("email = 'abc", "a quote is not closed, at its character 9"),
    ("orgid ; 5", "; means nothing here, at its character 7"),
    (
      "orgid = 'five'",
      "orgid of contacts is bigint, and cannot be compared with what stands at character 9"
    ),
    ("email = 5", "email of contacts is text"),
    ("cdate = 'soon'", "cdate of contacts is timestamptz"),
    ("score_values = '1'", "ask only whether it is null"),
    ("orgidd = 5", "contacts has no column \"orgidd\" → did you mean orgid?"),
    ("and = 5", "expected a column's name, found \"and\""),
  ])
  func `says what is wrong, and where`(_ text: String, _ expected: String) {
    let found = mistakes("streams:\n  contacts:\n    where: >-\n      \(text)")
    #expect(found.count == 1 && found[0].contains(expected), "\(found)")
    #expect(found.allSatisfy { $0.hasPrefix("replication.yaml:3:12: ") })
    // What a row is compared with may be what is to be hidden.
    #expect(!found.contains { $0.contains("abc") || $0.contains("soon") })
  }

  @Test func `goes no deeper than it has to`() {
    let deep = String(repeating: "(", count: 10_000)
    #expect(throws: ConditionFault.self) { try ConditionParser.parse(deep) }
    #expect(throws: ConditionFault.self) {
      try ConditionParser.parse(String(repeating: "not ", count: 10_000))
    }
  }

  @Test func `asks for columns that are stored as they are sent`() {
    let salt = ["ACSYNC_HASH_SALT": "pepper"]
    let deselected = mistakes("streams: {contacts: {select: [-phone], where: phone is null}}")
    #expect(deselected.count == 1 && deselected[0].contains("is not selected"), "\(deselected)")
    let hashed = mistakes(
      "streams: {contacts: {transforms: {phone: hash_sha256}, where: phone is null}}",
      environment: salt)
    #expect(hashed.count == 1 && hashed[0].contains("is transformed"), "\(hashed)")
  }

  @Test func `said for all holds for those that have its columns`() throws {
    let settings = try settings("defaults: {where: email is not null}")
    let selective = settings.streams.filter(\.stream.isSelective).map(\.stream.id.name)
    #expect(selective.contains("contacts") && !selective.contains("tags"))
  }

  @Test func `takes rows away as delete_missing says`() throws {
    let settings = try settings(
      "streams: {contacts: {where: orgid = 1, target_options: {delete_missing: hard}}}")
    #expect(try #require(settings.streams.first).stream.shape.leaving == .hard)
  }
}
