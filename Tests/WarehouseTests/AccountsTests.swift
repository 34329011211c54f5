import Catalog
import Postgres
import Replication
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `Several accounts in one warehouse` {
  private func loader(_ account: String, schema: String) async throws -> Loader {
    let loader = try await Loader.open(
      uri: try Database.current.uri, account: account, schema: schema, applicationName: "test",
      patience: .short)
    try await loader.begin(RunOpening(version: "test", streams: ["notes"]))
    return loader
  }

  /// Fills the account's notes with one row.
  private func fill(_ account: String, schema: String, _ text: String) async throws {
    let loader = try await loader(account, schema: schema)
    _ = try await loader.claim(.notes)
    _ = try await loader.write(.of(.notes, [.note(1, .text(text))]).closing())
    var report = StreamReport(stream: "notes", mode: .fullRefresh)
    report.outcome = .done
    _ = try await loader.finish(report)
    try await loader.end(
      RunReport(
        outcome: .done, exitCode: 0, streams: [report], requests: 1, retries: 0, duration: .zero))
    await loader.close()
  }

  private func column(_ query: Statement) async throws -> [String] {
    let connection = try await Database.connect()
    let rows = try await connection.query(query).map { try $0[0] ?? "null" }
    await connection.close()
    return rows
  }

  @Test func `have their rows apart, with the same ids`() async throws {
    try await fill("a.example", schema: "a", "of a")
    try await fill("b.example", schema: "b", "of b")
    #expect(try await column("SELECT note FROM a.notes") == ["of a"])
    #expect(try await column("SELECT note FROM b.notes") == ["of b"])
    let b = try await loader("b.example", schema: "a")
    let error = await #expect(throws: WarehouseError.self) { try await b.claim(.notes) }
    #expect(error?.explanation.what.contains("a.example") == true)
    await b.close()
  }

  @Test func `are read whole again where their tables are to lie elsewhere`() async throws {
    try await fill("a.example", schema: "a", "of a")
    let here = try await loader("a.example", schema: "a")
    #expect(try await here.claim(.notes).lastSuccess != nil)
    await here.close()
    let moved = try await loader("a.example", schema: "elsewhere")
    #expect(try await moved.claim(.notes).lastSuccess == nil)
    await moved.close()
  }

  @Test func `are shared by processes: one runner at a time, and none twice`() async throws {
    let uri = try Database.current.uri
    let one = AccountTurns(uri: uri, applicationName: "one")
    let other = AccountTurns(uri: uri, applicationName: "other")
    let begin = try await one.now()
    func word(_ turns: AccountTurns, since: Instant) async throws -> String {
      switch try await turns.take("a.example", streams: ["notes"], since: since) {
      case .taken: "taken"
      case .held: "held"
      case .done(let run): run.outcome?.rawValue ?? "?"
      }
    }
    // Before anything is laid out.
    #expect(try await word(one, since: begin) == "taken")
    #expect(try await word(other, since: begin) == "held")
    try await fill("a.example", schema: "a", "of a")
    await one.pass("a.example")
    #expect(try await word(other, since: begin) == "done")
    let more = try await other.take("a.example", streams: ["notes", "tags"], since: begin)
    guard case .taken = more else { return #expect(Bool(false), "a run of less counted") }
    await other.pass("a.example")
    #expect(try await word(other, since: try await other.now()) == "taken")
    // A process that dies lets go, as soon as the server notices.
    await other.close()
    var held = "held"
    while held == "held" { held = try await word(one, since: try await one.now()) }
    #expect(held == "taken")
    await one.close()
  }

  @Test func `have a view of every stream, also of deals with an account of their own`()
    async throws
  {
    let loader = try await Loader.open(
      uri: try Database.current.uri, account: "a.example", schema: "a", applicationName: "test",
      patience: .short)
    let streams = StreamDefinition.all
    try await loader.begin(RunOpening(version: "test", streams: streams.map(\.id)))
    for stream in streams { _ = try await loader.claim(stream) }
    await loader.close()
    let turns = AccountTurns(uri: try Database.current.uri, applicationName: "views")
    let a = AccountViews.Account(name: "first", schema: "a")
    #expect(try await turns.makeViews(AccountViews(of: [a], streams)) == [])
    // A second time, they are found as they should be.
    #expect(try await turns.makeViews(AccountViews(of: [a], streams)) == [])
    let named = try await column(
      """
      SELECT attname FROM pg_attribute
      WHERE attrelid = 'analytics.all_deals'::regclass AND attname LIKE 'account%' ORDER BY attnum
      """)
    #expect(named == ["account", "account_id"])
    await turns.close()
  }

  @Test func `keep who may read the view over them when its columns change`() async throws {
    try await fill("a.example", schema: "a", "of a")
    try await fill("b.example", schema: "b", "of b")
    let turns = AccountTurns(uri: try Database.current.uri, applicationName: "views")
    let (a, b) = (
      AccountViews.Account(name: "first", schema: "a"),
      AccountViews.Account(name: "second", schema: "b")
    )
    #expect(try await turns.makeViews(AccountViews(of: [a], [.notes])) == [])
    _ = try await column("GRANT SELECT, REFERENCES ON analytics.all_notes TO PUBLIC")
    let rights = try await column("SELECT relacl FROM pg_class WHERE relname = 'all_notes'")
    let made = try await column("SELECT oid FROM pg_class WHERE relname = 'all_notes'")
    _ = try await column("ALTER TABLE b.notes ALTER COLUMN size TYPE text")
    #expect(try await turns.makeViews(AccountViews(of: [a, b], [.notes])) == [])
    #expect(try await column("SELECT oid FROM pg_class WHERE relname = 'all_notes'") != made)
    #expect(try await column("SELECT relacl FROM pg_class WHERE relname = 'all_notes'") == rights)
    await turns.close()
  }

  @Test func `have a view over all of them, made anew when they change`() async throws {
    try await fill("a.example", schema: "a", "of a")
    try await fill("b.example", schema: "b", "of b")
    let turns = AccountTurns(uri: try Database.current.uri, applicationName: "views")
    let (a, b) = (
      AccountViews.Account(name: "first", schema: "a"),
      AccountViews.Account(name: "it's", schema: "b")
    )
    let none = AccountViews.Account(name: "unread", schema: "c")
    #expect(try await turns.makeViews(AccountViews(of: [a], [.notes, .offers])) == [])
    #expect(
      try await column("SELECT account || ' ' || note FROM analytics.all_notes") == ["first of a"])
    let made = try await column("SELECT xmin FROM pg_class WHERE relname = 'all_notes'")
    #expect(try await turns.makeViews(AccountViews(of: [a], [.notes])) == [])
    #expect(try await column("SELECT xmin FROM pg_class WHERE relname = 'all_notes'") == made)

    // A view built on it does not stand in the way of another account, only of other columns.
    _ = try await column("CREATE VIEW mine AS SELECT note FROM analytics.all_notes")
    _ = try await column("GRANT SELECT ON analytics.all_notes TO PUBLIC")
    #expect(try await turns.makeViews(AccountViews(of: [a, b, none], [.notes])) == [])
    #expect(
      try await column("SELECT account || ' ' || note FROM analytics.all_notes ORDER BY 1")
        == ["first of a", "it's of b"])
    #expect(try await column("SELECT count(*) FROM mine") == ["2"])
    try await fill("c.example", schema: "c", "of c")
    _ = try await column("ALTER TABLE c.notes ALTER COLUMN size TYPE text")
    let c = AccountViews.Account(name: "third", schema: "c")
    let notes = try await turns.makeViews(AccountViews(of: [a, b, c], [.notes]))
    #expect(notes.count == 1 && notes[0].contains("analytics.all_notes"))
    #expect(try await column("SELECT count(*) FROM mine") == ["2"])
    await turns.close()
  }
}
