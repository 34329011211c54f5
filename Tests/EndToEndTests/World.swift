import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

/// A simulated account, served, and the test's own database to sync it into.
struct World {
  static let key = "canary-key-5b1c"

  let server: Server
  let faults: Faults
  let environment: [String: String]
  /// Where the account answers.
  var address: String { environment["ACTIVECAMPAIGN_URL"] ?? "" }

  var account: Account { server.account }

  /// - Parameters:
  ///   - size: how much of each kind the account holds.
  ///   - seed: decides the rows.
  ///   - isThrottled: whether the server keeps its limit, and the program its default rate.
  ///   - adjust: what the server shall do otherwise than without latency.
  init(
    _ size: AccountSize, seed: UInt64 = 7, isThrottled: Bool = false,
    adjust: (inout ServerOptions) -> Void = { _ in }
  ) throws {
    try self.init(
      account: Account(seed: seed, size: size), isThrottled: isThrottled, adjust: adjust)
  }

  /// Serves an account, which may have a clock of its own.
  init(
    account: Account, isThrottled: Bool = false,
    adjust: (inout ServerOptions) -> Void = { _ in }
  ) throws {
    var options = ServerOptions()
    options.apiKey = Self.key
    if !isThrottled { options.requestsPerSecond = nil }
    adjust(&options)
    faults = options.faults
    server = Server(account: account, options: options)
    var environment = [
      "ACTIVECAMPAIGN_URL": try server.start(), "ACTIVECAMPAIGN_API_KEY": Self.key,
      "DATABASE_URL": try Database.current.uri, "ACSYNC_STREAMS": fifteenStreams,
    ]
    if !isThrottled { environment["ACSYNC_REQUESTS_PER_SECOND"] = "10000" }
    self.environment = environment
  }

  /// Runs `acsync run --json WORDS` to its end.
  func run(_ words: String...) async throws -> Ending { try await run(words) }

  /// Runs `acsync run --json WORDS` to its end, unless the victim is killed before.
  func run(_ words: [String], as victim: Victim = Victim()) async throws -> Ending {
    try await perform(["run", "--json"] + words, as: victim)
  }

  /// Runs `acsync WORDS` to its end, unless the victim is killed before.
  func perform(_ words: [String], as victim: Victim = Victim()) async throws -> Ending {
    let ending = try await acsync(words, environment: environment, as: victim)
    #expect(!(ending.result + ending.aside).contains(Self.key))
    return ending
  }
}

extension Connection {
  /// The first column of a query's rows.
  func column(_ query: Statement) async throws -> [String] {
    try await self.query(query).map { try $0[0] ?? "null" }
  }
}

/// Opens the test's database for as long as the work takes.
func withDatabase<Value: Sendable>(
  _ work: (Connection) async throws -> Value
) async throws -> Value {
  let connection = try await Database.connect()
  let value: Result<Value, any Error>
  do { value = .success(try await work(connection)) } catch { value = .failure(error) }
  await connection.close()
  return try value.get()
}

/// A hash of every row of the streams' tables: values, system columns and row versions.
func fingerprints(of streams: some Sequence<String> = Truth.paths.keys) async throws -> [String] {
  try await withDatabase { database in
    var prints: [String] = []
    for stream in streams.sorted() {
      prints += try await database.column(
        """
        SELECT \(stream) || ' ' || count(*) || ' ' ||
          coalesce(md5(string_agg(t::text || t.xmin::text || t.ctid::text, '|' ORDER BY id)), '')
        FROM activecampaign.\(Identifier(stream)) AS t
        """)
    }
    return prints
  }
}

extension AccountSize {
  /// Several pages of what is edited, as long as pages are small.
  static var paged: AccountSize {
    var size = AccountSize.scaled(contacts: 400)
    size.deals = 150
    size.tags = 60
    size.contactTags = 300
    return size
  }
}
