/// How columns are called, made of what the API calls its fields.
public enum ColumnCasing: String, Sendable, Hashable, CaseIterable {
  /// `first_name`.
  case snake
  /// As the API spells it: `firstName`.
  case source
  /// `firstName`, also where the API writes `created_timestamp`.
  case camel
  /// `firstname`.
  case lower

  /// The name of a column of the catalogue.
  public func name(of column: Column) -> String {
    // A field inside an object goes by its last part, unless the catalogue found it a better name.
    let field = Self.lastPart(of: column.field)
    return column.name == Column.snakeCased(field) ? name(ofField: field) : cased(column.name)
  }

  /// The name of the column for a field that the catalogue does not declare.
  public func name(ofField field: String) -> String {
    let field = Self.lastPart(of: field)
    return self == .snake ? Column.snakeCased(field) : cased(field)
  }

  private static func lastPart(of field: String) -> String {
    field.split(separator: ".").last.map { String($0) } ?? field
  }

  private func cased(_ name: String) -> String {
    switch self {
    case .snake, .source: return name
    case .lower: return name.lowercased()
    case .camel:
      let words = name.split(separator: "_")
      guard let first = words.first else { return name }
      return words.dropFirst().reduce(String(first)) { name, word in
        name + word.prefix(1).uppercased() + word.dropFirst()
      }
    }
  }
}
