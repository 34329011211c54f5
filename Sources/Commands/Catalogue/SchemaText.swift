import Configuration

/// A schema as JSON that people can compare: a line for each stream, and for each definition.
enum SchemaText {
  /// How deep maps are parted into lines: down to the streams of `$defs.streams.properties`.
  private static let depth = 4

  static func text(of value: SchemaValue, at level: Int = 0) -> String {
    guard case .map(let map) = value, level < depth, !map.isEmpty else { return JSON.line(value) }
    let margin = String(repeating: "  ", count: level + 1)
    let lines = map.sorted { $0.key < $1.key }.map { key, value in
      "\(margin)\(JSON.line(key)): \(text(of: value, at: level + 1))"
    }
    return "{\n" + lines.joined(separator: ",\n") + "\n" + margin.dropLast(2) + "}"
  }
}
