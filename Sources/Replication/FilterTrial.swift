import Catalog

/// Finds out, before a backfill relies on it, whether the account's filter on creation hides rows.
///
/// The service ignores in silence what it does not know, and nothing is documented of zones and
/// bounds. A row that the filter lets through though it was created at another time is seen when it
/// comes. One that it hides is not: so the lengths of lists are held against each other. What was
/// created before a day and what was created after it, each asked for generously, must together be
/// everything; and what lies between two days must be at least what the two lists have in common.
struct FilterTrial: Sendable {
  /// Requests that a trial takes on an account that stands still.
  static let requests = 7

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
    let sinceLast: Int64
    let untilLast: Int64
    let span: Int64

    /// Rows that some part must have, and has not.
    var hidden: Int64 {
      max(
        0, all.lowerBound - (sinceFirst + untilFirst), all.lowerBound - (sinceLast + untilLast),
        sinceFirst + untilLast - all.upperBound - span)
    }

    /// Rows that must be both from before the first day and from after the last.
    var common: Int64 { max(0, untilFirst + sinceLast - all.upperBound) }
  }

  /// Nil where a length is not told.
  private func lengths(around span: CreationWindow) async throws -> Lengths? {
    let next = CreationWindow(first: span.last.adding(1), last: span.last)
    let before = CreationWindow(first: span.first, last: span.first.adding(-1))
    let first = try await length(nil)
    let sinceFirst = try await length(CreationBounds(after: span.bounds.after))
    let untilFirst = try await length(CreationBounds(before: before.bounds.before))
    let sinceLast = try await length(CreationBounds(after: next.bounds.after))
    let untilLast = try await length(CreationBounds(before: span.bounds.before))
    let inside = try await length(span.bounds)
    // Rows that were added meanwhile are in some lengths only, as are those that were removed.
    let last = try await length(nil)
    guard let first, let sinceFirst, let untilFirst, let sinceLast, let untilLast, let inside,
      let last
    else { return nil }
    return Lengths(
      all: min(first, last)...max(first, last), sinceFirst: sinceFirst, untilFirst: untilFirst,
      sinceLast: sinceLast, untilLast: untilLast, span: inside)
  }

  private func length(_ bounds: CreationBounds?) async throws -> Int64? {
    let slice: PageQuery.Slice = stream.paging == .ids ? .newest : .offset(0)
    let page = try await reader.page(
      PageQuery(stream, slice, limit: 1, created: bounds), since: since
    ).page
    return page.total ?? (page.received == 0 ? 0 : nil)
  }
}
