internal import Catalog

/// Which fields the API sent of a row; rows of one shape are merged together, so that a field that
/// was not sent leaves the stored value as it is.
struct Shape: Sendable, Hashable {
  /// Its number within the batch.
  let number: Int
  /// Names of the columns sent, in the table's order.
  let columns: [String]
  /// Whether `_extra` is written too: not by a stub without unknown fields, which proves nothing
  /// about them.
  let hasExtra: Bool
}

/// Finds the shapes of a batch's rows.
struct ShapeFinder {
  private(set) var shapes: [Shape] = []

  private let columns: [String]
  private var numbers: [Key: Int] = [:]
  /// The shape of the row before: mostly that of the next one too.
  private var last: (key: Key, number: Int)?

  /// What shapes are told apart by; the list of columns is made once a shape.
  private struct Key: Hashable {
    let isMissing: [Bool]
    let hasExtra: Bool

    init(_ row: Catalog.Row) {
      isMissing = row.values.map(\.isMissing)
      hasExtra = row.extra != nil || !isMissing.contains(true)
    }

    func fits(_ row: Catalog.Row) -> Bool {
      guard isMissing.count == row.values.count else { return false }
      var isWhole = true
      for index in isMissing.indices {
        guard row.values[index].isMissing == isMissing[index] else { return false }
        if isMissing[index] { isWhole = false }
      }
      return hasExtra == (isWhole || row.extra != nil)
    }
  }

  init(columns: [String]) { self.columns = columns }

  /// The number of the row's shape.
  mutating func number(ofShapeOf row: Catalog.Row) -> Int {
    if let last, last.key.fits(row) { return last.number }
    let key = Key(row)
    let number = numbers[key] ?? add(key)
    last = (key, number)
    return number
  }

  private mutating func add(_ key: Key) -> Int {
    let sent = zip(columns, key.isMissing).filter { !$0.1 }.map(\.0)
    shapes.append(Shape(number: shapes.count, columns: sent, hasExtra: key.hasExtra))
    numbers[key] = shapes.count - 1
    return shapes.count - 1
  }
}

extension Value {
  fileprivate var isMissing: Bool {
    if case .missing = self { return true }
    return false
  }
}
