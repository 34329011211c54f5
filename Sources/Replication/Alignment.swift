import Catalog

/// Finds where an ordered list and its table differ, by the positions of rows, and mends the table.
///
/// The table knows how many of its rows stand before any place; the list tells at which position a
/// row stands there. While both agree, nothing before it was added or removed. Where they do not,
/// halving finds the page on which they part: O(d·log n) requests for d differences, and one if
/// there are none. A row hidden and another revealed between two looks cancel out: only reading the
/// whole list shows those, which `Cadence` sees to.
struct Alignment: Sendable {
  /// A list that changes while it is looked at is looked at this often.
  static let rounds = 3

  /// So many known rows are looked at again before the new ones.
  static let overlap: Int64 = 10

  /// Looks at so many further places at most where no walk ever read the list.
  static let mostSamples: Int64 = 10

  /// Positions of those places in a list of so many rows.
  static func samples(before end: Int64, pageSize: Int64) -> [Int64] {
    guard end > pageSize else { return [] }
    let count = min(mostSamples, max(2, end / pageSize / 8))
    return (1..<count).map { end / count * $0 }
  }

  /// So many of them are asked for at once: as many as the account is usually asked by.
  static let atOnce = 3

  /// Requests beyond which reading the whole list may be cheaper.
  static let fewRequests = 24

  let plan: StreamPlan
  let reader: Reader
  let destination: any Destination
  let addendum: Addendum
  private var stream: StreamDefinition { plan.stream }

  /// Why positions lead nowhere.
  enum Lost: Error {
    /// The list is not in the order that positions mean something in.
    case order
    /// The list changed between two looks.
    case moved
    /// The account does not tell how long the list is.
    case untold
    /// Finding all differences would cost more than reading everything.
    case tooMany
  }

  /// Looks, mends, and looks again where the list moved meanwhile.
  func run() async throws -> Reconciled {
    var deleted = 0
    var lengths: Set<Int64> = []
    var told: Int64?
    var doubted: [Int64]?
    for _ in 0..<Self.rounds {
      var survey = Survey(self)
      do {
        try await survey.take()
      } catch Lost.moved {
        told = survey.length
        continue
      } catch Lost.order {
        return .unaligned("its list is not in order")
      } catch Lost.untold {
        return .untold
      } catch Lost.tooMany {
        return .unaligned("it differs from the account in many places")
      }
      lengths.insert(survey.length)
      let gone = survey.gone.sorted()
      let live = try await destination.rank(of: .last, in: stream)
      guard plan.deletions.allows(Int64(gone.count), of: live) else {
        return .refused(missing: Int64(gone.count), live: live)
      }
      if stream.lookup == .none, !gone.isEmpty, doubted != gone {
        // Where no row can be asked for alone, a second look has to find the same.
        doubted = gone
        continue
      }
      for page in survey.pages { try await addendum.write(page) }
      let confirmed = try await reader.gone(of: gone, stream)
      deleted += try await destination.delete(
        confirmed, of: stream, by: plan.deletions, at: survey.time)
      let after = try await destination.rank(of: .last, in: stream)
      if confirmed.count == gone.count, after == survey.length { return .agreed(deleted: deleted) }
    }
    let live = try await destination.rank(of: .last, in: stream)
    guard let length = lengths.max() else {
      // Rows without a place, whose keys do not tell it either: the number of rows has to do.
      let isCounted = !stream.isOrderUnique && told == live
      return isCounted ? .agreed(deleted: deleted) : .unaligned("it changed at every look")
    }
    let difference = live - length
    // A list that stands still and still differs is not explained by its changes.
    return lengths.count == 1 && difference != 0 ? .short(difference) : .pending(difference)
  }
}

/// One look at a list: where it differs from the table.
private struct Survey {
  private let plan: StreamPlan
  private let reader: Reader
  private let destination: any Destination
  private var mostRequests = 0
  private var requests = 0
  /// Rows that an answer brings: fewer than asked for where they would be too large together.
  private var size: Int64
  /// Rows the table holds and the list does not.
  private(set) var gone: Set<Int64> = []
  /// Answers with rows that the table does not hold.
  private(set) var pages: [Page] = []
  /// The list's length, by the last answer.
  private(set) var length: Int64 = 0
  /// The service's time of the first answer.
  private(set) var time = Instant(seconds: 0)

  private var stream: StreamDefinition { plan.stream }

  init(_ alignment: Alignment) {
    plan = alignment.plan
    reader = alignment.reader
    destination = alignment.destination
    size = Int64(plan.pageSize)
  }

  /// A row's position in the list, and how many more rows the table has before it.
  private struct Point {
    let position: Int64
    let row: PlacedRow
    let shift: Int64

    static let origin = Point(position: 0, row: .first, shift: 0)
  }

  /// An answer, with the first and the last of its rows whose rank is sure.
  private struct Sheet {
    let page: Page
    let outline: Outline
    let first: Point?
    let last: Point?
    /// The list's end, if the answer reaches it.
    let end: Point?
  }

  /// Looks at the list's end, and from there to the places where it differs.
  mutating func take() async throws {
    let held = try await destination.rank(of: .last, in: stream)
    mostRequests = max(Alignment.fewRequests, Int(held / size) / 2)
    var sheet = try await sheet(at: max(0, held - Alignment.overlap))
    time = sheet.page.serverTime
    guard let anchor = sheet.first, sheet.outline.received > 0 else {
      // Shorter than the table by more than the overlap, or nothing but rows of one second.
      let end = sheet.end ?? Point(position: length, row: .last, shift: held - length)
      return try await bisect(.origin, end)
    }
    try await bisect(try await sampled(upTo: anchor), anchor)
    var from = anchor
    while true {
      let to = sheet.end ?? sheet.last
      guard let to, to.position > from.position || sheet.end != nil else {
        throw Alignment.Lost.order
      }
      try await compare(sheet, from, to)
      if sheet.end != nil { return }
      from = to
      sheet = try await self.sheet(at: from.position)
      try confirm(sheet, begins: from)
    }
  }

