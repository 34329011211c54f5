import Testing

@testable import Configuration

@Suite struct `The YAML reader` {
  /// A tree in one line: `{a@1:1: [b@1:5]}`.
  private func outline(_ node: YAMLNode) -> String {
    let place = "@\(node.place.line):\(node.place.column ?? 0)"
    switch node.content {
    case .scalar(let scalar): return (scalar.isPlain ? scalar.text : "'\(scalar.text)'") + place
    case .list(let nodes): return "[\(nodes.map(outline).joined(separator: ", "))]"
    case .map(let entries):
      let parts = entries.map {
        "\($0.key.text)@\($0.key.place.line):\($0.key.place.column ?? 0)=\(outline($0.value))"
      }
      return "{\(parts.joined(separator: ", "))}"
    case .unreadable: return "?"
    }
  }

  private func read(_ text: String) -> (outline: String?, mistakes: [Mistake]) {
    var mistakes = Mistakes()
    let node = YAMLReader.read(text, file: "f", &mistakes)
    return (node.map(outline), mistakes.found)
  }

  @Test func `knows the place of every node`() {
    let (outline, mistakes) = read("a: 1\nb:\n  - 'x'\n  - {c: d}\n# end\n")
    #expect(outline == "{a@1:1=1@1:4, b@2:1=['x'@3:5, {c@4:6=d@4:9}]}")
    #expect(mistakes.isEmpty)
  }

  @Test func `counts columns in characters, and takes Windows line ends and a byte order mark`() {
    #expect(read("ä: ö\r\nb: c\r\n").outline == "{ä@1:1=ö@1:4, b@2:1=c@2:4}")
    #expect(read("\u{FEFF}a: b").outline?.contains("=b@1:") == true)
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3", "f:3:1", "a second time"),
    ("a: &x 1\nb: 2", "f:1:4", "anchors"),
    ("a: *x", "f:1:4", "aliases"),
    ("a: !!str 1", "f:1:4", "tags"),
    ("a: 1\n---\nb: 2", "f:2:1", "a second document"),
    ("? [a]\n: b", "f:1:3", "a key must be text"),
    ("a: [1", "f:2:1", "no YAML"),
    ("a:\n\t- b", "f:2:1", "no YAML"),
    ("a: b: c", "f:1:5", "no YAML"),
    ("a: \u{1}", "f:1", "no text"),
  ])
  func `refuses with the place`(text: String, place: String, what: String) {
    let mistakes = read(text).mistakes
    #expect(mistakes.first?.place == place, "\(mistakes)")
    #expect(mistakes.first?.what.contains(what) == true, "\(mistakes)")
  }

  @Test func `says to quote a bare star`() {
    for text in ["streams:\n  *:\n", "streams:\n  *: {}\n", "streams: {*: }"] {
      let mistakes = read(text).mistakes
      #expect(mistakes.first?.remedy.contains("'*'") == true, "\(mistakes)")
    }
  }

  @Test func `says to quote a variable between braces`() {
    #expect(read("a: {b: ${C}}").mistakes.first?.remedy.contains("needs quotes") == true)
    #expect(read("a: ${C}").mistakes.isEmpty)
  }

  @Test func `ends at a depth and at a size`() {
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(read(deep).mistakes.first?.what.contains("deep") == true)
    let long = String(repeating: "# comment\n", count: 200_000)
    #expect(read(long).mistakes.first?.what.contains("larger than 1 MB") == true)
  }
}
