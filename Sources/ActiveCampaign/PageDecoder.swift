import Catalog
import Synchronization

/// Turns the body of an answer into a page, by the stream's declaration; knows no network.
final class PageDecoder: Sendable {
  private let definition: StreamDefinition
  /// The stream's fields, and what the pages so far have taught about their order.
  private let fields: Mutex<FieldTable>

  init(_ definition: StreamDefinition) {
    self.definition = definition
    fields = Mutex(FieldTable(definition))
  }

  /// Reads a whole page, or nothing: a body that is cut off has no rows worth keeping.
  ///
  /// - Parameter beside: decoders of other streams' rows that may stand beside the page's.
  /// - Throws: why the body is no page.
  func decode(
    _ body: [UInt8], serverTime: Instant, beside: [PageDecoder] = []
  ) throws(PageError.UnreadableBody) -> Page {
    let text = body.span
    let start = Self.firstByte(of: text)
    guard start < text.count else { throw .empty }
    var envelope = Envelope(([self] + beside).map(\.blank))
    do throws(JSONFault) {
      try envelope.read(from: start, in: text)
    } catch {
      throw Self.reason(for: error, startingAt: start, in: text)
    }
    if let title = envelope.reportedError { throw .errors(title?.printable(atMost: 200)) }
    guard let rows = envelope.arrays[0].rows ?? blankRows(of: envelope) else {
      throw .noRows(key: definition.rows)
    }
    var page = learned(from: rows, at: serverTime)
    page.total = envelope.total
    for (decoder, array) in zip(beside, envelope.arrays.dropFirst()) {
      page.beside[decoder.definition.id] = array.rows.map {
        decoder.learned(from: $0, at: serverTime)
      }
    }
    return page
  }

  private var blank: Envelope.Array { Envelope.Array(definition, fields.withLock { $0 }) }

  /// No rows, where an answer without members says so.
  private func blankRows(of envelope: Envelope) -> RowDecoder? {
    envelope.isBlank && blank.holdsOneRow ? RowDecoder(definition, blank.fields) : nil
  }

  /// The page of an array's rows; what they taught about the order of fields is kept.
  private func learned(from rows: RowDecoder, at time: Instant) -> Page {
    fields.withLock { $0 = rows.fields }
    var page = Page(
      rows: rows.rows, received: rows.received, total: nil, serverTime: time,
      rejected: rows.rejected)
    page.undeclared = rows.undeclared
    return page
  }

  /// Where the text begins behind a byte order mark and white space.
  private static func firstByte(of text: Span<UInt8>) -> Int {
    var start = 0
    if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { start = 3 }
    while start < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[start]) { start += 1 }
    return start
  }

  private static func reason(
    for fault: JSONFault, startingAt start: Int, in text: Span<UInt8>
  ) -> PageError.UnreadableBody {
    if text[start] == UInt8(ascii: "<") { return .html }
    switch fault {
    case .endsEarly: return .cutOff
    case .unexpected(let position), .tooDeep(let position), .trailing(let position):
      return .notJSON(at: position)
    }
  }
}

/// What surrounds the rows of a page: an object whose members come in any order.
private struct Envelope {
  /// An array of rows that is looked for.
  struct Array {
    fileprivate let definition: StreamDefinition
    fileprivate let fields: FieldTable
    fileprivate let key: [UInt8]
    /// The rows; nil if there is no array of them; of two arrays, the last one's.
    fileprivate(set) var rows: RowDecoder?
    /// Whether what stands there is one row of the parent's instead of a list, or nothing at all.
    fileprivate var holdsOneRow: Bool {
      definition.paging == .atOnce && definition.parent?.listing == .path
    }

    init(_ definition: StreamDefinition, _ fields: FieldTable) {
      self.definition = definition
      self.fields = fields
      key = [UInt8](definition.rows.utf8)
    }
  }

  /// The page's own rows first, then those that may stand beside them.
  private(set) var arrays: [Array]
  /// The list's length, where it was told.
  private(set) var total: Int64?
  /// The title of the first error reported, if it has one; nil if none was reported.
  private(set) var reportedError: String??
  /// Whether it is an object without members.
  private(set) var isBlank = false

  init(_ arrays: [Array]) { self.arrays = arrays }

  mutating func read(from start: Int, in text: Span<UInt8>) throws(JSONFault) {
    var reader = JSONReader(at: start)
    guard try reader.peek(in: text) == UInt8(ascii: "{") else {
      // Sound JSON of another kind has no rows; anything else is no JSON.
      _ = try reader.value(in: text)
      return try reader.finish(in: text)
    }
    try reader.expect(UInt8(ascii: "{"), in: text)
    var isFirst = true
    while let key = try reader.key(in: text, isFirst: isFirst) {
      isFirst = false
      try member(named: name(of: key, in: text), &reader, in: text)
    }
    isBlank = isFirst
    try reader.finish(in: text)
  }

  private func name(of key: JSONSlice, in text: Span<UInt8>) -> [UInt8] {
    var repairs: JSONRepairs = []
    return [UInt8](JSONString.decoded(key, in: text, repairs: &repairs).utf8)
  }

  private mutating func member(
    named name: [UInt8], _ reader: inout JSONReader, in text: Span<UInt8>
  ) throws(JSONFault) {
    if let index = arrays.firstIndex(where: { $0.key == name }) {
      arrays[index].rows = try rows(of: arrays[index], &reader, in: text)
    } else if name == [UInt8]("meta".utf8) {
      total = Self.total(of: try reader.value(in: text, depth: 1), in: text)
    } else if name == [UInt8]("errors".utf8) {
      let slice = try reader.value(in: text, depth: 1)
      let isEmpty = slice.kind == .null || slice.range.count == 2
      reportedError = isEmpty ? nil : .some(ServiceMessage.title(of: slice, in: text))
    } else {
      _ = try reader.value(in: text, depth: 1)
    }
  }

  private func rows(
    of array: Array, _ reader: inout JSONReader, in text: Span<UInt8>
  ) throws(JSONFault) -> RowDecoder? {
    var decoder = RowDecoder(array.definition, array.fields)
    var isFirst = true
    if array.holdsOneRow, try reader.peek(in: text) == UInt8(ascii: "{") {
      try decoder.read(&reader, in: text)
      return decoder
    }
    switch try reader.peek(in: text) {
    case UInt8(ascii: "["):
      try reader.expect(UInt8(ascii: "["), in: text)
      while try reader.hasElement(in: text, isFirst: isFirst) {
        isFirst = false
        try decoder.read(&reader, in: text)
      }
      return decoder
    case UInt8(ascii: "{"):
      // PHP writes a list with gaps as an object with numbers for keys.
      try reader.expect(UInt8(ascii: "{"), in: text)
      var isList = true
      while let key = try reader.key(in: text, isFirst: isFirst) {
        isFirst = false
        isList = isList && key.content.allSatisfy { text[$0] &- UInt8(ascii: "0") < 10 }
        try decoder.read(&reader, in: text)
      }
      return isList && decoder.received > 0 ? decoder : nil
    default:
      _ = try reader.value(in: text, depth: 1)
      return nil
    }
  }

  /// `total`, a number or a string of digits; nil where it is absent or something else.
  private static func total(of meta: JSONSlice, in text: Span<UInt8>) -> Int64? {
    JSONFields(of: meta, in: text).text("total", in: text).flatMap { Int64($0) }
  }
}
