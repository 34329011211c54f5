import ActiveCampaign
import Catalog
import Configuration
import Replication
import Warehouse

extension Verb {
  static let plan = Verb(
    "plan", "what a run would do now, and what it would cost; writes nothing",
    details: """
      Costs one small request a stream, which tells the length of its list. Works with an empty
      database, or none.
      """,
    options: Option.configured
  ) { invocation in
    try invocation.requireNoOperands(of: "plan")
    let setup = try Setup(invocation)
    let link = try AccountLink(setup)
    defer { link.close() }
    let states = try await setup.knownStates(account: link.account, note: invocation.note)
    let key = try await link.client.confirmKey()
    let planned = try await Forecast(setup, client: link.client, key: key).planned(from: states)
    let outlook = Outlook(
      streams: planned, requestsPerSecond: setup.settings.requestsPerSecond.value)
    if invocation.wantsJSON {
      invocation.console.result(JSON.text(PlanDocument(outlook, account: link.account)))
    } else {
      outlook.write(to: invocation.console)
    }
    return .done
  }
}

/// One stream of a plan, with what it will probably cost.
struct PlannedStream: Sendable {
  let plan: StreamPlan
  let estimate: Estimate
  /// Why its list could not be asked for; nil if it could.
  let problem: Explanation?
}

/// Asks the account how long the lists are.
private struct Forecast {
  let setup: Setup
  let client: Client
  let key: KeyAnswer

  init(_ setup: Setup, client: Client, key: KeyAnswer) {
    self.setup = setup
    self.client = client
    self.key = key
  }

  /// The plans in reading order; the throttle inside the client spaces the requests.
  func planned(from states: [StreamDefinition.ID: StreamState]) async throws -> [PlannedStream] {
    let ordered = Plan.ordered(setup.selection, catalogue: setup.catalogue)
    let run = Plan.circumstances(
      of: ordered, knowing: states,
      in: StreamPlan.Circumstances(
        pageSize: setup.settings.pageSize.value, now: key.serverTime, keyUser: key.user))
    let plans = Plan.sharing(
      ordered.map {
        StreamPlan(
          $0.selection, state: states[$0.selection.stream.id] ?? StreamState(), in: run,
          neededBy: $0.neededBy)
      })
    let answers = try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
      for (number, plan) in plans.enumerated() {
        group.addTask { (number, try await outline(of: plan)) }
      }
      return try await group.reduce(into: [Int: Answer]()) { $0[$1.0] = $1.1 }
    }
    return plans.enumerated().map { number, plan in
      let parent = plans.firstIndex { $0.stream.id == plan.stream.listedBelow }
      let parents = parent.flatMap { try? answers[$0]?.get() } ?? nil
      switch answers[number] {
      case .failure(let refused)?:
        return PlannedStream(
          plan: plan, estimate: Estimate(rows: nil, requests: nil), problem: refused.explanation)
      case .success(let list)?:
        return PlannedStream(
          plan: plan,
          estimate: estimate(plan, list, parents: parents?.total)
            .adding(plan.probes(states[plan.stream.id])),
          problem: nil)
      case nil:
        return PlannedStream(
          plan: plan, estimate: Estimate(rows: nil, requests: nil), problem: nil)
      }
    }
  }

  private typealias Answer = Result<Rehearsal.List?, Refused>

  private func estimate(_ plan: StreamPlan, _ list: Rehearsal.List?, parents: Int64?) -> Estimate {
    let workers = setup.settings.concurrency.value
    if plan.isFree { return Estimate(rows: plan.state.liveRows, requests: 0) }
    if plan.stream.parent?.listing == .path {
      guard let parents, plan.isWhole else { return Estimate(rows: nil, requests: nil) }
      // Nobody tells how many rows there are in so many lists: one each, or as many as there were.
      let rows = max(parents, plan.state.liveRows)
      return Estimate(plan, Rehearsal.List(total: rows, parents: parents), workers: workers)
    }
    guard plan.stream.listedBelow != nil else { return Estimate(plan, list, workers: workers) }
    guard let list, let parents else { return Estimate(rows: list?.total, requests: nil) }
    return Estimate(
      plan, Rehearsal.List(total: list.total, parents: parents), workers: workers)
  }

  /// How long the list is that the plan's filter leaves, and how far its ids go; a list that is
  /// refused is a finding, all else ends the plan.
  private func outline(of plan: StreamPlan) async throws -> Answer {
    let isByID = plan.stream.paging == .ids
    if plan.isFree || plan.stream.parent?.listing == .path { return .success(nil) }
    do {
      let page = try await client.page(
        PageQuery(
          plan.stream, isByID ? .newest : .offset(0), limit: 1, changedSince: plan.changedSince))
      guard let total = page.total ?? (page.received == 0 ? 0 : nil) else { return .success(nil) }
      return .success(
        Rehearsal.List(total: total, highest: isByID ? page.rows.first?.key : nil))
    } catch let error as any Explained where error.explanation.fault == .partial {
      return .failure(Refused(explanation: error.explanation))
    }
  }
}

