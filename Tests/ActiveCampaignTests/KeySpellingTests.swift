import Testing

@testable import ActiveCampaign

@Suite struct `Comparing a key's spelling` {
  /// Enough to be compared with, whatever the key.
  private static let rest = String(repeating: "x", count: KeySpelling.maxBytes)

  private func stands(_ name: String, in text: String) throws -> Bool {
    let spelling = try #require(KeySpelling(Array(name.utf8)))
    return spelling.stands(at: 0, in: Array(text.utf8).span)
  }

  @Test(arguments: ["a", "id", "email", "firstName", "sms_consent_updated_at", ""])
  func `finds it at every position, and only there`(_ name: String) throws {
    let spelling = try #require(KeySpelling(Array(name.utf8)))
    #expect(spelling.byteCount == name.utf8.count + 3)
    for position in 0..<20 {
      let before = String(repeating: "-", count: position)
      let text = Array("\(before)\"\(name)\":\(Self.rest)".utf8)
      let found = (0..<40).filter { spelling.stands(at: $0, in: text.span) }
      #expect(found == [position])
    }
  }

  @Test func `takes no other byte for one of its own`() throws {
    let spelled = Array("\"firstName\":".utf8)
    let spelling = try #require(KeySpelling(Array("firstName".utf8)))
    for index in spelled.indices {
      for bit in 0..<8 {
        var bytes = spelled + Array(Self.rest.utf8)
        bytes[index] ^= 1 << UInt8(bit)
        let isFound = spelling.stands(at: 0, in: bytes.span)
        #expect(!isFound)
      }
    }
  }

  @Test func `is not found where the text ends too soon to compare`() throws {
    #expect(try !stands("id", in: #""id":1}"#))
    #expect(try !stands("id", in: ""))
    #expect(try stands("id", in: #""id":1}"# + Self.rest))
  }

  @Test(arguments: ["a\"b", "a\\b", "a\nb", "café", String(repeating: "n", count: 30)])
  func `is none for names of several spellings, or too long`(_ name: String) {
    #expect(KeySpelling(Array(name.utf8)) == nil)
  }
}
