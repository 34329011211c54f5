import Catalog

/// A number that stands for the values which name a row, where the API gives rows no number.
///
/// The engine and the warehouse know rows by numbers. Two different names share one of sixty-three
/// bits with a chance of one in a million among four million rows; such a pair would show as a row
/// that the service counts and the table lacks, not pass in silence.
enum MadeKey {
  /// The number for some values of a row; null where one of them is absent.
  static func value(of parts: [Value]) -> Value {
    var name: [UInt8] = []
    for part in parts {
      guard let text = text(of: part) else { return .null }
      // The length keeps ("ab", "c") and ("a", "bc") apart.
      name += "\(text.utf8.count):\(text)".utf8
    }
    return .integer(Int64(StableHash.of(name) >> 1))
  }

  private static func text(of value: Value) -> String? {
    switch value {
    case .text(let text): text.isEmpty ? nil : text
    case .integer(let number): String(number)
    default: nil
    }
  }
}
