/// The rows that a query asks for, in its order, of which one page is served.
struct Selection {
  /// Places in the table, in the order asked for; nil means all rows in the order of their ids.
  private let places: [Int]?
  private let table: Table
  /// The part of the order that lies between `id_greater` and `id_less`.
  private let range: Range<Int>
  private let isReversed: Bool
  /// Number and value of all selected deals by currency, stubs included.
  let currencies: [String: (count: Int, value: Int)]

  /// Applies exactly what is documented for the resource, and ignores all else.
  init(
    _ query: Query, of resource: Resource, in state: inout Account.State,
    behaviour: FilterBehaviour, now: Int
  ) {
    let table = state.tables[resource.path]
    let context = FilterContext(tables: state.tables, behaviour: behaviour, now: now)
    let wish = Wish(query, resource, context)
    let selected = state.selections.places(wish.cacheKey) {
      SelectedPlaces(wish.places(in: table, context), in: table)
    }
    let places = selected?.places
    self.table = table
    self.places = places
    currencies = selected?.currencies ?? [:]
    isReversed = wish.isReversed
    let count = places?.count ?? table.rows.count
    range = wish.range(count) { table.rows[places?[$0] ?? $0].id }
  }

  /// How many rows the query asks for on all its pages together.
  var total: Int { range.count }

  /// The rows of a page.
  ///
  /// - Parameter back: how many rows before the offset it begins, as far as there are such rows,
  ///   also those that `id_greater` leaves out.
  func page(offset: Int, limit: Int, back: Int = 0) -> [Row] {
    guard offset < range.count else { return [] }
    let count = places?.count ?? table.rows.count
    let before = isReversed ? count - range.upperBound : range.lowerBound
    let start = max(-before, offset - back)
    return (start..<min(range.count, start + limit)).map { position in
      let place = isReversed ? range.upperBound - 1 - position : range.lowerBound + position
      return table.rows[places?[place] ?? place]
    }
  }
}

/// What a query asks for, as far as the resource honours it.
private struct Wish {
  /// Tells selections apart; nil when all rows are meant, in the order of their ids.
  let cacheKey: SelectionCache.Key?
  /// Whether the ids descend; the selection itself is then kept ascending.
  let isReversed: Bool
  private let tests: [RowTest]
  private let orders: [Order]
  private let isBoard: Bool
  private let above: Int?
  private let below: Int?

  init(_ query: Query, _ resource: Resource, _ context: FilterContext) {
    let filters = Filter.documented(resource.path).compactMap { filter in
      query.value(filter.name).flatMap { filter.test($0, query, context) }
        .map { (filter.name, $0) }
    }
    let wanted = Order.requested(query, of: resource.path)
    let byID = wanted.isEmpty || wanted.first?.column == "id"
    isReversed = wanted.first?.column == "id" && wanted.first?.isDescending == true
    orders = byID ? [] : wanted
    isBoard = wanted.isEmpty && resource.path == "deals"
    let isKeyed = resource.path == "contacts"
    let above = isKeyed ? query.int("id_greater") : nil
    let below = isKeyed ? query.int("id_less") : nil
    // In the order of ids the two are found by bisection; in any other they are filters.
    self.above = byID ? above : nil
    self.below = byID ? below : nil
    var tests = filters.map(\.1)
    if !byID, let above { tests.append { $0.id > above } }
    if !byID, let below { tests.append { $0.id < below } }
    self.tests = tests
    let isPlain = tests.isEmpty && orders.isEmpty && !isBoard
    let names = query.parameters.map { "\($0.name)=\($0.value)" }.sorted()
      .filter { !$0.hasPrefix("offset=") && !$0.hasPrefix("limit=") }
      .filter { !byID || !($0.hasPrefix("id_greater=") || $0.hasPrefix("id_less=")) }
    let request = resource.path + "?" + names.joined(separator: "&")
    cacheKey = isPlain ? nil : SelectionCache.Key(request: request, behaviour: context.behaviour)
  }

  /// The places of the rows that pass all tests, in the order asked for.
  func places(in table: Table, _ context: FilterContext) -> [Int] {
    let passing = table.rows.indices.filter { index in
      tests.allSatisfy { $0(table.rows[index]) }
    }
    if isBoard {
      return sorted(passing.map { (table.rows[$0].deal?.board ?? 0, $0) })
    }
    guard !orders.isEmpty else { return passing }
    // Each key is computed once; equal ones are left in an order that is not that of the ids.
    let keyed = passing.map { place in
      (orders.map { $0.key(table.rows[place], context) }, table.rows[place], place)
    }
    return keyed.sorted { comes($0.0, $0.1, before: $1.0, $1.1) }.map(\.2)
  }

  private func sorted(_ keyed: [(UInt64, Int)]) -> [Int] {
    keyed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
  }

  private func comes(_ first: [Order.Key], _ one: Row, before second: [Order.Key], _ other: Row)
    -> Bool
  {
    for (index, order) in orders.enumerated() where first[index] != second[index] {
      return (first[index] < second[index]) != order.isDescending
    }
    let scrambled = (one.deal?.board ?? 0, other.deal?.board ?? 0)
    return scrambled.0 == scrambled.1 ? one.id < other.id : scrambled.0 < scrambled.1
  }

  /// The positions between `id_greater` and `id_less`.
  func range(_ count: Int, _ id: (Int) -> Int) -> Range<Int> {
    let start = above.map { limit in (0..<count).partitioningIndex { id($0) > limit } } ?? 0
    let end = below.map { limit in (0..<count).partitioningIndex { id($0) >= limit } } ?? count
    return start..<max(start, end)
  }
}

/// What was selected once, with the totals over it.
struct SelectedPlaces: Sendable {
  let places: [Int]
  /// Number and value of the deals by currency; empty for all else.
  var currencies: [String: (count: Int, value: Int)] = [:]

  init(_ places: [Int], in table: Table) {
    self.places = places
    for case let deal? in places.lazy.map({ table.rows[$0].deal }) {
      currencies[deal.currency, default: (0, 0)].count += 1
      currencies[deal.currency, default: (0, 0)].value += deal.value
    }
  }
}

/// Selections already made, so that the pages of one walk do not filter the whole table each.
struct SelectionCache: Sendable {
  /// Two servers of one account may filter differently.
  struct Key: Hashable {
    let request: String
    let behaviour: FilterBehaviour
  }

  /// More than the walks that one reader has under way.
  private static let limit = 32
  private var made: [Key: SelectedPlaces] = [:]

  /// The selection of a key, made when it is asked for first; nil for all rows.
  mutating func places(_ key: Key?, make: () -> SelectedPlaces) -> SelectedPlaces? {
    guard let key else { return nil }
    if let places = made[key] { return places }
    let places = make()
    if made.count >= Self.limit { made.removeAll() }
    made[key] = places
    return places
  }

  /// The rows have changed.
  mutating func forget() {
    made.removeAll()
  }
}
