import Catalog

/// One value of a column, read from JSON; where it did not fit, why.
struct DecodedValue {
  var value: Value
  /// Why the value is null instead, or how it was mended; nil if it fits as sent.
  var reason: String?

  init(_ value: Value) { self.value = value }

  static func unfit(_ reason: String) -> DecodedValue {
    var decoded = DecodedValue(.null)
    decoded.reason = reason
    return decoded
  }
}

/// Reads values by their column's kind, strings and numbers alike wherever the API mixes them.
struct ValueDecoder {
  /// Whether times without an offset are UTC; else they are US Central.
  let bareTimesAreUTC: Bool

  /// Reads `slice` of `text` as `kind`.
  func decode(_ slice: JSONSlice, in text: Span<UInt8>, as kind: Column.Kind) -> DecodedValue {
    if slice.kind == .null { return DecodedValue(.null) }
    switch kind {
    case .text: return Self.text(slice, in: text)
    case .jsonb: return Self.json(slice, in: text)
    case .embeddedJSON: return Self.embedded(slice, in: text)
    default: break
    }
    guard slice.traits.contains(.escapes) || slice.traits.contains(.defects) else {
      return scalar(slice.kind, slice.content, of: text, as: kind)
    }
    // Times and numbers need no escapes, but may have them: `2018\/09`.
    var repairs: JSONRepairs = []
    let plain = Array(JSONString.decoded(slice, in: text, repairs: &repairs).utf8)
    return scalar(slice.kind, 0..<plain.count, of: plain.span, as: kind)
  }

  func scalar(
    _ json: JSONSlice.Kind, _ range: Range<Int>, of text: Span<UInt8>, as kind: Column.Kind
  ) -> DecodedValue {
    if json == .object || json == .array { return .unfit("\(json) where \(kind) is expected") }
    let range = Self.trimmed(range, of: text)
    if range.isEmpty { return DecodedValue(.null) }
    switch kind {
    case .bigint: return Self.integer(json, range, of: text, within: .min ... .max)
    case .smallint: return Self.integer(json, range, of: text, within: -32768...32767)
    case .boolean: return Self.boolean(range, of: text)
    case .numeric:
      guard JSONNumber.fits(range, of: text) else { return .unfit("not a number in range") }
      return DecodedValue(.text(JSONString.copied(range, of: text)))
    default: return time(range, of: text, as: kind)
    }
  }

  private func time(_ range: Range<Int>, of text: Span<UInt8>, as kind: Column.Kind) -> DecodedValue
  {
    switch TimeText.read(range, of: text) {
    case .none: return DecodedValue(.null)
    case .unreadable: return .unfit("not a \(kind == .date ? "date" : "time")")
    case .time(let time):
      switch kind {
      case .date: return DecodedValue(.day(time.day))
      case .timestamp: return DecodedValue(.wallClock(microseconds: time.wallClock))
      default: return DecodedValue(.instant(instant(of: time)))
      }
    }
  }

  private func instant(of time: TimeText) -> Instant {
    let bare =
      bareTimesAreUTC
      ? 0 : CentralTime.offset(on: time.day, hour: time.microseconds / 3_600_000_000)
    return Instant(microseconds: time.wallClock - (time.offset ?? bare) * 1_000_000)
  }

  private static func trimmed(_ range: Range<Int>, of text: Span<UInt8>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, text[start] == 0x20 { start += 1 }
    while end > start, text[end - 1] == 0x20 { end -= 1 }
    return start..<end
  }

