import Catalog

/// One GET below the account's URL: the engine's words in the API's spelling.
///
/// Its description is the place in errors: `GET contacts?limit=100&orders[id]=ASC`, without host or
/// key.
struct PageRequest: Sendable, Hashable {
  /// One `name=value` of a query, unescaped.
  struct Item: Sendable, Hashable {
    let name: String
    let value: String
  }

  /// The most rows the API returns at once; it silently clamps larger limits.
  static let maxLimit = 100

  /// Path below the account's URL, percent-encoded: `contacts`.
  let path: String
  /// Whose rows are asked for; nil where it is none's.
  let stream: StreamDefinition.ID?
  /// The query in the order it is sent.
  let items: [Item]

  /// Asks for one path without a query.
  init(path: String, for stream: StreamDefinition.ID? = nil) {
    self.path = path
    self.stream = stream
    items = []
  }

  /// Spells out what the engine asks for.
  init(_ query: PageQuery) {
    path = Self.path(of: query)
    stream = query.stream.id
    let limit = Item(name: "limit", value: String(min(max(query.limit, 1), Self.maxLimit)))
    items =
      (query.stream.paging == .atOnce ? [] : [limit] + Self.slice(query.slice, of: query.stream))
      + Self.narrowing(query)
      + query.stream.parameters.sorted { $0.key < $1.key }.map(Item.init)
  }

  /// Path and query, percent-encoded: what is sent behind the account's URL.
  var target: String {
    let encoded = items.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }
    return path + (items.isEmpty ? "" : "?" + encoded.joined(separator: "&"))
  }

  private static func path(of query: PageQuery) -> String {
    guard query.stream.parent?.listing == .path, let id = query.parent else {
      return query.stream.path
    }
    // A slash in it would lead to another list.
    let name = escaped(query.parentName ?? String(id))
    return query.stream.path.replacing(Parent.placeholder, with: name)
  }

  private static func slice(_ slice: PageQuery.Slice, of stream: StreamDefinition) -> [Item] {
    switch slice {
    case .ids(let after, let below):
      [Item(name: "orders[id]", value: "ASC"), Item(name: "id_greater", value: String(after))]
        + (below.map { [Item(name: "id_less", value: String($0))] } ?? [])
    case .newest:
      [Item(name: "orders[id]", value: "DESC")]
    case .offset(let position):
      order(of: stream) + [Item(name: "offset", value: String(position))]
    }
  }

  /// The order that positions are counted in.
  private static func order(of stream: StreamDefinition) -> [Item] {
    switch stream.paging {
    case .ids: [Item(name: "orders[id]", value: "ASC")]
    case .offset(let column?): [Item(name: "orders[\(column)]", value: "ASC")]
    case .offset(nil), .atOnce: []
    }
  }

  private static func narrowing(_ query: PageQuery) -> [Item] {
    var items: [Item] = []
    if case .changedSince(let filter, _) = query.stream.cursor, let day = query.changedSince {
      items.append(Item(name: filter, value: day.description))
    }
    if case .created(let after, let before, _) = query.stream.windows, let bounds = query.created {
      let days = [(after, bounds.after), (before, bounds.before)]
      items += days.compactMap { name, day in day.map { Item(name: name, value: "\($0)") } }
    }
    if case .filter(let name) = query.stream.parent?.listing, let id = query.parent {
      items.append(Item(name: name, value: String(id)))
    }
    // What a page carries comes unasked for.
    let included = query.beside.filter { $0.carrier == nil }
    if !included.isEmpty {
      items.append(Item(name: "include", value: included.map(\.rows).joined(separator: ",")))
    }
    return items
  }

  /// `text` with all but the unreserved characters of RFC 3986 percent-encoded.
  private static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        bytes.append(byte)
      default:
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension PageRequest: CustomStringConvertible {
  var description: String {
    let query = items.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    return "GET \(path)" + (query.isEmpty ? "" : "?\(query)")
  }
}
