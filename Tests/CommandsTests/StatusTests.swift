import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

@testable import Commands

/// What tests read of a status.
private struct StatusAnswer: Decodable {
  struct Stream: Decodable {
    struct Holder: Decodable {
      let application: String?
      let since: String?
    }
    let stream: String
    let state: String
    let next_whole_reading: String?
    let held_by: Holder?
  }
  let is_fresh: Bool
  let summary: String
  let streams: [Stream]

  subscript(_ name: String) -> Stream? { streams.first { $0.stream == name } }
}

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `The status` {
  private func status(
    _ words: String..., of served: Served, width: Int? = nil
  ) async throws -> (answer: StatusAnswer, run: Recorded, text: String) {
    let run = await acsync(["status", "--json"] + words, environment: served.environment)
    let answer = try JSONDecoder().decode(StatusAnswer.self, from: Data(run.result.utf8))
    let shown = await acsync(["status"] + words, environment: served.environment, width: width)
    return (answer, run, shown.result)
  }

  private func script(_ sql: String) async throws {
    let connection = try await Database.connect()
    try await connection.script(sql)
    await connection.close()
  }

  @Test func `begins with how all of it stands`() async throws {
    let served = try Served()
    defer { served.server.stop() }
    let before = try await status("--exit-code", of: served)
    #expect(before.text.hasPrefix("127.0.0.1:") && before.text.contains(": 15 never\n"))
    #expect(before.run.code == .partial && !before.answer.is_fresh)
    #expect(!before.text.contains("finished"), "a walk that never began has not finished")
    _ = await acsync("run", environment: served.environment)
    let after = try await status("--exit-code", of: served)
    #expect(after.run.code == .done && after.answer.is_fresh)
    #expect(after.text.split(separator: "\n").first?.hasSuffix(": all 15 streams fresh") == true)
    #expect(after.answer["contacts"]?.next_whole_reading != nil)
    #expect(after.answer.streams.allSatisfy { $0.held_by == nil })
  }

  @Test func `calls late what was proven longer ago than is allowed`() async throws {
    let served = try Served()
    defer { served.server.stop() }
    _ = await acsync("run", environment: served.environment)
    try await script(
      """
      UPDATE acsync.stream_state SET complete_as_of = complete_as_of - interval '25 hours'
      WHERE stream IN ('tags', 'contacts')
      """)
    let found = try await status(of: served)
    #expect(found.run.code == .done)
    #expect(found.answer["tags"]?.state == "late")
    // Its changes are asked for by a filter, and its refresh is a week.
    #expect(found.answer["contacts"]?.state == "fresh")
    #expect(found.answer.summary.hasSuffix(": 1 late, 14 fresh"))
    #expect(found.text.contains("tags: late: proven complete 1 d 1 h ago, at most 1 d 0 h is"))
    let strict = try await status("--late-after=1h", "--exit-code", of: served)
    #expect(strict.answer["contacts"]?.state == "late" && strict.run.code == .partial)
    let wrong = await acsync("status", "--late-after=soon", environment: served.environment)
    #expect(wrong.code == .usage)
  }

  @Test func `calls failing what failed, and says why`() async throws {
    let faults = Faults()
    let served = try Served { $0.faults = faults }
    defer { served.server.stop() }
    _ = await acsync("run", "--streams=tags,lists", environment: served.environment)
    for _ in 0..<6 { faults.next(.status(403), on: "tags") }
    _ = await acsync("run", "--streams=tags,lists", environment: served.environment)
    let found = try await status("--streams=tags,lists", of: served)
    #expect(found.answer["tags"]?.state == "failing", "\(found.text)")
    #expect(found.answer["lists"]?.state == "fresh")
    #expect(found.text.contains("tags: the account does not let this key read this"))
  }

  @Test func `fits sixty columns`() async throws {
    let served = try Served(contacts: 1_200)
    defer { served.server.stop() }
    _ = await acsync("run", "--streams=contacts,deal_pipelines", environment: served.environment)
    try await script(
      """
      INSERT INTO acsync.rejected_rows (account, stream, column_name, raw, reason)
      SELECT account, stream, 'x', 'x', 'x' FROM acsync.stream_state
      """)
    let text = try await status(of: served, width: 60).text
    for line in text.split(separator: "\n") { #expect(line.count <= 60, "\(line)") }
    #expect(text.contains("1,200") && text.contains("deal_pipelines  fresh"))
    #expect(text.contains("1 value did not fit"))
  }

  @Test func `tells who is running now, and that a killed run is not`() async throws {
    let served = try Served(contacts: 2_000) { $0.latency = .milliseconds(700) }
    defer { served.server.stop() }
    let binary = try Binary(
      ["run", "--streams=contacts", "--page-size=20", "-v"], environment: served.environment)
    var log = ""
    while !log.contains("committed") {
      let bytes = binary.errors.fileHandleForReading.availableData
      try #require(!bytes.isEmpty, "\(log)")
      log += String(decoding: bytes, as: UTF8.self)
    }
    let during = try await status("--streams=contacts,tags", of: served)
    binary.process.terminate()
    _ = binary.ended()
    #expect(during.answer["contacts"]?.held_by?.application == Program.applicationName)
    #expect(during.answer["contacts"]?.held_by?.since != nil)
    #expect(during.answer["tags"]?.held_by == nil)
    #expect(during.text.contains("holds contacts\n") && during.text.contains("under way"))
    try await script("UPDATE acsync.runs SET outcome = NULL, finished_at = NULL")
    #expect(try await status(of: served).text.contains("was killed"))
  }
}
