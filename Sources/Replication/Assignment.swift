import Catalog

/// One request of a walk, handed to one worker.
struct Assignment: Sendable {
  /// What the answer is for.
  enum Purpose: Sendable, Equatable {
    /// The next rows of a segment.
    case rows(segment: Int)
    /// The highest id, to cut the rest of the walk into segments.
    case measure
    /// The list's length when all has been read.
    case settle

    /// Whether it brings rows for the table, and not only figures.
    var isForRows: Bool {
      if case .rows = self { return true }
      return false
    }
  }

  let purpose: Purpose
  let query: PageQuery
}

/// What a walk needs to know of an answer.
struct Outline: Sendable {
  /// Keys of the rows, in the order they were sent.
  let keys: [Int64]
  /// The rows' places in the order that was asked for: their keys, or the times they stand by.
  let places: [Int64]
  /// Rows sent, those without a key among them.
  let received: Int
  /// Rows asked for.
  let limit: Int
  let total: Int64?
  let serverTime: Instant

  init(_ page: Page, of stream: StreamDefinition, limit: Int) {
    keys = page.rows.map(\.key)
    let column = stream.orderIndex
    places =
      column.map { column in Self.places(of: page.rows.map { $0.values[column].place }) } ?? keys
    received = page.received
    self.limit = limit
    total = page.total
    serverTime = page.serverTime
  }

  /// Where rows stand of which some do not tell.
  ///
  /// Those of a deal that the key may not see come without any time. Each stands between its
  /// neighbours, so the place of the one before is not too late, and the first few take that of the
  /// first who tells.
  private static func places(of told: [Int64?]) -> [Int64] {
    var last = told.lazy.compactMap(\.self).first ?? .min
    return told.map { place in
      if let place { last = place }
      return last
    }
  }

  /// Outlines an answer whose rows stand in the order of their keys.
  init(keys: [Int64], limit: Int, total: Int64?, serverTime: Instant) {
    self.keys = keys
    places = keys
    received = keys.count
    self.limit = limit
    self.total = total
    self.serverTime = serverTime
  }
}

extension StreamDefinition {
  /// The column whose order is asked for; nil for the key.
  fileprivate var orderIndex: Int? {
    guard case .offset(let field?) = paging else { return nil }
    return columns.firstIndex { $0.field == field }
  }

  /// Whether no two rows can stand in the same place of the list's order.
  var isOrderUnique: Bool { orderIndex == nil }
}

extension Value {
  /// Where a row with this value stands; nil where it does not tell.
  fileprivate var place: Int64? {
    switch self {
    case .instant(let instant): instant.microseconds
    case .integer(let number): number
    default: nil
    }
  }
}
