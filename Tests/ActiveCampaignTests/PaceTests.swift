import Catalog
import Testing

@testable import ActiveCampaign

@Suite struct `The pace of starts` {
  static let rates = [0.5, 1, 2.5, 3, 4, 5, 10, 33.3, 200, 1500]

  /// Starts of a caller that asks again as soon as it has started, or after `idle`; each start is
  /// late by `lateness`.
  static func starts(
    _ count: Int, perSecond rate: Double, lateness: () -> Duration = { .zero },
    idle: () -> Duration = { .zero }
  ) -> [Duration] {
    var pace = Pace(perSecond: rate)
    var now = Duration.seconds(100)
    return (0..<count).map { _ in
      now += idle()
      var delay = pace.delay(at: now)
      while delay > .zero {
        now += delay + lateness()
        delay = pace.delay(at: now)
      }
      pace.started(at: now)
      return now
    }
  }

  @Test(arguments: 0..<100)
  func `never lets more start in any window than the rate allows`(_ seed: Int) throws {
    var random = Seeded(seed)
    let rate = try #require(Self.rates.randomElement(using: &random))
    let starts = Self.starts(
      400, perSecond: rate,
      lateness: {
        Int.random(in: 0..<20, using: &random) == 0
          ? .milliseconds(Int.random(in: 0...900, using: &random))
          : .microseconds(Int.random(in: 0...3000, using: &random))
      },
      idle: {
        Int.random(in: 0..<30, using: &random) == 0
          ? .milliseconds(Int.random(in: 0...5000, using: &random)) : .zero
      })
    let burst = Int(rate.rounded(.up))
    for first in starts.indices where first + burst < starts.count {
      let window = starts[first + burst] - starts[first]
      #expect(
        window >= .seconds(Double(burst) / rate),
        "seed \(seed), rate \(rate), starts \(first) to \(first + burst): \(window)")
    }
  }

  @Test(arguments: rates)
  func `spaces the starts of a busy caller evenly`(_ rate: Double) {
    var random = Seeded(Int(rate * 10))
    let starts = Self.starts(200, perSecond: rate) {
      .microseconds(Int.random(in: 0...2000, using: &random))
    }
    let slack = max(0.1 / rate, 0.005)
    for (one, next) in zip(starts, starts.dropFirst()) {
      #expect(next - one >= .seconds(1 / rate - slack))
      #expect(next - one <= .seconds(1 / rate + slack + 0.005))
    }
  }

  @Test(arguments: rates.filter { $0 <= 10 })
  func `reaches 98 percent of the rate although every start is a little late`(_ rate: Double) {
    var random = Seeded(1)
    let starts = Self.starts(500, perSecond: rate) {
      .microseconds(Int.random(in: 0...8000, using: &random))
    }
    let elapsed = (starts[starts.count - 1] - starts[0]).inSeconds
    #expect(Double(starts.count - 1) / elapsed >= 0.98 * rate)
    #expect(Double(starts.count - 1) / elapsed <= rate)
  }

  @Test func `lets the first start at once, and one after a long rest`() {
    var pace = Pace(perSecond: 4)
    #expect(pace.delay(at: .seconds(9)) == .zero)
    pace.started(at: .seconds(9))
    #expect(pace.delay(at: .seconds(60)) == .zero)
  }

  @Test func `owes nobody the slots that nobody waited for`() {
    var pace = Pace(perSecond: 4)
    var starts: [Duration] = []
    for ask in [0, 60, 60, 60, 60, 60] {
      var now = max(Duration.seconds(ask), starts.last ?? .zero)
      now += pace.delay(at: now)
      pace.started(at: now)
      starts.append(now)
    }
    for (one, next) in zip(starts.dropFirst(), starts.dropFirst(2)) {
      #expect(next - one >= .milliseconds(225))
    }
  }

  @Test(arguments: [Double.leastNonzeroMagnitude, 1e-9, 1e300, .infinity])
  func `takes any positive rate`(_ rate: Double) {
    var pace = Pace(perSecond: rate)
    #expect(pace.delay(at: .zero) == .zero)
    pace.started(at: .zero)
    #expect((pace.delay(at: .zero) > .seconds(1000)) == (rate < 1))
  }

  @Test func `gives up a part of a slot when it yields`() {
    var pace = Pace(perSecond: 4)
    _ = pace.delay(at: .zero)
    pace.started(at: .zero)
    pace.yield(0.5)
    #expect(pace.delay(at: .zero) == .milliseconds(375))
  }
}
