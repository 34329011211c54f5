import Synchronization

/// Chance by seed: the same seed gives the same numbers (SplitMix64).
public struct Dice: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed &* 0xD134_2543_DE82_EF95 &+ 0x2545_F491_4F6C_DD1D }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Whether something happens that happens so often.
  public mutating func happens(_ share: Double) -> Bool {
    share > 0 && Double.random(in: 0..<1, using: &self) < share
  }

  /// A number within a range.
  public mutating func number(_ range: ClosedRange<Int64>) -> Int64 {
    Int64.random(in: range, using: &self)
  }

  /// One of several.
  public mutating func one<Element>(of all: [Element]) -> Element {
    all[Int.random(in: 0..<all.count, using: &self)]
  }
}

/// Dice that several hands may throw.
public final class SharedDice: Sendable {
  private let dice: Mutex<Dice>

  public init(seed: UInt64) { dice = Mutex(Dice(seed: seed)) }

  /// From 0 up to 1.
  public func chance() -> Double { dice.withLock { Double.random(in: 0..<1, using: &$0) } }
}
