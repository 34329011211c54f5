import Foundation
import Synchronization
import Testing

/// How the built program ended.
struct Ending: Sendable {
  /// What it exited with; the signal's number where a signal ended it.
  let code: Int32
  /// Whether a signal ended it.
  let isKilled: Bool
  /// Standard output.
  let result: String
  /// Standard error.
  let aside: String

  /// What a run with `--json` tells.
  var document: RunDocument {
    get throws {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(RunDocument.self, from: Data(result.utf8))
    }
  }
}

/// What tests read of a run's JSON.
struct RunDocument: Decodable {
  struct Stream: Decodable {
    let stream: String
    let outcome: String
    let inserted: Int
    let updated: Int
    let rejected: Int
  }
  let outcome: String
  let requests: Int
  let streams: [Stream]
}

/// A process that may be killed from any thread while it runs.
final class Victim: Sendable {
  private let number = Mutex<pid_t?>(nil)

  /// Ends the process at once; one that is not running is left alone.
  func kill() {
    number.withLock { if let number = $0 { _ = Foundation.kill(number, SIGKILL) } }
  }

  /// Tells it to end; false if it is not running.
  func terminate() -> Bool {
    number.withLock { $0.map { Foundation.kill($0, SIGTERM) == 0 } ?? false }
  }

  fileprivate func run(_ process: Process) throws {
    try number.withLock {
      try process.run()
      $0 = process.processIdentifier
    }
  }

  fileprivate func isGone() {
    number.withLock { $0 = nil }
  }
}

/// Runs the program that was built beside this test, and waits for its end without holding a thread.
func acsync(
  _ words: [String], environment: [String: String], as victim: Victim = Victim()
) async throws -> Ending {
  // Into files, so that a full pipe cannot stop it.
  let folder = FileManager.default.temporaryDirectory.appending(path: "acsync-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let files = ["result", "aside"].map { folder.appending(path: $0) }
  let handles = try files.map { file in
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }
  let process = Process()
  process.executableURL = try builtProgram
  process.arguments = words
  let inherited = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME"].contains($0.key) }
  process.environment = inherited.merging(environment) { $1 }
  process.currentDirectoryURL = folder
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = handles[0]
  process.standardError = handles[1]
  let (code, isKilled) = try await ended(process, victim)
  return Ending(
    code: code, isKilled: isKilled, result: try String(contentsOf: files[0], encoding: .utf8),
    aside: try String(contentsOf: files[1], encoding: .utf8))
}

/// Starts the process and waits for its end; a cancelled task kills it.
private func ended(_ process: Process, _ victim: Victim) async throws -> (Int32, Bool) {
  try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { ended in
        victim.isGone()
        let isKilled = ended.terminationReason == .uncaughtSignal
        continuation.resume(returning: (ended.terminationStatus, isKilled))
      }
      do {
        try victim.run(process)
      } catch {
        continuation.resume(throwing: error)
      }
    }
  } onCancel: {
    victim.kill()
  }
}

var builtProgram: URL {
  get throws {
    let test = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let program = URL(filePath: test).deletingLastPathComponent().appending(path: "acsync")
    try #require(FileManager.default.isExecutableFile(atPath: program.path), "\(program.path)")
    return program
  }
}
