public import Catalog

/// What happened to one request.
public enum RequestEvent: Sendable, Hashable {
  /// What was asked.
  public struct Asked: Sendable, Hashable {
    /// Its place among the requests of its client, from 1.
    public let number: Int64
    /// The request without host and key: `GET contacts?limit=100`.
    public let place: String
    /// The stream it was sent for; nil for the question whose key it is.
    public let stream: StreamDefinition.ID?
    /// When it was sent, by this machine's clock.
    public let at: Instant
    /// 1 for the first time it was asked, and so on.
    public let attempt: Int
  }

  /// It has its turn and is sent now.
  case started(Asked)
  /// Its answer came, or no whole one: then `status` is nil.
  case ended(Asked, status: Int?, bytes: Int, duration: Duration)
}
