import Catalog

/// Asks the account, once a run, whether it takes the key.
actor KeyQuestion {
  private let reader: Reader
  private var isConfirmed = false
  private var isWithdrawn = false
  /// Ends when the question is withdrawn.
  private let withdrawal: AsyncStream<Never>
  private let line: AsyncStream<Never>.Continuation

  init(_ reader: Reader) {
    self.reader = reader
    (withdrawal, line) = AsyncStream.makeStream()
  }

  /// Asks as often as the errors allow; a second call does not ask again.
  ///
  /// - Throws: the last attempt's error; `CancellationError` if the question was withdrawn.
  func ask() async throws {
    guard !isConfirmed else { return }
    guard !isWithdrawn else { throw CancellationError() }
    let (reader, withdrawal) = (reader, withdrawal)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await reader.confirmKey() }
      group.addTask {
        for await _ in withdrawal {}
        throw CancellationError()
      }
      // Whichever comes first, the answer or the withdrawal, ends the other.
      try await group.next()
      group.cancelAll()
    }
    isConfirmed = true
  }

  /// Ends a question that is being asked, however long it would still wait for an answer.
  func withdraw() {
    isWithdrawn = true
    line.finish()
  }
}
