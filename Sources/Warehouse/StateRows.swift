internal import Catalog
internal import Postgres

// What the rows of `State`'s statements say.

extension StreamState {
  /// What a row of `State.query` and its segments say.
  init(_ row: Postgres.Row, segments: [Segment]) throws {
    let signature: String? = try row["walk_signature"]
    let startedAt = try row.instant("walk_started_at")
    var unfinished: WalkProgress?
    if let signature, let startedAt {
      unfinished = WalkProgress(signature: signature, startedAt: startedAt, segments: segments)
    }
    let finding: String? = try row["filter_finding"]
    self.init(
      floor: try row.instant("floor"), unfinished: unfinished,
      liveRows: try row.value("live_rows"), lastSuccess: try row.instant("last_success"),
      knownShortage: try row.value("known_shortage"),
      filter: finding.flatMap(FilterFinding.init(rawValue:)))
    wholeAsOf = try row.instant("whole_as_of")
    isOrdered = try row.value("is_ordered")
    completeAsOf = try row.instant("complete_as_of")
    keyUser = try row["key_user"]
  }
}

extension Segment {
  /// What a row of `State.segmentsQuery` says.
  init(_ row: Postgres.Row) throws {
    self.init(
      id: try row.value("segment"), parent: try row["parent"], upper: try row["upper"],
      position: try row.value("position"), isDone: try row.value("done"),
      overlap: try row.value("overlap"), edge: try row["edge"], end: try row["end_edge"])
  }
}
