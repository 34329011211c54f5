import Catalog
import Foundation
import Testing

@testable import Commands

/// Runs a program of the system and tells what it wrote; nil where there is no such program.
private func output(
  of program: String, _ words: [String], in folder: String, input: String = ""
) throws -> (code: Int32, text: String)? {
  let places = ["/usr/bin/", "/bin/", "/usr/local/bin/"]
  guard
    let path = places.map({ $0 + program }).first(where: FileManager.default.isExecutableFile)
  else { return nil }
  let process = Process()
  let pipe = Pipe()
  process.executableURL = URL(filePath: path)
  process.arguments = words
  process.currentDirectoryURL = URL(filePath: folder)
  let built = URL(filePath: try Binary.path).deletingLastPathComponent().path
  process.environment = ["PATH": "\(built):/usr/local/bin:/usr/bin:/bin", "HOME": folder]
  process.standardOutput = pipe
  process.standardError = pipe
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return (process.terminationStatus, text)
}

/// A folder with the completion scripts in it, gone with the test.
private struct Scripts {
  let folder = "/tmp/acsync-completions-\(UInt32.random(in: 0...UInt32.max))"

  init() async throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for shell in ["bash", "zsh", "fish"] {
      let run = await acsync("completions", shell)
      #expect(run.code == .done && run.aside.isEmpty)
      try run.result.write(toFile: "\(folder)/acsync.\(shell)", atomically: true, encoding: .utf8)
    }
    try "streams:\n  contacts:\n    tags: [daily, dark]\n"
      .write(toFile: folder + "/replication.yaml", atomically: true, encoding: .utf8)
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}

/// The streams whose names begin so.
private func streams(_ beginning: String) -> [String] {
  StreamDefinition.all.map(\.id.name).filter { $0.hasPrefix(beginning) }
}

