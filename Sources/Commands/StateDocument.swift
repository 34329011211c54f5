import Catalog
import Configuration
import Warehouse

/// What is remembered of an account's streams, as a file.
struct StateDocument: Codable {
  /// What such a file begins with.
  static let format = "acsync-state"
  /// The layout that is written, and the newest that is read.
  static let version = 1

  struct Stream: Codable {
    let stream: String
    let floor: String?
    let lastSuccess: String?
    let completeAsOf: String?
    let wholeAsOf: String?
    let isOrdered: Bool
    let knownShortage: Int64
    let filterFinding: String?
    let keyUser: Int64?
    let liveRows: Int64
    let rowsPrint: String?
    let walk: Walk?
  }

  struct Walk: Codable {
    let signature: String
    let startedAt: String
    let segments: [Part]
  }

  struct Part: Codable {
    let segment: Int
    let parent: Int64?
    let position: Int64
    let upper: Int64?
    let overlap: Int64
    let edge: Int64?
    let endEdge: Int64?
    let done: Bool
  }

  let format: String
  let version: Int
  let account: String
  let exportedAt: String
  let program: String
  let streams: [Stream]

  init(account: String, at time: Instant, _ snapshots: [StreamSnapshot]) {
    format = Self.format
    version = Self.version
    self.account = account
    exportedAt = "\(time)"
    program = Program.version
    streams = snapshots.map(Stream.init)
  }
}

extension StateDocument.Stream {
  init(_ snapshot: StreamSnapshot) {
    let state = snapshot.state
    self.init(
      stream: snapshot.stream.name, floor: state.floor.map { "\($0)" },
      lastSuccess: state.lastSuccess.map { "\($0)" },
      completeAsOf: state.completeAsOf.map { "\($0)" },
      wholeAsOf: state.wholeAsOf.map { "\($0)" }, isOrdered: state.isOrdered,
      knownShortage: state.knownShortage, filterFinding: state.filter?.rawValue,
      keyUser: state.keyUser, liveRows: state.liveRows, rowsPrint: snapshot.rowsPrint,
      walk: state.unfinished.map { walk in
        StateDocument.Walk(
          signature: walk.signature, startedAt: "\(walk.startedAt)",
          segments: walk.segments.map { part in
            StateDocument.Part(
              segment: part.id, parent: part.parent, position: part.position, upper: part.upper,
              overlap: part.overlap, edge: part.edge, endEdge: part.end, done: part.isDone)
          })
      })
  }
}

// MARK: Reading one

extension StateDocument {
  /// The snapshots, each with its stream, in the catalogue's order, if nothing is wrong with them.
  ///
  /// - Parameters:
  ///   - account: the account that they have to be of.
  ///   - definitions: every stream there is, as its table is wanted.
  ///   - now: the warehouse's time: no state may be of a later one.
  /// - Returns: the snapshots, or everything that is wrong.
  func snapshots(
    for account: String, of definitions: [StreamDefinition] = StreamDefinition.all, at now: Instant
  ) -> (snapshots: [(stream: StreamDefinition, snapshot: StreamSnapshot)], wrong: [String]) {
    var wrong: [String] = []
    if format != Self.format { wrong.append("it is no file of acsync's states") }
    if version > Self.version { wrong.append("a newer acsync wrote it (layout \(version))") }
    if version < 1 { wrong.append("layout \(version) never was") }
    if self.account != account { wrong.append("it is of another account, \(self.account)") }
    guard wrong.isEmpty else { return ([], wrong) }
    var found: [StreamDefinition.ID: StreamSnapshot] = [:]
    for stream in streams {
      guard let definition = definitions.first(where: { $0.id.name == stream.stream }) else {
        wrong.append("there is no stream \(stream.stream)")
        continue
      }
      if found[definition.id] != nil { wrong.append("\(definition.id) is there twice") }
      found[definition.id] = stream.snapshot(latest: now + .seconds(86_400), &wrong)
    }
    let ordered = definitions.compactMap { stream in
      found[stream.id].map { (stream: stream, snapshot: $0) }
    }
    if ordered.isEmpty, wrong.isEmpty { wrong.append("it holds no stream") }
    return (ordered, wrong)
  }
}

extension StateDocument.Stream {
  /// The snapshot, without an unfinished walk; what is wrong with it is added to `wrong`.
  fileprivate func snapshot(latest: Instant, _ wrong: inout [String]) -> StreamSnapshot {
    func instant(_ text: String?, _ name: String) -> Instant? {
      guard let text else { return nil }
      guard let instant = TimeText.instant(text) else {
        wrong.append("\(stream): \(name) is no instant")
        return nil
      }
      if instant > latest { wrong.append("\(stream): \(name) lies in the future") }
      return instant
    }
    if knownShortage < 0 || liveRows < 0 { wrong.append("\(stream): a count is below zero") }
    let filter = filterFinding.flatMap(FilterFinding.init(rawValue:))
    if filterFinding != nil, filter == nil {
      wrong.append("\(stream): filter_finding is none that is known")
    }
    var state = StreamState(
      floor: instant(floor, "floor"), liveRows: liveRows,
      lastSuccess: instant(lastSuccess, "last_success"), knownShortage: knownShortage,
      filter: filter)
    state.completeAsOf = instant(completeAsOf, "complete_as_of")
    state.wholeAsOf = instant(wholeAsOf, "whole_as_of")
    state.isOrdered = isOrdered
    state.keyUser = keyUser
    if let start = walk?.startedAt { _ = instant(start, "walk.started_at") }
    return StreamSnapshot(
      stream: StreamDefinition.ID(stream), state: state, rowsPrint: rowsPrint)
  }
}
