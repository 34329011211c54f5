internal import Catalog

/// A value of the file and where it stands.
struct Placed<Value: Sendable>: Sendable {
  let value: Value
  let place: Place
}

/// What `defaults` or one entry of `streams` says; nil where it is silent.
struct StreamEntry: Sendable {
  var mode: Placed<Mode>?
  var isDisabled: Placed<Bool>?
  var tags: Placed<[String]>?
  var requestsPerSecond: Placed<Double>?
  var concurrency: Placed<Int>?
  var pageSize: Placed<Int>?
  var maxRequests: Placed<Int?>?
  var maxDuration: Placed<Duration?>?
  var parallelAccounts: Placed<Int?>?
  var anchor: Placed<Instant?>?
  var lookback: Placed<Duration>?
  var refresh: Placed<Duration?>?
  var auditRequests: Placed<Bool>?
  var accountTimeZone: Placed<String?>?
  var deleteMissing: Placed<DeletionRule.Manner>?
  var maxDeleteRatio: Placed<Double>?
  var maxDeleteRows: Placed<Int64>?
  var hooks: Placed<StreamHooks>?
  var checks: Placed<[StreamCheck]>?
  /// What becomes of its table.
  var shape = ShapeEntry()

  /// This entry, and where it is silent another one.
  func filled(from other: StreamEntry) -> StreamEntry {
    StreamEntry(
      mode: mode ?? other.mode, isDisabled: isDisabled ?? other.isDisabled,
      tags: tags ?? other.tags,
      requestsPerSecond: requestsPerSecond ?? other.requestsPerSecond,
      concurrency: concurrency ?? other.concurrency, pageSize: pageSize ?? other.pageSize,
      maxRequests: maxRequests ?? other.maxRequests, maxDuration: maxDuration ?? other.maxDuration,
      parallelAccounts: parallelAccounts ?? other.parallelAccounts,
      anchor: anchor ?? other.anchor, lookback: lookback ?? other.lookback,
      refresh: refresh ?? other.refresh, auditRequests: auditRequests ?? other.auditRequests,
      accountTimeZone: accountTimeZone ?? other.accountTimeZone,
      deleteMissing: deleteMissing ?? other.deleteMissing,
      maxDeleteRatio: maxDeleteRatio ?? other.maxDeleteRatio,
      maxDeleteRows: maxDeleteRows ?? other.maxDeleteRows, hooks: hooks ?? other.hooks,
      checks: checks ?? other.checks, shape: shape.filled(from: other.shape))
  }
}

/// `replication.yaml`, decoded; every value in it has been checked.
struct ReplicationFile: Sendable {
  /// `ACTIVECAMPAIGN`, or an address.
  var source: Placed<String>?
  /// `POSTGRES`, or an address, which may hold a password.
  var target: Placed<String>?
  var defaults = StreamEntry()
  /// Who is told of what.
  var notify: [NotifyTarget] = []
  /// What is done before and after the whole run.
  var hooks = RunHooks()
  /// Which streams; nil: all of them.
  var streams: StreamChoice?
  /// Several accounts; none: the one of `source`.
  var accounts: [AccountEntry] = []
  /// When `acsync schedule` reads which streams.
  var schedule: [FileSchedule] = []

  /// What the file says of a stream besides its defaults; nil: the file leaves the stream out.
  ///
  /// As in Sling, an entry of its own replaces that of a pattern altogether, and of several patterns
  /// the first one counts.
  func entry(for stream: StreamDefinition) -> StreamEntry? {
    guard let streams else { return StreamEntry() }
    return streams.named[stream.id]
      ?? streams.patterns.first { Self.matches(stream.id.name, pattern: $0.pattern) }?.entry
  }

  /// Whether the file names the stream itself, and not only a pattern that it fits.
  func names(_ stream: StreamDefinition) -> Bool { streams?.named[stream.id] != nil }

  /// Whether a name fits a pattern, in which each `*` stands for any text.
  static func matches(_ name: String, pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let head = parts.first, let tail = parts.last else {
      return name == pattern
    }
    guard name.hasPrefix(head), name.count >= head.count + tail.count, name.hasSuffix(tail) else {
      return false
    }
    var rest = name.dropFirst(head.count).dropLast(tail.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
