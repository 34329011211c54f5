import ActiveCampaign
import Catalog
import Synchronization
import Warehouse

/// What came of the requests of a run: answers by status, and where it is asked for each of them.
final class RequestAudit: Sendable {
  /// How often what waits is written.
  private static let interval = Duration.seconds(2)

  private let counts = Mutex<[Int: Int]>([:])
  private let journal: RequestJournal?

  /// - Parameter journal: where each request is kept; nil for nowhere.
  init(_ journal: RequestJournal?) { self.journal = journal }

  /// Answers by their status; 0 stands for those that did not come, or not whole.
  var answers: [Int: Int] { counts.withLock(\.self) }

  /// Takes a request's start or end, from any thread.
  func note(_ event: RequestEvent) {
    guard case .ended(let asked, let status, let bytes, let duration) = event else { return }
    counts.withLock { $0[status ?? 0, default: 0] += 1 }
    let words = asked.place.split(separator: " ", maxSplits: 1)
    journal?.note(
      RequestEntry(
        number: asked.number, startedAt: asked.at, stream: asked.stream,
        method: String(words[0]), path: words.count > 1 ? String(words[1]) : "",
        attempt: asked.attempt, status: status, duration: duration, bytes: bytes))
  }

  /// Writes what comes together while `body` runs.
  func during<Value: Sendable>(_ body: () async -> Value) async -> Value {
    guard let journal else { return await body() }
    return await withTaskGroup(of: Void.self) { group in
      group.addTask {
        while (try? await Task.sleep(for: Self.interval)) != nil {
          // What cannot be written waits; the end of the run tells what never was.
          try? await journal.write()
        }
      }
      let value = await body()
      group.cancelAll()
      return value
    }
  }

  /// Writes the rest; what could not be kept is said, and fails nothing.
  func close(note: (String) -> Void) async {
    guard let journal else { return }
    let lost = await journal.close()
    if lost > 0 { note("\(Figures.amount(lost, "request")) could not be kept in acsync.requests") }
  }
}
