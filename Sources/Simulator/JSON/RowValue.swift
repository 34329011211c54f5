/// A value of a row, as the API would send it: most numbers and flags are texts there.
public enum RowValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Int)
  case text(String)
  case array([RowValue])
  case object(Fields)

  /// A text, or null when there is none.
  public static func optional(_ text: String?) -> RowValue {
    text.map(RowValue.text) ?? .null
  }

  /// A flag of the legacy resources: `"0"` or `"1"`.
  public static func flag(_ value: Bool) -> RowValue {
    .text(value ? "1" : "0")
  }

  /// A count or an id of the legacy resources: digits in quotes.
  public static func count(_ value: Int) -> RowValue {
    .text(String(value))
  }

  /// A count or an id in quotes, or null when there is none.
  public static func optional(count value: Int?) -> RowValue {
    value.map(RowValue.count) ?? .null
  }

  /// A list of ids in quotes.
  public static func ids(_ values: some Sequence<Int>) -> RowValue {
    .array(values.map(RowValue.count))
  }
}

extension RowValue: ExpressibleByStringLiteral, ExpressibleByNilLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// Null.
  public init(nilLiteral: ()) { self = .null }
  /// A real boolean, as few resources send it.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A real number, as few resources send it.
  public init(integerLiteral value: Int) { self = .number(value) }
  /// A list.
  public init(arrayLiteral elements: RowValue...) { self = .array(elements) }
  /// An object, its keys in order.
  public init(dictionaryLiteral elements: (String, RowValue)...) {
    self = .object(Fields(elements))
  }
}

/// Keys and values of a JSON object, in the order in which they are sent.
public struct Fields: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// One key with its value.
  public struct Member: Sendable, Equatable {
    /// The key, as the API spells it.
    public var key: String
    /// What it holds.
    public var value: RowValue
  }

  /// The members in order.
  public var members: [Member]

  /// Takes keys and values in order.
  public init(_ pairs: [(String, RowValue)] = []) {
    members = pairs.map { Member(key: $0.0, value: $0.1) }
  }

  /// Takes keys and values in order, from a literal.
  public init(dictionaryLiteral elements: (String, RowValue)...) {
    self.init(elements)
  }

  /// The value of a key; setting an unknown key appends it, setting nil removes it.
  public subscript(key: String) -> RowValue? {
    get { members.first { $0.key == key }?.value }
    set {
      guard let index = members.firstIndex(where: { $0.key == key }) else {
        if let newValue { members.append(Member(key: key, value: newValue)) }
        return
      }
      if let newValue { members[index].value = newValue } else { members.remove(at: index) }
    }
  }

  static func + (first: Fields, second: Fields) -> Fields {
    var joined = first
    joined.members += second.members
    return joined
  }
}
