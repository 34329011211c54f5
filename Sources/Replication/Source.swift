public import Catalog

/// Where pages come from: the account's API, throttled and decoded.
public protocol Source: Sendable {
  /// Asks for one page, once; the engine decides whether to ask again.
  ///
  /// - Throws: an `Explained` error that says whether asking again may help; `CancellationError`.
  func page(_ query: PageQuery) async throws -> Page

  /// Asks, once, for one row by its key: false if the service says that it has no such row.
  ///
  /// - Throws: as `page`; whatever leaves the answer in doubt is an error.
  func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool

  /// Asks the account whether it takes the key at all: a refusal of one list may mean that only the
  /// list is out of reach, or that nothing is.
  ///
  /// - Throws: an `Explained` error; its fault is `.sourceRefused` if the key is refused.
  func confirmKey() async throws -> KeyAnswer
}

/// The account's answer to the question whose key it is asked with.
public struct KeyAnswer: Sendable, Hashable {
  /// The id of the user whose permissions the key has.
  public let user: Int64
  /// The user's time zone, such as `Europe/Berlin`; nil where the account does not tell.
  public let zone: String?
  /// The account's time when it answered.
  public let serverTime: Instant

  /// Makes an answer.
  public init(user: Int64, zone: String? = nil, serverTime: Instant) {
    self.user = user
    self.zone = zone
    self.serverTime = serverTime
  }
}
