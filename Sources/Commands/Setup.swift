import ActiveCampaign
import Catalog
import Configuration
import EmbeddedPostgres
import Replication
import Warehouse

/// What a verb works with: the checked settings, and both ends, each opened when it is asked for.
struct Setup: Sendable {
  /// The settings, as file, environment and flags give them.
  private(set) var settings: Settings
  /// Every account that the file names, this one among them; none where it names none.
  let siblings: [AccountViews.Account]
  /// The keys of every account that the file names, or of the one there is.
  let keys: [Secret]
  /// Where those accounts answer.
  let addresses: [String]
  /// Whether the bundled demonstration account stands in for a real one.
  let isDemo: Bool
  /// Which PostgreSQL the rows go to.
  let target: Target
  /// Certificates to trust instead of the system's; nil for the system's.
  let certificateFile: String?
  /// Whether any number of rows may go in this run.
  let allowsDeletes: Bool
  /// Whether commands of this machine may be run.
  let allowsCommands: Bool
  /// The environment's variables.
  let environment: [String: String]
  /// Columns that tables were given since the catalogue was written.
  private var evolved: [StreamDefinition.ID: [EvolvedColumn]] = [:]

  /// Reads and checks the settings of the one account that is meant.
  ///
  /// - Parameter selecting: names of streams that stood behind the verb; none: as the options say.
  /// - Throws: `ConfigurationError` with every mistake there is; `UsageError`, also where the file
  ///   names several accounts and the command line none of them.
  init(_ invocation: Invocation, selecting names: [String] = []) throws {
    let all = try Self.all(invocation, selecting: names)
    guard let one = all.first, all.count == 1 else {
      throw UsageError.severalAccounts(all.compactMap(\.accountName))
    }
    self = one
  }

  /// Reads and checks the settings of every account that is meant: those of the file, unless the
  /// command line names some of them.
  ///
  /// - Parameter selecting: names of streams that stood behind the verb; none: as the options say.
  /// - Throws: `ConfigurationError` with every mistake there is; `UsageError`.
  static func all(_ invocation: Invocation, selecting streams: [String] = []) throws -> [Setup] {
    let arguments = invocation.arguments
    if !streams.isEmpty, let others = arguments.value(of: .streams) {
      throw UsageError.contradiction(streams.joined(separator: " "), "--streams \(others)")
    }
    let settings = try Settings.load(
      file: arguments.value(of: .config), explicit: arguments.has(.config),
      environment: invocation.environment,
      flags: try flags(of: arguments, selecting: streams))
    if arguments.has(.demo), settings.first?.accountName != nil {
      throw UsageError.contradiction("--demo", "accounts in \(settings.first?.file ?? "the file")")
    }
    try requireApart(settings)
    let names = settings.compactMap(\.accountName)
    let siblings = settings.compactMap { one in
      one.accountName.map { AccountViews.Account(name: $0, schema: one.schema.value) }
    }
    guard let wanted = arguments.value(of: .account) else {
      return settings.map { Setup($0, beside: siblings, settings, invocation) }
    }
    let chosen = wanted.split(separator: ",").map { String($0) }
    for name in chosen where !names.contains(name) {
      throw UsageError.unknownAccount(name, known: names)
    }
    return settings.filter { $0.accountName.map(chosen.contains) == true }
      .map { Setup($0, beside: siblings, settings, invocation) }
  }

  /// Two accounts at one place would share their progress: each would undo that of the other.
  private static func requireApart(_ settings: [Settings]) throws {
    var names: [String: String] = [:]
    for one in settings {
      guard let name = one.accountName, let url = one.sourceURL?.value,
        let endpoint = try? Endpoint(url)
      else { continue }
      if let other = names.updateValue(name, forKey: endpoint.account) {
        throw UsageError.sameAccount(other, name, file: one.file ?? "accounts")
      }
    }
  }

