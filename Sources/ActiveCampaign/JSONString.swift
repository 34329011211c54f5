/// What had to be mended in a text so that PostgreSQL accepts it.
struct JSONRepairs: OptionSet, Sendable {
  let rawValue: UInt8
  static let nul = JSONRepairs(rawValue: 1)
  static let surrogate = JSONRepairs(rawValue: 2)
  static let escape = JSONRepairs(rawValue: 4)
  static let utf8 = JSONRepairs(rawValue: 8)
  static let number = JSONRepairs(rawValue: 16)

  /// What was mended, in words for `acsync.rejected_rows`.
  var reason: String {
    [
      (JSONRepairs.nul, "NUL removed"),
      (.surrogate, "lone surrogate replaced by U+FFFD"),
      (.escape, "unknown escape kept as sent"),
      (.utf8, "bytes that are no UTF-8 replaced by U+FFFD"),
      (.number, "number beyond PostgreSQL's range kept as text"),
    ]
    .filter { contains($0.0) }.map(\.1).joined(separator: "; ")
  }
}

/// The insides of JSON strings: where they end, and what they spell.
enum JSONString {
  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  /// The position of the quote that ends a string whose first byte is at `start`, nil without one.
  ///
  /// Notes in `traits` what the string needs.
  static func end(after start: Int, in text: Span<UInt8>, traits: inout JSONTraits) -> Int? {
    var at = start
    while true {
      at = plainEnd(from: at, in: text)
      guard at < text.count else { return nil }
      switch text[at] {
      case quote: return at
      case backslash:
        traits.insert(.escapes)
        if at + 1 < text.count, text[at + 1] == UInt8(ascii: "/") {
          // The service escapes every slash: no need to decode these.
          at += 2
          continue
        }
        let escape = JSONEscape(at: at, in: text)
        if escape.defect != nil { traits.insert(.defects) }
        at += escape.length
      case 0x80...:
        traits.insert(.nonASCII)
        at += 1
      default:
        traits.insert(.defects)
        at += 1
      }
    }
  }

