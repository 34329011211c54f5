import Catalog
import FoundationEssentials
import Simulator

/// The account that is served: how much is in it, and what has changed since it was made.
struct SimulatedAccount {
  static let size = Option(
    "size", value: "NAME", "ordinary (the default), large, large/20 for a part of it, or none")
  static let contacts = Option(
    "contacts", value: "N", "an ordinary account around so many contacts; default 5000")
  static let rows = Option(
    "rows", value: "STREAM=N,…", isRepeatable: true, "exactly so many rows of a stream")
  static let seed = Option("seed", value: "N", "another seed makes another account; default 1")
  static let until = Option(
    "until", value: "DAY",
    "the day its history ends; default now. Makes accounts repeatable")
  static let changed = Option(
    "changed", value: "PERCENT", "how much of contacts and deals has changed since")
  static let added = Option(
    "added", value: "N", "contact tags, notes and tasks added since, so many of each")
  static let deleted = Option(
    "deleted", value: "N",
    "rows deleted since, from five streams in turn; their children stay")
  static let silentTags = Option(
    "silent-tags", "a new tag on a contact does not move the contact's update time")

  static let options = [
    size, contacts, rows, seed, until, changed, added, deleted, silentTags,
  ]

  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  /// Makes the account, and then what has happened since.
  func account() throws -> Account {
    let changed = try invocation.number(Self.changed, in: 0...100) ?? 0
    let added = try invocation.number(Self.added, in: 0...1_000_000) ?? 0
    let deleted = try invocation.number(Self.deleted, in: 0...1_000_000) ?? 0
    let seed = try invocation.number(Self.seed, in: 0...Int.max) ?? 1
    var behaviour = EditBehaviour()
    behaviour.tagAddsMoveContacts = !invocation.arguments.has(Self.silentTags)
    let account = Account(
      seed: UInt64(seed), size: try accountSize(), historyUntil: try end(), behaviour: behaviour)
    account.change(percent: changed)
    // Before rows are added, so that those deleted were there at the last start.
    account.delete(deleted)
    account.add(added, seed: UInt64(seed))
    return account
  }

  // MARK: size

  private func accountSize() throws -> AccountSize {
    let contacts = try invocation.number(Self.contacts, in: 0...10_000_000)
    var size = try namedSize(contacts: contacts ?? 5000)
    if contacts != nil, let name = invocation.arguments.value(of: Self.size), name != "ordinary" {
      throw UsageError.contradiction("--contacts", "--size \(name)")
    }
    for part in invocation.arguments.value(of: Self.rows)?.split(separator: ",") ?? [] {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      let path = try Self.path(of: sides.first ?? "", for: Self.rows)
      guard sides.count == 2, let count = Int(sides[1]), (0...10_000_000).contains(count),
        size.set(path, to: count)
      else {
        throw UsageError.badValue(
          String(part), option: Self.rows.name, expected: "a stream and a number: contacts=100000")
      }
    }
    return size
  }

  private func namedSize(contacts: Int) throws -> AccountSize {
    let name = invocation.arguments.value(of: Self.size) ?? "ordinary"
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let divisor = parts.count == 2 ? Int(parts[1]) : parts.count == 1 ? 1 : nil
    switch (parts.first, divisor) {
    case ("ordinary", 1): return .scaled(contacts: contacts)
    case ("none", 1): return AccountSize()
    case ("large", let divisor?) where (1...1000).contains(divisor):
      return .large(dividedBy: divisor)
    default:
      throw UsageError.badValue(
        name, option: Self.size.name, expected: "ordinary, large, large/20 or none")
    }
  }

  /// The beginning of the day that `--until` names; nil if it names none.
  private func end() throws(UsageError) -> Date? {
    guard let text = invocation.arguments.value(of: Self.until) else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      let start = CalendarDay(year: year, month: month, day: day)?.start
    else {
      throw .badValue(text, option: Self.until.name, expected: "a day such as 2026-01-31")
    }
    return Date(timeIntervalSince1970: Double(start.microseconds) / 1_000_000)
  }

  /// Where rows of a stream are listed; the names of the API are understood too.
  static func path(of name: String, for option: Option) throws(UsageError) -> String {
    if let stream = StreamDefinition.named(name),
      let path = Account.path(servedAt: stream.path, under: stream.rows)
    {
      return path
    }
    if Account.paths.contains(name) { return name }
    let names = StreamDefinition.all.map(\.id.name)
    throw .badValue(
      name, option: option.name, expected: SimulatedTrouble.oneOf(names, near: name))
  }
}
