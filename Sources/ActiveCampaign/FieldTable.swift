import Catalog

/// What becomes of each of a stream's fields, found by the bytes of its name.
struct FieldTable {
  /// What becomes of a field.
  enum Destiny {
    /// It fills the column at this position.
    case column(Int)
    /// It is never stored.
    case omitted
    /// Nobody declared it.
    case extra
  }

  private struct Field {
    /// Where its name stands in `names`.
    let name: Range<Int>
    let destiny: Destiny
  }

  private var fields: [Field] = []
  /// All names in one piece: comparing them copies nothing.
  private var names: [UInt8] = []
  private var positions: [[UInt8]: Int] = [:]
  /// The fields of the row before, in its order: mostly those of the next row too.
  private var order: [Int] = []

  init(_ definition: StreamDefinition) {
    for (index, column) in definition.columns.enumerated() {
      add(Array(column.field.utf8), .column(index))
    }
    for name in definition.omitted { add(Array(name.utf8), .omitted) }
  }

  /// What becomes of the field whose name stands at `range`, as the `member`-th of its row.
  mutating func destiny(
    of range: Range<Int>, in text: Span<UInt8>, member: Int
  ) -> Destiny {
    if member < order.count {
      let guess = fields[order[member]]
      if isName(guess.name, at: range, text) { return guess.destiny }
    }
    let name = range.map { text[$0] }
    let position = positions[name] ?? add(name, .extra)
    if member < order.count {
      order[member] = position
    } else if member == order.count {
      order.append(position)
    }
    return fields[position].destiny
  }

  @discardableResult
  private mutating func add(_ name: [UInt8], _ destiny: Destiny) -> Int {
    if let known = positions[name] { return known }
    fields.append(Field(name: names.count..<names.count + name.count, destiny: destiny))
    names += name
    positions[name] = fields.count - 1
    return fields.count - 1
  }

  private func isName(_ name: Range<Int>, at range: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard name.count == range.count else { return false }
    for index in 0..<name.count
    where names[name.lowerBound + index] != text[range.lowerBound + index] {
      return false
    }
    return true
  }
}
