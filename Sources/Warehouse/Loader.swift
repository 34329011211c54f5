public import Catalog
internal import Postgres
import Synchronization

/// Brings pages into the warehouse: rows and progress in one transaction, one writer a stream.
///
/// It holds one session. If that is lost, it opens another, takes its locks again and repeats what
/// it was doing, which changes nothing if it was done already.
public actor Loader {
  let account: String
  /// The schema of the account's tables.
  let schema: String
  let connection: Connection
  let patience: Patience
  let turns = Turns()
  /// The streams this loader holds.
  var claims: [StreamDefinition.ID: Claim] = [:]
  /// Streams whose lock this session has for a claim that is still to come.
  var reserved: Set<StreamDefinition.ID> = []
  /// Streams whose staging this session has.
  var staged: Set<StreamDefinition.ID> = []
  /// The session that took the locks.
  var session: SessionIdentity?
  var run: Int64?

  init(account: String, schema: String, connection: Connection, patience: Patience) {
    self.account = account
    self.schema = schema
    self.connection = connection
    self.patience = patience
  }

  // MARK: The run

  /// Notes that a run begins; lays out schema `acsync` first if it is not yet.
  public func begin(_ opening: RunOpening) async throws {
    try await persistently(at: "the start of a run") {
      try await self.layOutState()
      self.run = try await Runs(account: self.account).begin(opening, on: self.connection)
    }
  }

  /// Takes a stream for this run alone, makes its table fit the catalogue, and says how far it is.
  ///
  /// A table that lost its rows, or gained a column, is to be read whole: its progress is
  /// forgotten.
  /// - Throws: `WarehouseError`; its fault is `.streamHeld` if another run holds the stream.
  public func claim(_ stream: StreamDefinition) async throws -> StreamState {
    let table = table(of: stream)
    return try await persistently(at: table.title) {
      let state = State(of: table, account: self.account)
      guard try await self.lock(state) else { throw WarehouseError.held(table: table.title) }
      do {
        let claim = try await self.take(state, table)
        self.claims[stream.id] = claim.0
        return claim.1
      } catch {
        await self.unlock(state)
        throw error
      }
    }
  }

  /// Writes a batch's rows and progress in one transaction; done again with the same batch it
  /// changes nothing more.
  ///
  /// - Throws: `WarehouseError`; nothing of the batch is kept then.
  public func commit(_ batch: Batch) async throws -> Receipt {
    let table = table(of: batch.stream)
    let rows = SelectedRows(
      Deduplication(versionIndex: batch.stream.versionIndex).rows(of: batch.pages),
      of: batch.stream)
    try claims[batch.stream.id]?.sightings.see(batch, into: table)
    let encoded = try Staging(for: table).encode(rows.stored)
    claims[batch.stream.id]?.batches += 1
    let kept = KeptReceipt()
    let receipt = try await persistently(at: table.title) {
      try await self.write(batch, encoded, rows.left, into: table, keeping: kept)
    }
    claims[batch.stream.id]?.sightings.left += rows.left.count
    claims[batch.stream.id]?.sightings.unjudged += rows.unjudged
    if batch.isWhole, receipt.verdict?.closes == true {
      claims[batch.stream.id]?.sightings.isWhole = true
    }
    return receipt
  }

  /// Notes how a stream ended and lets it go; returns how many of its rows live.
  ///
  /// Not cut short by a cancelled task: what was done is to be known.
  public func finish(_ report: StreamReport) async throws -> Int64 {
    try await Task { try await note(report) }.value
  }

  /// Notes how the run ended.
  ///
  /// Not cut short by a cancelled task: what was done is to be known.
  ///
  /// - Parameter summary: the run's summary as JSON; nil for none.
  public func end(_ report: RunReport, summary: String? = nil) async throws {
    try await Task {
      try await persistently(at: "the end of a run") {
        guard let run = self.run else { return }
        try await Runs(account: self.account).end(
          run, report, summary: summary, on: self.connection)
      }
    }.value
  }

  // MARK: Inside

  /// The table that a stream of the account fills.
  nonisolated func table(of stream: StreamDefinition) -> Table { Table(of: stream, in: schema) }

  private func take(_ state: State, _ table: Table) async throws -> (Claim, StreamState) {
    let (run, patience) = (run, patience)
    return try await connection.transaction { transaction in
      if let other = try state.otherAccount(in: transaction) {
        throw WarehouseError.otherAccount(table: table.title, account: other)
      }
      let fitted = try FittedTable(table, patience: patience, in: transaction)
      let changes = fitted.changes
      let hasMoved = try state.hasMoved(in: transaction)
      let epoch = try state.take(run: run, in: transaction)
      var known = try state.read(in: transaction)
      let isNew = epoch == 1 || hasMoved
      let lostRows = try known.liveRows > 0 && table.isEmpty(in: transaction)
      let reshaped = try fitted.reshape(state, patience: patience, in: transaction)
      if isNew || changes.needsWholeRead || lostRows || reshaped.isDue {
        try state.forget(in: transaction, table: table)
        known = try state.read(in: transaction)
      }
      var claim = Claim(table: table, state: state, epoch: epoch, types: changes.types)
      claim.isOurs = fitted.isOurs
      claim.unkept = reshaped.unkept
      if table.stream.shape.contract == .freeze {
        claim.sightings.allowed = try state.allowed(in: transaction)
      }
      return (claim, known)
    }
  }

  private func write(
    _ batch: Batch, _ encoded: StagedRows, _ left: [StampedRow], into table: Table,
    keeping kept: KeptReceipt
  ) async throws -> Receipt {
    let claim = try await readied(batch, encoded, into: table)
    let run = run
    let rejected = batch.pages.flatMap(\.rejected)
    return try await connection.transaction { transaction in
      let isNew = try claim.state.begin(
        batch.progress, batch: claim.batches, epoch: claim.epoch, in: transaction)
      guard isNew else { return kept.receipt }
      let correction =
        batch.isWhole
        ? Correction(state: claim.state, table: table, walk: batch.progress.startedAt) : nil
      let merged = try Merge(table: table, types: claim.types)
        .run(encoded, of: batch.pages, correction: correction, in: transaction)
      try claim.state.keep(rejected, run: run, in: transaction)
      let deletions = Deletions(state: claim.state, table: table)
      if batch.isWhole {
        try deletions.see(batch.pages.flatMap { $0.rows.map(\.key) }, in: transaction)
      }
      let leaving = try deletions.leave(left, in: transaction)
      let sweep = try Self.sweep(batch, deletions, in: transaction)
      try claim.state.save(
        batch, closing: sweep?.verdict.closes == true ? batch.closing : nil,
        isProof: sweep?.verdict.isRefusal != true, epoch: claim.epoch,
        addedRows: merged.inserted + merged.revived, in: transaction)
      if batch.closing != nil { try claim.state.keepDay(of: table, in: transaction) }
      let received = batch.pages.reduce(0) { $0 + $1.rows.count }
      let counts = CommitCounts(
        inserted: merged.inserted, updated: merged.written - merged.inserted,
        unchanged: received - left.count - merged.written, rejected: rejected.count,
        deleted: leaving + (sweep?.deleted ?? 0), corrected: merged.corrected)
      let receipt = Receipt(counts, verdict: sweep?.verdict, suspects: sweep?.suspects ?? [])
      kept.keep(receipt)
      return receipt
    }
  }

  /// The claim under which a batch may be written, and staging to write it through.
  func readied(
    _ batch: Batch, _ encoded: StagedRows, into table: Table
  ) async throws -> Claim {
    guard let claim = claims[batch.stream.id] else {
      throw WarehouseError.notClaimed(table: table.title)
    }
    guard claim.isLocked else { throw WarehouseError.fenced(table: table.title) }
    if encoded.rows.count > 0, !staged.contains(batch.stream.id) {
      try await connection.execute(Staging(for: table).creation)
      staged.insert(batch.stream.id)
    }
    return claim
  }

  /// What comes of the walk's end, if the batch holds it.
  private static func sweep(
    _ batch: Batch, _ deletions: Deletions, in transaction: Transaction
  ) throws -> Deletions.Sweep? {
    guard let closing = batch.closing else { return nil }
    guard batch.isWhole, let rule = closing.deletions else {
      return Deletions.Sweep(verdict: .closed(shortage: 0))
    }
    let time = batch.pages.map(\.serverTime).max() ?? closing.completeSince
    return try deletions.close(closing, by: rule, at: time, in: transaction)
  }

  private func note(_ report: StreamReport) async throws -> Int64 {
    let state = State(of: report.stream, in: schema, account: account)
    return try await persistently(at: state.title) {
      let runs = Runs(account: self.account)
      let liveRows = try await runs.note(report, of: self.run, on: self.connection)
      if self.claims.removeValue(forKey: report.stream) != nil { await self.unlock(state) }
      return liveRows
    }
  }
}

