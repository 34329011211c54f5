internal import CLibPQ

/// The rows a query gave, in order; values are decoded when asked for.
public struct Rows: Sendable, RandomAccessCollection {
  let result: ServerResult

  /// The column names, in order.
  public var columns: [String] { result.columns }
  /// The position of the first row.
  public var startIndex: Int { 0 }
  /// One past the position of the last row.
  public var endIndex: Int { result.rowCount }

  /// The row at a position.
  public subscript(position: Int) -> Row {
    precondition(indices.contains(position), "no such row")
    return Row(result: result, index: position)
  }
}

/// One row of a result.
///
/// ```swift
/// let name: String? = try row["name"]       // nil is null
/// let id = try row.value("id", as: Int64.self)  // null is an error
/// ```
public struct Row: Sendable {
  let result: ServerResult
  let index: Int

  /// The column's value; nil when it is null.
  /// - Throws: ``PostgresError`` when there is no such column, or its value is of another type.
  public subscript<Value: Retrievable>(_ column: String) -> Value? {
    get throws {
      guard let position = result.positions[column] else {
        throw PostgresError(.client, "the result has no column \(column)")
      }
      return try decoded(at: position)
    }
  }

  /// The value of the column at a position, from 0; nil when it is null.
  /// - Throws: ``PostgresError`` when there is no such column, or its value is of another type.
  public subscript<Value: Retrievable>(_ position: Int) -> Value? {
    get throws {
      guard result.columns.indices.contains(position) else {
        throw PostgresError(.client, "the result has no column \(position)")
      }
      return try decoded(at: position)
    }
  }

  /// The column's value, where null cannot be.
  /// - Throws: ``PostgresError`` also when the value is null.
  public func value<Value: Retrievable>(
    _ column: String, as type: Value.Type = Value.self
  ) throws -> Value {
    guard let value: Value = try self[column] else {
      throw PostgresError(.client, "the column \(column) is null")
    }
    return value
  }

  private func decoded<Value: Retrievable>(at position: Int) throws -> Value? {
    guard let text = result.text(row: index, column: position) else { return nil }
    guard let value = Value(serverText: text) else {
      let column = result.columns[position]
      throw PostgresError(.client, "the column \(column) does not hold a value of \(Value.self)")
    }
    return value
  }
}

/// A value that can be read from the server's text format.
public protocol Retrievable: Sendable {
  /// The value, or nil when the text is not one of this type.
  init?(serverText: String)
}

extension Retrievable where Self: LosslessStringConvertible {
  /// The value Swift reads in the text.
  public init?(serverText: String) { self.init(serverText) }
}

extension String: Retrievable {}
extension Int64: Retrievable {}
extension Int: Retrievable {}
extension Double: Retrievable {}

extension Bool: Retrievable {
  /// The value of `t` or `f`.
  public init?(serverText: String) {
    guard serverText == "t" || serverText == "f" else { return nil }
    self = serverText == "t"
  }
}

extension UnixMicroseconds: Retrievable {
  /// The instant of a `timestamptz`, or of a `timestamp` taken as UTC.
  public init?(serverText: String) {
    guard let count = TimestampText.read(serverText) else { return nil }
    self.init(count)
  }
}
