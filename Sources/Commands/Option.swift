/// One option of the command line; parsing, help and suggestions are all made from it.
struct Option: Sendable, Hashable {
  /// Its long name without dashes: `page-size`.
  let name: String
  /// Its one-letter form; nil if it has none.
  let short: Character?
  /// What stands for its value in help: `FILE`; nil for a switch, which takes none.
  let value: String?
  /// Whether it may stand without its value; then a value has to be attached by an equals sign.
  let isValueOptional: Bool
  /// Whether it may be given several times: its values are then joined by commas.
  let isRepeatable: Bool
  /// What it does, in a few words.
  let summary: String

  init(
    _ name: String, short: Character? = nil, value: String? = nil, isValueOptional: Bool = false,
    isRepeatable: Bool = false, _ summary: String
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.isValueOptional = isValueOptional
    self.isRepeatable = isRepeatable
    self.summary = summary
  }

  /// How it is written in help: `-c, --config FILE`.
  var usage: String {
    let letter = short.map { "-\($0), " } ?? "    "
    let given = value.map { isValueOptional ? "[=\($0)]" : " \($0)" }
    return letter + "--" + name + (given ?? "")
  }
}

extension Option {
  static let config = Option(
    "config", short: "c", value: "FILE", "configuration; default replication.yaml, if there is one")
  static let streams = Option(
    "streams", value: "A,B", "only these streams; also tag:NAME for all with a tag")
  static let account = Option(
    "account", value: "A,B", isRepeatable: true, "of several accounts in the file only these")
  static let json = Option("json", "one JSON document on standard output, nothing else there")
  static let quiet = Option("quiet", short: "q", "no progress, no notes: only what went wrong")
  static let verbose = Option("verbose", short: "v", "a line for each event")
  static let help = Option("help", short: "h", "this help")
  static let demo = Option("demo", "the bundled demonstration account instead of a real one")
  static let fullRefresh = Option("full-refresh", "read everything: short for --mode full-refresh")

  static let wait = Option(
    "wait", value: "TIME", isValueOptional: true,
    "wait for streams that another run holds, at most 10m or TIME")

  /// The options of the configuration; each is also a key of replication.yaml and a variable.
  static let settings = [
    streams,
    Option("requests-per-second", value: "N", "the most that start in a second; default 4"),
    Option("concurrency", value: "N", "requests in flight at once; default 3"),
    Option("page-size", value: "N", "rows in one answer, at most 100, which is the default"),
    Option("max-requests", value: "N", "the most that a run sends, 10 or more; default none"),
    Option("parallel-accounts", value: "N", "of several, how many at once; default all"),
    Option("max-duration", value: "TIME", "when a run asks for nothing more; default none"),
    Option("anchor-date", value: "DAY", "where a first incremental run begins; default all"),
    Option("lookback", value: "TIME", "how far below its start the next run begins; default 10m"),
    Option(
      "refresh", value: "TIME", "how old a whole reading may be; default 24h, 7d with a filter"),
    Option("delete-missing", value: "HOW", "rows gone from the account: soft, hard or ignore"),
    Option("max-delete-ratio", value: "N", "the share of rows that may go at once; default 0.05"),
    Option("max-delete-rows", value: "N", "as many may go whatever their share; default 20"),
    mode,
  ]
  static let mode = Option("mode", value: "MODE", "incremental (the default) or full-refresh")

  static let allowDeletes = Option(
    "allow-deletes", "for this run: rows may go however many they are")

  static let allowCommands = Option(
    "allow-commands", "hooks and notifications may run commands of this machine")
  static let roles = Option(
    "roles", value: "NAME", isValueOptional: true,
    "make the roles acsync_owner, … (or NAME_owner, …), and hand over")
  static let notify = Option("notify", "send a test message to everybody that is notified")

  /// Taken by every verb that reads the configuration.
  static let configured = [config, account] + settings + [fullRefresh, demo]

  /// Taken by every verb.
  static let common = [json, quiet, verbose, help]
}
