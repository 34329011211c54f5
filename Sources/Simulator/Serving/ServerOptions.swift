/// How a server behaves toward its readers.
public struct ServerOptions: Sendable {
  /// The address to listen on.
  public var host = "127.0.0.1"
  /// The port to listen on; 0 means any free one.
  public var port: UInt16 = 0
  /// The key that `Api-Token` must carry.
  public var apiKey = "simulator-key"
  /// How long every answer takes, beside the time it costs.
  public var latency: Duration = .zero
  /// How many requests may start within any second; nil for no limit.
  public var requestsPerSecond: Int? = 5
  /// Whether answers tell the limit in `RateLimit-…` headers, as documented; recordings of 2020
  /// carry none.
  public var sendsRateHeaders = true
  /// What `Retry-After` says with a 429, in seconds; nil for the whole seconds until one may start.
  public var retryAfter: Int?
  /// Whether bodies are sent in chunks instead of with a length.
  public var chunked = false
  /// Whether bodies are wrapped as gzip for readers that accept it, without being made smaller.
  public var gzip = false
  /// Paths that the account's plan does not include: they answer 403.
  public var missingFeatures: Set<String> = []
  /// How the date filters answer where the documentation leaves it open.
  public var filters = FilterBehaviour()
  /// Whether the account keeps a copy of its rows, for faults that serve old pages.
  public var keepsCopy = false
  /// What changes in the account at every request, before it is answered; nil for nothing.
  public var edits: EditScript?
  /// What goes wrong.
  public var faults = Faults()

  /// The service as it is: five requests a second, no latency, no faults.
  public init() {}
}
