import Synchronization

/// The rows of all kinds, by path.
///
/// Those that few readers ask for are made when asked for first, so that an account starts quickly.
struct Tables: Sendable {
  /// The rows that were there from the start, and those of every kind that was edited.
  private var made: [String: Table]
  private let maker: TableMaker

  init(_ generator: Generator) {
    made = generator.tables(of: Resource.core.map(\.path).filter { $0 != "fieldValues" })
    maker = TableMaker(generator)
  }

  /// A path's rows; an empty table where there are none.
  ///
  /// Copies keep the rows that they were made with, also of kinds that were not asked for yet.
  subscript(path: String) -> Table {
    get { made[path] ?? maker.table(path) }
    _modify {
      var table = made.removeValue(forKey: path) ?? maker.table(path)
      defer { made[path] = table }
      yield &table
    }
  }
}

/// Makes tables when they are asked for first, and keeps them as they were then.
private final class TableMaker: Sendable {
  private let generator: Generator
  private let made = Mutex<[String: Table]>([:])

  init(_ generator: Generator) {
    self.generator = generator
  }

  func table(_ path: String) -> Table {
    made.withLock { made in
      if let table = made[path] { return table }
      let table = generator.tables(of: [path])[path] ?? Table()
      made[path] = table
      return table
    }
  }
}
