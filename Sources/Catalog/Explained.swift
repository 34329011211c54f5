/// An error that can say what happened, where, what to do about it, and what follows.
public protocol Explained: Error, Sendable, CustomStringConvertible {
  /// The one place where a case gets its words, its remedy and its consequence.
  var explanation: Explanation { get }
}

extension Explained {
  /// The three lines a person sees: what, where, and the remedy behind an arrow.
  public var description: String { explanation.lines.joined(separator: "\n") }
}

/// What happened, where, what to do, and what follows for the run.
public struct Explanation: Sendable, Equatable {
  /// What happened, in the user's words; free of secrets and of row values.
  public let what: String
  /// Where: a request without its key, a file with its line, a table.
  public let place: String
  /// What the reader can do about it.
  public let remedy: String
  /// What the engine does about it.
  public let consequence: Consequence
  /// Whose fault it is, which decides the exit code.
  public let fault: Fault

  /// Makes an explanation from its parts, in the order a reader sees them.
  public init(
    _ what: String, at place: String, remedy: String, _ consequence: Consequence, fault: Fault
  ) {
    self.what = what
    self.place = place
    self.remedy = remedy
    self.consequence = consequence
    self.fault = fault
  }

  /// What, where and remedy, a line each; an empty place or remedy has none.
  public var lines: [String] {
    [what, place.isEmpty ? "" : "  at \(place)", remedy.isEmpty ? "" : "  → \(remedy)"]
      .filter { !$0.isEmpty }
  }
}

/// What an error means for what is being read.
public enum Consequence: Sendable, Equatable {
  /// Ask again, not before `after` where the other side named a time; if it lasts, `otherwise`.
  case retry(after: Duration?, otherwise: LastingConsequence)
  /// The answer was too large: ask again for half as many rows; if it lasts, `otherwise`.
  case retryWithFewerRows(otherwise: LastingConsequence)
  /// It will not get better by asking again.
  case lasting(LastingConsequence)
}

/// What a lasting error ends.
public enum LastingConsequence: Sendable, Equatable {
  /// The stream is not offered to this key or plan: reported, and no failure if never read before.
  case skipStream
  /// The stream ends here for this run; the others go on.
  case failStream
  /// Nothing else can work either: the run ends after what is read is committed.
  case stopRun
}

/// Whose fault an error is; each has its own exit code (design: "Names that users depend on").
public enum Fault: Sendable, Equatable, CaseIterable {
  /// The command line, the environment or replication.yaml.
  case configuration
  /// The account refuses the key.
  case sourceRefused
  /// The account cannot be reached, or does not answer sensibly.
  case sourceOutOfReach
  /// The warehouse cannot be reached, is full, or refuses us.
  case targetOutOfReach
  /// Another run holds the stream.
  case streamHeld
  /// A guard refused to go on.
  case guardRefused
  /// One stream failed; the rest is committed.
  case partial
  /// A mistake of ours.
  case internalError
}
