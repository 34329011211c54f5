/// A statement of SQL written as text: values are bound, names are quoted, never pasted.
///
/// ```swift
/// let statement: Statement = "SELECT name FROM \(table) WHERE id = \(id)"
/// ```
/// An ``Identifier`` is quoted in place, a `Statement` is spliced with its placeholders
/// renumbered, any ``Bindable`` value becomes `$n` with its type. A `String` is bound as `text`;
/// where another type is wanted the SQL says so: `\(text)::numeric`.
public struct Statement: Sendable {
  private enum Piece: Sendable {
    case sql(String)
    case parameter(Parameter)
  }

  struct Parameter: Sendable {
    let type: UInt32
    let text: String?
  }

  private var pieces: [Piece] = []

  /// The statement's SQL, with numbered placeholders in place of the values.
  public var sql: String {
    var text = ""
    var placeholders = 0
    for piece in pieces {
      switch piece {
      case .sql(let part): text += part
      case .parameter:
        placeholders += 1
        text += "$\(placeholders)"
      }
    }
    return text
  }

  var parameters: [Parameter] {
    pieces.compactMap { piece in
      if case .parameter(let parameter) = piece { parameter } else { nil }
    }
  }

  /// A statement from trusted text, without placeholders.
  public init(raw sql: String) {
    pieces = [.sql(sql)]
  }

  /// One statement after the other, as if written in one.
  public static func + (one: Statement, other: Statement) -> Statement {
    var sum = one
    sum.pieces += other.pieces
    return sum
  }

  /// Appends another statement's text and values.
  public static func += (one: inout Statement, other: Statement) {
    one.pieces += other.pieces
  }
}

extension Sequence<Statement> {
  /// The statements in one, with trusted text between them.
  public func joined(separator: String) -> Statement {
    var joined = Statement(raw: "")
    for (index, statement) in enumerated() {
      if index > 0 { joined += Statement(raw: separator) }
      joined += statement
    }
    return joined
  }
}

extension Statement: ExpressibleByStringInterpolation {
  /// A statement without values, from a literal.
  public init(stringLiteral sql: String) {
    pieces = [.sql(sql)]
  }

  /// A statement from an interpolated literal.
  public init(stringInterpolation: Interpolation) {
    pieces = stringInterpolation.statement.pieces
  }

  /// What may stand in a statement's `\(…)`.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var statement = Statement(raw: "")

    /// An empty statement.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// The text between the values.
    public mutating func appendLiteral(_ sql: String) {
      statement.pieces.append(.sql(sql))
    }

    /// A name, quoted.
    public mutating func appendInterpolation(_ name: Identifier) {
      statement.pieces.append(.sql(name.quoted))
    }

    /// Names, quoted, with commas between.
    public mutating func appendInterpolation(_ names: [Identifier]) {
      statement.pieces.append(.sql(names.map(\.quoted).joined(separator: ", ")))
    }

    /// Another statement, spliced.
    public mutating func appendInterpolation(_ part: Statement) {
      statement += part
    }

    /// A value, bound to a placeholder.
    public mutating func appendInterpolation<Value: Bindable>(_ value: Value) {
      statement.pieces.append(
        .parameter(Parameter(type: Value.serverType.id, text: value.parameterText)))
    }

    /// A value or null, bound to a placeholder.
    public mutating func appendInterpolation<Value: Bindable>(_ value: Value?) {
      statement.pieces.append(
        .parameter(Parameter(type: Value.serverType.id, text: value?.parameterText)))
    }

    /// Trusted SQL, as it is.
    public mutating func appendInterpolation(raw sql: String) {
      statement.pieces.append(.sql(sql))
    }

    /// A text as an SQL literal, for statements that take no placeholders (`COMMENT ON …`).
    public mutating func appendInterpolation(literal text: String) {
      statement.pieces.append(.sql(Statement.literal(text)))
    }
  }

  /// The text in quotes.
  ///
  /// Backslashes force the `E''` form, so it means the same whatever
  /// `standard_conforming_strings` says.
  static func literal(_ text: String) -> String {
    (text.utf8.contains(.backslash) ? " E'" : "'") + text.doubling(.apostrophe, .backslash) + "'"
  }
}
