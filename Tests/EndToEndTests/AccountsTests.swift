import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

/// Several simulated accounts, each served, and the file that names them all.
private struct Neighbourhood {
  let servers: [Server]
  let names: [String]
  let file: URL
  private let environment: [String: String]

  /// - Parameter keyless: the account whose key is not what the file says.
  init(
    _ count: Int, size: AccountSize = .scaled(contacts: 150), keyless: Int? = nil,
    options: String = "", adjust: (inout ServerOptions) -> Void = { _ in }
  ) throws {
    names = (0..<count).map { "account_\($0)" }
    var environment = [
      "DATABASE_URL": try Database.current.uri, "ACSYNC_REQUESTS_PER_SECOND": "10000",
      "ACSYNC_STREAMS": fifteenStreams,
    ]
    var servers: [Server] = []
    for (number, name) in names.enumerated() {
      var options = ServerOptions()
      options.apiKey = "canary-key-\(number)"
      options.requestsPerSecond = nil
      adjust(&options)
      let server = Server(account: Account(seed: UInt64(number), size: size), options: options)
      servers.append(server)
      let prefix = "ACTIVECAMPAIGN_\(name.uppercased())_"
      environment[prefix + "URL"] = try server.start()
      environment[prefix + "API_KEY"] =
        number == keyless ? "canary-key-none" : "canary-key-\(number)"
    }
    self.servers = servers
    self.environment = environment
    file = FileManager.default.temporaryDirectory.appending(path: "acsync-\(UUID()).yaml")
    let accounts = names.map { "  \($0):" }.joined(separator: "\n")
    try Data("defaults:\n  source_options: {\(options)}\naccounts:\n\(accounts)\n".utf8)
      .write(to: file)
  }

  func run(_ words: [String] = [], as victim: Victim = Victim()) async throws -> Ending {
    let ending = try await acsync(
      ["run", "-c", file.path] + words, environment: environment, as: victim)
    #expect(!(ending.result + ending.aside).contains("canary-key"))
    return ending
  }

  func end() {
    servers.forEach { $0.stop() }
    try? FileManager.default.removeItem(at: file)
  }

  /// Which of the accounts' contacts are not all in their tables, in words.
  func differences() async throws -> [String] {
    try await withDatabase { database in
      var found: [String] = []
      for (name, server) in zip(names, servers) {
        let table = Identifier("activecampaign_\(name)", "contacts")
        let ids = try await database.column("SELECT t.id::text FROM \(table) AS t ORDER BY t.id")
        let truth = server.account.ids(of: "contacts").map { String($0) }
        if ids != truth { found.append("\(name): \(ids.count) of \(truth.count)") }
      }
      return found
    }
  }
}

/// What tests read of the JSON of a run of several accounts.
private struct AccountsDocument: Decodable {
  struct Account: Decodable {
    let name: String
    let outcome: String
    let isByThisProcess: Bool
  }
  let peakMemoryBytes: Int
  let accounts: [Account]

  init(_ ending: Ending) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(AccountsDocument.self, from: Data(ending.result.utf8))
  }
}

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `Several accounts` {
  @Test func `are synced by one process, each into its schema, with views over all`() async throws {
    let all = try Neighbourhood(3)
    defer { all.end() }
    let ending = try await all.run()
    #expect(ending.code == 0, "\(ending.aside)")
    for name in all.names { #expect(ending.result.contains(name)) }
    #expect(try await all.differences() == [])
    try await withDatabase { database in
      let counts = try await database.column(
        """
        SELECT account || ' ' || count(*) FROM analytics.all_contacts GROUP BY account
        ORDER BY account
        """)
      #expect(
        counts == zip(all.names, all.servers).map { "\($0) \($1.account.count(of: "contacts"))" })
    }
    let again = try await all.run(["--json", "--account", "account_1"])
    #expect(try again.document.streams.allSatisfy { $0.inserted == 0 && $0.updated == 0 })
    let unknown = try await all.run(["--account", "account_9"])
    #expect(unknown.code == 2 && unknown.aside.contains("there is no account"))
  }

  @Test func `do not fail with one of them`() async throws {
    let all = try Neighbourhood(3, keyless: 1)
    defer { all.end() }
    let ending = try await all.run(["--json"])
    #expect(ending.code == 4)
    #expect(ending.aside.contains("account account_1"))
    #expect(
      try AccountsDocument(ending).accounts.map(\.outcome) == ["done", "failed", "done"])
  }

  @Test func `are named in every line of a log that is about one`() async throws {
    let all = try Neighbourhood(2, keyless: 1)
    defer { all.end() }
    let ending = try await all.run(["--log-format", "json", "--streams", "users"])
    let lines = try ending.aside.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
    func accounts(of event: String) -> [String] {
      lines.filter { $0["event"] as? String == event }
        .map { $0["account"] as? String ?? "none" }.sorted()
    }
    #expect(accounts(of: "run_summary").contains("account_0"))
    #expect(Set(accounts(of: "problem")) == ["account_1"])
    #expect(lines.allSatisfy { ($0["message"] as? String)?.isEmpty == false })
  }

  @Test func `are shared by three processes, of which one is killed`() async throws {
    var held: [Faults] = []
    let all = try Neighbourhood(6, options: "parallel_accounts: 1") { held.append($0.faults) }
    defer { all.end() }
    let victim = Victim()
    // The first process is held up at its first account until it dies.
    held[0].decide { _ in .hung }
    async let killed = all.run(["--json"], as: victim)
    while all.servers[0].audit.requests == 0 { try await Task.sleep(for: .milliseconds(5)) }
    async let second = all.run(["--json"])
    async let third = all.run(["--json"])
    while all.servers[1].audit.requests == 0 { try await Task.sleep(for: .milliseconds(5)) }
    victim.kill()
    held[0].decide(nil)
    let endings = try await (second, third)
    _ = try await killed
    #expect(endings.0.code == 0 && endings.1.code == 0, "\(endings.0.aside)\(endings.1.aside)")
    #expect(try await all.differences() == [])
    let documents = try [AccountsDocument(endings.0), AccountsDocument(endings.1)]
    for document in documents { #expect(document.accounts.allSatisfy { $0.outcome == "done" }) }
    for number in all.names.indices {
      let runners = documents.count { $0.accounts[number].isByThisProcess }
      #expect(runners == 1, "\(all.names[number])")
      // Two runners of one account would be seen here.
      #expect(all.servers[number].audit.peakInFlight <= 3)
    }
    #expect(documents.allSatisfy { $0.accounts.contains(where: \.isByThisProcess) })
  }

  @Test func `may be fifty, in less than 256 MB`() async throws {
    let all = try Neighbourhood(50, size: .scaled(contacts: 120))
    defer { all.end() }
    let ending = try await all.run(["--json"])
    #expect(ending.code == 0, "\(ending.aside)")
    let document = try AccountsDocument(ending)
    #expect(document.accounts.count == 50)
    #expect(document.peakMemoryBytes < 256_000_000, "\(document.peakMemoryBytes)")
    #expect(try await all.differences() == [])
  }
}
