import Catalog

/// Asks the account, once a run, whether it takes the key.
actor KeyQuestion {
  private let reader: Reader
  /// What the account answered; nil as long as it has not.
  private(set) var answer: KeyAnswer?
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
  @discardableResult
  func ask() async throws -> KeyAnswer {
    if let answer { return answer }
    guard !isWithdrawn else { throw CancellationError() }
    let (reader, withdrawal) = (reader, withdrawal)
    let answer = try await withThrowingTaskGroup(of: KeyAnswer.self) { group in
      group.addTask { try await reader.confirmKey() }
      group.addTask {
        for await _ in withdrawal {}
        throw CancellationError()
      }
      // Whichever comes first, the answer or the withdrawal, ends the other.
      defer { group.cancelAll() }
      guard let first = try await group.next() else { throw CancellationError() }
      return first
    }
    self.answer = answer
    return answer
  }

  /// Ends a question that is being asked, however long it would still wait for an answer.
  func withdraw() {
    isWithdrawn = true
    line.finish()
  }
}
