internal import CLibPQ

/// The library that speaks with the server.
public enum ClientLibrary {
  /// Its version: `15.4`.
  public static var version: String {
    let number = Int(PQlibVersion())
    return "\(number / 10_000).\(number % 10_000)"
  }
}

extension Connection {
  /// The passwords that a connection string, or the environment, holds, so that they can be kept out
  /// of what is told; none where the string cannot be read.
  public static func passwords(of conninfo: String) -> [String] {
    (try? ConnectionString(conninfo))?.passwords ?? []
  }
}
