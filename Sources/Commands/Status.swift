import Catalog
import Warehouse

extension Verb {
  static let status = Verb(
    "status", "how fresh each stream is, and how its last run ended",
    details: "Asks the database only: no request is sent to the account.",
    options: Option.configured
  ) { invocation in
    try invocation.requireNoOperands(of: "status")
    let setup = try Setup(invocation)
    let account = try setup.account()
    let standing = try await setup.standing(account: account, note: invocation.note)
    if invocation.wantsJSON {
      invocation.console.result(JSON.text(StatusDocument(standing, account: account)))
    } else {
      standing.write(account: account, to: invocation.console)
    }
    return .done
  }
}

/// How an account's streams stand at a moment.
struct Standing: Sendable {
  /// The streams selected, in the order of the selection; nil: never read.
  let streams: [(stream: StreamDefinition, status: StreamStatus?)]
  /// The last run; nil if there was none.
  let lastRun: RunStatus?
  /// The warehouse's time.
  let now: Instant

  func write(account: String, to console: Console) {
    var table = TableText([
      .init("stream"), .init("last success", sacrifice: 2), .init("complete as of", sacrifice: 1),
      .init("lag", isNumber: true),
      .init("live rows", isNumber: true), .init("cursor", sacrifice: 4),
      .init("walk", sacrifice: 3), .init("last run"),
    ])
    for (stream, status) in streams {
      let state = status?.state
      table.add([
        stream.id.name, state?.lastSuccess.map { Figures.minute($0) } ?? "never",
        status?.completeAsOf.map { Figures.minute($0) } ?? "never",
        lag(of: status).map { Figures.span($0) } ?? "–",
        state.map { Figures.count($0.liveRows) } ?? "–",
        state?.floor.map { Figures.minute($0) } ?? "–", Self.walk(of: state),
        status?.lastOutcome?.rawValue ?? "–",
      ])
    }
    table.lines(width: console.resultTerminal.width).forEach(console.result)
    console.result("")
    console.result(lastRunLine(account: account))
    for (stream, status) in streams {
      for text in [status?.lastMessage, status?.lastNote].compactMap(\.self) {
        console.result("\(stream.id): \(text)")
      }
    }
  }

  /// How far the table may be behind the account; nil before that was proven.
  func lag(of status: StreamStatus?) -> Duration? {
    status?.completeAsOf.map { max(.zero, now - $0) }
  }

  private static func walk(of state: StreamState?) -> String {
    guard let walk = state?.unfinished else { return "finished" }
    let done = walk.segments.filter(\.isDone).count
    return "cut off, \(done) of \(Figures.amount(walk.segments.count, "part")) read"
  }

  private func lastRunLine(account: String) -> String {
    guard let lastRun else { return "\(account) has never been read into this database" }
    let outcome = lastRun.outcome?.rawValue ?? "under way, or was killed"
    let requests = lastRun.requests.map { ", \(Figures.amount($0, "request"))" } ?? ""
    return "last run of \(account): \(Figures.minute(lastRun.startedAt)), \(outcome)\(requests)"
      + (lastRun.message.map { ": \($0)" } ?? "")
  }
}

/// The status in JSON.
private struct StatusDocument: Encodable {
  struct Stream: Encodable {
    let stream: String
    let lastSuccess: String?
    let completeAsOf: String?
    let lagSeconds: Double?
    let liveRows: Int64
    let floor: String?
    let isWalkUnfinished: Bool
    let rejectedValues: Int
    let lastOutcome: String?
    let lastMessage: String?
    let lastDeleted: Int
    let note: String?
  }

  struct Run: Encodable {
    let id: Int64
    let startedAt: String
    let finishedAt: String?
    let outcome: String?
    let exitCode: Int?
    let requests: Int?
  }

  let account: String
  let lastRun: Run?
  let streams: [Stream]

  init(_ standing: Standing, account: String) {
    self.account = account
    lastRun = standing.lastRun.map { run in
      Run(
        id: run.id, startedAt: "\(run.startedAt)", finishedAt: run.finishedAt.map { "\($0)" },
        outcome: run.outcome?.rawValue, exitCode: run.exitCode, requests: run.requests)
    }
    streams = standing.streams.map { stream, status in
      let state = status?.state
      return Stream(
        stream: stream.id.name, lastSuccess: state?.lastSuccess.map { "\($0)" },
        completeAsOf: status?.completeAsOf.map { "\($0)" },
        lagSeconds: standing.lag(of: status)?.roundedSeconds, liveRows: state?.liveRows ?? 0,
        floor: state?.floor.map { "\($0)" }, isWalkUnfinished: state?.unfinished != nil,
        rejectedValues: status?.rejected ?? 0, lastOutcome: status?.lastOutcome?.rawValue,
        lastMessage: status?.lastMessage, lastDeleted: status?.lastDeleted ?? 0,
        note: status?.lastNote)
    }
  }
}