/// What a batch came to, kept while its commit may have been done without being answered.
final class KeptReceipt: Sendable {
  private let kept = Mutex(Receipt(CommitCounts()))
  var receipt: Receipt { kept.withLock { $0 } }
  func keep(_ receipt: Receipt) { kept.withLock { $0 = receipt } }
}

/// A stream this loader holds.
struct Claim: Sendable {
  let table: Table
  let state: State
  /// Number of the taking: another run that takes the stream has a higher one.
  let epoch: Int64
  /// The type each column of the table has, by name.
  let types: [String: SQLType]
  /// Batches begun since the taking, which number them.
  var batches: Int64 = 0
  /// Whether the stream's lock is ours; false where it was lost with the session and another run
  /// has it.
  var isLocked = true
  /// Whether our role may change the table.
  var isOurs = true
  /// What is not kept beside the table, and why.
  var unkept: [String] = []
  /// What its batches have brought that the catalogue does not know.
  var sightings = Sightings()
}

extension Verdict {
  /// Whether the walk's end stands.
  fileprivate var closes: Bool {
    if case .short = self { return false }
    return true
  }

  /// Whether rows that are gone had to stay.
  fileprivate var isRefusal: Bool {
    if case .refused = self { return true }
    return false
  }
}

extension Table {
  /// Whether no row of it lives.
  func isEmpty(in transaction: Transaction) throws -> Bool {
    let rows = try transaction.query(
      "SELECT NOT EXISTS (SELECT FROM \(name) WHERE \"_deleted_at\" IS NULL) AS is_empty")
    return try rows.first?.value("is_empty") ?? true
  }
}
