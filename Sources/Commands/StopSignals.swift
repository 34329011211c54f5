/// What a signal to stop means: the first one asks, a later one ends at once.
struct StopSignals: Sendable {
  /// What is to be done about a signal.
  enum Answer: Sendable {
    case stop
    case end
    case nothing
  }

  /// `timeout` sends its signal to the command and then once more to its group: two so close together
  /// are one wish.
  static let echo = Duration.milliseconds(500)

  /// The first signal; nil if none came.
  private(set) var first: Int32?
  private var firstAt: ContinuousClock.Instant?

  /// Takes a signal.
  mutating func take(_ number: Int32, at now: ContinuousClock.Instant) -> Answer {
    guard let first, let firstAt else {
      (self.first, self.firstAt) = (number, now)
      return .stop
    }
    return number == first && now - firstAt < Self.echo ? .nothing : .end
  }
}
