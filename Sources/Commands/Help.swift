/// The help texts, made from the tables of verbs and options.
enum Help {
  /// The help of the whole program.
  static func text() -> String {
    let widest = Verb.all.map(\.name.count).max() ?? 0
    let verbs = Verb.all.map { "  \(padded($0.name, widest))  \($0.summary)" }
    return """
      acsync keeps PostgreSQL an exact, fresh copy of an ActiveCampaign account.

      Usage: acsync VERB [options]

      \(verbs.joined(separator: "\n"))

      acsync VERB --help tells more. A first look without an account: acsync run --demo
      """
  }

  /// The help of one verb.
  static func text(of verb: Verb) -> String {
    let operands = verb.operands.isEmpty ? "" : " \(verb.operands)"
    var parts = ["acsync \(verb.name): \(verb.summary)", "Usage: acsync \(verb.name)\(operands) [options]"]
    if !verb.details.isEmpty { parts.append(verb.details) }
    parts.append(list(of: verb.allOptions))
    return parts.joined(separator: "\n\n")
  }

  private static let indent = 4

  /// An option a paragraph: how it is written, and what it does beside or below it.
  private static func list(of options: [Option]) -> String {
    let widest = min(26, options.map(\.usage.count).max() ?? 0)
    return options.map { option in
      option.usage.count <= widest
        ? "  \(padded(option.usage, widest))  \(option.summary)"
        : "  \(option.usage)\n  \(padded("", widest))  \(option.summary)"
    }.joined(separator: "\n")
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension Verb {
  static let help = Verb(
    "help", "what acsync can do, or help on one verb", operands: "[VERB]"
  ) { invocation in
    guard let name = invocation.arguments.operands.first else {
      invocation.console.result(Help.text())
      return .done
    }
    guard let verb = Verb.named(name) else { throw UsageError.unknownVerb(name) }
    invocation.console.result(Help.text(of: verb))
    return .done
  }

  static let version = Verb("version", "the version") { invocation in
    try invocation.requireNoOperands(of: "version")
    let text = invocation.wantsJSON ? "{\"version\": \"\(Program.version)\"}" : "acsync \(Program.version)"
    invocation.console.result(text)
    return .done
  }
}
