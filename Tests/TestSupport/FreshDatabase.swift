public import Testing

/// Gives each test, and each case of a test with arguments, a database of its own.
public struct FreshDatabase: TestTrait, SuiteTrait, TestScoping {
  /// Whether the tests inside a suite get it too: each its own.
  public var isRecursive: Bool { true }

  /// Runs the test with ``Database/current`` set.
  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    await Turns.shared.take()
    do {
      try await Database.withFresh { database in
        try await Database.$bound.withValue(database) { try await function() }
      }
      await Turns.shared.giveBack()
    } catch {
      await Turns.shared.giveBack()
      throw error
    }
  }
}

extension Trait where Self == FreshDatabase {
  /// A database of the test's own, as ``Database/current``.
  public static var freshDatabase: FreshDatabase { FreshDatabase() }
}

/// Bounds how many tests hold a database at once, so that their connections fit the server.
private actor Turns {
  static let shared = Turns(count: 16)

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(count: Int) {
    free = count
  }

  func take() async {
    guard free == 0 else {
      free -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  func giveBack() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
