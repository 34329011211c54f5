import Catalog

/// Turns the JSON objects of a page into rows, one after the other.
struct RowDecoder {
  /// The longest raw value that is kept of one that did not fit.
  static let maxRawBytes = 8 << 10
  /// The column of what nobody declared.
  private static let extraColumn = "_extra"

  private let definition: StreamDefinition
  private let keyIndex: Int
  /// Positions of the columns that the key is made from; none where the API sends it.
  private let keyParts: [Int]
  /// Whether anything of a row is to be seen nowhere, or not as it was sent.
  private let withholds: Bool
  /// Position of the column that a row fills which is no object; nil where rows are objects.
  private let bareIndex: Int?
  private let kinds: [Column.Kind]
  private let values: ValueDecoder
  /// The stream's fields, by the rows so far.
  private(set) var fields: FieldTable
  /// Undeclared members of the row at hand, as the inside of a JSON object.
  private var extra: [UInt8] = []
  private var extraRepairs: JSONRepairs = []

  /// Undeclared fields so far, by number, and those inside objects by their path.
  private var undeclaredFields: Set<FieldTable.Number> = []
  private var undeclaredPaths: Set<String> = []

  /// Rows so far.
  private(set) var rows: [Row] = []
  /// Values that did not fit so far.
  private(set) var rejected: [RejectedValue] = []
  /// Array elements so far, whatever they were.
  private(set) var received = 0

  init(_ definition: StreamDefinition, _ fields: FieldTable) {
    self.definition = definition
    keyIndex = definition.keyIndex
    kinds = definition.columns.map(\.kind)
    keyParts = definition.columns[keyIndex].madeFrom.compactMap { field in
      definition.columns.firstIndex { $0.field == field && !$0.isKey }
    }
    withholds =
      definition.hidesFields || !definition.shape.deselected.isEmpty
      || !definition.shape.keepsUndeclared
    bareIndex = definition.columns.firstIndex { $0.field.isEmpty && !$0.isKey }
    values = ValueDecoder(bareTimesAreUTC: Self.pathsInUTC.contains(definition.path))
    self.fields = fields
  }

  /// Lists whose times, where they have no offset, are UTC (unverified: activecampaign-api.md, 1.6).
  private static let pathsInUTC: Set<String> = [
    "dealCustomFieldMeta", "dealCustomFieldData", "accountCustomFieldMeta",
    "accountCustomFieldData",
  ]

  /// Names of the fields so far that nobody declared, as `_extra` has them.
  var undeclared: Set<String> { undeclaredPaths.union(fields.names(of: undeclaredFields)) }

  /// Reads the next element of the array of rows.
  mutating func read(_ reader: inout JSONReader, in text: Span<UInt8>) throws(JSONFault) {
    let isObject = try reader.peek(in: text) == UInt8(ascii: "{")
    received += 1
    guard isObject else {
      let slice = try reader.value(in: text, depth: 2)
      if let bareIndex, slice.kind == .string {
        var row = [Value](repeating: .missing, count: kinds.count)
        row[bareIndex] = values.decode(slice, in: text, as: kinds[bareIndex]).value
        extra.removeAll(keepingCapacity: true)
        return finish(row, rejected.count, slice.range.lowerBound, in: text)
      }
      // Its parts have no names by which some could be left out.
      let raw = withholds ? RejectedValue.withheldWhole : Self.raw(slice, in: text)
      refuse("a row that is \(slice.kind), not an object", raw)
      return
    }
    let start = reader.position
    let rejectedBefore = rejected.count
    var row = [Value](repeating: .missing, count: kinds.count)
    extra.removeAll(keepingCapacity: true)
    extraRepairs = []
    try members(&reader, in: text, into: &row)
    finish(row, rejectedBefore, start, in: text)
  }

