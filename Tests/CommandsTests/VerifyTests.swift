import FoundationEssentials
import Postgres
import Simulator
import TestSupport
import Testing

@testable import Commands

/// What tests read of a verification's JSON.
private struct Verified: Decodable {
  struct Stream: Decodable {
    let stream: String
    let is_full: Bool
    let total: Int?
    let live_rows: Int
    let rows_compared: Int
    let changed: Int
    let unclear: Int
    let differs: Int
    let differences: [Found]
    let note: String?
  }

  struct Found: Decodable, Equatable {
    var id: Int?
    var column: String?
    var kind: String
    var verdict: String
  }

  let exit_code: Int32
  let seed: Int
  let streams: [Stream]

  /// The differences of a stream.
  func found(_ stream: String) -> [Found] {
    streams.first { $0.stream == stream }?.differences ?? []
  }
}

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `A verification` {
  private func verified(_ words: String..., of served: Served) async throws -> Verified {
    let run = await acsync(["verify", "--json"] + words, environment: served.environment)
    #expect(!run.everything.contains(Served.key))
    let document = try JSONDecoder().decode(Verified.self, from: Data(run.result.utf8))
    #expect(document.exit_code == run.code.rawValue, "\(run.aside)")
    return document
  }

  private func synced(_ served: Served, _ words: String...) async {
    let run = await acsync(["run", "--quiet"] + words, environment: served.environment)
    #expect(run.code == .done, "\(run.aside)")
  }

  private func script(_ sql: String) async throws {
    let connection = try await Database.connect()
    try await connection.script(sql)
    await connection.close()
  }

  @Test func `finds nothing after a sync, looks at every row, and writes only its record`()
    async throws
  {
    let served = try Served(contacts: 450)
    defer { served.server.stop() }
    await synced(served)
    let connection = try await Database.connect()
    let state: Statement = """
      SELECT md5(string_agg(s::text, ',' ORDER BY stream)) AS print FROM acsync.stream_state s
      """
    let before: String = try await connection.query(state).first?.value("print") ?? ""
    let all = try await verified("--full", of: served)
    #expect(all.exit_code == 0)
    #expect(all.streams.count == 15)
    for stream in all.streams {
      #expect(stream.is_full && stream.differences.isEmpty, "\(stream)")
      #expect(stream.rows_compared == stream.live_rows && stream.total == stream.live_rows)
    }
    #expect(try await connection.query(state).first?.value("print") == before)
    await connection.close()
  }

  @Test func `tells what was tampered with, field by field`() async throws {
    let served = try Served(contacts: 450)
    defer { served.server.stop() }
    await synced(served)
    try await script(
      """
      UPDATE activecampaign.contacts SET phone = 'canary' WHERE id = 2;
      DELETE FROM activecampaign.tags WHERE id = 1;
      UPDATE activecampaign.deals SET _deleted_at = now() WHERE id = 3;
      UPDATE activecampaign.notes SET note = 'canary' WHERE id = 4;
      INSERT INTO activecampaign.tasks
        SELECT (jsonb_populate_record(t, '{"id": 999999}')).*
        FROM activecampaign.tasks t WHERE id = 1
      """)
    let found = try await verified("--full", of: served)
    #expect(found.exit_code == 3)
    typealias Found = Verified.Found
    #expect(
      found.found("contacts") == [
        Found(id: 2, column: "phone", kind: "value", verdict: "differs")
      ])
    #expect(found.found("tags") == [Found(id: 1, kind: "missing", verdict: "differs")])
    #expect(found.found("deals") == [Found(id: 3, kind: "deleted", verdict: "differs")])
    // Nothing tells whether a note was edited in place since.
    #expect(
      found.found("notes") == [
        Found(id: 4, column: "note", kind: "value", verdict: "unclear")
      ])
    #expect(found.found("tasks") == [Found(id: 999_999, kind: "surplus", verdict: "unclear")])
    #expect(found.streams.filter { !$0.differences.isEmpty }.count == 5)
    let shown = await acsync("verify", "--full", environment: served.environment)
    #expect(shown.result.contains("contacts 2 phone holds another value than the account\n"))
    #expect(shown.result.contains("notes 4 note holds another value than the account (changed or"))
    #expect(!shown.everything.contains("canary"))
  }

  @Test func `takes rows that changed since for no fault`() async throws {
    let served = try Served(contacts: 450)
    defer { served.server.stop() }
    await synced(served)
    let account = served.server.account
    account.update("contacts", id: 5, ["phone": "+49 30 1234"])
    account.insert("contacts")
    account.insert("tags")
    let found = try await verified("--full", "contacts", "tags", of: served)
    #expect(found.exit_code == 0)
    #expect(Set(found.found("contacts").map(\.verdict)) == ["changed"])
    #expect(Set(found.found("contacts").map(\.kind)) == ["value", "missing"])
    #expect(found.found("tags").map(\.verdict) == ["changed"])
    await synced(served)
    #expect(try await verified("--full", of: served).streams.allSatisfy { $0.differences.isEmpty })
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `blames no table while the account goes on changing`(seed: UInt64) async throws {
    let edits = EditScript(seed: seed, perRequest: 0.4)
    let served = try Served(contacts: 450) { $0.edits = edits }
    defer { served.server.stop() }
    await synced(served)
    let made = edits.edits
    let found = try await verified("--full", of: served)
    #expect(edits.edits > made + 10)
    #expect(found.streams.map(\.changed).reduce(0, +) > 0)
    for stream in found.streams {
      let blamed = stream.differences.filter { $0.verdict == "differs" }
      #expect(blamed.isEmpty, "\(stream.stream): \(blamed)")
    }
  }

  @Test func `sends its requests within the account's shared budget`() async throws {
    let served = try Served()
    defer { served.server.stop() }
    await synced(served, "--streams=tags")
    try await script("DELETE FROM acsync.request_leases; DELETE FROM acsync.request_slots")
    _ = try await verified(of: served)
    let connection = try await Database.connect()
    let slots = try await connection.query("SELECT account FROM acsync.request_slots")
    #expect(slots.count == 1)
    await connection.close()
  }

  @Test func `finds by the totals what a sample does not meet`() async throws {
    let served = try Served(contacts: 2_000)
    defer { served.server.stop() }
    await synced(served, "--streams=contacts,contact_tags")
    let clean = try await verified("--sample=2", "--seed=3", of: served)
    #expect(clean.exit_code == 0 && clean.seed == 3)
    #expect(clean.streams.allSatisfy { !$0.is_full && $0.rows_compared < $0.live_rows })
    try await script("DELETE FROM activecampaign.contact_tags WHERE id % 1000 = 1")
    let found = try await verified("--sample=2", "--seed=3", of: served)
    #expect(found.exit_code == 3)
    let gone = found.found("contact_tags")
    #expect(gone.contains { $0.kind == "count" || $0.kind == "missing" })
  }

  @Test func `meets the same differences again with the same seed`() async throws {
    let served = try Served(contacts: 2_000)
    defer { served.server.stop() }
    await synced(served, "--streams=contacts")
    try await script("UPDATE activecampaign.contacts SET phone = 'x' WHERE id % 7 = 0")
    let first = try await verified("--seed=11", "--sample=4", of: served).found("contacts")
    let second = try await verified("--seed=11", "--sample=4", of: served).found("contacts")
    let other = try await verified("--seed=12", "--sample=4", of: served).found("contacts")
    #expect(!first.isEmpty && first == second && first != other)
  }

  @Test func `leaves out what the configuration leaves out`() async throws {
    let served = try Served(contacts: 450)
    defer { served.server.stop() }
    let words = ["--streams=contacts,deals", "--anchor-date=2024-06-01"]
    let run = await acsync(["run", "--quiet"] + words, environment: served.environment)
    #expect(run.code == .done, "\(run.aside)")
    let verify = await acsync(
      ["verify", "--full", "--json"] + words, environment: served.environment)
    let found = try JSONDecoder().decode(Verified.self, from: Data(verify.result.utf8))
    #expect(verify.code == .done, "\(found)")
    #expect(found.streams.contains { $0.note?.contains("left out by anchor_date") == true })
  }

  @Test func `says beforehand what it costs, and sends no more than that`() async throws {
    let served = try Served(contacts: 450)
    defer { served.server.stop() }
    await synced(served)
    served.server.resetAudit()
    let run = await acsync("verify", "--full", environment: served.environment)
    let told = try #require(run.aside.firstMatch(of: /about (\d+) requests, .* seed \d+/))
    // The key's question and each stream's total come before.
    let most = (Int(told.output.1) ?? 0) + 1 + 15
    #expect(served.server.audit.requests <= most)
    #expect(run.result.contains("compared in \(served.server.audit.requests) requests"))
  }

  @Test func `has nothing to do before the first run`() async throws {
    let served = try Served()
    defer { served.server.stop() }
    let run = await acsync("verify", environment: served.environment)
    #expect(run.code == .usage)
    #expect(run.aside.contains("acsync run comes first"))
    await synced(served, "--streams=tags")
    let rest = await acsync("verify", environment: served.environment)
    #expect(rest.code == .done && rest.aside.contains("contacts: never read"))
    let wrong = await acsync("verify", "contcts", environment: served.environment)
    #expect(wrong.code == .usage && wrong.aside.contains("contacts"))
    let both = await acsync("verify", "--full", "--sample=2", environment: served.environment)
    #expect(both.code == .usage)
  }

  @Test func `fails where the account does not give a list it gave before`() async throws {
    let faults = Faults()
    let served = try Served { $0.faults = faults }
    defer { served.server.stop() }
    await synced(served, "--streams=tags,lists")
    for _ in 0..<6 { faults.next(.status(404), on: "tags") }
    let run = await acsync("verify", "tags", "lists", environment: served.environment)
    #expect(run.code == .partial, "\(run.everything)")
    #expect(run.result.contains("lists"))
  }
}
