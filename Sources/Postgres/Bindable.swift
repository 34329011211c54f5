/// A value that can be bound to a statement's placeholder.
public protocol Bindable: Sendable {
  /// The type's object identifier in the server's catalogue (`pg_type.oid`).
  static var parameterType: UInt32 { get }
  /// The value in the server's text format; nil is null.
  var parameterText: String? { get }
}

/// A value of which arrays can be bound too.
public protocol BindableElement: Bindable {
  /// The object identifier of the array type.
  static var arrayParameterType: UInt32 { get }
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

extension Int64: BindableElement {
  public static var parameterType: UInt32 { 20 }
  public static var arrayParameterType: UInt32 { 1016 }
  public var parameterText: String? { String(self) }
}

extension Int: BindableElement {
  public static var parameterType: UInt32 { 20 }
  public static var arrayParameterType: UInt32 { 1016 }
  public var parameterText: String? { String(self) }
}

extension Int32: BindableElement {
  public static var parameterType: UInt32 { 23 }
  public static var arrayParameterType: UInt32 { 1007 }
  public var parameterText: String? { String(self) }
}

extension Bool: BindableElement {
  public static var parameterType: UInt32 { 16 }
  public static var arrayParameterType: UInt32 { 1000 }
  public var parameterText: String? { self ? "t" : "f" }
}

extension Double: BindableElement {
  public static var parameterType: UInt32 { 701 }
  public static var arrayParameterType: UInt32 { 1022 }
  public var parameterText: String? {
    isNaN ? "NaN" : isInfinite ? (self < 0 ? "-Infinity" : "Infinity") : String(self)
  }
}

extension String: BindableElement {
  public static var parameterType: UInt32 { 25 }
  public static var arrayParameterType: UInt32 { 1009 }
  public var parameterText: String? { self }
}

extension JSONText: BindableElement {
  public static var parameterType: UInt32 { 3802 }
  public static var arrayParameterType: UInt32 { 3807 }
  public var parameterText: String? { text }
}

extension UnixMicroseconds: BindableElement {
  public static var parameterType: UInt32 { 1184 }
  public static var arrayParameterType: UInt32 { 1185 }
  public var parameterText: String? { TimestampText.write(count) }
}

extension Optional: Bindable where Wrapped: Bindable {
  public static var parameterType: UInt32 { Wrapped.parameterType }
  public var parameterText: String? { self?.parameterText }
}

extension Optional: BindableElement where Wrapped: BindableElement {
  public static var arrayParameterType: UInt32 { Wrapped.arrayParameterType }
}

extension Array: Bindable where Element: BindableElement {
  public static var parameterType: UInt32 { Element.arrayParameterType }

  /// The array's text format: every element quoted, so that no text is taken for null or syntax.
  public var parameterText: String? {
    var text = "{"
    for (index, element) in enumerated() {
      if index > 0 { text += "," }
      guard let value = element.parameterText else {
        text += "NULL"
        continue
      }
      text += "\""
      text += value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      text += "\""
    }
    return text + "}"
  }
}
