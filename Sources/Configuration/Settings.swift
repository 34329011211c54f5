public import Catalog

/// The whole configuration of one account, checked: what a run, a plan or a check needs to know.
public struct Settings: Sendable {
  /// The file that was read; nil where there was none and the defaults hold.
  public let file: String?
  /// What the file calls the account; nil where it names none.
  public let accountName: String?
  /// The schema of the streams' tables.
  public let schema: Setting<String>
  /// The account's address without `/api/3`: `https://acme.api-us1.com`; nil where none is set.
  public let sourceURL: Setting<String>?
  /// The account's key; nil where none is set.
  public let apiKey: Setting<Secret>?
  /// Which PostgreSQL is written to.
  public let database: Setting<Database>
  /// The most requests that start in a second.
  public let requestsPerSecond: Setting<Double>
  /// The most requests in flight.
  public let concurrency: Setting<Int>
  /// Rows asked for in one request, 1 to 100.
  public let pageSize: Setting<Int>
  /// The most requests that a run sends, over all streams; nil: as many as it takes.
  public let maxRequests: Setting<Int?>
  /// The time after which a run asks for nothing more; nil: it takes as long as it takes.
  public let maxDuration: Setting<Duration?>
  /// Of several accounts, how many are read at once; nil: all.
  public let parallelAccounts: Setting<Int?>
  /// Who is told of what.
  public let notify: [NotifyTarget]
  /// What is done before and after the whole run.
  public let hooks: RunHooks
  /// The streams to read, in the catalogue's order: parents before their children.
  public internal(set) var streams: [StreamSettings]
  /// The streams that are not to be read, as they would be: a parent among them is read for the
  /// sake of its children.
  public internal(set) var others: [StreamSettings]
  /// How a run tells of itself, and when one that goes on for ever runs.
  public let operating: OperatingSettings

  /// The schema of the tables of an account that has the file for itself.
  public static let usualSchema = "activecampaign"

  /// The account to read, with the key to it; nil where neither is set.
  ///
  /// - Throws: `ConfigurationError` where only one of both is set.
  public func account() throws(ConfigurationError) -> Account? {
    if let sourceURL, let apiKey { return Account(url: sourceURL.value, key: apiKey.value) }
    if let sourceURL {
      throw ConfigurationError([
        Mistake(
          what: "the account's address is set, but no key", place: sourceURL.origin.description,
          remedy: "set ACTIVECAMPAIGN_API_KEY or ACTIVECAMPAIGN_API_KEY_FILE")
      ])
    }
    if let apiKey {
      throw ConfigurationError([
        Mistake(
          what: "a key is set, but no account's address", place: apiKey.origin.description,
          remedy: "set ACTIVECAMPAIGN_URL")
      ])
    }
    return nil
  }
}

/// An account's address and the key to it.
public struct Account: Sendable, Hashable {
  /// The address without `/api/3`: `https://acme.api-us1.com`.
  public let url: String
  /// The key.
  public let key: Secret
}

/// Which PostgreSQL is written to.
public enum Database: Sendable, Hashable {
  /// The server of this connection string, a URI or `keyword=value` pairs; libpq adds what the
  /// environment's `PG*` variables say and the string does not.
  case connection(Secret)
  /// The server that the environment's `PG*` variables name, which libpq reads by itself.
  case environment
  /// The private cluster.
  case embedded

  /// What to hand to libpq; nil for the embedded server, which knows its own address.
  public var connectionString: String? {
    switch self {
    case .connection(let text): text.reveal()
    case .environment: ""
    case .embedded: nil
    }
  }
}

/// How one stream is to be read.
public struct StreamSettings: Sendable {
  /// The stream.
  public let stream: StreamDefinition
  /// Whether it is read whole at every run.
  public let mode: Setting<Mode>
  /// Where a first run begins; nil: with everything.
  public let anchor: Setting<Instant?>
  /// How far below the last run's start the next one begins.
  public let lookback: Setting<Duration>
  /// How old the last reading of the whole list may become; nil: as old as suits the stream.
  public let refresh: Setting<Duration?>
  /// What becomes of rows that are gone from the account.
  public let deleteMissing: Setting<DeletionRule.Manner>
  /// The share of its rows that may go at once, 0 to 1.
  public let maxDeleteRatio: Setting<Double>
  /// As many rows may go at once whatever their share.
  public let maxDeleteRows: Setting<Int64>
  /// Names to select it by, as `tag:name`.
  public let tags: Setting<[String]>
  /// What is done before and after it is read.
  public let hooks: StreamHooks
  /// What must be true of its rows.
  public let checks: [StreamCheck]
}
