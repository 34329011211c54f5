import FoundationEssentials
import Simulator
import Testing

@testable import Commands

@Suite struct `The demonstration account` {
  /// 2026-03-01T12:00:10Z, ten seconds into one of the account's intervals.
  private let noon = Date(timeIntervalSince1970: 1_772_366_410)

  /// Rows of a path that differ between two moments.
  private func changes(
    of path: String, from one: Account, to other: Account
  ) -> [(before: String, after: String)] {
    zip(one.rows(of: path), other.rows(of: path)).filter { $0 != $1 }.map { ($0, $1) }
  }

  @Test func `is the same at each start, and worth looking at`() {
    let (one, other) = (Demo.account(at: noon), Demo.account(at: noon))
    for path in Account.paths { #expect(one.rows(of: path) == other.rows(of: path)) }
    #expect(one.count(of: "contacts") == 8000)
    #expect(one.count(of: "deals") >= 1000)
    #expect(one.count(of: "dealGroups") >= 3)
  }

  @Test func `lives on between two starts: one row each interval`() {
    let one = Demo.account(at: noon)
    let later = Demo.account(at: noon.addingTimeInterval(100))
    let contacts = changes(of: "contacts", from: one, to: later)
    let deals = changes(of: "deals", from: one, to: later)
    #expect(contacts.count == 4)
    #expect(deals.count == 1)
    #expect(contacts.allSatisfy { $0.after.contains("+1 312 555") })
    for path in Account.paths where path != "contacts" && path != "deals" {
      #expect(changes(of: path, from: one, to: later).isEmpty, "\(path)")
    }
  }

  @Test func `keeps what has changed before, however late it is started`() {
    // A day on, every living row has changed again and again; the others have stayed.
    let tomorrow = Demo.account(at: noon.addingTimeInterval(86_400))
    let changed = changes(of: "contacts", from: Demo.account(at: noon), to: tomorrow)
    #expect(changed.count == 240)
  }

  @Test func `stands at its beginning where the clock is set before it`() {
    let account = Demo.account(at: Date(timeIntervalSince1970: 0))
    #expect(account.count(of: "contacts") == 8000)
  }
}
