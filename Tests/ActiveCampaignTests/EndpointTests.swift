import Catalog
import Testing

@testable import ActiveCampaign

@Suite struct `The account's URL` {
  static let accepted = [
    ("https://example.api-us1.com", "https://example.api-us1.com/api/3"),
    ("https://example.api-us1.com/", "https://example.api-us1.com/api/3"),
    ("https://example.api-us1.com/api/3", "https://example.api-us1.com/api/3"),
    ("https://example.api-us1.com/api/3/", "https://example.api-us1.com/api/3"),
    ("https://example.api-us1.com//api/", "https://example.api-us1.com/api/3"),
    (" HTTPS://Example.API-us1.com/api/3\n", "https://example.api-us1.com/api/3"),
    ("https://gateway.example.com:8443/ac/api/3", "https://gateway.example.com:8443/ac/api/3"),
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/3"),
    ("http://127.9.8.7/", "http://127.9.8.7/api/3"),
    ("http://localhost:80", "http://localhost:80/api/3"),
    ("http://[::1]:8080/api/3", "http://[::1]:8080/api/3"),
    ("https://[2001:db8::1]", "https://[2001:db8::1]/api/3"),
  ]

  @Test(arguments: accepted)
  func `is taken as people paste it`(_ text: String, _ url: String) throws {
    #expect(try Endpoint(text).url == url)
  }

  static let refused: [(String, EndpointError)] = [
    ("", .empty), (" \n", .empty), ("https://", .notAURL), ("https://a b", .notAURL),
    ("https://exa_mple.com", .notAURL), ("https://host:port", .notAURL),
    ("https://host:99999", .notAURL), ("https://[::1", .notAURL), ("https://a\\b.com", .notAURL),
    ("https://bücher.example", .notAURL), ("https://a\r\nX: y", .notAURL),
    ("example.api-us1.com", .noScheme(suggestion: "https://example.api-us1.com")),
    ("ftp://example.com", .unknownScheme("ftp")),
    (
      "http://example.api-us1.com",
      .notEncrypted(suggestion: "https://example.api-us1.com/api/3")
    ),
    (
      "http://127.0.0.1.example.com",
      .notEncrypted(suggestion: "https://127.0.0.1.example.com/api/3")
    ),
    ("http://128.0.0.1", .notEncrypted(suggestion: "https://128.0.0.1/api/3")),
    ("http://127.0.0", .notEncrypted(suggestion: "https://127.0.0/api/3")),
    ("http://localhost@example.com", .unexpectedParts),
    ("https://user:secret@example.com", .unexpectedParts),
    ("https://example.com/?a=b", .unexpectedParts), ("https://example.com/#a", .unexpectedParts),
    ("https://example.com/app/deals", .unexpectedPath("/app/deals")),
    ("https://example.com/api/2", .unexpectedPath("/api/2")),
  ]

  @Test(arguments: refused)
  func `is refused with a remedy`(_ text: String, _ expected: EndpointError) {
    #expect(throws: expected) { try Endpoint(text) }
    #expect(expected.explanation.fault == .configuration)
    #expect(!expected.explanation.remedy.isEmpty)
    #expect(!expected.description.contains("secret"))
  }
}

@Suite struct `The API key` {
  @Test func `never prints`() throws {
    let key = try APIKey("canary-123")
    var dumped = ""
    dump(key, to: &dumped)
    dump(["key": key], to: &dumped)
    let printed = "\(key) \(String(reflecting: key)) \(String(describing: [key])) \(dumped)"
    #expect(!printed.contains("canary"))
    let settings = Client.Settings(
      endpoint: try Endpoint("https://example.com"), key: key, version: "1")
    dump(settings, to: &dumped)
    #expect(!dumped.contains("canary"))
  }

  @Test func `is taken without the white space around it`() throws {
    #expect(try APIKey(" abc\n").secret == "abc")
  }

  @Test(arguments: ["", " ", "\n", "\r\n"])
  func `is refused when empty`(_ text: String) {
    #expect(throws: APIKeyError.empty) { try APIKey(text) }
  }

  @Test(arguments: ["a\r\nX: y", "a\nb", "a b", "a\u{0}b", "schlüssel", "a\tb"])
  func `is refused when it could not travel in a header`(_ text: String) {
    #expect(throws: APIKeyError.unprintable) { try APIKey(text) }
  }
}
