public import Replication
import Synchronization

/// One thread, one queue and a clock that moves only when nothing else can: what runs on it takes
/// the same course each time, and waits for nothing.
///
/// A task that prefers this executor, its child tasks and the actors they call run their jobs here,
/// one after the other, in the order in which they became ready. When none is ready, the clock is
/// set to the earliest waker and that one goes on.
public final class VirtualTime: TaskExecutor {
  private struct Sleeper {
    let id: Int
    let wake: Duration
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct State {
    var jobs: [UnownedJob] = []
    var first = 0
    var now: Duration = .zero
    var sleepers: [Sleeper] = []
    var cancelled: Set<Int> = []
    var lastID = 0

    mutating func nextJob() -> UnownedJob? {
      guard first < jobs.count else { return nil }
      defer {
        first += 1
        if first == jobs.count { (jobs, first) = ([], 0) }
      }
      return jobs[first]
    }

    /// The sleeper to wake next; of those that wake at once the one that lay down first.
    mutating func nextSleeper() -> Sleeper? {
      guard
        let index = sleepers.indices.min(by: {
          (sleepers[$0].wake, sleepers[$0].id) < (sleepers[$1].wake, sleepers[$1].id)
        })
      else { return nil }
      let sleeper = sleepers.remove(at: index)
      now = max(now, sleeper.wake)
      return sleeper
    }
  }

  /// A run on virtual time that waits for something that cannot come.
  public struct Stuck: Error, CustomStringConvertible {
    public let description: String
  }

  /// More jobs than this and a run is called endless.
  static let mostJobs = 3_000_000

  private let state = Mutex(State())

  public init() {}

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
  }

  /// Time since this clock was made.
  public var now: Duration { state.withLock { $0.now } }

  /// Waits without waiting.
  ///
  /// - Throws: `CancellationError` if the task is cancelled meanwhile.
  public func sleep(_ duration: Duration) async throws {
    try Task.checkCancellation()
    let id = state.withLock {
      $0.lastID += 1
      return $0.lastID
    }
    let isWhole = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isCancelled = state.withLock { state in
          if state.cancelled.remove(id) != nil { return true }
          state.sleepers.append(
            Sleeper(id: id, wake: state.now + duration, continuation: continuation))
          return false
        }
        if isCancelled { continuation.resume(returning: false) }
      }
    } onCancel: {
      let sleeper = state.withLock { state -> Sleeper? in
        guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
          state.cancelled.insert(id)
          return nil
        }
        return state.sleepers.remove(at: index)
      }
      sleeper?.continuation.resume(returning: false)
    }
    guard isWhole else { throw CancellationError() }
  }

  /// The engine's clock on this time.
  public func clock(chance: @escaping @Sendable () -> Double) -> EngineClock {
    EngineClock(
      now: { self.now }, sleep: { try await self.sleep($0) }, chance: chance)
  }

  /// Runs `body` to its end on the caller's thread.
  ///
  /// - Throws: `Stuck` if it waits for what cannot come, or does not end.
  public func run<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) throws -> Value {
    let result = Mutex<Value?>(nil)
    let task = Task(executorPreference: self) {
      let value = await body()
      result.withLock { $0 = value }
    }
    for _ in 0..<Self.mostJobs {
      if let job = state.withLock({ $0.nextJob() }) {
        job.runSynchronously(on: asUnownedTaskExecutor())
      } else if let value = result.withLock({ $0 }) {
        return value
      } else if let sleeper = state.withLock({ $0.nextSleeper() }) {
        sleeper.continuation.resume(returning: true)
      } else {
        task.cancel()
        throw Stuck(description: "everything waits, and nothing is left to wake it")
      }
    }
    throw Stuck(description: "it does not end")
  }
}