@Suite struct `Completions` {
  /// What bash completes the last of some words to, itself parted as bash parts them.
  private func completed(_ words: [String], in scripts: Scripts) throws -> [String] {
    let program = try Binary.path
    let typed = ([program] + words).map { "'\($0)'" }.joined(separator: " ")
    let script = """
      source ./acsync.bash
      COMP_WORDS=(\(typed)); COMP_CWORD=\(words.count); COMPREPLY=()
      _acsync
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let bash = try #require(try output(of: "bash", ["-uc", script], in: scripts.folder))
    #expect(bash.code == 0, "\(bash.text)")
    return bash.text.split(separator: "\n").map(String.init)
  }

  @Test func `of bash know verbs, options and values`() async throws {
    let scripts = try await Scripts()
    defer { scripts.remove() }
    let expected: [([String], [String])] = [
      ([""], Verb.all.map(\.name)),
      (["ver"], ["verify", "version"]),
      (["run", "--mo"], ["--mode"]),
      (["run", "--mode", ""], ["incremental", "full-refresh"]),
      (["run", "--mode", "=", "f"], ["full-refresh"]),
      (["run", "--mode", "="], ["incremental", "full-refresh"]),
      (["run", "--delete-missing", "s"], ["soft"]),
      (["run", "--quiet", "--streams", "contac"], streams("contac")),
      (["run", "--streams", "lists,no"], ["lists,notes"]),
      (["run", "--streams", "=", "lists,no"], ["lists,notes"]),
      (["run", "--streams", "tag", ":", "da"], ["daily", "dark"]),
      (["run", "--streams", "lists,tag", ":"], ["daily", "dark"]),
      (["run", "-c", "repl"], ["replication.yaml"]),
      (["run", "--page-size", ""], []),
      (["verify", "ta"], streams("ta")),
      (["backfill", "d"], streams("d")),
      (["backfill", "st"], ["status"]),
      (["reset", "--a"], ["--account", "--all"]),
      (["state", ""], ["export", "import"]),
      (["state", "import", "repl"], ["replication.yaml"]),
      (["db", "st"], ["start", "stop", "status"]),
      (["completions", ""], ["bash", "zsh", "fish"]),
      (["help", "sta"], ["status", "state"]),
      (["--v"], ["--version"]),
    ]
    for (words, completions) in expected {
      #expect(Set(try completed(words, in: scripts)) == Set(completions), "\(words)")
    }
  }

  @Test func `of bash leave out no verb and no option`() async throws {
    let scripts = try await Scripts()
    defer { scripts.remove() }
    for verb in Verb.all {
      let known = Set(try completed([verb.name, "--"], in: scripts))
      #expect(known == Set(verb.allOptions.map { "--\($0.name)" }), "\(verb.name)")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `are sound to their shell, where it is there`(shell: String) async throws {
    let scripts = try await Scripts()
    defer { scripts.remove() }
    let checked = try output(of: shell, ["-n", "acsync.\(shell)"], in: scripts.folder)
    if let checked { #expect(checked.code == 0 && checked.text.isEmpty, "\(checked.text)") }
    // In any case each verb and option stands in it, and its quotes are in pairs.
    let path = "\(scripts.folder)/acsync.\(shell)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for verb in Verb.all {
      #expect(text.contains(verb.name))
      for option in verb.allOptions {
        #expect(text.contains(shell == "fish" ? "-l \(option.name)" : "--\(option.name)"))
      }
    }
    for line in text.split(separator: "\n") where shell == "zsh" && !line.hasPrefix("#") {
      let quotes = line.replacing("\\'", with: "").filter { $0 == "'" }
      #expect(quotes.count.isMultiple(of: 2), "\(line)")
    }
  }

  @Test func `of fish know verbs, options and values, where it is there`() async throws {
    let scripts = try await Scripts()
    defer { scripts.remove() }
    for (line, expected) in [
      ("acsync ver", ["verify", "version"]),
      ("acsync run --mode ", ["full-refresh", "incremental"]),
      ("acsync run --streams lists,no", ["lists,notes"]),
      ("acsync verify ta", streams("ta")),
    ] {
      let script = "source acsync.fish; complete -C '\(line)'"
      guard let fish = try output(of: "fish", ["-c", script], in: scripts.folder) else { return }
      let words = fish.text.split(separator: "\n").compactMap {
        $0.split(separator: "\t").first.map(String.init)
      }
      #expect(Set(words) == Set(expected), "\(line): \(fish.text)")
    }
  }

  @Test func `say which shells there are`() async {
    let none = await acsync("completions")
    #expect(none.code == .usage && none.aside.contains("acsync completions bash|zsh|fish"))
    let other = await acsync("completions", "fsh")
    #expect(other.code == .usage && other.aside.contains("did you mean fish?"))
    #expect(await acsync("completions", "bash", "zsh").code == .usage)
  }
}

@Suite struct `Installing` {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let files = [
    "bin/acsync", "share/bash-completion/completions/acsync", "share/zsh/site-functions/_acsync",
    "share/fish/vendor_completions.d/acsync.fish", "share/man/man1/acsync.1",
  ]

  private func script(_ word: String, into folder: String) throws -> (code: Int32, text: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = Self.root.appending(path: "scripts/install")
    process.arguments = [word]
    process.environment = [
      "PATH": "/usr/bin:/bin", "DESTDIR": folder, "PREFIX": "/opt/it's here",
    ]
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  @Test func `puts binary, completions and manual in place, and takes them away`() throws {
    let folder = "/tmp/acsync-install-\(UInt32.random(in: 0...UInt32.max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let place = folder + "/opt/it's here/"
    let installed = try script(try Binary.path, into: folder)
    #expect(installed.code == 0, "\(installed.text)")
    let found = try FileManager.default.subpathsOfDirectory(atPath: place).filter { path in
      !path.isEmpty && (try? FileManager.default.contentsOfDirectory(atPath: place + path)) == nil
    }
    #expect(Set(found) == Set(Self.files))
    #expect(FileManager.default.isExecutableFile(atPath: place + "bin/acsync"))
    let manual = try String(contentsOfFile: place + Self.files[4], encoding: .utf8)
    #expect(manual.hasPrefix(".TH ACSYNC 1"))
    let removed = try script("--remove", into: folder)
    #expect(removed.code == 0)
    let left = try FileManager.default.subpathsOfDirectory(atPath: place)
    #expect(!Self.files.contains { left.contains($0) })
  }

  @Test func `installs nothing where the binary does not run`() throws {
    let folder = "/tmp/acsync-install-\(UInt32.random(in: 0...UInt32.max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(try script("/bin/false", into: folder).code != 0)
    #expect(!FileManager.default.fileExists(atPath: folder))
  }
}

@Suite struct `The manual page` {
  @Test func `tells every verb, option and exit code`() async throws {
    let text = ManualPage.text
    for verb in Verb.all {
      #expect(text.contains(".SS \"acsync \(verb.name)"))
      for option in verb.allOptions {
        let name = option.name.replacing("-", with: "\\-")
        #expect(text.contains("\\-\\-\(name)"), "\(option.name)")
      }
    }
    for code in ExitCode.allCases { #expect(text.contains("\n.B \(code.rawValue)\n")) }
    #expect(await acsync("man").result == text + "\n")
    #expect(!Help.text().contains("the manual page, for man"))
  }

  @Test func `has no line that troff would take for something else`() throws {
    let requests = [".TH ", ".SH ", ".SS ", ".TP", ".B ", ".I ", ".RI ", ".PP", ".br"]
    for line in ManualPage.text.split(separator: "\n") where ".'".contains(line.first ?? " ") {
      #expect(requests.contains { line.hasPrefix($0) }, "\(line)")
    }
    let folder = "/tmp/acsync-man-\(UInt32.random(in: 0...UInt32.max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try ManualPage.text.write(toFile: folder + "/acsync.1", atomically: true, encoding: .utf8)
    let words = ["-K", "utf8", "-man", "-Tutf8", "-ww", "-z", "acsync.1"]
    guard let groff = try output(of: "groff", words, in: folder) else { return }
    #expect(groff.code == 0 && groff.text.isEmpty, "\(groff.text)")
  }
}

@Suite struct `The help of verbs` {
  @Test(arguments: ["verify", "reset", "state", "status", "doctor", "completions"])
  func `is told in lines of at most eighty columns`(name: String) throws {
    let verb = try #require(Verb.named(name))
    let lines =
      verb.details.split(separator: "\n").map(String.init) + ["acsync \(name): \(verb.summary)"]
    for line in lines { #expect(line.count <= 80, "\(line)") }
  }
}
