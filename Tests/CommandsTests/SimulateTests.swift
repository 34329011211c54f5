import Foundation
import FoundationNetworking
import Simulator
import Testing

@testable import Commands

/// The account that `acsync simulate WORDS` serves, in this process.
private func account(_ words: String...) throws -> Account {
  try SimulatedAccount(invocation(words)).account()
}

private func invocation(_ words: [String]) throws -> Invocation {
  Invocation(
    arguments: try Arguments(words, options: Verb.simulate.allOptions), environment: [:],
    console: Recorder().console())
}

/// What `acsync simulate WORDS` serves, over HTTP.
private struct Simulated {
  let server: Server
  private let url: String

  init(_ words: String...) throws {
    let invocation = try invocation(words)
    let account = try SimulatedAccount(invocation).account()
    var options = ServerOptions()
    options.requestsPerSecond = nil
    try SimulatedTrouble(invocation).apply(to: &options)
    server = Server(account: account, options: options)
    url = try server.start()
  }

  /// An answer's status and body.
  func get(_ target: String) async throws -> (status: Int, body: Data) {
    var request = URLRequest(url: try #require(URL(string: url + target)))
    request.setValue("simulator-key", forHTTPHeaderField: "Api-Token")
    let (body, response) = try await URLSession.shared.data(for: request)
    return (try #require(response as? HTTPURLResponse).statusCode, body)
  }

  /// The rows of a list.
  func rows(_ path: String, _ parameters: String = "") async throws -> [[String: Any]] {
    let answer = try await get("/api/3/\(path)?limit=100\(parameters)")
    let page = try JSONSerialization.jsonObject(with: answer.body) as? [String: Any]
    return page?[path] as? [[String: Any]] ?? []
  }

  /// The lines of one of the simulator's own pages, as objects.
  func lines(_ target: String) async throws -> [[String: Any]] {
    let text = String(decoding: try await get(target).body, as: UTF8.self)
    return try text.split(separator: "\n").compactMap { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }
  }
}

@Suite struct `Simulating trouble` {
  @Test func `lets answers go wrong by kind, share and stream`() async throws {
    let simulated = try Simulated(
      "--rows=contacts=20,tags=9,contact_tags=30", "--fault=403:always@contact_tags",
      "--fault", "503:2x@tags", "--fault-seed=5")
    defer { simulated.server.stop() }
    var statuses: [Int] = []
    for target in ["contactTags", "tags", "contactTags", "tags", "tags", "contacts"] {
      statuses.append(try await simulated.get("/api/3/\(target)").status)
    }
    #expect(statuses == [403, 503, 403, 503, 200, 200])
  }

  @Test func `lets a share of all answers go wrong by the seed`() async throws {
    func statuses(_ seed: String) async throws -> [Int] {
      let simulated = try Simulated("--contacts=5", "--fault=500:30%", "--fault-seed", seed)
      defer { simulated.server.stop() }
      var statuses: [Int] = []
      for _ in 0..<40 { statuses.append(try await simulated.get("/api/3/tags").status) }
      return statuses
    }
    let first = try await statuses("1")
    #expect((4...20).contains(first.count { $0 == 500 }))
    #expect(try await statuses("1") == first)
    #expect(try await statuses("2") != first)
  }

  @Test func `refuses the lists of what the plan lacks`() async throws {
    let simulated = try Simulated(
      "--contacts=20", "--without=ecommerce", "--without=custom-objects,sms")
    defer { simulated.server.stop() }
    for (path, status) in [
      ("ecomOrders", 403), ("customObjects/schemas", 403), ("sms/broadcasts", 403), ("deals", 200),
    ] {
      #expect(try await simulated.get("/api/3/\(path)").status == status, "\(path)")
    }
    let outcome = await acsync("simulate", "--without=comerce")
    #expect(outcome.code == .usage && outcome.aside.contains("ecommerce"))
  }

  @Test func `lets a list below others go wrong`() async throws {
    let simulated = try Simulated(
      "--contacts=20", "--fault=500:always@contact_goals,500:always@custom_object_records")
    defer { simulated.server.stop() }
    let contact = try #require(simulated.server.account.ids(of: "contacts").first)
    #expect(try await simulated.get("/api/3/contacts/\(contact)/contactGoals").status == 500)
    #expect(try await simulated.get("/api/3/contacts/\(contact)/geoIps").status == 200)
    let schemas = try await simulated.get("/api/3/customObjects/schemas").body
    let page = try JSONSerialization.jsonObject(with: schemas) as? [String: Any]
    let schema = (page?["schemas"] as? [[String: Any]])?.first?["id"] as? String
    let path = "/api/3/customObjects/records/\(try #require(schema))"
    #expect(try await simulated.get(path).status == 500)
  }

  @Test func `makes so many rows of any stream`() throws {
    let account = try account("--size=none", "--rows=contacts=50,send_logs=70,contact_goals=30")
    #expect(account.count(of: "logs") == 70 && account.count(of: "contactGoals") == 30)
    #expect(account.count(of: "linkData") == 0)
  }

  @Test func `tells every kind of fault in its help`() async {
    let help = await acsync("simulate", "--help").result
    let words = Set(help.split { $0.isWhitespace || $0 == "," }.map(String.init))
    #expect(words.isSuperset(of: FaultKind.all.map(\.name)))
  }

  @Test func `serves stale pages of what was there before the edits`() async throws {
    let simulated = try Simulated("--contacts=40", "--fault=stale-page:always@tags")
    defer { simulated.server.stop() }
    let before = try await simulated.rows("tags").count
    simulated.server.account.insert("tags")
    #expect(try await simulated.rows("tags").count == before)
    #expect(simulated.server.account.count(of: "tags") == before + 1)
  }

  @Test func `reads date filters as it is told`() throws {
    func filters(_ words: String...) throws -> FilterBehaviour {
      var options = ServerOptions()
      try SimulatedTrouble(invocation(words)).apply(to: &options)
      return options.filters
    }
    #expect(try filters() == FilterBehaviour())
    let both = try filters(
      "--filter-precision=second", "--filter-zone=utc", "--filter-bound=inclusive",
      "--filter-honoured=deals=no", "--null-update-counts-as-creation", "--ignore-tagid",
      "--ignore-include")
    var expected = FilterBehaviour()
    expected.contacts = .init(precision: .second, zone: .utc, bound: .inclusive)
    expected.deals = expected.contacts
    expected.deals.isHonoured = false
    expected.nullUpdateCountsAsCreation = true
    expected.honoursTagID = false
    expected.honoursInclude = false
    #expect(both == expected)
    let apart = try filters("--filter-bound=contacts=inclusive,deals=exclusive")
    #expect(apart.contacts.bound == .inclusive && apart.deals.bound == .exclusive)
  }

  @Test func `ignores filters where it is told to`() async throws {
    let simulated = try Simulated("--contacts=30", "--filter-honoured=contacts=no")
    defer { simulated.server.stop() }
    let filter = "&filters%5Bupdated_after%5D=2099-01-01"
    #expect(try await simulated.rows("contacts", filter).count == 30)
    #expect(try await simulated.rows("deals", filter).isEmpty)
  }

  @Test func `edits at every request, then rests, and tells the history`() async throws {
    let simulated = try Simulated(
      "--contacts=50", "--edits-per-request=2.5", "--edit-seed=4", "--edit-requests=4",
      "--edit-streams=contact_tags,deals")
    defer { simulated.server.stop() }
    for _ in 0..<6 { _ = try await simulated.get("/api/3/tags") }
    let events = try await simulated.lines("/_simulator/history")
    let edited = events.filter { ["contactTags", "deals"].contains($0["path"] as? String) }
    #expect(edited.count == 10)
    #expect(events.compactMap { $0["number"] as? Int } == Array(1...events.count))
    let rows = try await simulated.lines("/_simulator/rows?path=deals")
    #expect(
      rows.map { $0["id"] as? String }
        == simulated.server.account.ids(of: "deals").map(String.init))
  }
}

@Suite struct `Simulating an account` {
  @Test func `makes a part of the large one, its last changes spread over three years`() throws {
    let account = try account("--size=large/20", "--until=2026-07-01")
    let counts = [
      "contacts": 5000, "deals": 1000, "contactTags": 15000, "notes": 2500, "dealTasks": 1500,
      "accounts": 1000, "campaigns": 60,
    ]
    for (path, count) in counts { #expect(account.count(of: path) == count, "\(path)") }
    let times = account.rows(of: "contacts").compactMap { row in
      row.firstMatch(of: /"udate":"(\d{4})-/).flatMap { Int($0.1) }
    }
    // Half of 2023 and of 2026, and the years between.
    for year in 2024...2025 {
      #expect((1400...1900).contains(times.count { $0 == year }), "\(year)")
    }
    #expect((600...1000).contains(times.count { $0 == 2026 }))
  }

  @Test func `makes exactly so many rows of a stream`() throws {
    let account = try account("--size=none", "--rows=contacts=70,tags=5", "--rows=contact_tags=90")
    #expect(account.count(of: "contacts") == 70)
    #expect(account.count(of: "tags") == 5 && account.count(of: "contactTags") == 90)
    #expect(account.count(of: "deals") == 0 && account.count(of: "users") == 1)
  }

  @Test func `is the same each time, but for what has changed since`() throws {
    let words = ["--contacts=300", "--until=2026-01-31"]
    func account(_ more: String...) throws -> Account {
      try SimulatedAccount(invocation(words + more)).account()
    }
    let before = try account()
    #expect(try account().rows(of: "contacts") == before.rows(of: "contacts"))
    let after = try account("--changed=1", "--added=40", "--deleted=7", "--silent-tags")
    for path in ["contactTags", "notes", "dealTasks"] {
      let new = Set(after.ids(of: path)).subtracting(before.ids(of: path))
      #expect(new.count == 40, "\(path)")
    }
    let gone = Dictionary(
      uniqueKeysWithValues: Account.deleted.map { path in
        (path, Set(before.ids(of: path)).subtracting(after.ids(of: path)).count)
      })
    #expect(
      gone == ["contacts": 2, "deals": 2, "contactTags": 1, "notes": 1, "dealTasks": 1])
    // Three contacts changed, and a deletion takes none of what belongs to a row.
    #expect(after.count(of: "contactLists") == before.count(of: "contactLists"))
    let changed = after.history.filter { $0.path == "contacts" && $0.kind == .updated }
    #expect(changed.count == 3)
  }

  @Test func `lets new tags move their contacts unless told otherwise`() throws {
    func moved(_ words: String...) throws -> Int {
      let account = try SimulatedAccount(invocation(["--contacts=200", "--added=10"] + words))
        .account()
      return account.history.count { $0.path == "contacts" && $0.kind == .updated }
    }
    #expect(try moved() == 10)
    #expect(try moved("--silent-tags") == 0)
  }

  // The limit ends what would be served until a signal.
  @Test(
    .timeLimit(.minutes(10)),
    arguments: [
      (["--fault=teapot"], "“teapot” is no value for --fault"),
      (["--fault=shortpage"], "short-page, or one of"),
      (["--fault=500:often"], "2%, 3x or always"), (["--fault=500:101%"], "2%, 3x or always"),
      (["--fault=500:0x"], "2%, 3x or always"), (["--fault="], "for --fault"),
      (["--fault=500@contcts"], "contacts, or one of"),
      (["--fault-seed=x", "--fault=500"], "for --fault-seed"),
      (["--filter-precision=hour"], "day or second"),
      (["--filter-zone=tags=utc"], "central or utc"),
      (["--filter-bound=contacts="], "inclusive or exclusive"),
      (["--filter-honoured=maybe"], "yes or no"),
      (["--edits-per-request=-1"], "from 0 to 1000"),
      (["--edits-per-request=nan"], "from 0 to 1000"),
      (["--edits-per-request=1", "--edit-streams=tag"], "tags, or one of"),
      (["--edit-streams=tags"], "--edits-per-request"), (["--fault-seed=1"], "--fault"),
      (["--size=huge"], "large/20"), (["--size=large/0"], "large/20"),
      (["--size=large/x"], "large/20"), (["--size=none/2"], "large/20"),
      (["--size=large", "--contacts=5"], "contradict"),
      (["--rows=contacts"], "contacts=100000"), (["--rows=contcts=5"], "contacts, or one of"),
      (["--rows=deal_stages=5"], "contacts=100000"), (["--rows=users=0"], "contacts=100000"),
      (["--changed=101"], "from 0 to 100"), (["--added=many"], "from 0 to 1000000"),
      (["--deleted=-3"], "from 0 to 1000000"),
    ]) func `refuses what it cannot do, with what, where and the remedy`(
      words: [String], says: String
    ) async
  {
    let end = await acsync(["simulate"] + words)
    #expect(end.code == .usage && end.result.isEmpty)
    #expect(end.aside.contains(says), "\(end.aside)")
    #expect(end.aside.contains("\n  at the command line"))
    #expect(end.aside.contains("\n  → "))
  }
}
