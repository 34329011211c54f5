import Dispatch
import Glibc

/// A command as it is declared.
public enum CommandForm: Sendable, Equatable {
  /// A line for `/bin/sh -c`.
  case shell(String)
  /// A program and its arguments, which no shell reads.
  case words([String])

  var arguments: [String] {
    switch self {
    case .shell(let line): ["/bin/sh", "-c", line]
    case .words(let words): words
    }
  }
}

/// Runs commands that a configuration names, apart from acsync: in a process group of their own, in
/// an environment without its secrets, and not for ever.
///
/// SIGPIPE must be ignored by the process: a command need not read what it is given.
public struct CommandRunner: Sendable {
  /// Variables that hold what a command must not have.
  static func isSecret(_ name: String) -> Bool {
    // Of several accounts each has a key of its own: ACTIVECAMPAIGN_ACME_API_KEY.
    ["DATABASE_URL", "PGPASSWORD"].contains(name)
      || name.hasPrefix("ACTIVECAMPAIGN_") && name.contains("API_KEY")
  }
  /// What is kept of the end of its output.
  static let keptBytes = 4096
  /// How long it may take to end when it is told to.
  static let grace = Duration.seconds(5)

  private let environment: [String: String]
  private let withheld: Withheld

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - environment: Our own; what is secret in it is left out.
  ///   - withheld: Values with one of these are left out too, and removed from what is printed.
  public init(environment: [String: String], withheld: Withheld) {
    self.environment = environment.filter {
      !Self.isSecret($0.key) && !withheld.isIn($0.value)
    }
    self.withheld = withheld
  }

  /// Runs a command to its end.
  ///
  /// - Parameters:
  ///   - input: What it can read from its standard input.
  ///   - variables: What it finds in its environment besides.
  ///   - deadline: After so long its process group gets SIGTERM, and SIGKILL five seconds later.
  ///   - place: Where it is declared, for errors.
  /// - Throws: `OutboundError`, `CancellationError`.
  public func run(
    _ form: CommandForm, input: String, variables: [String: String] = [:], deadline: Duration,
    at place: String
  ) async throws {
    let job = ChildProcess(
      arguments: form.arguments, environment: environment.merging(variables) { $1 },
      input: Array(input.utf8), deadline: deadline, grace: Self.grace, keptBytes: Self.keptBytes)
    let flag = EndFlag()
    let ending = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        DispatchQueue(label: "acsync.command").async {
          continuation.resume(returning: job.run(flag))
        }
      }
    } onCancel: {
      flag.set()
    }
    try Task.checkCancellation()
    switch ending {
    case .notStarted(let error):
      throw OutboundError.notStarted(String(cString: strerror(error)), place: place)
    case .tookTooLong: throw OutboundError.commandTookTooLong(deadline, place: place)
    case .ended(0, _): return
    case .ended(let code, let output):
      throw OutboundError.commandFailed(code: code, output: lastLine(of: output), place: place)
    }
  }

  /// The last line of what it wrote: usually why it failed.
  private func lastLine(of output: [UInt8]) -> String {
    let text = withheld.removed(from: String(decoding: output, as: UTF8.self))
    let lines = text.split(whereSeparator: \.isNewline)
    let line = lines.last { !$0.allSatisfy(\.isWhitespace) } ?? ""
    return String(
      line.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(200).map(
        Character.init))
  }
}