  private init(
    _ settings: Settings, beside siblings: [AccountViews.Account], _ all: [Settings],
    _ invocation: Invocation
  ) {
    let arguments = invocation.arguments
    self.settings = settings
    self.siblings = siblings
    keys = all.compactMap { $0.apiKey?.value }
    addresses = all.compactMap { $0.sourceURL?.value }
    isDemo = arguments.has(.demo)
    allowsDeletes = arguments.has(.allowDeletes)
    // Never from .env: who may write beside the file could write the file.
    allowsCommands =
      arguments.has(.allowCommands) || invocation.environment["ACSYNC_ALLOW_COMMANDS"] == "true"
    environment = invocation.environment
    target = Target(settings.database.value, isDemo: isDemo, environment: invocation.environment)
    certificateFile = invocation.environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What `Settings` shall hear of the command line.
  private static func flags(
    of arguments: Arguments, selecting names: [String]
  ) throws(UsageError) -> [String: String] {
    var flags: [String: String] = [:]
    for option in Option.settings + Option.operating {
      // A switch that is set has no value of its own.
      flags[option.name] = arguments.value(of: option).map { option.value == nil ? "true" : $0 }
    }
    if !names.isEmpty { flags[Option.streams.name] = names.joined(separator: ",") }
    guard arguments.has(.fullRefresh) else { return flags }
    if let mode = flags[Option.mode.name], mode != Mode.fullRefresh.rawValue {
      throw .contradiction("--full-refresh", "--mode \(mode)")
    }
    flags[Option.mode.name] = Mode.fullRefresh.rawValue
    return flags
  }

  /// The same for the streams of one element of the schedule.
  func narrowed(to entry: ScheduleEntry) -> Setup {
    var setup = self
    setup.settings = settings.narrowed(to: entry)
    return setup
  }

  /// Every stream there is as the settings want its table, in the catalogue's order.
  var definitions: [StreamDefinition] {
    let known = (settings.streams + settings.others).map { ($0.stream.id, $0.stream) }
    let shaped = Dictionary(known) { first, _ in first }
    return StreamDefinition.all.map { stream in
      (shaped[stream.id] ?? stream).evolved(by: evolved[stream.id] ?? [])
    }
  }

  /// The same, knowing the columns that tables were given since the catalogue was written.
  func knowing(_ evolved: [StreamDefinition.ID: [EvolvedColumn]]) -> Setup {
    var setup = self
    setup.evolved = evolved
    return setup
  }

  /// The streams as the engine takes them.
  var selection: [StreamSelection] { settings.streams.map(selection) }

  /// The streams nobody selected, as the engine takes those that are needed as parents.
  var catalogue: [StreamSelection] { settings.others.map(selection) }

  private func selection(_ stream: StreamSettings) -> StreamSelection {
    StreamSelection(
      stream.stream.evolved(by: evolved[stream.stream.id] ?? []), mode: stream.mode.value,
      anchor: stream.anchor.value,
      lookback: stream.lookback.value, refresh: stream.refresh.value,
      deletions: DeletionRule(
        stream.deleteMissing.value, maxRatio: stream.maxDeleteRatio.value,
        maxRows: stream.maxDeleteRows.value, isLifted: allowsDeletes))
  }

  /// What the file calls the account; nil where it names none.
  var accountName: String? { settings.accountName }

  /// Where the settings came from, for a person.
  var origin: String { settings.file ?? "no file, defaults" }

  // MARK: The account

  /// Where the account is, and the key to it.
  ///
  /// - Throws: `UsageError` where neither is set, `ConfigurationError` where only one is.
  func credentials() throws -> (Endpoint, APIKey) {
    guard let account = try settings.account() else { throw UsageError.noSource }
    return (try Endpoint(account.url), try APIKey(account.key.reveal()))
  }

  /// What the account's progress is kept under; needs no key.
  func account() throws -> String {
    if isDemo { return Demo.account }
    guard let url = settings.sourceURL else { throw UsageError.noSource }
    return try Endpoint(url.value).account
  }

  // MARK: The warehouse

  /// The line that opens the data in psql, as this program was called.
  var psqlLine: String { target.psqlLine(program: CommandLine.arguments.first ?? "acsync") }

  /// Opens the warehouse, starting the embedded cluster where it is meant; writes nothing.
  func openLoader(account: String, note: (String) -> Void) async throws -> Loader {
    let conninfo = try await target.conninfo(note: note)
    return try await Loader.open(
      uri: conninfo, account: account, schema: settings.schema.value,
      applicationName: Program.applicationName)
  }

  /// Readies a journal of requests; it connects when there is something to write.
  func journal() throws -> RequestJournal {
    RequestJournal(account: try account(), applicationName: Program.applicationName)
  }

  /// Readies this process's part in the account's budget; it connects when it is first used.
  ///
  /// - Parameter session: The session of the process's other budgets; nil gives it one of its own.
  func sharedBudget(
    account: String, on session: RequestSession? = nil
  ) async throws -> RequestBudget {
    let share = RequestBudget.Settings(
      account: account, requestsPerSecond: settings.requestsPerSecond.value,
      concurrency: settings.concurrency.value)
    if let session { return RequestBudget(share, on: session, isShared: true) }
    return RequestBudget(share, on: try await requestSession())
  }

  /// Readies a session on which budgets can be kept.
  func requestSession() async throws -> RequestSession {
    RequestSession(
      uri: try await target.conninfo(), applicationName: Program.applicationName)
  }

  /// What the warehouse knows of the account's streams; nothing where there is no warehouse yet.
  func knownStates(
    account: String, note: (String) -> Void
  ) async throws -> [StreamDefinition.ID: StreamState] {
    if target.isAbsent { return [:] }
    let loader = try await openLoader(account: account, note: note)
    let evolved = try await loader.evolvedColumns()
    let states = try await loader.states(as: knowing(evolved).definitions)
    await loader.close()
    return states
  }
}
