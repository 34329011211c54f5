public import Catalog

/// How one stream shall be read, as the configuration says it.
public struct StreamSelection: Sendable {
  /// The stream.
  public var stream: StreamDefinition
  /// Everything, or what changed.
  public var mode: Mode
  /// A first incremental run reads nothing that last changed before this; nil reads everything.
  public var anchor: Instant?
  /// How far before the last walk's start the next one begins.
  public var lookback: Duration
  /// How old the last reading of the whole list may become; nil: as old as suits the stream.
  public var refresh: Duration?
  /// What happens to rows that are gone from the account.
  public var deletions: DeletionRule

  /// Selects a stream; the defaults read all of it, and later what changed.
  public init(
    _ stream: StreamDefinition, mode: Mode = .incremental, anchor: Instant? = nil,
    lookback: Duration = .seconds(600), refresh: Duration? = nil,
    deletions: DeletionRule = DeletionRule()
  ) {
    self.stream = stream
    self.mode = mode
    self.anchor = anchor
    self.lookback = lookback
    self.refresh = refresh
    self.deletions = deletions
  }
}

extension StreamSelection {
  /// How long ago its table may have been proven complete.
  public var refreshLimit: Duration { Cadence.refresh(of: self) }
}
