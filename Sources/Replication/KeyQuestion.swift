import Catalog

/// Asks the account, once a run, whether it takes the key.
actor KeyQuestion {
  private let reader: Reader
  private var isConfirmed = false
  private var isWithdrawn = false
  private var asking: Task<Void, any Error>?

  init(_ reader: Reader) { self.reader = reader }

  /// Asks as often as the errors allow; a second call does not ask again.
  ///
  /// - Throws: the last attempt's error; `CancellationError` if the question was withdrawn.
  func ask() async throws {
    guard !isConfirmed else { return }
    guard !isWithdrawn else { throw CancellationError() }
    let task = Task { try await reader.confirmKey() }
    asking = task
    defer { asking = nil }
    try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
    isConfirmed = true
  }

  /// Ends a question that is being asked, however long it would still wait for an answer.
  func withdraw() {
    isWithdrawn = true
    asking?.cancel()
  }
}
