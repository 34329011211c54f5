import Catalog
import Postgres
import Replication
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `Custom fields as columns` {
  private let contacts = WideFixture.contacts

  /// The names and types of a view's last columns.
  private func columns(_ view: String, last: Int) async throws -> [String] {
    try await rows(
      """
      SELECT * FROM (
        SELECT attname || ' ' || format_type(atttypid, atttypmod) AS line, attnum
        FROM pg_attribute WHERE attrelid = \("analytics." + view)::regclass AND attnum > 0
        ORDER BY attnum DESC LIMIT \(last)) AS c ORDER BY attnum
      """
    ).map { String($0.split(separator: "|")[0]) }
  }

  @Test func `are typed, one for each, beside the live rows' own`() async throws {
    let loader = try await contacts.loader()
    try await contacts.owners(1...3)
    let types = [
      "text", "textarea", "dropdown", "radio", "hidden", "date", "datetime", "number", "checkbox",
      "multiselect", "listbox", "currency", "from the future",
    ]
    for (index, type) in types.enumerated() {
      try await contacts.field(Int64(index + 1), type, tag: "F \(type.uppercased())")
    }
    let values = [
      "t", "line\nline", "d", "r", "h", "2024-02-29", "2024-07-01T10:00:00-05:00", "12.5",
      "||a||b||", "||c||", "d", "1999", "x",
    ]
    for (index, value) in values.enumerated() {
      try await contacts.value(2, Int64(index + 1), value)
    }
    try await script("UPDATE activecampaign.contacts SET _deleted_at = now() WHERE id = 3")
    #expect(await loader.widen(contacts) == nil)
    #expect(
      try await columns("contacts_wide", last: 13) == [
        "f_text text", "f_textarea text", "f_dropdown text", "f_radio text", "f_hidden text",
        "f_date date", "f_datetime timestamp with time zone", "f_number numeric",
        "f_checkbox text[]", "f_multiselect text[]", "f_listbox text[]", "f_currency numeric",
        "f_from_the_future text",
      ])
    #expect(
      try await rows(
        """
        SELECT id, f_text, f_textarea, f_dropdown, f_radio, f_hidden, f_date,
          f_datetime AT TIME ZONE 'UTC', f_number, f_checkbox, f_multiselect, f_listbox, f_currency,
          f_from_the_future
        FROM analytics.contacts_wide ORDER BY id
        """) == [
          "1",
          "2|t|line\nline|d|r|h|2024-02-29|2024-07-01 15:00:00|12.5|{a,b}|{c}|{d}|19.99|x",
        ])
    await loader.close()
  }

  @Test func `are null where a value is nothing of its type`() async throws {
    let loader = try await contacts.loader()
    try await contacts.owners(1...1)
    let types = ["date", "datetime", "number", "currency", "checkbox", "text"]
    for (index, type) in types.enumerated() {
      try await contacts.field(Int64(index + 1), type, tag: type)
    }
    for value in ["", "0000-00-00", "2023-02-29", "NaN", "1e999", "'; DROP", "[", "{\"a\":", "||"] {
      for field in Int64(1)...6 { try await contacts.value(1, field, value) }
      #expect(await loader.widen(contacts) == nil)
      let row = try await rows(
        "SELECT date, datetime, number, currency FROM analytics.contacts_wide")
      #expect(row == [""], "\(value)")
    }
    // What is empty is no value, of any type.
    #expect(try await rows("SELECT checkbox, text FROM analytics.contacts_wide") == ["||"])
    try await contacts.value(1, 5, "[]")
    try await contacts.value(1, 6, "")
    #expect(await loader.widen(contacts) == nil)
    #expect(
      try await rows(
        "SELECT checkbox IS NULL, text IS NULL FROM analytics.contacts_wide") == ["t|t"])
    await loader.close()
  }

  @Test(arguments: [WideFixture.deals, .accounts])
  func `come for deals and accounts too, money with its currency`(_ fixture: WideFixture)
    async throws
  {
    let loader = try await fixture.loader()
    try await fixture.owners(1...2)
    try await fixture.field(4, "currency", tag: "DEAL_BUDGET")
    try await fixture.field(5, "multiselect", tag: "", title: "Which ones?")
    let isJSON = fixture.owners.id == "accounts"
    try await fixture.value(1, 4, isJSON ? "10050" : "10050", currency: "eur")
    try await fixture.value(2, 4, isJSON ? "\"7.25\"" : "7.25", currency: "USD")
    try await fixture.value(1, 5, #"["a", "b"]"#)
    try await fixture.value(2, 5, isJSON ? #""||c||""# : "||c||")
    #expect(await loader.widen(fixture) == nil)
    let view = "\(fixture.owners.id)_wide"
    #expect(
      try await columns(view, last: 3) == [
        "deal_budget numeric", "deal_budget_currency text", "which_ones text[]",
      ])
    #expect(
      try await rows(
        """
        SELECT deal_budget, deal_budget_currency, which_ones
        FROM analytics.\(raw: view) ORDER BY id
        """) == ["100.50|EUR|{a,b}", "7.25|USD|{c}"])
    await loader.close()
  }

  @Test func `say what they are`() async throws {
    let loader = try await contacts.loader()
    try await contacts.field(7, "dropdown", tag: "SOURCE", title: "Where's it from?")
    #expect(await loader.widen(contacts) == nil)
    let comment: Statement = """
      SELECT col_description(attrelid, attnum) FROM pg_attribute
      WHERE attrelid = 'analytics.contacts_wide'::regclass AND attname = 'source'
      """
    #expect(try await rows(comment) == ["Where's it from? (dropdown, field 7) [pii]"])
    // A new title is told, and changes nothing else.
    try await contacts.field(7, "dropdown", tag: "OTHER", title: "Origin")
    #expect(await loader.widen(contacts) == nil)
    #expect(try await rows(comment) == ["Origin (dropdown, field 7) [pii]"])
    #expect(
      try await rows(
        """
        SELECT attname FROM pg_attribute WHERE attrelid = 'analytics.contacts_wide'::regclass
          AND attnum > 0 AND col_description(attrelid, attnum) IS NULL AND attname NOT LIKE 'id'
        """) == [])
    await loader.close()
  }

  @Test func `wait until rows, fields and values have all been read`() async throws {
    let fixture = WideFixture.deals
    for streams in [[fixture.owners], [fixture.owners, fixture.definitions]] {
      let loader = try await fixture.loader(made: streams)
      #expect(await loader.widen(fixture) == nil)
      #expect(try await rows("SELECT to_regclass('analytics.deals_wide')") == [""])
      #expect(try await rows("SELECT count(*) FROM acsync.wide_views") == ["0"])
      await loader.close()
    }
    let loader = try await fixture.loader()
    #expect(await loader.makeWideViews(after: ["contacts", "notes"], of: fixture.all) == [:])
    #expect(try await rows("SELECT to_regclass('analytics.deals_wide')") == [""])
    try await fixture.read([fixture.values], isWhole: false)
    #expect(await loader.widen(fixture) == nil)
    #expect(try await rows("SELECT to_regclass('analytics.deals_wide')") == [""])
    try await fixture.read([fixture.values])
    // Without any field it is the live rows.
    #expect(await loader.widen(fixture) == nil)
    #expect(try await rows("SELECT count(*) FROM analytics.deals_wide") == ["0"])
    await loader.close()
  }

  @Test func `follow every change of the values`() async throws {
    let loader = try await contacts.loader()
    try await contacts.owners(1...2)
    try await contacts.field(1, "text", tag: "A")
    func held() async throws -> [String] {
      #expect(await loader.widen(contacts) == nil)
      return try await rows(
        "SELECT id, a FROM analytics.contacts_wide WHERE a IS NOT NULL ORDER BY id")
    }
    #expect(try await held() == [])
    try await contacts.value(1, 1, "new")
    #expect(try await held() == ["1|new"])
    try await contacts.value(1, 1, "changed")
    #expect(try await held() == ["1|changed"])
    // The later of two counts.
    try await contacts.value(1, 1, "twice", id: 5000)
    #expect(try await held() == ["1|twice"])
    try await script(
      "UPDATE activecampaign.custom_field_values SET _deleted_at = now() WHERE id = 5000")
    #expect(try await held() == ["1|changed"])
    // Where two contacts are merged, a value passes to the other.
    try await script("UPDATE activecampaign.custom_field_values SET contact = 2 WHERE id = 1001")
    #expect(try await held() == ["2|changed"])
    try await script("DELETE FROM activecampaign.custom_field_values WHERE id = 1001")
    #expect(try await held() == [])
    try await contacts.value(2, 1, "again")
    #expect(try await held() == ["2|again"])
    try await script("TRUNCATE activecampaign.custom_field_values")
    #expect(try await held() == [])
    await loader.close()
  }

  @Test func `are filled by what the loader commits`() async throws {
    let loader = try await contacts.loader()
    try await contacts.owners(1...2)
    try await contacts.field(3, "number", tag: "SIZE")
    func commit(_ number: Int, _ value: String) async throws {
      let row = Catalog.Row(
        key: 9, values: [.integer(9), .integer(2), .integer(3), .text(value)], extra: nil)
      _ = try await loader.write(
        .of(
          contacts.values, [row], at: Int64(number), walk: "\(number)",
          segments: [Segment(id: 0, position: Int64(number))]))
      #expect(await loader.widen(contacts) == nil)
    }
    try await commit(1, "41")
    #expect(
      try await rows("SELECT id, size FROM analytics.contacts_wide WHERE size > 0") == ["2|41"])
    try await commit(2, "42")
    #expect(
      try await rows("SELECT id, size FROM analytics.contacts_wide WHERE size > 0") == ["2|42"])
    // The same again leaves no note, and nothing to fill.
    try await commit(3, "42")
    #expect(try await rows("SELECT count(*) FROM acsync.wide_changes") == ["0"])
    await loader.close()
  }

  @Test func `are written once: an identical run changes nothing`() async throws {
    let loader = try await contacts.loader()
    try await contacts.owners(1...3)
    try await contacts.field(1, "text", tag: "A")
    try await contacts.value(1, 1, "x")
    try await script("GRANT SELECT ON ALL TABLES IN SCHEMA activecampaign TO PUBLIC")
    #expect(await loader.widen(contacts) == nil)
    let state: Statement = """
      SELECT 'class', count(*), sum(xmin::text::bigint) FROM pg_class
      UNION ALL SELECT 'attribute', count(*), sum(xmin::text::bigint) FROM pg_attribute
      UNION ALL SELECT 'description', count(*), sum(xmin::text::bigint) FROM pg_description
      UNION ALL SELECT 'trigger', count(*), sum(xmin::text::bigint) FROM pg_trigger
      UNION ALL SELECT 'columns', count(*), sum(xmin::text::bigint) FROM acsync.wide_columns
      UNION ALL SELECT 'views', count(*), sum(xmin::text::bigint) FROM acsync.wide_views
      UNION ALL SELECT 'rows', count(*), sum(xmin::text::bigint) FROM acsync.contacts_wide_1_1
      """
    let before = try await rows(state)
    #expect(await loader.widen(contacts) == nil)
    #expect(try await rows(state) == before)
    await loader.close()
  }

  @Test func `come to the same whichever of several runs makes them`() async throws {
    let first = try await contacts.loader()
    await first.close()
    try await contacts.owners(1...50)
    for field in Int64(1)...5 { try await contacts.field(field, "text", tag: "F\(field)") }
    for owner in Int64(1)...50 { try await contacts.value(owner, 1 + owner % 5, "v\(owner)") }
    let contacts = contacts
    try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let loader = try await contacts.loader(made: [])
          let note = await loader.widen(contacts)
          await loader.close()
          return note
        }
      }
      for try await note in group { #expect(note == nil) }
    }
    #expect(
      try await rows(
        """
        SELECT count(*) FROM analytics.contacts_wide AS w
        WHERE coalesce(f1, f2, f3, f4, f5) = 'v' || w.id
        """) == ["50"])
    #expect(try await rows("SELECT count(*) FROM acsync.wide_columns") == ["5"])
  }
}
