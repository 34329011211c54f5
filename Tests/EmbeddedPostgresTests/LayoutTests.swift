import Testing

@testable import EmbeddedPostgres

@Suite struct `Laying out a cluster` {
  @Test(arguments: [
    (["XDG_DATA_HOME": "/data", "HOME": "/home/me"], false, "/data/acsync/postgres"),
    (
      ["XDG_DATA_HOME": "data", "HOME": "/home/me"], false, "/home/me/.local/share/acsync/postgres"
    ),
    (["HOME": "/home/me"], false, "/home/me/.local/share/acsync/postgres"),
    (["XDG_DATA_HOME": "/data", "HOME": "/root"], true, "/var/lib/acsync/postgres"),
  ])
  func `the folder follows the user`(
    environment: [String: String], isRoot: Bool, folder: String
  ) {
    #expect(Layout.defaultFolder(environment: environment, isRoot: isRoot) == folder)
  }

  @Test func `a long path puts the socket under tmp, for each folder its own`() {
    let long = "/" + String(repeating: "x", count: 90)
    let one = Layout(folder: long + "/1").socketFolder
    #expect(one.hasPrefix("/tmp/acsync-"))
    #expect(one == Layout(folder: long + "/1/").socketFolder)
    #expect(one != Layout(folder: long + "/2").socketFolder)
    #expect(Layout(folder: "/x").socketFolder == "/x/cluster/socket")
  }

  @Test func `the connection string is libpq's`() {
    #expect(
      Cluster(folder: "/a b").connectionURI
        == "postgresql:///acsync?host=/a%20b/cluster/socket&port=5432&user=acsync")
  }

  @Test func `data gets the server of its version, new data the newest`() throws {
    let installed = [15, 17, 16].map { ServerBinaries(folder: "/\($0)", version: $0) }
    #expect(try ServerBinaries.choose(from: installed, for: nil, in: "/f").version == 17)
    #expect(try ServerBinaries.choose(from: installed, for: 15, in: "/f").version == 15)
    #expect(throws: ClusterError.versionMismatch(folder: "/f", data: 14, installed: [15, 16, 17])) {
      try ServerBinaries.choose(from: installed, for: 14, in: "/f")
    }
    #expect(throws: ClusterError.binariesMissing) {
      try ServerBinaries.choose(from: [], for: 15, in: "/f")
    }
  }

  @Test func `the settings keep the server off the network`() {
    let settings = ServerSettings(
      socketFolder: "/it's", maxConnections: 20, isTemporary: false
    ).text
    #expect(
      settings == """
        # Written at every start; your own settings belong in postgresql.conf, before or after.
        listen_addresses = ''
        port = 5432
        unix_socket_directories = '/it''s'
        unix_socket_permissions = 0700
        max_connections = 20
        shared_buffers = 128MB
        max_wal_size = 1GB
        wal_level = minimal
        max_wal_senders = 0
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_line_prefix = '%m [%p] '

        """)
  }
}
