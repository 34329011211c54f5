/// The name of a table, column or other object, quoted so that any text is only a name.
///
/// `Identifier("activecampaign", "contacts")` is `"activecampaign"."contacts"`.
public struct Identifier: Sendable, Hashable, CustomStringConvertible {
  /// The longest name the server keeps; it cuts longer ones without an error.
  public static let maxBytes = 63

  /// The unquoted parts, outermost first.
  public let parts: [String]

  /// A name from parts of our own, such as a schema and a table.
  ///
  /// Names that come from outside go through ``init(validating:)``. Shortening to
  /// ``maxBytes`` is the caller's part.
  /// - Precondition: There is a part, and none is empty or holds a NUL character.
  public init(_ parts: String...) {
    precondition(!parts.isEmpty, "an identifier needs a part")
    for part in parts {
      precondition(!part.isEmpty && !part.utf8.contains(0), "an identifier is empty or holds NUL")
    }
    self.parts = parts
  }

  /// A name whose parts come from outside, such as a configuration file.
  /// - Throws: ``PostgresError`` when a part is empty, holds NUL, or is longer than ``maxBytes``.
  public init(validating parts: [String]) throws(PostgresError) {
    guard !parts.isEmpty, !parts.contains(where: \.isEmpty) else {
      throw PostgresError(.client, "a name is empty")
    }
    guard !parts.contains(where: { $0.utf8.contains(0) }) else {
      throw PostgresError(.client, "a name holds a NUL character")
    }
    guard !parts.contains(where: { $0.utf8.count > Self.maxBytes }) else {
      throw PostgresError(.client, "a name is longer than \(Self.maxBytes) bytes")
    }
    self.parts = parts
  }

  /// The name inside this one: a table of this schema, a column of this table.
  public subscript(_ part: String) -> Identifier {
    Identifier(joining: parts + Identifier(part).parts)
  }

  /// The quoted name, as it stands in SQL.
  public var quoted: String {
    parts.map { "\"" + $0.doubling(.quote) + "\"" }.joined(separator: ".")
  }

  /// The quoted name.
  public var description: String { quoted }

  private init(joining parts: [String]) {
    self.parts = parts
  }
}
