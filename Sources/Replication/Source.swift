public import Catalog

/// Where pages come from: the account's API, throttled and decoded.
public protocol Source: Sendable {
  /// Asks for one page, once; the engine decides whether to ask again.
  ///
  /// - Throws: an `Explained` error that says whether asking again may help; `CancellationError`.
  func page(_ query: PageQuery) async throws -> Page
}
