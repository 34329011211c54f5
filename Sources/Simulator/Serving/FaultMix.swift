import Synchronization

/// Faults that come by a seed: each at its share of the answers.
///
/// The same seed lets the same requests meet the same faults, as long as they come in the same
/// order.
public final class FaultMix: Sendable {
  /// How often a fault comes.
  public enum Share: Sendable, Equatable {
    /// At this share of the answers, from 0 to 1.
    case portion(Double)
    /// At the first answers, so many.
    case first(Int)
    /// At every answer.
    case always
  }

  /// One fault, how often it comes, and where.
  public struct Choice: Sendable {
    /// What happens.
    public var fault: Fault
    /// How often.
    public var share: Share
    /// The path below `/api/3/` whose answers it meets, single rows included; nil for any.
    public var path: String?

    /// Chooses a fault.
    public init(_ fault: Fault, _ share: Share, on path: String? = nil) {
      self.fault = fault
      self.share = share
      self.path = path
    }
  }

  private let seed: UInt64
  private let choices: [Choice]
  /// How many answers each choice that has a number has met.
  private let met: Mutex<[Int: Int]> = Mutex([:])

  /// Mixes faults; where several would meet one answer, the first does.
  public init(seed: UInt64, _ choices: [Choice]) {
    self.seed = seed
    self.choices = choices
  }

  /// What happens to a request's answer: to be given to `Faults.decide`.
  @Sendable public func fault(for request: FaultyRequest) -> Fault? {
    choices.indices.first { isMet($0, by: request) }.map { choices[$0].fault }
  }

  private func isMet(_ index: Int, by request: FaultyRequest) -> Bool {
    let choice = choices[index]
    if case .page = choice.fault, !request.isForList { return false }
    if let path = choice.path, request.path != path, !request.path.hasPrefix(path + "/") {
      return false
    }
    switch choice.share {
    case .always: return true
    case .first(let count):
      return met.withLock { met in
        met[index, default: 0] += 1
        return met[index, default: 0] <= count
      }
    case .portion(let portion):
      let place = UInt64(truncatingIfNeeded: request.number &* 64 &+ index)
      let draw = Random.mix(Random.mix(seed) ^ Random.mix(place &+ 1))
      return Double(draw >> 11) / Double(1 << 53) < portion
    }
  }
}
