/// The bytes that an object's key mostly has, `"name":`, and whether they stand somewhere in a text.
///
/// One comparison takes the place of finding the key's end, its colon, and its name in a table.
struct KeySpelling {
  /// With its quotes and colon; a longer one is not compared, only read.
  static let maxBytes = 32

  /// How many bytes it has.
  let byteCount: Int
  /// Eight bytes a word, the first one lowest.
  private let words: SIMD4<UInt64>
  /// 0xFF for each byte that counts.
  private let mask: SIMD4<UInt64>

  /// Nil for a name that is too long, or that JSON has to spell with escapes.
  init?(_ name: [UInt8]) {
    let spelled = [UInt8(ascii: "\"")] + name + [UInt8(ascii: "\""), UInt8(ascii: ":")]
    let isPlain = name.allSatisfy {
      (0x20..<0x80).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    guard isPlain, spelled.count <= Self.maxBytes else { return nil }
    byteCount = spelled.count
    var (words, mask) = (SIMD4<UInt64>(), SIMD4<UInt64>())
    for (index, byte) in spelled.enumerated() {
      words[index / 8] |= UInt64(byte) << (index % 8 * 8)
      mask[index / 8] |= 0xFF << (index % 8 * 8)
    }
    (self.words, self.mask) = (words, mask)
  }

  /// Whether it stands at `position` of `text`; false too where the text ends too soon to tell.
  func stands(at position: Int, in text: Span<UInt8>) -> Bool {
    guard position <= text.count - Self.maxBytes else { return false }
    var differing: UInt64 = 0
    for index in 0..<4 {
      // Inside the text, as was just checked.
      let word = text.bytes.unsafeLoadUnaligned(
        fromByteOffset: position &+ index &* 8, as: UInt64.self)
      differing |= (UInt64(littleEndian: word) ^ words[index]) & mask[index]
    }
    return differing == 0
  }
}
