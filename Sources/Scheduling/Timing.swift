internal import Catalog

/// When something is to happen again and again.
public enum Timing: Sendable, Hashable, CustomStringConvertible {
  /// Every so often, counted from the epoch, so that a restart moves nothing.
  case every(Interval)
  /// At the times of a cron expression, by the clocks of a zone.
  case cron(CronExpression, TimeZoneRules)

  /// As messages name it: `every 15m`, `cron 0 3 * * *`, with its zone where that is not UTC.
  public var description: String {
    switch self {
    case .every(let interval): "every \(interval)"
    case .cron(let expression, .utc): "cron \(expression)"
    case .cron(let expression, let zone): "cron \(expression) \(zone.name)"
    }
  }

  /// The first time after an instant, before any jitter; nil if there is none.
  func next(after instant: Instant) -> Instant? {
    switch self {
    case .every(let interval): interval.next(after: instant)
    case .cron(let expression, let zone): expression.next(after: instant, in: zone)
    }
  }
}

/// A time between two ticks: `90s`, `15m`, `1h`.
public struct Interval: Sendable, Hashable, CustomStringConvertible {
  /// How long it is.
  public let duration: Duration
  /// As it was written.
  public let description: String

  private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
  /// From a second to a week.
  private static let seconds: ClosedRange<Int64> = 1...604_800

  /// Reads an interval: a whole number and `s`, `m`, `h` or `d`; from a second to seven days.
  ///
  /// - Throws: `ScheduleError`.
  public init(_ text: String) throws(ScheduleError) {
    let digits = text.dropLast()
    guard let unit = text.last.flatMap({ Self.units[$0] }), (1...9).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let count = Int64(digits)
    else {
      throw ScheduleError("\(text.shown) is no interval", remedy: "write 90s, 15m, 1h or 1d")
    }
    guard Self.seconds.contains(count * unit) else {
      throw ScheduleError(
        "the interval \(text.shown) is too \(count * unit < 1 ? "short" : "long")",
        remedy: "choose one from 1s to 7d")
    }
    duration = .seconds(count * unit)
    description = text
  }

  /// The first multiple of it since the epoch that is after an instant.
  func next(after instant: Instant) -> Instant {
    let length = duration.microseconds
    let rest = instant.microseconds % length
    return Instant(
      microseconds: instant.microseconds - (rest < 0 ? rest + length : rest) + length)
  }
}

/// How much later than written each tick comes, so that many hosts do not start at one moment.
///
/// The same for the same seed: a host keeps its place.
public struct Jitter: Sendable, Hashable {
  /// The most by which a tick is late.
  public let most: Duration
  /// 0 up to 1: where between none and the most.
  let share: Double

  /// No tick is later than this share of the time to the next one.
  public static let mostOfGap = 0.1
  /// The usual limit.
  public static let usual = Duration.seconds(60)

  /// No jitter.
  public static let none = Jitter(most: .zero, share: 0)

  private init(most: Duration, share: Double) {
    self.most = most
    self.share = share
  }

  /// A jitter that is the same wherever the seed is: the account and the schedule.
  public init(seed: String, most: Duration = usual) {
    // FNV-1a, and a last stir: names that differ in their last letter shall lie far apart.
    var hash = seed.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    hash ^= hash >> 31
    self.init(most: max(.zero, most), share: Double(hash >> 11) / Double(1 << 53))
  }

  /// How late a tick is that has so much time to the next one.
  func delay(gap: Duration) -> Duration {
    let limit = min(most.inSeconds, gap.inSeconds * Self.mostOfGap)
    return .microseconds(Int64(limit * share * 1_000_000))
  }
}