  private mutating func members(
    _ reader: inout JSONReader, in text: Span<UInt8>, into row: inout [Value]
  ) throws(JSONFault) {
    try reader.expect(UInt8(ascii: "{"), in: text)
    var field = FieldTable.start
    while try reader.hasMember(in: text, isFirst: field == FieldTable.start) {
      let key: JSONSlice
      (field, key) = try self.field(after: field, &reader, in: text)
      switch fields.destiny(of: field) {
      case .column(let index):
        take(try reader.value(in: text, depth: 3), in: text, as: index, into: &row)
      case .rewritten(let index):
        rewrite(try reader.value(in: text, depth: 3), in: text, as: index, into: &row)
      case .omitted: try reader.skip(in: text, depth: 3)
      case .object: try inner(of: Self.name(of: key, in: text), key, &reader, in: text, into: &row)
      case .extra:
        undeclaredFields.insert(field)
        try keep(key, try reader.value(in: text, depth: 3), in: text)
      }
    }
  }

  private mutating func take(
    _ slice: JSONSlice, in text: Span<UInt8>, as index: Int, into row: inout [Value]
  ) {
    let decoded = values.decode(slice, in: text, as: kinds[index])
    row[index] = decoded.value
    if let reason = decoded.reason {
      let raw = Self.raw(slice, in: text)
      reject(key: nil, definition.columns[index].name, raw, reason)
    }
  }

  private mutating func rewrite(
    _ slice: JSONSlice, in text: Span<UInt8>, as index: Int, into row: inout [Value]
  ) {
    let decoded = values.rewritten(slice, in: text, for: definition.columns[index])
    row[index] = decoded.value
    if let reason = decoded.reason {
      reject(key: nil, definition.columns[index].name, RejectedValue.withheld, reason)
    }
  }

  /// Reads an object whose members are fields of the row; anything else in its place is undeclared.
  private mutating func inner(
    of name: [UInt8], _ key: JSONSlice, _ reader: inout JSONReader, in text: Span<UInt8>,
    into row: inout [Value]
  ) throws(JSONFault) {
    guard try reader.peek(in: text) == UInt8(ascii: "{") else {
      let slice = try reader.value(in: text, depth: 3)
      // PHP writes an object without members as a list.
      let isEmpty = slice.kind == .null || slice.range.count == 2
      guard !isEmpty else { return }
      guard hidesInside(name) else { return try keep(key, slice, in: text) }
      let reason = "\(slice.kind) where an object is, in a field that members are hidden of"
      reject(key: nil, Self.extraColumn, RejectedValue.withheldWhole, reason)
      return
    }
    try reader.expect(UInt8(ascii: "{"), in: text)
    var isFirst = true
    while let key = try reader.key(in: text, isFirst: isFirst) {
      isFirst = false
      let path = name + [UInt8(ascii: ".")] + Self.name(of: key, in: text)
      switch fields.destiny(of: path) {
      case .column(let index):
        take(try reader.value(in: text, depth: 4), in: text, as: index, into: &row)
      case .rewritten(let index):
        rewrite(try reader.value(in: text, depth: 4), in: text, as: index, into: &row)
      case .omitted: try reader.skip(in: text, depth: 4)
      case .object: try inner(of: path, key, &reader, in: text, into: &row)
      case .extra:
        undeclaredPaths.insert(String(decoding: path, as: UTF8.self))
        try keep(key, below: name, try reader.value(in: text, depth: 4), in: text)
      }
    }
  }

  /// Whether any of what may lie in an object is to be seen nowhere.
  private func hidesInside(_ name: [UInt8]) -> Bool {
    let path = String(decoding: name, as: UTF8.self) + "."
    return withholds || definition.omitted.contains { $0.hasPrefix(path) }
  }

  /// Consumes the key of a row's next member.
  private mutating func field(
    after previous: FieldTable.Number, _ reader: inout JSONReader, in text: Span<UInt8>
  ) throws(JSONFault) -> (FieldTable.Number, JSONSlice) {
    if let (guess, spelling) = fields.guess(after: previous),
      let key = reader.key(spelled: spelling, in: text)
    {
      return (guess, key)
    }
    let key = try reader.key(in: text)
    return (fields.number(of: Self.name(of: key, in: text), after: previous), key)
  }

  private static func name(of key: JSONSlice, in text: Span<UInt8>) -> [UInt8] {
    var repairs: JSONRepairs = []
    return Array(JSONString.decoded(key, in: text, repairs: &repairs).utf8)
  }

