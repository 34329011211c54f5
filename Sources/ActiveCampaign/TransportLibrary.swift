import CCurl

/// The library that requests go through.
public enum TransportLibrary {
  /// Its version and that of what it is built with, as it spells them: `libcurl/7.88.1 OpenSSL/3.0`.
  public static var version: String { String(cString: curl_version()) }
}
