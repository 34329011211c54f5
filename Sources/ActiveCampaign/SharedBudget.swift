/// The account's budget as all processes share it: asked before each request, told of its end.
public protocol SharedBudget: Sendable {
  /// Waits until one more request may start.
  ///
  /// - Returns: when at the latest it has to start; once that has passed, ask again.
  /// - Throws: an `Explained` error where the others cannot be asked; then nothing may be sent.
  ///   `CancellationError`.
  func take() async throws -> ContinuousClock.Instant

  /// Hears that a request it let start has ended, or was not sent after all.
  func ended() async
}
