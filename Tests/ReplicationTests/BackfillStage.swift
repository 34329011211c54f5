import Catalog
import InMemoryEnds
import Replication

/// An account with rows of two years, and backfills of it.
struct BackfillStage {
  static let people = StreamDefinition.windowed("people", paging: .ids)
  static let deals = StreamDefinition.windowed("deals", paging: .offset(order: "cdate"))
  static let things = StreamDefinition.example("things")
  static let both = [people, deals]

  /// The first day of the rows, and the last.
  static let first = CalendarDay(daysSinceEpoch: 19_000)
  static let last = first.adding(729)

  var stage = Stage()
  var account: MemoryAccount { stage.account }
  var warehouse: MemoryWarehouse { stage.warehouse }

  /// Rows spread over two years, some at the very ends of days.
  static func filled(_ count: Int = 365) async -> BackfillStage {
    let new = BackfillStage()
    for stream in both {
      for number in 0..<count {
        let day = first.adding(Int64(number * 730 / count))
        let second: Int64 = number % 3 == 0 ? 0 : number % 3 == 1 ? 86_399 : 43_200
        let created = day.start + .seconds(second)
        await new.account.put(
          stream.id, Int64(number) * 3 + 1,
          .init("row \(number)", update: created + .seconds(86_400 * 40), created: created))
      }
    }
    return new
  }

  func orders(
    _ streams: [StreamDefinition] = both, from: Int64 = 100, to: Int64 = 500, by days: Int64 = 60,
    newestFirst: Bool = true, again: Bool = false
  ) -> [BackfillOrder] {
    let range = BackfillRange(
      first: Self.first.adding(from), last: Self.first.adding(to), days: days)
    return streams.compactMap { stream in
      range.map {
        BackfillOrder(
          StreamSelection(stream), range: $0, isNewestFirst: newestFirst, isAgain: again)
      }
    }
  }

  func backfiller(
    from source: (any Source)? = nil, into keeper: (any BackfillKeeper)? = nil,
    observer: @escaping @Sendable (BackfillEvent) -> Void = { _ in }
  ) -> Backfiller {
    Backfiller(
      from: source ?? account, into: keeper ?? warehouse, options: stage.options,
      longestWait: .seconds(10), observer: observer)
  }

  /// Surveys and reads; nil where the survey was cut short or refused.
  @discardableResult
  func backfill(
    _ orders: [BackfillOrder], from source: (any Source)? = nil,
    into keeper: (any BackfillKeeper)? = nil
  ) async -> BackfillReport? {
    let backfiller = backfiller(from: source, into: keeper)
    guard let outlooks = try? await backfiller.survey(orders) else { return nil }
    return await backfiller.run(outlooks, catalogue: Stage.all.map { StreamSelection($0) })
  }

  func sync(_ streams: [StreamDefinition] = both, mode: Mode = .incremental) async -> RunReport {
    await stage.engine().run(
      streams.map {
        StreamSelection($0, mode: mode, refresh: .seconds(86_400 * 3_650))
      }, catalogue: Stage.all)
  }

  /// Rows of the account that were created within the days, by id.
  func truth(
    of stream: StreamDefinition, from: Int64 = 100, to: Int64 = 500
  ) async -> [Int64: Value] {
    let days = Self.first.adding(from)...Self.first.adding(to)
    return (await account.lists[stream.id] ?? [:])
      .filter { days.contains(CalendarDay(of: $0.value.created)) }
      .mapValues { .text($0.note) }
  }

  /// Rows that were created within the days and are not in the table as they are in the account.
  func missing(from: Int64 = 100, to: Int64 = 500, of streams: [StreamDefinition] = both) async
    -> [Int64]
  {
    var missing: [Int64] = []
    for stream in streams {
      let copy = await warehouse.notes(of: stream.id)
      missing += await truth(of: stream, from: from, to: to).filter { copy[$0.key] != $0.value }
        .keys.sorted()
    }
    return missing
  }
}
