import Catalog

/// What stood on the command line behind the verb, sorted by the verb's own table of options.
struct Arguments: Sendable, Equatable {
  /// Values by the option's long name; a switch that is set has the value `""`.
  private(set) var values: [String: String] = [:]
  /// What was no option, in order.
  private(set) var operands: [String] = []

  /// The value of an option; nil if it was not given.
  func value(of option: Option) -> String? { values[option.name] }

  /// Whether a switch was given.
  func has(_ option: Option) -> Bool { values[option.name] != nil }

  /// Reads words by a table of options.
  ///
  /// Options are written `--flag value`, `--flag=value`, `-c value` or `-cvalue`; one whose value
  /// may be left out takes it only in the second form. All behind `--` are
  /// operands, and so are all behind the operand `handsOn`. Of an option given twice the last counts,
  /// unless it is one that may be repeated.
  init(
    _ words: [String], options: [Option], handsOn: String? = nil
  ) throws(UsageError) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if handsOn == word { operands.append(word) }
      if word == "--" || handsOn == word {
        operands += rest
        return
      }
      guard word.hasPrefix("-"), word.count > 1 else {
        operands.append(word)
        continue
      }
      try take(word, &rest, options)
    }
  }

  private mutating func take(
    _ word: String, _ rest: inout ArraySlice<String>, _ options: [Option]
  ) throws(UsageError) {
    let (name, attached) = Self.split(word)
    guard let option = Self.option(name, among: options) else {
      throw .unknownOption(name, suggestion: Self.suggestion(for: name, among: options))
    }
    guard let placeholder = option.value else {
      guard attached == nil else { throw .valueForSwitch(option.name) }
      values[option.name] = ""
      return
    }
    if option.isValueOptional {
      values[option.name] = attached ?? ""
      return
    }
    guard let value = attached ?? rest.popFirst(), attached != nil || !value.hasPrefix("--") else {
      throw .missingValue(option.name, placeholder: placeholder)
    }
    let earlier = option.isRepeatable ? values[option.name] : nil
    values[option.name] = earlier.map { $0 + "," + value } ?? value
  }

  /// `--name=value` → (`--name`, `value`); `-cFILE` → (`-c`, `FILE`).
  private static func split(_ word: String) -> (name: String, attached: String?) {
    if word.hasPrefix("--") {
      guard let equals = word.firstIndex(of: "=") else { return (word, nil) }
      return (String(word[..<equals]), String(word[word.index(after: equals)...]))
    }
    let letter = String(word.prefix(2))
    let attached = word.dropFirst(2)
    return (letter, attached.isEmpty ? nil : String(attached.drop { $0 == "=" }))
  }

  private static func suggestion(for name: String, among options: [Option]) -> String? {
    let bare = String(name.drop { $0 == "-" })
    return nearestName(to: bare, among: options.map(\.name)).map { "--" + $0 }
  }

  private static func option(_ name: String, among options: [Option]) -> Option? {
    options.first {
      name == "--" + $0.name || $0.short.map { name == "-\($0)" } == true
    }
  }
}
