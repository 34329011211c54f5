/// How far the clocks of a place are ahead of UTC, and when that changes.
///
/// Read from the bytes of a zone file as the system keeps them (TZif, RFC 9636).
public struct TimeZoneRules: Sendable, Hashable {
  /// The zone's name: `Europe/Berlin`.
  public let name: String
  /// When clocks were changed, in seconds since the epoch, ascending.
  private let changes: [Int64]
  /// What clocks are ahead of UTC, in seconds: first before all changes, then after each.
  private let offsets: [Int64]
  /// What holds after the last change; nil: no more changes.
  private let rule: YearlyRule?

  /// Coordinated Universal Time.
  public static let utc = TimeZoneRules(name: "UTC", changes: [], offsets: [0], rule: nil)

  private init(name: String, changes: [Int64], offsets: [Int64], rule: YearlyRule?) {
    self.name = name
    self.changes = changes
    self.offsets = offsets
    self.rule = rule
  }

  /// Reads a zone file.
  ///
  /// - Throws: `ScheduleError` where it is none.
  public init(name: String, file bytes: [UInt8]) throws(ScheduleError) {
    guard let file = ZoneFile(bytes) else {
      throw ScheduleError(
        "the file of the time zone \(name.shown) cannot be read", remedy: "reinstall tzdata")
    }
    self.init(name: name, changes: file.changes, offsets: file.offsets, rule: file.rule)
  }

  /// A time in which clocks are not changed.
  struct Span: Sendable, Hashable {
    /// Its first second; nil: there was no change before.
    var start: Int64?
    /// The first second after it; nil: there will be no change.
    var end: Int64?
    /// How far clocks are ahead of UTC, in seconds.
    var offset: Int64
    /// How far they were before it; nil where it has no start.
    var offsetBefore: Int64?
  }

  /// The span that holds a second.
  func span(at second: Int64) -> Span {
    let index = changes.partition(after: second)
    // Behind the last change of the file its rule takes over.
    guard index == changes.count, let rule else { return span(number: index) }
    let coming = rule.changes(around: second).filter { $0.time > (changes.last ?? .min) }
    guard let last = coming.last(where: { $0.time <= second }) else {
      var span = span(number: index)
      span.end = coming.first?.time
      return span
    }
    let before = coming.last { $0.time < last.time }?.offset ?? offsets[offsets.count - 1]
    return Span(
      start: last.time, end: coming.first { $0.time > second }?.time, offset: last.offset,
      offsetBefore: before)
  }

  private func span(number index: Int) -> Span {
    Span(
      start: index > 0 ? changes[index - 1] : nil,
      end: index < changes.count ? changes[index] : nil, offset: offsets[index],
      offsetBefore: index > 0 ? offsets[index - 1] : nil)
  }

  /// How far clocks are ahead of UTC at a second since the epoch.
  public func offset(at second: Int64) -> Int64 { span(at: second).offset }
}

extension [Int64] {
  /// How many of the ascending numbers are not above `limit`.
  fileprivate func partition(after limit: Int64) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
