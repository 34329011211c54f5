/// Finds and replaces the members of a JSON object as `JSONWriter` writes it.
///
/// It relies on that form: no spaces, no duplicate keys. Rows are kept as text, so that an account of a million contacts fits in memory.
struct RowText: Sendable {
  private(set) var bytes: [UInt8]
  /// Where `links` are to be put in: before the key `id`.
  private(set) var linksAt: Int

  init(_ fields: Fields) {
    // Copied to its exact size: a growing array has up to twice what it needs, a million times.
    let text = JSONWriter.text(of: .object(fields))
    bytes = [UInt8](unsafeUninitializedCapacity: text.count) { buffer, count in
      count = buffer.initialize(fromContentsOf: text)
    }
    linksAt = 0
    linksAt = member("id").map(\.key) ?? bytes.count - 1
  }

  /// The JSON text of a key's value; nil when there is no such key.
  func value(of key: String) -> ArraySlice<UInt8>? {
    member(key).map { bytes[$0.value] }
  }

  /// A key's value as a plain string: texts unescaped, numbers as they stand, nil for null.
  func string(of key: String) -> String? {
    guard let value = value(of: key), value.first != UInt8(ascii: "n") else { return nil }
    return Self.unescaped(value)
  }

  /// The instant under a key; nil when there is none.
  func instant(of key: String) -> Int? {
    guard let value = value(of: key) else { return nil }
    return CentralTime.instant(ofISO: value.dropFirst().dropLast())
      ?? GivenTime(Self.unescaped(value))?.instant(in: .central)
  }

  func int(of key: String) -> Int? {
    string(of: key).flatMap { Int($0) }
  }

  /// A key's list of ids; empty when it holds none.
  func ids(of key: String) -> [Int] {
    guard let value = value(of: key) else { return [] }
    return value.split { !(0x30...0x39).contains($0) }.compactMap {
      Int(String(decoding: $0, as: UTF8.self))
    }
  }

  /// Puts another value under a key; an unknown key is appended.
  mutating func set(_ key: String, to value: RowValue) {
    let text = JSONWriter.text(of: value)
    if let place = member(key)?.value {
      bytes.replaceSubrange(place, with: text)
    } else {
      var writer = JSONWriter()
      writer.raw(",")
      writer.key(key)
      writer.raw(text)
      bytes.insert(contentsOf: writer.bytes, at: bytes.count - 1)
    }
    linksAt = member("id").map(\.key) ?? bytes.count - 1
  }

  /// Where a key starts, and the range of its value.
  private func member(_ key: String) -> (key: Int, value: Range<Int>)? {
    let wanted = Array(key.utf8)
    return bytes.withUnsafeBufferPointer { text in
      var index = 1
      while index < text.count, text[index] == UInt8(ascii: "\"") {
        let start = index
        let keyEnd = Self.end(ofStringAt: index, in: text)
        let valueEnd = Self.end(ofValueAt: keyEnd + 1, in: text)
        let length = keyEnd - start - 2
        if length == wanted.count, text[(start + 1)..<(keyEnd - 1)].elementsEqual(wanted) {
          return (start, (keyEnd + 1)..<valueEnd)
        }
        index = valueEnd + 1
      }
      return nil
    }
  }

  private static func end(ofStringAt start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var index = start + 1
    while index < text.count {
      if text[index] == UInt8(ascii: "\\") {
        index += 1
      } else if text[index] == UInt8(ascii: "\"") {
        return index + 1
      }
      index += 1
    }
    return index
  }

  private static func end(ofValueAt start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var index = start
    var depth = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\""):
        index = end(ofStringAt: index, in: text) - 1
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return index }
        depth -= 1
      case UInt8(ascii: ",") where depth == 0:
        return index
      default:
        break
      }
      index += 1
    }
    return index
  }
}

extension RowText {
  private static func unescaped(_ value: ArraySlice<UInt8>) -> String {
    guard value.first == UInt8(ascii: "\"") else { return String(decoding: value, as: UTF8.self) }
    let inner = value.dropFirst().dropLast()
    guard inner.contains(UInt8(ascii: "\\")) else { return String(decoding: inner, as: UTF8.self) }
    var units: [UInt16] = []
    var rest = inner
    while let byte = rest.popFirst() {
      units.append(byte == UInt8(ascii: "\\") ? escape(&rest) : UInt16(byte))
    }
    return String(decoding: units, as: UTF16.self)
  }

  private static func escape(_ rest: inout ArraySlice<UInt8>) -> UInt16 {
    let mark = rest.popFirst() ?? 0
    switch mark {
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "u"):
      let digits = String(decoding: rest.prefix(4), as: UTF8.self)
      rest = rest.dropFirst(4)
      return UInt16(digits, radix: 16) ?? 0xFFFD
    default: return UInt16(mark)
    }
  }
}
