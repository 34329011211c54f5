/// A value of JSON, as schemas are made of.
public enum SchemaValue: Sendable, Hashable {
  case text(String)
  case whole(Int)
  case number(Double)
  case flag(Bool)
  case list([SchemaValue])
  case map([String: SchemaValue])
  /// Nothing at all.
  case null
}

extension SchemaValue: Encodable {
  /// As JSON.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .whole(let number): try container.encode(number)
    case .number(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .list(let list): try container.encode(list)
    case .map(let map): try container.encode(map)
    case .null: try container.encodeNil()
    }
  }
}

extension SchemaValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// A text.
  public init(stringLiteral text: String) { self = .text(text) }
  /// A whole number.
  public init(integerLiteral number: Int) { self = .whole(number) }
  /// A number.
  public init(floatLiteral number: Double) { self = .number(number) }
  /// True or false.
  public init(booleanLiteral flag: Bool) { self = .flag(flag) }
  /// A list.
  public init(arrayLiteral elements: SchemaValue...) { self = .list(elements) }
  /// A map.
  public init(dictionaryLiteral elements: (String, SchemaValue)...) {
    self = .map(Dictionary(elements) { first, _ in first })
  }
}

extension SchemaValue {
  /// One of some texts.
  static func words(_ words: [String]) -> SchemaValue {
    ["enum": .list(words.map { .text($0) })]
  }

  /// Whatever fits one of these.
  static func any(of schemas: SchemaValue...) -> SchemaValue { ["anyOf": .list(schemas)] }

  /// A text of which a part is like this.
  static func text(like pattern: String) -> SchemaValue {
    ["type": "string", "pattern": .text(pattern)]
  }

  /// What is defined once for all, by its name.
  static func defined(_ name: String) -> SchemaValue { ["$ref": "#/$defs/\(name)"] }

  /// What this is, or a text with a variable in it.
  static func orVariable(_ schemas: SchemaValue...) -> SchemaValue {
    ["anyOf": .list(schemas + [.defined("variable")])]
  }

  /// Elements of one kind, or none.
  static func list(of schema: SchemaValue) -> SchemaValue {
    ["type": ["array", "null"], "items": schema]
  }

  /// The same with what people read about it.
  func said(_ description: String) -> SchemaValue { with("description", .text(description)) }

  /// The same with one thing more.
  func with(_ key: String, _ value: SchemaValue) -> SchemaValue {
    guard case .map(var map) = self else { return self }
    map[key] = value
    return .map(map)
  }

  /// A map that has no other keys than those that are read.
  ///
  /// A key of which nothing is described may hold anything, so that no right file is called wrong.
  static func closed(_ keys: KnownKeys, _ properties: [String: SchemaValue]) -> SchemaValue {
    let described = keys.read.map { ($0, properties[$0] ?? [:]) }
    return [
      "type": ["object", "null"],
      "properties": .map(Dictionary(described) { first, _ in first }),
      "additionalProperties": false,
    ]
  }
}
