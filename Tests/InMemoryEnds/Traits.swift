public import Catalog

/// How a seeded account behaves: what its API does to filters, orders and totals, and how often it
/// is edited or fails.
public struct Traits: Sendable {
  /// What the filter on update times does.
  public enum Filter: Sendable, Hashable {
    /// Counts the asked day from midnight UTC, to the second.
    case exact
    /// Counts days in a zone so many hours east of UTC; `exclusive` leaves the asked day out.
    case days(zone: Int, exclusive: Bool)
    /// Lets everything through.
    case ignored
  }

  /// What the account tells of a list's length.
  public enum Totals: Sendable, Hashable, CaseIterable {
    /// The length of what the query's bounds and filters let through.
    case exact
    /// The length of the whole list, whatever the bounds on ids.
    case unbounded
    case absent
    case zero
    case oneMore
    case oneLess
    /// One more in some answers.
    case wavering
  }

  /// What comes beside a page when it is asked for.
  public enum Besides: Sendable, Hashable, CaseIterable {
    /// All rows that belong to the page's.
    case all
    /// Not all of them.
    case short
    /// Nothing: the service ignores the question.
    case none
  }

  public var besides: Besides = .all
  public var filter: Filter = .exact
  public var totals: Totals = .exact
  public var ignoresIDBounds = false
  public var ignoresOrder = false
  /// Positions from which lists come back empty, whatever their length; nil for no such cap.
  public var deepestOffset: Int64?
  /// The share of requests at which the account is edited, and how many edits at once at most.
  public var editShare = 0.0
  public var mostEdits: Int64 = 1
  /// Edits that leave the update time as it is.
  public var editsSilently = false
  /// Whether some rows become visible late, or have no update time, or one in the future.
  public var hasOddTimes = false
  /// Shares of answers that fail, lack a row, are another page or an old copy.
  public var errorShare = 0.0
  public var shortShare = 0.0
  public var duplicateShare = 0.0
  public var staleShare = 0.0
  /// An answer with more rows than this is too large to be sent; nil for no limit.
  public var largestAnswer: Int?
  /// A stream that the key may not read for a while.
  public var refused: StreamDefinition.ID?
  /// The longest way of a request, and of its answer.
  public var latency: Duration = .seconds(1)

  public init() {}

  /// Whether its totals are those of its lists.
  public var tellsTruly: Bool { [.exact, .unbounded].contains(totals) }

  /// Whether the account keeps to what the API is documented to do, so that everything can be proven.
  public var isHonest: Bool {
    tellsTruly && !ignoresIDBounds && !ignoresOrder && deepestOffset == nil
  }

  /// As many rows come at once where so many are asked for: half, until they are not too many.
  public func rowsAtOnce(of limit: Int) -> Int {
    var rows = limit
    while let most = largestAnswer, rows > most { rows /= 2 }
    return rows
  }

  /// Edits and faults are over: what is left is how the account answers.
  public var quiet: Traits {
    var quiet = self
    (quiet.editShare, quiet.errorShare, quiet.shortShare) = (0, 0, 0)
    (quiet.duplicateShare, quiet.staleShare) = (0, 0)
    quiet.refused = nil
    return quiet
  }
}

extension Traits {
  /// The traits of a seed: most accounts have few of them, so that each is met alone too.
  public init(from dice: inout Dice) {
    self.init()
    if dice.happens(0.6) {
      filter = dice.one(of: [
        .ignored, .days(zone: Int(dice.number(-12...14)), exclusive: dice.happens(0.5)),
      ])
    }
    if dice.happens(0.4) { totals = dice.one(of: Totals.allCases) }
    ignoresIDBounds = dice.happens(0.05)
    ignoresOrder = dice.happens(0.08)
    if dice.happens(0.04) { deepestOffset = dice.number(5...40) }
    if dice.happens(0.8) {
      editShare = dice.one(of: [0.02, 0.1, 0.5, 1])
      mostEdits = dice.one(of: [1, 2, 5])
    }
    editsSilently = dice.happens(0.1)
    hasOddTimes = dice.happens(0.3)
    if dice.happens(0.5) { errorShare = dice.one(of: [0.02, 0.1, 0.3]) }
    // Where no true total is told, a page that lacks a row cannot be told from a whole one.
    if dice.happens(0.3), tellsTruly { shortShare = dice.one(of: [0.01, 0.05, 0.2]) }
    if dice.happens(0.2) { duplicateShare = dice.one(of: [0.02, 0.1]) }
    if dice.happens(0.3) { staleShare = dice.one(of: [0.02, 0.1]) }
    if dice.happens(0.1) { largestAnswer = Int(dice.number(1...6)) }
    // Pages of a few rows tell nothing of an order, and do not keep up with many edits.
    if largestAnswer != nil { (ignoresOrder, editShare) = (false, min(editShare, 0.1)) }
    besides = dice.one(of: [.all, .all, .short, .none])
    latency = dice.one(of: [.milliseconds(50), .seconds(1), .seconds(20)])
  }
}
