/// Takes out of a text what must not stand in it, whatever put it there.
struct Redaction: Sendable {
  private var replacements: [(text: String, by: String)] = []

  /// Hides a secret, also as a part of another word.
  mutating func hide(_ secret: String) { replace(secret, by: "(secret)") }

  /// Hides a name that is no secret, but somebody's.
  mutating func mask(_ name: String) { replace(name, by: "(masked)") }

  private mutating func replace(_ text: String, by other: String) {
    // Shorter ones would tear other words apart, and hide nothing.
    guard text.utf8.count > 3 else { return }
    replacements.append((text, other))
    // The longest first, so that no part of one is left.
    replacements.sort { $0.text.count > $1.text.count }
  }

  func of(_ text: String) -> String {
    replacements.reduce(text) { $0.replacing($1.text, with: $1.by) }
  }
}
