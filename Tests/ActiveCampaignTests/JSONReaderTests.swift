import Foundation
import Testing

@testable import ActiveCampaign

/// What `bytes` spell, in Foundation's types; repairs are thrown away.
private func document(_ bytes: [UInt8]) throws(JSONFault) -> Any {
  let text = bytes.span
  var reader = JSONReader()
  let root = try reader.value(in: text)
  try reader.finish(in: text)
  return try foundation(root, text)
}

private func foundation(_ slice: JSONSlice, _ text: Span<UInt8>) throws(JSONFault) -> Any {
  var repairs: JSONRepairs = []
  var reader = JSONReader(at: slice.range.lowerBound + 1)
  switch slice.kind {
  case .null: return NSNull()
  case .true: return true
  case .false: return false
  case .string: return JSONString.decoded(slice, in: text, repairs: &repairs)
  case .number:
    return Double(JSONString.copied(slice.range, of: text)) ?? .nan
  case .array:
    var elements: [Any] = []
    while try reader.hasElement(in: text, isFirst: elements.isEmpty) {
      elements.append(try foundation(try reader.value(in: text), text))
    }
    return elements
  case .object:
    var members: [String: Any] = [:]
    while let key = try reader.key(in: text, isFirst: members.isEmpty) {
      let name = JSONString.decoded(key, in: text, repairs: &repairs)
      members[name] = try foundation(try reader.value(in: text), text)
    }
    return members
  }
}

/// Random JSON as text, with odd spacing, escapes and characters of every width.
private struct Author {
  var random: Seeded

  mutating func value(depth: Int = 0) -> String {
    switch Int.random(in: 0..<(depth < 5 ? 9 : 6), using: &random) {
    case 0: return "null"
    case 1: return Bool.random(using: &random) ? "true" : "false"
    case 2: return String(Int.random(in: -1000...1_000_000, using: &random))
    case 3: return number()
    case 4, 5: return string()
    case 6: return "[" + list { $0.value(depth: depth + 1) } + "]"
    default: return object(depth: depth)
    }
  }

  mutating func object(depth: Int = 0) -> String {
    "{" + list { "\($0.string())\($0.space()):\($0.space())\($0.value(depth: depth + 1))" } + "}"
  }

  private mutating func list(_ element: (inout Author) -> String) -> String {
    let count = Int.random(in: 0..<5, using: &random)
    let elements = (0..<count).map { _ in space() + element(&self) + space() }
    return elements.isEmpty ? space() : elements.joined(separator: ",")
  }

  private mutating func space() -> String {
    ["", "", "", " ", "\n\t", "\r\n  "].randomElement(using: &random) ?? ""
  }

  private mutating func number() -> String {
    let mantissa =
      "\(Int.random(in: -99...99, using: &random)).\(Int.random(in: 0...999, using: &random))"
    let exponents = ["", "e5", "E-3", "e+10"]
    return mantissa + (exponents.randomElement(using: &random) ?? "")
  }

  mutating func string() -> String {
    let parts = [
      "a", "contact", "sam@example.com", "é", "日本", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9",
      "\\ud83d\\ude00", "\\t", " ", "{", "]", ":", ",", "12345678901234567890",
    ]
    let count = Int.random(in: 0..<8, using: &random)
    return "\"" + (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined() + "\""
  }
}

@Suite struct `Reading JSON` {
  @Test(arguments: 0..<300)
  func `agrees with Foundation on sound documents`(_ seed: Int) throws {
    var author = Author(random: Seeded(seed))
    let text = author.object()
    let ours = try document(Array(text.utf8)) as? NSDictionary
    let theirs = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
    #expect(ours == theirs, "seed \(seed): \(text)")
  }

