internal import Catalog

/// What a table's rows were made by: a line for each field that is stored, and for what holds for all.
struct ShapeRecord: Sendable, Hashable {
  /// One field, and what became of it.
  struct Line: Sendable, Hashable {
    let field: String
    /// The column.
    let name: String
    let kind: String
    /// What was done to its values.
    let transforms: String
  }

  /// The fields that were stored.
  private(set) var lines: [String: Line] = [:]
  /// Whether fields that nobody declared were kept.
  private(set) var keepsUndeclared = true
  /// Stands for the condition on rows; empty for none.
  private(set) var condition = ""
  /// The table.
  private(set) var table: String

  /// What a stream's rows are made by from now on.
  init(of stream: StreamDefinition) {
    self.init(
      stream.columns.compactMap { column in
        // What came since is none of the user's doing.
        guard let usual = stream.shape.evolved[column.field] else { return (column, column.kind) }
        return usual.map { (column, $0) }
      }, table: stream.tableName)
    keepsUndeclared = stream.shape.keepsUndeclared
    // Hashed: what rows are looked for by may be what is to be hidden.
    condition = stream.shape.condition.map { SHA256.hex(Array("\($0)".utf8)) } ?? ""
  }

  /// What rows are made by where nothing is said of them.
  init(declaredBy stream: StreamDefinition) {
    self.init(stream.declaredColumns.map { ($0, $0.kind) }, table: stream.id.name)
  }

  private init(_ columns: [(Column, Column.Kind)], table: String) {
    self.table = table
    for (column, kind) in columns {
      let transforms = column.rewriting?.transforms.map(\.description) ?? []
      lines[column.field] = Line(
        field: column.field, name: column.name, kind: kind.rawValue,
        transforms: transforms.joined(separator: " "))
    }
  }

  /// As `acsync.stream_state` holds it.
  var text: String {
    let fields = lines.values.map { "\($0.field)\t\($0.name)\t\($0.kind)\t\($0.transforms)" }
    let all = ["table\t\(table)", "undeclared\t\(keepsUndeclared ? "kept" : "dropped")"]
    let rows = condition.isEmpty ? [] : ["where\t\(condition)"]
    return (all + rows + fields.sorted()).joined(separator: "\n")
  }

  /// Reads what `text` wrote.
  init(_ text: String) {
    table = ""
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
      if parts.count == 4 {
        lines[parts[0]] = Line(
          field: parts[0], name: parts[1], kind: parts[2], transforms: parts[3])
      } else if parts.count == 2 {
        switch parts[0] {
        case "table": table = parts[1]
        case "where": condition = parts[1]
        case "undeclared": keepsUndeclared = parts[1] == "kept"
        default: break
        }
      }
    }
  }
}
