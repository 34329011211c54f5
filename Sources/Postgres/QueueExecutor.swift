internal import Dispatch

/// Runs an actor on a serial queue of its own.
///
/// libpq blocks its caller, so a connection must never sit on one of Swift's few cooperative
/// threads; a serial queue gets a thread of its own from Dispatch while it has something to run.
final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