  @Test(arguments: 0..<300)
  func `accepts nothing that Foundation refuses, defects in strings aside`(_ seed: Int) {
    var author = Author(random: Seeded(seed))
    var bytes = Array(author.object().utf8)
    for _ in 0..<Int.random(in: 1...3, using: &author.random) {
      let at = Int.random(in: 0..<bytes.count, using: &author.random)
      let marks = Array(#"{}[]:,"\0-+.eEtfnu x/"#.utf8) + [0x80, 0xFF, 0x1F]
      switch Int.random(in: 0..<3, using: &author.random) {
      case 0: bytes[at] = marks.randomElement(using: &author.random) ?? 0
      case 1: bytes.insert(marks.randomElement(using: &author.random) ?? 0, at: at)
      default: if bytes.count > 1 { bytes.remove(at: at) }
      }
    }
    let text = bytes.span
    var reader = JSONReader()
    guard let root = try? reader.value(in: text), (try? reader.finish(in: text)) != nil else {
      return
    }
    let theirs = try? JSONSerialization.jsonObject(
      with: Data(bytes), options: [.fragmentsAllowed])
    // Numbers beyond a Double are refused by Foundation alone: numeric holds them.
    let isHuge = String(decoding: bytes, as: UTF8.self).contains(/[eE][+-]?[0-9]{3}/)
    #expect(
      theirs != nil || root.traits.contains(.defects) || isHuge,
      "seed \(seed): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
  }

  @Test(arguments: 0..<300)
  func `skips a value as it reads one, with the same end or the same fault`(_ seed: Int) {
    var author = Author(random: Seeded(seed))
    var bytes = Array(author.object().utf8)
    let marks: [[UInt8]] = [
      Array(#"\""#.utf8), Array(#"\\"#.utf8), Array(#"\u12""#.utf8), Array(#"\ud83d"#.utf8),
      Array("{[,:\"".utf8), [0xFF], [0x00], [0x1F], Array("\\".utf8),
    ]
    for _ in 0..<Int.random(in: 0...3, using: &author.random) {
      let at = Int.random(in: 0..<bytes.count, using: &author.random)
      let mark = marks.randomElement(using: &author.random) ?? []
      bytes.replaceSubrange(at..<(Bool.random(using: &author.random) ? at : at + 1), with: mark)
    }
    let outcome = { (read: (inout JSONReader, Span<UInt8>) throws(JSONFault) -> Void) in
      var reader = JSONReader()
      do throws(JSONFault) {
        try read(&reader, bytes.span)
        return "ends at \(reader.position)"
      } catch {
        return "\(error)"
      }
    }
    let whole = outcome { (reader, text) throws(JSONFault) in _ = try reader.value(in: text) }
    let skipped = outcome { (reader, text) throws(JSONFault) in try reader.skip(in: text) }
    #expect(whole == skipped, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
  }

  @Test(arguments: 0..<60)
  func `refuses every document that is cut off`(_ seed: Int) {
    var author = Author(random: Seeded(seed))
    let bytes = Array(author.object().utf8)
    for count in 0..<bytes.count {
      #expect(throws: JSONFault.self, "seed \(seed), \(count) of \(bytes.count) bytes") {
        _ = try document(Array(bytes.prefix(count)))
      }
    }
  }

  static let refused = [
    "", " ", "nul", "nulls", "tru", "True", "01", "-", "-01", "1.", ".5", "+1", "1e", "1e+", "0x1",
    "NaN", "[1,]", "[,1]", "[1 2]", "[1", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:1}",
    "{\"a\":1", "{\"a\":1}}", "[]]", "\"a", "\"a\\\"", "'a'", "1 2", "{} {}", "// x", "]", "}",
  ]

  @Test(arguments: refused)
  func `refuses what is no JSON`(_ text: String) {
    #expect(throws: JSONFault.self) { _ = try document(Array(text.utf8)) }
  }

  @Test func `refuses containers nested too deep, and nothing shallower`() throws {
    let deep = { (depth: Int) in
      Array(repeating: UInt8(ascii: "["), count: depth)
        + Array(repeating: UInt8(ascii: "]"), count: depth)
    }
    _ = try document(deep(JSONReader.maxDepth))
    #expect(throws: JSONFault.tooDeep(at: JSONReader.maxDepth)) {
      _ = try document(deep(JSONReader.maxDepth + 1))
    }
    let endless = Array(repeating: UInt8(ascii: "["), count: 5_000_000)
    #expect(throws: JSONFault.tooDeep(at: JSONReader.maxDepth)) { _ = try document(endless) }
  }

