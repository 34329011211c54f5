/// Texts that must not leave this process: the account's key, the warehouse's password.
public struct Withheld: Sendable {
  /// Shorter ones stand in any text by chance.
  static let fewestCharacters = 6

  private let secrets: [String]

  /// Takes the secrets; what is too short to be told from other text is left alone.
  public init(_ secrets: [String]) {
    // The longest first, so that none is left in part.
    self.secrets = secrets.filter { $0.count >= Self.fewestCharacters }
      .sorted { $0.count > $1.count }
  }

  /// Whether a text holds a secret.
  public func isIn(_ text: String) -> Bool { secrets.contains { text.contains($0) } }

  /// The text with every secret in it replaced.
  public func removed(from text: String) -> String {
    secrets.reduce(text) { $0.replacing($1, with: "(secret)") }
  }
}
