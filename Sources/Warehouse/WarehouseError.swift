public import Catalog
public import Postgres

/// Why rows could not be brought into the warehouse; its words hold no row's values.
public enum WarehouseError: Explained {
  /// The server is older than what acsync needs; `version` as a person writes it: `12.3`.
  case oldServer(version: String, at: String)
  /// A migration that has shipped reads differently now than when it was applied.
  case migrationChanged(name: String)
  /// The database has migrations this program does not know.
  case databaseNewer(names: [String])
  /// Another run holds the stream.
  case held(table: String)
  /// Another run took the stream over while this one was cut off; it can no longer write.
  case fenced(table: String)
  /// The table holds rows of another account.
  case otherAccount(table: String, account: String)
  /// The table cannot take the stream's rows.
  case unfit(table: String, problem: String, remedy: String)
  /// Something is to be made or changed that only its owner may; `need` says what the server says.
  case ownerNeeded(at: String, need: String, stopsRun: Bool)
  /// Roles cannot be made, or not be used, by ours.
  case rolesRefused(String, remedy: String)
  /// The API sends what it did not before, and the user wants to look at it first.
  case frozen(table: String, fields: [String], columns: [String])
  /// A row is not made as the catalogue says: a mistake of ours.
  case unfitRow(table: String, problem: String)
  /// A stream is written that was not claimed: a mistake of ours.
  case notClaimed(table: String)
  /// PostgreSQL, or the way to it, refused; `at` is what was being done.
  case refused(PostgresError, at: String)

  /// One switch: a new case cannot be added without its remedy and its consequence.
  public var explanation: Explanation {
    switch self {
    case .oldServer(let version, let place):
      Explanation(
        "PostgreSQL \(version) is too old", at: place, remedy: "use PostgreSQL 13 or newer",
        .lasting(.stopRun), fault: .targetOutOfReach)
    case .migrationChanged(let name):
      Explanation(
        "the migration \(name) is not the one this database was laid out with",
        at: "acsync.schema_migrations", remedy: "use the program's released version",
        .lasting(.stopRun), fault: .targetOutOfReach)
    case .databaseNewer(let names):
      Explanation(
        "the database was laid out by a newer acsync (\(names.joined(separator: ", ")))",
        at: "acsync.schema_migrations", remedy: "update acsync", .lasting(.stopRun),
        fault: .targetOutOfReach)
    case .held(let table):
      Explanation(
        "another run holds the stream", at: table,
        remedy: "wait for it to end (acsync status shows it), or leave the stream out",
        .lasting(.failStream), fault: .streamHeld)
    case .fenced(let table):
      Explanation(
        "another run took the stream over, so this one writes no more of it", at: table,
        remedy: "none: the other run goes on from the last committed page",
        .lasting(.failStream), fault: .streamHeld)
    case .otherAccount(let table, let account):
      Explanation(
        "the table holds the rows of another account, \(account)", at: table,
        remedy: "give each account a schema of its own (accounts, schema), or a database",
        .lasting(.stopRun),
        fault: .guardRefused)
    case .unfit(let table, let problem, let remedy):
      Explanation(
        "the table \(problem)", at: table, remedy: remedy, .lasting(.failStream), fault: .partial)
    case .ownerNeeded(let place, let need, let stopsRun):
      Explanation(
        "this needs a change that only the owner may make: \(need)", at: place,
        remedy: "run acsync migrate as the owner, with the same replication.yaml, then run again",
        .lasting(stopsRun ? .stopRun : .failStream), fault: .targetOutOfReach)
    case .rolesRefused(let what, let remedy):
      Explanation(
        what, at: "acsync.roles", remedy: remedy, .lasting(.stopRun), fault: .targetOutOfReach)
    case .frozen(let table, let fields, let columns):
      Explanation(
        Self.words(fields: fields, columns: columns), at: table,
        remedy: "look at it; to take it in, run once with schema_contract: evolve",
        .lasting(.failStream), fault: .guardRefused)
    case .unfitRow(let table, let problem):
      Explanation(
        "a row \(problem)", at: table, remedy: "report this: it is a mistake of acsync",
        .lasting(.failStream),
        fault: .internalError)
    case .notClaimed(let table):
      Explanation(
        "the stream is written without having been claimed", at: table,
        remedy: "report this: it is a mistake of acsync", .lasting(.failStream),
        fault: .internalError)
    case .refused(let error, let place):
      Refusal(error, at: place).explanation
    }
  }
}

