internal import CCurl

/// A URL as libcurl itself reads it, so that what is checked is what is connected to.
///
/// It may hold a token: nothing of it is ever printed.
public struct WebAddress: Sendable, Equatable {
  /// The URL.
  let text: String
  /// The host in lower case, without a dot at its end.
  let host: String
  let port: Int

  /// Whether it is this machine itself.
  var isLoopback: Bool {
    if ["localhost", "[::1]"].contains(host) { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// Reads a URL; nil if it is none of http or https.
  public init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let handle = curl_url() else {
      return nil
    }
    defer { curl_url_cleanup(handle) }
    guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK,
      let scheme = Self.part(CURLUPART_SCHEME, of: handle), ["http", "https"].contains(scheme),
      let host = Self.part(CURLUPART_HOST, of: handle), !host.isEmpty,
      let port = Self.part(CURLUPART_PORT, of: handle).flatMap({ Int($0) })
    else { return nil }
    self.text = text
    self.host = host.lowercased().trimmingSuffixDot
    self.port = port
  }

  /// The URL with more at the end of its path: `https://hc.example/uuid` and `fail` make
  /// `https://hc.example/uuid/fail`.
  public func appending(_ name: String) -> WebAddress? {
    let end = text.firstIndex { "?#".contains($0) } ?? text.endIndex
    let path = text[..<end]
    return WebAddress((path.last == "/" ? path : path + "/") + name + text[end...])
  }

  /// Whether both lead to one service: the same host, and on this machine, where many services
  /// share one, the same port.
  func isSameService(as other: WebAddress) -> Bool {
    if isLoopback, other.isLoopback { return port == other.port }
    return host == other.host
  }

  private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text
    else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}

extension String {
  fileprivate var trimmingSuffixDot: String { hasSuffix(".") ? String(dropLast()) : self }
}
