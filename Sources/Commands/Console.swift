import Glibc

/// Where a verb writes: results on one side, everything else on the other.
struct Console: Sendable {
  /// Writes a line of the result.
  let result: @Sendable (String) -> Void
  /// Writes text beside the result, as it stands.
  let aside: @Sendable (String) -> Void
  /// Where results are read.
  let resultTerminal: Terminal
  /// Where everything else is read; asked anew each time, since people resize their windows.
  let askAside: @Sendable () -> Terminal

  /// Where everything else is read.
  var asideTerminal: Terminal { askAside() }

  /// Writes a line beside the result.
  func note(_ line: String) { aside(line + "\n") }

  /// Standard output and standard error.
  static func standard(environment: [String: String]) -> Console {
    Console(
      result: { write($0 + "\n", to: STDOUT_FILENO) }, aside: { write($0, to: STDERR_FILENO) },
      resultTerminal: .of(descriptor: STDOUT_FILENO, environment: environment),
      askAside: { .of(descriptor: STDERR_FILENO, environment: environment) })
  }

  /// Writes all of a text; a reader that has gone away is no failure of ours.
  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = ArraySlice(text.utf8)
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return }
      bytes = bytes.dropFirst(written)
    }
  }
}
