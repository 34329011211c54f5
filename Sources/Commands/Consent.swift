import Glibc

/// Asks the person at the terminal, where there is one.
enum Consent {
  /// Whether a question is answered with yes; nil where nobody can be asked.
  static func ask(_ question: String, on console: Console) -> Bool? {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
    console.aside("\(question) [y/N] ")
    return isYes(readLine() ?? "")
  }

  /// Whether an answer says yes; anything else does not.
  static func isYes(_ answer: String) -> Bool {
    ["y", "yes"].contains(answer.filter { !$0.isWhitespace }.lowercased())
  }
}
