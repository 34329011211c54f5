/// What the server or the way to it refused.
///
/// The description holds no password, and no value of a row: the server's DETAIL, and what it
/// quotes of a value that does not fit, stay out of it.
public struct PostgresError: Error, Sendable {
  /// What the failure means for the caller.
  public enum Kind: Sendable, Hashable {
    /// No session came about: host, port, credentials, or a server that refuses more.
    case cannotConnect
    /// The session is gone; ``Connection/reconnect()`` makes a new one. What a statement or a
    /// COMMIT under way has done is unknown.
    case connectionLost
    /// The server gave the statement up: a timeout, or a cancel that was not ours.
    case cancelled
    /// The server refused the statement; ``PostgresError/sqlstate`` says why.
    case server
    /// The call is wrong before it reaches the server: a NUL in a text, a column that is not there.
    case client
  }

  /// What the failure means for the caller.
  public var kind: Kind
  /// What went wrong, in the server's words or ours; values of rows are masked.
  public var message: String
  /// The five characters of the SQL standard, such as `23505`; nil when the server did not answer.
  public var sqlstate: String?
  /// The server's DETAIL, never to be shown or logged: it may quote the values of a row.
  public var detail: String?
  /// The server's advice.
  public var hint: String?
  /// The first line of the statement, without bound values.
  public var statement: String?
  /// The constraint that refused, if one did.
  public var constraint: String?
  /// The table concerned, with its schema, unquoted.
  public var table: String?
  /// The column concerned.
  public var column: String?
  /// The server and database, without password: `user@host:5432/database`.
  public var place: String?

  init(_ kind: Kind, _ message: String, place: String? = nil, statement: String? = nil) {
    self.kind = kind
    self.message = message
    self.place = place
    self.statement = statement
  }
}

extension PostgresError {
  /// Whether a unique or primary key exists already.
  public var isUniqueViolation: Bool { sqlstate == "23505" }
  /// Whether the server is out of disk, memory or connections (class 53).
  public var isOutOfResources: Bool { isClass("53") }
  /// Whether the server's disk is full.
  public var isDiskFull: Bool { sqlstate == "53100" }
  /// Whether the server or the transaction takes no writes.
  public var isReadOnly: Bool { sqlstate == "25006" }
  /// Whether the same transaction may succeed when it is run again: a deadlock or a
  /// serialization failure.
  public var isRetryable: Bool { sqlstate == "40001" || sqlstate == "40P01" }
  /// Whether a lock was not to be had in time (`lock_timeout`, `NOWAIT`).
  public var isLockNotAvailable: Bool { sqlstate == "55P03" }
  /// Whether the role lacks a right.
  public var isPermission: Bool { sqlstate == "42501" }
  /// Whether a value does not fit its type (class 22) or breaks a constraint (class 23).
  public var isDataException: Bool { isClass("22") || isClass("23") }
  /// Whether the statement names what is not there or is not SQL (class 42, rights aside).
  public var isWrongStatement: Bool { isClass("42") && !isPermission }
  /// Whether the table named is not there.
  public var isUndefinedTable: Bool { sqlstate == "42P01" }

  private func isClass(_ prefix: String) -> Bool { sqlstate?.hasPrefix(prefix) ?? false }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The message, SQLSTATE, place, statement and hint, in one line; nothing of a row's values.
  public var description: String {
    var text = message
    if let sqlstate { text += " (SQLSTATE \(sqlstate))" }
    if let place { text += ", at \(place)" }
    if let statement { text += ", in: \(statement)" }
    if let hint { text += ", hint: \(hint)" }
    return text
  }

  /// The description.
  public var debugDescription: String { description }

  /// The description alone, so that no dump shows ``detail``.
  public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
