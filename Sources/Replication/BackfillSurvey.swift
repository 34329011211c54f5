import Catalog

/// Finds out what a backfill would read, and what that would cost; writes nothing.
extension Backfiller {
  /// Asks the account about each order; the orders keep their sequence.
  ///
  /// - Throws: an `Explained` error; `CancellationError` where the run's limit is reached.
  public func survey(_ orders: [BackfillOrder]) async throws -> [BackfillOutlook] {
    let start = try await key.ask().serverTime
    var outlooks: [BackfillOutlook] = []
    for order in orders { outlooks.append(try await outlook(of: order, since: start)) }
    return outlooks
  }

  private func outlook(of order: BackfillOrder, since: Instant) async throws -> BackfillOutlook {
    let stream = order.stream
    guard stream.windows != .wholeStream else {
      return try await whole(order, because: "the API has no filter on its creation", since: since)
    }
    let known = try await keeper.backfill(of: stream.id, in: order.range)
    let windows = order.range.windows
    let done = order.isAgain ? [] : Set(known?.done.map(\.window) ?? [])
    var left = windows.filter { !done.contains($0) }
    // Behind all others, so that small slices of a backfill come to an end.
    if left.isEmpty { left = known?.doneEarly(at: since) ?? [] }
    guard let first = left.first, let last = left.last else {
      return BackfillOutlook(
        order: order, reading: .windows([]), windowsDone: windows.count, rows: 0, requests: 0)
    }
    let span = CreationWindow(first: first.first, last: last.last)
    switch try await finding(for: span, of: stream, known, since: since) {
    case .useless(let reason): return try await whole(order, because: reason, since: since)
    case .narrows(let rows):
      return BackfillOutlook(
        order: order, reading: .windows(order.isNewestFirst ? left.reversed() : left),
        windowsDone: windows.count - left.count, rows: rows,
        requests: requests(for: left, holding: rows, of: span, stream))
    }
  }

  /// What the filter does; where windows were read before, nothing but how many rows are left, so that
  /// a run with a small limit has some of it for reading.
  private func finding(
    for span: CreationWindow, of stream: StreamDefinition, _ known: BackfillRecord?, since: Instant
  ) async throws -> FilterTrial.Finding {
    let trial = FilterTrial(stream: stream, reader: reader, since: since)
    if known?.windows.isEmpty == false, let rows = try await trial.length(span.bounds) {
      return .narrows(rows: rows)
    }
    return try await trial.finding(for: span)
  }

  /// The fewest requests that suffice to plan so many streams, and to begin to read.
  public static func fewestRequests(for streams: Int) -> Int {
    (streams + 1) * (FilterTrial.requests + 1)
  }

  /// As if the rows were spread evenly over the days; each window is asked for with some days around.
  private func requests(
    for windows: [CreationWindow], holding rows: Int64, of span: CreationWindow,
    _ stream: StreamDefinition
  ) -> Int? {
    func days(_ window: CreationWindow) -> Int64 {
      guard let after = window.bounds.after, let before = window.bounds.before else { return 1 }
      return before.daysSinceEpoch - after.daysSinceEpoch
    }
    var requests = 0
    var known: [Int64: Int] = [:]
    for window in windows {
      let share = (rows * days(window) + days(span) - 1) / days(span)
      if known[share] == nil {
        known[share] = Rehearsal(
          of: StreamPlan(window, of: stream, pageSize: options.pageSize),
          on: Rehearsal.List(total: share, highest: share), workers: options.workers
        ).requests()
      }
      guard let each = known[share] else { return nil }
      requests += each
    }
    return requests
  }

  private func whole(
    _ order: BackfillOrder, because reason: String, since: Instant
  ) async throws -> BackfillOutlook {
    let stream = order.stream
    var selection = order.selection
    selection.mode = .fullRefresh
    let slice: PageQuery.Slice = stream.paging == .ids ? .newest : .offset(0)
    let page = try await reader.page(PageQuery(stream, slice, limit: 1), since: since).page
    let total = page.total ?? (page.received == 0 ? 0 : nil)
    let plan = StreamPlan(selection, state: StreamState(), pageSize: options.pageSize)
    let requests = total.flatMap { total in
      stream.listedBelow != nil
        ? nil
        : Rehearsal(
          of: plan, on: Rehearsal.List(total: total, highest: page.rows.first?.key),
          workers: options.workers
        ).requests()
    }
    return BackfillOutlook(
      order: order, reading: .whole(reason), windowsDone: 0, rows: total, requests: requests)
  }
}
