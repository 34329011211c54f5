/// What the user made of a stream's table: which fields it has, what they are called and hold.
///
/// Fields go by the API's names; those that are not mentioned stay as the catalogue declares them.
public struct StreamShape: Sendable, Hashable {
  /// The names of columns, by field, where they are not the catalogue's.
  public var names: [String: String] = [:]
  /// Fields that the user gave a name of their own.
  public var renamed: Set<String> = []
  /// Fields that are not stored.
  public var deselected: Set<String> = []
  /// What columns hold, by field, where it is not what the catalogue says.
  public var kinds: [String: Column.Kind] = [:]
  /// What is done to values, by field.
  public var transforms: [String: [ValueTransform]] = [:]
  /// Whether fields that nobody declared are kept in `_extra`: not where the user has named those
  /// that are stored.
  public var keepsUndeclared = true
  /// The table's name; nil: the stream's.
  public var tableName: String?
  /// Indexes that the table is to have besides that of its key.
  public var indexes: [TableIndex] = []
  /// Roles that may read the table.
  public var readers: [String] = []
  /// How columns are called that come later.
  public var casing = ColumnCasing.snake
  /// Whether fields that nobody declared become columns once they are seen.
  public var addsColumns = false
  /// Whether a column becomes wider where values do not fit it.
  public var widensColumns = false
  /// What follows when the API sends something new.
  public var contract = SchemaContract.evolve
  /// What must be true of a row for it to be stored; nil: nothing.
  public var condition: RowCondition?
  /// What becomes of rows of which that is true no more.
  public var leaving = DeletionRule.Manner.soft
  /// Whether every version of its rows is kept; nil: as the catalogue has it.
  public var history: Bool?
  /// How often its counters are kept; nil: as the catalogue has it.
  public var snapshot: SnapshotRule?
  /// The catalogue's columns, of a stream that was shaped.
  var declared: [Column]?
  /// Columns that came since, by field, with what the catalogue says they hold; nil: nothing.
  public internal(set) var evolved: [String: Column.Kind?] = [:]

  /// A shape that leaves everything as the catalogue declares it.
  public init() {}
}

/// How often the counters of a stream's rows are kept.
public enum SnapshotRule: String, Sendable, Hashable, CaseIterable {
  /// Once a day, and whenever one changes.
  case daily
  /// Not at all.
  case never = "none"
}

/// An index that the user wants on a table.
public struct TableIndex: Sendable, Hashable {
  /// Names of its columns.
  public let columns: [String]
  /// Whether no two live rows may have the same values in them.
  public let isUnique: Bool

  /// Describes an index.
  public init(_ columns: [String], isUnique: Bool = false) {
    self.columns = columns
    self.isUnique = isUnique
  }
}

extension StreamDefinition {
  /// The stream as the user wants it stored: with fewer fields, under other names, of other types.
  ///
  /// Nothing is asked of the API that was not before; it is decoded into other rows.
  public func shaped(by shape: StreamShape) -> StreamDefinition {
    var stream = self
    let declared = declaredColumns
    stream.shape = shape
    stream.shape.declared = declared
    stream.columns = declared.filter { !shape.deselected.contains($0.field) }.map { column in
      var column = column
      if let name = shape.names[column.field] { column.name = name }
      let isJSON = column.kind == .jsonb || column.kind == .embeddedJSON
      if let kind = shape.kinds[column.field] { column.kind = kind }
      if let transforms = shape.transforms[column.field], !transforms.isEmpty {
        column.rewriting = Rewriting(transforms: transforms, isJSON: isJSON)
      }
      return column
    }
    stream.omitted = omitted.union(shape.deselected)
    return stream
  }

  /// Every field the catalogue knows, whatever the user made of them.
  public var declaredColumns: [Column] { shape.declared ?? columns }

  /// Whether values of any field are not stored as they are sent.
  public var hidesFields: Bool { columns.contains { $0.rewriting != nil } }

  /// Columns that count up in place, of those that are stored.
  public var counters: [Column] { columns.filter(\.isCounter) }

  /// Whether every version of its rows is kept.
  public var keepsHistory: Bool { shape.history ?? usuallyKeepsHistory }

  /// Whether its counters are kept from day to day: of none there is nothing to keep.
  public var keepsCounters: Bool {
    (shape.snapshot ?? usualSnapshots) == .daily && !counters.isEmpty
  }

  /// The table's name.
  public var tableName: String { shape.tableName ?? id.name }

  /// The name of the table with the versions of its rows.
  public var historyName: String { Self.name(of: tableName, ending: "_history") }

  /// The name of the table with its counters from day to day.
  public var snapshotsName: String { Self.name(of: tableName, ending: "_snapshots") }

  /// The names of the tables that are kept beside its own.
  public var namesBeside: [String] {
    (keepsHistory ? [historyName] : []) + (keepsCounters ? [snapshotsName] : [])
  }

  /// A name as long as PostgreSQL keeps them; a long one has a number that tells it from others.
  private static func name(of table: String, ending: String) -> String {
    guard table.utf8.count + ending.utf8.count > 63 else { return table + ending }
    let mark = "_" + String(SHA256.hex(Array(table.utf8)).prefix(8))
    return String(table.prefix(63 - mark.count - ending.count)) + mark + ending
  }

  /// Fields that the reading itself depends on, which are always stored as they are.
  ///
  /// The key and what it is made from, the times that changes, windows and the list's order go by,
  /// and what lists below its rows are asked for by.
  public var structuralFields: Set<String> {
    var fields: Set<String> = [""]
    for key in columns where key.isKey { fields.formUnion([key.field] + key.madeFrom) }
    for child in Self.all where child.parent?.stream == id {
      if let field = child.parent?.field { fields.insert(field) }
    }
    if case .changedSince(_, let field) = cursor { fields.insert(field) }
    if case .created(_, _, let field) = windows { fields.insert(field) }
    if case .offset(let field?) = paging { fields.insert(field) }
    return fields
  }
}

extension Column.Kind {
  /// Whether every value of this kind, or most where it is text, can be held as another.
  ///
  /// Text may become anything: what does not fit is kept in `acsync.rejected_rows`.
  public func canBecome(_ other: Column.Kind) -> Bool {
    if self == other || other == .text { return true }
    return switch self {
    case .text: other != .embeddedJSON
    case .boolean: [.smallint, .bigint].contains(other)
    case .smallint: [.bigint, .numeric].contains(other)
    case .bigint: other == .numeric
    case .date: [.timestamp, .timestamptz].contains(other)
    case .timestamp: other == .timestamptz
    case .embeddedJSON: other == .jsonb
    case .jsonb, .numeric, .timestamptz: false
    }
  }
}
