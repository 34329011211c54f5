/// Addresses of both ends, checked by hand: few lines, and no message can repeat a secret.
enum Address {
  /// An account's address without `/api/3` and without a slash at its end: `https://acme.api-us1.com`.
  ///
  /// - Throws: `WrongValue` where the key would travel in clear text, or elsewhere than meant. Plain
  ///   http is allowed to this machine itself, for the simulator.
  static func ofAccount(_ text: String) throws(WrongValue) -> String {
    let example = "write the URL of Settings → Developer, such as https://acme.api-us1.com"
    guard let (scheme, authority, path) = parts(text), text.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
    else { throw WrongValue("the account's address is no https URL", remedy: example) }
    guard !authority.contains("@") else {
      throw WrongValue(
        "the account's address holds a name or password",
        remedy: "remove what stands before the @; the key goes into ACTIVECAMPAIGN_API_KEY")
    }
    guard let host = host(authority) else {
      throw WrongValue("the account's address has no valid host or port", remedy: example)
    }
    switch scheme {
    case "https": break
    case "http" where isLoopback(host): break
    case "http":
      throw WrongValue(
        "the account's address is not https: the key would travel in clear text",
        remedy: "write https://\(authority)")
    default: throw WrongValue("the account's address is no https URL", remedy: example)
    }
    return "\(scheme)://\(authority.lowercased())" + (try prefix(path))
  }

  /// Whether this is the address of a PostgreSQL server: a URI or `keyword=value` pairs.
  static func isOfPostgres(_ text: String) -> Bool {
    if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") { return true }
    guard !text.contains("://"), let equals = text.firstIndex(of: "=") else { return false }
    return Substring(text[..<equals]).trimmed.isVariableName
  }

  /// Whether a URL holds a password before its host, or pairs hold one.
  static func holdsPassword(_ text: String) -> Bool {
    let isPair = text.split(whereSeparator: \.isWhitespace).contains { $0.hasPrefix("password=") }
    return isPair
      || parts(text).map { parts in
        guard let at = parts.authority.lastIndex(of: "@") else { return false }
        return parts.authority[..<at].contains(":")
      } ?? false
  }

  private static func parts(
    _ text: String
  ) -> (scheme: String, authority: Substring, path: Substring)? {
    guard let separator = text.firstRange(of: "://") else { return nil }
    let rest = text[separator.upperBound...]
    let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    return (text[..<separator.lowerBound].lowercased(), rest[..<end], rest[end...])
  }

  /// The host without its port; nil where one of both is malformed.
  private static func host(_ authority: Substring) -> String? {
    var host = authority
    var port: Substring?
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      host = authority[...end]
      let rest = authority[authority.index(after: end)...]
      guard rest.isEmpty || rest.first == ":" else { return nil }
      port = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
      port = authority[authority.index(after: colon)...]
    }
    if let port { guard let number = UInt16(port), number > 0 else { return nil } }
    let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_[]:".utf8)
    guard !host.isEmpty, host.first != ".", host.utf8.allSatisfy(allowed.contains) else {
      return nil
    }
    return host.lowercased()
  }

  static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// What stands between the host and `/api/3`: usually nothing, behind a proxy a path.
  private static func prefix(_ path: Substring) throws(WrongValue) -> String {
    var rest = path
    while rest.last == "/" { rest.removeLast() }
    if rest.isEmpty { return "" }
    guard rest.hasSuffix("/api/3"), !rest.contains("?"), !rest.contains("#") else {
      throw WrongValue(
        "the account's address goes on behind the host",
        remedy: "end it with the host, or with /api/3")
    }
    return String(rest.dropLast(6))
  }
}
