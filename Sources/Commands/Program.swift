import Catalog
import Configuration
import Glibc

/// The executable: finds the verb, has it done, and turns whatever comes of it into an exit code.
public enum Program {
  /// The version, as `acsync version` prints it and the warehouse records it.
  public static let version = "0.1.0"

  /// What the warehouse lists our sessions as.
  static let applicationName = "acsync/\(version)"

  /// Does what the process was told to do, and ends it.
  public static func main() async -> Never {
    Memory.settle()
    // A reader that closes the pipe early must not kill a run half way.
    signal(SIGPIPE, SIG_IGN)
    let environment = ProcessEnvironment.current
    let code = await run(
      Array(CommandLine.arguments.dropFirst()), environment: environment,
      console: .standard(environment: environment))
    exit(code.rawValue)
  }

  /// Does what `words` say.
  static func run(
    _ words: [String], environment: [String: String], console: Console
  ) async -> ExitCode {
    do {
      return try await perform(words, environment: environment, console: console)
    } catch {
      let findings = Finding.all(of: error)
      if words.contains("--json") { console.result(JSON.text(FailureDocument(findings))) }
      if Log.format(asked: words, environment: environment) == .json {
        findings.forEach { Log.ofFailures(to: console).say($0) }
      } else {
        Finding.write(findings, to: console)
      }
      return ExitCode.first(of: findings.map { ExitCode($0.explanation.fault) })
    }
  }

  private static func perform(
    _ words: [String], environment: [String: String], console: Console
  ) async throws -> ExitCode {
    guard let first = words.first(where: { !$0.hasPrefix("-") }) else {
      return try without(verb: words, console: console)
    }
    guard let verb = Verb.named(first) else { throw UsageError.unknownVerb(first) }
    // Options may stand before the verb too, but one with a value only behind it.
    var rest = words
    if let index = rest.firstIndex(of: first) { rest.remove(at: index) }
    if rest.prefix(while: { $0 != "--" && $0 != verb.handsOn }).contains(where: {
      $0 == "-h" || $0 == "--help"
    }) {
      console.result(Help.text(of: verb))
      return .done
    }
    let arguments = try Arguments(rest, options: verb.allOptions, handsOn: verb.handsOn)
    let invocation = Invocation(arguments: arguments, environment: environment, console: console)
    return try await verb.body(invocation)
  }

  private static func without(verb words: [String], console: Console) throws(UsageError)
    -> ExitCode
  {
    let known = [Option.help, Option("version", short: "V", "the version")]
    let arguments = try Arguments(words, options: known)
    if arguments.values["version"] != nil {
      console.result("acsync \(version)")
      return .done
    }
    if arguments.has(.help) {
      console.result(Help.text())
      return .done
    }
    console.note(Help.text())
    return .usage
  }
}
