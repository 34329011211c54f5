/// One node of a YAML file, with the place where it stands.
struct YAMLNode: Sendable {
  /// A key of a map.
  struct Key: Sendable {
    let text: String
    let place: Place
  }

  /// One key of a map with its value.
  struct Entry: Sendable {
    let key: Key
    let value: YAMLNode
  }

  /// A single value.
  struct Scalar: Sendable {
    /// The value, with variables replaced.
    var text: String
    /// The value as it stands in the file, which is what messages show.
    let written: String
    /// Whether it stands there without quotes, and so may be a number, a flag or nothing.
    let isPlain: Bool
  }

  indirect enum Content: Sendable {
    case scalar(Scalar)
    case list([YAMLNode])
    case map([Entry])
    /// Already reported; whoever comes by passes it over in silence.
    case unreadable
  }

  let place: Place
  var content: Content

  /// Whether nothing is written there, or `~` or `null`.
  var isNull: Bool {
    guard case .scalar(let scalar) = content else { return false }
    return scalar.isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.written)
  }

  /// What kind of thing it is, for "expected …, found …".
  var kind: String {
    switch content {
    case .scalar(let scalar) where !scalar.isPlain: "text"
    case .scalar where isNull: "nothing"
    case .scalar(let scalar) where ["true", "false"].contains(scalar.text): "a flag"
    case .scalar(let scalar) where Int(scalar.text) != nil: "a whole number"
    case .scalar(let scalar) where Double(scalar.text) != nil: "a number"
    case .scalar: "text"
    case .list: "a list"
    case .map: "a map"
    case .unreadable: "something unreadable"
    }
  }
}
