internal import Catalog

/// One of the five fields of a cron expression, and how its text is read.
struct CronField: Sendable {
  let name: String
  let range: ClosedRange<Int>
  /// Names for numbers: `jan` for the first of the range, and so on.
  var words: [String] = []

  static let minute = CronField(name: "minute", range: 0...59)
  static let hour = CronField(name: "hour", range: 0...23)
  static let day = CronField(name: "day of the month", range: 1...31)
  static let month = CronField(
    name: "month", range: 1...12,
    words: [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ])
  /// Both 0 and 7 are Sunday.
  static let weekday = CronField(
    name: "day of the week", range: 0...7,
    words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])

  /// The fields in the order they are written.
  static let all = [minute, hour, day, month, weekday]

  /// The numbers that a field's text allows, as a set of bits.
  func numbers(in text: Substring) throws(ScheduleError) -> UInt64 {
    var bits: UInt64 = 0
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      bits |= try numbers(inPart: part)
    }
    // Sunday has two numbers.
    if range.upperBound == 7, bits & 1 << 7 != 0 { bits = bits & ~(1 << 7) | 1 }
    return bits
  }

  /// `*`, `5`, `1-5`, each also with a step: `*/15`; `5/15` means from 5 to the end.
  private func numbers(inPart part: Substring) throws(ScheduleError) -> UInt64 {
    let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let step = halves.count == 2 ? try self.step(halves[1]) : nil
    let bounds = halves[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let first: Int
    let last: Int
    if halves[0] == "*" {
      (first, last) = (range.lowerBound, range.upperBound == 7 ? 6 : range.upperBound)
    } else if bounds.count == 2 {
      (first, last) = (try number(bounds[0]), try number(bounds[1]))
      guard first <= last else {
        throw error(
          "the range \(part.shown) ends before it begins", "write it as two, with a comma")
      }
    } else {
      first = try number(halves[0])
      last = step == nil ? first : range.upperBound == 7 ? 6 : range.upperBound
    }
    return stride(from: first, through: max(first, last), by: step ?? 1)
      .reduce(0) { $0 | 1 << UInt64($1) }
  }

  private func step(_ text: Substring) throws(ScheduleError) -> Int {
    guard let step = Self.decimal(text), step >= 1 else {
      throw error("\(text.shown) is no step", "write a whole number from 1 on behind the /")
    }
    return step
  }

  private func number(_ text: Substring) throws(ScheduleError) -> Int {
    if let number = Self.decimal(text), range.contains(number) { return number }
    if let index = words.firstIndex(of: text.lowercased()) { return range.lowerBound + index }
    let meant = nearestName(to: String(text), among: words).map { "did you mean \($0)?" }
    throw error(
      "\(text.shown) is none",
      text.contains { $0.isLetter } ? meant ?? numbersWanted : numbersWanted)
  }

  private var numbersWanted: String {
    "write a number from \(range.lowerBound) to \(range.upperBound), a range, a list, or *"
  }

  private func error(_ what: String, _ remedy: String) -> ScheduleError {
    ScheduleError("\(name): \(what)", remedy: remedy)
  }

  /// A number of one to three ASCII digits.
  private static func decimal(_ text: Substring) -> Int? {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy(digits.contains) else {
      return nil
    }
    return Int(text)
  }
}

extension StringProtocol {
  /// The text as messages quote it, cut where it is long.
  var shown: String { "\"\(count <= 40 ? String(self) : prefix(39) + "…")\"" }
}
