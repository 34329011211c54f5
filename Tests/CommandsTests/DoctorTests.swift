import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

@testable import Commands

/// What tests read of a report's JSON.
private struct Report: Decodable {
  struct Section: Decodable {
    struct Item: Decodable {
      let name: String
      let value: String
    }
    let title: String
    let items: [Item]
  }
  let sections: [Section]
  let warnings: [String]
  let exit_code: Int32

  func value(_ title: String, _ name: String) -> String? {
    sections.first { $0.title == title }?.items.first { $0.name == name }?.value
  }
}

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `A doctor's report` {
  private func report(
    _ words: String..., environment: [String: String]
  ) async throws -> (report: Report, text: String, code: ExitCode) {
    let run = await acsync(["doctor", "--json"] + words, environment: environment)
    let shown = await acsync(["doctor"] + words, environment: environment)
    #expect(shown.code == run.code && run.aside.isEmpty)
    let report = try JSONDecoder().decode(Report.self, from: Data(run.result.utf8))
    #expect(report.exit_code == run.code.rawValue)
    return (report, run.result + shown.result, run.code)
  }

  @Test func `tells versions, settings with their origins, both ends and the last runs`()
    async throws
  {
    let served = try Served()
    defer { served.server.stop() }
    let run = await acsync("run", environment: served.environment)
    #expect(run.code == .done, "\(run.aside)")
    let requests = served.server.audit.requests
    let found = try await report("--page-size=50", environment: served.environment)
    #expect(found.code == .done, "\(found.text)")
    // Two for each of the two reports.
    #expect(served.server.audit.requests - requests == 4)
    let report = found.report
    #expect(report.value("versions", "acsync") == Program.version)
    #expect(report.value("versions", "libcurl")?.contains("OpenSSL") == true)
    #expect(report.value("versions", "libpq")?.contains(".") == true)
    #expect(report.value("versions", "libyaml")?.contains(".") == true)
    #expect(report.value("versions", "system")?.contains("Linux") == true)
    #expect(report.value("configuration", "page_size") == "50  (--page-size)")
    let origin = "3  (replication.yaml:"
    #expect(report.value("configuration", "concurrency")?.hasPrefix(origin) == true)
    #expect(
      report.value("configuration", "key")
        == "(secret)  (environment: ACTIVECAMPAIGN_API_KEY)")
    #expect(report.value("account", "latency")?.contains(" ms the first time") == true)
    #expect(report.value("account", "clock") == "as this machine's")
    #expect(report.value("warehouse", "server")?.hasPrefix("PostgreSQL ") == true)
    #expect(report.value("warehouse", "layout")?.hasSuffix("none pending") == true)
    #expect(report.value("warehouse", "pooler") == "none seen")
    let contacts = try #require(report.value("streams", "contacts"))
    #expect(contacts.contains("120 live rows") && contacts.contains("filter "))
    #expect(contacts.contains("key of user 1"))
    let last = report.sections.first { $0.title == "last runs" }?.items
    #expect(last?.count == 1)
    #expect(last?.first?.value.contains("15 streams, done, exit 0") == true)
    #expect(report.warnings.contains { $0.contains("not https") })
    #expect(report.warnings.contains { $0.contains("superuser") })
  }

  @Test func `holds no key, no password and nothing of a row`() async throws {
    let served = try Served()
    defer { served.server.stop() }
    let contact = try #require(served.server.account.ids(of: "contacts").first)
    served.server.account.update(
      "contacts", id: contact, ["firstName": "canary-name", "email": "canary@row.example"])
    served.server.account.update("users", id: 1, ["username": "canary-user"])
    _ = await acsync("run", environment: served.environment)
    let connection = try await Database.connect()
    try await connection.script(
      """
      INSERT INTO acsync.rejected_rows (account, stream, row_key, column_name, raw, reason)
      SELECT account, stream, 1, 'email', 'canary-raw', 'odd' FROM acsync.stream_state
      """)
    await connection.close()
    var environment = served.environment
    environment["DATABASE_URL"] = try Database.current.uri + "&password=canary%2Fpw"
    environment["PGPASSWORD"] = "canary-pg"
    for words in [[String](), ["--mask"]] {
      for form in [[], ["--json"], ["--verbose"]] {
        let run = await acsync(["doctor"] + words + form, environment: environment)
        #expect(run.code == .done, "\(run.everything)")
        #expect(!run.everything.contains("canary"), "\(words) \(form)")
        #expect(!run.everything.contains(Served.key))
      }
    }
    environment["DATABASE_URL"] = "postgresql://who:canary%2Fpw@127.0.0.1:1/there"
    let lost = try await report(environment: environment)
    #expect(lost.code == .targetOutOfReach && !lost.text.contains("canary"))
    #expect(lost.text.contains("who@127.0.0.1:1/there"))
    let masked = try await report("--mask", environment: environment)
    #expect(!masked.text.contains("127.0.0.1") && !masked.text.contains("there"))
  }

  @Test func `is told also where an end, or the configuration, is broken`() async throws {
    let served = try Served()
    served.server.stop()
    let lost = try await report(environment: served.environment)
    #expect(lost.code == .sourceOutOfReach)
    #expect(lost.report.value("account", "failed")?.contains("cannot be connected") == true)
    #expect(lost.report.value("warehouse", "layout")?.contains("pending: 0001_state") == true)
    #expect(lost.report.value("last runs", "none") != nil)
    var environment = served.environment
    environment["ACSYNC_PAGE_SIZE"] = "1000"
    let wrong = try await report(environment: environment)
    #expect(wrong.code == .usage)
    #expect(wrong.report.value("versions", "acsync") == Program.version)
    #expect(wrong.report.value("configuration", "failed")?.contains("page_size") == true)
    let none = try await report(environment: [
      "DATABASE_URL": try Database.current.uri, "HOME": "/nowhere",
    ])
    #expect(none.code == .usage && none.text.contains("no account is given"))
  }

  @Test func `warns of a key that others can read`() async throws {
    let path = "/tmp/acsync-key-\(UInt32.random(in: 0...UInt32.max))"
    try Served.key.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let served = try Served()
    defer { served.server.stop() }
    var environment = served.environment
    environment["ACTIVECAMPAIGN_API_KEY"] = nil
    environment["ACTIVECAMPAIGN_API_KEY_FILE"] = path
    for (mode, isWarned) in [(0o644, true), (0o600, false), (0o640, true)] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      let warnings = try await report(environment: environment).report.warnings
      #expect(warnings.contains { $0.contains("chmod 600 \(path)") } == isWarned, "\(mode)")
    }
  }

  @Test func `makes no cluster where there is none`() async throws {
    let folder = "/tmp/acsync-doctor-\(UInt32.random(in: 0...UInt32.max))"
    let served = try Served()
    defer { served.server.stop() }
    var environment = served.environment
    environment["DATABASE_URL"] = nil
    environment["ACSYNC_POSTGRES_FOLDER"] = folder
    let found = try await report(environment: environment)
    #expect(found.code == .done)
    #expect(found.report.value("warehouse", "server") == "not made yet")
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test(arguments: [
    (512 as Int64, "512 B"), (1536, "1.5 kB"), (5 << 30, "5.0 GB"), (3 << 52, "12,288.0 TB"),
  ])
  func `writes sizes as people do`(bytes: Int64, text: String) {
    #expect(Figures.size(bytes) == text)
  }

  @Test func `takes the longest of several secrets out first`() {
    var redaction = Redaction()
    redaction.hide("abcd")
    redaction.hide("abcdefgh")
    redaction.hide("a")
    #expect(redaction.of("abcdefgh abcd a") == "(secret) (secret) a")
  }
}
