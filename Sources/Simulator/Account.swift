public import FoundationEssentials
import Synchronization

/// An account's data, made from a seed, and the truth that a replica is compared with.
///
/// It may be read and edited from any thread while a `Server` serves it.
public final class Account: Sendable {
  /// What the lock guards: the rows, and the selections that were made of them.
  struct State: Sendable {
    var tables: Tables
    var behaviour = EditBehaviour()
    var selections = SelectionCache()
    var childIndex = ChildIndex()
    var history = History()
    /// The rows as they were some edits ago; nil as long as no copy is kept.
    var copy: Tables?
    /// How many edits came since the copy.
    var editsSinceCopy = 0
  }

  /// The host that the rows' `links` name.
  public static let linkHost = "acme.api-us1.com"

  /// Every path that has rows, whether it has a list of its own or is only read beside others.
  public static let paths = Resource.all.map(\.path)

  let generator: Generator
  let renderer = Renderer(host: Account.linkHost)
  private let clock: @Sendable () -> Date
  private let state: Mutex<State>

  /// Makes the account: the same seed, size and end of its history give the same rows.
  ///
  /// - Parameters:
  ///   - end: until when things happened in it; nil means until the clock's first reading, so that
  ///     an account made later differs in all its times.
  ///   - behaviour: what follows an edit where the documentation leaves it open.
  ///   - clock: the account's own time, in which edits happen and the server answers.
  public init(
    seed: UInt64 = 1, size: AccountSize = .demo, historyUntil end: Date? = nil,
    behaviour: EditBehaviour = EditBehaviour(),
    clock: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.clock = clock
    let now = (end ?? clock()).timeIntervalSince1970
    generator = Generator(seed: seed, size: size, now: Int(now.rounded(.down)))
    state = Mutex(State(tables: Tables(generator), behaviour: behaviour))
  }

  /// The account's time.
  public var now: Date { clock() }

  /// The account's time in whole seconds.
  var seconds: Int { Int(clock().timeIntervalSince1970.rounded(.down)) }

  /// How many rows a path has, those in hidden pipelines included.
  public func count(of path: String) -> Int {
    withState { $0.tables[path].rows.count }
  }

  /// The ids of a path's rows, ascending.
  public func ids(of path: String) -> [Int] {
    withState { $0.tables[path].rows.map(\.id) }
  }

  /// All rows of a path in the order of their ids, each the JSON text that is served.
  ///
  /// Deals in a pipeline that the key may not see are stubs here too.
  public func rows(of path: String) -> [String] {
    guard let resource = Resource.byPath[path] else { return [] }
    let rows = withState { $0.tables[path].rows }
    return rows.map { text(of: $0, resource) }
  }

  /// The JSON text of one row as it is served; nil when there is none.
  public func row(of path: String, id: Int) -> String? {
    guard let resource = Resource.byPath[path] else { return nil }
    return withState { $0.tables[path].row(id) }.map { text(of: $0, resource) }
  }

  private func text(of row: Row, _ resource: Resource) -> String {
    var writer = JSONWriter(reserving: 4096)
    renderer.write(row, of: resource, to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Works on the rows alone, while no one else does.
  func withState<Value: Sendable>(_ work: (inout sending State) throws -> sending Value) rethrows
    -> sending Value
  {
    try state.withLock(work)
  }
}
