/// Where in a text one JSON value lies, and what is known of it without decoding it.
struct JSONSlice {
  enum Kind { case object, array, string, number, `true`, `false`, null }

  let kind: Kind
  /// The value's bytes, the quotes of a string and the brackets of a container among them.
  let range: Range<Int>
  let traits: JSONTraits

  /// The bytes between the quotes of a string, or those of any other value.
  var content: Range<Int> {
    kind == .string ? range.lowerBound + 1..<range.upperBound - 1 : range
  }
}

/// What a value's text needs before it can be stored.
struct JSONTraits: OptionSet {
  let rawValue: UInt8
  /// It holds escapes.
  static let escapes = JSONTraits(rawValue: 1)
  /// It holds bytes above 0x7F, all of them sound UTF-8 unless `defects` is set too.
  static let nonASCII = JSONTraits(rawValue: 2)
  /// It holds something that PostgreSQL would refuse: NUL, a lone surrogate, a bad escape or
  /// control character, bytes that are no UTF-8, a number out of range.
  static let defects = JSONTraits(rawValue: 4)
}

/// Why a text is no JSON; `at` is the position of the byte that does not fit.
enum JSONFault: Error, Equatable {
  case endsEarly(at: Int)
  case unexpected(at: Int)
  case tooDeep(at: Int)
  case trailing(at: Int)
}

/// Reads JSON value by value, with every access checked, and decodes nothing.
///
/// The structure must be perfect, for a page that was cut off looks like one with errors. Defects
/// inside strings are only noted (`JSONTraits.defects`), so that a bad record does not cost the
/// other rows of its page.
struct JSONReader {
  /// Containers within containers beyond this are refused; the API sends fewer than ten.
  static let maxDepth = 128

  private(set) var position: Int

  init(at position: Int = 0) { self.position = position }

  /// Reads the next value to its end.
  mutating func value(in text: Span<UInt8>, depth: Int = 0) throws(JSONFault) -> JSONSlice {
    switch try peek(in: text) {
    case UInt8(ascii: "\""): return try string(in: text)
    case UInt8(ascii: "{"): return try object(in: text, depth: depth)
    case UInt8(ascii: "["): return try array(in: text, depth: depth)
    case UInt8(ascii: "t"): return try literal("true", .true, in: text)
    case UInt8(ascii: "f"): return try literal("false", .false, in: text)
    case UInt8(ascii: "n"): return try literal("null", .null, in: text)
    default: return try number(in: text)
    }
  }

  /// The next byte that is no white space, which is not consumed.
  mutating func peek(in text: Span<UInt8>) throws(JSONFault) -> UInt8 {
    skipSpace(in: text)
    guard position < text.count else { throw .endsEarly(at: position) }
    return text[position]
  }

  /// Consumes `byte`, which must be next.
  mutating func expect(_ byte: UInt8, in text: Span<UInt8>) throws(JSONFault) {
    guard try peek(in: text) == byte else { throw .unexpected(at: position) }
    position += 1
  }

  /// Consumes the key of an object's next member and its colon; nil at the object's end, which is
  /// consumed.
  mutating func key(in text: Span<UInt8>, isFirst: Bool) throws(JSONFault) -> JSONSlice? {
    guard try hasMember(in: text, isFirst: isFirst) else { return nil }
    return try key(in: text)
  }

  /// Moves to an object's next member; false at the object's end, which is consumed.
  mutating func hasMember(in text: Span<UInt8>, isFirst: Bool) throws(JSONFault) -> Bool {
    try separator(before: UInt8(ascii: "}"), in: text, isFirst: isFirst)
  }

  /// Consumes a member's key and its colon.
  mutating func key(in text: Span<UInt8>) throws(JSONFault) -> JSONSlice {
    guard try peek(in: text) == UInt8(ascii: "\"") else { throw .unexpected(at: position) }
    let key = try string(in: text)
    try expect(UInt8(ascii: ":"), in: text)
    return key
  }

  /// Consumes a member's key and its colon if they are spelled so; nil if they are not, and nothing
  /// is consumed.
  mutating func key(spelled spelling: KeySpelling, in text: Span<UInt8>) -> JSONSlice? {
    guard spelling.stands(at: position, in: text) else { return nil }
    defer { position += spelling.byteCount }
    // All but the colon.
    let end = position + spelling.byteCount - 1
    return JSONSlice(kind: .string, range: position..<end, traits: [])
  }

  /// Moves to an array's next element; false at the array's end, which is consumed.
  mutating func hasElement(in text: Span<UInt8>, isFirst: Bool) throws(JSONFault) -> Bool {
    try separator(before: UInt8(ascii: "]"), in: text, isFirst: isFirst)
  }

  /// Checks that nothing but white space is left.
  mutating func finish(in text: Span<UInt8>) throws(JSONFault) {
    skipSpace(in: text)
    guard position == text.count else { throw .trailing(at: position) }
  }

  // MARK: Skipping

