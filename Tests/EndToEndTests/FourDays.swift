import Foundation
import Simulator
import Synchronization
import TestSupport
import Testing

/// An account of 1,000 contacts that is synced at noon on four days of ten, while campaigns are read and
/// deals move: the account that docs/questions.md tells of.
struct FourDays {
  /// When the account's history ends that it is made with, and the first sync is: 2025-12-22, noon in
  /// Chicago, where the account is.
  private static let first = Date(timeIntervalSince1970: 1766426400)
  /// How many days after that it is synced.
  private static let days = [0, 2, 5, 9]
  /// The day of the last sync.
  static let today = "2025-12-31"

  /// The service's clock, which stands still while it is read.
  private final class Clock: Sendable {
    private let time = Mutex(FourDays.first)
    var now: Date { time.withLock { $0 } }
    func goOn(_ seconds: TimeInterval) { time.withLock { $0 += seconds } }
  }

  private let clock = Clock()
  private let server: Server
  private let environment: [String: String]
  private var account: Account { server.account }

  init() throws {
    let clock = clock
    var options = ServerOptions()
    options.apiKey = World.key
    options.requestsPerSecond = nil
    server = Server(
      account: Account(
        seed: 1, size: .scaled(contacts: 1000), historyUntil: Self.first, clock: { clock.now }),
      options: options)
    environment = [
      "ACTIVECAMPAIGN_URL": try server.start(), "ACTIVECAMPAIGN_API_KEY": World.key,
      "DATABASE_URL": try Database.current.uri, "ACSYNC_REQUESTS_PER_SECOND": "10000",
      "ACSYNC_ACCOUNT_TIME_ZONE": "America/Chicago",
    ]
  }

  /// Lets the days pass, with a sync on each.
  func pass() async throws {
    defer { server.stop() }
    for (last, day) in zip([0] + Self.days, Self.days) {
      // Much happens on each day between, at midnight.
      for passing in last..<day {
        clock.goOn(43_200)
        happen(on: passing + 1)
        clock.goOn(43_200)
      }
      let ending = try await acsync(["run", "--json"], environment: environment)
      try #require(ending.code == 0, "day \(day): \(ending.aside)")
    }
  }

  private func happen(on day: Int) {
    for (place, id) in account.ids(of: "campaigns").enumerated().prefix(30) {
      raise(
        [
          "opens": 9, "uniqueopens": 5, "linkclicks": 4, "uniquelinkclicks": 2,
          "hardbounces": place % 5 == 0 ? 3 : 0, "softbounces": place % 3 == 0 ? 2 : 0,
          "unsubscribes": place % 4 == 0 ? 1 : 0,
        ], by: day * (place % 7 + 1), of: id)
    }
    let deals = account.ids(of: "deals")
    let stages = account.ids(of: "dealStages")
    for place in 0..<10 {
      let id = deals[(place * 17 + day * 5) % deals.count]
      let fields: Fields =
        place % 3 == 0
        ? ["status": .count(place % 2 + 1)]
        : ["stage": .count(stages[(place + day) % stages.count])]
      account.update("deals", id: id, fields)
    }
  }

  /// Adds to a campaign's counters, which no update time tells.
  private func raise(_ counters: [String: Int], by times: Int, of id: Int) {
    guard let row = account.row(of: "campaigns", id: id),
      let fields = try? JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: Any]
    else { return }
    for (counter, step) in counters where step > 0 {
      let held = (fields[counter] as? String).flatMap { Int($0) } ?? fields[counter] as? Int ?? 0
      account.update("campaigns", id: id, [counter: .count(held + step * times)], silently: true)
    }
  }
}
