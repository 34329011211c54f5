/// One answer over HTTP, whole.
struct Response: Sendable {
  /// The status: 200.
  var status: Int
  /// The headers by their names in lower case; of a repeated one, the last.
  var headers: [String: String]
  /// The body, unpacked.
  var body: [UInt8]
}

/// How long the transport waits, and how much it takes.
public struct TransportLimits: Sendable, Hashable {
  /// The time a connection may take to be made.
  public var connect: Duration
  /// The time for which no byte may come.
  public var stall: Duration
  /// The time from a request's start to its answer's last byte.
  public var total: Duration
  /// The longest body, after unpacking.
  public var maxBodyBytes: Int

  /// Makes limits; the defaults fit a page of 100 rows from a slow account.
  public init(
    connect: Duration = .seconds(10), stall: Duration = .seconds(60),
    total: Duration = .seconds(180), maxBodyBytes: Int = 8 << 20
  ) {
    self.connect = connect
    self.stall = stall
    self.total = total
    self.maxBodyBytes = maxBodyBytes
  }
}
