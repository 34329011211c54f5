import Catalog
import FoundationEssentials

@testable import Scheduling

/// Random numbers that a seed repeats (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(seed: Int) { state = UInt64(seed) }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension TimeZoneRules {
  /// The rules as this machine has them.
  static func ofThisMachine(_ name: String) throws -> TimeZoneRules {
    let file = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name))
    return try TimeZoneRules(name: name, file: [UInt8](file))
  }
}

extension Instant {
  /// An instant as it is written: `2026-03-29T00:30:00Z`.
  init(_ text: String) throws {
    let date = try Date(text, strategy: .iso8601)
    self.init(seconds: Int64(date.timeIntervalSince1970))
  }

  /// An hour of 2026, for tests in which the day means nothing.
  static func at(_ hour: Int, _ minute: Int = 0, _ second: Int = 0) -> Instant {
    Instant(seconds: 1_767_225_600 + Int64(hour * 3600 + minute * 60 + second))
  }
}

/// What a schedule says is wrong with a text; nil if nothing is.
func complaint(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return "\(error)"
  }
}
