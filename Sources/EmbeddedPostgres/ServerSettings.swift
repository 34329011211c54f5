/// The server's settings that are ours; the rest is PostgreSQL's default.
struct ServerSettings {
  let socketFolder: String
  let maxConnections: Int
  let isTemporary: Bool

  /// The text of a file that `postgresql.conf` includes.
  var text: String {
    let lines = common + (isTemporary ? temporary : [])
    return
      "# Written at every start; your own settings belong in postgresql.conf, before or after.\n"
      + lines.joined(separator: "\n") + "\n"
  }

  private var common: [String] {
    [
      "listen_addresses = ''",
      "port = \(Layout.port)",
      "unix_socket_directories = '\(quotedSocketFolder)'",
      "unix_socket_permissions = 0700",
      "max_connections = \(maxConnections)",
      "shared_buffers = 128MB",
      "max_wal_size = 1GB",
      // One server without standbys: large copies into new tables then write no log.
      "wal_level = minimal",
      "max_wal_senders = 0",
      "timezone = 'UTC'",
      "log_timezone = 'UTC'",
      "log_line_prefix = '%m [%p] '",
    ]
  }

  /// Scalar by scalar, as the server reads it: to `replacing`, an apostrophe with a combining mark
  /// behind it is no apostrophe.
  private var quotedSocketFolder: String {
    socketFolder.unicodeScalars.map { $0 == "'" ? "''" : String($0) }.joined()
  }

  private var temporary: [String] {
    ["fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off"]
  }
}
