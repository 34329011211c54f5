import Testing

@Suite struct `Imports` {
  @Test(arguments: ModuleRule.map.map(\.name))
  func `are only those that the map allows`(_ name: String) throws {
    let rule = try #require(ModuleRule.map.first { $0.name == name })
    let allowed = rule.ours.union(rule.others)
    for path in try ProjectFiles.paths(in: rule.folder, ending: ".swift") {
      for module in importedModules(try ProjectFiles.text(of: path)) {
        #expect(allowed.contains(module), "\(path) imports \(module)")
      }
    }
  }

  @Test func `point one way`() {
    var below: Set<String> = []
    for rule in ModuleRule.map {
      #expect(rule.ours.isSubset(of: below), "\(rule.name) imports what stands below it in the map")
      below.insert(rule.name)
    }
  }

  @Test func `are checked in every folder of sources`() throws {
    for path in try ProjectFiles.paths(in: "Sources", ending: ".swift") {
      #expect(ModuleRule.map.contains { path.hasPrefix($0.folder + "/") }, "\(path) has no module")
    }
  }

  @Test func `of both ends meet the engine in the wiring alone`() throws {
    for path in try ProjectFiles.paths(in: "Sources", ending: ".swift") {
      let conforms = try ProjectFiles.text(of: path)
        .contains(/:\s*(?:\w+,\s*)*(?:Replication\.)?(?:Source|Destination)\s*(?:,[^{]*)?\{/)
      #expect(!conforms || path.hasSuffix("/Wiring.swift"), "\(path) makes an end of the engine")
    }
  }

  @Test(arguments: [
    ("import Glibc", ["Glibc"]),
    ("public import Catalog // words", ["Catalog"]),
    ("  @preconcurrency internal import struct Foundation.Data", ["Foundation"]),
    ("@testable import Catalog", ["Catalog"]),
    ("// import Catalog", []),
    ("let text = \"import Catalog\"", []),
    ("/// The rows\nimport Catalog\nimport Glibc\n", ["Catalog", "Glibc"]),
  ])
  func `are read from source text`(_ text: String, _ modules: [String]) {
    #expect(importedModules(text) == modules)
  }
}

/// The modules that a source text imports, in order.
func importedModules(_ text: String) -> [String] {
  let statement =
    /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|var|let)\s+)?(?<module>\w+)/
  return text.split(separator: "\n").compactMap { line in
    line.firstMatch(of: statement).map { String($0.output.module) }
  }
}
