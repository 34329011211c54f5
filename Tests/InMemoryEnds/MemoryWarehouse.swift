public import Catalog
public import Replication

/// A warehouse in memory that keeps the same promises as the real one, for tests of the engine.
public actor MemoryWarehouse: Destination {
  /// An error for tests that does what its consequence says.
  public struct Refusal: Explained {
    public let explanation: Explanation

    public init(
      _ consequence: Consequence = .lasting(.stopRun), fault: Fault = .targetOutOfReach,
      what: String = "refused for a test"
    ) {
      explanation = Explanation(what, at: "a test", remedy: "", consequence, fault: fault)
    }
  }

  /// When a test breaks a commit: before it does anything, or after all is kept.
  public enum Moment: Sendable { case before, after }

  public private(set) var tables: [StreamDefinition.ID: [Int64: Row]] = [:]
  public private(set) var states: [StreamDefinition.ID: StreamState] = [:]
  public private(set) var reports: [StreamReport] = []
  public private(set) var commits = 0
  private var held: Set<StreamDefinition.ID> = []
  private var breakage: @Sendable (_ commit: Int, Moment, Batch) throws -> Void = { _, _, _ in }

  public init() {}

  /// Makes a stream look held by another run.
  public func hold(_ stream: StreamDefinition.ID) { held.insert(stream) }

  public func breakCommits(
    _ breakage: @escaping @Sendable (_ commit: Int, Moment, Batch) throws -> Void
  ) {
    self.breakage = breakage
  }

  public func claim(_ stream: StreamDefinition) async throws -> StreamState {
    guard !held.contains(stream.id) else {
      throw Refusal(.lasting(.failStream), fault: .streamHeld)
    }
    return states[stream.id] ?? StreamState()
  }

  public func commit(_ batch: Batch) async throws -> CommitCounts {
    commits += 1
    try breakage(commits, .before, batch)
    var counts = CommitCounts()
    for row in batch.pages.flatMap(\.rows) {
      let known = tables[batch.stream.id, default: [:]].updateValue(row, forKey: row.key)
      if known == nil {
        counts.inserted += 1
      } else if known == row {
        counts.unchanged += 1
      } else {
        counts.updated += 1
      }
    }
    keepProgress(of: batch)
    try breakage(commits, .after, batch)
    return counts
  }

  private func keepProgress(of batch: Batch) {
    var state = states[batch.stream.id] ?? StreamState()
    var walk = batch.progress
    if let known = state.unfinished, known.signature == walk.signature,
      known.startedAt == walk.startedAt
    {
      let newer = Set(walk.segments.map(\.id))
      walk.segments += known.segments.filter { !newer.contains($0.id) }
      walk.segments.sort { $0.id < $1.id }
    }
    state.unfinished = walk
    state.liveRows = Int64(tables[batch.stream.id]?.count ?? 0)
    if let closing = batch.closing {
      state.unfinished = nil
      state.lastSuccess = closing.completeSince
      state.floor = closing.floor.map { max($0, state.floor ?? $0) } ?? state.floor
    }
    states[batch.stream.id] = state
  }

  public func finish(_ report: StreamReport) async throws -> Int64 {
    reports.append(report)
    return Int64(tables[report.stream]?.count ?? 0)
  }

  /// The notes of a table's rows, by id.
  public func notes(of stream: StreamDefinition.ID) -> [Int64: Value] {
    (tables[stream] ?? [:]).mapValues { $0.values[1] }
  }
}
