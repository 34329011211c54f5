import Catalog

extension RejectedValue {
  /// What stands for a value of a column whose values are not stored as they are sent.
  static let withheld = "(withheld: the column is transformed)"
  /// Stands for what holds several values, of which some are hidden or not selected.
  static let withheldWhole = "(withheld: some of its fields are hidden or not selected)"
}

extension ValueDecoder {
  /// Reads a value of a column that is not stored as it is sent.
  ///
  /// What is hidden shall not come through by way of an error: no reason holds any of it.
  func rewritten(
    _ slice: JSONSlice, in text: Span<UInt8>, for column: Column
  ) -> DecodedValue {
    guard let rewriting = column.rewriting else {
      return decode(slice, in: text, as: column.kind)
    }
    let sent = decode(slice, in: text, as: rewriting.isJSON ? .jsonb : .text)
    let plain: String
    switch sent.value {
    case .text(let text), .json(let text): plain = text
    default: return sent
    }
    guard let made = rewriting.applied(to: plain) else { return DecodedValue(.null) }
    var value = self.value(made, as: column.kind)
    value.reason = value.reason ?? sent.reason
    return value
  }

  /// A text read as a string of the API is.
  private func value(_ text: String, as kind: Column.Kind) -> DecodedValue {
    let bytes = Array(text.utf8)
    if kind == .text { return DecodedValue(.text(text)) }
    if kind == .jsonb || kind == .embeddedJSON {
      var reader = JSONReader()
      do throws(JSONFault) {
        let slice = try reader.value(in: bytes.span)
        try reader.finish(in: bytes.span)
        return decode(slice, in: bytes.span, as: .jsonb)
      } catch {
        return .unfit("the text is not JSON")
      }
    }
    return scalar(.string, 0..<bytes.count, of: bytes.span, as: kind)
  }
}