extension WarehouseError {
  fileprivate static func words(fields: [String], columns: [String]) -> String {
    let new = fields.isEmpty ? nil : "fields it never sent: \(fields.joined(separator: ", "))"
    let other = columns.isEmpty ? nil : "values of another type: \(columns.joined(separator: ", "))"
    return "the API sends \([new, other].compactMap(\.self).joined(separator: "; "))"
  }
}

/// What a refusal of PostgreSQL means, by its SQLSTATE
/// (https://www.postgresql.org/docs/current/errcodes-appendix.html).
private struct Refusal {
  let error: PostgresError
  let place: String

  init(_ error: PostgresError, at place: String) {
    self.error = error
    self.place = place
  }

  var explanation: Explanation {
    switch error.kind {
    case .cannotConnect:
      return outOfReach(
        "the warehouse cannot be reached: \(error.message)",
        "check DATABASE_URL (or PGHOST, PGUSER, …), and that the server runs")
    case .connectionLost:
      return outOfReach(
        "the connection to the warehouse was lost: \(error.message)",
        "run again when the server is back: it goes on from the last committed page")
    case .cancelled:
      return failure("the server gave the statement up: \(error.message)", "run again")
    case .client:
      return failure(error.message, "report this: it is a mistake of acsync", .internalError)
    case .server:
      return ofState
    }
  }

  private var ofState: Explanation {
    if error.isDiskFull {
      return outOfReach(
        "the warehouse's disk is full",
        "free or add disk space, then run again: it goes on from the last committed page")
    }
    if error.isReadOnly {
      return outOfReach(
        "the warehouse takes no writes", "point DATABASE_URL at the primary, not at a standby")
    }
    if error.isPermission {
      return outOfReach(
        "the warehouse's role may not do this: \(error.message)",
        "let it: GRANT CREATE, TEMPORARY ON DATABASE … TO …, and make it the owner of the schemas "
          + "acsync, activecampaign and analytics where they exist")
    }
    if error.isOutOfResources || ["57", "58"].contains(error.sqlstate?.prefix(2)) {
      return outOfReach(
        "the warehouse has no room for this: \(error.message)",
        "look at the server's log and limits, then run again")
    }
    if error.isLockNotAvailable || error.isRetryable {
      return failure(
        "other sessions stood in the way for too long: \(error.message)",
        "run again when they are done (SELECT * FROM pg_stat_activity shows them)")
    }
    if error.sqlstate == "0A000" {
      return failure(
        error.message, "drop what depends on it, such as a view, run again, then make it anew")
    }
    if error.sqlstate == "23505" {
      return failure(
        error.message,
        "look at the rows that are alike, or drop the index and remove it under table_keys")
    }
    if error.isUndefinedTable || error.sqlstate == "3F000" {
      return failure(error.message, "run again: acsync makes what is missing")
    }
    return failure("the warehouse refuses this: \(error.message)", "see the server's log")
  }

  private func outOfReach(_ what: String, _ remedy: String) -> Explanation {
    explained(what, remedy, .stopRun, .targetOutOfReach)
  }

  private func failure(_ what: String, _ remedy: String, _ fault: Fault = .partial) -> Explanation {
    explained(what, remedy, .failStream, fault)
  }

  private func explained(
    _ what: String, _ remedy: String, _ consequence: LastingConsequence, _ fault: Fault
  ) -> Explanation {
    let code = error.sqlstate.map { " (SQLSTATE \($0))" } ?? ""
    let statement = error.statement.map { ", in: \($0)" } ?? ""
    let server = error.place.map { ", \($0)" } ?? ""
    let hint = error.hint.map { "; the server says: \($0)" } ?? ""
    return Explanation(
      what + code, at: place + server + statement, remedy: remedy + hint, .lasting(consequence),
      fault: fault)
  }
}
