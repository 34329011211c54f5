import Catalog
import Replication

/// What a planned stream will probably cost.
struct Estimate: Sendable, Equatable {
  /// Rows to be read; nil where the account does not tell the list's length.
  let rows: Int64?
  /// Requests to be sent; nil where that cannot be told.
  let requests: Int?

  /// Estimates from what one answer told of the list.
  ///
  /// - Parameters:
  ///   - list: nil if the account does not tell the list's length, or nobody knows its parents.
  ///   - workers: requests in flight at once.
  init(_ plan: StreamPlan, _ list: Rehearsal.List?, workers: Int) {
    guard let list else {
      (rows, requests) = (nil, nil)
      return
    }
    rows = Self.left(of: list.total, plan)
    requests = Rehearsal(of: plan, on: list, workers: workers).requests()
  }

  /// An estimate from its figures.
  init(rows: Int64?, requests: Int?) {
    self.rows = rows
    self.requests = requests
  }

  /// The same with more requests.
  func adding(_ more: Int) -> Estimate {
    Estimate(rows: rows, requests: requests.map { $0 + more })
  }

  /// Rows that an unfinished walk has left: by position where the list is walked by position, else
  /// by the share of segments that are not done.
  private static func left(of total: Int64, _ plan: StreamPlan) -> Int64 {
    guard let walk = plan.resuming, !walk.segments.isEmpty else { return total }
    let open = walk.segments.filter { !$0.isDone }
    switch plan.stream.paging {
    case .offset where plan.stream.listedBelow == nil:
      return open.map { max(0, ($0.upper ?? max(total, $0.position)) - $0.position) }.reduce(0, +)
    case .offset, .ids, .atOnce:
      return total * Int64(open.count) / Int64(walk.segments.count)
    }
  }
}
