internal import CYAML

/// The library that the configuration is read with.
public enum YAMLLibrary {
  /// Its version: `0.2.5`.
  public static var version: String { String(cString: yaml_get_version_string()) }
}
