import Testing

@testable import Commands

@Suite struct `Reading the command line` {
  private let options = Option.configured + Option.common

  private func read(_ words: String...) throws(UsageError) -> Arguments {
    try Arguments(words, options: options)
  }

  @Test(arguments: [
    ["--page-size", "50"], ["--page-size=50"], ["--page-size=9", "--page-size", "50"],
  ])
  func `takes a value beside the flag or behind an equals sign, the last one`(
    words: [String]
  ) throws {
    #expect(try Arguments(words, options: options).values == ["page-size": "50"])
  }

  @Test(arguments: [["-c", "x.yaml"], ["-cx.yaml"], ["-c=x.yaml"], ["--config", "x.yaml"]])
  func `takes a short option in each of its forms`(words: [String]) throws {
    #expect(try Arguments(words, options: options).value(of: .config) == "x.yaml")
  }

  @Test func `takes a value with an equals sign or a minus in it`() throws {
    #expect(try read("--streams=-deals").value(of: .streams) == "-deals")
    #expect(try read("--streams", "-deals").value(of: .streams) == "-deals")
    #expect(try read("--config=a=b").value(of: .config) == "a=b")
  }

  @Test func `tells switches from operands`() throws {
    let arguments = try read("--json", "contacts", "-q", "deals")
    #expect(arguments.has(.json))
    #expect(arguments.has(.quiet))
    #expect(!arguments.has(.verbose))
    #expect(arguments.operands == ["contacts", "deals"])
  }

  @Test func `takes everything behind two dashes as operands`() throws {
    #expect(try read("-q", "--", "--json", "-x").operands == ["--json", "-x"])
  }

  @Test func `hands on what stands behind psql as it stands`() throws {
    let arguments = try Arguments(
      ["--quiet", "psql", "-c", "SELECT 1", "--json"], options: options, handsOn: "psql")
    #expect(arguments.operands == ["psql", "-c", "SELECT 1", "--json"])
    #expect(!arguments.has(.json))
  }

  @Test(arguments: [
    ("--strems", "--streams"), ("--page_size", "--page-size"), ("--concurency", "--concurrency"),
    ("--ful-refresh", "--full-refresh"), ("--jsno=1", "--json"),
  ])
  func `suggests the option that was meant`(written: String, meant: String) {
    let name = String(written.prefix { $0 != "=" })
    #expect(throws: UsageError.unknownOption(name, suggestion: meant)) {
      try Arguments([written], options: options)
    }
  }

  @Test func `suggests nothing where nothing is near`() {
    #expect(throws: UsageError.unknownOption("--frobnicate", suggestion: nil)) {
      try read("--frobnicate")
    }
  }

  @Test func `refuses an option without its value`() {
    #expect(throws: UsageError.missingValue("page-size", placeholder: "N")) {
      try read("--page-size")
    }
    #expect(throws: UsageError.missingValue("config", placeholder: "FILE")) {
      try read("-c", "--json")
    }
  }

  @Test func `refuses a value for a switch`() {
    #expect(throws: UsageError.valueForSwitch("json")) { try read("--json=yes") }
  }
}

@Suite struct `The help` {
  @Test(arguments: Verb.all.map(\.name))
  func `of a verb names all its options, and is the same wherever it is asked for`(
    name: String
  ) async throws {
    let verb = try #require(Verb.named(name))
    let help = await acsync(name, "--help")
    #expect(help.code == .done)
    #expect(help.aside.isEmpty)
    for option in verb.allOptions { #expect(help.result.contains("--\(option.name)")) }
    #expect(await acsync("help", name).result == help.result)
    #expect(await acsync("-h", name).result == help.result)
    #expect(await acsync(name, "--nonsense", "-h").result == help.result)
  }

  @Test func `of the program names every verb once`() async {
    let help = await acsync("--help")
    #expect(help.code == .done)
    for verb in Verb.all {
      #expect(help.result.split(separator: "\n").count { $0.hasPrefix("  \(verb.name) ") } == 1)
    }
    #expect(await acsync("help").result == help.result)
  }

  @Test func `fits into 100 columns`() {
    for text in Verb.all.map({ Help.text(of: $0) }) + [Help.text()] {
      for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    }
  }

  @Test func `is what a call without a verb gets, as a mistake`() async {
    let none = await acsync()
    #expect(none.code == .usage)
    #expect(none.result.isEmpty)
    #expect(none.aside.contains("Usage: acsync VERB"))
  }

  @Test func `gives no option twice to a verb`() {
    for verb in Verb.all {
      let names = verb.allOptions.map(\.name)
      let letters = verb.allOptions.compactMap(\.short)
      #expect(Set(names).count == names.count, "\(verb.name)")
      #expect(Set(letters).count == letters.count, "\(verb.name)")
    }
  }

  @Test func `for psql goes to psql`() async {
    // psql --help needs no server: it proves that the word was not taken for acsync's own.
    let words = try? Arguments(["psql", "--help"], options: Option.common, handsOn: "psql")
    #expect(words?.operands == ["psql", "--help"])
  }
}

@Suite struct `The version` {
  @Test func `is told as text and as JSON`() async {
    #expect(await acsync("version").result == "acsync \(Program.version)\n")
    #expect(await acsync("--version").result == "acsync \(Program.version)\n")
    let json = await acsync("version", "--json").result
    #expect(json.contains("\"version\""))
    #expect(json.contains(Program.version))
  }
}
