import Foundation
import Testing

/// Holds rows against a list of fields and JSON types: each is there, of its type, and not null at
/// least once; and nothing else is there.
func expect(
  _ rows: [[String: Any]], of path: String, toHave fields: String, undocumented: Set<String> = []
) throws {
  let documented = fields.split(whereSeparator: \.isWhitespace)
  for entry in documented {
    let sides = entry.split(separator: ":").map(String.init)
    let values = rows.compactMap { $0[sides[0]] }
    #expect(values.count == rows.count, "\(path).\(sides[0]) is missing")
    let given = values.filter { !($0 is NSNull) }
    #expect(!given.isEmpty, "\(path).\(sides[0]) is null everywhere")
    for value in given where sides[1] != "?" {
      // An empty object comes as PHP writes it, as an empty array.
      let isEmptyObject = sides[1] == "O" && (value as? [Any])?.isEmpty == true
      #expect(isEmptyObject || sides[1].contains(kind(value)), "\(path).\(sides[0]) is \(value)")
    }
  }
  let known = Set(documented.map { String($0.prefix { $0 != ":" }) }).union(["links"])
  #expect(Set(rows.flatMap(\.keys)).subtracting(known).subtracting(undocumented).isEmpty, "\(path)")
}

/// The letter of a value's JSON type.
private func kind(_ value: Any) -> String {
  switch value {
  case is String: "S"
  case is [Any]: "A"
  case is [String: Any]: "O"
  case let number as NSNumber: String(cString: number.objCType) == "c" ? "B" : "N"
  default: "?"
  }
}
