import Catalog

/// Numbers and times as people read them.
enum Figures {
  /// `1234567` as `1,234,567`.
  static func count(_ number: some BinaryInteger) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + text
  }

  /// A number with one decimal: `3.9`.
  static func decimal(_ number: Double) -> String {
    guard number.isFinite else { return "–" }
    let tenths = Int64((number * 10).rounded())
    return "\(tenths < 0 ? "-" : "")\(count(tenths.magnitude / 10)).\(tenths.magnitude % 10)"
  }

  /// A span of time in its two greatest units: `0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min`, `3 d 4 h`.
  static func span(_ duration: Duration) -> String {
    let seconds = duration.inSeconds
    if seconds < 10 { return "\(decimal(max(0, seconds))) s" }
    let whole = Int64(seconds.rounded())
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min \(padded(whole % 60)) s"
    case ..<86_400: return "\(whole / 3600) h \(padded(whole / 60 % 60)) min"
    default: return "\(count(whole / 86_400)) d \(whole / 3600 % 24) h"
    }
  }

  /// An instant to the minute: `2026-11-21 04:13 UTC`.
  static func minute(_ instant: Instant) -> String {
    let text = String(describing: instant)
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
  }

  /// `3 requests`, `1 request`.
  static func amount(_ number: some BinaryInteger, _ noun: String) -> String {
    "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
