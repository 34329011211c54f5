/// A value of the configuration, with where it came from.
public struct Setting<Value: Sendable>: Sendable {
  /// The value.
  public let value: Value
  /// Where it came from.
  public let origin: Origin

  /// Makes a setting.
  public init(_ value: Value, from origin: Origin) {
    self.value = value
    self.origin = origin
  }
}

/// Where a value of the configuration came from, the strongest first.
public enum Origin: Sendable, Hashable, CustomStringConvertible {
  /// An option on the command line: `--page-size`.
  case flag(String)
  /// A variable of the environment.
  case environment(String)
  /// A variable of the `.env` file, and where it stands.
  case dotEnv(String, Place)
  /// `replication.yaml`, and where in it.
  case file(Place)
  /// What holds where nothing is said.
  case builtIn

  /// The origin as it stands beside a value.
  public var description: String {
    switch self {
    case .flag(let name): name
    case .environment(let name): "environment: \(name)"
    case .dotEnv(let name, let place): "\(place): \(name)"
    case .file(let place): place.description
    case .builtIn: "default"
    }
  }
}
