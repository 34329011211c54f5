import Foundation
import Postgres
import Simulator

/// Holds the tables against the account, row by row and column by column.
struct Comparison {
  /// Differences beyond these are not told.
  private static let mostTold = 12

  let account: Account
  /// Columns that are not looked at, by stream.
  var leavingOut: [String: Set<String>] = [:]

  /// What differs, in words; empty where each table's live rows are the account's, and no others.
  func differences(in streams: some Sequence<String> = Truth.paths.keys) async throws -> [String] {
    try await withDatabase { database in
      var found: [String] = []
      for stream in streams.sorted() { found += try await differences(of: stream, database) }
      found += try await database.column(
        "SELECT concat_ws(' ', stream, row_key, column_name, 'rejected:', raw) FROM acsync.rejected_rows"
      )
      return Array(found.prefix(Self.mostTold))
    }
  }

  private func differences(of stream: String, _ database: Connection) async throws -> [String] {
    let truth = try Truth(of: stream, in: account)
    let types = try await types(of: stream, database)
    let columns = Set(types.keys).subtracting(leavingOut[stream] ?? [])
    var found = truth.columns.subtracting(types.keys).map { "\(stream) has no column \($0)" }
    var live: Set<Int> = []
    for row in try await database.query("SELECT * FROM activecampaign.\(Identifier(stream))") {
      let id: Int = try row.value("id")
      let deleted: String? = try row["_deleted_at"]
      let extra: String? = try row["_extra"]
      if let extra { found.append("\(stream) \(id) has extra fields: \(extra)") }
      guard deleted == nil else { continue }
      live.insert(id)
      guard let wanted = truth.rows[id] else {
        found.append("\(stream) \(id) is a ghost")
        continue
      }
      for column in columns.sorted() {
        let type = types[column] ?? ""
        let raw: String? = try row[column]
        let held = type == "jsonb" ? raw.map { Typed.json(stored: $0) } : raw
        let expected = Typed.text(wanted[column], as: type)
        if held != expected {
          found.append(
            "\(stream) \(id) \(column): holds \(held ?? "null"), not \(expected ?? "null")")
        }
      }
    }
    return found + Set(truth.rows.keys).subtracting(live).sorted().map { "\(stream) \($0) is lost" }
  }

  /// The types of a table's columns, without those of the program's own.
  private func types(of stream: String, _ database: Connection) async throws -> [String: String] {
    let columns = try await database.query(
      """
      SELECT column_name, data_type FROM information_schema.columns
      WHERE table_schema = 'activecampaign' AND table_name = \(stream)
        AND column_name NOT LIKE '\\_%'
      """)
    return Dictionary(
      uniqueKeysWithValues: try columns.map {
        (try $0.value("column_name", as: String.self), try $0.value("data_type", as: String.self))
      })
  }
}
