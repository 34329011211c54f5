import Catalog

/// One request of a walk, handed to one worker.
struct Assignment: Sendable {
  /// What the answer is for.
  enum Purpose: Sendable, Equatable {
    /// The next rows of a segment.
    case rows(segment: Int)
    /// The highest id, to cut the rest of the walk into segments.
    case measure
  }

  let purpose: Purpose
  let query: PageQuery
}

/// What a walk needs to know of an answer.
struct Outline: Sendable {
  /// Keys of the rows, in the order they were sent.
  let keys: [Int64]
  /// Rows sent, those without a key among them.
  let received: Int
  /// Rows asked for.
  let limit: Int
  let total: Int64?
  let serverTime: Instant

  init(_ page: Page, limit: Int) {
    keys = page.rows.map(\.key)
    received = page.received
    self.limit = limit
    total = page.total
    serverTime = page.serverTime
  }
}