  /// The same position, whatever the string holds: the first quote that no backslash escapes, which
  /// is one with an even number of them right before it.
  static func end(after start: Int, in text: Span<UInt8>) -> Int? {
    var at = start
    while let found = firstQuote(from: at, in: text) {
      var slashes = found
      while slashes > start, text[slashes - 1] == backslash { slashes -= 1 }
      if (found - slashes).isMultiple(of: 2) { return found }
      at = found + 1
    }
    return nil
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// The position of the first byte from `start` on that is a quote, a backslash, a control
  /// character or not ASCII; the text's end without one.
  private static func plainEnd(from start: Int, in text: Span<UInt8>) -> Int {
    var at = start
    while let word = word(at: at, in: text) {
      // A byte below the one subtracted from it borrows, which sets its top bit; higher bytes may
      // be wrong then, but the lowest bit set is exact.
      let found =
        ((word ^ (ones &* 0x22)) &- ones) | ((word ^ (ones &* 0x5C)) &- ones)
        | (word &- ones &* 0x20) | word
      if found & tops != 0 { return at &+ (found & tops).trailingZeroBitCount / 8 }
      at &+= 8
    }
    while at < text.count {
      let byte = text[at]
      if byte == quote || byte == backslash || byte < 0x20 || byte >= 0x80 { return at }
      at &+= 1
    }
    return at
  }

  private static func firstQuote(from start: Int, in text: Span<UInt8>) -> Int? {
    var at = start
    while let word = word(at: at, in: text) {
      // As above; a byte that is not ASCII is none.
      let found = ((word ^ (ones &* 0x22)) &- ones) & ~word & tops
      if found != 0 { return at &+ found.trailingZeroBitCount / 8 }
      at &+= 8
    }
    while at < text.count {
      if text[at] == quote { return at }
      at &+= 1
    }
    return nil
  }

  /// The eight bytes from `at` on, the first one lowest; nil where fewer are left.
  private static func word(at: Int, in text: Span<UInt8>) -> UInt64? {
    let raw = text.bytes
    guard at <= raw.byteCount &- 8 else { return nil }
    return UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
  }

  /// Whether `range` of `text` is sound UTF-8.
  static func isUTF8(_ range: Range<Int>, of text: Span<UInt8>) -> Bool {
    do {
      _ = try UTF8Span(validating: text.extracting(range))
      return true
    } catch {
      return false
    }
  }

  /// What a string spells, mended so that PostgreSQL accepts it; `repairs` says how.
  static func decoded(
    _ slice: JSONSlice, in text: Span<UInt8>, repairs: inout JSONRepairs
  ) -> String {
    if !slice.traits.contains(.escapes), !slice.traits.contains(.defects) {
      return copied(slice.content, of: text)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(slice.content.count)
    var at = slice.content.lowerBound
    while at < slice.content.upperBound {
      switch text[at] {
      case backslash:
        let escape = JSONEscape(at: at, in: text)
        if let defect = escape.defect { repairs.insert(defect) }
        escape.append(to: &bytes, from: text, at: at)
        at += escape.length
      case 0:
        repairs.insert(.nul)
        at += 1
      default:
        bytes.append(text[at])
        at += 1
      }
    }
    if slice.traits.contains(.nonASCII), !isUTF8(0..<bytes.count, of: bytes.span) {
      repairs.insert(.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `range` of `text` as it stands; bytes that are no UTF-8 become U+FFFD.
  static func copied(_ range: Range<Int>, of text: Span<UInt8>) -> String {
    text.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

/// One escape of a JSON string, decoded.
struct JSONEscape {
  /// How many bytes it takes, a surrogate's other half among them.
  let length: Int
  /// The character it stands for; nil: none, or the bytes as they are sent.
  let scalar: Unicode.Scalar?
  /// What is wrong with it.
  let defect: JSONRepairs?

  /// Reads the escape whose backslash is at `at`.
  init(at: Int, in text: Span<UInt8>) {
    guard at + 1 < text.count else {
      self.init(1, nil, .escape)
      return
    }
    switch text[at + 1] {
    case UInt8(ascii: "u"): self.init(unicodeAt: at, in: text)
    case UInt8(ascii: "n"): self.init(2, "\n")
    case UInt8(ascii: "t"): self.init(2, "\t")
    case UInt8(ascii: "r"): self.init(2, "\r")
    case UInt8(ascii: "b"): self.init(2, "\u{8}")
    case UInt8(ascii: "f"): self.init(2, "\u{C}")
    case let byte where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x2F:
      self.init(2, Unicode.Scalar(byte))
    default: self.init(1, nil, .escape)
    }
  }

  private init(_ length: Int, _ scalar: Unicode.Scalar?, _ defect: JSONRepairs? = nil) {
    self.length = length
    self.scalar = scalar
    self.defect = defect
  }

  private init(unicodeAt at: Int, in text: Span<UInt8>) {
    guard let unit = Self.unit(at: at, in: text) else {
      self.init(1, nil, .escape)
      return
    }
    if unit == 0 {
      self.init(6, nil, .nul)
    } else if let scalar = Unicode.Scalar(unit) {
      self.init(6, scalar)
    } else if unit < 0xDC00, let low = Self.unit(at: at + 6, in: text), low & 0xFC00 == 0xDC00 {
      self.init(12, Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF))
    } else {
      self.init(6, "\u{FFFD}", .surrogate)
    }
  }

  /// The number in `\uXXXX` at `at`; nil if that is not what stands there.
  private static func unit(at: Int, in text: Span<UInt8>) -> UInt32? {
    guard at + 6 <= text.count, text[at] == UInt8(ascii: "\\"), text[at + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt32 = 0
    for index in at + 2..<at + 6 {
      guard let digit = digit(text[index]) else { return nil }
      unit = unit << 4 | digit
    }
    return unit
  }

  /// The value of a hexadecimal digit.
  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// Adds what the escape stands for, in UTF-8, or the escape itself if nobody knows it.
  func append(to bytes: inout [UInt8], from text: Span<UInt8>, at: Int) {
    if let scalar {
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    } else if defect != .nul {
      bytes.append(text[at])
    }
  }
}
