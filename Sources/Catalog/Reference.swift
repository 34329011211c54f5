/// The rows of another stream that a column's values name.
public struct Reference: Sendable, Hashable {
  /// The other stream.
  public let stream: StreamDefinition.ID
  /// Its column that holds the same values, mostly its key.
  public let column: String
  /// Whether a value names several rows: it is a list of such values.
  public let isList: Bool
}

extension Column {
  /// The rows that its values name; nil where they name none, or some of them do and others do not.
  ///
  /// Declared by the column's meaning, which is what people read too: `stream.column` behind a colon,
  /// and behind that nothing, a comma, a semicolon or a bracket: `Its stage: deal_stages.id; 0: none`.
  public var reference: Reference? {
    var rest = Substring(meaning)
    while let colon = rest.firstRange(of: ": ") {
      rest = rest[colon.upperBound...]
      let name = rest.prefix { $0.isLowercase || $0 == "_" || $0 == "." }
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      let behind = rest.dropFirst(name.count)
      let isWhole = behind.isEmpty || [";", ",", " ("].contains { behind.starts(with: $0) }
      guard parts.count == 2, isWhole, let stream = parts.first, let column = parts.last,
        !stream.isEmpty, !column.isEmpty
      else { continue }
      return Reference(
        stream: StreamDefinition.ID(String(stream)), column: String(column),
        isList: [.jsonb, .embeddedJSON].contains(kind) || meaning.hasPrefix("Ids of"))
    }
    return nil
  }
}
