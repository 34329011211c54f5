public import Catalog

/// Whose key it is, as the account tells it, and what the account's clock shows.
public struct KeyOwner: Sendable, Hashable {
  /// The user's id.
  public let id: Int64
  /// The user's login name; nil where the account does not tell.
  public let username: String?
  /// The user's mail address; nil where the account does not tell.
  public let email: String?
  /// The user's time zone, such as `Europe/Berlin`; nil where the account does not tell.
  public let zone: String?
  /// The account's time when it answered.
  public let serverTime: Instant
  /// How far the account's clock is ahead of this machine's, to about a second.
  public let clockSkew: Duration

  /// Makes a record of whose key it is.
  public init(
    id: Int64, username: String?, email: String?, zone: String? = nil, serverTime: Instant,
    clockSkew: Duration
  ) {
    self.id = id
    self.username = username
    self.email = email
    self.zone = zone
    self.serverTime = serverTime
    self.clockSkew = clockSkew
  }

  /// Reads the answer to `GET users/me`.
  ///
  /// - Throws: why it is none.
  init(
    body: [UInt8], serverTime: Instant, clockSkew: Duration
  ) throws(PageError.UnreadableBody) {
    let text = body.span
    if body.allSatisfy({ $0 <= 0x20 }) { throw .empty }
    if body.first == UInt8(ascii: "<") { throw .html }
    var reader = JSONReader()
    let root: JSONSlice
    do throws(JSONFault) {
      root = try reader.value(in: text)
      try reader.finish(in: text)
    } catch {
      throw .notJSON(at: reader.position)
    }
    guard let user = JSONFields(of: root, in: text)["user"] else { throw .noRows(key: "user") }
    let fields = JSONFields(of: user, in: text)
    guard let id = fields.text("id", in: text).flatMap({ Int64($0) }) else {
      throw .noRows(key: "user.id")
    }
    self.init(
      id: id, username: fields.text("username", in: text), email: fields.text("email", in: text),
      zone: fields.text("localZoneid", in: text).flatMap { $0.isEmpty ? nil : $0 },
      serverTime: serverTime, clockSkew: clockSkew)
  }
}
