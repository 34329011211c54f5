internal import Postgres

/// Whose days are the account's days.
public struct AccountZone: Sendable, Hashable {
  /// Who says so.
  public enum Origin: String, Sendable {
    /// The user of acsync does.
    case setting
    /// The user in ActiveCampaign does whose key the account is read with.
    case user
    /// Nobody does: it is UTC.
    case usual = "default"
  }

  /// The zone's name, as in `Europe/Berlin`.
  public let name: String
  /// Who says so.
  public let origin: Origin

  /// Decides between what the settings and the account say; nil for nothing said.
  public init(setting: String?, user: String?) {
    if let setting {
      (name, origin) = (setting, .setting)
    } else if let user, !user.isEmpty {
      (name, origin) = (user, .user)
    } else {
      (name, origin) = ("UTC", .usual)
    }
  }

  private init(name: String, origin: Origin) { (self.name, self.origin) = (name, origin) }

  static let usual = AccountZone(name: "UTC", origin: .usual)
}

extension Loader {
  /// Keeps the account's zone for the views whose days go by it; writes nothing where it is known.
  ///
  /// - Parameter onlyIfUnknown: whether a zone that is kept already counts for more.
  /// - Returns: what is worth knowing: a zone the server does not know, in whose place UTC stands.
  public func keep(_ zone: AccountZone, onlyIfUnknown: Bool = false) async throws -> String? {
    let (schema, account) = (schema, account)
    return try await persistently(at: "acsync.accounts") {
      try await self.connection.transaction { transaction in
        let known = try transaction.query(
          """
          SELECT FROM acsync.accounts WHERE table_schema = \(schema) AND account = \(account)
            AND (time_zone = \(zone.name) AND time_zone_origin = \(zone.origin.rawValue)
              OR \(onlyIfUnknown))
          """)
        guard known.isEmpty else { return nil }
        let isZone = try transaction.knows(zone)
        let kept = isZone ? zone : .usual
        try transaction.execute(
          """
          INSERT INTO acsync.accounts AS a (table_schema, account, time_zone, time_zone_origin)
          VALUES (\(schema), \(account), \(kept.name), \(kept.origin.rawValue))
          ON CONFLICT (table_schema) DO UPDATE SET account = excluded.account,
            time_zone = excluded.time_zone, time_zone_origin = excluded.time_zone_origin
          WHERE (a.account, a.time_zone, a.time_zone_origin) IS DISTINCT FROM
            (excluded.account, excluded.time_zone, excluded.time_zone_origin)
          """)
        guard !isZone else { return nil }
        return "PostgreSQL knows no time zone \(zone.name): days are days of UTC"
      }
    }
  }
}

extension Transaction {
  fileprivate func knows(_ zone: AccountZone) throws -> Bool {
    do {
      try savepoint { _ = try query("SELECT now() AT TIME ZONE \(zone.name)") }
      return true
    } catch let error as PostgresError where error.sqlstate == "22023" {
      return false
    }
  }
}
