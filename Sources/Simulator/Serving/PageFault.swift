/// What may be wrong with a page of a list that looks in order otherwise.
///
/// The raw values are the names that people choose them by.
public enum PageFault: String, Sendable, CaseIterable {
  /// Half of its rows, though more follow.
  case short = "short-page"
  /// No rows, though there are some.
  case empty = "empty-page"
  /// The rows before the ones asked for.
  case repeated = "repeated-page"
  /// The rows as they were some edits ago: see `Account.keepCopy()`.
  case stale = "stale-page"
  /// The right rows in no order.
  case shuffled = "shuffled-ids"
  /// The rows in the list's own order, whatever was asked for.
  case ignoredOrder = "ignored-order"
  /// The rows as if `id_greater` and `id_less` had not been given.
  case ignoredKeyset = "ignored-keyset"
  /// The rows as if no filter had been given.
  case ignoredFilters = "ignored-filters"
  /// No rows from a certain offset on.
  case cappedOffset = "capped-offset"
  /// Half of the rows of every kind that come beside the ones asked for, which still name them all.
  case shortSideloads = "short-sideloads"
  /// Nothing beside the rows asked for, and `include` is ignored.
  case noSideloads = "no-sideloads"
  /// No `meta.total`.
  case totalAbsent = "total-absent"
  /// A `meta.total` of null.
  case totalNull = "total-null"
  /// A `meta.total` of none.
  case totalZero = "total-zero"
  /// A `meta.total` that counts a few rows too many.
  case totalTooLarge = "total-too-large"
  /// A `meta.total` that counts a few rows too few.
  case totalTooSmall = "total-too-small"
  /// A `meta.total` that counts only the rows from the offset on.
  case totalShrinking = "total-shrinking"
  /// A `meta.total` that is a number where it was a text, and the other way round.
  case totalRetyped = "total-retyped"

  /// The first offset that `cappedOffset` leaves without rows.
  public static let offsetCap = 1000
  /// By how many rows a total is wrong.
  public static let totalError = 3

  /// The query as the fault has it understood.
  func understood(_ query: Query) -> Query {
    switch self {
    case .ignoredOrder: query.without { $0.hasPrefix("orders[") }
    case .ignoredKeyset: query.without { $0 == "id_greater" || $0 == "id_less" }
    case .ignoredFilters: query.without { $0.hasPrefix("filters[") }
    case .noSideloads: query.without { $0 == "include" }
    default: query
    }
  }

  /// The rows of a page as the fault has them.
  func rows(of selection: Selection, offset: Int, limit: Int) -> [Row] {
    switch self {
    case .repeated: return selection.page(offset: offset, limit: limit, back: limit)
    case .empty: return []
    case .cappedOffset where offset >= Self.offsetCap: return []
    default: break
    }
    let rows = selection.page(offset: offset, limit: limit)
    switch self {
    case .short: return Array(rows.prefix(rows.count / 2))
    // The last row comes first, so that rows of any number but one are out of order.
    case .shuffled:
      return rows.suffix(1) + rows.dropLast().sorted { Random.mix($0.key) < Random.mix($1.key) }
    default: return rows
    }
  }

  /// What comes beside the rows as the fault has it.
  func sideloads(_ sideloads: [Sideload]) -> [Sideload] {
    switch self {
    case .shortSideloads: sideloads.map(\.half)
    case .noSideloads: []
    default: sideloads
    }
  }

  /// `meta.total` as the fault has it; nil where it is left out.
  func total(_ total: Int, isNumber: Bool, offset: Int) -> RowValue? {
    func written(_ value: Int) -> RowValue { isNumber ? .number(value) : .count(value) }
    switch self {
    case .totalAbsent: return nil
    case .totalNull: return .null
    case .totalZero: return written(0)
    case .totalTooLarge: return written(total + Self.totalError)
    case .totalTooSmall: return written(max(0, total - Self.totalError))
    case .totalShrinking: return written(max(0, total - offset))
    case .totalRetyped: return isNumber ? .count(total) : .number(total)
    default: return written(total)
    }
  }
}

extension Row {
  /// The id as the mixing of bits takes it.
  fileprivate var key: UInt64 { UInt64(truncatingIfNeeded: id) }
}
