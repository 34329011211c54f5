import Catalog
import Replication

/// What a planned stream will probably cost.
struct Estimate: Sendable, Equatable {
  /// Rows to be read; nil where the account does not tell the list's length.
  let rows: Int64?
  /// Requests to be sent; nil where that cannot be told.
  let requests: Int?

  /// Estimates from the list's length, as one request for a single row told it.
  ///
  /// - Parameters:
  ///   - total: rows that the plan's filter leaves; nil if the account did not tell.
  ///   - parents: how many lists a child stream has; nil for a stream of its own, or if not known.
  init(_ plan: StreamPlan, total: Int64?, parents: Int64?) {
    guard let total else {
      (rows, requests) = (nil, nil)
      return
    }
    let left = Self.left(of: total, plan)
    rows = left
    if plan.stream.parent != nil {
      // One list a parent, of which only those longer than a page take more than one request.
      requests = parents.map { Int($0 + left / Int64(plan.pageSize)) }
      return
    }
    let pages = Int(left / Int64(plan.pageSize)) + 1
    // A long list walked by id is measured once, to be cut.
    requests = pages + (plan.stream.paging == .ids && pages > 16 && plan.resuming == nil ? 1 : 0)
  }

  /// An estimate from its figures.
  init(rows: Int64?, requests: Int?) {
    self.rows = rows
    self.requests = requests
  }

  /// Rows that an unfinished walk has left: by position where the list is walked by position, else
  /// by the share of segments that are not done.
  private static func left(of total: Int64, _ plan: StreamPlan) -> Int64 {
    guard let walk = plan.resuming, !walk.segments.isEmpty else { return total }
    let open = walk.segments.filter { !$0.isDone }
    switch plan.stream.paging {
    case .offset where plan.stream.parent == nil:
      return open.map { max(0, ($0.upper ?? max(total, $0.position)) - $0.position) }.reduce(0, +)
    case .offset, .ids:
      return total * Int64(open.count) / Int64(walk.segments.count)
    }
  }
}
