import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `The journal of requests` {
  private static func entry(_ number: Int, at: Instant = .init(seconds: 1_790_000_000))
    -> RequestEntry
  {
    RequestEntry(
      number: Int64(number), startedAt: at, stream: number == 1 ? nil : "notes", method: "GET",
      path: "notes?offset=\(number)", attempt: number % 3 + 1, status: number == 2 ? nil : 200,
      duration: .milliseconds(12), bytes: 345)
  }

  /// A run that has begun, and a journal for it.
  private func journal() async throws -> (RequestJournal, run: Int64) {
    let loader = try await Loader.fresh()
    let run = try #require(await loader.run)
    let journal = RequestJournal(account: "acme", applicationName: "tests")
    await journal.begin(run: run, in: try Database.current.uri)
    return (journal, run)
  }

  @Test func `keeps all of a request, in the order in which they were sent`() async throws {
    let (journal, run) = try await journal()
    let now = Instant(seconds: try await seconds())
    for number in [3, 1, 2] { journal.note(Self.entry(number, at: now)) }
    try await journal.write()
    journal.note(Self.entry(4, at: now))
    #expect(await journal.close() == 0)
    #expect(
      try await rows(
        """
        SELECT run = \(run), account, number, coalesce(stream, 'null'), method, path, attempt,
          coalesce(status::text, 'null'), duration_ms, bytes
        FROM acsync.requests ORDER BY id
        """) == [
          "t|acme|1|null|GET|notes?offset=1|2|200|12|345",
          "t|acme|2|notes|GET|notes?offset=2|3|null|12|345",
          "t|acme|3|notes|GET|notes?offset=3|1|200|12|345",
          "t|acme|4|notes|GET|notes?offset=4|2|200|12|345",
        ])
  }

  @Test func `writes many requests in one transaction`() async throws {
    let (journal, _) = try await journal()
    let now = Instant(seconds: try await seconds())
    for number in 1...4000 { journal.note(Self.entry(number, at: now)) }
    #expect(await journal.close() == 0)
    #expect(
      try await rows("SELECT count(*) || ' ' || count(DISTINCT xmin::text) FROM acsync.requests")
        == ["4000 1"])
  }

  @Test func `writes nothing twice`() async throws {
    let (journal, run) = try await journal()
    let now = Instant(seconds: try await seconds())
    journal.note(Self.entry(1, at: now))
    try await journal.write()
    let other = RequestJournal(account: "acme", applicationName: "tests")
    await other.begin(run: run, in: try Database.current.uri)
    other.note(Self.entry(1, at: now))
    other.note(Self.entry(2, at: now))
    #expect(await other.close() == 0)
    #expect(await journal.close() == 0)
    #expect(try await rows("SELECT number FROM acsync.requests ORDER BY 1") == ["1", "2"])
  }

  @Test func `keeps what it could not write, and tells what it never could`() async throws {
    let (journal, _) = try await journal()
    let now = Instant(seconds: try await seconds())
    try await script("ALTER TABLE acsync.requests RENAME TO gone")
    journal.note(Self.entry(1, at: now))
    await #expect(throws: WarehouseError.self) { try await journal.write() }
    try await script("ALTER TABLE acsync.gone RENAME TO requests")
    try await journal.write()
    #expect(try await rows("SELECT number FROM acsync.requests") == ["1"])
    try await script("ALTER TABLE acsync.requests RENAME TO gone")
    journal.note(Self.entry(2, at: now))
    #expect(await journal.close() == 1)
  }

  @Test func `loses the oldest where too many wait, and counts them`() async throws {
    let journal = RequestJournal(account: "acme", applicationName: "tests")
    for number in 1...RequestJournal.mostWaiting + 7 { journal.note(Self.entry(number)) }
    #expect(await journal.close() == RequestJournal.mostWaiting + 7)
  }

  @Test func `drops what is older than its days, and what is beyond its rows`() async throws {
    let (journal, _) = try await journal()
    let now = try await seconds()
    journal.note(Self.entry(1, at: Instant(seconds: now - 31 * 86_400)))
    for number in 2...9 {
      journal.note(Self.entry(number, at: Instant(seconds: now - 29 * 86_400)))
    }
    #expect(await journal.close() == 0)
    #expect(try await rows("SELECT min(number) || ' ' || count(*) FROM acsync.requests") == ["2 8"])
    let connection = try await Database.connect()
    for statement in RequestJournal.pruning(account: "acme", most: 3) {
      try await connection.execute(statement)
    }
    #expect(try await rows("SELECT number FROM acsync.requests ORDER BY 1") == ["7", "8", "9"])
    for statement in RequestJournal.pruning(account: "other", most: 0) {
      try await connection.execute(statement)
    }
    #expect(try await rows("SELECT count(*) FROM acsync.requests") == ["3"])
    await connection.close()
  }

  @Test func `goes with its run`() async throws {
    let (journal, _) = try await journal()
    journal.note(Self.entry(1, at: Instant(seconds: try await seconds())))
    #expect(await journal.close() == 0)
    try await script("DELETE FROM acsync.runs")
    #expect(try await rows("SELECT count(*) FROM acsync.requests") == ["0"])
  }

  private func seconds() async throws -> Int64 {
    Int64(try await rows("SELECT extract(epoch FROM now())::bigint")[0]) ?? 0
  }
}
