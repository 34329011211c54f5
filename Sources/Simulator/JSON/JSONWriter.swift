/// Writes JSON as PHP does: ASCII only, `\uXXXX` for the rest, and `\/` for slashes.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  init(reserving capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  /// The JSON text of a value.
  static func text(of value: RowValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(value)
    return writer.bytes
  }

  mutating func write(_ value: RowValue) {
    switch value {
    case .null: raw("null")
    case .bool(let flag): raw(flag ? "true" : "false")
    case .number(let number): raw(String(number))
    case .text(let text): write(text)
    case .array(let values): write(values)
    case .object(let fields): write(fields)
    }
  }

  private mutating func write(_ values: [RowValue]) {
    raw("[")
    for (index, value) in values.enumerated() {
      if index > 0 { raw(",") }
      write(value)
    }
    raw("]")
  }

  /// An empty object is written as PHP writes it: `[]`.
  private mutating func write(_ fields: Fields) {
    guard !fields.members.isEmpty else { return raw("[]") }
    raw("{")
    for (index, member) in fields.members.enumerated() {
      if index > 0 { raw(",") }
      key(member.key)
      write(member.value)
    }
    raw("}")
  }

  /// A key and its colon.
  mutating func key(_ key: String) {
    write(key)
    raw(":")
  }

  /// A quoted, escaped string.
  mutating func write(_ text: String) {
    raw("\"")
    // Most strings are plain ASCII, so whole bytes go over; anything else falls back to scalars.
    var copy = text
    let isPlain = copy.withUTF8 { source in
      for byte in source
      where byte < 0x20 || byte >= 0x80 || byte == 0x22 || byte == 0x5C || byte == 0x2F {
        return false
      }
      bytes.append(contentsOf: source)
      return true
    }
    if !isPlain {
      for unit in text.utf16 { write(unit) }
    }
    raw("\"")
  }

  /// One UTF-16 unit: a character outside the basic plane thus becomes a surrogate pair.
  private mutating func write(_ unit: UInt16) {
    switch unit {
    case 0x22: raw("\\\"")
    case 0x5C: raw("\\\\")
    case 0x2F: raw("\\/")
    case 0x08: raw("\\b")
    case 0x0C: raw("\\f")
    case 0x0A: raw("\\n")
    case 0x0D: raw("\\r")
    case 0x09: raw("\\t")
    case 0x20..<0x80: bytes.append(UInt8(unit))
    default:
      raw("\\u")
      for shift in [12, 8, 4, 0] {
        let digit = UInt8((unit >> UInt16(shift)) & 0xF)
        bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
  }

  /// Text that is JSON already.
  mutating func raw(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func raw(_ text: String) {
    var copy = text
    copy.withUTF8 { bytes.append(contentsOf: $0) }
  }

  mutating func raw(_ text: some Sequence<UInt8>) {
    bytes.append(contentsOf: text)
  }
}
