import FoundationEssentials
import Glibc
import Testing

@testable import EmbeddedPostgres

@Suite struct `Refusing a cluster` {
  private let folder = `Keeping a private cluster`.newFolder()

  private func failure(of cluster: Cluster) async throws -> ClusterError {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try #require(
      await #expect(throws: ClusterError.self) { try await cluster.start() })
  }

  @Test func `data of a version that is not installed`() async throws {
    let cluster = Cluster(folder: folder)
    let data = cluster.layout.dataFolder
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    try "9.6\n".write(toFile: data + "/PG_VERSION", atomically: false, encoding: .utf8)
    let error = try await failure(of: cluster)
    guard case .versionMismatch(folder, 9, let installed) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(!installed.isEmpty)
    #expect("\(error)".contains("install PostgreSQL 9"))
  }

  @Test func `a link in the place of its folder`() async throws {
    let cluster = Cluster(folder: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    #expect(symlink("/tmp", cluster.layout.cluster) == 0)
    guard case .file(cluster.layout.cluster, _) = try await failure(of: cluster) else {
      Issue.record("taken")
      return
    }
  }

  @Test func `a folder that everybody may enter in the place of its own`() async throws {
    let cluster = Cluster(folder: folder)
    let path = cluster.layout.cluster
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(chmod(path, 0o777) == 0)
    guard case .file(path, _) = try await failure(of: cluster) else {
      Issue.record("taken")
      return
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root runs the server as another user"))
  func `a folder that the server's user cannot reach`() async throws {
    #expect(mkdir(folder, 0o700) == 0)
    let cluster = Cluster(folder: folder + "/below")
    guard case .folderUnreachable(folder + "/below", _) = try await failure(of: cluster) else {
      Issue.record("reached")
      return
    }
  }

  @Test func `a place where no folder can be`() async throws {
    try "a file".write(toFile: folder, atomically: false, encoding: .utf8)
    let cluster = Cluster(folder: folder + "/below")
    guard case .file = try await failure(of: cluster) else {
      Issue.record("made")
      return
    }
  }

  @Test func `a server that cannot start says why`() async throws {
    let cluster = Cluster(folder: folder, purpose: .temporary)
    try await cluster.start()
    try await cluster.stop()
    let control = cluster.layout.dataFolder + "/global/pg_control"
    #expect(unlink(control) == 0)
    guard case .programFailed("pg_ctl start", folder, let words) = try await failure(of: cluster)
    else {
      Issue.record("started")
      return
    }
    #expect(words.contains("pg_control") || words.contains("database system"))
  }

  @Test func `every refusal says what to do`() {
    let errors: [ClusterError] = [
      .binariesMissing, .versionMismatch(folder: "/f", data: 15, installed: [16, 17]),
      .folderUnreachable(folder: "/f", user: "postgres"), .noServerUser,
      .folderOfAnother(folder: "/f", user: "me"), .diskFull(folder: "/f"),
      .file(path: "/f", reason: "no"), .programFailed(program: "initdb", folder: "/f", words: "no"),
    ]
    for error in errors {
      #expect(!error.what.isEmpty && !error.remedy.isEmpty)
      #expect(error.place == nil || error.place == "/f")
    }
    #expect(ClusterError.binariesMissing.remedy.contains("apt install postgresql"))
    #expect(errors[1].remedy.contains("postgresql-15"))
    #expect(errors[1].what.contains("16, 17"))
  }
}
