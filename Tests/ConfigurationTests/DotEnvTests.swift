import Testing

@testable import Configuration

@Suite struct `A .env file` {
  private func read(_ text: String) -> (values: [String: String], mistakes: [String]) {
    var mistakes = Mistakes()
    let file = DotEnv(text, file: ".env", &mistakes)
    return (file.values.mapValues(\.text), mistakes.found.map { "\($0.place) \($0.what)" })
  }

  @Test(arguments: [
    ("A=b", "b"), ("  A=b  ", "b"), ("A= b c ", "b c"), ("export A=b", "b"), ("export\tA=b", nil),
    ("A=b # note", "b"), ("A=b#c", "b#c"), ("A=# note", ""), ("A=", ""), ("A='b # c'", "b # c"),
    ("A=\"b # c\" # note", "b # c"), ("A='it\\n'", "it\\n"),
    ("A=\"x\\n\\t\\\"\\\\\\$\"", "x\n\t\"\\$"),
    ("A=\"\\d\"", "\\d"), ("A=b=c", "b=c"), ("\u{FEFF}A=b", "b"), ("A=b\r\n", "b"),
    ("A=a'b", "a'b"),
    ("A=$B${C}", "$B${C}"), ("A=''", ""),
  ])
  func `holds a value`(line: String, value: String?) {
    let (values, mistakes) = read(line)
    #expect(values["A"] == value)
    #expect(mistakes.isEmpty == (value != nil))
  }

  @Test func `may hold comments and empty lines, with any line end`() {
    let (values, mistakes) = read("# one\r\n\r\nA=1\r\n  # two\nB=2\n\n")
    #expect(values == ["A": "1", "B": "2"])
    #expect(mistakes.isEmpty)
  }

  @Test func `tells each mistake with its line`() {
    let (values, mistakes) = read("A=1\nB\n1C=2\nD='x\nE=\"y\" z\nA=2\nF G=1\n=x")
    #expect(values == ["A": "1"])
    #expect(
      mistakes == [
        ".env:2 the line has no =",
        ".env:3 what stands before the = is no variable's name",
        ".env:4 the quote is not closed",
        ".env:5 there is text behind the closing quote",
        ".env:6 A is set a second time",
        ".env:7 what stands before the = is no variable's name",
        ".env:8 what stands before the = is no variable's name",
      ])
  }

  @Test(arguments: 0..<200)
  func `never crashes on any text`(seed: Int) {
    var random = Seeded(seed: seed)
    let alphabet = Array("AB=='\"\\ #\n\r\t$é\u{0}export ")
    let text = String((0..<60).map { _ in alphabet.randomElement(using: &random) ?? "A" })
    let (values, mistakes) = read(text)
    #expect(values.keys.allSatisfy { $0.isVariableName })
    #expect(mistakes.allSatisfy { $0.hasPrefix(".env:") })
  }
}
