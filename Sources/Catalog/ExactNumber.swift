/// A decimal number of any length, compared to its last digit.
public struct ExactNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
  private let isNegative: Bool
  /// Its digits without zeros at either end; none for zero.
  private let digits: [UInt8]
  /// How many of its digits stand before the point; below zero for zeros behind it.
  private let pointPosition: Int

  /// Reads `12`, `-0.50` or `1e3`; nil for anything else.
  public init?(_ text: String) {
    var rest = Substring(text)
    let sign = rest.first
    if sign == "-" || sign == "+" { rest = rest.dropFirst() }
    let parts = rest.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == "e" || $0 == "E" })
    guard let exponent = parts.count == 2 ? Int(parts[1]) : 0, abs(exponent) < 1_000_000,
      let mantissa = parts.first
    else { return nil }
    let halves = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let all = halves.flatMap { Array($0.utf8) }
    guard let whole = halves.first, !all.isEmpty, all.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    let leading = all.prefix { $0 == 48 }.count
    var kept = Array(all.dropFirst(leading))
    while kept.last == 48 { kept.removeLast() }
    digits = kept
    pointPosition = kept.isEmpty ? 0 : whole.utf8.count - leading + exponent
    isNegative = sign == "-" && !kept.isEmpty
  }

  /// The smaller number is the smaller.
  public static func < (one: ExactNumber, other: ExactNumber) -> Bool {
    if one.isNegative != other.isNegative { return one.isNegative }
    return one.isNegative ? other.isBelow(one) : one.isBelow(other)
  }

  /// Whether this number is the smaller one, signs aside.
  private func isBelow(_ other: ExactNumber) -> Bool {
    if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
    if pointPosition != other.pointPosition { return pointPosition < other.pointPosition }
    return digits.lexicographicallyPrecedes(other.digits)
  }

  /// Its digits and where its point stands.
  public var description: String {
    let sign = isNegative ? "-" : ""
    return digits.isEmpty
      ? "0" : "\(sign)0.\(String(decoding: digits, as: UTF8.self))e\(pointPosition)"
  }
}
