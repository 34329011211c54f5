import Catalog
import Warehouse

/// The status in JSON.
struct StatusDocument: Encodable {
  struct Stream: Encodable {
    let stream: String
    let state: String
    let lastSuccess: String?
    let completeAsOf: String?
    let lagSeconds: Double?
    let allowedLagSeconds: Double
    let nextWholeReading: String?
    let liveRows: Int64
    let floor: String?
    let isWalkUnfinished: Bool
    let rejectedValues: Int
    let lastOutcome: String?
    let lastMessage: String?
    let lastDeleted: Int
    let note: String?
    let heldBy: Holder?
  }

  struct Holder: Encodable {
    let application: String?
    let address: String?
    let since: String?
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
  let name: String?
  let isFresh: Bool
  let summary: String
  let lastRun: Run?
  let streams: [Stream]

  init(_ standing: Standing) {
    account = standing.account
    name = standing.name
    isFresh = !standing.isTrouble
    summary = standing.headline
    lastRun = standing.lastRun.map(Run.init)
    streams = standing.streams.map(Stream.init)
  }
}

extension StatusDocument.Run {
  init(_ run: RunStatus) {
    self.init(
      id: run.id, startedAt: "\(run.startedAt)", finishedAt: run.finishedAt.map { "\($0)" },
      outcome: run.outcome?.rawValue, exitCode: run.exitCode, requests: run.requests)
  }
}

extension StatusDocument.Stream {
  fileprivate init(_ standing: StreamStanding) {
    let status = standing.status
    let state = status?.state
    self.init(
      stream: standing.stream.id.name, state: standing.freshness.rawValue,
      lastSuccess: state?.lastSuccess.map { "\($0)" },
      completeAsOf: status?.completeAsOf.map { "\($0)" },
      lagSeconds: standing.age?.roundedSeconds,
      allowedLagSeconds: standing.longest.roundedSeconds,
      nextWholeReading: standing.nextWhole.map { "\($0)" }, liveRows: state?.liveRows ?? 0,
      floor: state?.floor.map { "\($0)" }, isWalkUnfinished: state?.unfinished != nil,
      rejectedValues: status?.rejected ?? 0, lastOutcome: status?.lastOutcome?.rawValue,
      lastMessage: status?.lastMessage, lastDeleted: status?.lastDeleted ?? 0,
      note: status?.lastNote,
      heldBy: standing.holder.map {
        StatusDocument.Holder(
          application: $0.application, address: $0.address, since: $0.since.map { "\($0)" })
      })
  }
}
