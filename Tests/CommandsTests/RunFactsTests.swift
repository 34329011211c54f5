import Catalog
import Foundation
import Testing
import Warehouse

@testable import Commands

@Suite struct `What a run tells` {
  @Test(arguments: ExitCode.allCases)
  func `is good, bad or neither, by its exit code`(_ code: ExitCode) {
    let facts = facts(code == .done ? .done : .failed, code)
    #expect(facts.isGood == (code == .done))
    let neither: [ExitCode] = [.done, .usage, .held, .budgetReached, .interrupted, .terminated]
    #expect(facts.isBad == !neither.contains(code))
  }

  @Test func `names the streams that failed, and those whose values did not fit`() {
    let facts = facts(
      .failed, .partial,
      [stream("tags", .failed), stream("lists", .done, rejected: 2), stream("users", .done)])
    #expect(
      facts.current(stale: ["users"]) == [
        Alert("failure", "tags"), Alert("rejected_rows", "lists"), Alert("stale_stream", "users"),
      ])
    #expect(
      facts.resolved(stale: ["users"], among: ["users", "lists"]) == [
        Alert("failure", ""), Alert("failure", "lists"), Alert("failure", "users"),
        Alert("rejected_rows", "users"), Alert("stale_stream", "lists"),
      ])
    #expect(facts.words(for: Alert("failure", "tags")) == "tags: it broke → mend it")
    #expect(
      facts.words(for: Alert("rejected_rows", "lists"))
        == "lists: 2 values did not fit: see acsync.rejected_rows")
  }

  @Test func `is of the run where no stream is at fault`() {
    let refused = facts(.failed, .sourceRefused, problem: Self.problem)
    #expect(refused.current(stale: []) == [Alert("failure", "")])
    #expect(refused.resolved(stale: [], among: []) == [])
    #expect(refused.words(for: Alert("failure", "")) == "the run: it broke → mend it")
    // What was interrupted says nothing of what was wrong before.
    let cut = facts(.interrupted, .interrupted, [stream("tags", .interrupted)])
    #expect(cut.current(stale: []).isEmpty && cut.resolved(stale: [], among: []).isEmpty)
  }

  private static let problem = Explanation(
    "it broke", at: "here", remedy: "mend it", .lasting(.failStream), fault: .partial)

  private func facts(
    _ outcome: Outcome, _ code: ExitCode, _ streams: [StreamReport] = [],
    problem: Explanation? = nil
  ) -> RunFacts {
    let report = RunReport(
      outcome: outcome, exitCode: code.rawValue, streams: streams, requests: 0, retries: 0,
      duration: .zero, problem: problem)
    return RunFacts(report, account: "acme", warehouse: "", run: nil, newFields: [])
  }

  private func stream(
    _ name: String, _ outcome: Outcome, rejected: Int = 0
  ) -> StreamReport {
    var report = StreamReport(stream: .init(name), mode: .incremental)
    report.outcome = outcome
    report.counts.rejected = rejected
    if outcome == .failed { report.problem = Self.problem }
    return report
  }
}

@Suite struct `The passwords of a connection string` {
  @Test(arguments: [
    ("postgresql://u:pass-word@host/db", ["pass-word"]), ("postgresql://u@host/db", []),
    ("host=h password=pass-word user=u", ["pass-word"]),
    ("host=h password='pass word' user=u", ["pass word"]),
    ("postgresql://u@host/db?password=pass-word&sslmode=x", ["pass-word"]), ("", []),
  ])
  func `are found`(text: String, passwords: [String]) {
    #expect(Set(Target.passwords(in: text)) == Set(passwords))
  }

  @Test func `are withheld beside the keys of all accounts`() throws {
    let file = "/tmp/acsync-secrets-\(UUID()).yaml"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try "accounts: {acme: , zenith: {source: https://z.example, api_key: '${ZENITH}'}}".write(
      toFile: file, atomically: false, encoding: .utf8)
    let environment = [
      "ACTIVECAMPAIGN_ACME_URL": "https://a.example", "ACTIVECAMPAIGN_ACME_API_KEY": "acme-key-1",
      "ZENITH": "zenith-key-1", "DATABASE_URL": "postgresql://u:p%40ss-word@host/db",
    ]
    let setups = try Setup.all(
      Invocation(
        arguments: Arguments(["-c", file, "--account=acme"], options: Option.configured),
        environment: environment, console: Recorder().console()))
    let setup = try #require(setups.count == 1 ? setups.first : nil)
    #expect(
      Set(setup.secrets) == [
        "acme-key-1", "zenith-key-1", "p%40ss-word", "p@ss-word",
        "postgresql://u:p%40ss-word@host/db",
      ])
    #expect(Set(setup.addresses) == ["https://a.example", "https://z.example"])
  }
}