  /// Digits with an optional sign; a fraction of zeros only is dropped; a flag counts as 0 or 1.
  private static func integer(
    _ json: JSONSlice.Kind, _ range: Range<Int>, of text: Span<UInt8>,
    within bounds: ClosedRange<Int64>
  ) -> DecodedValue {
    if json == .true || json == .false { return DecodedValue(.integer(json == .true ? 1 : 0)) }
    var at = range.lowerBound
    let isNegative = text[at] == UInt8(ascii: "-")
    if isNegative || text[at] == UInt8(ascii: "+") { at += 1 }
    // Counted below zero, where Int64 reaches one further.
    var value: Int64 = 0
    let start = at
    while at < range.upperBound, text[at] &- UInt8(ascii: "0") < 10 {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (next, more) = tens.subtractingReportingOverflow(Int64(text[at] - UInt8(ascii: "0")))
      if overflow || more { return .unfit("number out of range") }
      value = next
      at += 1
    }
    guard at > start, isZeroFraction(at..<range.upperBound, of: text) else {
      return .unfit("not a whole number")
    }
    if !isNegative, value == .min { return .unfit("number out of range") }
    let signed = isNegative ? value : -value
    return bounds.contains(signed) ? DecodedValue(.integer(signed)) : .unfit("number out of range")
  }

  private static func isZeroFraction(_ range: Range<Int>, of text: Span<UInt8>) -> Bool {
    if range.isEmpty { return true }
    guard text[range.lowerBound] == UInt8(ascii: "."), range.count > 1 else { return false }
    return range.dropFirst().allSatisfy { text[$0] == UInt8(ascii: "0") }
  }

  private static func boolean(_ range: Range<Int>, of text: Span<UInt8>) -> DecodedValue {
    if range.count == 1 {
      switch text[range.lowerBound] {
      case UInt8(ascii: "0"): return DecodedValue(.boolean(false))
      case UInt8(ascii: "1"): return DecodedValue(.boolean(true))
      default: break
      }
    }
    return switch JSONString.copied(range, of: text) {
    case "true": DecodedValue(.boolean(true))
    case "false": DecodedValue(.boolean(false))
    default: .unfit("neither 0 nor 1, true nor false")
    }
  }

  private static func text(_ slice: JSONSlice, in text: Span<UInt8>) -> DecodedValue {
    switch slice.kind {
    case .string:
      var repairs: JSONRepairs = []
      var decoded = DecodedValue(.text(JSONString.decoded(slice, in: text, repairs: &repairs)))
      if !repairs.isEmpty { decoded.reason = repairs.reason }
      return decoded
    case .object, .array:
      return .unfit("\(slice.kind) where text is expected")
    default:
      return DecodedValue(.text(JSONString.copied(slice.range, of: text)))
    }
  }

  private static func json(_ slice: JSONSlice, in text: Span<UInt8>) -> DecodedValue {
    if !slice.traits.contains(.defects) {
      return DecodedValue(.json(JSONString.copied(slice.range, of: text)))
    }
    var bytes: [UInt8] = []
    var repairs: JSONRepairs = []
    do {
      try JSONMending.append(slice, of: text, to: &bytes, repairs: &repairs)
    } catch {
      return .unfit("not JSON")
    }
    var decoded = DecodedValue(.json(String(decoding: bytes, as: UTF8.self)))
    if !repairs.isEmpty { decoded.reason = repairs.reason }
    return decoded
  }

  /// JSON inside a string; what is not in a string is taken as it is.
  private static func embedded(_ slice: JSONSlice, in text: Span<UInt8>) -> DecodedValue {
    guard slice.kind == .string else { return json(slice, in: text) }
    var repairs: JSONRepairs = []
    let inner = Array(JSONString.decoded(slice, in: text, repairs: &repairs).utf8)
    if inner.allSatisfy({ $0 == 0x20 }) { return DecodedValue(.null) }
    let span = inner.span
    var reader = JSONReader()
    var decoded: DecodedValue
    do throws(JSONFault) {
      let value = try reader.value(in: span)
      try reader.finish(in: span)
      decoded = value.kind == .null ? DecodedValue(.null) : json(value, in: span)
    } catch {
      decoded = .unfit("the text is not JSON")
    }
    if decoded.reason == nil, !repairs.isEmpty { decoded.reason = repairs.reason }
    return decoded
  }
}
