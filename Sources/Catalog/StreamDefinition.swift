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
  /// Path of its list below `/api/3/`; `{id}` in it stands for a parent's id.
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
  /// The stream on whose pages its rows come, unasked for, and nowhere else; nil for a stream with a
  /// list of its own.
  public let carrier: ID?
  /// How one row is asked for alone, which tells whether it is gone.
  public let lookup: Lookup
  /// Why it is read only where it is selected by its name; nil for a stream that costs little.
  public let cost: String?
  /// How long after it was proven complete a run leaves it alone; zero for what every run reads.
  public let rest: Duration
  /// How far its list is known.
  public let standing: Standing
  /// Other tools that read it too.
  public let alsoReadBy: Set<Tool>
  /// Whether every version of its rows is kept where nothing is said of it.
  public let usuallyKeepsHistory: Bool
  /// How often its counters are kept where nothing is said of it.
  public let usualSnapshots: SnapshotRule
  /// Every field known, the key first; of a shaped stream those that are stored.
  public internal(set) var columns: [Column]
  /// Fields that are sent and never stored: links, secrets.
  public internal(set) var omitted: Set<String>
  /// What the user made of it.
  public internal(set) var shape = StreamShape()

  /// How one row is asked for alone.
  public enum Lookup: Sendable, Hashable {
    /// By the stream's path and the row's id.
    case byID
    /// By this path and the row's id.
    case below(String)
    /// Not at all: no such request is known, so a row that is missing once too often counts as gone.
    case none
  }

  /// How far a stream's list is known.
  public enum Standing: String, Sendable, Hashable, CaseIterable {
    /// The API's reference describes it.
    case documented
    /// It was seen on live accounts, or is read by several tools; the reference does not describe it.
    case seen
    /// Only its fields are known, from single rows or from one tool: whether the account lists it
    /// shows when it is read.
    case unverified
  }

  /// Another tool that copies ActiveCampaign accounts.
  public enum Tool: String, Sendable, Hashable, CaseIterable, Comparable {
    case sling = "Sling"
    case singer = "Singer"
    case airbyte = "Airbyte"

    /// In the order of their declaration.
    public static func < (one: Tool, other: Tool) -> Bool {
      allCases.firstIndex(of: one) ?? 0 < allCases.firstIndex(of: other) ?? 0
    }
  }

  /// Declares a stream.
  ///
  /// `links` is always omitted: it costs bytes and carries nothing.
  public init(
    _ id: ID, _ summary: String, path: String, rows: String, cursor: CursorRule = .wholeStream,
    windows: WindowRule = .wholeStream, paging: Paging = .offset(order: nil),
    parent: Parent? = nil, parameters: [String: String] = [:],
    omitted: Set<String> = [], sideLoads: Set<ID> = [], carrier: ID? = nil,
    lookup: Lookup = .byID, cost: String? = nil, rest: Duration = .zero,
    standing: Standing = .documented,
    alsoReadBy: Set<Tool> = [], history: Bool = false, snapshot: SnapshotRule = .never,
    columns: [Column]
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
    self.carrier = carrier
    self.lookup = lookup
    self.cost = cost
    self.rest = rest
    self.standing = standing
    self.alsoReadBy = alsoReadBy
    usuallyKeepsHistory = history
    usualSnapshots = snapshot
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

  /// Whether a run reads it that was not told which streams to read.
  public var isUsual: Bool { cost == nil }

  /// Whether the API can narrow it to what changed.
  public var isIncremental: Bool { cursor != .wholeStream }

  /// The stream below whose rows it must be read, one list each; nil where one list has all.
  public var listedBelow: ID? { parent.flatMap { $0.hasFlatList ? nil : $0.stream } }

  /// The stream without whose whole list it cannot be read: its parents', or its carrier's.
  public var leader: ID? { listedBelow ?? carrier }

  /// Two definitions of one stream are the same stream.
  public static func == (one: StreamDefinition, other: StreamDefinition) -> Bool {
    one.id == other.id
  }

  /// By name.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
