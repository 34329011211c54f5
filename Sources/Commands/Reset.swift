import Catalog
import Configuration
import Replication
import Warehouse

extension Verb {
  static let reset = Verb(
    "reset", "forget how far streams are, so that the next run reads them whole",
    operands: "STREAM …",
    details: """
      Rows stay as they are, and are compared with what the account sends. Forgotten
      are cursor and proof, a cut-off walk, and what was found out about the stream:
      what its filter on changes does, which shortage of its list is known. Refused
      while a run holds one of the streams (exit 7). Asks on a terminal; elsewhere
      --yes is needed.
      """,
    options: [.config, .account, .demo, Resetting.all, Consent.yes]
  ) { invocation in
    let names = invocation.arguments.operands
    let isForAll = invocation.arguments.has(Resetting.all)
    if isForAll, let name = names.first { throw UsageError.contradiction("--all", name) }
    guard isForAll || !names.isEmpty else { throw OperatorError.nothingNamed(verb: "reset") }
    return try await Resetting(invocation, Setup(invocation, selecting: names)).perform()
  }
}

/// One reset on the command line.
private struct Resetting {
  static let all = Option("all", "every stream of the configuration")

  let invocation: Invocation
  let setup: Setup

  init(_ invocation: Invocation, _ setup: Setup) {
    self.invocation = invocation
    self.setup = setup
  }

  func perform() async throws -> ExitCode {
    let account = try setup.account()
    if setup.target.isAbsent { throw OperatorError.nothingRead(account: account) }
    let loader = try await setup.openLoader(account: account, note: invocation.note)
    let known = try await loader.states()
    let streams = setup.selection.map(\.stream).filter { known[$0.id] != nil }
    guard !streams.isEmpty else { throw OperatorError.nothingRead(account: account) }
    let names = streams.map(\.id.name)
    try Consent(invocation).obtain(for: Self.action(on: names))
    _ = try await loader.migrate()
    try await loader.reset(streams)
    await loader.close()
    if invocation.wantsJSON {
      invocation.console.result(JSON.text(ResetDocument(account: account, reset: names)))
    } else if !invocation.isQuiet {
      invocation.console.result("the next run reads whole: \(names.joined(separator: ", "))")
    }
    return .done
  }

  private static func action(on names: [String]) -> String {
    let named =
      names.count > 3 ? Figures.amount(names.count, "stream") : names.joined(separator: ", ")
    return "\(named) will be read whole by the next run"
  }
}

/// What was reset, in JSON.
private struct ResetDocument: Encodable {
  let account: String
  let reset: [String]
}
