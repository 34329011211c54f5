public import Catalog

/// The account's key: it can be sent, and it cannot be printed.
public struct APIKey: Sendable, Hashable {
  /// The key itself; only the transport reads it.
  let secret: String

  /// Takes a key as people paste it; white space around it is dropped.
  ///
  /// - Throws: `APIKeyError` if nothing is left, or if it could not travel in a header.
  public init(_ text: String) throws(APIKeyError) {
    let trimmed = text.trimmingWhitespace()
    guard !trimmed.isEmpty else { throw .empty }
    // A line break in a header would let the key's text add headers of its own.
    guard trimmed.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .unprintable }
    secret = trimmed
  }

  /// `text` with the key, should it occur there, blotted out.
  func redacting(_ text: String) -> String {
    var rest = text[...]
    var result = ""
    while let found = rest.firstRange(of: secret) {
      result += rest[..<found.lowerBound] + "…"
      rest = rest[found.upperBound...]
    }
    return result + rest
  }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Never the key.
  public var description: String { "the API key" }
  /// Never the key.
  public var debugDescription: String { description }
  /// Nothing: a dump must not show the key.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Why a text is no key.
public enum APIKeyError: Explained, Equatable {
  /// There is nothing but white space.
  case empty
  /// It holds white space, a line break or a character that no key has.
  case unprintable

  /// What is wrong with the key, without the key.
  public var explanation: Explanation {
    switch self {
    case .empty:
      Explanation(
        "the API key is empty", at: "ACTIVECAMPAIGN_API_KEY",
        remedy: "copy the key from Settings → Developer in ActiveCampaign",
        .lasting(.stopRun), fault: .configuration)
    case .unprintable:
      Explanation(
        "the API key holds a space, a line break or a character that no key has",
        at: "ACTIVECAMPAIGN_API_KEY",
        remedy: "copy the key again from Settings → Developer, in one line",
        .lasting(.stopRun), fault: .configuration)
    }
  }
}

extension String {
  /// This text without the white space and line breaks around it.
  func trimmingWhitespace() -> String {
    let front = drop(while: \.isWhitespace)
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(front[...last])
  }
}