  /// - Parameter object: the name of the object that the member stands in, which its own is put
  ///   behind; nil for the row itself.
  private mutating func keep(
    _ key: JSONSlice, below object: [UInt8]? = nil, _ slice: JSONSlice, in text: Span<UInt8>
  ) throws(JSONFault) {
    extra.append(extra.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
    let start = extra.count
    try JSONMending.append(key, of: text, to: &extra, repairs: &extraRepairs)
    if let object { extra.insert(contentsOf: object + [UInt8(ascii: ".")], at: start + 1) }
    extra.append(UInt8(ascii: ":"))
    try JSONMending.append(slice, of: text, to: &extra, repairs: &extraRepairs)
  }

  /// Keeps the row if its key is usable; what did not fit is named after the key either way.
  private mutating func finish(
    _ row: [Value], _ rejectedBefore: Int, _ start: Int, in text: Span<UInt8>
  ) {
    var row = row
    if !keyParts.isEmpty { row[keyIndex] = MadeKey.value(of: keyParts.map { row[$0] }) }
    guard case .integer(let key) = row[keyIndex] else {
      rejected.removeSubrange(rejectedBefore...)
      refuse("a row without a usable key", rawRow(from: start, in: text))
      return
    }
    var extraText: String?
    if !extra.isEmpty {
      extra.append(UInt8(ascii: "}"))
      extraText = String(decoding: extra, as: UTF8.self)
      if !extraRepairs.isEmpty {
        reject(key: key, Self.extraColumn, extraText ?? "", extraRepairs.reason)
      }
    }
    for index in rejectedBefore..<rejected.count { rejected[index].key = key }
    rows.append(Row(key: key, values: row, extra: extraText))
  }

  private mutating func refuse(_ reason: String, _ raw: String) {
    reject(key: nil, definition.columns[keyIndex].name, raw, reason)
  }

  private mutating func reject(key: Int64?, _ column: String, _ raw: String, _ reason: String) {
    let cut = raw.utf8.count > Self.maxRawBytes ? raw.cut(atMost: Self.maxRawBytes) : raw
    rejected.append(RejectedValue(key: key, column: column, raw: cut, reason: reason))
  }

  /// The row that begins at `start` as JSON without the fields that go nowhere as they are.
  private func rawRow(from start: Int, in text: Span<UInt8>) -> String {
    var reader = JSONReader(at: start + 1)
    var bytes: [UInt8] = []
    var repairs: JSONRepairs = []
    var isFirst = true
    while let key = try? reader.key(in: text, isFirst: isFirst),
      let slice = try? reader.value(in: text), bytes.count < Self.maxRawBytes
    {
      isFirst = false
      if isWithheld(Self.name(of: key, in: text)) { continue }
      bytes.append(bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
      // The text was read once, so that nothing can be wrong with its structure.
      try? JSONMending.append(key, of: text, to: &bytes, repairs: &repairs)
      bytes.append(UInt8(ascii: ":"))
      try? JSONMending.append(slice, of: text, to: &bytes, repairs: &repairs)
    }
    return String(decoding: bytes, as: UTF8.self) + (bytes.isEmpty ? "{}" : "}")
  }

  /// Whether a field is to be seen nowhere under its own name, or not as it was sent.
  private func isWithheld(_ name: [UInt8]) -> Bool {
    switch fields.destiny(of: name) {
    case .omitted, .rewritten: true
    case .column(let index): definition.shape.renamed.contains(definition.columns[index].field)
    // Looked into nowhere: any of what lies in it may be withheld.
    case .object: definition.omitted.contains { $0.contains(".") } || definition.hidesFields
    case .extra: false
    }
  }

  /// A value as the API sent it: the inside of a string, escapes and all, else its JSON.
  private static func raw(_ slice: JSONSlice, in text: Span<UInt8>) -> String {
    let range = slice.content
    let end = min(range.upperBound, range.lowerBound + maxRawBytes)
    let copy = JSONString.copied(range.lowerBound..<end, of: text)
    // NUL itself, not its escape: PostgreSQL takes neither, and this is only shown.
    return copy.contains("\0") ? copy.replacing("\0", with: "\u{2400}") : copy
  }
}

extension String {
  /// The beginning of this text, of at most `bytes` bytes and whole characters.
  fileprivate func cut(atMost bytes: Int) -> String {
    var end = utf8.index(startIndex, offsetBy: bytes)
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}
