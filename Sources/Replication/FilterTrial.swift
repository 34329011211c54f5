import Catalog

/// Finds out, before a backfill relies on it, whether the account's filter on creation hides rows.
///
/// The service ignores in silence what it does not know, and nothing is documented of zones and
/// bounds. A row that the filter lets through though it was created at another time is seen when it
/// comes. One that it hides is not: so the lengths of lists are held against each other. What was
/// created before a day and what was created after it, each asked for generously, must together be
/// everything, less what both have; and what lies between two days must be what two lists have in
/// common.
struct FilterTrial: Sendable {
  /// Requests that a trial takes on an account that stands still.
  static let requests = 9

  /// An account that changes while it is asked is asked this often.
  static let rounds = 3

  /// Further apart than this, what was created before one day and after another cannot overlap,
  /// however generously it was asked for.
  private static let apart: Int64 = 7

  /// What a trial found.
  enum Finding: Sendable, Equatable {
    /// The filter hides nothing: so many rows lie within its bounds.
    case narrows(rows: Int64)
    /// It cannot be relied on, for a reason.
    case useless(String)
  }

  let stream: StreamDefinition
  let reader: Reader
  /// Answers from before are not taken.
  let since: Instant

  /// Asks about the days that a backfill is to read.
  ///
  /// - Throws: the last attempt's error; `CancellationError`.
  func finding(for span: CreationWindow) async throws -> Finding {
    var last = Finding.useless("no total is told that its filter on creation could be held against")
    for _ in 0..<Self.rounds {
      guard let lengths = try await lengths(around: span) else { return last }
      // Days that lie apart have no row in common.
      if span.last.adding(-Self.apart) > span.first, lengths.common > 0 {
        last = .useless("the account's filter on creation lets rows of other days through")
      } else if lengths.hidden > 0 {
        last = .useless("the account's filter on creation hides \(lengths.hidden) rows or more")
      } else {
        return .narrows(rows: lengths.span)
      }
    }
    return last
  }

  /// What the account tells of a list's parts.
  private struct Lengths {
    let all: ClosedRange<Int64>
    let sinceFirst: Int64
    let untilFirst: Int64
    let bothAtFirst: Int64
    let sinceLast: Int64
    let untilLast: Int64
    let bothAtLast: Int64
    let span: Int64

    /// Rows that some part must have, and has not.
    var hidden: Int64 {
      max(
        0, all.lowerBound - (sinceFirst + untilFirst - bothAtFirst),
        all.lowerBound - (sinceLast + untilLast - bothAtLast),
        sinceFirst + untilLast - all.upperBound - span)
    }

    /// Rows that must be both from before the first day and from after the last.
    var common: Int64 { max(0, untilFirst + sinceLast - all.upperBound) }
  }

  /// Nil where a length is not told.
  private func lengths(around span: CreationWindow) async throws -> Lengths? {
    // What begins and ends at one instant, asked for as generously as a window.
    let start = CreationWindow(first: span.first, last: span.first.adding(-1)).bounds
    let end = CreationWindow(first: span.last.adding(1), last: span.last).bounds
    let first = try await length(nil)
    let sinceFirst = try await length(CreationBounds(after: start.after))
    let untilFirst = try await length(CreationBounds(before: start.before))
    let bothAtFirst = try await length(start)
    let sinceLast = try await length(CreationBounds(after: end.after))
    let untilLast = try await length(CreationBounds(before: end.before))
    let bothAtLast = try await length(end)
    let inside = try await length(span.bounds)
    // Rows that were added meanwhile are in some lengths only, as are those that were removed.
    let last = try await length(nil)
    guard let first, let sinceFirst, let untilFirst, let bothAtFirst, let sinceLast,
      let untilLast, let bothAtLast, let inside, let last
    else { return nil }
    return Lengths(
      all: min(first, last)...max(first, last), sinceFirst: sinceFirst, untilFirst: untilFirst,
      bothAtFirst: bothAtFirst,
      sinceLast: sinceLast, untilLast: untilLast, bothAtLast: bothAtLast, span: inside)
  }

  /// Rows within the bounds; nil where that is not told.
  func length(_ bounds: CreationBounds?) async throws -> Int64? {
    let slice: PageQuery.Slice = stream.paging == .ids ? .newest : .offset(0)
    let page = try await reader.page(
      PageQuery(stream, slice, limit: 1, created: bounds), since: since
    ).page
    return page.total ?? (page.received == 0 ? 0 : nil)
  }
}
