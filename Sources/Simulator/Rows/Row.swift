/// One row of the account: its text, and what filters and orders need of it at hand.
struct Row: Sendable {
  let id: Int
  var text: RowText
  /// Creation and update times; nil when the row has none.
  private(set) var created: Int?
  private(set) var updated: Int?
  /// What only deals have.
  private(set) var deal: DealFacts?

  init(_ resource: Resource, id: Int, text: RowText, hiddenGroups: Set<Int> = []) {
    self.id = id
    self.text = text
    derive(resource, hiddenGroups: hiddenGroups)
  }

  /// Reads the derived values from the text anew, after an edit.
  mutating func derive(_ resource: Resource, hiddenGroups: Set<Int>) {
    // Only these two resources are filtered or ordered by time often enough to keep it at hand.
    guard resource.path == "contacts" || resource.path == "deals" else { return }
    created = text.instant(of: resource.created)
    updated = text.instant(of: resource.updated)
    deal = resource.path == "deals" ? DealFacts(text, id: id, hiddenGroups: hiddenGroups) : nil
  }

}

/// What the board and the totals need of a deal.
final class DealFacts: Sendable {
  let stage: Int
  let value: Int
  let currency: String
  /// Whether the key may not see the deal's pipeline: the deal is then served as a stub.
  let isHidden: Bool
  /// The place on the board, which is the default order: by stage, then scrambled, never by id.
  let board: UInt64

  init(_ text: RowText, id: Int, hiddenGroups: Set<Int>) {
    stage = text.int(of: "stage") ?? 0
    value = text.int(of: "value") ?? 0
    currency = text.string(of: "currency") ?? ""
    isHidden = hiddenGroups.contains(text.int(of: "group") ?? 0)
    board = UInt64(stage) << 32 | Random.mix(UInt64(id)) >> 32
  }
}

/// The rows of one resource, by ascending id.
struct Table: Sendable {
  private(set) var rows: [Row] = []
  /// The largest id ever given: ids are not used again.
  private(set) var lastID = 0

  init(reserving capacity: Int = 0) {
    rows.reserveCapacity(capacity)
  }

  /// Adds a row whose id is larger than any before it.
  mutating func append(_ row: Row) {
    rows.append(row)
    lastID = row.id
  }

  mutating func replace(at index: Int, with row: Row) {
    rows[index] = row
  }

  mutating func remove(at index: Int) {
    rows.remove(at: index)
  }

  /// Where a row lies, by bisection; nil when there is none of that id.
  func index(of id: Int) -> Int? {
    let index = (0..<rows.count).partitioningIndex { rows[$0].id >= id }
    return index < rows.count && rows[index].id == id ? index : nil
  }

  func row(_ id: Int) -> Row? {
    index(of: id).map { rows[$0] }
  }

}

extension Range<Int> {
  /// The first element for which the test holds, where it holds for all after that one too.
  func partitioningIndex(where holds: (Int) -> Bool) -> Int {
    var low = lowerBound
    var high = upperBound
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
