import FoundationEssentials
import Testing

@testable import Configuration

/// Settings from texts, without any file.
func settings(
  _ yaml: String? = nil, env dotEnv: String = "", environment: [String: String] = [:],
  flags: [String: String] = [:]
) throws -> Settings {
  let all = try accounts(yaml, env: dotEnv, environment: environment, flags: flags)
  return try #require(all.count == 1 ? all.first : nil)
}

/// The settings of each account, from texts.
func accounts(
  _ yaml: String? = nil, env dotEnv: String = "", environment: [String: String] = [:],
  flags: [String: String] = [:]
) throws -> [Settings] {
  var mistakes = Mistakes()
  let variables = Variables(
    environment: environment, dotEnv: DotEnv(dotEnv, file: ".env", &mistakes))
  let settings = try Settings.settings(
    yaml.map { ("replication.yaml", $0) }, variables, flags: flags, mistakes)
  // Whatever is taken here, editors must not call wrong.
  let complaints = yaml.map(complaintsOfEditors) ?? []
  #expect(complaints.isEmpty, "\(yaml ?? "")")
  return settings
}

/// What an editor says of a file that goes by the schema; empty if nothing.
func complaintsOfEditors(of yaml: String) -> [String] {
  var mistakes = Mistakes()
  guard let root = YAMLReader.read(yaml, file: "replication.yaml", &mistakes) else { return [] }
  return validator.mistakes(SchemaValue(root))
}

private let validator = SchemaValidator(root: FileSchema.document)

/// The mistakes that texts lead to, each as `place: what → remedy`; empty if there are none.
func mistakes(
  _ yaml: String? = nil, env dotEnv: String = "", environment: [String: String] = [:],
  flags: [String: String] = [:]
) -> [String] {
  do {
    _ = try accounts(yaml, env: dotEnv, environment: environment, flags: flags)
    return []
  } catch let error as ConfigurationError {
    return error.mistakes.map { "\($0.place): \($0.what) → \($0.remedy)" }
  } catch {
    return ["another error: \(error)"]
  }
}

/// A new empty folder; its path ends with a slash.
func freshFolder() throws -> String {
  let folder = FileManager.default.temporaryDirectory.path + "/acsync-" + UUID().uuidString + "/"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  return folder
}

/// Writes a text into a file.
func write(_ text: String, to path: String) throws {
  try text.write(toFile: path, atomically: false, encoding: .utf8)
}

/// Random numbers that a seed repeats (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(seed: Int) { state = UInt64(seed) }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