  static let mended: [(String, String, String)] = [
    (#""a\u0000b""#, "ab", "NUL removed"),
    ("\"a\u{0}b\"", "ab", "NUL removed"),
    (#""a\ud83db""#, "a\u{FFFD}b", "lone surrogate replaced by U+FFFD"),
    (#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}", "lone surrogate replaced by U+FFFD"),
    (#""\ud83d\n""#, "\u{FFFD}\n", "lone surrogate replaced by U+FFFD"),
    (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀", "lone surrogate replaced by U+FFFD"),
    (#""C:\dir""#, "C:\\dir", "unknown escape kept as sent"),
    (#""\u12G4""#, "\\u12G4", "unknown escape kept as sent"),
    (#""\u12""#, "\\u12", "unknown escape kept as sent"),
    ("\"line\nbreak\"", "line\nbreak", ""),
    (#""\ud83d\ude00 \u00e9 \/""#, "😀 é /", ""),
  ]

  @Test(arguments: mended)
  func `mends strings and says how`(_ text: String, _ expected: String, _ reason: String) throws {
    let bytes = Array(text.utf8)
    var reader = JSONReader()
    let slice = try reader.value(in: bytes.span)
    try reader.finish(in: bytes.span)
    var repairs: JSONRepairs = []
    #expect(JSONString.decoded(slice, in: bytes.span, repairs: &repairs) == expected)
    #expect(repairs.reason == reason)
  }

  static let notUTF8: [[UInt8]] = [
    [0x80], [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0xBD], [0xF5, 0x80, 0x80, 0x80],
  ]

  @Test(arguments: notUTF8)
  func `replaces bytes that are no UTF-8`(_ broken: [UInt8]) throws {
    let bytes = Array("\"a".utf8) + broken + Array("b\"".utf8)
    var reader = JSONReader()
    let slice = try reader.value(in: bytes.span)
    var repairs: JSONRepairs = []
    let text = JSONString.decoded(slice, in: bytes.span, repairs: &repairs)
    #expect(text.hasPrefix("a\u{FFFD}") && text.hasSuffix("b"))
    #expect(repairs == .utf8)
  }

  @Test(arguments: 0..<40)
  func `finds the end of a string at every length and position`(_ length: Int) throws {
    for special in ["\"", "\\n", "é", "\\\""] {
      let inside = String(repeating: "x", count: length) + (special == "\"" ? "" : special + "yz")
      let bytes = Array("\"\(inside)\" ".utf8)
      var reader = JSONReader()
      let slice = try reader.value(in: bytes.span)
      #expect(slice.range == 0..<bytes.count - 1)
    }
  }
}

@Suite struct `Mending JSON for jsonb` {
  static let cases: [(String, String, String)] = [
    (#"{"a": [1, "x"]}"#, #"{"a": [1, "x"]}"#, ""),
    (#"{"a\u0000":"b\u0000\n"}"#, #"{"a":"b\u000a"}"#, "NUL removed"),
    (
      #"[ "\ud83d", {"k" : "\"\\"} ]"#, "[\"\u{FFFD}\",{\"k\" : \"\\\"\\\\\"}]",
      "lone surrogate replaced by U+FFFD"
    ),
    (
      #"[1e400000, 1e5, 1e-17000]"#, #"["1e400000",1e5,"1e-17000"]"#,
      "number beyond PostgreSQL's range kept as text"
    ),
    (
      #"{"a":"\q","b":true,"c":null,"d":[]}"#, #"{"a":"\\q","b":true,"c":null,"d":[]}"#,
      "unknown escape kept as sent"
    ),
  ]

  @Test(arguments: cases)
  func `leaves sound text as it is and mends the rest`(
    _ text: String, _ expected: String, _ reason: String
  ) throws {
    let bytes = Array(text.utf8)
    var reader = JSONReader()
    let slice = try reader.value(in: bytes.span)
    var output: [UInt8] = []
    var repairs: JSONRepairs = []
    try JSONMending.append(slice, of: bytes.span, to: &output, repairs: &repairs)
    #expect(String(decoding: output, as: UTF8.self) == expected)
    #expect(repairs.reason == reason)
  }

  @Test(arguments: 0..<200)
  func `gives sound JSON whatever the strings hold`(_ seed: Int) throws {
    var author = Author(random: Seeded(seed))
    var bytes = Array(author.object().utf8)
    let bad: [[UInt8]] = [
      Array(#"\u0000"#.utf8), Array(#"\ud83d"#.utf8), Array(#"\x"#.utf8), [0xFF], [0], [0x1F],
    ]
    for at in bytes.indices.reversed() where bytes[at] == UInt8(ascii: "c") {
      bytes.insert(contentsOf: bad.randomElement(using: &author.random) ?? [], at: at)
    }
    let text = bytes.span
    var reader = JSONReader()
    let slice = try reader.value(in: text)
    try reader.finish(in: text)
    var output: [UInt8] = []
    var repairs: JSONRepairs = []
    try JSONMending.append(slice, of: text, to: &output, repairs: &repairs)
    #expect(throws: Never.self, "seed \(seed)") {
      try JSONSerialization.jsonObject(with: Data(output))
    }
    #expect(!String(decoding: output, as: UTF8.self).contains("\\u0000"))
    #expect(!output.contains(0))
  }
}
