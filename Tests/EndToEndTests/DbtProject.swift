import Foundation
import Testing

/// The dbt project in integrations/dbt, run as its users run it.
///
/// What dbt builds and logs goes into a folder of its own, so that nothing is left in the checkout.
struct DbtProject {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let shipped = root.appending(path: "integrations/dbt")

  /// The project that dbt is run in: the shipped one, or one that has it as a package.
  let folder: URL
  private let work: URL
  private let environment: [String: String]

  /// - Parameters:
  ///   - warehouse: the database's URI, whose server is a socket.
  ///   - user: who reads it; nil for its owner.
  init(in folder: URL = shipped, of warehouse: String, as user: String? = nil) throws {
    self.folder = folder
    work = FileManager.default.temporaryDirectory.appending(path: "acsync-dbt-\(UUID())")
    let address = try #require(URLComponents(string: warehouse))
    let items = Dictionary(
      uniqueKeysWithValues: (address.queryItems ?? []).map { ($0.name, $0.value ?? "") })
    environment = [
      "PGHOST": try #require(items["host"]), "PGPORT": items["port"] ?? "5432",
      "PGUSER": try #require(user ?? items["user"]), "PGDATABASE": String(address.path.dropFirst()),
      "DBT_PROFILES_DIR": Self.shipped.path, "DBT_TARGET_PATH": work.appending(path: "target").path,
      "DBT_LOG_PATH": work.appending(path: "logs").path,
      "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    ]
  }

  /// Runs `dbt WORDS`; what it says and its exit code.
  func run(_ words: String...) async throws -> (code: Int32, said: String) {
    try await ran(
      Dbt.folder.appending(path: "bin/dbt"), ["--no-use-colors"] + words, in: folder,
      environment: environment)
  }

  /// How the last command ended for each node: `source.acsync.activecampaign.deals` is `pass`.
  func results(in file: String = "run_results.json") throws -> [String: String] {
    struct Document: Decodable {
      struct Result: Decodable {
        let unique_id: String
        let status: String
      }
      let results: [Result]
    }
    let data = try Data(contentsOf: work.appending(path: "target/\(file)"))
    let results = try JSONDecoder().decode(Document.self, from: data).results
    return Dictionary(results.map { ($0.unique_id, $0.status) }) { $1 }
  }

  func end() { try? FileManager.default.removeItem(at: work) }
}

/// The tool, from PyPI.
enum Dbt {
  static let folder = DbtProject.root.appending(path: ".build/dbt")

  /// What scripts/install-dbt ends with where dbt cannot be had on this machine.
  private static let unavailable: Int32 = 75

  private static let installation = Task {
    let (code, said) = try await ran(
      DbtProject.root.appending(path: "scripts/install-dbt"), [folder.path],
      in: DbtProject.root, environment: ProcessInfo.processInfo.environment)
    if code != 0 {
      FileHandle.standardError.write(Data("the tests of integrations/dbt: \(said)\n".utf8))
    }
    return code
  }

  /// Whether it is there, or could be installed.
  ///
  /// Where PyPI cannot be reached the tests are skipped and say why; whatever else goes wrong fails them,
  /// when they call dbt.
  static func canBeHad() async throws -> Bool {
    try await installation.value != unavailable
  }
}

/// Runs a program to its end, without holding a thread.
private func ran(
  _ program: URL, _ words: [String], in folder: URL, environment: [String: String]
) async throws -> (code: Int32, said: String) {
  let file = FileManager.default.temporaryDirectory.appending(path: "acsync-\(UUID())")
  try Data().write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let output = try FileHandle(forWritingTo: file)
  let process = Process()
  process.executableURL = program
  process.arguments = words
  let inherited = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME"].contains($0.key) }
  process.environment = inherited.merging(environment) { $1 }
  process.currentDirectoryURL = folder
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = output
  process.standardError = output
  let code: Int32 = try await withCheckedThrowingContinuation { continuation in
    process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
    do { try process.run() } catch { continuation.resume(throwing: error) }
  }
  return (code, try String(contentsOf: file, encoding: .utf8))
}
