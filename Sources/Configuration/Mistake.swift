public import Catalog

/// A place in a file: what a person types into an editor to get there.
public struct Place: Sendable, Hashable, CustomStringConvertible {
  /// The file as it was named.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column in characters, from 1; nil where only the line is known.
  public let column: Int?

  /// The place as `replication.yaml:12:5`.
  public var description: String { "\(file):\(line)" + (column.map { ":\($0)" } ?? "") }
}

/// One thing that is wrong with the configuration.
public struct Mistake: Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, free of secrets.
  public let what: String
  /// Where: `replication.yaml:12:5`, a variable's name, a flag.
  public let place: String
  /// What to do about it.
  public let remedy: String

  /// The three lines a person sees.
  public var description: String {
    [what, "  at \(place)", "  → \(remedy)"].joined(separator: "\n")
  }
}

/// Why the configuration cannot be used: every mistake that was found, in the order of reading.
public struct ConfigurationError: Explained, Equatable {
  /// All mistakes; never empty.
  public let mistakes: [Mistake]

  init(_ mistakes: [Mistake]) { self.mistakes = mistakes }

  /// All mistakes as one explanation: a single one by its parts, several as a list.
  public var explanation: Explanation {
    let isOne = mistakes.count == 1
    let list = ["\(mistakes.count) mistakes in the configuration"] + mistakes.map(\.description)
    return Explanation(
      isOne ? mistakes[0].what : list.joined(separator: "\n"), at: isOne ? mistakes[0].place : "",
      remedy: isOne ? mistakes[0].remedy : "", .lasting(.stopRun), fault: .configuration)
  }
}

/// Mistakes as they are collected, so that all are told at once.
struct Mistakes {
  /// More than a person reads helps nobody.
  static let most = 100

  private(set) var found: [Mistake] = []

  mutating func add(_ what: String, at place: some CustomStringConvertible, remedy: String) {
    let mistake = Mistake(what: what, place: place.description, remedy: remedy)
    guard found.count < Self.most, !found.contains(mistake) else { return }
    found.append(mistake)
  }

  /// - Throws: what was collected, if anything was.
  func check() throws(ConfigurationError) {
    guard found.isEmpty else { throw ConfigurationError(found) }
  }
}

extension String {
  /// A value as it may be shown: short ones quoted, long ones by length, since they may be secrets.
  var shown: String { count <= 32 ? "\"\(self)\"" : "text of \(count) characters" }
}
