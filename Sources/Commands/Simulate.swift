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
      """,
    options: Simulation.options
  ) { invocation in
    try invocation.requireNoOperands(of: "simulate")
    return try await Simulation(invocation).serve(invocation)
  }
}

/// Where the simulator listens, in JSON.
private struct AddressDocument: Encodable {
  let url: String
  let key: String
}

/// One simulated account, served.
private struct Simulation {
  static let port = Option("port", value: "N", "the port to listen on; default: any free one")
  static let host = Option("host", value: "ADDRESS", "the address to listen on; default 127.0.0.1")
  static let contacts = Option("contacts", value: "N", "how many contacts it has; default 5000")
  static let seed = Option("seed", value: "N", "another seed makes another account; default 1")
  static let latency = Option("latency", value: "MS", "milliseconds each answer takes; default 0")
  static let rate = Option(
    "requests-per-second", value: "N", "the account's limit; 0 for none; default 5")
  static let key = Option("key", value: "KEY", "the key it takes; default \(Demo.key)")
  static let until = Option(
    "until", value: "DAY",
    "the day its history ends; default now. Makes accounts repeatable")
  static let changed = Option(
    "changed", value: "PERCENT", "how much of contacts and deals has changed since")
  static let options = [port, host, contacts, seed, latency, rate, key, until, changed]

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
    let seed = try invocation.number(Self.seed, in: 0...Int.max) ?? 1
    let contacts = try invocation.number(Self.contacts, in: 0...10_000_000) ?? 5000
    account = Account(
      seed: UInt64(seed), size: .scaled(contacts: contacts),
      historyUntil: try Self.end(of: invocation))
    self.server = server
    change(percent: try invocation.number(Self.changed, in: 0...100) ?? 0)
  }

  /// The beginning of the day that `--until` names; nil if it names none.
  private static func end(of invocation: Invocation) throws(UsageError) -> Date? {
    guard let text = invocation.arguments.value(of: until) else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      let start = CalendarDay(year: year, month: month, day: day)?.start
    else { throw .badValue(text, option: until.name, expected: "a day such as 2026-01-31") }
    return Date(timeIntervalSince1970: Double(start.microseconds) / 1_000_000)
  }

  /// Changes a share of the contacts and deals, evenly spread over their ids; at least one of each.
  private func change(percent: Int) {
    guard percent > 0 else { return }
    for (path, column, value) in [
      ("contacts", "phone", "+1 312 555 0100"), ("deals", "value", "4200"),
    ] {
      let ids = account.ids(of: path)
      for index in stride(from: 0, to: ids.count * percent, by: 100) {
        account.update(path, id: ids[index / percent], [column: .text(value)])
      }
    }
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
