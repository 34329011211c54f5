import Catalog
import Postgres
public import Replication
import TestSupport

@testable public import Warehouse

// The wiring the program has: the loader is where the engine's rows go.
extension Loader: Destination {}

extension Destination {
  /// Commits a batch; what it did to the table.
  func write(_ batch: Batch) async throws -> CommitCounts { try await commit(batch).counts }
}

extension StreamDefinition {
  /// A stream without update times.
  static let notes = StreamDefinition(
    "notes", "Notes", path: "notes", rows: "notes",
    columns: [
      .key("id", .bigint),
      .column("note", .text, "What it says"),
      .column("size", .smallint),
    ])

  /// A stream whose rows have update times.
  static let offers = StreamDefinition(
    "offers", "Offers", path: "offers", rows: "offers",
    cursor: .changedSince(filter: "filters[updated_after]", column: "mdate"),
    columns: [
      .key("id", .bigint),
      .column("title", .text, "Name"),
      .column("mdate", .timestamptz, "When it last changed"),
    ])
}

extension Instant {
  /// That many seconds after an arbitrary beginning.
  static func at(_ seconds: Int64) -> Instant { Instant(seconds: 1_700_000_000 + seconds) }
}

extension Catalog.Row {
  /// A note.
  static func note(_ id: Int64, _ text: Value, size: Value = .null, extra: String? = nil)
    -> Catalog.Row
  {
    Row(key: id, values: [.integer(id), text, size], extra: extra)
  }

  /// An offer.
  static func offer(_ id: Int64, _ title: Value, changed: Value, extra: String? = nil)
    -> Catalog.Row
  {
    Row(key: id, values: [.integer(id), title, changed], extra: extra)
  }
}

extension Value {
  /// An instant that many seconds after the same beginning.
  static func at(_ seconds: Int64) -> Value { .instant(.at(seconds)) }
}

extension Batch {
  /// One page of rows, read at a time.
  static func of(
    _ stream: StreamDefinition, _ rows: [Catalog.Row], at seconds: Int64 = 10,
    walk: String = "all",
    segments: [Segment] = [Segment(id: 0, position: 1)], rejected: [RejectedValue] = []
  ) -> Batch {
    Batch(
      stream: stream,
      pages: [
        Page(
          rows: rows, received: rows.count, total: nil, serverTime: .at(seconds),
          rejected: rejected)
      ],
      progress: WalkProgress(signature: walk, startedAt: .at(0), segments: segments))
  }

  /// The same, ending its walk.
  func closing(floor: Instant? = nil, completeSince: Instant = .at(0)) -> Batch {
    var batch = self
    batch.closing = Closing(floor: floor, completeSince: completeSince)
    return batch
  }
}

extension Patience {
  /// Enough for a server that answers, and no more.
  static var short: Patience {
    var patience = Patience()
    patience.reconnects = 4
    patience.firstDelay = .milliseconds(20)
    patience.tableLock = .milliseconds(50)
    patience.repeats = 2
    patience.lockAttempts = 2
    return patience
  }
}

extension Loader {
  /// A loader on the test's own database; `begun` is false where nothing may be laid out yet.
  static func fresh(account: String = "acme", begun: Bool = true) async throws -> Loader {
    let loader = try await Loader.open(
      uri: Database.current.uri, account: account, applicationName: "loader", patience: .short)
    if begun { try await loader.begin(RunOpening(version: "1", streams: ["notes"])) }
    return loader
  }

  /// The same, with a stream taken.
  static func holding(_ stream: StreamDefinition) async throws -> Loader {
    let loader = try await fresh()
    _ = try await loader.claim(stream)
    return loader
  }
}

extension Loader {
  /// Lays out views over these streams' tables, as a run that has read them all would.
  func layOut(_ streams: [StreamDefinition], by files: ViewFiles) async -> String? {
    let ids = Set(streams.map(\.id))
    return await layOutAnalytics(of: streams, selected: ids, whole: ids, by: files)
  }
}

/// The rows of a query on the test's database, each with its values joined by `|`, without nulls.
func rows(_ query: Statement) async throws -> [String] {
  let connection = try await Database.connect()
  let rows = try await connection.query(query)
  await connection.close()
  return try rows.map { row in
    let values: [String?] = try rows.columns.indices.map { try row[$0] }
    return values.compactMap { $0 }.joined(separator: "|")
  }
}

/// Runs a script on the test's database.
func script(_ sql: String) async throws {
  let connection = try await Database.connect()
  try await connection.script(sql)
  await connection.close()
}
