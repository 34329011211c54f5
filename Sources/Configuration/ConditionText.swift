internal import Catalog

/// A condition as the file writes it, parsed before the kinds of its columns are known.
indirect enum ConditionText: Sendable, Hashable {
  case compared(Name, RowCondition.Comparison, Operand)
  case isNull(Name)
  case not(ConditionText)
  case and(ConditionText, ConditionText)
  case or(ConditionText, ConditionText)

  /// A column's name, and how many characters stand before it.
  struct Name: Sendable, Hashable {
    let text: String
    let position: Int
  }

  /// A value, and how many characters stand before it.
  struct Operand: Sendable, Hashable {
    let text: String
    let isQuoted: Bool
    let position: Int
  }

  /// Every column that it asks for.
  var names: [Name] {
    switch self {
    case .compared(let name, _, _), .isNull(let name): [name]
    case .not(let one): one.names
    case .and(let one, let other), .or(let one, let other): one.names + other.names
    }
  }
}

/// Why a text is no condition.
struct ConditionFault: Error {
  let what: String
  /// How many characters stand before the place.
  let position: Int
}

/// Reads `status = 1 and (cdate >= '2024-01-01' or email is not null)`.
struct ConditionParser {
  /// Parentheses within parentheses beyond this are refused.
  private static let mostDepth = 50
  private static let keywords: Set<String> = [
    "and", "or", "not", "in", "is", "null", "true", "false",
  ]

  private let tokens: [ConditionToken]
  private var next = 0
  private var depth = 0

  static func parse(_ text: String) throws(ConditionFault) -> ConditionText {
    var parser = ConditionParser(tokens: try ConditionToken.all(of: text))
    let condition = try parser.alternatives()
    guard parser.token.kind == .end else { throw parser.unexpected("and, or, or the end") }
    return condition
  }

  private init(tokens: [ConditionToken]) { self.tokens = tokens }

  private var token: ConditionToken { tokens[next] }

  private func unexpected(_ expected: String) -> ConditionFault {
    ConditionFault(what: "expected \(expected), found \(token.shown)", position: token.position)
  }

  private mutating func takes(word: String) -> Bool {
    guard token.kind == .word, token.text.lowercased() == word else { return false }
    next += 1
    return true
  }

  private mutating func takes(sign: String) -> Bool {
    guard token.kind == .sign, token.text == sign else { return false }
    next += 1
    return true
  }

  private mutating func alternatives() throws(ConditionFault) -> ConditionText {
    var condition = try conjunction()
    while takes(word: "or") { condition = .or(condition, try conjunction()) }
    return condition
  }

  private mutating func conjunction() throws(ConditionFault) -> ConditionText {
    var condition = try negation()
    while takes(word: "and") { condition = .and(condition, try negation()) }
    return condition
  }

  private mutating func negation() throws(ConditionFault) -> ConditionText {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.mostDepth else {
      throw ConditionFault(what: "it goes too deep", position: token.position)
    }
    if takes(word: "not") { return .not(try negation()) }
    guard takes(sign: "(") else { return try comparison() }
    let condition = try alternatives()
    guard takes(sign: ")") else { throw unexpected("and, or, or )") }
    return condition
  }

  private mutating func comparison() throws(ConditionFault) -> ConditionText {
    guard
      token.kind == .name
        || token.kind == .word && !Self.keywords.contains(token.text.lowercased())
    else { throw unexpected("a column's name") }
    let name = ConditionText.Name(text: token.text, position: token.position)
    next += 1
    if takes(word: "is") {
      let isNegated = takes(word: "not")
      guard takes(word: "null") else { throw unexpected("null") }
      return isNegated ? .not(.isNull(name)) : .isNull(name)
    }
    if takes(word: "not") {
      guard takes(word: "in") else { throw unexpected("in") }
      return .not(try list(name))
    }
    if takes(word: "in") { return try list(name) }
    let sign = token.text == "<>" ? "!=" : token.text
    guard token.kind == .sign, let comparison = RowCondition.Comparison(rawValue: sign) else {
      throw unexpected("=, !=, <, <=, >, >=, in, or is null")
    }
    next += 1
    return .compared(name, comparison, try operand())
  }

