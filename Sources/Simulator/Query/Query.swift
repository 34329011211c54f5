/// The path and the parameters of a request, decoded.
struct Query: Sendable {
  let path: String
  let parameters: [(name: String, value: String)]

  /// Reads a request target such as `/api/3/contacts?orders%5Bid%5D=ASC&limit=100`.
  init(_ target: String) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = Self.decoded(parts.first ?? "")
    guard parts.count == 2 else {
      parameters = []
      return
    }
    parameters = parts[1].split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (Self.decoded(sides[0]), sides.count == 2 ? Self.decoded(sides[1]) : "")
    }
  }

  /// A parameter's value: the last one wins, as in PHP, and an empty one counts as not given.
  func value(_ name: String) -> String? {
    parameters.last { $0.name == name && !$0.value.isEmpty }?.value
  }

  func int(_ name: String) -> Int? {
    value(name).flatMap { Int($0) }
  }

  /// The same request without some of its parameters.
  func without(_ isLeftOut: (String) -> Bool) -> Query {
    Query(path: path, parameters: parameters.filter { !isLeftOut($0.name) })
  }

  /// The same request with one more parameter.
  func adding(_ name: String, _ value: String) -> Query {
    Query(path: path, parameters: parameters + [(name, value)])
  }

  private init(path: String, parameters: [(name: String, value: String)]) {
    self.path = path
    self.parameters = parameters
  }

  private static func decoded(_ text: Substring) -> String {
    guard text.utf8.contains(where: { $0 == 0x25 || $0 == 0x2B }) else { return String(text) }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == 0x25, digits.count == 2,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == 0x2B ? 0x20 : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
