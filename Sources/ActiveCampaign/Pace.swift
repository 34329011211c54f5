/// Says when the next request may start: the rule alone, without a clock.
///
/// Starts follow a schedule of evenly spaced slots, so that lateness of one start does not delay
/// those after it; and whatever the schedule says, no window of actual starts holds more than the
/// rate allows: with `n` the rate rounded up, each start is `n / rate` seconds after the `n`-th
/// last, which for 4 a second is a whole second after the fourth-last.
struct Pace: Sendable {
  /// Windows of more starts than this are not kept: a shorter window of the same rate is as strict.
  private static let maxWindow = 1000
  /// A window is longer than it must be by this share, which covers what passes between a permit
  /// and the request's first byte.
  private static let windowMargin = 0.002
  /// How late a start may be for the next ones to catch up with the schedule: never a burst.
  private static let catchUp = Duration.milliseconds(5)

  private let interval: Duration
  private let minSpacing: Duration
  private let window: Duration
  private let windowStarts: Int
  /// Actual starts, newest last: those of a window, and two more for `recentStarts`.
  private var starts: [Duration] = []
  /// The slot of the next start.
  private var slot = Duration.zero
  private var isWaiting = false

  /// A pace of `perSecond` starts, which may be a fraction: 0.5 is a start every two seconds.
  init(perSecond: Double) {
    precondition(perSecond > 0, "a rate is a positive number")
    // From one start in eleven days to more than any machine can send.
    let perSecond = perSecond.clamped(to: 1e-6...1e6)
    let count = min(Int(perSecond.rounded(.up)), Self.maxWindow)
    windowStarts = count
    window = .seconds(Double(count) / perSecond * (1 + Self.windowMargin))
    interval = .seconds(1 / perSecond)
    minSpacing = max(.zero, interval - max(interval / 10, Self.catchUp))
  }

  /// How long to wait at `now` before the next start; zero if it may start.
  mutating func delay(at now: Duration) -> Duration {
    if !isWaiting {
      // Nobody waited for the slots before now: they are gone, not owed.
      slot = max(slot, now)
      isWaiting = true
    }
    return max(.zero, earliest - now)
  }

  /// Records that a request has started.
  mutating func started(at now: Duration) {
    isWaiting = false
    starts.append(now)
    if starts.count > windowStarts + 2 { starts.removeFirst() }
    slot = max(slot + interval, now + minSpacing)
  }

  /// Gives up the next slot or a part of it: others use the account too.
  mutating func yield(_ share: Double) {
    slot += interval * share
  }

  /// How many of the starts still remembered happened in the second before `now` or one spacing
  /// earlier, where the service's count and ours may differ.
  func recentStarts(at now: Duration) -> Int {
    starts.count { $0 > now - .seconds(1) - interval }
  }

  private var earliest: Duration {
    let spaced = starts.last.map { $0 + minSpacing } ?? slot
    let isFull = starts.count >= windowStarts
    let windowed = isFull ? starts[starts.count - windowStarts] + window : slot
    return max(slot, max(spaced, windowed))
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
