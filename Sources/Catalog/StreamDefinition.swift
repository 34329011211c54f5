/// One stream of the account: where it is read, how it is walked, and the table it fills.
public struct StreamDefinition: Sendable, Hashable, Identifiable {
  /// A stream's name: `contact_tags`.
  public struct ID: Sendable, Hashable, Comparable, ExpressibleByStringLiteral,
    CustomStringConvertible
  {
    /// The name as users write it.
    public let name: String
    /// A stream's name from text.
    public init(_ name: String) { self.name = name }
    /// A stream's name from a literal.
    public init(stringLiteral name: String) { self.name = name }
    /// By name.
    public static func < (one: ID, other: ID) -> Bool { one.name < other.name }
    /// The name as users write it.
    public var description: String { name }
  }

  /// The stream's name, which is its table's too.
  public let id: ID
  /// What one row is, for the table's comment.
  public let summary: String
  /// Path of its list below `/api/3/`.
  public let path: String
  /// Key of the array of rows in the list's JSON.
  public let rows: String
  /// How a run narrows it to what changed.
  public let cursor: CursorRule
  /// How a backfill parts it into windows of creation time.
  public let windows: WindowRule
  /// Query items that every request for its list carries, beside those of the walk.
  public let parameters: [String: String]
  /// How it is walked.
  public let paging: Paging
  /// The stream whose rows it is read below, one list each; nil for a stream of its own.
  public let parent: Parent?
  /// Streams whose rows the API sends beside a page of this one's, when asked to.
  public let sideLoads: Set<ID>
  /// Every field known, the key first; of a shaped stream those that are stored.
  public internal(set) var columns: [Column]
  /// Fields that are sent and never stored: links, secrets.
  public internal(set) var omitted: Set<String>
  /// What the user made of it.
  public internal(set) var shape = StreamShape()

  /// Declares a stream.
  ///
  /// `links` is always omitted: it costs bytes and carries nothing.
  public init(
    _ id: ID, _ summary: String, path: String, rows: String, cursor: CursorRule = .wholeStream,
    windows: WindowRule = .wholeStream, paging: Paging = .offset(order: nil),
    parent: Parent? = nil, parameters: [String: String] = [:],
    omitted: Set<String> = [], sideLoads: Set<ID> = [], columns: [Column]
  ) {
    self.id = id
    self.summary = summary
    self.path = path
    self.rows = rows
    self.parameters = parameters
    self.cursor = cursor
    self.paging = paging
    self.windows = windows
    self.parent = parent
    self.sideLoads = sideLoads
    self.columns = columns
    self.omitted = omitted.union(["links"])
  }

  /// Position of the primary key among the columns.
  public var keyIndex: Int { columns.firstIndex(where: \.isKey) ?? 0 }

  /// Position of the column with the row's update time, where the stream has a cursor.
  public var versionIndex: Int? {
    guard case .changedSince(_, let field) = cursor else { return nil }
    return columns.firstIndex { $0.field == field }
  }

  /// Position of the column with the row's creation time, where windows can be asked for.
  public var creationIndex: Int? {
    guard case .created(_, _, let field) = windows else { return nil }
    return columns.firstIndex { $0.field == field }
  }

  /// Whether the API can narrow it to what changed.
  public var isIncremental: Bool { cursor != .wholeStream }

  /// The stream below whose rows it must be read, one list each; nil where one list has all.
  public var listedBelow: ID? { parent.flatMap { $0.hasFlatList ? nil : $0.stream } }

  /// Two definitions of one stream are the same stream.
  public static func == (one: StreamDefinition, other: StreamDefinition) -> Bool {
    one.id == other.id
  }

  /// By name.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
