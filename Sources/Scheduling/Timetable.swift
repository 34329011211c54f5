public import Catalog

/// Which of several schedules is to run next: a value without a clock.
///
/// One thing runs at a time. A tick that comes while another schedule runs waits for it; a tick that
/// comes while its own schedule still runs or waits is skipped.
public struct Timetable: Sendable {
  /// One schedule.
  public struct Entry: Sendable, Hashable {
    /// What it is called; no two of a timetable are called the same.
    public let title: String
    /// When it ticks.
    public let timing: Timing
    /// How late its ticks are.
    public let jitter: Jitter

    /// Makes an entry.
    public init(_ title: String, _ timing: Timing, jitter: Jitter = .none) {
      self.title = title
      self.timing = timing
      self.jitter = jitter
    }

    /// The first tick after an instant, with its jitter.
    public func next(after instant: Instant) -> Instant? {
      // A tick whose own time has passed may still be to come.
      var written = timing.next(after: instant - reach)
      while let time = written {
        let following = timing.next(after: time)
        let tick = time + jitter.delay(gap: following.map { $0 - time } ?? jitter.most)
        if tick > instant { return tick }
        written = following
      }
      return nil
    }

    /// The most by which one of its ticks can be late.
    private var reach: Duration {
      guard case .every(let interval) = timing else { return jitter.most }
      return min(jitter.most, interval.duration)
    }

    /// The time between two ticks about an instant; nil where it ticks at most once more.
    public func gap(around instant: Instant) -> Duration? {
      guard let first = timing.next(after: instant), let second = timing.next(after: first) else {
        return nil
      }
      return second - first
    }
  }

  private struct Line {
    var entry: Entry
    var due: Instant?
    /// Since when its tick waits to be begun; nil if none does.
    var waitingSince: Instant?
    var ticks = 0
    var skipped = 0
  }

  private var lines: [Line]
  /// The title of what runs now; nil if nothing does.
  public private(set) var running: String?

  /// Ticks that are taken one by one after a long pause; those beyond are not counted.
  private static let mostCaughtUp = 1000

  /// Begins at an instant: intervals tick at once, cron expressions at their next time.
  public init(_ entries: [Entry], at now: Instant) {
    lines = entries.map { Line(entry: $0, due: Self.first(of: $0, at: now)) }
  }

  private static func first(of entry: Entry, at now: Instant) -> Instant? {
    if case .every = entry.timing { now } else { entry.next(after: now) }
  }

  /// The schedules, in their order.
  public var entries: [Entry] { lines.map(\.entry) }

  /// When something is next to be decided; nil if never.
  public var nextTick: Instant? { lines.compactMap(\.due).min() }

  /// When a schedule ticks next.
  public func nextTick(of title: String) -> Instant? { line(title)?.due }

  /// How many ticks of a schedule were skipped.
  public func skipped(_ title: String) -> Int { line(title)?.skipped ?? 0 }

  /// How many ticks of a schedule came, those skipped included.
  public func ticks(_ title: String) -> Int { line(title)?.ticks ?? 0 }

  private func line(_ title: String) -> Line? { lines.first { $0.entry.title == title } }

  /// Takes the ticks that have come until now; returns the titles of those that are skipped.
  public mutating func advance(to now: Instant) -> [String] {
    var skipped: [String] = []
    for index in lines.indices {
      skipped += advance(index, to: now)
    }
    return skipped
  }

  private mutating func advance(_ index: Int, to now: Instant) -> [String] {
    var skipped: [String] = []
    let entry = lines[index].entry
    for _ in 0..<Self.mostCaughtUp {
      guard let due = lines[index].due, due <= now else { break }
      lines[index].ticks += 1
      if running == entry.title || lines[index].waitingSince != nil {
        lines[index].skipped += 1
        skipped.append(entry.title)
      } else {
        lines[index].waitingSince = due
      }
      lines[index].due = entry.next(after: due)
    }
    // Also where the clock was put back, or far forward.
    let fresh = entry.next(after: now)
    if let fresh, lines[index].due.map({ $0 <= now || $0 > fresh }) ?? true {
      lines[index].due = fresh
    }
    return skipped
  }

  /// Takes the tick that has waited longest and begins it; nil if none waits, or something runs.
  public mutating func begin() -> String? {
    guard running == nil else { return nil }
    let waiting = lines.indices.filter { lines[$0].waitingSince != nil }
    guard
      let first = waiting.min(by: {
        // Of equally old ones the first of the list.
        (lines[$0].waitingSince ?? .distantFuture, $0)
          < (lines[$1].waitingSince ?? .distantFuture, $1)
      })
    else { return nil }
    lines[first].waitingSince = nil
    running = lines[first].entry.title
    return running
  }

  /// Notes that what ran has ended.
  public mutating func end() { running = nil }

  /// Other schedules from now on; those that stay the same keep their place and their counts.
  public mutating func replace(by entries: [Entry], at now: Instant) {
    let known = lines
    lines = entries.map { entry in
      known.first { $0.entry == entry } ?? Line(entry: entry, due: Self.first(of: entry, at: now))
    }
  }
}

extension Instant {
  fileprivate static let distantFuture = Instant(microseconds: .max)
}
