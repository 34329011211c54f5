internal import CLibPQ

extension PostgresError {
  /// The error of a server's answer; `isLost` says whether the session went with it.
  init(_ result: ServerResult, isLost: Bool, place: String, sql: String) {
    let sqlstate = result.errorField(UInt8(ascii: "C"))
    let primary = result.errorField(UInt8(ascii: "M")) ?? result.errorText
    let isData = sqlstate?.hasPrefix("22") ?? false
    self.init(
      Self.kind(ofSQLState: sqlstate, isLost: isLost),
      // A value that does not fit is quoted in the message itself.
      trimmed(isData ? maskingQuotes(primary) : primary),
      place: place, statement: firstLine(of: sql))
    self.sqlstate = sqlstate
    detail = result.errorField(UInt8(ascii: "D"))
    hint = result.errorField(UInt8(ascii: "H"))
    constraint = result.errorField(UInt8(ascii: "n"))
    column = result.errorField(UInt8(ascii: "c"))
    let names = [UInt8(ascii: "s"), UInt8(ascii: "t")].compactMap(result.errorField)
    table = names.isEmpty ? nil : names.joined(separator: ".")
  }

  private static func kind(ofSQLState sqlstate: String?, isLost: Bool) -> Kind {
    switch sqlstate {
    case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03": .connectionLost
    case _ where isLost: .connectionLost
    case "57014": .cancelled
    default: .server
    }
  }
}

/// The first line that says something, for errors; cut where it is long.
func firstLine(of sql: String) -> String {
  let longest = 160
  let line = sql.split(separator: "\n").lazy.map { trimmed(String($0)) }.first { !$0.isEmpty } ?? ""
  return line.count > longest ? line.prefix(longest) + "…" : line
}

/// The text without white space around it.
func trimmed(_ text: String) -> String {
  let start = text.drop(while: \.isWhitespace)
  return String(start.reversed().drop(while: \.isWhitespace).reversed())
}

/// A C text without white space around it; nothing for no text.
func trimmed(_ text: UnsafePointer<CChar>?) -> String {
  trimmed(text.map { String(cString: $0) } ?? "")
}
