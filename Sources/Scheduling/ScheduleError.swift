/// Why a schedule cannot be understood: what is wrong, and what to write instead.
public struct ScheduleError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, with the field that it is wrong in.
  public let what: String
  /// What to write instead.
  public let remedy: String

  /// Makes an error from its two parts.
  public init(_ what: String, remedy: String) {
    self.what = what
    self.remedy = remedy
  }

  /// Both parts in one line.
  public var description: String { "\(what) → \(remedy)" }
}