/// A list that the account does not give.
struct Refused: Error {
  let explanation: Explanation
}

/// A whole plan, as it is shown.
struct Outlook: Sendable {
  let streams: [PlannedStream]
  let requestsPerSecond: Double

  /// A run asks once whether the account takes the key.
  static let requestsForKey = 1

  /// Requests of all streams whose cost is known, and for the key.
  var requests: Int {
    streams.compactMap(\.estimate.requests).reduce(Self.requestsForKey, +)
  }

  /// Whether the cost of some stream is not known.
  var isOpen: Bool { streams.contains { $0.estimate.requests == nil } }

  /// How long so many requests take at the configured rate.
  func duration(of requests: Int) -> Duration { .seconds(Double(requests) / requestsPerSecond) }

  func write(to console: Console) {
    table.lines(width: console.resultTerminal.width).forEach(console.result)
    console.result("")
    console.result(
      "\(isOpen ? "at least " : "about ")\(Figures.amount(requests, "request")), "
        + "\(Figures.span(duration(of: requests))) at \(Figures.decimal(requestsPerSecond)) a second"
        + "; lengths as the account tells them now")
    let keeping = streams.map(\.plan.stream)
    for (what, kept) in [
      ("every version of a row", keeping.filter(\.keepsHistory)),
      ("counters from day to day", keeping.filter(\.keepsCounters)),
    ] where !kept.isEmpty {
      console.result("kept of \(kept.map(\.id.name).joined(separator: ", ")): \(what)")
    }
    for stream in streams {
      guard let problem = stream.problem else { continue }
      console.result("\(stream.plan.stream.id): \(problem.what)")
    }
  }

  private var table: TableText {
    var table = TableText([
      .init("stream"), .init("mode"), .init("walk", sacrifice: 2), .init("from", sacrifice: 1),
      .init("rows", isNumber: true), .init("requests", isNumber: true),
      .init("time", isNumber: true, sacrifice: 3), .init("why", sacrifice: 4),
    ])
    for stream in streams {
      let plan = stream.plan
      let requests = stream.estimate.requests
      table.add([
        plan.stream.id.name, plan.mode.rawValue, plan.walkWord,
        plan.floor.map { Figures.minute($0) } ?? "–",
        stream.estimate.rows.map { Figures.count($0) } ?? "?",
        requests.map { Figures.count($0) } ?? "?",
        requests.map { Figures.span(duration(of: $0)) } ?? "?", plan.why,
      ])
    }
    return table
  }
}

extension StreamPlan {
  /// Requests by which the run will first find out what the stream's filter does.
  fileprivate func probes(_ state: StreamState?) -> Int {
    changedSince == nil ? 0 : FilterProbe.requests(after: state?.filter)
  }

  /// How its list is walked, in a word or two.
  var walkWord: String {
    if stream.listedBelow != nil { return "per parent" }
    if reading == .tail { return "from its end" }
    if case .beside(let host) = reading { return "beside \(host)" }
    if case .carried(let host) = reading { return "on \(host)' pages" }
    if reading == .nothing { return "none" }
    return stream.paging == .ids ? "by id" : "by offset"
  }

  /// The reason, and for whom it is read if nobody selected it.
  var why: String { reason + (neededBy.map { "; needed by \($0)" } ?? "") }
}

/// A plan in JSON.
private struct PlanDocument: Encodable {
  struct Stream: Encodable {
    let stream: String
    let mode: String
    let walk: String
    let floor: String?
    let changedSince: String?
    let isResumed: Bool
    let neededBy: String?
    let reason: String
    let rows: Int64?
    let requests: Int?
    let minutes: Double?
    /// The tables that are kept beside its own.
    let kept: [String]
    let problem: ProblemDocument?
  }

  let account: String
  let requestsPerSecond: Double
  let requests: Int
  let minutes: Double
  let isComplete: Bool
  let streams: [Stream]

  init(_ outlook: Outlook, account: String) {
    func minutes(_ requests: Int) -> Double {
      (outlook.duration(of: requests).inSeconds / 60 * 100).rounded() / 100
    }
    self.account = account
    requestsPerSecond = outlook.requestsPerSecond
    requests = outlook.requests
    self.minutes = minutes(outlook.requests)
    isComplete = !outlook.isOpen
    streams = outlook.streams.map { planned in
      let plan = planned.plan
      return Stream(
        stream: plan.stream.id.name, mode: plan.mode.rawValue, walk: plan.walkWord,
        floor: plan.floor.map { "\($0)" }, changedSince: plan.changedSince.map { "\($0)" },
        isResumed: plan.resuming != nil, neededBy: plan.neededBy?.name, reason: plan.reason,
        rows: planned.estimate.rows, requests: planned.estimate.requests,
        minutes: planned.estimate.requests.map(minutes), kept: plan.stream.namesBeside,
        problem: planned.problem.map(ProblemDocument.init))
    }
  }
}
