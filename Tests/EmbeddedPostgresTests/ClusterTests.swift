import FoundationEssentials
import Glibc
import Postgres
import Testing

@testable import EmbeddedPostgres

@Suite struct `Keeping a private cluster` {
  /// A folder's path of the test's own, where nothing is yet.
  static func newFolder(_ suffix: String = "") -> String {
    "/tmp/acsync-cluster-\(UInt64.random(in: 0...UInt64.max))\(suffix)"
  }

  private func connected(to cluster: Cluster) async throws -> Connection {
    try await Connection.open(cluster.connectionURI, applicationName: "tests")
  }

  private func processID(of cluster: Cluster) throws -> Int32 {
    guard case .running(let processID, _) = cluster.status() else {
      throw NotRunning()
    }
    return processID
  }

  private struct NotRunning: Error {}

  @Test func `its data outlives a stop and a start`() async throws {
    let cluster = Cluster(folder: Self.newFolder(), purpose: .lasting)
    defer { try? FileManager.default.removeItem(atPath: cluster.folder) }
    #expect(cluster.status() == .absent)
    try await cluster.stop()
    try await cluster.start()
    let connection = try await connected(to: cluster)
    try await connection.script("CREATE TABLE t AS SELECT 7 AS id")
    let row = try #require(
      try await connection.query(
        """
        SELECT rolsuper, current_user::text AS role, current_database()::text AS database,
          current_setting('fsync') AS fsync, inet_server_addr() IS NULL AS local
        FROM pg_roles WHERE rolname = current_user
        """
      ).first)
    #expect(try row["rolsuper"] == true && row["local"] == true)
    #expect(try row["role"] == "acsync" && row["database"] == "acsync" && row["fsync"] == "on")
    try await cluster.stop()
    #expect(cluster.status() == .stopped)
    await #expect(throws: PostgresError.self) { try await connected(to: cluster) }
    try await cluster.start()
    #expect(try await connected(to: cluster).query("SELECT * FROM t").count == 1)
    try await cluster.stop()
  }

  @Test func `a start of what runs changes nothing`() async throws {
    let cluster = Cluster(folder: Self.newFolder(), purpose: .temporary)
    try await cluster.start()
    let first = cluster.status()
    guard case .running(_, let since) = first else { throw NotRunning() }
    #expect(since > Date(timeIntervalSince1970: 1_700_000_000) && since <= Date())
    try await cluster.start()
    #expect(cluster.status() == first)
    try await cluster.stop()
  }

  @Test func `several starts at once make one cluster`() async throws {
    let folder = Self.newFolder()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let cluster = Cluster(folder: folder, purpose: .temporary)
          try await cluster.start()
          let connection = try await connected(to: cluster)
          #expect(try await connection.query("SELECT 1 AS one").count == 1)
        }
      }
      try await group.waitForAll()
    }
    try await Cluster(folder: folder).stop()
  }

  @Test func `a killed server starts again with what was committed`() async throws {
    let cluster = Cluster(folder: Self.newFolder(), purpose: .temporary)
    try await cluster.start()
    // What a temporary cluster leaves out.
    try await connected(to: cluster)
      .script("SET synchronous_commit = on; CREATE TABLE t AS SELECT 7 AS id")
    kill(try processID(of: cluster), SIGKILL)
    while cluster.status() != .stopped { await Task.yield() }
    try await cluster.start()
    #expect(try await connected(to: cluster).query("SELECT * FROM t").count == 1)
    try await cluster.stop()
  }

  @Test func `lock files whose process number is another's by now block nothing`()
    async throws
  {
    let other = Cluster(folder: Self.newFolder(), purpose: .temporary)
    let cluster = Cluster(folder: Self.newFolder(), purpose: .temporary)
    try await other.start()
    try await cluster.start()
    let files = [cluster.layout.processFile, cluster.layout.socketLockFile]
    let texts = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }
    let own = try processID(of: cluster)
    try await cluster.stop()
    // As a power cut leaves them, once the other server has got the number.
    let stranger = try processID(of: other)
    for (file, text) in zip(files, texts) {
      let stale = text.replacing("\(own)\n", with: "\(stranger)\n", maxReplacements: 1)
      try stale.write(toFile: file, atomically: false, encoding: .utf8)
      #expect(stale != text && chmod(file, 0o644) == 0)
    }
    #expect(cluster.status() == .stopped)
    try await cluster.start()
    #expect(try processID(of: cluster) != stranger)
    #expect(try processID(of: other) == stranger)
    try await cluster.stop()
    try await other.stop()
  }

  @Test(arguments: [" with 'quotes' %41 & é", "-" + String(repeating: "long", count: 30)])
  func `any folder will do`(suffix: String) async throws {
    let cluster = Cluster(folder: Self.newFolder(suffix), purpose: .temporary)
    #expect(cluster.layout.socketFile.utf8.count <= 107)
    try await cluster.start()
    #expect(try await connected(to: cluster).query("SELECT 1 AS one").count == 1)
    try await cluster.stop()
  }

  @Test func `nobody else can enter the socket's folder`() async throws {
    for suffix in ["", "-" + String(repeating: "long", count: 30)] {
      let cluster = Cluster(folder: Self.newFolder(suffix), purpose: .temporary)
      try await cluster.start()
      for path in [cluster.layout.socketFolder, cluster.layout.cluster] {
        var entry = stat()
        #expect(lstat(path, &entry) == 0)
        #expect(entry.st_mode & 0o077 == 0)
        #expect(entry.st_uid == fileOwner(of: cluster.layout.dataFolder))
      }
      if geteuid() == 0 {
        #expect(fileOwner(of: cluster.layout.dataFolder) != 0)
        let stranger = Program(
          "setpriv",
          ["--reuid=12345", "--regid=12345", "--clear-groups", "psql"] + cluster.psqlArguments)
        #expect(try stranger.run().code != 0)
      }
      try await cluster.stop()
    }
  }

  @Test func `psql gets its way in`() async throws {
    let cluster = Cluster(folder: Self.newFolder(), purpose: .temporary)
    try await cluster.start()
    let psql = Program(try cluster.psqlPath(), cluster.psqlArguments + ["-Atc", "SELECT 6 * 7"])
    #expect(try psql.run().output == "42\n")
    try await cluster.stop()
  }
}
