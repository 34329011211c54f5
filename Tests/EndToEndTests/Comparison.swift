import Foundation
import Postgres
import Simulator

/// Holds the tables against the account, row by row and column by column.
struct Comparison {
  /// Differences beyond these are not told.
  private static let mostTold = 12

  /// How long an answer may take from its reading to its date, on a busy machine.
  private static let datingLag = 2.0

  let account: Account
  /// Columns that are not looked at, by stream.
  var leavingOut: [String: Set<String>] = [:]

  /// What differs, in words; empty where each table's live rows are the account's, and no others.
  func differences(in streams: some Sequence<String> = Truth.paths.keys) async throws -> [String] {
    try await withDatabase { database in
      var found: [String] = []
      for stream in streams.sorted() {
        found += try await differences(from: Truth(of: stream, in: account), database)
      }
      found += try await database.column(
        "SELECT concat_ws(' ', stream, row_key, column_name, 'rejected:', raw) FROM acsync.rejected_rows"
      )
      return Array(found.prefix(Self.mostTold))
    }
  }

  /// What differs in one stream whose rows the account keeps at a path.
  func differences(
    in stream: String, at path: String, omitting omitted: Set<String>
  ) async throws -> [String] {
    let truth = try Truth(of: stream, at: path, omitting: omitted, in: account)
    return try await withDatabase { database in
      Array(try await differences(from: truth, database).prefix(Self.mostTold))
    }
  }

  private func differences(from truth: Truth, _ database: Connection) async throws -> [String] {
    let stream = truth.stream
    let table = try await HeldTable(stream, database)
    return truth.columns.subtracting(table.types.keys).map { "\(stream) has no column \($0)" }
      + table.extras.map { "\(stream) \($0.key) has extra fields: \($0.value)" }
      + Set(table.live.keys).subtracting(truth.rows.keys).sorted()
      .map { "\(stream) \($0) is a ghost" }
      + mistakes(in: table, against: truth.rows)
  }

  /// What a run must not leave behind although the account goes on changing: rows marked deleted
  /// that are there, and rows of contacts and deals that last changed before the instant up to
  /// which their table is called complete, and are missing or of an older version.
  func brokenPromises(in streams: [String]) async throws -> [String] {
    try await withDatabase { database in
      var found: [String] = []
      for stream in streams where try await database.has("activecampaign.\(stream)") {
        let table = try await HeldTable(stream, database)
        let truth = try Truth(of: stream, in: account)
        found += table.deleted.intersection(truth.rows.keys).map { "\(stream) \($0) is not gone" }
        guard let promised = try await database.completeness(of: stream) else { continue }
        // The service reads its rows a moment before it dates its answer.
        found += mistakes(in: table, against: truth.rows(changedBefore: promised - Self.datingLag))
      }
      return Array(found.prefix(Self.mostTold))
    }
  }

  private func mistakes(in table: HeldTable, against truth: [Int: [String: Any]]) -> [String] {
    let columns = Set(table.types.keys).subtracting(leavingOut[table.stream] ?? []).sorted()
    return truth.keys.sorted().flatMap { id -> [String] in
      guard let row = table.live[id] else { return ["\(table.stream) \(id) is lost"] }
      return columns.compactMap { column in
        let type = table.types[column] ?? ""
        let held = type == "jsonb" ? row[column].map { Typed.json(stored: $0) } : row[column]
        let expected = Typed.text(truth[id]?[column], as: type)
        if held == expected { return nil }
        let words = "holds \(held ?? "null"), not \(expected ?? "null")"
        return "\(table.stream) \(id) \(column): \(words)"
      }
    }
  }
}

/// A table as PostgreSQL tells it, every value as text.
private struct HeldTable {
  let stream: String
  /// The types of its columns, without those of the program's own.
  let types: [String: String]
  private(set) var live: [Int: [String: String]] = [:]
  private(set) var deleted: Set<Int> = []
  private(set) var extras: [Int: String] = [:]

  init(_ stream: String, _ database: Connection) async throws {
    self.stream = stream
    let columns = try await database.query(
      """
      SELECT column_name, data_type FROM information_schema.columns
      WHERE table_schema = 'activecampaign' AND table_name = \(stream)
        AND column_name NOT LIKE '\\_%'
      """)
    types = Dictionary(
      uniqueKeysWithValues: try columns.map {
        (try $0.value("column_name", as: String.self), try $0.value("data_type", as: String.self))
      })
    for row in try await database.query("SELECT * FROM activecampaign.\(Identifier(stream))") {
      let id: Int = try row.value("id")
      extras[id] = try row["_extra"]
      let mark: String? = try row["_deleted_at"]
      if mark != nil {
        deleted.insert(id)
      } else {
        live[id] = try types.keys.reduce(into: [:]) { $0[$1] = try row[$1] }
      }
    }
  }
}

extension Connection {
  /// Whether there is a table of the name.
  fileprivate func has(_ table: String) async throws -> Bool {
    try await column("SELECT to_regclass(\(table)) IS NOT NULL") == ["t"]
  }

  /// The instant up to which a stream with update times is called complete; nil before the first.
  fileprivate func completeness(of stream: String) async throws -> Date? {
    guard Truth.versions[stream] != nil else { return nil }
    let seconds: Double?? = try await query(
      """
      SELECT extract(epoch FROM complete_as_of)::float8 FROM acsync.stream_state
      WHERE stream = \(stream)
      """
    ).first?[0]
    return (seconds ?? nil).map { Date(timeIntervalSince1970: $0) }
  }
}
