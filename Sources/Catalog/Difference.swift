/// One thing in which a table and the account were found to differ; holds no value of a row.
public struct Difference: Sendable, Hashable {
  /// What differs.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A column holds another value than the account sends.
    case value
    /// The account lists a row that the table does not have.
    case missing
    /// The account lists a row that the table calls deleted.
    case deleted
    /// The table has a living row of which the account, asked for it alone, says that there is none.
    case surplus
    /// A value that fits no column was not kept in `acsync.rejected_rows`.
    case rejected
    /// A field that must not be stored stands in `_extra`.
    case omitted
    /// The account counts another number of rows, and no row that was looked at explains it.
    case count
  }

  /// Whose doing it is.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// The row's own times say that it changed after what the table is proven for: no fault.
    case changed
    /// The account says that nothing changed since: the table is wrong.
    case differs
    /// Nothing tells whether it changed since or the table is wrong.
    case unclear
  }

  /// The row; nil for a difference of the whole table, or of a row without a usable key.
  public var key: Int64?
  /// The column; nil for a difference of the whole row or table.
  public var column: String?
  /// What differs.
  public var kind: Kind
  /// Whose doing it is.
  public var verdict: Verdict

  /// Makes a difference.
  public init(key: Int64?, column: String? = nil, kind: Kind, verdict: Verdict = .unclear) {
    self.key = key
    self.column = column
    self.kind = kind
    self.verdict = verdict
  }

  /// Whether two looks found the same, whatever each thought of it.
  public func isSame(as other: Difference) -> Bool {
    key == other.key && column == other.column && kind == other.kind
  }
}

/// What came of holding one table against the account.
public struct StreamVerification: Sendable {
  /// The stream.
  public let stream: StreamDefinition.ID
  /// Whether every row was looked at.
  public var isFull: Bool
  /// How many rows the account says there are; nil where it does not tell.
  public var total: Int64?
  /// How many rows of the table live, counted in the table itself.
  public var liveRows: Int64
  /// Rows that were compared field by field.
  public var rowsCompared = 0
  /// Requests it took, retries included.
  public var requests = 0
  /// Up to when the table was proven complete when it was looked at.
  public var completeAsOf: Instant?
  /// The differences; at most `mostKept`, the grave ones first.
  public private(set) var differences: [Difference] = []
  /// How many there were of each verdict.
  public private(set) var counts: [Difference.Verdict: Int] = [:]
  /// What a reader must know to judge it; nil for nothing.
  public var note: String?
  /// Why it could not be done to the end; nil if it was.
  public var problem: Explanation?

  /// More differences than these are only counted.
  public static let mostKept = 1000

  /// Makes a verification in which nothing was looked at yet.
  public init(stream: StreamDefinition.ID, isFull: Bool, total: Int64?, liveRows: Int64) {
    self.stream = stream
    self.isFull = isFull
    self.total = total
    self.liveRows = liveRows
  }

  /// Whether nothing was found for which the table may be to blame.
  public var isClean: Bool { counts[.differs, default: 0] + counts[.unclear, default: 0] == 0 }

  /// Adds what was found.
  public mutating func add(_ found: [Difference]) {
    for difference in found {
      counts[difference.verdict, default: 0] += 1
      if differences.count < Self.mostKept {
        differences.append(difference)
      } else if difference.verdict != .changed,
        let spare = differences.lastIndex(where: { $0.verdict == .changed })
      {
        differences[spare] = difference
      }
    }
  }

  /// Adds a sentence to what a reader must know.
  public mutating func add(note: String) {
    self.note = [self.note, note].compactMap(\.self).joined(separator: "; ")
  }
}
