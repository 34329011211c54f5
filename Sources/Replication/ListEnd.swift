import Catalog

/// How far a list in order of id went at some time.
///
/// If its last row stands where it stood, nothing before it was added or removed since: so a row that
/// was seen meanwhile is still there, and counting the rows seen proves them to be all there are.
struct ListEnd: Sendable, Hashable {
  /// Rows up to and including the last one.
  let length: Int64
  /// The last one's key; nil for an empty list.
  let last: Int64?

  /// Looks at a list's end, twice at most where it grows meanwhile; nil where it does not tell.
  static func now(of stream: StreamDefinition, by reader: Reader) async throws -> ListEnd? {
    func page(_ query: PageQuery) async throws -> Page {
      try await reader.page(query, since: nil).page
    }
    guard let length = try await page(query(of: stream)).total else { return nil }
    guard length > 0 else { return ListEnd(length: 0, last: nil) }
    return try await page(PageQuery(stream, .offset(length - 1), limit: 1)).rows.first
      .map { ListEnd(length: length, last: $0.key) }
  }

  /// Asks how long a list is.
  static func query(of stream: StreamDefinition) -> PageQuery {
    PageQuery(stream, .offset(0), limit: 1)
  }

  /// Whether everything up to the last row stands as it stood.
  func stands(in stream: StreamDefinition, by reader: Reader) async throws -> Bool {
    guard let last else { return true }
    let query = PageQuery(stream, .offset(length - 1), limit: 1)
    return try await reader.page(query, since: nil).page.rows.first?.key == last
  }
}
