import ActiveCampaign
import Catalog
import EmbeddedPostgres
import Postgres
import Warehouse

extension Verb {
  static let check = Verb(
    "check", "whether both ends can be reached, and what is wrong if not",
    details: """
      Both ends are always tried. Exits with the code of what must be seen to first. Writes nothing,
      and makes no embedded cluster.
      """,
    options: Option.configured + [.notify, .allowCommands]
  ) { invocation in
    try invocation.requireNoOperands(of: "check")
    let setup = try Setup(invocation)
    async let source = Checks.ofAccount(setup)
    async let target = Checks.ofWarehouse(setup)
    let told =
      invocation.arguments.has(.notify) ? await Checks.ofNotifications(setup) : []
    let checks = [Checks.ofConfiguration(setup)] + (await source) + (await target) + told
    let code = ExitCode.first(of: checks.compactMap(\.failure).map { ExitCode($0.fault) })
    if invocation.wantsJSON {
      invocation.console.result(JSON.text(ConnectionsDocument(checks, exitCode: code)))
    } else {
      for check in checks { check.write(to: invocation.console) }
    }
    return code
  }
}

/// One thing that was looked at.
struct CheckedItem: Sendable {
  /// What came of it.
  enum Verdict: Sendable {
    /// As it should be, with what was found.
    case fine(String)
    /// Works, but should be seen to.
    case doubtful(String, remedy: String)
    /// Does not work.
    case failed(Explanation)
  }

  /// What was looked at, in a word or two.
  let subject: String
  let verdict: Verdict

  init(_ subject: String, _ verdict: Verdict) {
    self.subject = subject
    self.verdict = verdict
  }

  /// Why it does not work; nil if it does.
  var failure: Explanation? {
    if case .failed(let explanation) = verdict { explanation } else { nil }
  }

  /// The word that scripts and people look for.
  var word: String {
    switch verdict {
    case .fine: "ok"
    case .doubtful: "look"
    case .failed: "failed"
    }
  }

  func write(to console: Console) {
    let terminal = console.resultTerminal
    let (found, more) = words
    let title = subject + String(repeating: " ", count: max(0, 14 - subject.count))
    let mark = word + String(repeating: " ", count: max(0, 6 - word.count))
    let head = "\(title) \(failure == nil ? mark : terminal.red(mark))  "
    let width = (terminal.width ?? .max) - (title.count + mark.count + 3)
    let lines = [found] + more
    for (number, line) in lines.enumerated() {
      for (part, text) in TableText.folded(line, width: max(20, width), indent: 2).enumerated() {
        let isFirst = number == 0 && part == 0
        console.result((isFirst ? head : String(repeating: " ", count: 23)) + text)
      }
    }
  }

  /// What was found, and what follows on lines of their own.
  private var words: (String, [String]) {
    switch verdict {
    case .fine(let text): (text, [])
    case .doubtful(let text, let remedy): (text, ["→ \(remedy)"])
    case .failed(let explanation):
      (
        explanation.what,
        explanation.lines.dropFirst().map { String($0.drop { $0 == " " }) }
      )
    }
  }
}

/// What is looked at.
enum Checks {
  /// A clock that is further off than this is worth a word.
  private static let tolerableSkew = Duration.seconds(60)

  static func ofConfiguration(_ setup: Setup) -> CheckedItem {
    CheckedItem(
      "configuration",
      .fine("\(setup.origin), \(Figures.amount(setup.selection.count, "stream"))"))
  }

  /// The account: reachable, the key's owner, and how far apart the clocks are.
  static func ofAccount(_ setup: Setup) async -> [CheckedItem] {
    do {
      let link = try AccountLink(setup)
      defer { link.close() }
      let owner = try await link.client.probe()
      let name = owner.username ?? owner.email ?? "user \(owner.id)"
      return [
        CheckedItem("account", .fine("\(link.account) answers; the key is \(name)'s")),
        CheckedItem("clock", verdict(onSkew: owner.clockSkew)),
      ]
    } catch {
      return failures("account", error)
    }
  }

