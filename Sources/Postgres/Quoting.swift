extension String {
  /// The text with a byte put before each byte for which there is one.
  ///
  /// Byte by byte, as the server reads it: to `replacing`, a quote with a combining mark behind it
  /// is another character than a quote, and would stay as it is and end the quoted text.
  func escaped(_ escape: (UInt8) -> UInt8?) -> String {
    guard utf8.contains(where: { escape($0) != nil }) else { return self }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count + 16)
    for byte in utf8 {
      if let first = escape(byte) { bytes.append(first) }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text with each of these bytes twice.
  func doubling(_ bytes: UInt8...) -> String {
    escaped { bytes.contains($0) ? $0 : nil }
  }
}

extension UInt8 {
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let backslash = UInt8(ascii: "\\")
}
