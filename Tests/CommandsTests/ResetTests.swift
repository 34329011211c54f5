import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

@testable import Commands

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `A reset` {
  private func requests(_ served: Served, _ words: String...) async -> Int {
    served.server.resetAudit()
    let run = await acsync(["run", "--quiet"] + words, environment: served.environment)
    #expect(run.code == .done, "\(run.aside)")
    return served.server.audit.requests
  }

  @Test func `has the next run read a stream whole, and writes no row`() async throws {
    let served = try Served(contacts: 1_500)
    defer { served.server.stop() }
    _ = await requests(served)
    let usual = await requests(served)
    let connection = try await Database.connect()
    let print: Statement = """
      SELECT md5(string_agg(t::text || t.xmin::text, '' ORDER BY id)) AS print
      FROM activecampaign.contacts t
      """
    let before: String? = try await connection.query(print).first?["print"]
    let reset = await acsync("reset", "contacts", "--yes", environment: served.environment)
    #expect(reset.code == .done)
    #expect(reset.result == "the next run reads whole: contacts\n")
    let run = await acsync(
      "run", "--json", "--streams=contacts", environment: served.environment)
    #expect(run.result.contains("\"mode\" : \"full-refresh\""))
    #expect(try await connection.query(print).first?["print"] == before)
    await connection.close()
    #expect(await requests(served) <= usual)
  }

  @Test func `wants to be confirmed, and to know of what`() async throws {
    let served = try Served()
    defer { served.server.stop() }
    _ = await requests(served, "--streams=tags,lists")
    let unsure = await acsync("reset", "tags", environment: served.environment)
    #expect(unsure.code == .usage && unsure.aside.contains("give --yes"))
    let status = await acsync("status", "--json", environment: served.environment)
    #expect(status.result.contains("complete_as_of"))
    let nothing = await acsync("reset", "--yes", environment: served.environment)
    #expect(nothing.code == .usage && nothing.aside.contains("--all"))
    let both = await acsync("reset", "--all", "tags", environment: served.environment)
    #expect(both.code == .usage)
    let wrong = await acsync("reset", "tgas", "--yes", environment: served.environment)
    #expect(wrong.code == .usage && wrong.aside.contains("tags"))
    let unread = await acsync("reset", "deals", "--yes", environment: served.environment)
    #expect(unread.code == .usage && unread.aside.contains("acsync run comes first"))
    let all = await acsync("reset", "--all", "--yes", "--json", environment: served.environment)
    #expect(all.code == .done && all.result.contains("\"lists\",\n    \"tags\""))
  }

  @Test func `is refused while a run holds the stream`() async throws {
    let served = try Served(contacts: 2_000) { $0.latency = .milliseconds(700) }
    defer { served.server.stop() }
    _ = await requests(served, "--streams=tags")
    let binary = try Binary(
      ["run", "--streams=contacts", "--page-size=20", "-v"], environment: served.environment)
    var log = ""
    while !log.contains("committed") {
      let bytes = binary.errors.fileHandleForReading.availableData
      try #require(!bytes.isEmpty, "\(log)")
      log += String(decoding: bytes, as: UTF8.self)
    }
    let reset = await acsync(
      "reset", "contacts", "tags", "--yes", environment: served.environment)
    binary.process.terminate()
    _ = binary.ended()
    #expect(reset.code == .held, "\(reset.aside)")
  }
}

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `States as a file` {
  private let path = "/tmp/acsync-state-\(UInt32.random(in: 0...UInt32.max)).json"

  private func synced() async throws -> Served {
    let served = try Served(contacts: 450)
    let run = await acsync("run", "--quiet", environment: served.environment)
    #expect(run.code == .done, "\(run.aside)")
    return served
  }

  @Test func `are taken back after a reset, and the next run goes on from them`() async throws {
    let served = try await synced()
    defer {
      served.server.stop()
      try? FileManager.default.removeItem(atPath: path)
    }
    let export = await acsync("state", "export", path, environment: served.environment)
    #expect(export.code == .done && export.aside.contains("15 streams"))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(!text.contains(Served.key) && text.contains("\"rows_print\""))
    _ = await acsync("reset", "--all", "--yes", environment: served.environment)
    let rehearsal = await acsync(
      "state", "import", path, "--dry-run", environment: served.environment)
    #expect(rehearsal.code == .done && rehearsal.result.contains("contacts: taken"))
    #expect(rehearsal.result.contains("nothing was changed"))
    let unsure = await acsync("state", "import", path, environment: served.environment)
    #expect(unsure.code == .usage)
    let back = await acsync("state", "import", path, "--yes", environment: served.environment)
    #expect(back.code == .done && back.result.contains("contacts: taken"), "\(back.aside)")
    let again = await acsync("state", "export", environment: served.environment)
    #expect(Self.lines(of: again.result) == Self.lines(of: text))
    let run = await acsync("run", "--json", environment: served.environment)
    #expect(run.code == .done)
    #expect(run.result.contains("\"mode\" : \"incremental\""))
  }

  private static func unfolded(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// All but the time of the export.
  private static func lines(of text: String) -> [Substring] {
    text.split(separator: "\n").filter { !$0.contains("exported_at") }
  }

  @Test func `are refused with every reason, and nothing is changed`() async throws {
    let served = try await synced()
    defer {
      served.server.stop()
      try? FileManager.default.removeItem(atPath: path)
    }
    let good = await acsync("state", "export", environment: served.environment).result
    func imported(_ edit: (String) -> String) async throws -> Recorded {
      try edit(good).write(toFile: path, atomically: true, encoding: .utf8)
      let run = await acsync("state", "import", path, "--yes", environment: served.environment)
      #expect(run.code == .usage, "\(run.everything)")
      return run
    }
    let stranger = try await imported {
      $0.replacing("\"account\" : \"127.0.0.1", with: "\"account\" : \"acme")
    }
    #expect(Self.unfolded(stranger.aside).contains("it is of another account, acme"))
    let newer = try await imported { $0.replacing("\"version\" : 1", with: "\"version\" : 2") }
    #expect(Self.unfolded(newer.aside).contains("a newer acsync wrote it (layout 2)"))
    let wrong = try await imported {
      $0.replacing("\"stream\" : \"tags\"", with: "\"stream\" : \"tgas\"")
        .replacing("\"stream\" : \"lists\"", with: "\"stream\" : \"users\"")
        .replacing("\"is_ordered\"", with: "\"filter_finding\" : \"odd\", \"is_ordered\"")
        .replacing("\"known_shortage\" : 0", with: "\"known_shortage\" : -1")
        .replacing("\"floor\" : \"2", with: "\"floor\" : \"9")
    }
    for reason in [
      "there is no stream tgas", "users is there twice", "filter_finding is none",
      "below zero", "floor lies in the future",
    ] { #expect(Self.unfolded(wrong.aside).contains(reason), "\(reason): \(wrong.aside)") }
    let missing = try await imported { $0.replacing("\"is_ordered\"", with: "\"is_sorted\"") }
    #expect(missing.aside.contains("isOrdered is missing"))
    #expect(try await imported { _ in "{" }.aside.contains("it is not JSON"))
    let now = await acsync("state", "export", environment: served.environment).result
    #expect(Self.lines(of: now) == Self.lines(of: good))
    let none = await acsync("state", "import", "/nowhere.json", environment: served.environment)
    #expect(none.code == .usage && none.aside.contains("No such file"))
    let verb = await acsync("state", "exprot", environment: served.environment)
    #expect(verb.code == .usage && verb.aside.contains("export"))
  }

  @Test func `move no floor where the rows are not`() async throws {
    let served = try await synced()
    defer {
      served.server.stop()
      try? FileManager.default.removeItem(atPath: path)
    }
    _ = await acsync("state", "export", path, environment: served.environment)
    let connection = try await Database.connect()
    try await connection.script(
      """
      DROP SCHEMA acsync CASCADE;
      DELETE FROM activecampaign.contacts WHERE id % 10 = 0
      """)
    let back = await acsync("state", "import", path, "--yes", environment: served.environment)
    #expect(back.code == .done, "\(back.aside)")
    #expect(back.result.contains("contacts: not proven by the table"))
    #expect(back.result.contains("tags: taken"))
    let run = await acsync("run", "--quiet", environment: served.environment)
    #expect(run.code == .done, "\(run.aside)")
    let count = try await connection.query(
      "SELECT count(*) AS figure FROM activecampaign.contacts WHERE _deleted_at IS NULL")
    #expect(try count.first?.value("figure") == served.server.account.count(of: "contacts"))
    await connection.close()
  }
}
