import Catalog
import FoundationEssentials
import Testing

@testable import Configuration

@Suite struct `Loading the configuration` {
  private let folder: String

  init() throws { folder = try freshFolder() }

  private func load(
    _ file: String? = nil, explicit: Bool = false, environment: [String: String] = [:]
  ) throws -> Settings {
    let all = try Settings.load(
      file: folder + (file ?? "replication.yaml"), explicit: explicit, environment: environment,
      flags: [:])
    return try #require(all.count == 1 ? all.first : nil)
  }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }

  @Test func `takes the defaults where there is no file, unless it was named`() throws {
    defer { remove() }
    #expect(try load().file == nil)
    #expect(throws: ConfigurationError.self) { try load(explicit: true) }
  }

  @Test func `reads the file, and .env beside it, with key files below it`() throws {
    defer { remove() }
    try write("target: ${WAREHOUSE}\n", to: folder + "mine.yaml")
    try write("WAREHOUSE=postgresql://h/db\nACTIVECAMPAIGN_API_KEY_FILE=key\n", to: folder + ".env")
    try write("k3y\n", to: folder + "key")
    let settings = try load("mine.yaml", explicit: true)
    #expect(settings.file == folder + "mine.yaml")
    #expect(settings.database.value.connectionString == "postgresql://h/db")
    #expect(settings.apiKey?.value.reveal() == "k3y")
    #expect(settings.apiKey?.origin.description == "\(folder).env:2: ACTIVECAMPAIGN_API_KEY_FILE")
  }

  @Test func `tells the mistakes of all sources together, each in its file`() throws {
    defer { remove() }
    try write("modes: x\n", to: folder + "replication.yaml")
    try write("nonsense\n", to: folder + ".env")
    let error = #expect(throws: ConfigurationError.self) {
      try load(environment: ["ACSYNC_PAGE_SIZE": "0"])
    }
    #expect(
      error?.mistakes.map(\.place) == [
        "\(folder).env:1", "\(folder)replication.yaml:1:1", "environment: ACSYNC_PAGE_SIZE",
      ])
    #expect(error?.explanation.fault == .configuration)
    #expect(error?.explanation.lines.first?.hasPrefix("3 mistakes in the configuration\n") == true)
  }

  @Test func `refuses a folder, and bytes that are no text`() throws {
    defer { remove() }
    let path = folder + "replication.yaml"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let isFolder = #expect(throws: ConfigurationError.self) { try load() }
    #expect(isFolder?.explanation.what == "the configuration file is a folder")
    #expect(isFolder?.explanation.place == path)
    try FileManager.default.removeItem(atPath: path)
    try Data([0x61, 0xFF, 0xFE]).write(to: URL(filePath: path))
    let isNoText = #expect(throws: ConfigurationError.self) { try load() }
    #expect(isNoText?.explanation.what == "the configuration file is not UTF-8 text")
  }

  @Test func `sees the real environment`() {
    #expect(ProcessEnvironment.current["PATH"]?.isEmpty == false)
  }
}

@Suite struct `The shipped replication.yaml` {
  static let path =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/replication.yaml"

  @Test func `runs as it is, and says what the defaults are`() throws {
    let shipped = try settings(FileText.read(Self.path, most: 100_000))
    let builtIn = try settings()
    #expect(shipped.streams.map(\.stream) == StreamDefinition.all.filter(\.isUsual))
    #expect(shipped.requestsPerSecond.value == builtIn.requestsPerSecond.value)
    #expect(shipped.concurrency.value == builtIn.concurrency.value)
    #expect(shipped.pageSize.value == builtIn.pageSize.value)
    #expect(shipped.database.value == .embedded)
    for (one, other) in zip(shipped.streams, builtIn.streams) {
      #expect(one.anchor.value == other.anchor.value)
      #expect(one.lookback.value == other.lookback.value)
      #expect(one.deleteMissing.value == other.deleteMissing.value)
      #expect(one.maxDeleteRatio.value == other.maxDeleteRatio.value)
      #expect(one.maxDeleteRows.value == other.maxDeleteRows.value)
    }
  }

  @Test(arguments: 0..<2000)
  func `gives settings or mistakes with their lines, however it is mangled`(seed: Int) throws {
    var random = Seeded(seed: seed)
    var bytes = Array(try FileText.read(Self.path, most: 100_000).utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes, &random) }
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(ConfigurationError) {
      let variables = Variables(environment: [:], dotEnv: DotEnv())
      _ = try Settings.settings(("f", text), variables, flags: [:])
    } catch {
      #expect(!error.mistakes.isEmpty)
      for mistake in error.mistakes {
        let line = mistake.place.split(separator: ":").dropFirst().first.flatMap { Int($0) }
        #expect(
          line.map { $0 >= 1 && $0 <= text.utf8.count { $0 == 10 } + 2 } == true, "\(mistake)")
        #expect(!mistake.what.isEmpty && !mistake.remedy.isEmpty)
      }
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout Seeded) {
    let special = Array(":-{}[]'\"*&!?#|>%@`,\n\t $~\u{0}".utf8)
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let length = Int.random(in: 1...20, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[place] = special.randomElement(using: &random) ?? 0
    case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 2: bytes.insert(special.randomElement(using: &random) ?? 0, at: place)
    case 3: bytes.removeSubrange(place..<min(bytes.count, place + length))
    case 4:
      let copy = bytes[place..<min(bytes.count, place + length)]
      bytes.insert(contentsOf: copy, at: Int.random(in: 0..<bytes.count, using: &random))
    default:
      let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") }
      if let blank = bytes[place...].firstIndex(where: isBlank) { bytes.remove(at: blank) }
    }
    if bytes.isEmpty { bytes = [10] }
  }
}
