import FoundationEssentials
import Simulator
import Synchronization

/// The account that newcomers look at first: made up, always the same, and slowly living on.
///
/// Every start makes the same rows from a fixed seed and a fixed beginning, and then replays what
/// has changed since. So a second run meets the account that the first one read, a little later.
enum Demo {
  /// What progress is kept under: the port it listens on is another one each time.
  static let account = "simulator"
  /// The key it takes.
  static let key = "simulator-key"

  private static let seed: UInt64 = 2026
  /// 2026-01-01T00:00:00Z: the account is generated as it stood then.
  private static let beginning = Date(timeIntervalSince1970: 1_767_225_600)
  /// Time between two changes.
  private static let interval = 20.0
  /// Contacts and deals that change, in turn; a later change of a row replaces its earlier one, so
  /// only the last turn has to be replayed.
  private static let livingRows = 300

  /// Thousands of contacts, few enough tags on them that the first run takes less than a minute.
  static var size: AccountSize {
    var size = AccountSize.scaled(contacts: 8000)
    size.contactTags = 3000
    return size
  }

  /// The account as it is at `now`.
  static func account(at now: Date = Date()) -> Account {
    // The account's clock: at its beginning, then at each change, then the real time.
    let stopped = Mutex<Date?>(beginning)
    let account = Account(seed: seed, size: size) { stopped.withLock { $0 } ?? Date() }
    let last = Int(now.timeIntervalSince(beginning) / interval)
    for number in max(0, last - livingRows + 1)..<max(0, last + 1) {
      let time = beginning.addingTimeInterval(Double(number) * interval)
      stopped.withLock { $0 = time }
      change(account, number)
    }
    stopped.withLock { $0 = nil }
    return account
  }

  /// The change with this number: every fifth moves a deal's value, the others a contact's phone.
  private static func change(_ account: Account, _ number: Int) {
    let turn = number % livingRows
    if turn.isMultiple(of: 5) {
      let ids = account.ids(of: "deals")
      guard !ids.isEmpty else { return }
      account.update(
        "deals", id: ids[(turn * 3) % ids.count],
        ["value": .text("\(10_000 + number * 7919 % 900_000)")])
    } else {
      let ids = account.ids(of: "contacts")
      guard !ids.isEmpty else { return }
      account.update(
        "contacts", id: ids[(turn * 17) % ids.count],
        ["phone": .text("+1 312 555 \(1000 + number % 9000)")])
    }
  }
}
