/// The range of PostgreSQL's `numeric`, which is the range of numbers in `jsonb` too.
enum JSONNumber {
  /// A number without exponent and shorter than this is in range.
  static let surelyInRange = 1000
  private static let maxWholeDigits = 131_072
  private static let maxFractionDigits = 16_383
  private static let maxExponent = 200_000

  /// Whether PostgreSQL can hold the number that `range` of `text` spells.
  ///
  /// A number is an optional sign, digits, an optional fraction and an optional exponent; anything
  /// else is not held either.
  static func fits(_ range: Range<Int>, of text: Span<UInt8>) -> Bool {
    var at = range.lowerBound
    let end = range.upperBound
    if at < end, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") { at += 1 }
    let whole = digits(&at, end, text)
    var fraction = 0
    if at < end, text[at] == UInt8(ascii: ".") {
      at += 1
      fraction = digits(&at, end, text)
      if fraction == 0 { return false }
    }
    if whole == 0 { return false }
    guard let exponent = exponent(&at, end, text), at == end else { return false }
    return whole + exponent <= maxWholeDigits && fraction - exponent <= maxFractionDigits
  }

  private static func exponent(_ at: inout Int, _ end: Int, _ text: Span<UInt8>) -> Int? {
    guard at < end, text[at] | 0x20 == UInt8(ascii: "e") else { return 0 }
    at += 1
    var isNegative = false
    if at < end, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
      isNegative = text[at] == UInt8(ascii: "-")
      at += 1
    }
    let start = at
    var magnitude = 0
    while at < end, text[at] &- UInt8(ascii: "0") < 10 {
      magnitude = min(magnitude * 10 + Int(text[at] - UInt8(ascii: "0")), maxExponent)
      at += 1
    }
    return at == start ? nil : (isNegative ? -magnitude : magnitude)
  }

  private static func digits(_ at: inout Int, _ end: Int, _ text: Span<UInt8>) -> Int {
    let start = at
    while at < end, text[at] &- UInt8(ascii: "0") < 10 { at += 1 }
    return at - start
  }
}
