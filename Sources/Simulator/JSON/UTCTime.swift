/// UTC, in which the newer services write their timestamps.
enum UTCTime {
  /// `2020-05-24T10:16:44Z`.
  static func iso(_ instant: Int) -> String { CentralTime.utc(instant) }

  /// `2020-05-24T10:16:44+00:00`.
  static func withOffset(_ instant: Int) -> String {
    CentralTime.utc(instant).dropLast() + "+00:00"
  }

  /// `2020-05-24 10:16:44`: as documented for custom fields of accounts.
  static func wall(_ instant: Int) -> String {
    CentralTime.utc(instant).dropLast().split(separator: "T").joined(separator: " ")
  }

  /// `2020-05-24T10:16:44.783751329Z`: nanoseconds, which follow from the instant and a number.
  static func nanoseconds(_ instant: Int, _ number: Int) -> String {
    let digits = String(1_000_000_000 + Int(Random.mix(UInt64(number + instant)) % 1_000_000_000))
    return "\(CentralTime.utc(instant).dropLast()).\(digits.dropFirst())Z"
  }
}
