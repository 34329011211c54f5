import Catalog
import Replication
import Warehouse

/// How a stream stands, in a word.
enum Freshness: String, Sendable, CaseIterable {
  /// Its last run failed.
  case failing
  /// Its table was proven complete longer ago than may be.
  case late
  /// The last run could not take it, since another one had it.
  case held
  /// Its table was never proven complete.
  case never
  /// The key, or the account's plan, does not offer it.
  case skipped
  /// Its table was proven complete recently enough.
  case fresh

  /// Whether somebody has to see to it.
  var isTrouble: Bool { self != .fresh && self != .skipped }

  /// The worst that holds: what failed is told before what follows from it.
  init(_ status: StreamStatus?, age: Duration?, atMost longest: Duration) {
    let outcome = status?.lastOutcome
    if outcome == .failed {
      self = .failing
    } else if let age, age > longest {
      self = .late
    } else if age == nil {
      self = outcome == .skipped ? .skipped : outcome == .held ? .held : .never
    } else {
      self = outcome == .held ? .held : .fresh
    }
  }
}

/// How one stream stands at a moment.
struct StreamStanding: Sendable {
  let stream: StreamDefinition
  /// What the warehouse knows of it; nil: no run ever took it.
  let status: StreamStatus?
  /// How far its table may be behind the account; nil before that was proven.
  let age: Duration?
  /// How old the proof may become.
  let longest: Duration
  /// When the whole of it is due to be read; nil before that was done once.
  let nextWhole: Instant?
  /// Who holds it now; nil for nobody.
  let holder: StreamHolder?

  init(
    _ selection: StreamSelection, _ status: StreamStatus?, heldBy holder: StreamHolder?,
    at now: Instant, lateAfter: Duration?
  ) {
    stream = selection.stream
    self.status = status
    self.holder = holder
    age = status?.completeAsOf.map { max(.zero, now - $0) }
    longest = lateAfter ?? selection.longestAge
    nextWhole = status?.state.wholeAsOf.map { selection.nextWholeReading(after: $0) }
  }

  var freshness: Freshness { Freshness(status, age: age, atMost: longest) }

  /// Why it stands so, and what else is worth knowing, a sentence each.
  var reasons: [String] {
    var reasons: [String] = []
    if freshness == .late, let age {
      reasons.append(
        "late: proven complete \(Figures.span(age)) ago, at most \(Figures.span(longest)) is allowed"
      )
    }
    reasons += [status?.lastMessage, status?.lastNote].compactMap(\.self)
    if let rejected = status?.rejected, rejected > 0 {
      reasons.append(
        "\(Figures.amount(rejected, "value")) did not fit: see acsync.rejected_rows")
    }
    return reasons
  }
}
