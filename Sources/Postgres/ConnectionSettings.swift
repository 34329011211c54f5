/// What a connection is opened with, kept to open it again.
struct ConnectionSettings: Sendable {
  let string: ConnectionString
  let applicationName: String
  /// Whole seconds to wait for each host; libpq counts no finer.
  let connectTimeoutSeconds: Int
  let onNotice: (@Sendable (String) -> Void)?

  /// Calls libpq with its two parallel lists of keywords and values, each ended by nil.
  func withKeywords<Value>(
    _ body: ([UnsafePointer<CChar>?], [UnsafePointer<CChar>?]) -> Value
  ) -> Value {
    let options = options
    return withCStrings(options.map(\.0)) { keywords in
      withCStrings(options.map(\.1)) { values in body(keywords, values) }
    }
  }

  /// Later options override what the string says; what the user sets there is left alone.
  private var options: [(String, String)] {
    var options = [("fallback_application_name", applicationName)]
    if !string.text.isEmpty { options.append(("dbname", string.text)) }
    options.append(("client_encoding", "UTF8"))
    // A server that vanished must not hold a run for hours.
    let defaults = [
      ("connect_timeout", String(connectTimeoutSeconds)), ("keepalives_idle", "30"),
      ("keepalives_interval", "10"), ("keepalives_count", "3"), ("tcp_user_timeout", "60000"),
    ]
    return options + defaults.filter { !string.sets($0.0) }
  }
}

private func withCStrings<Value>(
  _ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Value
) -> Value {
  let bytes = texts.flatMap { $0.utf8CString }
  return bytes.withUnsafeBufferPointer { buffer in
    var start = 0
    var pointers: [UnsafePointer<CChar>?] = []
    for text in texts {
      pointers.append(buffer.baseAddress?.advanced(by: start))
      start += text.utf8CString.count
    }
    return body(pointers + [nil])
  }
}
