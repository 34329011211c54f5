import Catalog
import Configuration
import Replication
import Warehouse

extension Verb {
  static let migrate = Verb(
    "migrate", "lay out, or bring up to date, what acsync keeps in PostgreSQL",
    details: """
      Schemas, views, and the tables of every selected stream with their indexes: after it, acsync run
      with the same replication.yaml needs no right but to write rows. Run by the owner or a member of
      the owner role; nothing is asked of the account.
      --roles makes the roles acsync_owner, acsync_loader, acsync_analyst and acsync_analyst_pii (or
      NAME_owner and so on) where they are not there, and hands what is laid out to the first of them.
      Roles that exist get their rights at every migrate and run of the owner.
      """,
    options: Option.configured + [.roles]
  ) { invocation in
    try invocation.requireNoOperands(of: "migrate")
    var migrating = Migrating(invocation)
    return try await migrating.perform(for: try Setup.all(invocation))
  }
}

/// One call of the verb: what was done so far, for all accounts of the file.
private struct Migrating {
  private let invocation: Invocation
  /// What the roles' names begin with; nil: none are made.
  private let rolePrefix: String?
  private var done = MigrationDocument()
  private var findings: [Finding] = []

  init(_ invocation: Invocation) {
    self.invocation = invocation
    rolePrefix = invocation.arguments.value(of: .roles)
      .map { $0.isEmpty ? Loader.rolePrefix : $0 }
  }

  mutating func perform(for setups: [Setup]) async throws -> ExitCode {
    for setup in setups {
      let isNamed = setup.isDemo || setup.settings.sourceURL != nil
      let account = isNamed ? try setup.account() : nil
      let loader = try await setup.openLoader(account: account ?? "", note: invocation.note)
      done.warehouse = loader.place
      do {
        try await layOut(setup, loader, isNamed: isNamed)
        if setup.accountName == setups.last?.accountName {
          try await finish(setups, loader)
        }
      } catch {
        await loader.close()
        throw error
      }
      await loader.close()
    }
    tell()
    return ExitCode.first(of: findings.map { ExitCode($0.explanation.fault) })
  }

  private mutating func layOut(_ setup: Setup, _ loader: Loader, isNamed: Bool) async throws {
    done.applied += try await loader.migrate()
    if let rolePrefix { done.roles += try await loader.makeRoles(prefix: rolePrefix) }
    guard isNamed else {
      invocation.note("no account is named (ACTIVECAMPAIGN_URL), so no tables were laid out")
      await layOutAnalytics(of: setup, loader)
      return
    }
    let known = setup.knowing(try await loader.evolvedColumns())
    let ordered = Plan.ordered(known.selection, catalogue: known.catalogue)
    for stream in ordered.map(\.selection.stream) {
      do {
        let table = try await loader.layOut(stream)
        for note in table.notes { invocation.note("\(stream.id): \(note)") }
        if table.isChanged {
          done.tables.append("\(setup.settings.schema.value).\(stream.tableName)")
        }
      } catch let error as WarehouseError where error.explanation.fault != .targetOutOfReach {
        // One table's trouble is none of the others'.
        findings += Finding.all(of: error)
      }
    }
    let notes = await loader.makeWideViews(
      after: Set(StreamDefinition.all.map(\.id)), of: known.definitions)
    for note in notes.sorted(by: { $0.key < $1.key }) { invocation.note(note.value) }
    await layOutAnalytics(of: known, loader)
  }

  /// What a run only notes, since its rows are there all the same, is what this verb is for.
  private mutating func layOutAnalytics(of setup: Setup, _ loader: Loader) async {
    guard
      let note = await loader.layOutAnalytics(
        of: setup.definitions, selected: Set(setup.selection.map(\.stream.id)), whole: [])
    else { return }
    findings.append(
      Finding(
        Explanation(
          note, at: "schema analytics", remedy: "do so, and run acsync migrate again",
          .lasting(.failStream), fault: .partial)))
  }

  /// What is common to all accounts.
  private func finish(_ setups: [Setup], _ loader: Loader) async throws {
    if let accounts = setups.first?.siblings, !accounts.isEmpty {
      let streams = setups.flatMap { $0.settings.streams.map(\.stream) }
      let wanted = StreamDefinition.all.compactMap { one in streams.first { $0.id == one.id } }
      for line in try await loader.makeViews(AccountViews(of: accounts, wanted)) {
        invocation.note(line)
      }
    }
    try await loader.grantRoles()
  }

  private func tell() {
    let console = invocation.console
    if invocation.wantsJSON {
      console.result(JSON.text(done))
    } else {
      for name in done.applied { console.result("applied \(name)") }
      for name in done.roles { console.result("made role \(name)") }
      for name in done.tables { console.result("laid out \(name)") }
      if done.isEmpty, findings.isEmpty {
        console.result("nothing to do: \(done.warehouse) is up to date")
      }
    }
    Finding.write(findings, to: console)
  }
}

/// What was migrated, in JSON.
private struct MigrationDocument: Encodable {
  var warehouse = ""
  var applied: [String] = []
  var roles: [String] = []
  var tables: [String] = []

  var isEmpty: Bool { applied.isEmpty && roles.isEmpty && tables.isEmpty }
}