  /// A wrong clock loses no rows, since only the account's time counts; but it misleads people.
  static func verdict(onSkew skew: Duration) -> CheckedItem.Verdict {
    let distance = skew < .zero ? .zero - skew : skew
    if distance <= tolerableSkew { return .fine("as the account's, within a minute") }
    return .doubtful(
      "\(Figures.span(distance)) \(skew < .zero ? "ahead of" : "behind") the account's",
      remedy: "set this machine's clock, best by NTP; rows are safe, times shown here are not")
  }

  /// The warehouse: reachable, its version, what the role may do, and its layout.
  static func ofWarehouse(_ setup: Setup) async -> [CheckedItem] {
    do {
      if let cluster = setup.target.cluster, !setup.target.isStanding {
        // Only looks for the programs: to start a server is not a check's business.
        _ = try cluster.psqlPath()
        let state = setup.target.isAbsent ? "not made yet" : "stopped"
        return [
          CheckedItem("warehouse", .fine("embedded PostgreSQL, \(state); a run starts it"))
        ]
      }
      let conninfo = try await setup.target.conninfo()
      let loader = try await Loader.open(
        uri: conninfo, account: "", applicationName: Program.applicationName)
      let version = try await loader.serverVersion()
      let missing = try await loader.pendingMigrations()
      await loader.close()
      return [
        CheckedItem(
          "warehouse", .fine("\(setup.target.title ?? loader.place), PostgreSQL \(version)")),
        try await permissions(conninfo),
        CheckedItem("layout", .fine(missing.isEmpty ? "up to date" : "a run will lay it out")),
      ]
    } catch {
      return failures("warehouse", error)
    }
  }

  /// What a run needs: temporary tables, and schemas of its own to create tables in.
  private static func permissions(_ conninfo: String) async throws -> CheckedItem {
    let connection = try await Connection.open(
      conninfo, applicationName: Program.applicationName)
    let rows = try await connection.query(
      """
      SELECT has_database_privilege(current_database(), 'TEMPORARY') AS temporary,
        pg_is_in_recovery() AS is_standby,
        (SELECT count(*) = 3 FROM pg_namespace
          WHERE nspname IN ('acsync', 'activecampaign', 'analytics'))
          OR has_database_privilege(current_database(), 'CREATE') AS schemas,
        NOT EXISTS (
          SELECT FROM pg_namespace WHERE nspname IN ('acsync', 'activecampaign', 'analytics')
            AND NOT has_schema_privilege(oid, 'CREATE')
        ) AS tables
      """)
    await connection.close()
    // A SELECT without FROM has one row.
    guard let row = rows.first else { preconditionFailure("a query of one row gave none") }
    let rights: [(name: String, isGiven: Bool)] = [
      ("take writes (it is a standby)", !(try row.value("is_standby"))),
      ("create temporary tables", try row.value("temporary")),
      ("create schemas", try row.value("schemas")),
      ("create tables in the schemas", try row.value("tables")),
    ]
    let lacking = rights.filter { !$0.isGiven }.map(\.name)
    guard !lacking.isEmpty else {
      return CheckedItem("permissions", .fine("schemas, tables and temporary tables"))
    }
    return CheckedItem(
      "permissions",
      .failed(
        Explanation(
          "the warehouse does not \(lacking.joined(separator: ", nor "))", at: connection.place,
          remedy: "GRANT CREATE, TEMPORARY ON DATABASE … TO …, or use the schemas' owner",
          .lasting(.stopRun), fault: .targetOutOfReach)))
  }

  private static func failures(_ subject: String, _ error: any Error) -> [CheckedItem] {
    Finding.all(of: error).map { CheckedItem(subject, .failed($0.explanation)) }
  }
}

/// What was checked, in JSON.
private struct ConnectionsDocument: Encodable {
  struct Item: Encodable {
    let subject: String
    let verdict: String
    let found: String
    let problem: ProblemDocument?
  }

  let exitCode: Int32
  let checks: [Item]

  init(_ items: [CheckedItem], exitCode: ExitCode) {
    self.exitCode = exitCode.rawValue
    checks = items.map { item in
      let found =
        switch item.verdict {
        case .fine(let text), .doubtful(let text, _): text
        case .failed(let explanation): explanation.what
        }
      return Item(
        subject: item.subject, verdict: item.word, found: found,
        problem: item.failure.map(ProblemDocument.init))
    }
  }
}
