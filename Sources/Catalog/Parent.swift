/// Where a child stream's rows hang.
public struct Parent: Sendable, Hashable {
  /// How the list of one parent's rows is asked for.
  public enum Listing: Sendable, Hashable {
    /// The stream's own list, narrowed by this filter to one parent's id.
    case filter(String)
    /// A list of its own for each parent: in the stream's path, `{id}` stands for the parent's.
    case path
  }

  /// What `{id}` in a path stands for.
  public static let placeholder = "{id}"

  /// The stream whose rows are the parents.
  public let stream: StreamDefinition.ID
  /// How the list of one parent's rows is asked for.
  public let listing: Listing
  /// Whether the API also lists the children of all parents at once.
  public let hasFlatList: Bool
  /// The parent's field with what lists are asked for by, where that is not its key.
  public let field: String?

  /// One list per row of `stream`, narrowed by `filter`.
  public init(_ stream: StreamDefinition.ID, filter: String, hasFlatList: Bool = false) {
    self.stream = stream
    self.listing = .filter(filter)
    self.hasFlatList = hasFlatList
    self.field = nil
  }

  /// One list per row of `stream`, each at a path of its own.
  ///
  /// - Parameter field: the parent's field that stands in the path; nil for its key.
  public init(_ stream: StreamDefinition.ID, inPathBy field: String? = nil) {
    self.stream = stream
    self.listing = .path
    self.hasFlatList = false
    self.field = field
  }
}
