import ActiveCampaign
import Catalog
import Replication
import Warehouse
import EmbeddedPostgres

struct Setup {
  static let options: [Option] = [.demo]
  let isDemo: Bool
  let requestsPerSecond = 4.0
  let concurrency = 3
  let pageSize = 100
  var certificateFile: String? { nil }
  let selection: [StreamSelection] = StreamDefinition.all.map { StreamSelection($0) }
  let target: Target
  let environment: [String: String]
  init(_ i: Invocation) throws {
    isDemo = i.arguments.has(.demo)
    environment = i.environment
    target = environment["DATABASE_URL"].map { .uri($0) } ?? .embedded(database: isDemo ? Target.demoDatabase : Cluster.name)
  }
  func credentials() throws -> (Endpoint, APIKey) {
    guard let u = environment["ACTIVECAMPAIGN_URL"], let k = environment["ACTIVECAMPAIGN_API_KEY"] else { throw UsageError.noSource }
    return (try Endpoint(u), try APIKey(k))
  }
  func account() throws -> String { isDemo ? Demo.account : try credentials().0.account }
  var psqlLine: String { target.psqlLine(program: CommandLine.arguments.first ?? "acsync") }

  /// Opens the warehouse, starting the embedded cluster where it is meant.
  func openLoader(account: String, note: (String) -> Void) async throws -> Loader {
    let conninfo = try await target.conninfo(note: note)
    return try await Loader.open(
      uri: conninfo, account: account, applicationName: Program.applicationName)
  }

  /// What the warehouse knows of the account's streams; nothing where there is no warehouse yet.
  func knownStates(
    account: String, note: (String) -> Void
  ) async throws -> [StreamDefinition.ID: StreamState] {
    if target.isAbsent { return [:] }
    let loader = try await openLoader(account: account, note: note)
    let states = try await loader.states()
    await loader.close()
    return states
  }

  /// How the selected streams stand; all unread where there is no warehouse yet.
  func standing(account: String, note: (String) -> Void) async throws -> Standing {
    let streams = selection.map(\.stream)
    if target.isAbsent {
      return Standing(
        streams: streams.map { ($0, nil) }, lastRun: nil, now: Instant.ofThisMachine())
    }
    let loader = try await openLoader(account: account, note: note)
    let known = try await loader.status()
    let standing = Standing(
      streams: streams.map { stream in (stream, known.first { $0.stream == stream.id }) },
      lastRun: try await loader.recentRuns(atMost: 1).first, now: try await loader.now())
    await loader.close()
    return standing
  }
}
