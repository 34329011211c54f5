import Catalog

/// What a walk could not prove, or could not do.
enum WalkError: Explained, Equatable {
  /// Answers were shorter than the total they told, however often they were asked for.
  case totalsDisagree(StreamDefinition.ID)
  /// A list in no known order changed during every reading of it.
  case orderUnknown(StreamDefinition.ID)
  /// Whole readings fell short of the total by numbers that did not agree.
  case shortOfTotal(StreamDefinition.ID, seen: Int64, total: Int64)
  /// More rows are gone than may be marked at once.
  case tooManyGone(StreamDefinition.ID, missing: Int64, live: Int64)
  /// Rows are gone for a key that is another user's than before.
  case unseenByOther(StreamDefinition.ID, missing: Int64)
  /// The table was last proven complete longer ago than the stream's refresh allows.
  case proofTooOld(StreamDefinition.ID, Instant?)
  /// Answers were copies older than what had been read, however often they were asked for.
  case oldCopy(StreamDefinition.ID)
  /// Pages that should carry the stream's rows did not, or not all that they name.
  case notCarried(StreamDefinition.ID, by: StreamDefinition.ID)
  /// The parent of a child stream was not read to its end.
  case parentUnread(StreamDefinition.ID, parent: StreamDefinition.ID)

  var explanation: Explanation {
    switch self {
    case .totalsDisagree(let stream):
      Explanation(
        "the service says there are more rows than it sends", at: "stream \(stream)",
        remedy: "what was sent is stored; run again, and report it if it stays so",
        .lasting(.failStream), fault: .partial)
    case .orderUnknown(let stream):
      Explanation(
        "the list came in no order that proves it whole, and kept changing", at: "stream \(stream)",
        remedy: "what was sent is stored; run again when the account is quieter",
        .lasting(.failStream), fault: .partial)
    case .shortOfTotal(let stream, let seen, let total):
      Explanation(
        "\(seen) rows were read where the service counts \(total)", at: "stream \(stream)",
        remedy: "what was read is stored; run again when the account is quieter",
        .lasting(.failStream), fault: .partial)
    case .tooManyGone(let stream, let missing, let live):
      Explanation(
        "\(missing) of \(live) rows are gone from the account: more than may go at once",
        at: "stream \(stream)",
        remedy: "none was marked; if that is right, run once with --allow-deletes",
        .lasting(.failStream), fault: .guardRefused)
    case .unseenByOther(let stream, let missing):
      Explanation(
        "\(missing) rows are out of sight, and the key is another user's than at the last run",
        at: "stream \(stream)",
        remedy: "none was marked; if they are gone, run once with --allow-deletes",
        .lasting(.failStream), fault: .guardRefused)
    case .proofTooOld(let stream, let instant):
      Explanation(
        "the table was last proven complete " + (instant.map { "as of \($0)" } ?? "never")
          + ", which is longer ago than its refresh",
        at: "stream \(stream)", remedy: "run again; it is then read whole",
        .lasting(.failStream), fault: .partial)
    case .oldCopy(let stream):
      Explanation(
        "an answer is a copy older than what has been read", at: "stream \(stream)",
        remedy: "look for a proxy on the way that keeps answers",
        .retry(after: nil, otherwise: .failStream), fault: .partial)
    case .notCarried(let stream, let carrier):
      Explanation(
        "the pages of \(carrier) do not carry them", at: "stream \(stream)",
        remedy: "what came is stored; leave the stream out if it stays so",
        .lasting(.skipStream), fault: .partial)
    case .parentUnread(let stream, let parent):
      Explanation(
        "\(stream) could not be read, since \(parent) was not", at: "stream \(stream)",
        remedy: "see what stopped \(parent)", .lasting(.failStream), fault: .partial)
    }
  }
}

extension WalkError {
  /// More rows are gone than the plan lets be marked.
  static func tooManyGone(_ plan: StreamPlan, missing: Int64, live: Int64) -> WalkError {
    plan.deletions.isSuspended
      ? .unseenByOther(plan.stream.id, missing: missing)
      : .tooManyGone(plan.stream.id, missing: missing, live: live)
  }
}

extension Outline {
  /// Whether ids ascend strictly above `position`, and no row is without one: what a walk by id
  /// stands on.
  func ascends(above position: Int64) -> Bool {
    keys.count == received && isAscending(isUnique: true)
      && keys.first.map { $0 > position } ?? true
  }
}
