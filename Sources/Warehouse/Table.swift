internal import Catalog
internal import Postgres

/// The table a stream fills: its declared columns, then those that acsync adds.
struct Table: Sendable {
  /// Server time of the answer that brought the stored version.
  static let syncedAt = "_synced_at"
  /// When the row was found to be gone; null while it lives.
  static let deletedAt = "_deleted_at"
  /// Fields the catalogue does not declare.
  static let extra = "_extra"

  let stream: StreamDefinition
  /// The schema that the account's tables lie in.
  let schema: String

  init(of stream: StreamDefinition, in schema: String) {
    self.stream = stream
    self.schema = schema
  }

  /// The quoted name with its schema.
  var name: Identifier { Identifier(schema, stream.tableName) }

  /// The name as a person writes it.
  var title: String { "\(schema).\(stream.tableName)" }

  /// The primary key's column.
  var key: Column { stream.columns[stream.keyIndex] }

  /// The column with the rows' update time; nil where the stream has none.
  var version: Column? { stream.versionIndex.map { stream.columns[$0] } }

  /// All columns, in order.
  var columns: [TableColumn] {
    stream.columns.map { column in
      TableColumn(
        name: column.name, type: SQLType(of: column.kind), isRequired: column.isKey,
        comment: column.comment.isEmpty ? nil : column.comment)
    } + Self.systemColumns
  }

  private static let systemColumns = [
    TableColumn(
      name: syncedAt, type: .timestamptz, isRequired: true,
      comment: "When the API sent this version of the row, by the server's clock"),
    TableColumn(
      name: deletedAt, type: .timestamptz, isRequired: false,
      comment: "When the row was found to be gone from the account; null while it lives"),
    TableColumn(
      name: extra, type: .jsonb, isRequired: false,
      comment: "Fields the API sent that have no column here; null if there were none"),
  ]
}

/// A column as the catalogue wants it.
struct TableColumn: Sendable, Hashable {
  let name: String
  let type: SQLType
  /// Whether it refuses nulls.
  let isRequired: Bool
  /// Its comment; nil leaves whatever comment there is.
  let comment: String?

  /// Its quoted name.
  var quoted: Identifier { Identifier(name) }
}

/// A type's name as PostgreSQL's `format_type` spells it.
struct SQLType: Sendable, Hashable {
  let name: String

  init(_ name: String) { self.name = name }

  init(of kind: Column.Kind) {
    switch kind {
    case .timestamptz: self = .timestamptz
    case .timestamp: self = .timestamp
    default: self.init(kind.postgresType)
    }
  }

  static let bigint = SQLType("bigint")
  static let text = SQLType("text")
  static let numeric = SQLType("numeric")
  static let jsonb = SQLType("jsonb")
  static let timestamptz = SQLType("timestamp with time zone")
  static let timestamp = SQLType("timestamp without time zone")

  /// How a column of type `existing` takes values of this one.
  func fit(into existing: SQLType) -> Fit {
    if existing == self { return .asItIs }
    if Self.holders[name, default: []].contains(existing.name) { return .asItIs }
    if self == .text { return .widened }
    if Self.widened[name, default: []].contains(existing.name) { return .widened }
    // A limit on digits or length, such as `numeric(10,2)`, would round or refuse what the API sends.
    return existing.withoutLimits == name ? .widened : .never
  }

  /// What it takes for a column to hold values of a type.
  enum Fit: Sendable {
    /// Nothing: it is of this type, or of one that holds all its values.
    case asItIs
    /// Its type has to be changed to this one, which holds all of its values.
    case widened
    /// It would lose values either way.
    case never
  }

  /// `timestamp(3) with time zone` as `timestamp with time zone`.
  private var withoutLimits: String {
    guard let open = name.firstIndex(of: "("), let close = name.firstIndex(of: ")") else {
      return name
    }
    return String(name[..<open] + name[name.index(after: close)...])
  }

  /// Types that hold every value of the key's type: never narrowed.
  private static let holders: [String: Set<String>] = [
    "smallint": ["integer", "bigint", "numeric", "text"],
    "bigint": ["numeric", "text"],
    "boolean": ["text"],
    "date": ["text"],
    "timestamp without time zone": ["text"],
    "timestamp with time zone": ["text"],
    "numeric": ["text"],
    "jsonb": ["text"],
    "text": ["character varying"],
  ]

  /// Types of which every value fits the key's type.
  private static let widened: [String: Set<String>] = [
    "bigint": ["smallint", "integer"],
    "numeric": ["smallint", "integer", "bigint"],
  ]
}
