internal import Catalog

/// What is wrong with a value, and what to write instead.
struct WrongValue: Error {
  let what: String
  let remedy: String

  init(_ what: String, remedy: String) {
    self.what = what
    self.remedy = remedy
  }
}

/// One option: its name in the file, and how its text becomes a value.
///
/// As a flag it is `--page-size`, as a variable `ACSYNC_PAGE_SIZE`.
struct OptionRule<Value: Sendable>: Sendable {
  /// What may stand in the file for it.
  enum Shape: Sendable {
    case wholeNumber, number, text, anchor
  }

  let name: String
  let shape: Shape
  /// How "expected …" goes on.
  let expects: String
  let parse: @Sendable (String) throws(WrongValue) -> Value

  init(
    _ name: String, _ shape: Shape, expects: String, such example: String,
    parse: @escaping @Sendable (String) -> Value?
  ) {
    self.name = name
    self.shape = shape
    self.expects = expects
    self.parse = { text throws(WrongValue) in
      if let value = parse(text) { return value }
      throw WrongValue(
        "\(name): expected \(expects), found \(text.shown)", remedy: "write \(example)")
    }
  }

  init(
    _ name: String, _ shape: Shape, expects: String,
    parsing parse: @escaping @Sendable (String) throws(WrongValue) -> Value
  ) {
    self.name = name
    self.shape = shape
    self.expects = expects
    self.parse = parse
  }

  var flag: String { "--" + name.map { $0 == "_" ? "-" : String($0) }.joined() }
  var variable: String { "ACSYNC_" + name.uppercased() }
}

/// The options there are, in the order of the documentation.
enum Options {
  static let requestsPerSecond = OptionRule<Double>(
    "requests_per_second", .number, expects: "a number above 0", such: "4 or 0.5"
  ) { text in
    // The bounds keep the time between two requests between a microsecond and a day.
    guard let number = decimal(text), number >= 1.0 / 86_400, number <= 1_000_000 else {
      return nil
    }
    return number
  }

  static let concurrency = OptionRule<Int>(
    "concurrency", .wholeNumber, expects: "a whole number from 1 to 1000", such: "3"
  ) { text in whole(text, in: 1...1000) }

  static let pageSize = OptionRule<Int>(
    "page_size", .wholeNumber, expects: "a whole number from 1 to 100",
    such: "100, the most the API gives"
  ) { text in whole(text, in: 1...100) }

  /// The key's question, what tells an empty list's filter from a broken one, and the parents of
  /// other lists come before anything that lasts.
  static let fewestRequests = 10

  /// nil is `none`.
  static let maxRequests = OptionRule<Int?>(
    "max_requests", .text, expects: "a whole number from \(fewestRequests) on, or none"
  ) { text throws(WrongValue) in
    if text == "none" { return nil }
    guard let number = whole(text, in: 0...1_000_000_000) else {
      throw WrongValue(
        "max_requests: expected a whole number, found \(text.shown)", remedy: "write 500 or none")
    }
    guard number >= fewestRequests else {
      throw WrongValue(
        "max_requests: with \(number) a run would end before it had read anything",
        remedy: "allow at least \(fewestRequests)")
    }
    return number
  }

  /// nil is `none`.
  static let maxDuration = OptionRule<Duration?>(
    "max_duration", .text, expects: "a duration from 10s on, or none", such: "10m, 1h or none"
  ) { text in
    if text == "none" { return .some(nil) }
    return TimeText.duration(text).flatMap { $0 >= .seconds(10) ? .some($0) : nil }
  }

  /// nil is `all`.
  static let parallelAccounts = OptionRule<Int?>(
    "parallel_accounts", .text, expects: "a whole number from 1 on, or all", such: "20 or all"
  ) { text in
    if text == "all" { return .some(nil) }
    return whole(text, in: 1...10_000).map { .some($0) }
  }

  /// nil is `all`: the whole history.
  static let anchorDate = OptionRule<Instant?>(
    "anchor_date", .anchor, expects: "a day, an instant with its zone, or all",
    such: "2024-01-01, 2024-01-01T00:00:00Z or all"
  ) { text in
    if text == "all" { return .some(nil) }
    return TimeText.instant(text).map { .some($0) }
  }

  static let lookback = OptionRule<Duration>(
    "lookback", .text, expects: "a duration", such: "10m, 1h or 2d"
  ) { text in TimeText.duration(text) }

  /// nil is `auto`: as long as suits the stream.
  static let refresh = OptionRule<Duration?>(
    "refresh", .text, expects: "a duration or auto", such: "24h, 7d or auto"
  ) { text in
    if text == "auto" { return .some(nil) }
    return TimeText.duration(text).map { .some($0) }
  }

  static let deleteMissing = OptionRule<DeletionRule.Manner>(
    "delete_missing", .text, expects: "soft, hard or ignore", such: "soft, hard or ignore"
  ) { text in DeletionRule.Manner(rawValue: text) }

  static let maxDeleteRatio = OptionRule<Double>(
    "max_delete_ratio", .number, expects: "a number from 0 to 1", such: "0.05 for 5 %"
  ) { text in
    guard let number = decimal(text), (0...1).contains(number) else { return nil }
    return number
  }

  static let maxDeleteRows = OptionRule<Int64>(
    "max_delete_rows", .wholeNumber, expects: "a whole number from 0 on", such: "20"
  ) { text in whole(text, in: 0...Int.max).map(Int64.init) }

  static let mode = OptionRule<Mode>("mode", .text, expects: "a mode") {
    text throws(WrongValue) in
    if let mode = Mode(rawValue: text) { return mode }
    let known = Mode.allCases.map(\.rawValue)
    if ["snapshot", "backfill", "truncate", "change-capture", "definition-only"].contains(text) {
      throw WrongValue(
        "mode: \(text) is known from Sling, but not in this version",
        remedy: "write \(known.joined(separator: " or "))")
    }
    throw WrongValue(
      "mode: there is no mode \(text.shown)",
      remedy: suggestion(for: text, among: known) ?? "write \(known.joined(separator: " or "))")
  }

  /// Which streams: names, and tags as `tag:name`; a minus before one leaves it out.
  static let streams = OptionRule<[String]>(
    "streams", .text, expects: "names of streams with commas between", such: "contacts,deals"
  ) { text in
    let names = text.split(separator: ",").map { String($0.trimmed) }.filter { !$0.isEmpty }
    return names.isEmpty ? nil : names
  }

  /// Every option's name.
  static let names =
    [
      requestsPerSecond.name, concurrency.name, pageSize.name, maxRequests.name, maxDuration.name,
      parallelAccounts.name,
      anchorDate.name, lookback.name, refresh.name,
      deleteMissing.name, maxDeleteRatio.name, maxDeleteRows.name, mode.name, streams.name,
    ] + operating

  private static func whole(_ text: String, in range: ClosedRange<Int>) -> Int? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return Int(text).flatMap { range.contains($0) ? $0 : nil }
  }

  /// A decimal number as people write it: no `0x10`, `inf` or `nan`.
  private static func decimal(_ text: String) -> Double? {
    let allowed = Set("0123456789.eE+-".utf8)
    return text.utf8.allSatisfy(allowed.contains) ? Double(text) : nil
  }
}

/// `did you mean …`, if anything is near.
func suggestion(for name: String, among candidates: [String]) -> String? {
  nearestName(to: name, among: candidates).map { "did you mean \($0)?" }
}