  private mutating func list(_ name: ConditionText.Name) throws(ConditionFault) -> ConditionText {
    guard takes(sign: "(") else { throw unexpected("(") }
    var condition = ConditionText.compared(name, .equal, try operand())
    while takes(sign: ",") { condition = .or(condition, .compared(name, .equal, try operand())) }
    guard takes(sign: ")") else { throw unexpected("a comma or )") }
    return condition
  }

  private mutating func operand() throws(ConditionFault) -> ConditionText.Operand {
    let isFlag = token.kind == .word && ["true", "false"].contains(token.text.lowercased())
    guard token.kind == .text || token.kind == .number || isFlag else {
      throw unexpected(
        token.kind == .word && token.text.lowercased() == "null"
          ? "a value (write is null, or is not null)" : "a number, a text in '…', true or false")
    }
    let operand = ConditionText.Operand(
      text: isFlag ? token.text.lowercased() : token.text, isQuoted: token.kind == .text,
      position: token.position)
    next += 1
    return operand
  }
}

/// A word, sign or value of a condition.
struct ConditionToken: Sendable {
  enum Kind { case word, name, number, text, sign, end }

  let kind: Kind
  let text: String
  /// How many characters stand before it.
  let position: Int

  /// As a message shows it; values stay out of messages.
  var shown: String {
    switch kind {
    case .end: "the end"
    case .text: "a text"
    case .word, .name, .number, .sign: text.shown
    }
  }

  /// The tokens of a condition, the end among them.
  static func all(of text: String) throws(ConditionFault) -> [ConditionToken] {
    let characters = Array(text)
    var tokens: [ConditionToken] = []
    var at = 0
    while at < characters.count {
      let first = characters[at]
      if first.isWhitespace {
        at += 1
      } else if first == "'" || first == "\"" {
        let (inside, end) = try quoted(characters, from: at)
        tokens.append(
          ConditionToken(kind: first == "'" ? .text : .name, text: inside, position: at))
        at = end
      } else if let sign = sign(characters, at: at) {
        tokens.append(ConditionToken(kind: .sign, text: sign, position: at))
        at += sign.count
      } else {
        let isWordly: (Character) -> Bool = {
          $0.isLetter || $0.isNumber || "_.+-".contains($0)
        }
        guard isWordly(first) else {
          throw ConditionFault(what: "\(first) means nothing here", position: at)
        }
        let word = String(characters[at...].prefix(while: isWordly))
        let isNumber = first.isNumber || "+-.".contains(first)
        tokens.append(ConditionToken(kind: isNumber ? .number : .word, text: word, position: at))
        at += word.count
      }
    }
    return tokens + [ConditionToken(kind: .end, text: "", position: characters.count)]
  }

  private static func sign(_ characters: [Character], at start: Int) -> String? {
    let two = String(characters[start...].prefix(2))
    if ["!=", "<>", "<=", ">="].contains(two) { return two }
    let one = String(characters[start])
    return "=<>(),".contains(one) ? one : nil
  }

  /// What stands between two quotes, of which two stand for one, and where that ends.
  private static func quoted(
    _ characters: [Character], from start: Int
  ) throws(ConditionFault) -> (String, Int) {
    let quote = characters[start]
    var inside = ""
    var at = start + 1
    while at < characters.count {
      if characters[at] != quote {
        inside.append(characters[at])
      } else if at + 1 < characters.count, characters[at + 1] == quote {
        inside.append(quote)
        at += 1
      } else {
        return (inside, at + 1)
      }
      at += 1
    }
    throw ConditionFault(what: "a quote is not closed", position: start)
  }
}
