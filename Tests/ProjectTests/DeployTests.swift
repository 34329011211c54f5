import Foundation
import Testing

/// What stands below deploy/ must say what acsync does: above all what its exit codes mean.
@Suite struct `Files for deploying` {
  /// Every exit code that is no success, as Commands/ExitCode.swift has them.
  private func codes() throws -> Set<Int> {
    let text = try ProjectFiles.text(of: "Sources/Commands/ExitCode.swift")
    let found = text.matches(of: /case \w+ = (\d+)/).compactMap { Int($0.1) }
    try #require(found.count > 8)
    return Set(found).subtracting([0])
  }

  @Test(arguments: ["cronjob", "job"])
  func `of Kubernetes name each exit code once`(name: String) throws {
    let text = try ProjectFiles.text(of: "deploy/kubernetes/\(name).yaml")
    let lists = text.matches(of: /values: \[([0-9, ]*)\]/).map { match in
      match.1.split(separator: ",").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    }
    let named = lists.flatMap { $0 }
    #expect(named.count == Set(named).count)
    #expect(try Set(named) == codes())
    // Where a person must act, another attempt would do no better.
    #expect(try #require(lists.first).contains(4))
  }

  @Test func `of Airflow fail for good where a person must act`() throws {
    let text = try ProjectFiles.text(of: "deploy/airflow/acsync_dag.py")
    for code in [2, 4, 8] {
      #expect(text.contains(" \(code): \"") || text.contains("{\(code): \""))
    }
    #expect(text.contains("LIMIT_REACHED = 10"))
  }

  /// Where the machine has systemd; elsewhere the test is told to be skipped.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
  func `of systemd are such as it takes, and closed to almost everything`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "acsync-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let units = try ProjectFiles.paths(in: "deploy/systemd", ending: "").map { path in
      let file = folder.appending(path: (path as NSString).lastPathComponent)
      // The binary need not be installed here.
      let text = try ProjectFiles.text(of: path).replacing(
        "/usr/local/bin/acsync", with: "/bin/true")
      try Data(text.utf8).write(to: file)
      return file.path
    }
    try #require(units.count >= 2)
    #expect(try ran(["verify"] + units) == 0)
    let services = units.filter { $0.hasSuffix(".service") }
    #expect(try ran(["security", "--offline=true", "--threshold=20"] + services) == 0)
  }

  private func ran(_ words: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/systemd-analyze")
    process.arguments = words
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
