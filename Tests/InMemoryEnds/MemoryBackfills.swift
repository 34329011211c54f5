public import Catalog
public import Replication

/// What a warehouse in memory keeps of backfills.
struct MemoryBackfills {
  struct Kept {
    let stream: StreamDefinition.ID
    var range: BackfillRange
    var outcome: Outcome?
    var message: String?
  }

  struct Window {
    var walk: WalkProgress?
    var seen: Set<Int64> = []
    var isDone = false
    var counts = CommitCounts()
    var rows = 0
    var requests = 0
  }

  /// When windows are told to have been read to their end; long after their days.
  var doneAt = Instant(seconds: 4_000_000_000)
  var all: [Kept] = []
  var windows: [WindowKey: Window] = [:]
}

extension MemoryWarehouse: BackfillKeeper {
  /// How each backfill ended, in the order in which they began.
  public var backfillOutcomes: [Outcome?] { backfills.all.map(\.outcome) }

  /// From now on windows were read to their end at that time.
  public func windowsWereDone(at time: Instant) { backfills.doneAt = time }

  /// Requests that were noted of windows.
  public var windowRequests: Int { backfills.windows.values.map(\.requests).reduce(0, +) }

  public func backfill(
    of stream: StreamDefinition.ID, in range: BackfillRange
  ) async throws -> BackfillRecord? {
    guard
      let number = backfills.all.firstIndex(where: {
        $0.stream == stream && $0.range.first == range.first && $0.range.days == range.days
      })
    else { return nil }
    let windows = backfills.windows.filter { $0.key.backfill == number }.map { key, kept in
      BackfillRecord.Window(
        window: key.window, doneAt: kept.isDone ? backfills.doneAt : nil, counts: kept.counts,
        rows: kept.rows, requests: kept.requests)
    }
    return BackfillRecord(
      id: Int64(number), stream: stream, range: range, createdAt: Instant(seconds: 0),
      outcome: backfills.all[number].outcome, message: backfills.all[number].message,
      windows: windows.sorted { $0.window.first < $1.window.first })
  }

  public func open(
    _ range: BackfillRange, of stream: StreamDefinition.ID, isAgain: Bool
  ) async throws -> BackfillRecord {
    if let known = try await backfill(of: stream, in: range) {
      backfills.all[Int(known.id)].range = range
      backfills.all[Int(known.id)].outcome = nil
      if isAgain {
        for key in backfills.windows.keys where key.backfill == known.id {
          backfills.windows[key]?.isDone = false
        }
      }
    } else {
      backfills.all.append(MemoryBackfills.Kept(stream: stream, range: range))
    }
    guard let record = try await backfill(of: stream, in: range) else { throw Refusal() }
    return record
  }

  public func unfinished(_ window: WindowKey) async throws -> WalkProgress? {
    backfills.windows[window]?.walk
  }

  public func commit(
    _ batch: Batch, to window: WindowKey, requests: Int
  ) async throws -> Receipt {
    try countCommit(batch)
    let isWhole = batch.isWhole
    precondition(!isWhole, "a window is a part of its list")
    var kept = backfills.windows[window] ?? MemoryBackfills.Window()
    var walk = batch.progress
    if let known = kept.walk, known.signature == walk.signature, known.startedAt == walk.startedAt {
      let newer = Set(walk.segments.map(\.id))
      walk.segments += known.segments.filter { !newer.contains($0.id) }
      walk.segments.sort { $0.id < $1.id }
    } else {
      kept.seen = []
      kept.isDone = false
    }
    kept.walk = walk
    kept.requests += requests
    let counts = writeRows(of: batch)
    kept.counts += counts
    kept.rows += batch.pages.map(\.received).reduce(0, +)
    kept.seen.formUnion(batch.pages.flatMap(\.rows).map(\.key))
    var receipt = Receipt(counts)
    if let closing = batch.closing {
      let seen = Int64(kept.seen.count)
      let shortage = (closing.total ?? seen) - seen
      if shortage <= 0 || shortage == closing.acceptedShortage {
        receipt.verdict = .closed(shortage: max(0, shortage))
        (kept.walk, kept.seen, kept.isDone) = (nil, [], true)
      } else {
        receipt.verdict = .short(seen: seen, total: closing.total ?? seen)
      }
    }
    backfills.windows[window] = kept
    return receipt
  }

  public func wait(
    for streams: [StreamDefinition.ID], atMost longest: Duration,
    onWait: @Sendable (StreamDefinition.ID) -> Void
  ) async throws -> Bool {
    guard let obstacle = streams.first(where: isHeld) else { return true }
    onWait(obstacle)
    return false
  }

  public func release(_ stream: StreamDefinition.ID) async throws {
    releases += 1
    try await between(releases)
  }

  public func end(_ backfill: Int64, _ outcome: Outcome, message: String?) async throws {
    backfills.all[Int(backfill)].outcome = outcome
    backfills.all[Int(backfill)].message = message
  }
}
