/// A value that can be bound to a statement's placeholder.
public protocol Bindable: Sendable {
  /// The server's type for it.
  static var serverType: ServerType { get }
  /// The value in the server's text format; nil is null.
  var parameterText: String? { get }
}

/// A value of which arrays can be bound too.
public protocol BindableElement: Bindable {}

/// A type as the server numbers it (`pg_type.oid`).
public struct ServerType: Sendable, Hashable {
  let id: UInt32
  /// The array of it; 0 for none.
  let arrayID: UInt32

  /// A type by its number and the number of its array type.
  public init(_ id: UInt32, arrayOf arrayID: UInt32 = 0) {
    self.id = id
    self.arrayID = arrayID
  }
}

/// An instant as microseconds since 1970-01-01 UTC, the precision of `timestamptz`.
public struct UnixMicroseconds: Sendable, Hashable, Comparable {
  /// Microseconds since 1970-01-01 00:00:00 UTC; negative before.
  public let count: Int64

  /// The instant that many microseconds after 1970-01-01 UTC.
  public init(_ count: Int64) {
    self.count = count
  }

  /// Whether the first instant is the earlier one.
  public static func < (one: Self, other: Self) -> Bool { one.count < other.count }
}

/// A JSON text, bound as `jsonb`.
public struct JSONText: Sendable, Hashable {
  /// The JSON, unchecked: the server refuses what is not JSON.
  public let text: String

  /// JSON as text.
  public init(_ text: String) {
    self.text = text
  }
}

extension Bindable where Self: LosslessStringConvertible {
  /// Swift's own text, which the server reads too.
  public var parameterText: String? { description }
}

extension Int64: BindableElement {
  /// `bigint`.
  public static var serverType: ServerType { ServerType(20, arrayOf: 1016) }
}

extension Int: BindableElement {
  /// `bigint`.
  public static var serverType: ServerType { ServerType(20, arrayOf: 1016) }
}

extension Int32: BindableElement {
  /// `integer`.
  public static var serverType: ServerType { ServerType(23, arrayOf: 1007) }
}

extension Bool: BindableElement {
  /// `boolean`.
  public static var serverType: ServerType { ServerType(16, arrayOf: 1000) }
}

extension Double: BindableElement {
  /// `double precision`.
  public static var serverType: ServerType { ServerType(701, arrayOf: 1022) }
}

extension String: BindableElement {
  /// `text`.
  public static var serverType: ServerType { ServerType(25, arrayOf: 1009) }
}

extension JSONText: BindableElement {
  /// `jsonb`.
  public static var serverType: ServerType { ServerType(3802, arrayOf: 3807) }
  /// The JSON.
  public var parameterText: String? { text }
}

extension UnixMicroseconds: BindableElement {
  /// `timestamptz`.
  public static var serverType: ServerType { ServerType(1184, arrayOf: 1185) }
  /// The instant at UTC.
  public var parameterText: String? { TimestampText.write(count) }
}

extension Optional: Bindable where Wrapped: Bindable {
  /// The type of what is wrapped.
  public static var serverType: ServerType { Wrapped.serverType }
  /// The wrapped value; null for nil.
  public var parameterText: String? { self?.parameterText }
}

extension Optional: BindableElement where Wrapped: BindableElement {}

extension Array: Bindable where Element: BindableElement {
  /// The array type of the elements' type.
  public static var serverType: ServerType { ServerType(Element.serverType.arrayID) }

  /// The array's text format: every element quoted, so that no text is taken for null or syntax;
  /// `bigint`, of which there may be thousands, as plain digits.
  public var parameterText: String? {
    var text = [UInt8(ascii: "{")]
    if let numbers = self as? [Int64] {
      text.reserveCapacity(numbers.count * 8)
      for number in numbers { Self.append(number, to: &text) }
    } else {
      for element in self { Self.append(element.parameterText, to: &text) }
    }
    // The comma behind the last element.
    if !isEmpty { text.removeLast() }
    text.append(UInt8(ascii: "}"))
    return String(decoding: text, as: UTF8.self)
  }

  private static func append(_ number: Int64, to text: inout [UInt8]) {
    if number < 0 { text.append(UInt8(ascii: "-")) }
    let start = text.count
    var rest = number.magnitude
    repeat {
      text.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    text[start...].reverse()
    text.append(UInt8(ascii: ","))
  }

  private static func append(_ element: String?, to text: inout [UInt8]) {
    if let element {
      text.append(.quote)
      for byte in element.utf8 {
        if byte == .quote || byte == .backslash { text.append(.backslash) }
        text.append(byte)
      }
      text.append(.quote)
    } else {
      text.append(contentsOf: "NULL".utf8)
    }
    text.append(UInt8(ascii: ","))
  }
}
