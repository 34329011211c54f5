import Foundation
import Monitoring
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10))) struct `A text file` {
  @Test func `is replaced as a whole, and readable to all`() throws {
    try withFolder { folder in
      let path = folder + "/acsync.prom"
      try TextFile.replace(path, by: "one\n")
      try TextFile.replace(path, by: "two\n")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "two\n")
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o644)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["acsync.prom"])
    }
  }

  @Test func `shows readers nothing between the old text and the new one`() throws {
    try withFolder { folder in
      let path = folder + "/acsync.prom"
      let texts = ["a", "b"].map { String(repeating: $0, count: 200_000) }
      try TextFile.replace(path, by: texts[0])
      let isWritten = Atomic(false)
      let broken = Atomic(0)
      let reads = Atomic(0)
      DispatchQueue.concurrentPerform(iterations: 2) { side in
        if side == 0 {
          for round in 0..<200 { try? TextFile.replace(path, by: texts[round % 2]) }
          isWritten.store(true, ordering: .relaxed)
        } else {
          repeat {
            let seen = try? String(contentsOfFile: path, encoding: .utf8)
            if !texts.contains(seen ?? "") { broken.add(1, ordering: .relaxed) }
            reads.add(1, ordering: .relaxed)
          } while !isWritten.load(ordering: .relaxed)
        }
      }
      #expect(broken.load(ordering: .relaxed) == 0)
      #expect(reads.load(ordering: .relaxed) > 0)
    }
  }

  @Test func `that cannot be written says why, and leaves nothing behind`() throws {
    try withFolder { folder in
      let error = #expect(throws: MonitoringError.self) {
        try TextFile.replace(folder + "/missing/acsync.prom", by: "x")
      }
      #expect(error?.reason == "No such file or directory")
      // A folder in the place of the file cannot be replaced by one.
      try FileManager.default.createDirectory(
        atPath: folder + "/taken/inside", withIntermediateDirectories: true)
      #expect(throws: MonitoringError.self) { try TextFile.replace(folder + "/taken", by: "x") }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["taken"])
    }
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/acsync-\(UUID())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }
}
