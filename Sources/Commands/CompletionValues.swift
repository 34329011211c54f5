import Catalog

/// What may stand for an option's value, or for a verb's operands.
enum CompletionValues: Hashable, Sendable {
  /// Nothing that could be told beforehand: a number, a time.
  case anything
  case files
  case words([String])
  /// Names of streams and tags, with commas between.
  case streams
  /// Names of accounts, with commas between.
  case accounts

  /// Values that are not told by what stands for them in help.
  private static let known: [String: CompletionValues] = [
    Option.streams.name: .streams, Option.account.name: .accounts,
    Option.mode.name: .words(Mode.allCases.map(\.rawValue)),
    "delete-missing": .words(DeletionRule.Manner.allCases.map(\.rawValue)),
  ]

  /// What may stand for an option's value; nil for a switch.
  init?(of option: Option) {
    guard let value = option.value else { return nil }
    self = Self.known[option.name] ?? CompletionValues(placeholder: value)
  }

  /// What may stand behind a verb, told by how its help writes it: small letters are meant as they
  /// stand, capitals stand for something.
  init?(operandsOf verb: Verb) {
    if verb.operands.isEmpty { return nil }
    self.init(placeholder: verb.operands)
  }

  private init(placeholder: String) {
    let parts = placeholder.split { !$0.isLetter && $0 != "-" }.map(String.init)
    let words = parts.filter { $0 == $0.lowercased() }
    if !words.isEmpty {
      let streams = parts.contains("STREAM") ? StreamDefinition.all.map(\.id.name) : []
      self = .words(words + streams)
    } else if parts.contains("STREAM") {
      self = .streams
    } else if parts.contains("VERB") {
      self = .words(Verb.all.map(\.name))
    } else {
      self = parts.contains("FILE") ? .files : .anything
    }
  }
}

extension Verb {
  /// The option's spellings with what may stand for its value.
  static func spellings(of option: Option) -> [String] {
    ["--\(option.name)"] + (option.short.map { ["-\($0)"] } ?? [])
  }

  /// Whether files may stand behind the first of its words: `state import FILE`.
  var takesFileAtLast: Bool { operands.contains(" FILE") || operands.contains("[FILE]") }
}
