/// The variables of a `.env` file, each with its line.
struct DotEnv: Sendable {
  /// The longest file that is read.
  static let mostBytes = 1 << 18

  private(set) var values: [String: (text: String, place: Place)] = [:]

  /// Reads lines such as `NAME=value`.
  ///
  /// `export` before the name is allowed, `#` begins a comment at the beginning of a line or after a
  /// blank. A value may stand in single quotes, where everything is itself, or in double quotes, where
  /// `\n`, `\t`, `\"`, `\\` and `\$` mean what they do in a shell. Nothing else is replaced.
  init(_ text: String, file: String, _ mistakes: inout Mistakes) {
    let withoutMark =
      text.unicodeScalars.first == "\u{FEFF}"
      ? text.unicodeScalars.dropFirst() : .init(text.unicodeScalars)
    let lines = Substring(withoutMark).split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n"
    }
    for (index, line) in lines.enumerated() {
      let place = Place(file: file, line: index + 1, column: nil)
      do {
        guard let (name, value) = try Self.assignment(line) else { continue }
        if let earlier = values[name] {
          mistakes.add(
            "\(name) is set a second time", at: place,
            remedy: "keep this one or that of line \(earlier.place.line)")
          continue
        }
        values[name] = (value, place)
      } catch {
        mistakes.add(error.what, at: place, remedy: error.remedy)
      }
    }
  }

  /// No file, no variables.
  init() {}

  struct Problem: Error {
    let what: String
    let remedy: String
  }

  private static func assignment(_ line: Substring) throws(Problem) -> (String, String)? {
    var rest = line.trimmed
    if rest.isEmpty || rest.first == "#" { return nil }
    if rest.hasPrefix("export "), !rest.hasPrefix("export =") { rest = rest.dropFirst(7).trimmed }
    guard let equals = rest.firstIndex(of: "=") else {
      throw Problem(what: "the line has no =", remedy: "write NAME=value, or # before a comment")
    }
    let name = rest[..<equals]
    guard name.isVariableName else {
      throw Problem(
        what: "what stands before the = is no variable's name",
        remedy: "write NAME=value: letters, digits and _, no blank before the =")
    }
    return (String(name), try value(rest[rest.index(after: equals)...].trimmed))
  }

  private static func value(_ text: Substring) throws(Problem) -> String {
    guard let quote = text.first, quote == "'" || quote == "\"" else { return plain(text) }
    var value = ""
    var rest = text.dropFirst()
    while let character = rest.popFirst() {
      if character == quote {
        let tail = rest.trimmed
        guard tail.isEmpty || tail.first == "#" else {
          throw Problem(
            what: "there is text behind the closing quote",
            remedy: quote == "'" ? "use double quotes around it" : "write \\\" for a quote inside")
        }
        return value
      }
      value.append(character == "\\" && quote == "\"" ? escaped(&rest) : String(character))
    }
    throw Problem(what: "the quote is not closed", remedy: "close it on the same line")
  }

  private static func escaped(_ rest: inout Substring) -> String {
    switch rest.popFirst() {
    case "n": "\n"
    case "t": "\t"
    case .some(let character) where "\"\\$".contains(character): String(character)
    case .some(let character): "\\" + String(character)
    case nil: "\\"
    }
  }

  /// A value without quotes ends before a blank and a #.
  private static func plain(_ text: Substring) -> String {
    var value = ""
    for character in text {
      if character == "#", value.last.map({ $0 == " " || $0 == "\t" }) ?? true { break }
      value.append(character)
    }
    return String(Substring(value).trimmed)
  }
}

extension Substring {
  /// This text without blanks at both ends.
  var trimmed: Substring {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    var rest = self.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return rest
  }
}

extension StringProtocol {
  /// Whether this is letters, digits and underscores of ASCII, and begins with no digit.
  var isVariableName: Bool {
    guard let first = utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
      return false
    }
    return utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
      default: false
      }
    }
  }
}
