import Catalog
import Configuration

/// What a check of rows found, in JSON.
struct CheckDocument: Encodable {
  let stream: String
  let check: String
  let outcome: String
  let failingRows: Int64?
  let message: String?

  init(_ result: CheckResult) {
    stream = result.stream.name
    check = result.check
    outcome = result.outcome.rawValue
    failingRows = result.failingRows
    message = result.message
  }
}

extension Checks {
  /// Whether everybody that is notified can be told; each gets a test message.
  static func ofNotifications(_ setup: Setup) async -> [CheckedItem] {
    let notifier: Notifier
    do {
      notifier = Notifier(try Outlet(setup), warn: { _ in })
    } catch {
      return Finding.all(of: error).map { CheckedItem("notify", .failed($0.explanation)) }
    }
    let results = await notifier.tryOut((try? setup.account()) ?? "no account")
    guard !results.isEmpty else {
      return [
        CheckedItem(
          "notify",
          .doubtful("nobody is notified", remedy: "name somebody under notify in the file"))
      ]
    }
    return results.map { target, problem in
      guard let problem else {
        return CheckedItem(target.name, .fine("\(target.kind): took a test message"))
      }
      return CheckedItem(target.name, .failed(problem))
    }
  }
}
