/// One answer of the API, decoded by the catalogue.
public struct Page: Sendable {
  /// The rows in the order the API sent them; rows without a usable key are not among them.
  public var rows: [Row]
  /// How many rows the API sent: what the end of a list is judged by.
  public var received: Int
  /// The list's length as the API told it (`meta.total`); nil where absent or no number.
  public var total: Int64?
  /// The server's time of the answer (its `Date` header).
  public var serverTime: Instant
  /// Values that did not fit their column.
  public var rejected: [RejectedValue]
  /// Rows of other streams that came with it, a page each; one that was asked for and did not come
  /// is not among them.
  public var beside: [StreamDefinition.ID: Page] = [:]
  /// Names of the fields that came and that nobody declared.
  public var undeclared: Set<String> = []

  /// Makes a page.
  public init(
    rows: [Row], received: Int, total: Int64?, serverTime: Instant, rejected: [RejectedValue] = []
  ) {
    self.rows = rows
    self.received = received
    self.total = total
    self.serverTime = serverTime
    self.rejected = rejected
  }
}

/// One row of a page.
public struct Row: Sendable, Hashable {
  /// The primary key.
  public var key: Int64
  /// One value a column, in the order of the stream's columns, the key among them.
  public var values: [Value]
  /// A JSON object of the fields the catalogue does not declare; nil if there were none.
  public var extra: String?

  /// Makes a row.
  public init(key: Int64, values: [Value], extra: String? = nil) {
    self.key = key
    self.values = values
    self.extra = extra
  }
}

/// A value that did not fit its column: the row is stored with null, the value beside the tables.
public struct RejectedValue: Sendable, Hashable {
  /// The row's key; nil where the row had no usable one, and so was not stored.
  public var key: Int64?
  /// The column's name.
  public var column: String
  /// The value as the API sent it.
  public var raw: String
  /// Why it did not fit.
  public var reason: String

  /// Makes a record of a rejected value.
  public init(key: Int64?, column: String, raw: String, reason: String) {
    self.key = key
    self.column = column
    self.raw = raw
    self.reason = reason
  }
}

/// A row's key and where it stands in the order that its list is asked for in.
public struct PlacedRow: Sendable, Hashable {
  /// Before every row.
  public static let first = PlacedRow(key: .min, place: .min)
  /// Behind every row.
  public static let last = PlacedRow(key: .max, place: .max)

  /// The primary key.
  public let key: Int64
  /// The key again, or the time the list is ordered by, in microseconds; the least for no time.
  public let place: Int64

  /// Makes a placed row.
  public init(key: Int64, place: Int64) {
    self.key = key
    self.place = place
  }
}
