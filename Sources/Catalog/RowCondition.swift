/// What must be true of a row for it to be stored; nulls are unknown, as in SQL.
public indirect enum RowCondition: Sendable, Hashable {
  /// How a value is compared.
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
  }

  /// A value of a field compared with one that was given.
  case compared(field: String, Comparison, Operand)
  /// A field without a value.
  case isNull(field: String)
  /// What is not true.
  case not(RowCondition)
  /// Both.
  case and(RowCondition, RowCondition)
  /// One, or both.
  case or(RowCondition, RowCondition)

  /// A value that others are compared with.
  public enum Operand: Sendable, Hashable {
    /// For `bigint` and `smallint`.
    case integer(Int64)
    /// For `numeric`.
    case number(ExactNumber)
    /// For `boolean`.
    case boolean(Bool)
    /// For `text`.
    case text(String)
    /// For `timestamptz`.
    case instant(Instant)
    /// For `timestamp`.
    case wallClock(microseconds: Int64)
    /// For `date`.
    case day(CalendarDay)
  }

  /// The fields that it asks for.
  public var fields: Set<String> {
    switch self {
    case .compared(let field, _, _), .isNull(let field): [field]
    case .not(let one): one.fields
    case .and(let one, let other), .or(let one, let other): one.fields.union(other.fields)
    }
  }
}

extension RowCondition: CustomStringConvertible {
  /// The condition in full parentheses, the same for the same condition in every version.
  public var description: String {
    switch self {
    case .compared(let field, let comparison, let operand):
      "(\(field) \(comparison.rawValue) \(operand))"
    case .isNull(let field): "(\(field) is null)"
    case .not(let one): "(not \(one))"
    case .and(let one, let other): "(\(one) and \(other))"
    case .or(let one, let other): "(\(one) or \(other))"
    }
  }
}

extension RowCondition.Operand: CustomStringConvertible {
  /// The value, with its kind.
  public var description: String {
    switch self {
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .boolean(let flag): "\(flag)"
    case .text(let text): "'\(text.replacing("'", with: "''"))'"
    case .instant(let instant): "\(instant)"
    case .wallClock(let microseconds): "wall \(microseconds)"
    case .day(let day): "\(day)"
    }
  }
}

/// A condition on the rows of one stream, readied for many of them.
public struct RowFilter: Sendable {
  /// A row of so few fields, of a stream that has more than the other number, is a stub: other rows
  /// bring it along, and it says nothing of the fields that it lacks.
  private static let (mostOfStub, leastOfWhole) = (4, 8)

  private let condition: RowCondition
  private let positions: [String: Int]
  /// Whether the stream may send stubs.
  private let mayBeStub: Bool

  /// Nil for a stream all of whose rows are stored.
  public init?(of stream: StreamDefinition) {
    guard let condition = stream.shape.condition else { return nil }
    self.condition = condition
    var positions: [String: Int] = [:]
    for field in condition.fields {
      positions[field] = stream.columns.firstIndex { $0.field == field }
    }
    self.positions = positions
    mayBeStub = stream.declaredColumns.count > Self.leastOfWhole
  }

  /// What becomes of a row.
  public enum Verdict: Sendable, Hashable {
    /// It is stored.
    case stored
    /// It leaves the table if it is there.
    case left
    /// It came without a field that counts, or with one of another type than it is compared with: it
    /// is not stored, and stays as it is if it is there.
    case unjudged
  }

  /// What becomes of a row.
  ///
  /// A field that its answer lacks is null, as it is in the table of a row that never had it.
  public func verdict(on row: Row) -> Verdict {
    if isStub(row), positions.values.contains(where: { row.values[$0] == .missing }) {
      return .unjudged
    }
    switch holds(condition, row) {
    case true?: return .stored
    case false?: return .left
    case nil: return isComparable(condition, row) ? .left : .unjudged
    }
  }

  private func isStub(_ row: Row) -> Bool {
    mayBeStub && row.values.count { $0 != .missing } <= Self.mostOfStub
  }

  /// Whether each value is null, or of the kind that it is compared with: nothing follows for a row
  /// from a comparison that means nothing.
  private func isComparable(_ condition: RowCondition, _ row: Row) -> Bool {
    switch condition {
    case .compared(let field, _, let operand):
      guard let position = positions[field] else { return false }
      let value = row.values[position]
      return value.isNothing || operand.order(of: value) != nil
    case .isNull(let field): return positions[field] != nil
    case .not(let one): return isComparable(one, row)
    case .and(let one, let other), .or(let one, let other):
      return isComparable(one, row) && isComparable(other, row)
    }
  }

  /// Whether a condition is true; nil where that is unknown.
  private func holds(_ condition: RowCondition, _ row: Row) -> Bool? {
    switch condition {
    case .compared(let field, let comparison, let operand):
      guard let position = positions[field] else { return nil }
      return operand.order(of: row.values[position]).map { comparison.fits($0) }
    case .isNull(let field):
      return positions[field].map { row.values[$0].isNothing }
    case .not(let one): return holds(one, row).map { !$0 }
    case .and(let one, let other):
      let (first, second) = (holds(one, row), holds(other, row))
      if first == false || second == false { return false }
      return first == nil || second == nil ? nil : true
    case .or(let one, let other):
      let (first, second) = (holds(one, row), holds(other, row))
      if first == true || second == true { return true }
      return first == nil || second == nil ? nil : false
    }
  }
}

extension Value {
  /// Whether there is no value.
  fileprivate var isNothing: Bool { self == .null || self == .missing }
}

extension RowCondition.Comparison {
  /// Whether it holds for a value that stands so to the operand: below zero is less.
  fileprivate func fits(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .unequal: order != 0
    case .less: order < 0
    case .atMost: order <= 0
    case .greater: order > 0
    case .atLeast: order >= 0
    }
  }
}

extension RowCondition.Operand {
  /// How a value stands to this one: below, at or above zero; nil for null, and another kind.
  fileprivate func order(of value: Value) -> Int? {
    switch (value, self) {
    case (.integer(let one), .integer(let other)): Self.order(one, other)
    case (.text(let one), .number(let other)):
      ExactNumber(one).map { $0 < other ? -1 : other < $0 ? 1 : 0 }
    case (.text(let one), .text(let other)): Self.order(of: one, other)
    case (.boolean(let one), .boolean(let other)): Self.order(one ? 1 : 0, other ? 1 : 0)
    case (.instant(let one), .instant(let other)): Self.order(one, other)
    case (.wallClock(let one), .wallClock(let other)): Self.order(one, other)
    case (.day(let one), .day(let other)): Self.order(one, other)
    default: nil
    }
  }

  private static func order<Value: Comparable>(_ one: Value, _ other: Value) -> Int {
    one < other ? -1 : one == other ? 0 : 1
  }

  /// By code points, whatever the language: two spellings of one letter are two texts.
  private static func order(of one: String, _ other: String) -> Int {
    if one.unicodeScalars.elementsEqual(other.unicodeScalars) { return 0 }
    return one.unicodeScalars.lexicographicallyPrecedes(other.unicodeScalars) ? -1 : 1
  }
}

extension StreamDefinition {
  /// Whether only some of its rows are stored.
  public var isSelective: Bool { shape.condition != nil }
}
