import Catalog
import FoundationEssentials
import Simulator
import Synchronization

extension Verb {
  static let simulate = Verb(
    "simulate", "serve a made-up account over loopback, until stopped",
    details: """
      It answers like ActiveCampaign's API, version 3, with the documented limits. Point acsync (or
      anything else) at the URL and key that it prints. At the end it tells what it saw.

      --fault takes a KIND, and after a colon the answers that it meets: a share
      (2%, the default is 5%), the first ones (3x), or always. Behind an @ stands the
      stream that it is kept to. It may be given several times. The kinds are
      \(faultKinds)

      GET /_simulator/audit tells the requests, /_simulator/history every edit, and
      /_simulator/rows?path=contacts the rows as they are now, one a line.
      """,
    options: Simulation.options
  ) { invocation in
    try invocation.requireNoOperands(of: "simulate")
    return try await Simulation(invocation).serve(invocation)
  }
}

/// The names of all faults, in lines as long as the rest of the help.
private let faultKinds = FaultKind.all.map(\.name).reduce(into: [""]) { lines, name in
  if (lines.last?.count ?? 0) + name.count > 72 { lines.append("") }
  lines[lines.count - 1] += lines.last == "" ? name : ", \(name)"
}.joined(separator: ",\n")

/// Where the simulator listens, in JSON.
private struct AddressDocument: Encodable {
  let url: String
  let key: String
}

/// One simulated account, served.
private struct Simulation {
  static let port = Option("port", value: "N", "the port to listen on; default: any free one")
  static let host = Option("host", value: "ADDRESS", "the address to listen on; default 127.0.0.1")
  static let latency = Option("latency", value: "MS", "milliseconds each answer takes; default 0")
  static let rate = Option(
    "requests-per-second", value: "N", "the account's limit; 0 for none; default 5")
  static let key = Option("key", value: "KEY", "the key it takes; default \(Demo.key)")
  static let options =
    [port, host, latency, rate, key] + SimulatedAccount.options + SimulatedTrouble.options

  let account: Account
  let server: ServerOptions

  init(_ invocation: Invocation) throws {
    var server = ServerOptions()
    let arguments = invocation.arguments
    server.port = UInt16(try invocation.number(Self.port, in: 0...65_535) ?? 0)
    server.host = arguments.value(of: Self.host) ?? server.host
    server.apiKey = arguments.value(of: Self.key) ?? Demo.key
    server.latency = .milliseconds(try invocation.number(Self.latency, in: 0...600_000) ?? 0)
    let rate = try invocation.number(Self.rate, in: 0...1_000_000) ?? 5
    server.requestsPerSecond = rate == 0 ? nil : rate
    try SimulatedTrouble(invocation).apply(to: &server)
    account = try SimulatedAccount(invocation).account()
    self.server = server
  }

  /// Serves until a signal comes.
  func serve(_ invocation: Invocation) async throws -> ExitCode {
    let server = Server(account: account, options: server)
    // A signal may come at any time from here on; the gate holds it until the server has started.
    let gate = Gate()
    return try await Signals.during(stop: { gate.open() }) { _ in
      let url = try server.start()
      tellAddress(url, invocation)
      await gate.wait()
      server.stop()
      tellAudit(server.audit, invocation)
      return .done
    }
  }

  private func tellAddress(_ url: String, _ invocation: Invocation) {
    let console = invocation.console
    if invocation.wantsJSON {
      return console.result(JSON.text(AddressDocument(url: url, key: server.apiKey)))
    }
    console.result("ACTIVECAMPAIGN_URL=\(url)")
    console.result("ACTIVECAMPAIGN_API_KEY=\(server.apiKey)")
    invocation.note(
      "\(Figures.count(account.count(of: "contacts"))) contacts, "
        + "\(Figures.count(account.count(of: "deals"))) deals; Ctrl-C ends it")
  }

  /// The audit goes beside the result: the result was the address.
  private func tellAudit(_ audit: Audit, _ invocation: Invocation) {
    invocation.note(
      """
      \(Figures.amount(audit.requests, "request")), at most \(audit.peakPerSecond) in a second and \
      \(audit.peakInFlight) at once; refused: \(audit.tooManyRequests) for the rate, \
      \(audit.refusedKeys) for the key, \(audit.refusedMethods) for the method
      """)
  }
}

extension ServerError {
  /// Why the simulator cannot listen, for a person.
  var explanation: Explanation {
    Explanation(
      "the simulator cannot listen: \(self)", at: "the command line",
      remedy: "choose another --port or --host", .lasting(.stopRun), fault: .configuration)
  }
}

/// Holds one waiter until it is opened, once.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// Lets the waiter through, also one that comes later.
  func open() {
    state.withLock { state in
      state.isOpen = true
      defer { state.waiter = nil }
      return state.waiter
    }?.resume()
  }

  /// Waits until the gate is open.
  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiter = continuation }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }
}
