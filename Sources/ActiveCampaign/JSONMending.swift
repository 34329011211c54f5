/// Turns a JSON value into the text of one that PostgreSQL accepts as `jsonb`.
enum JSONMending {
  private static let hexDigits = Array("0123456789abcdef".utf8)

  /// Appends `slice` of `text` to `output`: as it stands if it is sound, else written anew with
  /// what PostgreSQL refuses mended; `repairs` says how.
  static func append(
    _ slice: JSONSlice, of text: Span<UInt8>, to output: inout [UInt8],
    repairs: inout JSONRepairs
  ) throws(JSONFault) {
    guard slice.traits.contains(.defects) else {
      text.extracting(slice.range).withUnsafeBufferPointer { output.append(contentsOf: $0) }
      return
    }
    var reader = JSONReader(at: slice.range.lowerBound)
    try rewrite(&reader, slice, text, &output, &repairs)
  }

  private static func rewrite(
    _ reader: inout JSONReader, _ slice: JSONSlice, _ text: Span<UInt8>, _ output: inout [UInt8],
    _ repairs: inout JSONRepairs
  ) throws(JSONFault) {
    switch slice.kind {
    case .object:
      try reader.expect(UInt8(ascii: "{"), in: text)
      output.append(UInt8(ascii: "{"))
      var isFirst = true
      while let key = try reader.key(in: text, isFirst: isFirst) {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        isFirst = false
        try append(key, of: text, to: &output, repairs: &repairs)
        output.append(UInt8(ascii: ":"))
        try append(try reader.value(in: text), of: text, to: &output, repairs: &repairs)
      }
      output.append(UInt8(ascii: "}"))
    case .array:
      try reader.expect(UInt8(ascii: "["), in: text)
      output.append(UInt8(ascii: "["))
      var isFirst = true
      while try reader.hasElement(in: text, isFirst: isFirst) {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        isFirst = false
        try append(try reader.value(in: text), of: text, to: &output, repairs: &repairs)
      }
      output.append(UInt8(ascii: "]"))
    case .string:
      quote(JSONString.decoded(slice, in: text, repairs: &repairs), into: &output)
    case .number:
      // Only a number beyond the range of numeric has a defect.
      repairs.insert(.number)
      quote(JSONString.copied(slice.range, of: text), into: &output)
    case .true, .false, .null:
      text.extracting(slice.range).withUnsafeBufferPointer { output.append(contentsOf: $0) }
    }
  }

  /// Appends `text` as a JSON string.
  static func quote(_ text: String, into output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output += [UInt8(ascii: "\\"), byte]
      case ..<0x20:
        output += Array("\\u00".utf8)
        output += [hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
