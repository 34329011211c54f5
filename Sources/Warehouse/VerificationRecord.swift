public import Catalog
internal import Postgres

extension Loader {
  /// So many verifications of a stream are kept.
  private static let keptVerifications = 100

  /// Keeps what a verification found: keys and columns, never a value.
  public func keep(_ found: StreamVerification, seed: Int64) async throws {
    try await persistently(at: "acsync.verifications") {
      let account = self.account
      try await self.connection.transaction { transaction in
        let rows = try transaction.query(Self.insertion(of: found, account: account, seed: seed))
        let id: Int64 = try onlyRow(of: rows).value("id")
        let differences = found.differences
        try transaction.execute(
          """
          INSERT INTO acsync.differences
            (verification, row_key, column_name, kind, verdict, number)
          SELECT \(id), found.*
          FROM unnest(
            \(differences.map(\.key)), \(differences.map(\.column)),
            \(differences.map(\.kind.rawValue)), \(differences.map(\.verdict.rawValue))
          ) WITH ORDINALITY AS found
          """)
        try transaction.execute(
          """
          DELETE FROM acsync.verifications
          WHERE account = \(account) AND stream = \(found.stream.name) AND id <= (
            SELECT id FROM acsync.verifications
            WHERE account = \(account) AND stream = \(found.stream.name)
            ORDER BY id DESC OFFSET \(Self.keptVerifications) LIMIT 1)
          """)
      }
    }
  }

  private static func insertion(
    of found: StreamVerification, account: String, seed: Int64
  ) -> Statement {
    func count(_ verdict: Difference.Verdict) -> Int { found.counts[verdict, default: 0] }
    return """
      INSERT INTO acsync.verifications (
        account, stream, is_full, seed, complete_as_of, total, live_rows, rows_compared, requests,
        changed, differing, unclear, note, message
      ) VALUES (
        \(account), \(found.stream.name), \(found.isFull), \(seed),
        \(orNull: found.completeAsOf?.bound), \(orNull: found.total), \(found.liveRows),
        \(found.rowsCompared), \(found.requests), \(count(.changed)), \(count(.differs)),
        \(count(.unclear)), \(orNull: found.note),
        \(orNull: found.problem?.lines.joined(separator: "\n"))
      )
      RETURNING id
      """
  }
}
