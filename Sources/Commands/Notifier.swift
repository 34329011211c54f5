import Catalog
import Configuration
import Outbound
import Replication
import Warehouse

/// Tells whom the settings name what happens to runs: once, and then now and then while it lasts.
struct Notifier: Sendable {
  private let outlet: Outlet
  private let warn: @Sendable (String) -> Void

  init(_ outlet: Outlet, warn: @escaping @Sendable (String) -> Void) {
    self.outlet = outlet
    self.warn = warn
  }

  /// Whether anybody is told of an event.
  func wants(_ event: NotifyTarget.Event) -> Bool {
    outlet.targets.contains { $0.events.contains(event) }
  }

  /// Tells everybody; what cannot be sent is a warning.
  func tell(_ facts: RunFacts, _ session: SideSession?, streams: [StreamSelection]) async {
    await withTaskGroup(of: Void.self) { group in
      for target in outlet.targets {
        group.addTask { await tell(target, facts, session, streams) }
      }
    }
  }

  private func tell(
    _ target: NotifyTarget, _ facts: RunFacts, _ session: SideSession?, _ streams: [StreamSelection]
  ) async {
    if case .ping(let url, let method, let failure) = target.way {
      return await ping(target, url, method, failure: failure, facts)
    }
    let stale = await stale(for: target, session, streams)
    let wanted = target.events.union(target.events.contains(.recovery) ? [.failure] : [])
    let isWanted = { (alert: Alert) in wanted.contains { $0.rawValue == alert.event } }
    let current = facts.current(stale: stale).filter(isWanted)
    let resolved = facts.resolved(stale: stale, among: streams.map(\.stream.id)).filter(isWanted)
    let decision = await decide(for: target, current, resolved, session)
    for event in NotifyTarget.Event.allCases where target.events.contains(event) {
      guard let alerts = alerts(for: event, decision, facts) else { continue }
      let message = NotificationMessage(event, alerts, facts, outlet)
      if await send(message, to: target) { continue }
      do { try await session?.retract(alerts, of: decision, for: target.name) } catch {
        warn(Self.unremembered(error))
      }
    }
  }

  /// What an event's message is about; nil if none is due.
  private func alerts(
    for event: NotifyTarget.Event, _ decision: AlertDecision, _ facts: RunFacts
  ) -> Set<Alert>? {
    switch event {
    case .success: return facts.isGood ? [] : nil
    case .recovery:
      let recovered = decision.closed.filter { $0.event == NotifyTarget.Event.failure.rawValue }
      return facts.isGood && !recovered.isEmpty ? recovered : nil
    default:
      let due = decision.due.filter { $0.event == event.rawValue }
      return due.isEmpty ? nil : due
    }
  }

  /// What is told now; where nothing can be remembered, every failure is.
  private func decide(
    for target: NotifyTarget, _ current: Set<Alert>, _ resolved: Set<Alert>,
    _ session: SideSession?
  ) async -> AlertDecision {
    if let session {
      do {
        return try await session.decide(
          for: target.name, current: current, resolved: resolved, repeatEvery: target.repeatEvery)
      } catch {
        warn(Self.unremembered(error))
      }
    }
    var decision = AlertDecision()
    decision.due = current.filter { $0.event == NotifyTarget.Event.failure.rawValue }
    return decision
  }

  private func stale(
    for target: NotifyTarget, _ session: SideSession?, _ streams: [StreamSelection]
  ) async -> Set<StreamDefinition.ID> {
    guard target.events.contains(.staleStream), let session else { return [] }
    let limits = streams.map { stream in
      (stream.stream.id, target.staleAfter ?? stream.refreshLimit)
    }
    do {
      return try await session.staleStreams(Dictionary(limits, uniquingKeysWith: { $1 }))
    } catch {
      warn(Self.unremembered(error))
      return []
    }
  }

  private func ping(
    _ target: NotifyTarget, _ url: Secret, _ method: String, failure: Secret?, _ facts: RunFacts
  ) async {
    let isSuccess = facts.isGood && target.events.contains(.success)
    guard isSuccess || facts.isBad && target.events.contains(.failure) else { return }
    let event: NotifyTarget.Event = isSuccess ? .success : .failure
    do {
      try await ping(
        target, isSuccess ? url : failure, usual: url, method,
        NotificationMessage(event, facts.current(stale: []), facts, outlet))
    } catch {
      warn(unsent(target, error))
    }
  }

  private func ping(
    _ target: NotifyTarget, _ url: Secret?, usual: Secret, _ method: String,
    _ message: NotificationMessage
  ) async throws {
    let place = target.place.description
    let address =
      url.map { WebAddress($0.reveal()) } ?? WebAddress(usual.reveal())?.appending("fail")
    guard let address, let method = WebRequest.Method(rawValue: method) else {
      throw OutboundError.noWebAddress(place: place)
    }
    let body = method == .get ? "" : JSON.text(message)
    _ = try await outlet.sender.send(
      WebRequest(method, address, body: body), at: place, deadline: target.timeout)
  }

  /// Sends a message; false, with a warning, if it could not be.
  private func send(_ message: NotificationMessage, to target: NotifyTarget) async -> Bool {
    do {
      try await sendOrFail(message, to: target)
      return true
    } catch {
      warn(unsent(target, error))
      return false
    }
  }

  private func sendOrFail(_ message: NotificationMessage, to target: NotifyTarget) async throws {
    let place = target.place.description
    switch target.way {
    case .webhook(let url):
      guard let address = WebAddress(url.reveal()) else {
        throw OutboundError.noWebAddress(place: place)
      }
      _ = try await outlet.sender.send(
        WebRequest(.post, address, body: JSON.text(message)), at: place, deadline: target.timeout)
    case .command(let command):
      try await outlet.runner.run(
        command.form([:]), input: JSON.text(message),
        variables: ["ACSYNC_EVENT": message.event, "ACSYNC_ACCOUNT": message.account],
        deadline: target.timeout, at: place)
    case .ping(let url, let method, _):
      try await ping(target, url, usual: url, method, message)
    }
  }

  private func unsent(_ target: NotifyTarget, _ error: any Error) -> String {
    let lines = Finding.all(of: error).map { $0.explanation.lines.joined(separator: "\n") }
    return "warning: \(target.name) could not be told: " + lines.joined(separator: "\n")
  }

  static func unremembered(_ error: any Error) -> String {
    "warning: what has been told cannot be remembered: \(Attendant.words(of: error))"
  }

  // MARK: Trying out

  /// Sends a test message to everybody; what came of it by target.
  func tryOut(_ account: String) async -> [(target: NotifyTarget, problem: Explanation?)] {
    var results: [(target: NotifyTarget, problem: Explanation?)] = []
    for target in outlet.targets {
      do {
        try await sendOrFail(NotificationMessage(testFor: account), to: target)
        results.append((target, nil))
      } catch {
        results.append((target, Finding.all(of: error).first?.explanation))
      }
    }
    return results
  }
}
