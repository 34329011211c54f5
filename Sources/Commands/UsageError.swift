import Catalog

/// A command line that cannot be understood; nothing has been done then.
enum UsageError: Explained, Equatable {
  case unknownVerb(String)
  case unknownOption(String, suggestion: String?)
  case missingValue(String, placeholder: String)
  case valueForSwitch(String)
  case badValue(String, option: String, expected: String)
  case unexpectedOperand(String, verb: String)
  case missingOperand(verb: String, usage: String)
  case unknownStream(String)
  case notBackfilled(String, reason: String)
  case unknownSubcommand(String, verb: String, known: [String])
  case contradiction(String, String)
  case fileExists(String)
  case fileNotWritten(String, reason: String)
  case noSource
  case commandsNotAllowed(String)
  case noSchedule
  case addressNotListened(String, reason: String)
  case severalAccounts([String])
  case unknownAccount(String, known: [String])
  case sameAccount(String, String, file: String)

  var explanation: Explanation {
    let (what, place, remedy) = words
    return Explanation(
      what, at: place, remedy: remedy, .lasting(.stopRun), fault: .configuration)
  }

  /// What, where, and what to do.
  private var words: (String, String, String) {
    switch self {
    case .unknownVerb(let name):
      (
        "there is no verb “\(name)”", "the command line",
        suggested(nearestName(to: name, among: Verb.all.map(\.name)), else: "acsync help")
      )
    case .unknownOption(let name, let suggestion):
      (
        "there is no option \(name)", "the command line",
        suggested(suggestion, else: "see acsync VERB --help")
      )
    case .missingValue(let name, let placeholder):
      ("--\(name) needs a value", "the command line", "write --\(name) \(placeholder)")
    case .valueForSwitch(let name):
      ("--\(name) takes no value", "the command line", "write --\(name) alone")
    case .badValue(let value, let option, let expected):
      ("“\(value)” is no value for --\(option)", "the command line", "give \(expected)")
    case .unexpectedOperand(let word, let verb):
      ("“\(word)” is not understood here", "the command line", "see acsync \(verb) --help")
    case .missingOperand(let verb, let usage):
      ("acsync \(verb) needs to know what to do", "the command line", usage)
    case .unknownStream(let name):
      (
        "there is no stream “\(name)”", "the command line",
        suggested(StreamDefinition.nearest(to: name), else: "acsync discover lists all streams")
      )
    case .notBackfilled(let stream, let reason):
      (
        "\(stream) cannot be backfilled: \(reason)", "the command line",
        "acsync run --streams \(stream) reads it whole"
      )
    case .unknownSubcommand(let word, let verb, let known):
      (
        "acsync \(verb) cannot “\(word)”", "the command line",
        suggested(nearestName(to: word, among: known), else: "one of: \(joined(known))")
      )
    case .contradiction(let one, let other):
      ("\(one) and \(other) contradict each other", "the command line", "give one of them")
    case .fileExists(let path):
      ("\(path) exists and is left as it is", path, "acsync init --force overwrites it")
    case .fileNotWritten(let path, let reason):
      ("\(path) cannot be written: \(reason)", path, "choose a folder you may write to")
    case .commandsNotAllowed(let place):
      (
        "the configuration runs a command of this machine, which was not allowed", place,
        "give --allow-commands (or set ACSYNC_ALLOW_COMMANDS=true) if you trust it, or remove it"
      )
    case .severalAccounts(let names):
      (
        "the file names \(names.count) accounts, and this is about one", "the command line",
        "write --account and one of: \(joined(Array(names.prefix(10))))"
          + (names.count > 10 ? ", …" : "")
      )
    case .unknownAccount(let name, let known):
      (
        "there is no account “\(name)”", "the command line",
        suggested(
          nearestName(to: name, among: known),
          else: known.isEmpty
            ? "the file names none: remove --account" : "one of: \(joined(known))")
      )
    case .sameAccount(let one, let other, let file):
      (
        "\(one) and \(other) are one account: their addresses lead to the same place", file,
        "remove one of them"
      )
    case .noSchedule:
      (
        "nothing says when to sync", "the command line",
        "give --every 15m or --cron '0 3 * * *', or write schedule: into replication.yaml"
      )
    case .addressNotListened(let address, let reason):
      (
        "\(address) cannot be listened on: \(reason)", address,
        "choose another with --listen ADDRESS:PORT, or --listen none"
      )
    case .noSource:
      (
        "no account is given", "the environment",
        "set ACTIVECAMPAIGN_URL and ACTIVECAMPAIGN_API_KEY (ActiveCampaign: Settings → Developer), "
          + "or try acsync run --demo"
      )
    }
  }

  private func suggested(_ name: String?, else remedy: String) -> String {
    name.map { "did you mean \($0)?" } ?? remedy
  }

  private func joined(_ words: [String]) -> String { words.joined(separator: ", ") }
}
