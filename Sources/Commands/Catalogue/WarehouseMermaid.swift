import Warehouse

/// The staging views as an entity relationship diagram of Mermaid.
///
/// A line leads from each column to the view whose key is called so: that is what the names promise.
enum WarehouseMermaid {
  private static let prefix = "stg_activecampaign__"
  /// The account, which is part of every key.
  private static let relation = "source_relation"

  static func text(of views: [WarehouseRelation]) -> String {
    let keys = keys(of: views)
    var entities: [String] = []
    var lines: [String] = []
    for view in views {
      let own = key(of: view)
      let leading = view.columns.filter { $0.name != own && keys[$0.name] != nil }
      guard own != nil || !leading.isEmpty else { continue }
      entities.append("  \(title(of: view)) {")
      if let own { entities.append("    \(type(of: own, in: view)) \(own) PK") }
      entities += leading.map { "    \(word($0.type)) \($0.name) FK" } + ["  }"]
      lines += leading.compactMap { column in
        keys[column.name].map { "  \($0) |o--o{ \(title(of: view)) : \(column.name)" }
      }
    }
    return (["erDiagram"] + entities + lines).joined(separator: "\n")
  }

  /// The view whose rows each key stands for.
  private static func keys(of views: [WarehouseRelation]) -> [String: String] {
    let named = views.compactMap { view in key(of: view).map { ($0, title(of: view)) } }
    return Dictionary(named) { first, _ in first }
  }

  /// The column after the account's, where it is an id that bears the view's own name.
  private static func key(of view: WarehouseRelation) -> String? {
    let columns = view.columns.map(\.name).filter { $0 != relation }
    guard let first = columns.first, first.hasSuffix("_id") else { return nil }
    let entity = first.dropLast(3)
    return title(of: view).hasPrefix(entity) || title(of: view).hasSuffix("\(entity)s")
      ? first : nil
  }

  private static func title(of view: WarehouseRelation) -> String {
    view.name.hasPrefix(prefix) ? String(view.name.dropFirst(prefix.count)) : view.name
  }

  private static func type(of column: String, in view: WarehouseRelation) -> String {
    word(view.columns.first { $0.name == column }?.type ?? "")
  }

  /// A type in one word.
  private static func word(_ type: String) -> String {
    type == "timestamp with time zone"
      ? "timestamptz" : type.split(separator: " ").joined(separator: "_")
  }
}
