internal import EmbeddedPostgres
internal import Glibc

/// The one private cluster of this test process, started when the first test asks for it; it goes
/// with the process, however that ends.
actor TestCluster {
  static let shared = TestCluster()

  private var starting: Task<Cluster, any Error>?

  /// The cluster, running.
  func running() async throws -> Cluster {
    let task = starting ?? Task { try await Self.start() }
    starting = task
    return try await task.value
  }

  private static func start() async throws -> Cluster {
    let folder = "/tmp/acsync-tests-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    let cluster = Cluster(folder: folder, purpose: .temporary, maxConnections: 200)
    try await cluster.start()
    return cluster
  }
}
