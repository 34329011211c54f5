/// What follows when the API sends a field that was never sent before, or values of another type.
public enum SchemaContract: String, Sendable, Hashable, CaseIterable {
  /// It is taken: fields go to `_extra` or become columns, values are widened for or rejected.
  case evolve
  /// The stream ends, and rows that hold it are not written.
  case freeze
}

/// A column that the catalogue does not declare so, since a run found the need for it.
public struct EvolvedColumn: Sendable, Hashable {
  /// The field, as the API calls it.
  public let field: String
  /// The column.
  public let name: String
  /// What it holds.
  public let kind: Column.Kind

  /// Describes a column.
  public init(field: String, name: String, kind: Column.Kind) {
    self.field = field
    self.name = name
    self.kind = kind
  }

  /// What its comment says.
  public var meaning: String {
    "Field \(field), which the API sends and the catalogue does not declare"
  }
}

extension StreamShape {
  /// Whether rows are judged by a field, so that its column stays of the type the condition is for.
  public func isCompared(_ field: String) -> Bool {
    condition?.fields.contains(field) == true
  }
}

extension StreamDefinition {
  /// The stream with the columns that came since the catalogue was written.
  public func evolved(by columns: [EvolvedColumn]) -> StreamDefinition {
    var stream = self
    let declared = Set(declaredColumns.map(\.field))
    for column in columns {
      if let index = stream.columns.firstIndex(where: { $0.field == column.field }) {
        // What the user says of a column, and what is made of its values, outweighs what was seen;
        // so does what its values are compared with.
        let held = stream.columns[index]
        guard shape.kinds[column.field] == nil, held.rewriting == nil,
          !shape.isCompared(column.field), held.kind != column.kind,
          held.kind.canBecome(column.kind)
        else { continue }
        stream.shape.evolved[column.field] = .some(held.kind)
        stream.columns[index].kind = column.kind
      } else if !declared.contains(column.field), !omitted.contains(column.field),
        shape.keepsUndeclared, !stream.columns.contains(where: { $0.name == column.name })
      {
        stream.shape.evolved[column.field] = .some(nil)
        stream.columns.append(
          // Nobody knows what it holds.
          .personal(column.field, column.kind, column.meaning, named: column.name))
      }
    }
    return stream
  }
}
