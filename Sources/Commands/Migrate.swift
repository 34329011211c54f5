import Warehouse

extension Verb {
  static let migrate = Verb(
    "migrate", "lay out, or bring up to date, what acsync keeps in PostgreSQL",
    details: "A run does it too; this does nothing else, for those who keep DDL apart.",
    options: Option.configured
  ) { invocation in
    try invocation.requireNoOperands(of: "migrate")
    let setup = try Setup(invocation)
    // What is laid out belongs to no account, so none has to be named.
    let loader = try await setup.openLoader(
      account: (try? setup.account()) ?? "", note: invocation.note)
    let applied = try await loader.migrate()
    await loader.close()
    let console = invocation.console
    if invocation.wantsJSON {
      console.result(JSON.text(MigrationDocument(warehouse: loader.place, applied: applied)))
    } else {
      for name in applied { console.result("applied \(name)") }
      if applied.isEmpty { console.result("nothing to do: \(loader.place) is up to date") }
    }
    return .done
  }
}

/// What was migrated, in JSON.
private struct MigrationDocument: Encodable {
  let warehouse: String
  let applied: [String]
}
