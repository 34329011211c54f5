import Synchronization

@testable import Commands

/// Runs the program inside the test and keeps what it wrote.
struct Recorded: Sendable {
  let code: ExitCode
  /// Standard output.
  let result: String
  /// Standard error.
  let aside: String

  /// Both together, for what must stand in neither.
  var everything: String { result + aside }
}

/// Keeps what is written, from any thread.
final class Recorder: Sendable {
  private let texts = Mutex((result: "", aside: ""))

  var result: String { texts.withLock(\.result) }
  var aside: String { texts.withLock(\.aside) }

  func console(width: Int? = nil, canRedraw: Bool = false) -> Console {
    let terminal = Terminal(width: width, canRedraw: canRedraw)
    return Console(
      result: { line in self.texts.withLock { $0.result += line + "\n" } },
      aside: { text in self.texts.withLock { $0.aside += text } }, resultTerminal: terminal,
      askAside: { terminal })
  }
}

/// Does what `acsync WORDS` does.
func acsync(
  _ words: String..., environment: [String: String] = [:], width: Int? = nil
) async -> Recorded {
  await acsync(words, environment: environment, width: width)
}

/// Does what `acsync WORDS` does, with words from a list.
func acsync(
  _ words: [String], environment: [String: String] = [:], width: Int? = nil
) async -> Recorded {
  let recorder = Recorder()
  let code = await Program.run(
    words, environment: environment, console: recorder.console(width: width))
  return Recorded(code: code, result: recorder.result, aside: recorder.aside)
}
