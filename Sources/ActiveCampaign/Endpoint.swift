public import Catalog

/// Where the account's API answers: its URL, in the one form that requests are built from.
public struct Endpoint: Sendable, Hashable {
  /// `https` or, on this machine only, `http`.
  public let scheme: String
  /// Host in lower case, with its port where one was given: `example.api-us1.com`.
  public let authority: String
  /// Path that all requests begin with; no slash at its end: `/api/3`.
  public let basePath: String

  /// Whether it is this machine itself.
  public let isLoopback: Bool

  /// The whole URL that requests begin with: `https://example.api-us1.com/api/3`.
  public var url: String { "\(scheme)://\(authority)\(basePath)" }

  /// Takes a URL as people paste it: with or without `/api/3`, slashes or white space at its end.
  ///
  /// - Throws: `EndpointError` with what to write instead.
  public init(_ text: String) throws(EndpointError) {
    let trimmed = text.trimmingWhitespace()
    guard !trimmed.isEmpty else { throw .empty }
    guard trimmed.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
      throw .notAURL
    }
    guard let mark = trimmed.firstRange(of: "://") else {
      throw .noScheme(suggestion: "https://\(trimmed)")
    }
    scheme = trimmed[..<mark.lowerBound].lowercased()
    let rest = trimmed[mark.upperBound...]
    guard !rest.contains(where: { "@?#".contains($0) }) else { throw .unexpectedParts }
    authority = rest.prefix { $0 != "/" }.lowercased()
    guard let host = Self.host(of: authority) else { throw .notAURL }
    isLoopback = Self.isLoopback(host)
    basePath = try Self.basePath(String(rest.dropFirst(authority.count)))
    switch scheme {
    case "https": return
    case "http" where isLoopback: return
    case "http": throw .notEncrypted(suggestion: "https://\(authority)\(basePath)")
    default: throw .unknownScheme(scheme)
    }
  }

  /// Whether `host` can only be this machine, so that a key sent in the clear does not leave it.
  static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func host(of authority: String) -> String? {
    let bracketed = authority.first == "["
    let end = bracketed ? authority.firstIndex(of: "]").map(authority.index(after:)) : nil
    if bracketed, end == nil { return nil }
    let host = String(authority[..<(end ?? authority.firstIndex(of: ":") ?? authority.endIndex)])
    let port = authority.dropFirst(host.count)
    guard port.isEmpty || (port.first == ":" && UInt16(port.dropFirst()) != nil) else { return nil }
    let allowed = bracketed ? "[]:.abcdef" : "-."
    let isSound = host.allSatisfy { allowed.contains($0) || $0.isASCIIDigit || $0.isASCIILetter }
    return host.isEmpty || !isSound ? nil : host
  }

  private static func basePath(_ text: String) throws(EndpointError) -> String {
    let path = text.split(separator: "/").joined(separator: "/")
    if path.isEmpty || path == "api" { return "/api/3" }
    guard path == "api/3" || path.hasSuffix("/api/3") else { throw .unexpectedPath("/" + path) }
    return "/" + path
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
  fileprivate var isASCIILetter: Bool { ("a"..."z").contains(self) }
}

/// Why a text is no address of an account.
public enum EndpointError: Explained, Equatable {
  /// There is nothing but white space.
  case empty
  /// It cannot be read as a URL.
  case notAURL
  /// It does not say `https://`.
  case noScheme(suggestion: String)
  /// It says neither `https` nor `http`.
  case unknownScheme(String)
  /// It would send the key in the clear to another machine.
  case notEncrypted(suggestion: String)
  /// It has a user, a query or a fragment.
  case unexpectedParts
  /// Its path is not the API's.
  case unexpectedPath(String)

  /// What is wrong with the URL.
  public var explanation: Explanation {
    let (what, remedy) = words
    return Explanation(
      what, at: "ACTIVECAMPAIGN_URL", remedy: remedy, .lasting(.stopRun), fault: .configuration)
  }

  private var words: (what: String, remedy: String) {
    let copy = "copy the URL from Settings → Developer, like https://example.api-us1.com"
    switch self {
    case .empty: return ("the account's URL is empty", copy)
    case .notAURL: return ("the account's URL cannot be read as a URL", copy)
    case .noScheme(let suggestion):
      return ("the account's URL does not begin with https://", "write \(suggestion)")
    case .unknownScheme(let scheme):
      return ("the account's URL begins with \(scheme)://, which is not https://", copy)
    case .notEncrypted(let suggestion):
      return ("http would send the API key in the clear", "write \(suggestion)")
    case .unexpectedParts:
      return ("the account's URL has a user, a query or a fragment", copy)
    case .unexpectedPath(let path):
      return ("the account's URL has the path \(path)", "end it after the host, or with /api/3")
    }
  }
}
