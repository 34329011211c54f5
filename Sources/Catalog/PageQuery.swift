/// What one request asks for, in the engine's words; the client knows the API's spelling.
public struct PageQuery: Sendable, Hashable {
  /// Which part of the list.
  public enum Slice: Sendable, Hashable {
    /// Rows with ids above `after` and, where given, below `below`, ascending.
    case ids(after: Int64, below: Int64?)
    /// Rows from this zero-based position on, in the stream's order.
    case offset(Int64)
    /// The rows with the highest ids, highest first; for streams walked by id.
    case newest
  }

  /// The stream that is read.
  public let stream: StreamDefinition
  /// Which part of its list.
  public let slice: Slice
  /// At most this many rows, 1 to 100.
  public let limit: Int
  /// Only rows changed since then.
  public let changedSince: ChangeBound?
  /// Only rows created within these bounds.
  public let created: CreationBounds?
  /// Only the children of the parent with this id.
  public let parent: Int64?
  /// What stands for that parent in the list's path, where it is not its id.
  public let parentName: String?
  /// Streams whose rows that belong to the page's are to come beside it.
  public let beside: [StreamDefinition]

  /// Asks for one page.
  public init(
    _ stream: StreamDefinition, _ slice: Slice, limit: Int, changedSince: ChangeBound? = nil,
    created: CreationBounds? = nil, parent: Int64? = nil, named parentName: String? = nil,
    beside: [StreamDefinition] = []
  ) {
    self.stream = stream
    self.slice = slice
    self.limit = limit
    self.changedSince = changedSince
    self.created = created
    self.parent = parent
    self.parentName = parentName
    self.beside = beside
  }

  /// The same question for another number of rows.
  public func asking(for limit: Int) -> PageQuery {
    PageQuery(
      stream, slice, limit: limit, changedSince: changedSince, created: created, parent: parent,
      named: parentName, beside: beside)
  }
}
