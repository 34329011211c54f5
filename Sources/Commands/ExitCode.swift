import Catalog

/// What the process exits with; the only place where outcomes become numbers.
///
/// Scripts, timers and job runners depend on the numbers: they never change their meaning.
enum ExitCode: Int32, Sendable, CaseIterable {
  /// All that was asked for is done.
  case done = 0
  /// A mistake of ours.
  case internalError = 1
  /// The command line, the environment or replication.yaml is wrong; nothing was done.
  case usage = 2
  /// Some stream failed; the rest is committed.
  case partial = 3
  /// The account refuses the key.
  case sourceRefused = 4
  /// The account cannot be reached.
  case sourceOutOfReach = 5
  /// The warehouse cannot be reached, or is full.
  case targetOutOfReach = 6
  /// Another run holds a selected stream.
  case held = 7
  /// A guard refused.
  case guardRefused = 8
  /// A budget or deadline was reached; progress is saved.
  case budgetReached = 10
  /// Interrupted (SIGINT), what was read is committed.
  case interrupted = 130
  /// Terminated (SIGTERM), what was read is committed.
  case terminated = 143

  /// The code of a fault.
  init(_ fault: Fault) {
    self =
      switch fault {
      case .configuration: .usage
      case .sourceRefused: .sourceRefused
      case .sourceOutOfReach: .sourceOutOfReach
      case .targetOutOfReach: .targetOutOfReach
      case .streamHeld: .held
      case .guardRefused: .guardRefused
      case .partial: .partial
      case .internalError: .internalError
      }
  }

  /// Which of several codes counts: what a person must see to first.
  static let precedence: [ExitCode] = [
    .usage, .sourceRefused, .targetOutOfReach, .sourceOutOfReach, .internalError, .held,
    .guardRefused, .partial, .budgetReached,
  ]

  /// The code that counts among several; done if there is none but done.
  static func first(of codes: some Sequence<ExitCode>) -> ExitCode {
    let given = Set(codes)
    return precedence.first(where: given.contains) ?? given.first { $0 != .done } ?? .done
  }
}

extension ExitCode {
  /// The code of a run that was not interrupted.
  init(_ report: RunReport) {
    let isAnyDone = report.streams.contains { $0.outcome == .done }
    var codes = report.streams.map { ExitCode($0, besideOthersDone: isAnyDone) }
    if let problem = report.problem { codes.append(ExitCode(problem.fault)) }
    self = Self.first(of: codes)
  }

  /// A failed stream beside others that are done is a partial run, whatever the fault; where none is
  /// done, the fault itself says more.
  private init(_ stream: StreamReport, besideOthersDone: Bool) {
    switch stream.outcome {
    case .done, .skipped: self = .done
    // What was not read to its end is not done, whoever stopped it; a signal has its own code.
    case .interrupted: self = .partial
    case .paused: self = .budgetReached
    case .held: self = .held
    case .failed:
      let own = stream.problem.map { ExitCode($0.fault) } ?? .partial
      let isOwn = !besideOthersDone || own == .guardRefused || own == .internalError
      self = isOwn ? own : .partial
    }
  }
}
