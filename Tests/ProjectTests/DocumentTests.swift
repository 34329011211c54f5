import Foundation
import Testing

@Suite struct `The documents` {
  @Test(arguments: ["README.md", "CONTRIBUTING.md"])
  func `name only targets that the Makefile has`(_ path: String) throws {
    let targets = try ProjectFiles.lines(of: "Makefile").compactMap {
      $0.firstMatch(of: /^([a-z]+):/).map { String($0.output.1) }
    }
    let named = code(in: try ProjectFiles.text(of: path)).flatMap { fragment in
      fragment.matches(of: /\bmake ([a-z]+)/).map { String($0.output.1) }
    }
    #expect(!named.isEmpty)
    for target in named { #expect(targets.contains(target), "make \(target)") }
  }

  @Test func `begin with the two commands that need nothing else`() throws {
    let readme = try ProjectFiles.text(of: "README.md")
    #expect(readme.contains("make run"))
    #expect(readme.contains("make test"))
  }

  @Test func `name every stream of the catalogue`() throws {
    let document = try ProjectFiles.text(of: "docs/streams.md")
    var streams: [String] = []
    for path in try ProjectFiles.paths(in: "Sources/Catalog/Streams", ending: ".swift") {
      streams += try ProjectFiles.text(of: path).matches(of: /StreamDefinition\(\s*"([a-z_]+)"/)
        .map { String($0.output.1) }
    }
    #expect(streams.count > 90)
    for stream in streams { #expect(document.contains("\n### \(stream)\n"), "\(stream)") }
    #expect(try ProjectFiles.text(of: "README.md").contains("](docs/streams.md)"))
  }

  @Test(arguments: ["README.md", "CHANGELOG.md"])
  func `name only verbs that there are`(_ path: String) throws {
    let verbs = try ProjectFiles.paths(in: "Sources/Commands", ending: ".swift").flatMap {
      try ProjectFiles.text(of: $0).matches(of: /\bVerb\(\s*"([a-z]+)"/)
        .map { String($0.output.1) }
    }
    let named = code(in: try ProjectFiles.text(of: path)).flatMap { fragment in
      fragment.matches(of: /(?:^|[`& ])acsync ([a-z]+)\b(?!_)/.anchorsMatchLineEndings())
        .map { String($0.output.1) }
    }
    #expect(!named.isEmpty)
    for verb in named { #expect(verbs.contains(verb), "acsync \(verb)") }
  }

  @Test func `explain every exit code`() throws {
    let codes = try ProjectFiles.text(of: "Sources/Commands/ExitCode.swift")
      .matches(of: /\n  case \w+ = (\d+)/).map { String($0.output.1) }
    let readme = try ProjectFiles.text(of: "README.md")
    let table = try #require(
      readme.split(separator: "\n\n").first { $0.hasPrefix("| exit code |") })
    let explained = table.split(separator: "\n").compactMap { $0.split(separator: " |").first }
      .flatMap { $0.dropFirst(2).split(separator: ", ").map(String.init) }
    #expect(codes.count > 10)
    #expect(Set(codes).isSubset(of: explained))
  }

  @Test func `lead to files that exist`() throws {
    let paths =
      try ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
      + ProjectFiles.paths(in: "docs", ending: ".md")
    for path in paths {
      let folder =
        path.contains("/") ? path.split(separator: "/").dropLast().joined(separator: "/") : ""
      for link in try ProjectFiles.text(of: path).matches(
        of: /\]\((?<target>[^)#:\s]+)(?:#[^)]*)?\)/)
      {
        let target = (folder.isEmpty ? "" : folder + "/") + link.output.target
        let isThere =
          (try? ProjectFiles.root.appending(path: target).checkResourceIsReachable()) == true
        #expect(isThere, "\(path) leads to \(link.output.target)")
      }
    }
  }

  @Test func `of decisions say why, what else there was, and what it costs`() throws {
    let records = try ProjectFiles.paths(in: "docs/decisions", ending: ".md")
    #expect(!records.isEmpty)
    for (index, path) in records.enumerated() {
      let lines = try ProjectFiles.lines(of: path)
      let headings = lines.filter { $0.hasPrefix("## ") }
      #expect(headings == ["## Context", "## Decision", "## Rejected", "## Price"], "\(path)")
      let number = path.split(separator: "/").last?.prefix(4) ?? ""
      #expect(Int(number) == index + 1, "\(path)")
      #expect(lines.first?.hasPrefix("# \(number) ") == true, "\(path)")
    }
  }

  private func code(in text: String) -> [Substring] {
    text.matches(of: /```[^`]*```|`[^`\n]+`/).map(\.output)
  }
}

@Suite struct `No file` {
  @Test(arguments: ["Sources", "migrations", "docs", "scripts", "Tests", ".ci"])
  func `holds a path of somebody's machine`(_ folder: String) throws {
    // Tests may make up a home folder.
    let place = folder == "Tests" ? /\/work\/\w/ : /\/(?:home|Users|root|work|mnt)\/[\w.]/
    for path in try ProjectFiles.paths(in: folder) { try expectNo(place, in: path) }
  }

  @Test func `at the top holds a path of somebody's machine`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: ProjectFiles.root.path())
    for name in names where name != ".env" && ProjectFiles.isFile(name) {
      try expectNo(/\/(?:home|Users|root|work|mnt)\/[\w.]/, in: name)
    }
  }

  private func expectNo(_ place: Regex<Substring>, in path: String) throws {
    guard let text = try? ProjectFiles.text(of: path) else { return }
    let found = text.firstMatch(of: place).map { String($0.output) }
    #expect(found == nil, "\(path)")
  }

  @Test func `of Swift is longer than it may be`() throws {
    for (folder, most) in [("Sources", 300), ("migrations", 300), ("Tests", 500)] {
      for path in try ProjectFiles.paths(in: folder, ending: ".swift") {
        let count = try ProjectFiles.lines(of: path).count
        #expect(count <= most + 1, "\(path) has \(count) lines")
      }
    }
  }
}
