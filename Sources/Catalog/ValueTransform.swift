/// Something that is done to each value of a column before it is stored.
public enum ValueTransform: Sendable, Hashable {
  /// The SHA-256 of the salt and the text behind it, in hexadecimal: equal values stay equal, and
  /// nobody without the salt can try out which they were.
  case hashSHA256(HashSalt)
  /// Every letter and digit becomes `*`; what stands between them stays.
  case mask
  /// Lower case.
  case lower
  /// Without white space at both ends.
  case trim
  /// One of these texts becomes null.
  case nullIf([String])

  /// The value instead; nil for null.
  public func applied(to text: String) -> String? {
    switch self {
    case .hashSHA256(let salt): SHA256.hex(Array(salt.text.utf8) + Array(text.utf8))
    case .mask: String(text.map { $0.isLetter || $0.isNumber ? "*" : $0 })
    case .lower: text.lowercased()
    case .trim: Self.trimmed(text)
    case .nullIf(let texts): texts.contains(text) ? nil : text
    }
  }

  /// Whether it hides what it is given, so that the values from before it must not survive.
  public var hides: Bool {
    switch self {
    case .hashSHA256, .mask: true
    case .lower, .trim, .nullIf: false
    }
  }

  private static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}

extension ValueTransform: CustomStringConvertible {
  /// As it is written in the file; of a salt only a mark that tells it from another.
  public var description: String {
    switch self {
    case .hashSHA256(let salt): "hash_sha256:\(salt.mark)"
    case .mask: "mask"
    case .lower: "lower"
    case .trim: "trim"
    // Hashed, so that a list of names to hide is not itself kept, nor a separator to be escaped.
    case .nullIf(let texts):
      "null_if:\(SHA256.hex(Array(texts.joined(separator: "\0").utf8)).prefix(16))"
    }
  }
}

/// What is put before each value that is hashed; a secret, which is never shown.
public struct HashSalt: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  let text: String

  /// A salt from its text.
  public init(_ text: String) { self.text = text }

  /// Nothing of it.
  public var description: String { "(salt)" }

  /// Nothing of it, for `dump` and the like.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// Tells it from another salt, and nothing else of it.
  var mark: String { String(SHA256.hex(Array("acsync salt \(text)".utf8)).prefix(16)) }
}

/// What is done to a column's values, one transform after the other.
public struct Rewriting: Sendable, Hashable {
  /// The transforms in their order; at least one.
  public let transforms: [ValueTransform]
  /// Whether the API sends JSON there, whose text they are handed; else the text of the value.
  public let isJSON: Bool

  /// The value instead of a text; nil for null.
  public func applied(to text: String) -> String? {
    var text = text
    for transform in transforms {
      guard let next = transform.applied(to: text) else { return nil }
      text = next
    }
    return text
  }
}
