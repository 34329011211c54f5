import Testing

@testable import Outbound

@Suite struct `What is withheld` {
  @Test func `is found and removed, the longest first`() {
    let withheld = Withheld(["secret-1", "secret-1-and-more", "abc"])
    #expect(withheld.isIn("x secret-1 y"))
    #expect(withheld.removed(from: "a secret-1-and-more b secret-1") == "a (secret) b (secret)")
  }

  @Test func `is not what stands in any text by chance`() {
    #expect(!Withheld(["abc", ""]).isIn("abcabc"))
  }
}
