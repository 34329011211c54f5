/// One thing that acsync can be told to do.
struct Verb: Sendable {
  /// Its name on the command line.
  let name: String
  /// What it does, in one line.
  let summary: String
  /// What may follow it besides options: `[STREAM …]`; empty if nothing may.
  let operands: String
  /// What a reader of its help should know besides; lines of at most 80 columns.
  let details: String
  /// Its own options, besides those that every verb takes.
  let options: [Option]
  /// The operand behind which all words go to another program as they stand; nil for none.
  let handsOn: String?
  /// Does it.
  let body: @Sendable (Invocation) async throws -> ExitCode

  init(
    _ name: String, _ summary: String, operands: String = "", details: String = "",
    options: [Option] = [], handsOn: String? = nil,
    body: @escaping @Sendable (Invocation) async throws -> ExitCode
  ) {
    self.name = name
    self.summary = summary
    self.operands = operands
    self.details = details
    self.options = options
    self.handsOn = handsOn
    self.body = body
  }

  /// Every option it takes.
  var allOptions: [Option] { options + Option.common }

  /// Every verb, in the order of a new user's first day.
  static let all: [Verb] = [
    run, backfill, schedule, plan, check, discover, status, verify, reset, state, doctor, db,
    simulate,
    migrate,
    initialise, completions, version, help,
  ]

  /// The verb with this name.
  static func named(_ name: String) -> Verb? { (all + [manual]).first { $0.name == name } }
}

/// One call of a verb: what was asked, and the surroundings it was asked in.
struct Invocation: Sendable {
  /// What stood behind the verb.
  let arguments: Arguments
  /// The environment's variables.
  let environment: [String: String]
  /// Where it writes.
  let console: Console

  /// Whether only what went wrong is to be said.
  var isQuiet: Bool { arguments.has(.quiet) }

  /// Whether the result is one JSON document.
  var wantsJSON: Bool { arguments.has(.json) }

  /// Says something beside the result, unless quiet is asked for.
  func note(_ line: String) {
    if !isQuiet { console.note(line) }
  }

  /// Refuses operands where a verb has none.
  func requireNoOperands(of verb: String) throws(UsageError) {
    if let word = arguments.operands.first { throw .unexpectedOperand(word, verb: verb) }
  }

  /// A whole number from an option; nil if it was not given.
  func number(_ option: Option, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = arguments.value(of: option) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .badValue(
        text, option: option.name,
        expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
