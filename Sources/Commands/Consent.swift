import Glibc

/// Asking a person before something is done that costs requests or cannot be taken back.
struct Consent: Sendable {
  static let yes = Option("yes", short: "y", "do not ask")

  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  /// Goes on if it was agreed to beforehand, or a person on the terminal agrees now.
  ///
  /// - Parameter action: what will be done, as a sentence without its full stop.
  /// - Throws: `OperatorError.notConfirmed`; then nothing is to be done.
  func obtain(for action: String) throws(OperatorError) {
    if invocation.arguments.has(Self.yes) { return }
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw .notConfirmed(action: action)
    }
    invocation.console.aside("\(action). Go on? [y/N] ")
    guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
      throw .notConfirmed(action: action)
    }
  }
}
