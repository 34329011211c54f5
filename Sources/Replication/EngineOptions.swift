extension Engine {
  /// What a run may be told.
  public struct Options: Sendable {
    /// Requests in flight at once, over all streams.
    public var workers = 3
    /// Rows asked for in one request, 1 to 100.
    public var pageSize = 100
    /// Pages that may wait for the warehouse: a full queue holds the reading back.
    public var queuedPages = 32
    /// How failed requests are sent again.
    public var retry = RetryRule()
    /// How many requests a run may send, and how long it may ask.
    public var limits = RunLimits()
    /// Time and chance.
    public var clock = EngineClock.system

    /// The defaults of design.md.
    public init() {}
  }
}
