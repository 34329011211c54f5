internal import CLibPQ

/// A libpq connection string, read so that errors can name the server and never the password.
struct ConnectionString: Sendable {
  let text: String
  /// `user@host:5432/database`, as far as the string and libpq's defaults tell.
  let place: String
  /// The keywords the string or the environment sets.
  private let set: Set<String>
  let passwords: [String]

  /// - Throws: ``PostgresError`` of kind `cannotConnect` when the string cannot be read.
  init(_ text: String) throws {
    guard !text.utf8.contains(0) else {
      throw PostgresError(.cannotConnect, "the connection string holds a NUL character")
    }
    let given = try Self.options(of: text)
    // libpq's defaults hold what the environment (PGHOST, …) adds.
    let all = Self.defaults().merging(given) { _, given in given }
    try Self.checkSplit(given, of: text)
    self.text = text
    set = Set(all.filter { !$0.value.isEmpty }.keys)
    place = Self.place(of: all)
    let open = [all["user"], all["host"], all["dbname"]]
    passwords = [all["password"], all["sslpassword"]].compactMap { $0 }
      .filter { !$0.isEmpty && !open.contains($0) }
  }

  /// Whether the user has set a keyword, in the string or in the environment.
  func sets(_ keyword: String) -> Bool { set.contains(keyword) }

  /// The text without passwords.
  func redacted(_ text: String) -> String {
    passwords.reduce(text) { $0.replacing($1, with: "***") }
  }

  private static func options(of text: String) throws -> [String: String] {
    var message: UnsafeMutablePointer<CChar>?
    guard let list = PQconninfoParse(text, &message) else {
      let reason = message.map { String(cString: $0) } ?? "out of memory"
      PQfreemem(message)
      // libpq quotes the part it stumbled over, which may be of the password.
      throw PostgresError(
        .cannotConnect, "the connection string cannot be read: \(maskingQuotes(reason))")
    }
    return values(freeing: list)
  }

  private static func defaults() -> [String: String] {
    PQconndefaults().map { values(freeing: $0) } ?? [:]
  }

  private static func values(
    freeing list: UnsafeMutablePointer<PQconninfoOption>
  ) -> [String: String] {
    defer { PQconninfoFree(list) }
    var values: [String: String] = [:]
    var option = list
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        values[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    return values
  }

  /// Refuses a URI that libpq splits inside the password, for it would quote the pieces: a `/` or
  /// `@` there must be percent-encoded.
  private static func checkSplit(_ options: [String: String], of text: String) throws {
    guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else { return }
    let ports = options["port", default: ""].split(separator: ",")
    let isMisread = [options["host"], options["dbname"]].compactMap { $0 }
      .contains { $0.contains("@") && text.contains($0) }
    guard !isMisread, ports.allSatisfy({ $0.utf8.allSatisfy { 48...57 ~= $0 } }) else {
      throw PostgresError(
        .cannotConnect,
        "the connection URI cannot be read: characters such as / and @ in a user name, a password"
          + " or a database name must be percent-encoded")
    }
  }

  private static func place(of options: [String: String]) -> String {
    let host = options["host"] ?? options["hostaddr"] ?? "local socket"
    let port = options["port"].map { ":\($0)" } ?? ""
    let user = options["user"].map { "\($0)@" } ?? ""
    // Without a name, libpq takes the user's.
    let database = (options["dbname"] ?? options["user"]).map { "/\($0)" } ?? ""
    return user + host + port + database
  }
}

/// The text with whatever stands between double quotes left out.
func maskingQuotes(_ text: String) -> String {
  let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
  let masked = parts.enumerated().map { $0.offset.isMultiple(of: 2) ? String($0.element) : "…" }
  return masked.joined(separator: "\"")
}
