import FoundationEssentials
import Testing

@testable import Commands

/// Secrets that must turn up nowhere.
private let keyCanary = "canary-key-5f1d"
private let passwordCanary = "canary-password-91ab"

/// Nothing listens there: a privileged port that no service has.
private let nowhere = "127.0.0.1:1"

@Suite struct `Bad input` {
  /// A complete environment that names an account nobody serves.
  private static let account = [
    "ACTIVECAMPAIGN_URL": "http://\(nowhere)", "ACTIVECAMPAIGN_API_KEY": keyCanary,
    "DATABASE_URL": "postgresql://me:\(passwordCanary)@\(nowhere)/db",
  ]

  struct Case: Sendable, CustomTestStringConvertible {
    let title: String
    var words: [String] = ["run"]
    var environment: [String: String] = account
    let code: ExitCode
    let says: [String]
    var testDescription: String { title }
  }

  private static func with(_ changes: [String: String?]) -> [String: String] {
    changes.reduce(into: account) { $0[$1.key] = $1.value }
  }

  static let cases: [Case] = [
    Case(
      title: "no account", environment: [:], code: .usage,
      says: ["no account is given", "ACTIVECAMPAIGN_URL", "ACTIVECAMPAIGN_API_KEY", "--demo"]),
    Case(
      title: "a key without address", environment: ["ACTIVECAMPAIGN_API_KEY": keyCanary],
      code: .usage, says: ["no account's address", "set ACTIVECAMPAIGN_URL"]),
    Case(
      title: "an address without key", environment: with(["ACTIVECAMPAIGN_API_KEY": nil]),
      code: .usage, says: ["no key", "ACTIVECAMPAIGN_API_KEY_FILE"]),
    Case(
      title: "an http address",
      environment: with(["ACTIVECAMPAIGN_URL": "http://acme.api-us1.com"]), code: .usage,
      says: ["https", "write https://acme.api-us1.com"]),
    Case(
      title: "an empty variable", environment: with(["ACTIVECAMPAIGN_URL": ""]), code: .usage,
      says: ["ACTIVECAMPAIGN_URL is set, but empty"]),
    Case(
      title: "a key that cannot be one",
      environment: with(["ACTIVECAMPAIGN_API_KEY": keyCanary + " x"]), code: .usage,
      says: ["the key holds blanks"]),
    Case(
      title: "an unknown stream", words: ["run", "--streams", "contcts,deals"], code: .usage,
      says: ["no stream \"contcts\"", "did you mean contacts?"]),
    Case(
      title: "an unknown option", words: ["run", "--strems=deals"], code: .usage,
      says: ["no option --strems", "did you mean --streams?"]),
    Case(
      title: "a backfill of lists below others' rows",
      words: ["backfill", "geo_ips", "--from", "2024-01-01", "--to", "2024-02-01"], code: .usage,
      says: [
        "geo_ips cannot be backfilled", "each row of contacts", "acsync run --streams geo_ips",
      ]),
    Case(
      title: "an unknown verb", words: ["rnu"], code: .usage,
      says: ["no verb “rnu”", "did you mean run?"]),
    Case(
      title: "an operand too many", words: ["run", "contacts"], code: .usage,
      says: ["“contacts” is not understood", "acsync run --help"]),
    Case(
      title: "a page too large", words: ["run", "--page-size", "500"], code: .usage,
      says: ["page_size", "from 1 to 100", "--page-size"]),
    Case(
      title: "a rate of zero", words: ["plan", "--requests-per-second=0"], code: .usage,
      says: ["requests_per_second", "above 0"]),
    Case(
      title: "two modes", words: ["run", "--full-refresh", "--mode", "incremental"], code: .usage,
      says: ["--full-refresh and --mode incremental contradict"]),
    Case(
      title: "a file that is not there", words: ["run", "-c", "/nonexistent/replication.yaml"],
      code: .usage, says: ["does not exist", "/nonexistent/replication.yaml"]),
    Case(
      title: "a warehouse out of reach", code: .targetOutOfReach,
      says: ["warehouse cannot be reached", "me@\(nowhere)/db", "DATABASE_URL"]),
    Case(
      title: "an unknown action of db", words: ["db", "strat"], code: .usage,
      says: ["cannot “strat”", "did you mean start?"]),
    Case(
      title: "no action of db", words: ["db"], code: .usage, says: ["start|stop|status|psql|url"]),
    Case(
      title: "an unknown stream to discover", words: ["discover", "deal"], code: .usage,
      says: ["no stream “deal”", "did you mean deals?"]),
    Case(
      title: "a port that is none", words: ["simulate", "--port", "70000"], code: .usage,
      says: ["“70000” is no value for --port", "65535"]),
    Case(
      title: "a day that is none", words: ["simulate", "--until", "2026-02-30"], code: .usage,
      says: ["“2026-02-30” is no value for --until", "2026-01-31"]),
    Case(
      title: "status without account", words: ["status"], environment: [:], code: .usage,
      says: ["no account is given"]),
  ]