  /// Reads the next value to its end as `value` does, with the same faults, but looks at nothing
  /// inside its strings.
  mutating func skip(in text: Span<UInt8>, depth: Int = 0) throws(JSONFault) {
    switch try peek(in: text) {
    case UInt8(ascii: "\""): try skipString(in: text)
    case UInt8(ascii: "{"):
      _ = try open(in: text, depth: depth)
      var isFirst = true
      while try hasMember(in: text, isFirst: isFirst) {
        isFirst = false
        guard try peek(in: text) == UInt8(ascii: "\"") else { throw .unexpected(at: position) }
        try skipString(in: text)
        try expect(UInt8(ascii: ":"), in: text)
        try skip(in: text, depth: depth + 1)
      }
    case UInt8(ascii: "["):
      _ = try open(in: text, depth: depth)
      var isFirst = true
      while try hasElement(in: text, isFirst: isFirst) {
        isFirst = false
        try skip(in: text, depth: depth + 1)
      }
    default: _ = try value(in: text, depth: depth)
    }
  }

  private mutating func skipString(in text: Span<UInt8>) throws(JSONFault) {
    guard let end = JSONString.end(after: position + 1, in: text) else {
      throw .endsEarly(at: text.count)
    }
    position = end + 1
  }

  // MARK: Inside

  private mutating func separator(
    before end: UInt8, in text: Span<UInt8>, isFirst: Bool
  ) throws(JSONFault) -> Bool {
    let next = try peek(in: text)
    if next == end {
      position += 1
      return false
    }
    if !isFirst {
      guard next == UInt8(ascii: ",") else { throw .unexpected(at: position) }
      position += 1
    }
    return true
  }

  private mutating func skipSpace(in text: Span<UInt8>) {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func object(in text: Span<UInt8>, depth: Int) throws(JSONFault) -> JSONSlice {
    let start = try open(in: text, depth: depth)
    var traits: JSONTraits = []
    var isFirst = true
    while let key = try key(in: text, isFirst: isFirst) {
      isFirst = false
      traits.formUnion(key.traits)
      traits.formUnion(try value(in: text, depth: depth + 1).traits)
    }
    return JSONSlice(kind: .object, range: start..<position, traits: traits)
  }

  private mutating func array(in text: Span<UInt8>, depth: Int) throws(JSONFault) -> JSONSlice {
    let start = try open(in: text, depth: depth)
    var traits: JSONTraits = []
    var isFirst = true
    while try hasElement(in: text, isFirst: isFirst) {
      isFirst = false
      traits.formUnion(try value(in: text, depth: depth + 1).traits)
    }
    return JSONSlice(kind: .array, range: start..<position, traits: traits)
  }

  private mutating func open(in text: Span<UInt8>, depth: Int) throws(JSONFault) -> Int {
    guard depth < Self.maxDepth else { throw .tooDeep(at: position) }
    position += 1
    return position - 1
  }

  private mutating func literal(
    _ spelling: StaticString, _ kind: JSONSlice.Kind, in text: Span<UInt8>
  ) throws(JSONFault) -> JSONSlice {
    let start = position
    for index in 0..<spelling.utf8CodeUnitCount {
      guard position < text.count else { throw .endsEarly(at: position) }
      // The spelling's own length bounds the index.
      guard text[position] == spelling.utf8Start[index] else { throw .unexpected(at: position) }
      position += 1
    }
    return JSONSlice(kind: kind, range: start..<position, traits: [])
  }

  private mutating func number(in text: Span<UInt8>) throws(JSONFault) -> JSONSlice {
    let start = position
    var end = start
    if end < text.count, text[end] == UInt8(ascii: "-") { end += 1 }
    let leading = end
    try Self.skipDigits(&end, in: text)
    guard end == leading + 1 || text[leading] != UInt8(ascii: "0") else {
      throw .unexpected(at: leading)
    }
    var isPlain = end - start < JSONNumber.surelyInRange
    if end < text.count, text[end] == UInt8(ascii: ".") {
      end += 1
      try Self.skipDigits(&end, in: text)
      isPlain = end - start < JSONNumber.surelyInRange
    }
    if end < text.count, text[end] | 0x20 == UInt8(ascii: "e") {
      isPlain = false
      end += 1
      if end < text.count, text[end] == UInt8(ascii: "+") || text[end] == UInt8(ascii: "-") {
        end += 1
      }
      try Self.skipDigits(&end, in: text)
    }
    position = end
    let isSound = isPlain || JSONNumber.fits(start..<end, of: text)
    return JSONSlice(kind: .number, range: start..<end, traits: isSound ? [] : .defects)
  }

  private static func skipDigits(_ end: inout Int, in text: Span<UInt8>) throws(JSONFault) {
    let start = end
    while end < text.count, text[end] &- UInt8(ascii: "0") < 10 { end += 1 }
    guard end > start else {
      throw end < text.count ? .unexpected(at: end) : .endsEarly(at: end)
    }
  }

  private mutating func string(in text: Span<UInt8>) throws(JSONFault) -> JSONSlice {
    let start = position
    var traits: JSONTraits = []
    guard let end = JSONString.end(after: start + 1, in: text, traits: &traits) else {
      throw .endsEarly(at: text.count)
    }
    position = end + 1
    if traits.contains(.nonASCII), !JSONString.isUTF8(start + 1..<end, of: text) {
      traits.insert(.defects)
    }
    return JSONSlice(kind: .string, range: start..<position, traits: traits)
  }
}
