/// What a hook can be told of the run and its stream: written as `{run.id}`.
public enum HookVariable: String, Sendable, Hashable, CaseIterable {
  case runID = "run.id"
  case runAccount = "run.account"
  case runOutcome = "run.outcome"
  case runExitCode = "run.exit_code"
  case runRequests = "run.requests"
  case runProblem = "run.problem"
  case streamName = "stream.name"
  case streamOutcome = "stream.outcome"
  case streamRowsRead = "stream.rows_read"
  case streamInserted = "stream.inserted"
  case streamUpdated = "stream.updated"
  case streamDeleted = "stream.deleted"
  case streamRejected = "stream.rejected"
  case streamCompleteAsOf = "stream.complete_as_of"

  /// Those that are known at a moment of a run.
  public static func known(at moment: HookMoment) -> [HookVariable] {
    let always: [HookVariable] = [.runID, .runAccount]
    return switch moment {
    case .start: always
    case .end: always + [.runOutcome, .runExitCode, .runRequests, .runProblem]
    case .pre: always + [.streamName]
    case .post:
      always + [
        .streamName, .streamOutcome, .streamRowsRead, .streamInserted, .streamUpdated,
        .streamDeleted, .streamRejected, .streamCompleteAsOf,
      ]
    }
  }
}

/// When a hook is run.
public enum HookMoment: String, Sendable, Hashable, CaseIterable {
  /// Before anything is asked of the account for its rows.
  case start
  /// After everything, whatever came of it.
  case end
  /// Before a stream's first request.
  case pre
  /// After a stream has been read to its end.
  case post
}

/// The value of a variable; nil where there is none.
public enum HookValue: Sendable, Hashable {
  case text(String?)
  case number(Int64?)
  case time(Instant?)

  /// As text; nothing where there is no value.
  public var text: String {
    switch self {
    case .text(let text): text ?? ""
    case .number(let number): number.map(String.init) ?? ""
    case .time(let instant): instant.map { "\($0)" } ?? ""
    }
  }
}

/// Text with variables in it: `INSERT INTO audit.loads VALUES ({run.id}, {stream.name})`.
///
/// Only words with a dot between are variables: `{1,2}` and `{"a":1}` are what they are.
public struct TextTemplate: Sendable, Hashable {
  /// A part of the text.
  public enum Piece: Sendable, Hashable {
    /// As it stands.
    case text(String)
    /// What a variable holds.
    case variable(HookVariable)
  }

  /// A name in braces that is no variable; the name.
  public struct UnknownVariable: Error, Hashable {
    /// The name.
    public let name: String
  }

  /// The parts in order.
  public let pieces: [Piece]

  /// Reads a text.
  ///
  /// - Throws: `UnknownVariable` for a word with a dot in braces that is no variable.
  public init(_ text: String) throws(UnknownVariable) {
    var pieces: [Piece] = []
    var plain = ""
    var rest = Substring(text)
    while let brace = rest.firstIndex(of: "{") {
      plain += rest[..<brace]
      rest = rest[brace...]
      guard let name = Self.name(at: rest) else {
        plain.append(rest.removeFirst())
        continue
      }
      guard let variable = HookVariable(rawValue: String(name)) else {
        throw UnknownVariable(name: String(name))
      }
      if !plain.isEmpty { pieces.append(.text(plain)) }
      plain = ""
      pieces.append(.variable(variable))
      rest = rest.dropFirst(name.count + 2)
    }
    plain += rest
    if !plain.isEmpty { pieces.append(.text(plain)) }
    self.pieces = pieces
  }

  /// The variables in it.
  public var variables: [HookVariable] {
    pieces.compactMap { if case .variable(let variable) = $0 { variable } else { nil } }
  }

  /// Variables that stand between apostrophes, where SQL takes them for text.
  public var quotedVariables: [HookVariable] {
    var isQuoted = false
    var found: [HookVariable] = []
    for piece in pieces {
      switch piece {
      case .text(let text):
        if !text.count(where: { $0 == "'" }).isMultiple(of: 2) { isQuoted.toggle() }
      case .variable(let variable): if isQuoted { found.append(variable) }
      }
    }
    return found
  }

  /// The text with each variable's value as `spelled` writes it.
  public func filled(
    with values: [HookVariable: HookValue], _ spelled: (String) -> String = { $0 }
  ) -> String {
    pieces.map {
      switch $0 {
      case .text(let text): text
      case .variable(let variable): spelled(values[variable]?.text ?? "")
      }
    }.joined()
  }

  private static func name(at rest: Substring) -> Substring? {
    guard let end = rest.firstIndex(of: "}") else { return nil }
    let name = rest[..<end].dropFirst()
    let words = name.split(separator: ".", omittingEmptySubsequences: false)
    let isName =
      words.count == 2
      && words.allSatisfy { word in
        !word.isEmpty && word.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 }
      }
    return isName ? name : nil
  }
}
