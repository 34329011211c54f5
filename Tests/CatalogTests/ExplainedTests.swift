import Catalog
import Testing

@Suite struct `An explanation` {
  @Test func `reads as what, where and remedy`() {
    let whole = Explanation(
      "the key is refused", at: "GET users/me", remedy: "check the key", .lasting(.stopRun),
      fault: .sourceRefused)
    #expect(whole.lines == ["the key is refused", "  at GET users/me", "  → check the key"])
  }

  @Test func `leaves out what it does not have`() {
    let bare = Explanation(
      "it failed", at: "", remedy: "", .lasting(.failStream), fault: .partial)
    #expect(bare.lines == ["it failed"])
  }
}
