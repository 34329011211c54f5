public import FoundationEssentials

/// One thing that happened to one row since the account was made.
public struct HistoryEvent: Sendable, Equatable {
  /// What happened to a row.
  public enum Kind: String, Sendable {
    case inserted, deleted
    /// It changed, or a row that belongs to it did, and its update time moved where it has one.
    case updated
    /// It changed, and its update time did not move.
    case updatedSilently = "updated-silently"
  }

  /// Its place among all events, from 1.
  public let number: Int
  /// Where the row is listed: `contacts`.
  public let path: String
  /// The row's id.
  public let id: Int
  /// When, in the account's time, to the second.
  public let time: Date
  /// What happened.
  public let kind: Kind
  /// The row's version since: rows that the account was made with, and new ones, begin with 1; a
  /// deletion counts too.
  public let version: Int

  /// One line of `GET /_simulator/history`.
  var json: [UInt8] {
    JSONWriter.text(of: [
      "number": .number(number), "path": .text(path), "id": .count(id),
      "at": .text(CentralTime.utc(Int(time.timeIntervalSince1970.rounded(.down)))),
      "event": .text(kind.rawValue), "version": .number(version),
    ])
  }
}

/// Everything that happened in an account since it was made.
struct History: Sendable {
  private struct Place: Hashable {
    let path: String
    let id: Int
  }

  private(set) var events: [HistoryEvent] = []
  /// The versions of the rows that anything happened to.
  private var versions: [Place: Int] = [:]

  /// Something has happened to a row.
  mutating func note(_ kind: HistoryEvent.Kind, _ path: String, _ id: Int, at now: Int) {
    let place = Place(path: path, id: id)
    // A row that was there from the start has been at its first version until now.
    let version = versions[place, default: kind == .inserted ? 0 : 1] + 1
    versions[place] = version
    events.append(
      HistoryEvent(
        number: events.count + 1, path: path, id: id,
        time: Date(timeIntervalSince1970: Double(now)), kind: kind, version: version))
  }
}

extension Account {
  /// Everything that happened since the account was made, oldest first.
  public var history: [HistoryEvent] { withState { $0.history.events } }

  /// Keeps a copy of all rows from now on, which `PageFault.stale` serves.
  ///
  /// It lags behind as the copy of a slow database does: every so many edits it is made anew.
  public func keepCopy() {
    withState { $0.copy = $0.tables }
  }
}

extension Account.State {
  /// After so many edits the copy is made anew.
  static let copyLag = 100

  /// Works on the copy of the rows, or on the rows themselves where no copy is kept.
  mutating func withCopy<Value>(_ work: (inout Account.State) -> Value) -> Value {
    guard let copy else { return work(&self) }
    var old = Account.State(tables: copy)
    return work(&old)
  }

  /// The rows have been edited.
  mutating func edited() {
    selections.forget()
    guard copy != nil else { return }
    editsSinceCopy += 1
    guard editsSinceCopy > Self.copyLag else { return }
    copy = tables
    editsSinceCopy = 0
  }
}
