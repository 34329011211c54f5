public import Catalog

/// Where pages come from: the account's API, throttled and decoded.
public protocol Source: Sendable {
  /// Asks for one page, once; the engine decides whether to ask again.
  ///
  /// - Throws: an `Explained` error that says whether asking again may help; `CancellationError`.
  func page(_ query: PageQuery) async throws -> Page

  /// Asks the account whether it takes the key at all: a refusal of one list may mean that only the
  /// list is out of reach, or that nothing is.
  ///
  /// - Throws: an `Explained` error; its fault is `.sourceRefused` if the key is refused.
  func confirmKey() async throws
}
