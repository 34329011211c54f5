import Catalog

/// The tables as an entity relationship diagram of Mermaid.
///
/// <https://mermaid.js.org/syntax/entityRelationshipDiagram.html>
enum CatalogueMermaid {
  /// - Parameter isWhole: whether tables have all their columns, and their meanings, instead of those
  ///   alone that lines lead from and to: of everything, no renderer takes more (50,000 characters).
  static func text(of streams: [StreamDefinition], isWhole: Bool) -> String {
    let shown = Set(streams.map(\.id))
    let lines = streams.flatMap { stream in
      stream.columns.compactMap { column in line(of: column, in: stream.id, among: shown) }
    }
    let entities = streams.map { entity($0, among: shown, isWhole: isWhole) }
    return (["erDiagram"] + entities + lines).joined(separator: "\n")
  }

  private static func entity(
    _ stream: StreamDefinition, among shown: Set<StreamDefinition.ID>, isWhole: Bool
  ) -> String {
    let columns = stream.columns.compactMap { column -> String? in
      let leads = target(of: column, among: shown) != nil
      guard isWhole || column.isKey || leads else { return nil }
      let keys = [column.isKey ? "PK" : nil, leads ? "FK" : nil].compactMap(\.self)
      let words = [
        column.kind.postgresType, column.name, keys.joined(separator: ", "),
        isWhole && !column.meaning.isEmpty ? quoted(column.meaning) : "",
      ]
      return "    " + words.filter { !$0.isEmpty }.joined(separator: " ")
    }
    return (["  \(quoted(stream.id.name)) {"] + columns + ["  }"]).joined(separator: "\n")
  }

  /// Any number of rows name one or none.
  private static func line(
    of column: Column, in stream: StreamDefinition.ID, among shown: Set<StreamDefinition.ID>
  ) -> String? {
    target(of: column, among: shown).map {
      "  \(quoted($0.stream.name)) |o--o{ \(quoted(stream.name)) : \(quoted(column.name))"
    }
  }

  private static func target(
    of column: Column, among shown: Set<StreamDefinition.ID>
  ) -> Reference? {
    column.reference.flatMap { !$0.isList && shown.contains($0.stream) ? $0 : nil }
  }

  /// Text between quotes, which nothing can stand for inside.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "'") + "\""
  }
}
