import ActiveCampaign
import Catalog
import Configuration
import Replication
import Warehouse

extension Verb {
  static let verify = Verb(
    "verify", "hold the tables against the account, row by row and by count",
    operands: "[STREAM …]",
    details: """
      Looks at the account's totals and at some pages of each list, or with --full at
      every row, and compares them with the tables field by field. What differs is
      looked at twice. Reads only; what it found is kept in acsync.verifications and
      acsync.differences, without values. Sends its requests within the account's
      budget. Exits 3 if anything differs that did not change after the stream was
      last proven complete, or of which that cannot be told.
      """,
    options: Option.configured + [Verification.full, Verification.sample, Verification.seed]
  ) { invocation in
    let setup = try Setup(invocation, selecting: invocation.arguments.operands)
    return try await Verification(invocation, setup).perform()
  }
}

/// One verification on the command line.
struct Verification {
  static let full = Option("full", "every row instead of a sample")
  static let sample = Option("sample", value: "N", "pages to look at in each list; default 3")
  static let seed = Option("seed", value: "N", "look at the same places as the run with that seed")

  /// Pages of a sample unless another number is asked for.
  private static let usualPages = 3

  private let invocation: Invocation
  private let setup: Setup
  private let seed: Int64
  private let options: Verifier.Options

  init(_ invocation: Invocation, _ setup: Setup) throws {
    self.invocation = invocation
    self.setup = setup
    let arguments = invocation.arguments
    if arguments.has(Self.full), arguments.has(Self.sample) {
      throw UsageError.contradiction("--full", "--sample")
    }
    let given = try invocation.number(Self.seed, in: 0...Int(Int32.max))
    seed = given.map(Int64.init) ?? Int64.random(in: 0...Int64(Int32.max))
    var options = Verifier.Options()
    options.seed = UInt64(seed)
    options.pageSize = setup.settings.pageSize.value
    if !arguments.has(Self.full) {
      options.samplePages = try invocation.number(Self.sample, in: 1...10_000) ?? Self.usualPages
    }
    self.options = options
  }

  func perform() async throws -> ExitCode {
    let link = try AccountLink(setup)
    defer { link.close() }
    if setup.target.isAbsent { throw OperatorError.nothingRead(account: link.account) }
    let loader = try await setup.openLoader(account: link.account, note: invocation.note)
    let states = try await loader.states()
    guard !states.isEmpty else { throw OperatorError.nothingRead(account: link.account) }
    _ = try await loader.migrate()
    let budget = try await setup.sharedBudget(account: link.account)
    let client = link.client(sharing: budget)
    defer { client.close() }
    let selections = setup.knowing(try await loader.evolvedColumns()).selection
    let found = try await verify(
      selections, Verifier(client, loader, options: options), loader, states)
    await budget.close()
    await loader.close()
    return tell(VerificationReport(account: link.account, seed: seed, streams: found))
  }

  private func verify(
    _ selections: [StreamSelection], _ verifier: Verifier, _ loader: Loader,
    _ states: [StreamDefinition.ID: StreamState]
  ) async throws -> [StreamVerification] {
    let key = try await verifier.confirmKey()
    var surveyed: [Surveyed] = []
    for selection in selections {
      if let reason = selection.stream.reasonForNoList {
        invocation.note("\(selection.stream.id): not verified, since \(reason)")
        continue
      }
      guard let state = states[selection.stream.id],
        let survey = try await survey(selection.stream, state, verifier)
      else {
        invocation.note("\(selection.stream.id): never read, so there is nothing to verify")
        continue
      }
      surveyed.append(Surveyed(selection: selection, state: state, survey: survey))
    }
    tellCost(surveyed.compactMap { try? $0.survey.get().requests }.reduce(0, +))
    return try await results(of: surveyed, verifier, loader, key)
  }

  /// How long a list is; nil where it was never read to its end.
  private func survey(
    _ stream: StreamDefinition, _ state: StreamState, _ verifier: Verifier
  ) async throws -> Result<Verifier.Survey, Refused>? {
    do {
      return try await verifier.survey(stream).map { .success($0) }
    } catch let error as any Explained where error.explanation.fault == .partial {
      // What was never offered to this key has nothing in its table.
      return state.lastSuccess.map { _ in .failure(Refused(explanation: error.explanation)) }
    }
  }

  private func tellCost(_ requests: Int) {
    let time = Duration.seconds(Double(requests) / setup.settings.requestsPerSecond.value)
    invocation.note(
      "about \(Figures.amount(requests, "request")), \(Figures.span(time)); seed \(seed)")
  }

  /// Some streams at once, so that a slow account is used as well as may be.
  private func results(
    of surveyed: [Surveyed], _ verifier: Verifier, _ loader: Loader, _ key: KeyAnswer
  ) async throws -> [StreamVerification] {
    try await withThrowingTaskGroup(of: (Int, StreamVerification).self) { group in
      var results: [Int: StreamVerification] = [:]
      for (number, one) in surveyed.enumerated() {
        if number >= setup.settings.concurrency.value, let done = try await group.next() {
          results[done.0] = done.1
        }
        group.addTask {
          var found = await one.verified(by: verifier)
          if let user = one.state.keyUser, user != key.user {
            found.add(
              note: "the key is another user's than at the last run, and may see other rows")
          }
          try await loader.keep(found, seed: seed)
          return (number, found)
        }
      }
      for try await done in group { results[done.0] = done.1 }
      return results.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  private func tell(_ report: VerificationReport) -> ExitCode {
    if invocation.wantsJSON {
      invocation.console.result(JSON.text(VerificationDocument(report)))
    } else {
      report.write(to: invocation.console, isQuiet: invocation.isQuiet)
    }
    Finding.write(report.problems.map { Finding($0) }, to: invocation.console)
    return report.exitCode
  }
}

extension StreamDefinition {
  /// Why the account has no one list of it; nil where it has.
  var reasonForNoList: String? {
    if let carrier { return "it has no list of its own: its rows come on pages of \(carrier)" }
    if let parent, parent.listing == .path {
      return "it has a list for each row of \(parent.stream)"
    }
    return nil
  }
}

/// A stream of which it is known how long its list is, or why not.
private struct Surveyed: Sendable {
  let selection: StreamSelection
  let state: StreamState
  let survey: Result<Verifier.Survey, Refused>

  func verified(by verifier: Verifier) async -> StreamVerification {
    switch survey {
    case .success(let survey):
      return await verifier.verify(selection, state: state, survey: survey)
    case .failure(let refused):
      var found = StreamVerification(
        stream: selection.stream.id, isFull: false, total: nil, liveRows: state.liveRows)
      found.problem = refused.explanation
      return found
    }
  }
}