  @Test func `is one account under two names, however its address is written`() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "acsync-\(UUID()).yaml")
    try Data("accounts: {one: , two: }\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let recorder = Recorder()
    let code = await Program.run(
      ["status", "-c", file.path],
      environment: [
        "ACTIVECAMPAIGN_ONE_URL": "https://acme.api-us1.com", "ACTIVECAMPAIGN_ONE_API_KEY": "k",
        "ACTIVECAMPAIGN_TWO_URL": "https://ACME.api-us1.com:443/api/3",
        "ACTIVECAMPAIGN_TWO_API_KEY": "k", "DATABASE_URL": "postgresql://me@127.0.0.1:9/db",
      ], console: recorder.console())
    #expect(code == .usage)
    #expect(recorder.aside.contains("one and two are one account"), "\(recorder.aside)")
  }

  @Test(arguments: cases)
  func `ends with what, where, the remedy and its exit code, and tells no secret`(
    given: Case
  ) async {
    let recorder = Recorder()
    let code = await Program.run(
      given.words, environment: given.environment, console: recorder.console())
    #expect(code == given.code)
    #expect(recorder.result.isEmpty)
    for text in given.says { #expect(recorder.aside.contains(text), "\(recorder.aside)") }
    let lines = recorder.aside.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("  at ") })
    #expect(lines.contains { $0.hasPrefix("  → ") })
    #expect(!recorder.aside.contains(keyCanary))
    #expect(!recorder.aside.contains(passwordCanary))
  }

  @Test(arguments: cases)
  func `is one JSON document on standard output when asked for`(given: Case) async throws {
    struct Document: Decodable {
      struct Problem: Decodable {
        let what: String
        let place: String
        let remedy: String
      }
      let exit_code: Int32
      let problems: [Problem]
    }
    let recorder = Recorder()
    let code = await Program.run(
      given.words + ["--json"], environment: given.environment, console: recorder.console())
    let document = try JSONDecoder().decode(Document.self, from: Data(recorder.result.utf8))
    #expect(document.exit_code == code.rawValue)
    #expect(!document.problems.isEmpty)
    #expect(document.problems.allSatisfy { !$0.what.isEmpty && !$0.remedy.isEmpty })
    #expect(!recorder.result.contains(keyCanary) && !recorder.result.contains(passwordCanary))
  }

  @Test func `in the file is told all at once, each with its line`() async throws {
    let file = try TemporaryFile(
      """
      defalts:
        mode: incremental
      streams:
        contacts:
          mode: [incremental]
          source_options:
            page_sise: 100
        contcts:
      """)
    defer { file.remove() }
    let outcome = await acsync("run", "-c", file.path, environment: Self.account)
    #expect(outcome.code == .usage)
    for place in ["\(file.path):1:1", "\(file.path):5:", "\(file.path):7:", "\(file.path):8:"] {
      #expect(outcome.aside.contains(place), "\(outcome.aside)")
    }
    #expect(outcome.aside.contains("did you mean defaults?"))
    #expect(outcome.aside.contains("did you mean page_size?"))
    #expect(outcome.aside.contains("did you mean contacts?"))
  }

  @Test func `check tries both ends and exits with the code that comes first`() async {
    let outcome = await acsync("check", environment: Self.account)
    #expect(outcome.code == .targetOutOfReach)  // 6 before 5
    let lines = outcome.result.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("configuration  ok ") })
    #expect(lines.contains { $0.hasPrefix("account        failed ") })
    #expect(lines.contains { $0.hasPrefix("warehouse      failed ") })
    #expect(outcome.result.contains("→ check ACTIVECAMPAIGN_URL"))
    #expect(!outcome.everything.contains(keyCanary))
    #expect(!outcome.everything.contains(passwordCanary))
  }
}

/// A file of the test's own.
struct TemporaryFile {
  let path: String

  init(_ text: String) throws {
    path = "/tmp/acsync-test-\(UInt64.random(in: 0...UInt64.max)).yaml"
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}

@Suite struct `Writing the example file` {
  @Test func `writes the file that ships with the source, which is valid`() async throws {
    let file = try TemporaryFile("")
    file.remove()
    defer { file.remove() }
    let outcome = await acsync("init", file.path)
    #expect(outcome.code == .done)
    #expect(outcome.result == file.path + "\n")
    let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "replication.yaml")
    let written = try String(contentsOf: URL(filePath: file.path), encoding: .utf8)
    let lines = try String(contentsOf: source, encoding: .utf8).split(
      separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    // The first line leads editors to a file beside it in the source.
    #expect(lines[0].hasPrefix("# yaml-language-server"))
    #expect(written == lines[1])
    // Beyond the file, only the account is missing.
    let status = await acsync("status", "-c", file.path)
    #expect(status.aside.contains("no account is given"))
  }

  @Test func `leaves a file alone that exists, unless forced`() async throws {
    let file = try TemporaryFile("mine")
    defer { file.remove() }
    let refused = await acsync("init", file.path)
    #expect(refused.code == .usage)
    #expect(refused.aside.contains("--force"))
    #expect(try String(contentsOfFile: file.path, encoding: .utf8) == "mine")
    #expect(await acsync("init", "--force", file.path).code == .done)
    #expect(try String(contentsOfFile: file.path, encoding: .utf8) != "mine")
  }

  @Test func `says why a folder cannot be written to`() async {
    let outcome = await acsync("init", "/nonexistent/replication.yaml")
    #expect(outcome.code == .usage)
    #expect(outcome.aside.contains("No such file or directory"))
  }
}