  /// Looks at places all over the list before a point, where no walk ever read it.
  ///
  /// Rows that are missing and rows too many may cancel out further on. Returns the last place
  /// looked at.
  private mutating func sampled(upTo end: Point) async throws -> Point {
    guard case .beside = plan.reading else { return .origin }
    var last = Point.origin
    let offsets = Alignment.samples(before: end.position, pageSize: size)
    for (offset, answer) in zip(offsets, try await answers(at: offsets))
    where offset > last.position {
      let sheet = try await sheet(answer, at: offset)
      guard let first = sheet.first, let final = sheet.last, final.position < end.position else {
        break
      }
      try await bisect(last, first)
      try await compare(sheet, first, final)
      last = final
    }
    return last
  }

  /// Finds the differences between two points.
  private mutating func bisect(_ low: Point, _ high: Point) async throws {
    guard low.shift != high.shift else { return }
    guard high.position - low.position >= size else {
      let sheet = try await sheet(at: low.position)
      try confirm(sheet, begins: low)
      return try await compare(sheet, low, high)
    }
    let middle = (low.position + high.position - size) / 2
    let sheet = try await sheet(at: max(low.position, middle))
    guard let first = sheet.first, let last = sheet.last, last.position > low.position,
      first.position < high.position
    else { throw Alignment.Lost.order }
    let (from, to) = (
      first.position <= low.position ? low : first, last.position >= high.position ? high : last
    )
    if from.shift != to.shift { try await compare(sheet, from, to) }
    if from.position > low.position { try await bisect(low, from) }
    if to.position < high.position { try await bisect(to, high) }
  }

  /// Holds the rows of an answer between two points against those of the table.
  private mutating func compare(_ sheet: Sheet, _ from: Point, _ to: Point) async throws {
    let held = try await destination.liveRows(of: stream, from: from.row, upTo: to.row)
    let listed = zip(sheet.outline.keys, sheet.outline.places)
      .filter { $0.1 >= from.row.place && $0.1 < to.row.place }.map(\.0)
    // As many rows as the two points stand apart: all between them are on this answer.
    guard Int64(listed.count) == to.position - from.position else { throw Alignment.Lost.moved }
    let known = Set(held.map(\.key))
    gone.formUnion(known.subtracting(listed))
    if !known.isSuperset(of: listed) { pages.append(sheet.page) }
  }

  /// - Throws: `Lost.moved` if another row stands now where a point was.
  private func confirm(_ sheet: Sheet, begins point: Point) throws {
    guard point.row == .first || sheet.outline.places.first == point.row.place else {
      throw Alignment.Lost.moved
    }
  }

  private typealias Answer = (page: Page, limit: Int)

  /// Asks for pages at several positions at once.
  private mutating func answers(at offsets: [Int64]) async throws -> [Answer] {
    requests += offsets.count
    guard requests <= mostRequests else { throw Alignment.Lost.tooMany }
    let (reader, since) = (reader, plan.state.lastSuccess)
    let queries = offsets.map { PageQuery(stream, .offset($0), limit: Int(size)) }
    return try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
      var found: [Int: Answer] = [:]
      for (number, query) in queries.enumerated() {
        if number >= Alignment.atOnce, let (earlier, answer) = try await group.next() {
          found[earlier] = answer
        }
        group.addTask { (number, try await reader.page(query, since: since)) }
      }
      for try await (number, answer) in group { found[number] = answer }
      return queries.indices.compactMap { found[$0] }
    }
  }

  private mutating func sheet(at offset: Int64) async throws -> Sheet {
    guard let answer = try await answers(at: [offset]).first else { throw CancellationError() }
    return try await sheet(answer, at: offset)
  }

  private mutating func sheet(_ answer: Answer, at offset: Int64) async throws -> Sheet {
    let (page, limit) = answer
    size = Int64(limit)
    let outline = Outline(page, of: stream, limit: limit)
    guard let told = page.total else { throw Alignment.Lost.untold }
    guard outline.keys.count == outline.received,
      outline.isAscending(isUnique: stream.isOrderUnique)
    else { throw Alignment.Lost.order }
    length = told - plan.knownShortage
    let next = offset + Int64(outline.received)
    // Only a page that is not full shows the end: a total may lie.
    let isEnd = outline.received > 0 && outline.received < limit
    if outline.received < limit, next < length { throw Alignment.Lost.moved }
    if outline.received > 0, next > length { throw Alignment.Lost.untold }
    let sure = outline.places.indices.filter {
      $0 == 0 ? stream.isOrderUnique || offset == 0 : outline.places[$0] > outline.places[$0 - 1]
    }
    return Sheet(
      page: page, outline: outline,
      first: try await point(sure.first, on: outline, from: offset),
      last: try await point(sure.last, on: outline, from: offset),
      end: isEnd
        ? Point(
          position: next, row: .last,
          shift: try await destination.rank(of: .last, in: stream) - next) : nil)
  }

  private func point(_ index: Int?, on outline: Outline, from offset: Int64) async throws -> Point?
  {
    guard let index else { return nil }
    let position = offset + Int64(index)
    guard position > 0 else { return .origin }
    let row = PlacedRow(key: outline.keys[index], place: outline.places[index])
    return Point(
      position: position, row: row,
      shift: try await destination.rank(of: row, in: stream) - position)
  }
}
